#include "json_reader.h"

#include "base/utf8.h"
#include "json_plain.h"
#include "percent.h"

/* Bodies beyond this do not fit the node's bit fields (an item takes two bytes of text at least). */
enum { LONGEST_TEXT = 1 << 28 };

/* CPython refuses to read longer integers (sys.set_int_max_str_digits). */
enum { INT_DIGITS_MOST = 4300 };

/* A container that is not closed yet. */
typedef struct container {
    uint32_t node;  /* its index */
    uint32_t count; /* items or members so far */
    bool object;
} container;

typedef struct reader {
    const char *text, *end;
    rob_arena *arena;
    rob_json_node *nodes;
    uint32_t count, capacity;
    uint32_t depth;
    bool lax;
    rob_status status;
    rob_json_stop stop;
    container top;                  /* the one that the next value belongs to */
    container outer[ROB_JSON_DEPTH]; /* those around it; outer[0] is none */
} reader;

/* ------------------------------------------------------------------ failing */

static const char *stop_at(reader *r, const char *at, const char *what)
{
    r->status = ROB_BAD_SYNTAX;
    r->stop = (rob_json_stop){(size_t)(at - r->text), what};
    return NULL;
}

static const char *give_up(reader *r, rob_status status)
{
    r->status = status;
    return NULL;
}

/* ------------------------------------------------------------------ nodes */

static bool grow(reader *r)
{
    size_t old_size = r->capacity * sizeof *r->nodes, new_size = old_size * 2;
    rob_json_node *nodes = rob_arena_grow(r->arena, r->nodes, old_size, new_size);
    if (!nodes) {
        r->status = ROB_NO_MEMORY;
        return false;
    }
    r->nodes = nodes;
    r->capacity *= 2;
    return true;
}

static inline rob_json_node *push(reader *r, rob_json_kind kind, const char *from, const char *to)
{
    if (r->count == r->capacity && !grow(r)) return NULL;
    rob_json_node *node = &r->nodes[r->count++];
    *node = (rob_json_node){.at = (uint32_t)(from - r->text), .len = (uint32_t)(to - from), .next = r->count,
                            .kind = kind};
    return node;
}

/* ------------------------------------------------------------------ strings */

/* Four hex digits, or -1. */
static int32_t hex4(const char *at, const char *end)
{
    int32_t value = 0;
    if (end - at < 4) return -1;
    for (int i = 0; i < 4; i++) {
        int digit = rob_hex_digit(at[i]);
        if (digit < 0) return -1;
        value = value * 16 + digit;
    }
    return value;
}

static bool is_high_surrogate(int32_t unit) { return unit >= 0xD800 && unit <= 0xDBFF; }
static bool is_low_surrogate(int32_t unit) { return unit >= 0xDC00 && unit <= 0xDFFF; }

/* at: the `u`. CPython reads the second half of a pair together with the first when it is long enough,
 * and lets a lone half pass; the order of complaints follows from that. */
static const char *read_unicode_escape(reader *r, const char *at)
{
    static const char bad[] = "Invalid \\uXXXX escape";
    int32_t unit = hex4(at + 1, r->end);
    if (unit < 0 || r->end - at < 6) return stop_at(r, at, bad);
    const char *after = at + 5;
    if (is_high_surrogate(unit) && r->end - after > 1 && after[0] == '\\' && after[1] == 'u') {
        int32_t low = hex4(after + 2, r->end);
        if (low < 0 || r->end - after < 7) return stop_at(r, after + 1, bad);
        if (is_low_surrogate(low)) return after + 6;
    }
    if ((is_high_surrogate(unit) || is_low_surrogate(unit)) && !r->lax) return stop_at(r, at, bad);
    return after;
}

static const char *read_escape(reader *r, const char *at, const char *quote)
{
    if (at + 1 == r->end) return stop_at(r, quote, "Unterminated string starting at");
    switch (at[1]) {
    case '"': case '\\': case '/': case 'b': case 'f': case 'n': case 'r': case 't':
        return at + 2;
    case 'u':
        return read_unicode_escape(r, at + 1);
    }
    return stop_at(r, at, "Invalid \\escape");
}

/* The rest of a string that is not plain ASCII up to its quote. */
static const char *read_string_slowly(reader *r, const char *quote, const char *at)
{
    bool escaped = false, non_ascii = false;
    while (at && at < r->end && *at != '"') {
        unsigned char c = (unsigned char)*at;
        if (c == '\\') {
            escaped = true;
            at = read_escape(r, at, quote);
        } else if (c >= 0x80) {
            non_ascii = true;
            at = rob_skip_sequence(at, r->end);
            if (!at) return give_up(r, ROB_UNREADABLE);
        } else if (c < 0x20) {
            return stop_at(r, at, "Invalid control character at");
        } else {
            at = rob_skip_plain(at, r->end);
        }
    }
    if (!at) return NULL;
    if (at == r->end) return stop_at(r, quote, "Unterminated string starting at");
    rob_json_node *node = push(r, ROB_JSON_STR, quote + 1, at);
    if (!node) return NULL;
    node->escaped = escaped;
    node->non_ascii = non_ascii;
    return at + 1;
}

