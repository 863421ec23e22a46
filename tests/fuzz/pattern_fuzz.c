/* Any bytes as a pattern, up to a newline, and the rest as texts. The compiled automaton is held against a
 * plain matcher that walks the same syntax tree: it keeps, as the bits of a word, the places of the text
 * where a match of what has been read of the pattern may end. */
#include "fuzz.h"

#include "base/dfa.h"
#include "base/utf8.h"
#include "pattern/syntax.h"
#include "pattern/unicode.h"

enum { TEXT_MOST = 48 }; /* code points: one place more, in 64 bits */

typedef struct subject {
    const syntax *pattern;
    uint32_t points[TEXT_MOST];
    unsigned count;
    uint64_t words, ascii_words; /* which points are word characters */
    unsigned long work;          /* sets asked; a huge pattern is left alone */
} subject;

static const unsigned long WORK_MOST = 2000000;

static bool is_ascii_word(uint32_t c)
{
    return (c >= '0' && c <= '9') || ((c | 32) >= 'a' && (c | 32) <= 'z') || c == '_';
}

static bool read_subject(subject *s, rob_str text, const charset *words)
{
    for (size_t at = 0; at < text.len; s->count++) {
        if (s->count == TEXT_MOST) return false;
        size_t len = rob_utf8_decode((rob_str){text.ptr + at, text.len - at}, &s->points[s->count]);
        if (!len) return false;
        uint64_t bit = (uint64_t)1 << s->count;
        if (charset_has(words, s->points[s->count])) s->words |= bit;
        if (is_ascii_word(s->points[s->count])) s->ascii_words |= bit;
        at += len;
    }
    return true;
}

static bool is_point(const subject *s, unsigned at, uint32_t c)
{
    return at < s->count && s->points[at] == c;
}

static bool word_at(const subject *s, unsigned at, bool ascii)
{
    return at < s->count && ((ascii ? s->ascii_words : s->words) >> at & 1);
}

static bool holds(const subject *s, unsigned at, unsigned what)
{
    bool ascii = what & LOOK_ASCII, right = word_at(s, at, ascii), left = at > 0 && word_at(s, at - 1, ascii);
    bool after_lf = at > 0 && is_point(s, at - 1, '\n'), after_cr = at > 0 && is_point(s, at - 1, '\r');
    bool lf = is_point(s, at, '\n'), cr = is_point(s, at, '\r');
    switch ((look)(what & ~LOOK_ASCII)) {
    case LOOK_TEXT_START: return at == 0;
    case LOOK_TEXT_END: return at == s->count;
    case LOOK_LINE_START: return at == 0 || after_lf;
    case LOOK_LINE_END: return at == s->count || lf;
    case LOOK_LINE_START_CRLF: return at == 0 || after_lf || (after_cr && !lf);
    case LOOK_LINE_END_CRLF: return at == s->count || cr || (lf && !after_cr);
    case LOOK_WORD: return left != right;
    case LOOK_NOT_WORD: return left == right;
    case LOOK_WORD_START: return !left && right;
    case LOOK_WORD_END: return left && !right;
    case LOOK_WORD_START_HALF: return !left;
    case LOOK_WORD_END_HALF: return !right;
    case LOOK_ASCII: break;
    }
    return false;
}

static uint64_t ends(subject *s, const node *n, uint64_t starts);

/* Children hang together from the last to the first. */
static uint64_t ends_of_sequence(subject *s, const node *child, uint64_t starts)
{
    return child ? ends(s, child, ends_of_sequence(s, child->before, starts)) : starts;
}

/* A path of more steps than the text has places goes through an empty one, which can be repeated. */
static uint64_t ends_of_repeat(subject *s, const node *n, uint64_t starts)
{
    uint64_t found = 0;
    uint32_t least = n->least < TEXT_MOST + 2 ? n->least : TEXT_MOST + 2;
    for (uint32_t i = 0; i < least; i++) starts = ends(s, n->last, starts);
    for (uint32_t i = least; starts & ~found; i++) {
        found |= starts;
        if (i >= n->most) break;
        starts = ends(s, n->last, starts);
    }
    return found;
}

static uint64_t ends(subject *s, const node *n, uint64_t starts)
{
    uint64_t found = 0;
    if (!starts || s->work > WORK_MOST) return 0;
    s->work++;
    switch (n->kind) {
    case NODE_EMPTY: return starts;
    case NODE_CONCAT: return ends_of_sequence(s, n->last, starts);
    case NODE_REPEAT: return ends_of_repeat(s, n, starts);
    case NODE_ALTERNATE:
        for (const node *child = n->last; child; child = child->before) found |= ends(s, child, starts);
        return found;
    case NODE_SET:
        for (unsigned at = 0; at < s->count; at++)
            if (starts >> at & 1 && charset_has(&s->pattern->sets[n->value], s->points[at])) found |= (uint64_t)2 << at;
        return found;
    case NODE_LOOK:
        for (unsigned at = 0; at <= s->count; at++)
            if (starts >> at & 1 && holds(s, at, n->value)) found |= (uint64_t)1 << at;
        return found;
    }
    return found;
}

static void check_text(const syntax *pattern, const rob_dfa *dfa, const charset *words, rob_str text)
{
    subject s = {.pattern = pattern};
    if (!rob_utf8_valid(text)) return;
    bool matched = rob_dfa_matches(dfa, text);
    if (!read_subject(&s, text, words)) return;
    bool plainly = ends(&s, pattern->root, ((uint64_t)2 << s.count) - 1) != 0;
    if (s.work <= WORK_MOST) REQUIRE(matched == plainly);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    fuzz_input in = {data, data + size};
    rob_arena arena;
    rob_arena_init(&arena, 0);
    rob_str text = fuzz_piece(&in, '\n');
    charset words = charset_new(&arena);
    syntax pattern;
    rob_dfa dfa;
    pattern_error why;
    bool none;
    if (!unicode_add_words(&words)) exit(0);
    charset_sort(&words);
    if (rob_utf8_valid(text) && pattern_compile(&arena, text, &dfa, &why) && syntax_parse(&arena, text, &pattern, &why)) {
        rob_str example = pattern_example(&arena, &dfa, &none);
        if (example.ptr) REQUIRE(rob_dfa_matches(&dfa, example));
        if (example.ptr) check_text(&pattern, &dfa, &words, example);
        check_text(&pattern, &dfa, &words, ROB_STR(""));
        while (in.at < in.end) {
            rob_str line = fuzz_piece(&in, '\xff'); /* texts hold newlines, and no such byte */
            check_text(&pattern, &dfa, &words, line);
            if (none) REQUIRE(!rob_utf8_valid(line) || !rob_dfa_matches(&dfa, line));
            free((void *)(uintptr_t)line.ptr);
        }
    } else {
        REQUIRE(!rob_utf8_valid(text) || why.at + why.len <= text.len);
    }
    free((void *)(uintptr_t)text.ptr);
    rob_arena_free(&arena);
    return 0;
}
