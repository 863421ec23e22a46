#include "names.h"

#include <stdlib.h>

static bool is_upper(char c) { return c >= 'A' && c <= 'Z'; }
static bool is_lower(char c) { return c >= 'a' && c <= 'z'; }
static bool is_digit(char c) { return c >= '0' && c <= '9'; }
static bool is_letter(char c) { return is_upper(c) || is_lower(c); }
static bool is_word(char c) { return is_letter(c) || is_digit(c) || c == '_'; }
static char lower(char c) { return is_upper(c) ? (char)(c + 32) : c; }
static char upper(char c) { return is_lower(c) ? (char)(c - 32) : c; }

void names_init(names *n, rob_arena *arena, rob_str prefix)
{
    *n = (names){.arena = arena, .prefix = prefix, .upper = names_upper(arena, prefix)};
    /* The two optional hooks; an empty span says that no line of the spec has them. */
    names_claim(n, arena_format(arena, "%.*s_startup", ROB_STR_ARG(prefix)), (span){0}, NULL);
    names_claim(n, arena_format(arena, "%.*s_shutdown", ROB_STR_ARG(prefix)), (span){0}, NULL);
}

/* Whether a word begins at text[i]: "userId", "HTTPError". */
static bool word_starts(rob_str text, size_t i)
{
    if (i == 0 || !is_upper(text.ptr[i])) return false;
    char before = text.ptr[i - 1];
    if (is_lower(before) || is_digit(before)) return true;
    return is_upper(before) && i + 1 < text.len && is_lower(text.ptr[i + 1]);
}

rob_str names_snake(rob_arena *arena, rob_str from)
{
    text t = text_new(arena);
    if (from.len == 0 || is_digit(from.ptr[0])) text_char(&t, 'n');
    for (size_t i = 0; i < from.len; i++) {
        char c = from.ptr[i];
        bool break_here = word_starts(from, i) || !(is_letter(c) || is_digit(c));
        if (break_here && t.len && t.ptr[t.len - 1] != '_') text_char(&t, '_');
        if (is_letter(c) || is_digit(c)) text_char(&t, lower(c));
    }
    while (t.len > 1 && t.ptr[t.len - 1] == '_') t.len--;
    if (t.len == 0) text_char(&t, 'n');
    return text_done(&t);
}

rob_str names_upper(rob_arena *arena, rob_str from)
{
    rob_str snake = names_snake(arena, from);
    char *out = arena_need(arena, sizeof(char) * (snake.len + 1));
    for (size_t i = 0; i < snake.len; i++) out[i] = upper(snake.ptr[i]);
    return (rob_str){out, snake.len};
}

rob_str names_pascal(rob_arena *arena, rob_str from)
{
    text t = text_new(arena);
    bool start = true;
    for (size_t i = 0; i < from.len; i++) {
        char c = from.ptr[i];
        bool part = is_letter(c) || is_digit(c);
        if (part) text_char(&t, start ? upper(c) : c);
        start = !part;
    }
    return text_done(&t);
}

rob_str names_global(const names *n, rob_str from)
{
    rob_str snake = names_snake(n->arena, from);
    return arena_format(n->arena, "%.*s_%.*s", ROB_STR_ARG(n->prefix), ROB_STR_ARG(snake));
}

bool names_claim(names *n, rob_str c_name, span at, span *other)
{
    span *place = arena_new(n->arena, span);
    *place = at;
    span *before = map_add(n->arena, &n->taken, c_name, place);
    if (before && other) *other = *before;
    return !before;
}

rob_str names_free(rob_arena *arena, map *taken, map *numbers, rob_str wanted, void *by)
{
    if (!map_add(arena, taken, wanted, by)) return wanted;
    unsigned *next = map_get(numbers, wanted);
    if (!next) {
        next = arena_new(arena, unsigned);
        *next = 2;
        map_add(arena, numbers, wanted, next);
    }
    rob_str name;
    do name = arena_format(arena, "%.*s_%u", ROB_STR_ARG(wanted), (*next)++);
    while (map_add(arena, taken, name, by));
    return name;
}

