#include "parser.h"
#include "unicode.h"

bool parse_finish_set(parser *p, size_t from, charset *set, bool negated)
{
    bool ok = !p->flags.ignore_case || unicode_fold_set(set, p->flags.ascii);
    if (negated) ok = ok && charset_negate(set, p->flags.ascii ? 0xff : CHARSET_LAST);
    if (!parser_memory(p, ok)) return false;
    charset_sort(set);
    bool beyond_ascii = set->count > 0 && set->ranges[set->count - 1].hi > 0x7f;
    if (!p->flags.ascii || !beyond_ascii) return true;
    return parser_fail(p, from, "this matches what is not UTF-8");
}

/* ------------------------------------------------------------------ escapes */

static bool fail_at_end(parser *p)
{
    return parser_fail(p, p->at, "the pattern ends inside an escape");
}

static int hex_value(uint32_t c)
{
    if (c >= '0' && c <= '9') return (int)(c - '0');
    if (c >= 'a' && c <= 'f') return (int)(c - 'a') + 10;
    if (c >= 'A' && c <= 'F') return (int)(c - 'A') + 10;
    return -1;
}

/* One digit more; what is beyond Unicode stays beyond it. */
static bool take_hex_digit(parser *p, uint32_t *value)
{
    size_t from = p->at;
    if (parser_peek(p) == NO_CHAR) return fail_at_end(p);
    int digit = hex_value(parser_next(p));
    if (digit < 0) return parser_fail(p, from, "not a hexadecimal digit");
    if (*value <= CHARSET_LAST) *value = *value * 16 + (uint32_t)digit;
    parser_skip_space(p);
    return true;
}

/* \x7F \x{7F} \u007F \u{7F} \U0000007F \U{7F}; behind the letter */
static bool parse_hex(parser *p, uint32_t letter, atom *out)
{
    unsigned digits = letter == 'x' ? 2 : letter == 'u' ? 4 : 8;
    uint32_t value = 0;
    parser_skip_space(p);
    size_t from = p->at;
    if (parser_peek(p) == '{') {
        parser_next(p);
        parser_skip_space(p);
        size_t start = p->at;
        while (parser_peek(p) != '}') {
            if (!take_hex_digit(p, &value)) return false;
        }
        parser_next(p);
        if (p->at == start + 1) return parser_fail(p, from, "an empty hexadecimal number");
        digits = 0;
    }
    for (unsigned i = 0; i < digits; i++) {
        if (!take_hex_digit(p, &value)) return false;
    }
    if (value > CHARSET_LAST || (value >= 0xd800 && value <= 0xdfff)) {
        return parser_fail(p, from, "not the number of a Unicode character");
    }
    *out = (atom){.kind = ATOM_CHAR, .c = value, .byte = digits == 2};
    return true;
}

/* \pL, \p{Greek}, \P{gc=Lu}; behind the letter */
static bool parse_property(parser *p, size_t from, bool negated, charset *out)
{
    parser_skip_space(p);
    rob_str name = {p->text.ptr + p->at, 0};
    if (parser_peek(p) == NO_CHAR) return fail_at_end(p);
    if (parser_next(p) == '{') {
        size_t start = p->at;
        while (parser_peek(p) != '}') {
            if (parser_next(p) == NO_CHAR) return fail_at_end(p);
        }
        name = (rob_str){p->text.ptr + start, p->at - start};
        parser_next(p);
    } else {
        name.len = (size_t)(p->text.ptr + p->at - name.ptr);
    }
    if (p->flags.ascii) return parser_fail(p, from, "Unicode classes are not allowed under (?-u)");
    switch (unicode_add_property(out, name)) {
    case UNICODE_FOUND: return parse_finish_set(p, from, out, negated);
    case UNICODE_NO_PROPERTY: return parser_fail(p, from, "unknown Unicode property");
    case UNICODE_NO_VALUE: return parser_fail(p, from, "unknown value of a Unicode property");
    case UNICODE_NO_MEMORY: return parser_memory(p, false);
    }
    return false;
}

