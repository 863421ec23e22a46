/* Newlines, documentation and brackets, between the lexer and the parser.
 *
 * A newline is a token inside braces (the grammar takes it for a comma) and between declarations. It is
 * nothing inside ( ) and [ ], behind `{` or a comma, before `}`, and before a line that starts with `=`,
 * `->`, `|` or, outside of a declaration's braces, `raises`.
 *
 * A bracket that is never closed would swallow the rest of the file. So when a line starts as only a
 * declaration can while brackets of another one are open, they are given up: TOKEN_UNCLOSED, with the span
 * of the bracket, tells the parser. */
#include "memory.h"
#include "token.h"

typedef struct bracket {
    uint8_t kind; /* TOKEN_LBRACE, ... */
    bool group;   /* the brace of a group: declarations stand inside */
    uint32_t start, end;
} bracket;

typedef struct pass {
    const source *src;
    rob_arena *arena;
    diag *diag;
    const token *raw; /* the token at hand; those behind it follow in memory */
    lexed *out;
    bracket open[NESTING_LIMIT];
    uint32_t count;
    uint32_t beyond; /* brackets open beyond the limit */
    uint32_t doc;    /* 1 + index of the run of ## lines that waits for its token */
    bool new_line;   /* a newline was read and not settled yet */
} pass;

static const bracket *innermost(const pass *p)
{
    return p->count ? &p->open[p->count - 1] : NULL;
}

static bool inside(const pass *p, uint8_t kind)
{
    return p->count && innermost(p)->kind == kind;
}

/* Whether only groups are open, so that a declaration can begin. */
static bool between_declarations(const pass *p)
{
    return p->count == 0 || innermost(p)->group;
}

static uint8_t last_kind(const pass *p)
{
    const token_list *tokens = &p->out->tokens;
    return tokens->count ? tokens->items[tokens->count - 1].kind : TOKEN_NEWLINE;
}

static void put(pass *p, token t)
{
    token_list *tokens = &p->out->tokens;
    tokens->items = arena_room(p->arena, tokens->items, &tokens->cap, tokens->count + 1, sizeof *tokens->items);
    tokens->items[tokens->count++] = t;
}

/* A newline stands right behind the token before it, where a caret belongs. */
static void put_newline(pass *p)
{
    const token_list *tokens = &p->out->tokens;
    uint32_t at = tokens->count ? tokens->items[tokens->count - 1].end : 0;
    uint32_t end = at < p->src->text.len ? at + 1 : at;
    put(p, (token){.kind = TOKEN_NEWLINE, .depth = (uint8_t)p->count, .start = at, .end = end});
}

/* ------------------------------------------------------------------ documentation */

static void take_doc(pass *p, const token *t)
{
    span at = {p->src->index, t->start, t->end};
    if (!t->first_on_line) {
        diag_item *item = diag_warning(p->diag, at, "RB0012", "this `##` comment documents nothing");
        diag_hint(p->diag, item, "documentation stands on lines of its own above what it describes; "
                                 "`#` is a plain comment");
        return;
    }
    doc_list *docs = &p->out->docs;
    docs->items = arena_room(p->arena, docs->items, &docs->cap, docs->count + 1, sizeof *docs->items);
    docs->items[docs->count++] = (doc_line){.at = at, .last = true};
    if (p->doc) docs->items[docs->count - 2].last = false;
    else p->doc = docs->count;
}

/* ------------------------------------------------------------------ brackets */

static uint8_t opener_of(uint8_t kind)
{
    switch (kind) {
    case TOKEN_RBRACE: return TOKEN_LBRACE;
    case TOKEN_RPAREN: return TOKEN_LPAREN;
    case TOKEN_RBRACKET: return TOKEN_LBRACKET;
    case TOKEN_PARAM_CLOSE: return TOKEN_PARAM_OPEN;
    }
    return 0;
}

static bool is_opener(uint8_t kind)
{
    return kind == TOKEN_LBRACE || kind == TOKEN_LPAREN || kind == TOKEN_LBRACKET || kind == TOKEN_PARAM_OPEN;
}

/* A path right before the brace: `group /v1 {`. A route has no brace there. */
static bool behind_path(const pass *p)
{
    uint8_t kind = last_kind(p);
    return kind == TOKEN_SEGMENT || kind == TOKEN_PARAM_CLOSE || kind == TOKEN_EMPTY_PATH;
}

static void open_bracket(pass *p, token *t)
{
    if (p->count == NESTING_LIMIT) {
        span at = {p->src->index, t->start, t->end};
        if (p->beyond++ == 0) diag_error(p->diag, at, "RB0004", "brackets nest deeper than %d levels", NESTING_LIMIT);
        t->kind = TOKEN_INVALID;
        return;
    }
    bool group = t->kind == TOKEN_LBRACE && behind_path(p) && between_declarations(p);
    p->open[p->count++] = (bracket){.kind = t->kind, .group = group, .start = t->start, .end = t->end};
}

/* Whether the rest of the line closes a bracket of that kind, or the bracket is a brace, which as a rule
 * is closed lines below. */
static bool closed_later(const pass *p, uint8_t kind)
{
    if (kind == TOKEN_LBRACE) return true;
    for (const token *t = p->raw + 1; t->kind && t->kind != TOKEN_NEWLINE; t++) {
        if (opener_of(t->kind) == kind) return true;
    }
    return false;
}

/* A closing bracket that does not match closes what it can without leaving the declaration, or, at the
 * start of a line, whatever it matches. Else it is a slip for the innermost one, or one too many. */
