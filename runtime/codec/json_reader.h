/* json_reader.h: one pass over a JSON text that checks all of it and writes down where everything is.
 *
 * The result is a tape: one 16-byte node for each value and each member name, in document order. A
 * container's node comes first, then its content, and `next` leads past all of it, so a walk needs no
 * recursion and can skip what it does not want. Nothing is copied: nodes point into the text, strings
 * keep their escapes until somebody asks (rob_json_text).
 *
 * RFC 8259, strictly: UTF-8 without a byte order mark, no lone surrogates, no raw control characters,
 * at most ROB_JSON_DEPTH objects and arrays within each other. Time and memory are linear in the text,
 * and the reader never recurses. */
#ifndef ROB_CODEC_JSON_READER_H
#define ROB_CODEC_JSON_READER_H

#include <robync/types.h>

#include "base/arena.h"

enum { ROB_JSON_DEPTH = 64 };

/* Order matters to nobody; the numbers fit 3 bits. */
typedef enum rob_json_kind {
    ROB_JSON_NULL,
    ROB_JSON_FALSE,
    ROB_JSON_TRUE,
    ROB_JSON_INT,   /* a number without fraction and exponent */
    ROB_JSON_FLOAT, /* any other number */
    ROB_JSON_STR,
    ROB_JSON_ARRAY, /* nodes: this, then the items */
    ROB_JSON_OBJECT /* nodes: this, then name (ROB_JSON_STR) and value of each member */
} rob_json_kind;

typedef struct rob_json_node {
    uint32_t at;   /* bytes from the start of the text; of a string: after the quote */
    uint32_t len;  /* bytes; of a string: between the quotes; of a container: brackets included */
    uint32_t next; /* index of the node after this value and all it contains */
    uint32_t kind : 3;
    uint32_t escaped : 1;   /* a string with at least one backslash */
    uint32_t non_ascii : 1; /* a string with at least one raw byte above 0x7F */
    uint32_t count : 27;    /* of a container: items or members */
} rob_json_node;

typedef struct rob_json_doc {
    const char *text;     /* borrowed */
    rob_json_node *nodes; /* arena; nodes[0] is the document's value */
    uint32_t count;
} rob_json_doc;

/* Where and why reading stopped, in the words of CPython's json module. */
typedef struct rob_json_stop {
    size_t at;        /* bytes */
    const char *what; /* static */
} rob_json_stop;

/* ROB_OK; ROB_BAD_SYNTAX with *stop set; ROB_UNREADABLE: not UTF-8 in a string, or too deep;
 * ROB_NO_MEMORY. Ask rob_json_explain (json_error.h) for what a client should be told. */
ROB_NODISCARD rob_status rob_json_read(rob_arena *arena, rob_str text, rob_json_doc *doc, rob_json_stop *stop);

/* The same, as lax as CPython: NaN, Infinity and lone surrogates pass. Only to find out what CPython
 * would have complained about. */
ROB_NODISCARD rob_status rob_json_read_lax(rob_arena *arena, rob_str text, rob_json_doc *doc, rob_json_stop *stop);

/* The content of a string node with escapes undone: borrowed from the text when it has none, else in
 * the arena. ptr NULL when memory is out (never for an empty string). */
rob_str rob_json_text(const rob_json_doc *doc, const rob_json_node *node, rob_arena *arena);

/* The bytes of a value as they stand in the text, quotes included. */
rob_str rob_json_raw(const rob_json_doc *doc, const rob_json_node *node);

#endif