static inline const char *read_string(reader *r, const char *quote)
{
    const char *at = rob_skip_plain(quote + 1, r->end);
    if (at == r->end || *at != '"') return read_string_slowly(r, quote, at);
    return push(r, ROB_JSON_STR, quote + 1, at) ? at + 1 : NULL;
}

/* ------------------------------------------------------------------ numbers and words */

static inline bool is_digit(const char *at, const char *end)
{
    return at < end && (unsigned char)(*at - '0') < 10;
}

static inline const char *skip_digits(const char *at, const char *end)
{
    while (is_digit(at, end)) at++;
    return at;
}

static const char *skip_exponent(const char *at, const char *end)
{
    const char *digits = at + 1;
    if (digits < end && (*digits == '+' || *digits == '-')) digits++;
    return is_digit(digits, end) ? skip_digits(digits, end) : at;
}

static bool starts_with(const char *at, const char *end, const char *word, size_t len)
{
    return (size_t)(end - at) >= len && memcmp(at, word, len) == 0;
}

/* The longest prefix that is a number; what follows is the caller's to refuse, as in CPython. */
static const char *read_number(reader *r, const char *from)
{
    const char *at = from, *end = r->end;
    rob_json_kind kind = ROB_JSON_INT;
    if (*at == '-') at++;
    if (!is_digit(at, end)) {
        bool infinite = r->lax && starts_with(from, end, "-Infinity", 9);
        if (infinite) return push(r, ROB_JSON_FLOAT, from, from + 9) ? from + 9 : NULL;
        return stop_at(r, from, "Expecting value");
    }
    at = *at == '0' ? at + 1 : skip_digits(at, end);
    if (at < end && *at == '.' && is_digit(at + 1, end)) {
        at = skip_digits(at + 1, end);
        kind = ROB_JSON_FLOAT;
    }
    if (at < end && (*at == 'e' || *at == 'E')) {
        const char *after = skip_exponent(at, end);
        if (after != at) kind = ROB_JSON_FLOAT;
        at = after;
    }
    if (kind == ROB_JSON_INT && at - from > INT_DIGITS_MOST) return give_up(r, ROB_UNREADABLE);
    return push(r, kind, from, at) ? at : NULL;
}

static const char *read_word(reader *r, const char *at)
{
    static const struct {
        const char *text;
        uint8_t len;
        uint8_t kind;
        bool lax;
    } words[] = {
        {"null", 4, ROB_JSON_NULL, false},        {"true", 4, ROB_JSON_TRUE, false},
        {"false", 5, ROB_JSON_FALSE, false},      {"NaN", 3, ROB_JSON_FLOAT, true},
        {"Infinity", 8, ROB_JSON_FLOAT, true},
    };
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        if (words[i].lax && !r->lax) break;
        if (starts_with(at, r->end, words[i].text, words[i].len)) {
            const char *after = at + words[i].len;
            return push(r, (rob_json_kind)words[i].kind, at, after) ? after : NULL;
        }
    }
    return stop_at(r, at, "Expecting value");
}

/* ------------------------------------------------------------------ structure */

static inline const char *skip_space(const char *at, const char *end)
{
    if (at < end && (unsigned char)*at > ' ') return at;
    while (at < end && (*at == ' ' || *at == '\n' || *at == '\t' || *at == '\r')) at++;
    return at;
}

/* A member's name and its colon, up to the value. */
static inline const char *read_name(reader *r, const char *at)
{
    at = skip_space(at, r->end);
    if (at == r->end || *at != '"') return stop_at(r, at, "Expecting property name enclosed in double quotes");
    at = read_string(r, at);
    if (!at) return NULL;
    at = skip_space(at, r->end);
    if (at == r->end || *at != ':') return stop_at(r, at, "Expecting ':' delimiter");
    return at + 1;
}

static inline const char *close_container(reader *r, const char *at)
{
    rob_json_node *node = &r->nodes[r->top.node];
    node->next = r->count;
    node->len = (uint32_t)(at + 1 - r->text) - node->at;
    node->count = r->top.count;
    r->top = r->outer[--r->depth];
    return at + 1;
}

/* Opens the container at `at`; *closed tells an empty one, else what follows is its first value. */
static inline const char *open_container(reader *r, const char *at, bool *closed)
{
    bool object = *at == '{';
    if (r->depth == ROB_JSON_DEPTH) return give_up(r, ROB_UNREADABLE);
    r->outer[r->depth++] = r->top;
    r->top = (container){r->count, 0, object};
    if (!push(r, object ? ROB_JSON_OBJECT : ROB_JSON_ARRAY, at, at + 1)) return NULL;
    at = skip_space(at + 1, r->end);
    *closed = at < r->end && *at == (object ? '}' : ']');
    if (*closed) return close_container(r, at);
    r->top.count = 1;
    return object ? read_name(r, at) : at;
}