static bool add_perl_ascii(charset *set, uint32_t letter)
{
    switch (letter) {
    case 'd': return charset_add(set, '0', '9');
    case 's': return charset_add(set, '\t', '\r') && charset_add(set, ' ', ' ');
    }
    return charset_add(set, '0', '9') && charset_add(set, 'A', 'Z') && charset_add(set, '_', '_') &&
           charset_add(set, 'a', 'z');
}

static bool add_perl(charset *set, uint32_t letter)
{
    switch (letter) {
    case 'd': return unicode_add_digits(set);
    case 's': return unicode_add_spaces(set);
    }
    return unicode_add_words(set);
}

/* \d \s \w and their negations. They are closed under case folding. */
static bool parse_perl(parser *p, size_t from, uint32_t letter, charset *out)
{
    bool negated = letter < 'a';
    uint32_t small = negated ? letter - 'A' + 'a' : letter;
    bool ok = p->flags.ascii ? add_perl_ascii(out, small) : add_perl(out, small);
    return parser_memory(p, ok) && parse_finish_set(p, from, out, negated);
}

static bool is_boundary_char(uint32_t c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '-';
}

/* The rest of \b{start}. Leaves `\b{2}`, which is a repetition, alone. */
static bool parse_boundary_kind(parser *p, look *out)
{
    static const struct {
        const char *name;
        look kind;
    } KINDS[] = {{"start", LOOK_WORD_START}, {"end", LOOK_WORD_END},
                 {"start-half", LOOK_WORD_START_HALF}, {"end-half", LOOK_WORD_END_HALF}};
    size_t brace = p->at;
    parser_next(p);
    parser_skip_space(p);
    size_t from = p->at, len = 0;
    char name[16] = "";
    if (!is_boundary_char(parser_peek(p))) {
        p->at = brace;
        return true;
    }
    while (is_boundary_char(parser_peek(p))) {
        uint32_t c = parser_next(p);
        if (len + 1 < sizeof name) name[len++] = (char)c;
        parser_skip_space(p);
    }
    if (parser_peek(p) != '}') return parser_fail(p, brace, "unclosed word boundary");
    for (size_t i = 0; i < sizeof KINDS / sizeof *KINDS; i++) {
        if (strcmp(name, KINDS[i].name) != 0) continue;
        *out = KINDS[i].kind;
        parser_next(p);
        return true;
    }
    return parser_fail(p, from, "a word boundary is start, end, start-half or end-half");
}

static bool parse_boundary(parser *p, look kind, atom *out)
{
    if (kind == LOOK_WORD && parser_peek(p) == '{' && !parse_boundary_kind(p, &kind)) return false;
    *out = (atom){.kind = ATOM_LOOK, .look = kind | (p->flags.ascii ? LOOK_ASCII : 0)};
    return true;
}