rob_str names_derive(names *n, rob_str wanted, span at)
{
    span *place = arena_new(n->arena, span);
    *place = at;
    return names_free(n->arena, &n->taken, &n->numbers, wanted, place);
}

/* C11 and C++17 keywords and alternative tokens, and macros that headers of the C library or the
 * compilers' default dialects define in lower case. Sorted, for bsearch. */
static const char *const reserved_words[] = {
    "EOF", "NULL", "_Alignas", "_Alignof", "_Atomic", "_Bool", "_Complex", "_Generic", "_Imaginary",
    "_Noreturn", "_Static_assert", "_Thread_local", "alignas", "alignof", "and", "and_eq", "asm", "assert",
    "auto", "bitand", "bitor", "bool", "break", "case", "catch", "char", "char16_t", "char32_t", "class",
    "compl", "const", "const_cast", "constexpr", "continue", "decltype", "default", "delete", "do",
    "double", "dynamic_cast", "else", "enum", "errno", "explicit", "export", "extern", "false", "float",
    "for", "friend", "goto", "i386", "if", "inline", "int", "linux", "long", "mutable", "namespace", "new",
    "noexcept", "not", "not_eq", "nullptr", "offsetof", "operator", "or", "or_eq", "private", "protected",
    "public", "register", "reinterpret_cast", "restrict", "return", "short", "signed", "sizeof", "static",
    "static_assert", "static_cast", "stderr", "stdin", "stdout", "struct", "switch", "template", "this",
    "thread_local", "throw", "true", "try", "typedef", "typeid", "typename", "typeof", "union", "unix",
    "unsigned", "using", "virtual", "void", "volatile", "wchar_t", "while", "xor", "xor_eq",
};

static int compare_word(const void *key, const void *entry)
{
    const rob_str *word = key;
    const char *other = *(const char *const *)entry;
    int order = strncmp(word->ptr, other, word->len);
    return order ? order : -(other[word->len] != 0);
}

bool names_reserved(rob_str word)
{
    /* C11 7.1.3: two underscores, or one and a capital, belong to the implementation. */
    if (word.len > 1 && word.ptr[0] == '_' && (word.ptr[1] == '_' || is_upper(word.ptr[1]))) return true;
    size_t count = sizeof reserved_words / sizeof *reserved_words;
    return bsearch(&word, reserved_words, count, sizeof *reserved_words, compare_word) != NULL;
}

rob_str names_member(rob_arena *arena, rob_str word)
{
    return names_reserved(word) ? arena_format(arena, "%.*s_", ROB_STR_ARG(word)) : word;
}

rob_str names_operation(rob_arena *arena, rob_str path, rob_str method)
{
    rob_str snake = names_snake(arena, method);
    bool root = true;
    for (size_t i = 0; i < path.len; i++) root = root && !is_word(path.ptr[i]);
    if (root) return arena_format(arena, "root_%.*s", ROB_STR_ARG(snake));
    rob_str words = names_snake(arena, path);
    return arena_format(arena, "%.*s_%.*s", ROB_STR_ARG(words), ROB_STR_ARG(snake));
}

rob_str names_title(rob_arena *arena, rob_str name)
{
    text t = text_new(arena);
    char before = ' ';
    for (size_t i = 0; i < name.len; i++) {
        char c = name.ptr[i];
        if (c == '_') text_char(&t, ' ');
        else text_char(&t, is_letter(before) ? lower(c) : upper(c));
        before = c;
    }
    return text_done(&t);
}

rob_str names_component(rob_arena *arena, rob_str name)
{
    char *out = arena_need(arena, sizeof(char) * (name.len + 1));
    for (size_t i = 0; i < name.len; i++) {
        char c = name.ptr[i];
        bool stays = is_word(c) || c == '.' || c == '-';
        out[i] = stays ? c : '_';
    }
    return (rob_str){out, name.len};
}
