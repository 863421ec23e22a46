/* parser.h: what the two halves of the parser share: parse.c has structure, parse_class.c has what
 * stands for one code point. Private to pattern/. */
#ifndef PATTERN_PARSER_H
#define PATTERN_PARSER_H

#include "syntax.h"

typedef struct flags {
    bool ignore_case, multi_line, dot_newline, extended, crlf, ascii;
} flags;

typedef struct group_name {
    rob_str text;
    struct group_name *older;
} group_name;

/* Functions return false once *err is set, and everything unwinds. */
typedef struct parser {
    rob_arena *arena;
    rob_str text; /* UTF-8 */
    size_t at;
    flags flags;
    unsigned depth; /* of open groups and brackets */
    group_name *names;
    syntax *out;
    pattern_error *err;
} parser;

/* What an escape, a class or a plain character means. */
typedef struct atom {
    enum { ATOM_CHAR, ATOM_SET, ATOM_LOOK } kind;
    uint32_t c;  /* CHAR */
    bool byte;   /* CHAR: written \xFF, which (?-u) reads as a byte */
    charset set; /* SET */
    look look;   /* LOOK */
} atom;

#define NO_CHAR UINT32_MAX

/* The code point at p->at, or NO_CHAR at the end. */
uint32_t parser_peek(const parser *p);

/* The same, taking it. */
uint32_t parser_next(parser *p);

/* Whether text stands at p->at. */
bool parser_looking_at(const parser *p, const char *text);

/* With (?x), skip white space and comments. */
void parser_skip_space(parser *p);

/* The error, from `from` to p->at; false. */
bool parser_fail(parser *p, size_t from, const char *message);
bool parser_fail_as(parser *p, pattern_error_kind kind, size_t from, const char *message);

/* Set NO_MEMORY unless ok; gives ok. */
bool parser_memory(parser *p, bool ok);

/* p->at is at the backslash. */
ROB_NODISCARD bool parse_escape(parser *p, atom *out);

/* p->at is at the bracket. */
ROB_NODISCARD bool parse_bracket(parser *p, charset *out);

/* Fold the set under (?i), then negate it, under (?-u) among bytes: an error unless ASCII is left. The
 * class began at `from` and ends at p->at. */
ROB_NODISCARD bool parse_finish_set(parser *p, size_t from, charset *set, bool negated);

#endif