static bool is_letter_or_digit(uint32_t c)
{
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static bool parse_simple_escape(parser *p, size_t from, uint32_t c, atom *out)
{
    static const char LETTERS[] = "aftnrv", MEANT[] = "\a\f\t\n\r\v";
    const char *found = c < 0x80 ? strchr(LETTERS, (int)c) : NULL;
    if (found && c != 0) {
        *out = (atom){.kind = ATOM_CHAR, .c = (unsigned char)MEANT[found - LETTERS]};
        return true;
    }
    if (c >= 0x80 || is_letter_or_digit(c)) return parser_fail(p, from, "unknown escape");
    *out = (atom){.kind = ATOM_CHAR, .c = c};
    return true;
}

bool parse_escape(parser *p, atom *out)
{
    size_t from = p->at;
    parser_next(p);
    uint32_t c = parser_next(p);
    *out = (atom){.kind = ATOM_SET, .set = charset_new(p->arena)};
    switch (c) {
    case NO_CHAR: return parser_fail(p, from, "the pattern ends inside an escape");
    case 'x': case 'u': case 'U': return parse_hex(p, c, out);
    case 'p': case 'P': return parse_property(p, from, c == 'P', &out->set);
    case 'd': case 's': case 'w': case 'D': case 'S': case 'W': return parse_perl(p, from, c, &out->set);
    case 'A': *out = (atom){.kind = ATOM_LOOK, .look = LOOK_TEXT_START}; return true;
    case 'z': *out = (atom){.kind = ATOM_LOOK, .look = LOOK_TEXT_END}; return true;
    case 'b': return parse_boundary(p, LOOK_WORD, out);
    case 'B': return parse_boundary(p, LOOK_NOT_WORD, out);
    case '<': return parse_boundary(p, LOOK_WORD_START, out);
    case '>': return parse_boundary(p, LOOK_WORD_END, out);
    }
    if (c >= '0' && c <= '9') {
        return parser_fail_as(p, PATTERN_NOT_REGULAR, from, "a back-reference is not regular");
    }
    return parse_simple_escape(p, from, c, out);
}

/* ------------------------------------------------------------------ brackets */

static const struct {
    const char *name;
    char_range ranges[4];
    unsigned count;
} POSIX[] = {
    {"alnum", {{'0', '9'}, {'A', 'Z'}, {'a', 'z'}}, 3},
    {"alpha", {{'A', 'Z'}, {'a', 'z'}}, 2},
    {"ascii", {{0, 0x7f}}, 1},
    {"blank", {{'\t', '\t'}, {' ', ' '}}, 2},
    {"cntrl", {{0, 0x1f}, {0x7f, 0x7f}}, 2},
    {"digit", {{'0', '9'}}, 1},
    {"graph", {{'!', '~'}}, 1},
    {"lower", {{'a', 'z'}}, 1},
    {"print", {{' ', '~'}}, 1},
    {"punct", {{'!', '/'}, {':', '@'}, {'[', '`'}, {'{', '~'}}, 4},
    {"space", {{'\t', '\r'}, {' ', ' '}}, 2},
    {"upper", {{'A', 'Z'}}, 1},
    {"word", {{'0', '9'}, {'A', 'Z'}, {'_', '_'}, {'a', 'z'}}, 4},
    {"xdigit", {{'0', '9'}, {'A', 'F'}, {'a', 'f'}}, 3},
};

/* [:alpha:] or [:^alpha:] at p->at; *found false, and nothing taken, when it is something else, which
 * then is a bracket like any other. */
static bool parse_posix(parser *p, charset *out, bool *found)
{
    size_t from = p->at;
    *found = false;
    if (!parser_looking_at(p, "[:")) return true;
    bool negated = p->at + 2 < p->text.len && p->text.ptr[p->at + 2] == '^';
    const char *name = p->text.ptr + p->at + 2 + negated;
    size_t left = p->text.len - (size_t)(name - p->text.ptr);
    for (size_t i = 0; i < sizeof POSIX / sizeof *POSIX; i++) {
        size_t len = strlen(POSIX[i].name);
        if (left < len + 2 || memcmp(name, POSIX[i].name, len) != 0 || memcmp(name + len, ":]", 2) != 0) continue;
        p->at = (size_t)(name - p->text.ptr) + len + 2;
        *found = true;
        return parser_memory(p, charset_add_ranges(out, POSIX[i].ranges, POSIX[i].count)) &&
               parse_finish_set(p, from, out, negated);
    }
    return true;
}

static bool parse_class_item(parser *p, atom *out)
{
    size_t from = p->at;
    if (parser_peek(p) != '\\') {
        *out = (atom){.kind = ATOM_CHAR, .c = parser_next(p)};
    } else if (!parse_escape(p, out)) {
        return false;
    }
    if (out->kind == ATOM_LOOK) return parser_fail(p, from, "an assertion cannot stand in a character class");
    if (out->kind == ATOM_CHAR && p->flags.ascii && out->c > 0x7f && !out->byte) {
        return parser_fail(p, from, "only ASCII is allowed in a class under (?-u)");
    }
    return true;
}

static bool fail_unclosed(parser *p, size_t bracket)
{
    p->at = bracket + 1;
    return parser_fail(p, bracket, "unclosed character class");
}

/* Whether the hyphen at p->at makes a range: not one before the end or before another hyphen. */
static bool is_range_hyphen(const parser *p)
{
    if (parser_peek(p) != '-') return false;
    parser ahead = *p;
    parser_next(&ahead);
    parser_skip_space(&ahead);
    return parser_peek(&ahead) != ']' && parser_peek(&ahead) != '-';
}

/* `a`, `a-z`, `\d` */
static bool parse_class_range(parser *p, size_t bracket, charset *out)
{
    size_t from = p->at;
    atom low, high;
    if (!parse_class_item(p, &low)) return false;
    size_t low_end = p->at;
    parser_skip_space(p);
    if (!is_range_hyphen(p)) {
        if (low.kind == ATOM_CHAR) return parser_memory(p, charset_add(out, low.c, low.c));
        return parser_memory(p, charset_add_ranges(out, low.set.ranges, low.set.count));
    }
    parser_next(p);
    parser_skip_space(p);
    if (parser_peek(p) == NO_CHAR) return fail_unclosed(p, bracket);
    size_t high_start = p->at;
    if (!parse_class_item(p, &high)) return false;
    if (low.kind != ATOM_CHAR) {
        p->at = low_end;
        return parser_fail(p, from, "a class cannot be the end of a range");
    }
    if (high.kind != ATOM_CHAR) return parser_fail(p, high_start, "a class cannot be the end of a range");
    if (low.c > high.c) return parser_fail(p, from, "the range is empty");
    return parser_memory(p, charset_add(out, low.c, high.c));
}

/* The operands of && -- ~~, which bind from left to right, looser than neighbours. */
typedef struct operation {
    charset left, right;
    char operator; /* 0: right is all there is */
} operation;

/* Fold what has been read into `left`. */
static bool combine(parser *p, operation *o)
{
    bool ok = true;
    if (p->flags.ignore_case) {
        ok = unicode_fold_set(&o->left, p->flags.ascii) && unicode_fold_set(&o->right, p->flags.ascii);
    }
    switch (o->operator) {
    case 0: o->left = o->right; break;
    case '&': ok = ok && charset_intersect(&o->left, &o->right); break;
    case '-': ok = ok && charset_subtract(&o->left, &o->right); break;
    case '~': ok = ok && charset_exclusive_or(&o->left, &o->right); break;
    }
    o->right = charset_new(p->arena);
    return parser_memory(p, ok);
}

static bool is_operator(const parser *p)
{
    return parser_looking_at(p, "&&") || parser_looking_at(p, "--") || parser_looking_at(p, "~~");
}

static bool parse_class_part(parser *p, size_t bracket, operation *o)
{
    if (parser_peek(p) == '[') {
        bool found;
        charset inner = charset_new(p->arena);
        if (!parse_posix(p, &inner, &found)) return false;
        if (!found && !parse_bracket(p, &inner)) return false;
        return parser_memory(p, charset_add_ranges(&o->right, inner.ranges, inner.count));
    }
    if (is_operator(p)) {
        char operator = p->text.ptr[p->at];
        if (!combine(p, o)) return false;
        o->operator = operator;
        p->at += 2;
        return true;
    }
    return parse_class_range(p, bracket, &o->right);
}

/* Hyphens first, or else a closing bracket, stand for themselves. */
static bool parse_class_start(parser *p, charset *out)
{
    bool ok = true;
    for (; parser_peek(p) == '-'; parser_skip_space(p)) {
        parser_next(p);
        ok = ok && charset_add(out, '-', '-');
    }
    if (out->count == 0 && parser_peek(p) == ']') {
        parser_next(p);
        ok = ok && charset_add(out, ']', ']');
    }
    return parser_memory(p, ok);
}

bool parse_bracket(parser *p, charset *out)
{
    size_t bracket = p->at;
    operation o = {.left = charset_new(p->arena), .right = charset_new(p->arena)};
    parser_next(p);
    if (++p->depth > MAX_DEPTH) return parser_fail(p, bracket, "nested more than 250 deep");
    parser_skip_space(p);
    bool negated = parser_peek(p) == '^';
    if (negated) parser_next(p);
    parser_skip_space(p);
    if (!parse_class_start(p, &o.right)) return false;
    for (parser_skip_space(p); parser_peek(p) != ']'; parser_skip_space(p)) {
        if (parser_peek(p) == NO_CHAR) return fail_unclosed(p, bracket);
        if (!parse_class_part(p, bracket, &o)) return false;
    }
    parser_next(p);
    p->depth--;
    if (!combine(p, &o)) return false;
    *out = o.left;
    return parse_finish_set(p, bracket, out, negated);
}
