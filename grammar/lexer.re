/* lexer.re: text to tokens (re2c; the generated lexer.c is a pure function of the source).
 *
 * Two conditions. `normal` is for everything but paths. `path` is entered after a METHOD, `group`,
 * `mount` or `WS` at the head of a declaration, when a space and then `/` or `""` follow; it is left at
 * a space. Inside a path's braces the normal condition runs until they close.
 *
 * The text ends with a NUL that is not part of it. A NUL before the end is an error like any other
 * stray byte. */
#include <string.h>

#include "memory.h"
#include "text_width.h"
#include "token.h"

/*!types:re2c*/

typedef struct lexer {
    const source *src;
    rob_arena *arena;
    diag *diag;
    token_list *out;
    const unsigned char *at, *start, *end; /* cursor, start of the token, end of the text */
    enum YYCONDTYPE mode;
    uint32_t path_braces; /* braces open inside a path; 0 outside */
    size_t most_errors;   /* of the run, when reading stops */
    bool line_start;      /* no token on this line yet */
    bool strayed;         /* a stray character of this line was reported */
    bool not_utf8;        /* reported for the whole text */
} lexer;

static uint32_t offset(const lexer *l, const unsigned char *at)
{
    return (uint32_t)(at - (const unsigned char *)l->src->text.ptr);
}

static span here(const lexer *l)
{
    return (span){l->src->index, offset(l, l->start), offset(l, l->at)};
}

static void put(lexer *l, int kind)
{
    token_list *out = l->out;
    out->items = arena_room(l->arena, out->items, &out->cap, out->count + 1, sizeof *out->items);
    out->items[out->count++] = (token){
        .kind = (uint8_t)kind,
        .first_on_line = l->line_start,
        .start = offset(l, l->start),
        .end = offset(l, l->at),
    };
    l->line_start = kind == TOKEN_NEWLINE;
}

/* ------------------------------------------------------------------ what went wrong */

static rob_str rest_of(const lexer *l)
{
    return (rob_str){(const char *)l->start, (size_t)(l->end - l->start)};
}

/* U+2018 to U+201F, and the apostrophe. */
static bool is_other_quote(rob_str rest)
{
    const unsigned char *s = (const unsigned char *)rest.ptr;
    return s[0] == '\'' || (rest.len >= 3 && s[0] == 0xE2 && s[1] == 0x80 && s[2] >= 0x98 && s[2] <= 0x9F);
}

static const char *stray_hint(rob_str rest)
{
    if (is_other_quote(rest)) return "strings stand in straight double quotes: `\"...\"`";
    unsigned char c = (unsigned char)rest.ptr[0];
    if (c == ';') return "a new line ends a declaration, a comma separates fields";
    if (c == '/') return "a comment begins with `#`; a path follows a method or `group` and one space";
    if (c == '.') return "a number has digits on both sides of its point";
    if (c == '\r') return "lines end in LF or CR LF";
    return c >= 0x80 ? "names are made of ASCII letters, digits and `_`" : NULL;
}

/* A character that begins no token. One message a line: 'x' is one mistake, and so is // at its end. */
static void stray(lexer *l)
{
    rob_str rest = rest_of(l);
    glyph g = glyph_at(rest);
    l->at = l->start + g.bytes;
    put(l, TOKEN_INVALID);
    if (l->strayed || (*l->start >= 0x80 && l->not_utf8)) return;
    l->strayed = true;
    diag_item *item = g.printable
        ? diag_error(l->diag, here(l), "RB0002", "unexpected character `%.*s`", (int)g.bytes, rest.ptr)
        : diag_error(l->diag, here(l), "RB0002", "unexpected byte 0x%02X", *l->start);
    const char *hint = stray_hint(rest);
    if (hint) diag_hint(l->diag, item, "%s", hint);
}

static const char *path_hint(unsigned char c)
{
    switch (c) {
    case '(': return "a space ends the path: put one before `(`";
    case '?': return "query parameters are declared in parentheses after the path";
    case '<': return "a parameter is written `{name: type}`";
    case '"': return "a path stands without quotes; only the empty one is written `\"\"`";
    }
    return NULL;
}

