/* Messages as a person or an editor reads them. Source text may hold anything: what is not printable
 * is shown as U+FFFD, so that a spec cannot send escape sequences to a terminal. */
#include <stdio.h>
#include <stdlib.h>

#include "diag.h"
#include "memory.h"
#include "text_width.h"

enum { TAB_STOP = 4, BEFORE_SPAN = 90, LINE_SHOWN = 180 }; /* columns; bytes; bytes */

typedef struct printer {
    const diag *diag;
    FILE *out;
    bool color;
} printer;

static const char *const red = "\033[1;31m", *const yellow = "\033[1;33m", *const bold = "\033[1m",
                         *const blue = "\033[1;34m", *const plain = "\033[0m";

static void paint(const printer *p, const char *color)
{
    if (p->color) fputs(color, p->out);
}

/* ------------------------------------------------------------------ order */

static int compare(const void *left, const void *right)
{
    const diag_item *a = *(diag_item *const *)left, *b = *(diag_item *const *)right;
    if (a->at.file != b->at.file) return a->at.file < b->at.file ? -1 : 1;
    if (a->at.start != b->at.start) return a->at.start < b->at.start ? -1 : 1;
    int code = strcmp(a->code, b->code);
    if (code) return code;
    size_t shorter = a->message.len < b->message.len ? a->message.len : b->message.len;
    int text = shorter ? memcmp(a->message.ptr, b->message.ptr, shorter) : 0;
    return text ? text : (a->message.len > b->message.len) - (a->message.len < b->message.len);
}

/* In source order, each once. */
static diag_item **sorted(const diag *d, size_t *count)
{
    size_t total = d->errors + d->warnings, kept = 0;
    diag_item **items = arena_need(d->arena, (total + 1) * sizeof *items);
    total = 0;
    for (diag_item *item = d->first; item; item = item->next) items[total++] = item;
    qsort(items, total, sizeof *items, compare);
    for (size_t i = 0; i < total; i++) {
        if (kept == 0 || compare(&items[kept - 1], &items[i]) != 0) items[kept++] = items[i];
    }
    *count = kept;
    return items;
}

/* ------------------------------------------------------------------ text */

static void put_safely(FILE *out, rob_str text)
{
    while (text.len) {
        glyph g = glyph_at(text);
        if (g.printable) fwrite(text.ptr, 1, g.bytes, out);
        else fputs("\xEF\xBF\xBD", out);
        text.ptr += g.bytes;
        text.len -= g.bytes;
    }
}

/* Prints text from column `column`, with tabs as spaces; the column after it. `mark` prints one such
 * character for every column instead. */
static uint32_t put_columns(FILE *out, rob_str text, uint32_t column, char mark)
{
    while (text.len) {
        glyph g = glyph_at(text);
        bool tab = text.ptr[0] == '\t';
        uint32_t columns = tab ? TAB_STOP - column % TAB_STOP : g.columns;
        if (mark || tab) {
            for (uint32_t i = 0; i < columns; i++) fputc(mark ? mark : ' ', out);
        } else {
            put_safely(out, (rob_str){text.ptr, g.bytes});
        }
        column += columns;
        text.ptr += g.bytes;
        text.len -= g.bytes;
    }
    return column;
}

static int digits(uint32_t n)
{
    int count = 1;
    while (n /= 10) count++;
    return count;
}

static bool inside_character(char c)
{
    return ((unsigned char)c & 0xC0) == 0x80;
}

/* The part of a line that is shown: all of it, unless it is very long. */
static rob_str shown_part(const source *src, uint32_t line, span at)
{
    uint32_t start = src->lines[line - 1];
    uint32_t end = line < src->line_count ? src->lines[line] - 1 : (uint32_t)src->text.len;
    if (end > start && src->text.ptr[end - 1] == '\r') end--;
    const char *text = src->text.ptr;
    if (at.start > start + BEFORE_SPAN && end - start > LINE_SHOWN) {
        start = at.start - BEFORE_SPAN;
        while (inside_character(text[start])) start++;
    }
    if (end > start + LINE_SHOWN) {
        end = start + LINE_SHOWN;
        while (end > start && inside_character(text[end])) end--;
    }
    return (rob_str){text + start, end - start};
}

