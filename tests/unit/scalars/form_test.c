/* Each row of a table made by Starlette itself (make_forms.py): a form, a query string or a cookie, and
 * the pairs in it or the text of the 400. Columns are tab-separated; expected parts are percent-encoded,
 * joined by `=` and `&`. */
#include <stdio.h>
#include <stdlib.h>

#include "base/utf8.h"
#include "codec/form.h"
#include "codec/percent.h"

static char got[1 << 18];

static size_t put(size_t len, const char *text, size_t text_len)
{
    if (text_len) memcpy(got + len, text, text_len);
    return len + text_len;
}

static size_t put_encoded(size_t len, rob_arena *arena, rob_str text)
{
    rob_str encoded = rob_percent_encode(arena, text, false);
    return put(len, encoded.ptr, encoded.len);
}

static size_t print_pair(size_t len, rob_arena *arena, const rob_pair *pair)
{
    len = put_encoded(len, arena, pair->name);
    len = put_encoded(put(len, "=", 1), arena, pair->value);
    if (!pair->filename.ptr) return len;
    len = put_encoded(put(len, "=", 1), arena, pair->filename);
    return put_encoded(put(len, "=", 1), arena, pair->content_type);
}

static size_t print_result(rob_arena *arena, rob_status status, const rob_pairs *pairs)
{
    size_t len = 0;
    if (status != ROB_OK) return put(put(0, "!", 1), pairs->error, strlen(pairs->error));
    for (size_t i = 0; i < pairs->count; i++) {
        if (i) len = put(len, "&", 1);
        len = print_pair(len, arena, &pairs->items[i]);
    }
    return len;
}

/* The input in memory of exactly its size, so that a sanitizer sees any byte read beyond it. */
static rob_str exact_copy(rob_arena *arena, const char *column)
{
    rob_str text = rob_percent_decode(arena, rob_str_of(column), false);
    char *copy = malloc(text.len ? text.len : 1);
    if (text.len) memcpy(copy, text.ptr, text.len);
    return (rob_str){copy, text.len};
}

static rob_status split(const char *kind, rob_arena *arena, rob_str type, rob_str body, rob_pairs *pairs)
{
    if (!strcmp(kind, "query")) return rob_query_split(arena, body, pairs);
    if (!strcmp(kind, "cookie")) return rob_cookie_split(arena, rob_utf8_from_latin1(arena, body), pairs);
    return rob_form_split(arena, type, body, pairs);
}

static bool check_row(char *columns[4], rob_arena *arena, long line)
{
    rob_pairs pairs = {0};
    rob_str type = exact_copy(arena, columns[1]), body = exact_copy(arena, columns[2]);
    size_t len = print_result(arena, split(columns[0], arena, type, body, &pairs), &pairs);
    free((char *)type.ptr);
    free((char *)body.ptr);
    if (rob_str_eq((rob_str){got, len}, rob_str_of(columns[3]))) return true;
    printf("row %ld: %s `%s` `%s`\n  expected %s\n  got      %.*s\n", line, columns[0], columns[1], columns[2],
           columns[3], (int)len, got);
    return false;
}

static long check_table(FILE *file, rob_arena *arena)
{
    static char line[1 << 16];
    long number = 0, wrong = 0;
    while (fgets(line, sizeof line, file)) {
        char *columns[4] = {line}, *at = line;
        number++;
        line[strcspn(line, "\n")] = '\0';
        if (line[0] == '#') continue;
        for (int i = 1; i < 4 && (at = strchr(at, '\t')); i++) {
            *at++ = '\0';
            columns[i] = at;
        }
        wrong += !at || !check_row(columns, arena, number);
        rob_arena_reset(arena);
    }
    printf("%ld rows, %ld wrong\n", number, wrong);
    return number ? wrong : 1;
}

/* ------------------------------------------------------------------ limits */

static bool refused(const char *what, rob_status status, const rob_pairs *pairs, const char *error)
{
    if (status == ROB_UNREADABLE && pairs->error && !strcmp(pairs->error, error)) return true;
    printf("%s: status %d, %s; expected %s\n", what, status, pairs->error ? pairs->error : "no error", error);
    return false;
}

static rob_str repeat(const char *piece, size_t times)
{
    size_t len = strlen(piece);
    char *text = malloc(len * times + 1);
    for (size_t i = 0; i < times; i++) memcpy(text + i * len, piece, len);
    return (rob_str){text, len * times};
}

static bool check_too_many_fields(rob_arena *arena)
{
    rob_pairs pairs;
    rob_str body = repeat("a=b&", 1001), fits = {body.ptr, body.len - 4};
    rob_str type = ROB_STR("application/x-www-form-urlencoded");
    bool ok = rob_form_split(arena, type, fits, &pairs) == ROB_OK && pairs.count == 1000;
    ok &= rob_query_split(arena, fits, &pairs) == ROB_OK && pairs.count == 1000;
    ok &= refused("1,001 fields", rob_form_split(arena, type, body, &pairs), &pairs,
                  "Too many fields. Maximum number of fields is 1000.");
    ok &= rob_query_split(arena, body, &pairs) == ROB_UNREADABLE;
    free((char *)body.ptr);
    return ok;
}

static bool check_big_part(rob_arena *arena)
{
    rob_pairs pairs;
    char *body = malloc((1 << 20) + 200);
    int head = sprintf(body, "--B\r\nContent-Disposition: form-data; name=a\r\n\r\n");
    memset(body + head, 'x', (1 << 20) + 1);
    int tail = sprintf(body + head + (1 << 20) + 1, "\r\n--B--");
    rob_str text = {body, (size_t)(head + tail) + (1 << 20) + 1};
    rob_status status = rob_form_split(arena, ROB_STR("multipart/form-data; boundary=B"), text, &pairs);
    bool ok = refused("a big part", status, &pairs, "Part exceeded maximum size of 1024KB.");
    free(body);
    return ok;
}

/* Hostile input takes time linear in its length: a megabyte of near misses is done at once. */
static bool check_near_boundaries(rob_arena *arena)
{
    rob_pairs pairs;
    rob_str near = repeat("\r\n--BBBBBBB\r", 100000);
    char *body = malloc(near.len + 100);
    int head = sprintf(body, "--BBBBBBBB\r\nContent-Disposition: form-data; name=a; filename=f\r\n\r\n");
    memcpy(body + head, near.ptr, near.len);
    rob_str text = {body, (size_t)head + near.len};
    rob_status status = rob_form_split(arena, ROB_STR("multipart/form-data; boundary=BBBBBBBB"), text, &pairs);
    free((char *)near.ptr);
    free(body);
    return status == ROB_OK && pairs.count == 0;
}

int main(int argc, char **argv)
{
    rob_arena arena;
    FILE *file = argc == 2 ? fopen(argv[1], "r") : NULL;
    if (!file) return fprintf(stderr, "usage: form_test forms.tsv\n"), 2;
    rob_arena_init(&arena, 0);
    long wrong = check_table(file, &arena);
    wrong += !check_too_many_fields(&arena);
    wrong += !check_big_part(&arena);
    wrong += !check_near_boundaries(&arena);
    fclose(file);
    rob_arena_free(&arena);
    return wrong != 0;
}
