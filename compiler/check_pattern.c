#include "check_pattern.h"

#include <stdlib.h>

#include "pattern/pattern.h"

/* Bytes of UTF-8 that \uXXXX stands for; half of a surrogate pair is two of its four. */
static size_t escaped_len(const char *digits)
{
    unsigned code = (unsigned)strtoul((char[]){digits[0], digits[1], digits[2], digits[3], 0}, NULL, 16);
    if (code < 0x80) return 1;
    return code < 0x800 || (code >= 0xd800 && code < 0xe000) ? 2 : 3;
}

/* Where byte `at` of an unescaped string literal stands in the source. */
static uint32_t source_offset(checker *c, const ast_value *v, size_t at)
{
    rob_str raw = source_slice(c->d->sources, v->at);
    size_t i = raw.len >= 6 && memcmp(raw.ptr, "\"\"\"", 3) == 0 ? 3 : 1;
    size_t seen = 0;
    while (seen < at && i < raw.len) {
        bool escape = raw.ptr[i] == '\\' && i + 1 < raw.len;
        bool unicode = escape && raw.ptr[i + 1] == 'u' && i + 5 < raw.len;
        seen += unicode ? escaped_len(raw.ptr + i + 2) : 1;
        i += unicode ? 6 : escape ? 2 : 1;
    }
    return v->at.start + (uint32_t)i;
}

static span place_in(checker *c, const ast_value *v, const pattern_error *err)
{
    span at = v->at;
    uint32_t start = source_offset(c, v, err->at), end = source_offset(c, v, err->at + err->len);
    if (start >= at.end) return at;
    at.start = start;
    at.end = end > start && end < at.end ? end : start + 1;
    return at;
}

static void refuse(checker *c, const ast_value *v, const pattern_error *err)
{
    span at = place_in(c, v, err);
    switch (err->kind) {
    case PATTERN_SYNTAX: report(c, at, "RB0220", "not a regular expression: %s", err->message); return;
    case PATTERN_NOT_REGULAR: {
        diag_item *item = report(c, at, "RB0221", "the pattern is not regular: %s", err->message);
        diag_hint(c->d, item, "patterns run in linear time, so look-around and back-references do not exist");
        return;
    }
    case PATTERN_TOO_LARGE: report(c, at, "RB0222", "the pattern is too large: %s", err->message); return;
    case PATTERN_NO_MEMORY: report(c, at, "RB0222", "the pattern needs more memory than there is"); return;
    }
}

const rob_dfa *compiled_pattern(checker *c, const ast_value *v)
{
    const rob_dfa *before = map_get(&c->patterns, v->text);
    if (before) return before;
    rob_dfa *dfa = arena_new(c->arena, rob_dfa);
    pattern_error err;
    if (!pattern_compile(c->arena, v->text, dfa, &err)) {
        refuse(c, v, &err);
        return NULL;
    }
    bool none = false;
    if (!pattern_example(c->arena, dfa, &none).ptr && none) {
        report(c, v->at, "RB0206", "no string matches this pattern");
        return NULL;
    }
    map_add(c->arena, &c->patterns, v->text, dfa);
    return dfa;
}
