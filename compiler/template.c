#include "template.h"

#include <stdio.h>
#include <stdlib.h>

#include "templates.h"

/* ------------------------------------------------------------------ parsing */

static void add_piece(rob_arena *arena, template_part *part, template_piece piece)
{
    part->pieces = arena_room(arena, part->pieces, &part->cap, part->count + 1, sizeof piece);
    part->pieces[part->count++] = piece;
}

static template_part *add_part(template *t, rob_str name)
{
    t->parts = arena_room(t->arena, t->parts, &t->cap, t->count + 1, sizeof *t->parts);
    t->parts[t->count] = (template_part){.name = name};
    return &t->parts[t->count++];
}

/* `@{` and a letter. */
static const char *find_hole(const char *at, const char *end)
{
    while ((at = memchr(at, '@', (size_t)(end - at)))) {
        if (end - at > 3 && at[1] == '{' && at[2] >= 'a' && at[2] <= 'z') return at;
        at++;
    }
    return NULL;
}

static bool is_lead(const char *start, const char *end)
{
    for (; start < end; start++) {
        if (*start != ' ' && *start != '*') return false;
    }
    return true;
}

/* Cut one line, with its newline, into pieces. `from` is where text that no piece has yet begins. */
static const char *cut_line(rob_arena *arena, template_part *part, const char *from, const char *line,
                            const char *end)
{
    for (const char *at = line, *open; (open = find_hole(at, end)); at = from) {
        const char *close = memchr(open, '}', (size_t)(end - open));
        if (!close) break;
        template_piece piece = {.hole = {open + 2, (size_t)(close - open - 2)}};
        piece.alone = at == line && close + 2 == end && is_lead(line, open);
        if (piece.alone) piece.lead = (rob_str){line, (size_t)(open - line)};
        piece.before = (rob_str){from, (size_t)((piece.alone ? line : open) - from)};
        add_piece(arena, part, piece);
        from = piece.alone ? end : close + 1;
    }
    return from;
}

template template_parse(rob_arena *arena, rob_str source)
{
    template t = {.arena = arena};
    template_part *part = NULL;
    const char *end = source.ptr + source.len, *from = source.ptr;
    for (const char *line = source.ptr, *next; line < end; line = next) {
        const char *newline = memchr(line, '\n', (size_t)(end - line));
        next = newline ? newline + 1 : end;
        bool marker = next - line > 3 && memcmp(line, "@@ ", 3) == 0;
        if (marker) {
            if (part) add_piece(arena, part, (template_piece){.before = {from, (size_t)(line - from)}});
            part = add_part(&t, (rob_str){line + 3, (size_t)(next - line - 4)});
            from = next;
        } else if (part) {
            from = cut_line(arena, part, from, line, next);
        }
    }
    if (part) add_piece(arena, part, (template_piece){.before = {from, (size_t)(end - from)}});
    return t;
}

_Noreturn static void broken(const char *what, rob_str name)
{
    fprintf(stderr, "robync: templates: no %s `%.*s`\n", what, ROB_STR_ARG(name));
    abort();
}

template template_open(rob_arena *arena, const char *name)
{
    const embedded_template *found = template_find(name);
    if (!found) broken("file", rob_str_of(name));
    return template_parse(arena, (rob_str){found->text, found->len});
}

/* ------------------------------------------------------------------ filling */

static const template_part *find_part(const template *t, const char *name)
{
    rob_str wanted = rob_str_of(name);
    for (uint32_t i = 0; i < t->count; i++) {
        if (rob_str_eq(t->parts[i].name, wanted)) return &t->parts[i];
    }
    broken("part", wanted);
}

static rob_str find_value(const hole *holes, size_t count, rob_str name)
{
    for (size_t i = 0; i < count; i++) {
        if (strncmp(holes[i].name, name.ptr, name.len) == 0 && !holes[i].name[name.len]) return holes[i].value;
    }
    broken("value for the hole", name);
}

/* Each line of the value behind the lead; no line at all for an empty value. */
static void add_lines(text *out, rob_str lead, rob_str value)
{
    if (!value.len) return;
    const char *end = value.ptr + value.len;
    for (const char *line = value.ptr, *next; line < end; line = next) {
        const char *newline = memchr(line, '\n', (size_t)(end - line));
        next = newline ? newline + 1 : end;
        if (*line != '\n' || memchr(lead.ptr, '*', lead.len)) text_add(out, lead);
        text_add(out, (rob_str){line, (size_t)(next - line)});
        if (!newline) text_char(out, '\n');
    }
}

void template_fill(const template *t, const char *name, text *out, const hole *holes, size_t count)
{
    const template_part *part = find_part(t, name);
    for (uint32_t i = 0; i < part->count; i++) {
        const template_piece *piece = &part->pieces[i];
        text_add(out, piece->before);
        if (!piece->hole.len) continue;
        rob_str value = find_value(holes, count, piece->hole);
        if (piece->alone) add_lines(out, piece->lead, value);
        else text_add(out, value);
    }
}

/* Where the line's text ends: before its newline and the blanks in front of that. */
static const char *line_end(const char *line, const char *next)
{
    while (next > line && (next[-1] == '\n' || next[-1] == ' ' || next[-1] == '\t')) next--;
    return next;
}

rob_str template_tidy(rob_arena *arena, rob_str file)
{
    char *tidy = arena_need(arena, file.len + 2), *at = tidy;
    const char *end = file.ptr + file.len;
    bool wants_blank = false;
    for (const char *line = file.ptr, *next; line < end; line = next) {
        const char *newline = memchr(line, '\n', (size_t)(end - line));
        next = newline ? newline + 1 : end;
        size_t len = (size_t)(line_end(line, next) - line);
        if (!len) {
            wants_blank = at > tidy + 1 && at[-2] != '{';
            continue;
        }
        if (wants_blank) *at++ = '\n';
        wants_blank = false;
        memcpy(at, line, len);
        at += len;
        *at++ = '\n';
    }
    return (rob_str){tidy, (size_t)(at - tidy)};
}