/* One message for the whole rest of a path. */
static void bad_path(lexer *l)
{
    rob_str rest = rest_of(l);
    glyph g = glyph_at(rest);
    unsigned char c = *l->start;
    l->at = l->start + g.bytes;
    diag_item *item = g.printable
        ? diag_error(l->diag, here(l), "RB0010", "`%.*s` cannot stand in a path", (int)g.bytes, rest.ptr)
        : diag_error(l->diag, here(l), "RB0010", "byte 0x%02X cannot stand in a path", c);
    const char *hint = path_hint(c);
    if (hint) diag_hint(l->diag, item, "%s", hint);
    else diag_hint(l->diag, item, "percent-encode it: `%%%02X`", c);
    while (l->at < l->end && !strchr(" \t\r\n", *l->at)) l->at++;
    put(l, TOKEN_INVALID);
}

/* `/a{b}`, `/{n}.json`: skips the rest of the segment, braces included. */
static void mixed_segment(lexer *l)
{
    uint32_t open = 0;
    while (l->at < l->end && *l->at != '\n' && (open || !strchr("/ \t\r", *l->at))) {
        if (*l->at == '{') open++;
        if (*l->at == '}' && open) open--;
        l->at++;
    }
    diag_item *item = diag_error(l->diag, here(l), "RB0090",
                                 "a parameter beside text in one segment is not supported yet");
    diag_hint(l->diag, item, "a parameter fills a whole segment: `/{name: type}`");
}

static void open_string(lexer *l)
{
    diag_item *item = diag_error(l->diag, here(l), "RB0003", "this string is never closed");
    diag_hint(l->diag, item, "add `\"` on the same line; a text of several lines stands between `\"\"\"`");
    put(l, TOKEN_INVALID);
}

static void open_long_string(lexer *l)
{
    const unsigned char *opening = l->start + 3;
    l->at = opening;
    diag_item *item = diag_error(l->diag, here(l), "RB0003", "this string is never closed");
    diag_hint(l->diag, item, "add `\"\"\"` at its end");
    l->at = l->end;
    put(l, TOKEN_INVALID);
}

/* ------------------------------------------------------------------ tokens that regular rules do not cut */

/* The cursor is behind the opening quotes. A backslash takes the next character with it. */
static void long_string(lexer *l)
{
    while (l->end - l->at >= 3) {
        if (memcmp(l->at, "\"\"\"", 3) == 0) {
            l->at += 3;
            put(l, TOKEN_STRING);
            return;
        }
        l->at += *l->at == '\\' ? 2 : 1;
    }
    open_long_string(l);
}

/* Whether the word just put can be the first of a declaration, as far as its neighbour to the left
 * tells: a line start, a brace, an attribute. */
static bool at_head(const lexer *l)
{
    const token *word = &l->out->items[l->out->count - 1];
    if (word->first_on_line) return true;
    int before = word[-1].kind;
    return before == TOKEN_LBRACE || before == TOKEN_RPAREN || before == TOKEN_ATTRIBUTE;
}

/* After METHOD, `group` and their like: skips the spaces when a path follows. */
static void enter_path(lexer *l)
{
    const unsigned char *next = l->at;
    while (*next == ' ' || *next == '\t') next++;
    if (l->path_braces || next == l->at || !at_head(l)) return;
    if (*next != '/' && *next != '"') return;
    l->at = next;
    l->mode = yycpath;
}

static void close_brace(lexer *l)
{
    bool of_path = l->path_braces && --l->path_braces == 0;
    put(l, of_path ? TOKEN_PARAM_CLOSE : TOKEN_RBRACE);
    if (of_path) l->mode = yycpath;
}

static void newline(lexer *l)
{
    put(l, TOKEN_NEWLINE);
    l->path_braces = 0;
    l->strayed = false;
    l->mode = yycnormal;
}

/* ------------------------------------------------------------------ rules */

#define YYGETCONDITION() l->mode

