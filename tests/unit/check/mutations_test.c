/* Whatever the words of a spec are swapped for, the checker ends, with a message or an API: specs from the
 * command line, each with a few hundred deterministic mutants. Sanitizer builds see what goes wrong. */
#include <ctype.h>
#include <stdlib.h>

#include "checked.h"
#include "text.h"

enum { MUTANTS = 150, MOST_WORDS = 20000 };

static uint64_t state = 88172645463325252u;

static size_t below(size_t limit)
{
    state ^= state << 13;
    state ^= state >> 7;
    state ^= state << 17;
    return (size_t)(state % limit);
}

typedef struct words {
    rob_str items[MOST_WORDS];
    size_t count;
} words;

static bool in_word(char ch)
{
    return isalnum((unsigned char)ch) || ch == '_';
}

/* Words, and everything else byte by byte. */
static void split(rob_str text, words *out)
{
    out->count = 0;
    for (size_t i = 0; i < text.len && out->count < MOST_WORDS;) {
        size_t end = i + 1;
        while (in_word(text.ptr[i]) && end < text.len && in_word(text.ptr[end])) end++;
        out->items[out->count++] = (rob_str){text.ptr + i, end - i};
        i = end;
    }
}

static void mutate(words *w)
{
    size_t a = below(w->count), b = below(w->count);
    switch (below(4)) {
    case 0: w->items[a] = w->items[b]; return;
    case 1: w->items[a].len = 0; return;
    case 2: {
        rob_str kept = w->items[a];
        w->items[a] = w->items[b];
        w->items[b] = kept;
        return;
    }
    default:
        while (!in_word(w->items[a].ptr[0]) && a + 1 < w->count) a++;
        while (!in_word(w->items[b].ptr[0]) && b + 1 < w->count) b++;
        w->items[a] = w->items[b];
    }
}

static void check_mutant(rob_arena *arena, const words *original)
{
    words *w = malloc(sizeof *w);
    if (!w) exit(2);
    *w = *original;
    for (size_t i = below(4) + 1; i > 0; i--) mutate(w);
    text t = text_new(arena);
    for (size_t i = 0; i < w->count; i++) text_add(&t, w->items[i]);
    checked c;
    check_text(&c, text_done(&t).ptr);
    EXPECT(c.api || c.d.errors, "neither an API nor an error:\n%.*s", (int)t.len, t.ptr);
    end_checked(&c);
    free(w);
}

static rob_str read_all(rob_arena *arena, const char *path)
{
    sources all = {.arena = arena};
    const char *why = NULL;
    source *src = source_read(&all, rob_str_of(path), &why);
    if (!src) {
        printf("%s: %s\n", path, why);
        exit(2);
    }
    return src->text;
}

int main(int argc, char **argv)
{
    static words original;
    for (int i = 1; i < argc; i++) {
        rob_arena arena;
        rob_arena_init(&arena, 0);
        split(read_all(&arena, argv[i]), &original);
        for (int m = 0; m < MUTANTS; m++) check_mutant(&arena, &original);
        rob_arena_free(&arena);
    }
    return failures != 0;
}
