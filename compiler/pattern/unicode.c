#include "unicode.h"

#include <stdlib.h>

enum { LONGEST_NAME = 64 };

/* UAX 44, rule LM3. False when it is too long to be any name. */
static bool loosen(rob_str text, char out[LONGEST_NAME])
{
    size_t len = 0;
    for (size_t i = 0; i < text.len; i++) {
        char c = text.ptr[i];
        if (c == ' ' || c == '_' || c == '-') continue;
        if (len + 1 == LONGEST_NAME) return false;
        out[len++] = c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
    }
    out[len] = '\0';
    if (strncmp(out, "is", 2) == 0 && strcmp(out, "isc") != 0) memmove(out, out + 2, len - 1);
    return true;
}

static int compare_names(const void *name, const void *property)
{
    return strcmp(name, ((const unicode_property *)property)->name);
}

static const unicode_property *find(const char *name)
{
    return bsearch(name, unicode_properties, unicode_property_count, sizeof *unicode_properties, compare_names);
}

static bool add_found(charset *set, const unicode_property *property)
{
    for (const char *part = property->parts; part && *part; part += strspn(part, " ")) {
        char name[3] = {part[0], part[1], '\0'};
        const unicode_property *found = find(name);
        if (!charset_add_ranges(set, found->ranges, found->count)) return false;
        part += 2;
    }
    return charset_add_ranges(set, property->ranges, property->count);
}

/* Names that stand for what no table lists. */
static unicode_answer add_computed(charset *set, const char *name)
{
    if (strcmp(name, "any") == 0) return charset_add(set, 0, CHARSET_LAST) ? UNICODE_FOUND : UNICODE_NO_MEMORY;
    if (strcmp(name, "ascii") == 0) return charset_add(set, 0, 0x7f) ? UNICODE_FOUND : UNICODE_NO_MEMORY;
    if (strcmp(name, "assigned") != 0) return UNICODE_NO_PROPERTY;
    charset all = charset_new(set->arena);
    bool ok = add_found(&all, find("cn")) && charset_negate(&all, CHARSET_LAST) &&
              charset_add_ranges(set, all.ranges, all.count);
    return ok ? UNICODE_FOUND : UNICODE_NO_MEMORY;
}

static unicode_answer add_bare(charset *set, rob_str text)
{
    char name[LONGEST_NAME];
    if (!loosen(text, name)) return UNICODE_NO_PROPERTY;
    unicode_answer computed = add_computed(set, name);
    if (computed != UNICODE_NO_PROPERTY) return computed;
    const unicode_property *found = find(name);
    if (!found || found->kind == UNICODE_WORD) return UNICODE_NO_PROPERTY;
    return add_found(set, found) ? UNICODE_FOUND : UNICODE_NO_MEMORY;
}

static unicode_answer add_valued(charset *set, rob_str property, rob_str value)
{
    char name[LONGEST_NAME], wanted[LONGEST_NAME];
    if (!loosen(property, name)) return UNICODE_NO_PROPERTY;
    bool category = strcmp(name, "gc") == 0 || strcmp(name, "generalcategory") == 0;
    bool script = strcmp(name, "sc") == 0 || strcmp(name, "script") == 0;
    if (!category && !script) return UNICODE_NO_PROPERTY;
    if (!loosen(value, wanted)) return UNICODE_NO_VALUE;
    if (category) {
        unicode_answer computed = add_computed(set, wanted);
        if (computed != UNICODE_NO_PROPERTY) return computed;
    }
    const unicode_property *found = find(wanted);
    if (!found || found->kind != (category ? UNICODE_CATEGORY : UNICODE_SCRIPT)) return UNICODE_NO_VALUE;
    return add_found(set, found) ? UNICODE_FOUND : UNICODE_NO_MEMORY;
}

/* Where the property's name ends, or text.len. */
static size_t find_operator(rob_str text, size_t *operator_len, bool *negated)
{
    *operator_len = 1;
    *negated = false;
    for (size_t i = 0; i + 1 < text.len; i++) {
        if (text.ptr[i] != '!' || text.ptr[i + 1] != '=') continue;
        *operator_len = 2;
        *negated = true;
        return i;
    }
    const char *at = text.len > 0 ? memchr(text.ptr, ':', text.len) : NULL;
    if (!at && text.len > 0) at = memchr(text.ptr, '=', text.len);
    return at ? (size_t)(at - text.ptr) : text.len;
}

unicode_answer unicode_add_property(charset *set, rob_str name)
{
    size_t operator_len;
    bool negated;
    size_t at = find_operator(name, &operator_len, &negated);
    if (at == name.len) return add_bare(set, name);
    charset found = charset_new(set->arena);
    rob_str value = {name.ptr + at + operator_len, name.len - at - operator_len};
    unicode_answer answer = add_valued(&found, (rob_str){name.ptr, at}, value);
    if (answer != UNICODE_FOUND) return answer;
    if (negated && !charset_negate(&found, CHARSET_LAST)) return UNICODE_NO_MEMORY;
    return charset_add_ranges(set, found.ranges, found.count) ? UNICODE_FOUND : UNICODE_NO_MEMORY;
}

bool unicode_add_digits(charset *set)
{
    return add_found(set, find("nd"));
}

bool unicode_add_spaces(charset *set)
{
    return add_found(set, find("whitespace"));
}

bool unicode_add_words(charset *set)
{
    return add_found(set, find("word"));
}

static bool is_in(const char *name, uint32_t c)
{
    const unicode_property *property = find(name);
    charset view = {.ranges = (char_range *)property->ranges, .count = property->count};
    return charset_has(&view, c);
}

bool unicode_is_space(uint32_t c)
{
    return is_in("whitespace", c);
}

bool unicode_is_letter(uint32_t c)
{
    return is_in("alphabetic", c);
}

bool unicode_is_number(uint32_t c)
{
    return is_in("nd", c) || is_in("nl", c) || is_in("no", c);
}

static bool fold_ascii(charset *set)
{
    for (uint32_t i = 0, count = set->count; i < count; i++) {
        for (uint32_t c = 'a'; c <= 'z'; c++) {
            char_range r = set->ranges[i];
            uint32_t upper = c - 'a' + 'A';
            if (c >= r.lo && c <= r.hi && !charset_add(set, upper, upper)) return false;
            if (upper >= r.lo && upper <= r.hi && !charset_add(set, c, c)) return false;
        }
    }
    return true;
}

static size_t first_fold(uint32_t c)
{
    size_t from = 0, to = unicode_fold_count;
    while (from < to) {
        size_t middle = from + (to - from) / 2;
        if (unicode_folds[middle].from < c) from = middle + 1;
        else to = middle;
    }
    return from;
}

static bool fold_range(charset *set, char_range r)
{
    for (size_t i = first_fold(r.lo); i < unicode_fold_count && unicode_folds[i].from <= r.hi; i++) {
        uint32_t start = unicode_folds[i].from;
        for (uint32_t c = unicode_folds[i].to; c != start; c = unicode_folds[first_fold(c)].to) {
            if (!charset_add(set, c, c)) return false;
        }
    }
    return true;
}

bool unicode_fold_set(charset *set, bool ascii)
{
    charset_sort(set);
    if (ascii) {
        if (!fold_ascii(set)) return false;
    } else {
        for (uint32_t i = 0, count = set->count; i < count; i++) {
            if (!fold_range(set, set->ranges[i])) return false;
        }
    }
    charset_sort(set);
    return true;
}