/*!re2c
    re2c:define:YYCTYPE = "unsigned char";
    re2c:define:YYCURSOR = "l->at";
    re2c:define:YYMARKER = marker;
    re2c:yyfill:enable = 0;

    eol     = "\r"? "\n";
    space   = [ \t]+;
    word    = [A-Za-z_] [A-Za-z0-9_]*;
    digits  = [0-9] ("_"? [0-9])*;
    integer = "-"? digits;
    power   = [eE] [+-]? digits;
    decimal = integer "." digits power? | integer power;
    text    = ([^"\\\r\n\x00] | "\\" [^\r\n\x00])*;
    pchar   = [A-Za-z0-9._~!$&'*+,;=:@%-] | [\x80-\xff]; // RFC 3986 section 3.3, without parentheses
*/

static void lex_all(lexer *l)
{
    const unsigned char *marker = l->at;
    while (l->diag->errors < l->most_errors) {
        l->start = l->at;
        /*!re2c
        <normal> space                   { continue; }
        <normal> eol                     { newline(l); continue; }
        <normal> "##" [^\n\x00]*         { put(l, TOKEN_DOC); continue; }
        <normal> "#" [^\n\x00]*          { continue; }

        <normal> "{"                     { if (l->path_braces) l->path_braces++;
                                           put(l, TOKEN_LBRACE); continue; }
        <normal> "}"                     { close_brace(l); continue; }
        <normal> "("                     { put(l, TOKEN_LPAREN); continue; }
        <normal> ")"                     { put(l, TOKEN_RPAREN); continue; }
        <normal> "["                     { put(l, TOKEN_LBRACKET); continue; }
        <normal> "]"                     { put(l, TOKEN_RBRACKET); continue; }
        <normal> ","                     { put(l, TOKEN_COMMA); continue; }
        <normal> ":"                     { put(l, TOKEN_COLON); continue; }
        <normal> "="                     { put(l, TOKEN_EQUALS); continue; }
        <normal> "->"                    { put(l, TOKEN_ARROW); continue; }
        <normal> "|"                     { put(l, TOKEN_PIPE); continue; }
        <normal> "?"                     { put(l, TOKEN_QUESTION); continue; }
        <normal> "@" word                { put(l, TOKEN_ATTRIBUTE); continue; }

        <normal> integer                 { put(l, TOKEN_INT); continue; }
        <normal> decimal                 { put(l, TOKEN_FLOAT); continue; }
        <normal> "-"? digits ("." digits)? word { put(l, TOKEN_QUANTITY); continue; }
        <normal> digits "/" word         { put(l, TOKEN_RATE); continue; }

        <normal> ["] text ["]            { put(l, TOKEN_STRING); continue; }
        <normal> ["] text                { open_string(l); continue; }
        <normal> ["]{3}                  { long_string(l); continue; }

        <normal> "GET" | "POST" | "PUT" | "PATCH" | "DELETE" | "HEAD" | "OPTIONS" {
            put(l, TOKEN_METHOD);
            enter_path(l);
            continue;
        }
        <normal> "group" {
            put(l, TOKEN_GROUP);
            enter_path(l);
            continue;
        }
        <normal> "mount" | "WS" {
            put(l, TOKEN_IDENT);
            enter_path(l);
            continue;
        }
        <normal> "api"                   { put(l, TOKEN_API); continue; }
        <normal> "version"               { put(l, TOKEN_VERSION); continue; }
        <normal> "prefix"                { put(l, TOKEN_PREFIX); continue; }
        <normal> "server"                { put(l, TOKEN_SERVER); continue; }
        <normal> "type"                  { put(l, TOKEN_TYPE); continue; }
        <normal> "enum"                  { put(l, TOKEN_ENUM); continue; }
        <normal> "model"                 { put(l, TOKEN_MODEL); continue; }
        <normal> "union"                 { put(l, TOKEN_UNION); continue; }
        <normal> "by"                    { put(l, TOKEN_BY); continue; }
        <normal> "error"                 { put(l, TOKEN_ERROR); continue; }
        <normal> "with"                  { put(l, TOKEN_WITH); continue; }
        <normal> "raises"                { put(l, TOKEN_RAISES); continue; }
        <normal> "from"                  { put(l, TOKEN_FROM); continue; }
        <normal> "import"                { put(l, TOKEN_IMPORT); continue; }
        <normal> "link"                  { put(l, TOKEN_LINK); continue; }
        <normal> "sources"               { put(l, TOKEN_SOURCES); continue; }
        <normal> "include"               { put(l, TOKEN_INCLUDE); continue; }
        <normal> "native"                { put(l, TOKEN_NATIVE); continue; }
        <normal> "python"                { put(l, TOKEN_PYTHON); continue; }
        <normal> "const"                 { put(l, TOKEN_CONST); continue; }
        <normal> "redirect"              { put(l, TOKEN_REDIRECT); continue; }
        <normal> "header"                { put(l, TOKEN_HEADER); continue; }
        <normal> "cookie"                { put(l, TOKEN_COOKIE); continue; }
        <normal> "query"                 { put(l, TOKEN_QUERY); continue; }
        <normal> "form"                  { put(l, TOKEN_FORM); continue; }
        <normal> "body"                  { put(l, TOKEN_BODY); continue; }
        <normal> "raw"                   { put(l, TOKEN_RAW); continue; }
        <normal> "text"                  { put(l, TOKEN_TEXT); continue; }
        <normal> "html"                  { put(l, TOKEN_HTML); continue; }
        <normal> "Literal"               { put(l, TOKEN_LITERAL); continue; }
        <normal> "true"                  { put(l, TOKEN_TRUE); continue; }
        <normal> "false"                 { put(l, TOKEN_FALSE); continue; }
        <normal> "null"                  { put(l, TOKEN_NULL); continue; }
        <normal> "env"                   { put(l, TOKEN_ENV); continue; }
        <normal> word                    { put(l, TOKEN_IDENT); continue; }

        <normal> [\x00]                  { if (l->start == l->end) return;
                                           stray(l); continue; }
        <normal> [^]                     { stray(l); continue; }

        <path> "/{"                      { l->path_braces = 1; l->mode = yycnormal;
                                           put(l, TOKEN_PARAM_OPEN); continue; }
        <path> "/" pchar*                { if (*l->at == '{') mixed_segment(l);
                                           put(l, TOKEN_SEGMENT); continue; }
        <path> ["]{2}                    { put(l, TOKEN_EMPTY_PATH); l->mode = yycnormal; continue; }
        <path> pchar | "{"               { mixed_segment(l); continue; } // after a parameter's brace
        <path> space                     { l->mode = yycnormal; continue; }
        <path> eol                       { newline(l); continue; }
        <path> [\x00]                    { if (l->start < l->end) { bad_path(l); continue; }
                                           l->mode = yycnormal; l->at = l->end; continue; }
        <path> [^]                       { bad_path(l); continue; }
        */
    }
    diag_error(l->diag, here(l), "RB0099", "too many errors; the rest was not read");
}