static void close_bracket(pass *p, const token *t)
{
    if (p->beyond) {
        p->beyond--;
        return;
    }
    uint8_t wanted = opener_of(t->kind);
    for (uint32_t i = p->count; i-- > 0;) {
        if (p->open[i].group && i + 1 < p->count && !t->first_on_line) break;
        if (p->open[i].kind != wanted) continue;
        p->count = i;
        return;
    }
    if (!between_declarations(p) && !closed_later(p, innermost(p)->kind)) p->count--;
}

static void put_unclosed(pass *p, bracket lost)
{
    put(p, (token){.kind = TOKEN_UNCLOSED, .depth = (uint8_t)p->count, .start = lost.start, .end = lost.end});
    put(p, (token){.kind = TOKEN_NEWLINE, .depth = (uint8_t)p->count, .start = lost.end, .end = lost.end});
}

/* Gives up the brackets of an unfinished declaration. The innermost is what a person forgot to close. */
static void give_up(pass *p)
{
    bracket lost = *innermost(p);
    while (!between_declarations(p)) p->count--;
    p->beyond = 0;
    put_unclosed(p, lost);
}

/* ------------------------------------------------------------------ newlines */

enum { ATTRIBUTES_AHEAD = 100 }; /* tokens; a bound on what is read twice */

/* What attributes at the start of a line stand before. */
static const token *behind_attributes(const token *t)
{
    uint32_t open = 0;
    for (const token *end = t + ATTRIBUTES_AHEAD; t->kind && t < end; t++) {
        if (t->kind == TOKEN_LPAREN) open++;
        else if (t->kind == TOKEN_RPAREN && open) open--;
        else if (!open && t->kind != TOKEN_ATTRIBUTE && t->kind != TOKEN_NEWLINE && t->kind != TOKEN_DOC) break;
    }
    return t;
}

/* Whether a line starts as only a declaration can: `model Name`, `GET /path`, `server {`. A field that is
 * called `model` has a colon behind it. */
static bool starts_declaration(const token *t)
{
    if (t->kind == TOKEN_ATTRIBUTE) t = behind_attributes(t);
    if (t->kind == 0) return false;
    uint8_t next = t[1].kind;
    switch (t->kind) {
    case TOKEN_METHOD:
    case TOKEN_GROUP: return next == TOKEN_SEGMENT || next == TOKEN_PARAM_OPEN || next == TOKEN_EMPTY_PATH;
    case TOKEN_MODEL:
    case TOKEN_ENUM:
    case TOKEN_UNION:
    case TOKEN_TYPE:
    case TOKEN_ERROR: return next == TOKEN_IDENT;
    case TOKEN_API:
    case TOKEN_FROM:
    case TOKEN_LINK:
    case TOKEN_SOURCES:
    case TOKEN_INCLUDE: return next == TOKEN_STRING;
    case TOKEN_SERVER: return next == TOKEN_LBRACE;
    }
    return false;
}

/* Whether a newline before t is nothing. */
static bool continues(const pass *p, const token *t)
{
    if (inside(p, TOKEN_LPAREN) || inside(p, TOKEN_LBRACKET)) return true;
    uint8_t before = last_kind(p);
    if (before == TOKEN_NEWLINE || before == TOKEN_COMMA || before == TOKEN_LBRACE) return true;
    switch (t->kind) {
    case TOKEN_EQUALS:
    case TOKEN_ARROW:
    case TOKEN_PIPE: return true;
    case TOKEN_RAISES: return between_declarations(p);
    case TOKEN_RBRACE: return !between_declarations(p);
    }
    return false;
}

static void settle_newline(pass *p, const token *t)
{
    p->new_line = false;
    if (!between_declarations(p) && starts_declaration(t)) {
        give_up(p);
        return;
    }
    if (inside(p, TOKEN_PARAM_OPEN)) p->count--; /* a path ends with its line */
    if (!continues(p, t)) put_newline(p);
}

/* ------------------------------------------------------------------ the pass */

static void take(pass *p, token t)
{
    if (p->new_line) settle_newline(p, p->raw);
    if (opener_of(t.kind)) close_bracket(p, &t);
    t.depth = (uint8_t)p->count;
    if (is_opener(t.kind)) open_bracket(p, &t);
    t.doc = p->doc;
    p->doc = 0;
    put(p, t);
}

static void finish(pass *p, token end)
{
    if (p->count) {
        bracket lost = *innermost(p);
        if (!between_declarations(p)) {
            give_up(p);
        } else {
            if (last_kind(p) != TOKEN_NEWLINE) put_newline(p);
            put_unclosed(p, lost);
        }
    }
    if (last_kind(p) != TOKEN_NEWLINE) put_newline(p);
    put(p, end);
}

void lay_out(const source *src, rob_arena *arena, diag *d, const token_list *raw, lexed *out)
{
    *out = (lexed){{0}, {0}};
    out->tokens.items = arena_room(arena, NULL, &out->tokens.cap, raw->count + 8, sizeof *raw->items);
    pass p = {.src = src, .arena = arena, .diag = d, .out = out};
    for (p.raw = raw->items; p.raw->kind; p.raw++) {
        if (p.raw->kind == TOKEN_NEWLINE) p.new_line = true;
        else if (p.raw->kind == TOKEN_DOC) take_doc(&p, p.raw);
        else take(&p, *p.raw);
    }
    finish(&p, *p.raw);
}
