#include "codec/nfc.h"

#include "base/utf8.h"

/* Hangul syllables are composed by arithmetic (The Unicode Standard, 3.12). */
enum { S_BASE = 0xAC00, L_BASE = 0x1100, V_BASE = 0x1161, T_BASE = 0x11A7, L_COUNT = 19, V_COUNT = 21, T_COUNT = 28 };
enum { S_COUNT = L_COUNT * V_COUNT * T_COUNT, LONGEST = 4 /* characters of one full decomposition */ };

typedef struct points {
    uint32_t *at; /* arena */
    size_t count;
} points;

static const rob_nfc_pair *find_whole(uint32_t c)
{
    size_t low = 0, high = rob_nfc_pair_count;
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (rob_nfc_pairs[middle].whole < c) low = middle + 1;
        else high = middle;
    }
    return low < rob_nfc_pair_count && rob_nfc_pairs[low].whole == c ? &rob_nfc_pairs[low] : NULL;
}

static uint32_t class_of(uint32_t c)
{
    for (size_t i = 0; i < rob_nfc_class_count && rob_nfc_classes[i].from <= c; i++)
        if (c <= rob_nfc_classes[i].to) return rob_nfc_classes[i].value;
    return 0;
}

static void push_hangul(points *p, uint32_t syllable)
{
    p->at[p->count++] = L_BASE + syllable / (V_COUNT * T_COUNT);
    p->at[p->count++] = V_BASE + syllable / T_COUNT % V_COUNT;
    if (syllable % T_COUNT) p->at[p->count++] = T_BASE + syllable % T_COUNT;
}

/* Decompositions nest in their first character only. */
static void push_decomposed(points *p, uint32_t c)
{
    uint32_t after[LONGEST];
    size_t count = 0;
    if (c >= S_BASE && c < S_BASE + S_COUNT) {
        push_hangul(p, c - S_BASE);
        return;
    }
    for (const rob_nfc_pair *pair; (pair = find_whole(c)); c = pair->first)
        if (pair->second && count < LONGEST) after[count++] = pair->second;
    p->at[p->count++] = c;
    while (count) p->at[p->count++] = after[--count];
}

/* Marks after a letter stand in the order of their classes; equal ones keep theirs. */
static void reorder(points *p)
{
    for (size_t i = 1; i < p->count; i++) {
        uint32_t c = p->at[i], class = class_of(c);
        size_t to = i;
        if (!class) continue;
        for (; to > 0 && class_of(p->at[to - 1]) > class; to--) p->at[to] = p->at[to - 1];
        p->at[to] = c;
    }
}

/* The character that a pair makes; 0 for none. */
static uint32_t composed(uint32_t first, uint32_t second)
{
    if (first >= L_BASE && first < L_BASE + L_COUNT && second >= V_BASE && second < V_BASE + V_COUNT)
        return S_BASE + ((first - L_BASE) * V_COUNT + (second - V_BASE)) * T_COUNT;
    bool open = first >= S_BASE && first < S_BASE + S_COUNT && (first - S_BASE) % T_COUNT == 0;
    if (open && second > T_BASE && second < T_BASE + T_COUNT) return first + (second - T_BASE);
    for (size_t i = 0; i < rob_nfc_pair_count; i++) {
        const rob_nfc_pair *pair = &rob_nfc_pairs[i];
        if (pair->first == first && pair->second == second && pair->composes) return pair->whole;
    }
    return 0;
}

/* A character joins the last starter unless one of its own class, or of class 0, stands between. */
static void compose(points *p)
{
    size_t starter = SIZE_MAX, count = 0;
    uint32_t last_class = 0;
    for (size_t i = 0; i < p->count; i++) {
        uint32_t c = p->at[i], class = class_of(c);
        bool adjacent = starter + 1 == count;
        bool blocked = starter == SIZE_MAX || (!adjacent && (last_class == 0 || last_class >= class));
        uint32_t whole = blocked ? 0 : composed(p->at[starter], c);
        if (whole) {
            p->at[starter] = whole;
            continue;
        }
        if (!class) starter = count;
        last_class = class;
        p->at[count++] = c;
    }
    p->count = count;
}

static bool below_marks(rob_str text)
{
    for (size_t i = 0; i < text.len; i++)
        if ((unsigned char)text.ptr[i] >= 0xCC) return false; /* U+0300 begins with CC */
    return true;
}

bool rob_nfc(rob_arena *arena, rob_str text, rob_str *out)
{
    *out = text;
    if (below_marks(text)) return true;
    points p = {rob_arena_alloc(arena, (rob_utf8_count(text) + 1) * LONGEST * sizeof *p.at), 0};
    if (!p.at) return false;
    uint32_t c;
    for (size_t i = 0, len; (len = rob_utf8_decode((rob_str){text.ptr + i, text.len - i}, &c)); i += len)
        push_decomposed(&p, c);
    reorder(&p);
    compose(&p);
    char *bytes = rob_arena_alloc(arena, p.count * 4);
    if (!bytes) return false;
    *out = (rob_str){bytes, 0};
    for (size_t i = 0; i < p.count; i++) out->len += rob_utf8_encode(bytes + out->len, p.at[i]);
    return true;
}