/* The first sequence that is not UTF-8, reported once for the whole text. */
static void check_utf8(lexer *l)
{
    const unsigned char *at = l->at;
    while (at < l->end) {
        if (*at < 0x80) {
            at++;
            continue;
        }
        glyph g = glyph_at((rob_str){(const char *)at, (size_t)(l->end - at)});
        if (g.bytes == 1) {
            span bad = {l->src->index, offset(l, at), offset(l, at) + 1};
            diag_error(l->diag, bad, "RB0001", "byte 0x%02X is not UTF-8, in which every file is written", *at);
            l->not_utf8 = true;
            return;
        }
        at += g.bytes;
    }
}

void lex(const source *src, rob_arena *arena, diag *d, token_list *out)
{
    const unsigned char *text = (const unsigned char *)src->text.ptr;
    lexer l = {.src = src, .arena = arena, .diag = d, .out = out, .at = text, .start = text,
               .end = text + src->text.len, .mode = yycnormal, .line_start = true,
               .most_errors = d->errors + MOST_ERRORS};
    *out = (token_list){0};
    /* Room that is not needed is never touched, and growing would copy. */
    out->items = arena_room(arena, NULL, &out->cap, (uint32_t)src->text.len / 4 + 2, sizeof *out->items);
    check_utf8(&l);
    lex_all(&l);
    l.start = l.at = l.end;
    if (!l.line_start) put(&l, TOKEN_NEWLINE);
    put(&l, 0);
}