static void print_snippet(const printer *p, const source *src, span at, uint32_t line, const char *color)
{
    rob_str text = shown_part(src, line, at);
    uint32_t first = (uint32_t)(text.ptr - src->text.ptr), last = first + (uint32_t)text.len;
    uint32_t start = at.start > last ? last : at.start, end = at.end > last ? last : at.end;
    if (end < start) end = start;
    paint(p, blue);
    fprintf(p->out, "%*s |\n%u |", digits(line), "", line);
    paint(p, plain);
    fputc(' ', p->out);
    put_columns(p->out, text, 0, 0);
    paint(p, blue);
    fprintf(p->out, "\n%*s |", digits(line), "");
    paint(p, plain);
    fputc(' ', p->out);
    uint32_t column = put_columns(p->out, (rob_str){text.ptr, start - first}, 0, ' ');
    paint(p, color);
    uint32_t after = put_columns(p->out, (rob_str){src->text.ptr + start, end - start}, column, '^');
    if (after == column) fputc('^', p->out);
    paint(p, plain);
    fputc('\n', p->out);
}

static void print_place(const printer *p, span at, const char *color, const char *kind, const char *code,
                        rob_str text)
{
    const source *src = p->diag->sources->items[at.file];
    uint32_t line, column;
    source_position(src, at.start, &line, &column);
    paint(p, bold);
    put_safely(p->out, src->path);
    fprintf(p->out, ":%u:%u: ", line, column);
    paint(p, color);
    if (code) fprintf(p->out, "%s[%s]", kind, code);
    else fputs(kind, p->out);
    paint(p, plain);
    fputs(": ", p->out);
    paint(p, bold);
    put_safely(p->out, text);
    paint(p, plain);
    fputc('\n', p->out);
    print_snippet(p, src, at, line, color);
}

static void print_text(const printer *p, const diag_item *item)
{
    bool error = item->level == DIAG_ERROR;
    print_place(p, item->at, error ? red : yellow, error ? "error" : "warning", item->code, item->message);
    if (item->hint.len) {
        uint32_t line, column;
        source_position(p->diag->sources->items[item->at.file], item->at.start, &line, &column);
        paint(p, blue);
        fprintf(p->out, "%*s = ", digits(line), "");
        paint(p, plain);
        fputs("hint: ", p->out);
        put_safely(p->out, item->hint);
        fputc('\n', p->out);
    }
    for (const diag_note *note = item->notes; note; note = note->next) {
        print_place(p, note->at, blue, "note", NULL, note->text);
    }
}

/* ------------------------------------------------------------------ JSON */

static void put_json_string(FILE *out, rob_str text)
{
    fputc('"', out);
    while (text.len) {
        glyph g = glyph_at(text);
        unsigned char c = (unsigned char)text.ptr[0];
        if (c == '"' || c == '\\') fprintf(out, "\\%c", c);
        else if (c < 0x20) fprintf(out, "\\u%04x", c);
        else if (!g.printable && g.bytes == 1 && c >= 0x80) fputs("\xEF\xBF\xBD", out);
        else fwrite(text.ptr, 1, g.bytes, out);
        text.ptr += g.bytes;
        text.len -= g.bytes;
    }
    fputc('"', out);
}

static void put_json_place(const printer *p, span at, rob_str message)
{
    const source *src = p->diag->sources->items[at.file];
    uint32_t line, column, end_line, end_column;
    source_position(src, at.start, &line, &column);
    source_position(src, at.end, &end_line, &end_column);
    fputs("\"file\":", p->out);
    put_json_string(p->out, src->path);
    fprintf(p->out, ",\"line\":%u,\"column\":%u,\"end_line\":%u,\"end_column\":%u,\"message\":", line, column,
            end_line, end_column);
    put_json_string(p->out, message);
}

static void print_json(const printer *p, const diag_item *item)
{
    fprintf(p->out, "{\"level\":\"%s\",\"code\":\"%s\",", item->level == DIAG_ERROR ? "error" : "warning",
            item->code);
    put_json_place(p, item->at, item->message);
    if (item->hint.len) {
        fputs(",\"hint\":", p->out);
        put_json_string(p->out, item->hint);
    }
    fputs(",\"notes\":[", p->out);
    for (const diag_note *note = item->notes; note; note = note->next) {
        fputc('{', p->out);
        put_json_place(p, note->at, note->text);
        fputs(note->next ? "}," : "}", p->out);
    }
    fputs("]}\n", p->out);
}

void diag_print(const diag *d, diag_format format, void *stdio_file)
{
    printer p = {.diag = d, .out = stdio_file, .color = format == DIAG_TEXT_COLOR};
    size_t count;
    diag_item **items = sorted(d, &count);
    for (size_t i = 0; i < count; i++) {
        if (format == DIAG_JSON) print_json(&p, items[i]);
        else print_text(&p, items[i]);
    }
}
