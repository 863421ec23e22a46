/* syntax.h: a pattern as a tree. Private to pattern/. */
#ifndef PATTERN_SYNTAX_H
#define PATTERN_SYNTAX_H

#include "charset.h"
#include "pattern.h"

/* Conditions between two code points. */
typedef enum look {
    LOOK_TEXT_START,
    LOOK_TEXT_END,
    LOOK_LINE_START, /* (?m)^ */
    LOOK_LINE_END,
    LOOK_LINE_START_CRLF, /* (?mR)^: \r\n is one line end */
    LOOK_LINE_END_CRLF,
    LOOK_WORD, /* \b */
    LOOK_NOT_WORD,
    LOOK_WORD_START, /* \b{start}, \< */
    LOOK_WORD_END,
    LOOK_WORD_START_HALF, /* \b{start-half}: no word character before */
    LOOK_WORD_END_HALF,
    LOOK_ASCII = 32 /* added to a LOOK_WORD...: (?-u) */
} look;

typedef enum node_kind { NODE_EMPTY, NODE_SET, NODE_LOOK, NODE_CONCAT, NODE_ALTERNATE, NODE_REPEAT } node_kind;

#define REPEAT_FOREVER UINT32_MAX

typedef struct node {
    node_kind kind;
    uint32_t value;       /* SET: index into syntax.sets; LOOK: look */
    uint32_t least, most; /* REPEAT */
    uint32_t depth;       /* 1 more than the deepest child's */
    struct node *last;    /* CONCAT, ALTERNATE: the last child; REPEAT: the only one */
    struct node *before;  /* the sibling to the left */
} node;

typedef struct syntax {
    node *root;
    charset *sets; /* sorted and different; a set may be empty */
    uint32_t set_count, set_cap;
    uint32_t range_count; /* of all sets */
    bool asks_word, asks_ascii_word, asks_line; /* some LOOK needs to know these */
} syntax;

/* Sets in one pattern, their ranges in all, and levels of nesting (Rust's own limit). */
enum { MAX_SETS = 4096, MAX_RANGES = 1 << 18, MAX_DEPTH = 250 };

/* All memory from the arena. */
ROB_NODISCARD bool syntax_parse(rob_arena *arena, rob_str text, syntax *out, pattern_error *err);

#endif