/* After a value: closes what ends here and goes on to the next value. NULL with ROB_OK at depth 0. */
static inline const char *next_value(reader *r, const char *at)
{
    while (r->depth) {
        bool object = r->top.object;
        at = skip_space(at, r->end);
        if (at < r->end && *at == ',') {
            r->top.count++;
            return object ? read_name(r, at + 1) : at + 1;
        }
        if (at == r->end || *at != (object ? '}' : ']')) return stop_at(r, at, "Expecting ',' delimiter");
        at = close_container(r, at);
    }
    at = skip_space(at, r->end);
    if (at != r->end) return stop_at(r, at, "Extra data");
    return NULL;
}

static void read_document(reader *r)
{
    const char *at = r->text;
    while (at) {
        at = skip_space(at, r->end);
        if (at == r->end) {
            stop_at(r, at, "Expecting value");
            return;
        }
        bool whole = true;
        switch (*at) {
        case '"': at = read_string(r, at); break;
        case '{': case '[': at = open_container(r, at, &whole); break;
        case '-': case '0': case '1': case '2': case '3': case '4': case '5': case '6': case '7': case '8': case '9':
            at = read_number(r, at);
            break;
        default: at = read_word(r, at); break;
        }
        if (at && whole) at = next_value(r, at);
    }
}

static rob_status read_text(rob_arena *arena, rob_str text, bool lax, rob_json_doc *doc, rob_json_stop *stop)
{
    reader r;
    memset(&r, 0, offsetof(reader, outer)); /* `outer` is written before it is read */
    if (text.len > LONGEST_TEXT) return ROB_NO_MEMORY;
    r.text = text.ptr ? text.ptr : "";
    r.end = r.text + text.len;
    r.arena = arena;
    r.lax = lax;
    r.capacity = (uint32_t)(text.len / 4 + 8); /* what is not needed goes back */
    r.nodes = rob_arena_grow(arena, NULL, 0, r.capacity * sizeof *r.nodes);
    if (!r.nodes) return ROB_NO_MEMORY;
    read_document(&r);
    if (r.status != ROB_OK) {
        *stop = r.stop;
        return r.status;
    }
    /* Shrinking the newest block in place hands the unused nodes back to the arena. */
    r.nodes = rob_arena_grow(arena, r.nodes, r.capacity * sizeof *r.nodes, r.count * sizeof *r.nodes);
    *doc = (rob_json_doc){r.text, r.nodes, r.count};
    return r.nodes ? ROB_OK : ROB_NO_MEMORY;
}

rob_status rob_json_read(rob_arena *arena, rob_str text, rob_json_doc *doc, rob_json_stop *stop)
{
    return read_text(arena, text, false, doc, stop);
}

rob_status rob_json_read_lax(rob_arena *arena, rob_str text, rob_json_doc *doc, rob_json_stop *stop)
{
    return read_text(arena, text, true, doc, stop);
}

/* ------------------------------------------------------------------ content */

/* at: the backslash of a checked escape. Returns past the escape, or past both halves of a pair. */
static const char *undo_escape(const char *at, const char *end, char **to)
{
    static const char names[] = "\"\\/bfnrt", bytes[] = "\"\\/\b\f\n\r\t";
    if (at[1] != 'u') {
        const char *name = strchr(names, at[1]);
        *(*to)++ = bytes[name - names];
        return at + 2;
    }
    int32_t unit = hex4(at + 2, end);
    at += 6;
    if (is_high_surrogate(unit)) {
        unit = 0x10000 + ((unit - 0xD800) << 10) + (hex4(at + 2, end) - 0xDC00);
        at += 6;
    }
    *to += rob_utf8_encode(*to, (uint32_t)unit);
    return at;
}

rob_str rob_json_text(const rob_json_doc *doc, const rob_json_node *node, rob_arena *arena)
{
    const char *at = doc->text + node->at, *end = at + node->len;
    if (!node->escaped) return (rob_str){at, node->len};
    char *text = rob_arena_grow(arena, NULL, 0, node->len);
    if (!text) return (rob_str){0};
    char *to = text;
    while (at < end) {
        if (*at == '\\') {
            at = undo_escape(at, end, &to);
        } else {
            *to++ = *at++;
        }
    }
    return (rob_str){text, (size_t)(to - text)};
}

rob_str rob_json_raw(const rob_json_doc *doc, const rob_json_node *node)
{
    unsigned quotes = node->kind == ROB_JSON_STR;
    return (rob_str){doc->text + node->at - quotes, node->len + 2 * quotes};
}
