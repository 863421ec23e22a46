/* What is said when a token cannot stand where it is. */
#include "ast_build.h"
#include "memory.h"

enum { MOST_PHRASES = 8, LONGEST_QUOTE = 40 };

/* ------------------------------------------------------------------ where the parser stood */

static bool wants_declaration(const token_set *expected)
{
    return expected->has[TOKEN_MODEL] && expected->has[TOKEN_METHOD] && !expected->has[TOKEN_IDENT];
}

static bool wants_path(const token_set *expected)
{
    return expected->has[TOKEN_EMPTY_PATH];
}

static bool wants_implementation(const token_set *expected)
{
    return expected->has[TOKEN_NATIVE] && expected->has[TOKEN_REDIRECT] && !expected->has[TOKEN_IDENT];
}

static bool wants_value(const token_set *expected)
{
    return expected->has[TOKEN_FLOAT] && expected->has[TOKEN_STRING];
}

static bool wants_name(const token_set *expected)
{
    return expected->has[TOKEN_IDENT] && expected->has[TOKEN_WITH] && expected->has[TOKEN_RAISES];
}

static bool wants_type(const token_set *expected)
{
    return expected->has[TOKEN_IDENT] && expected->has[TOKEN_LITERAL] && !wants_name(expected);
}

/* ------------------------------------------------------------------ constructs of a later stage */

static bool is_one_of(rob_str word, const char *const *words)
{
    for (; *words; words++) {
        if (rob_str_eq(word, rob_str_of(*words))) return true;
    }
    return false;
}

static const char *const later_declarations[] = {"auth", "cors", "use", "db", "sql", "WS", "mount",
                                                 "webhook", "test", NULL};
static const char *const later_implementations[] = {"files", "sql", "template", "proxy", "asgi", NULL};
static const char *const later_outcomes[] = {"stream", NULL};

/* Reports one and says so. The grammar has no room taken up by them: they are known by their first word. */
static bool not_supported_yet(parser *p, token found, const token_set *expected)
{
    token word = found;
    bool later = false;
    if (found.kind == TOKEN_IDENT && wants_declaration(expected)) {
        later = is_one_of(token_text(p, word), later_declarations);
    } else if (found.kind == TOKEN_IDENT && wants_implementation(expected)) {
        later = is_one_of(token_text(p, word), later_implementations);
    } else if (p->at > 0 && p->in->tokens.items[p->at - 1].kind == TOKEN_IDENT && found.kind != TOKEN_NEWLINE) {
        word = p->in->tokens.items[p->at - 1];
        later = expected->has[TOKEN_EQUALS] && is_one_of(token_text(p, word), later_outcomes);
    }
    if (later) {
        diag_error(p->diag, token_span(p, word), "RB0090", "`%.*s` is not supported yet",
                   ROB_STR_ARG(token_text(p, word)));
    }
    return later;
}

/* ------------------------------------------------------------------ found and expected, in words */

static rob_str describe_found(const parser *p, token found)
{
    if (found.kind == 0) return ROB_STR("the end of the file");
    if (found.kind == TOKEN_NEWLINE) {
        bool at_end = p->at + 1 < p->in->tokens.count && p->in->tokens.items[p->at + 1].kind == 0;
        return at_end ? ROB_STR("the end of the file") : ROB_STR("the end of the line");
    }
    rob_str text = token_text(p, found);
    const char *line_end = memchr(text.ptr, '\n', text.len);
    if (line_end) text.len = (size_t)(line_end - text.ptr);
    if (found.kind == TOKEN_STRING && (text.len > LONGEST_QUOTE || line_end)) return ROB_STR("a string");
    if (text.len > LONGEST_QUOTE) return arena_format(p->arena, "`%.*s...`", LONGEST_QUOTE, text.ptr);
    return arena_format(p->arena, "`%.*s`", ROB_STR_ARG(text));
}

typedef struct phrases {
    const char *items[MOST_PHRASES];
    size_t count;
} phrases;

static void say(phrases *said, const char *phrase)
{
    if (said->count < MOST_PHRASES) said->items[said->count++] = phrase;
}

static void say_punctuation(phrases *said, const token_set *expected)
{
    static const struct {
        uint8_t kind;
        const char *phrase;
    } marks[] = {
        {TOKEN_COLON, "`:`"},       {TOKEN_LPAREN, "`(`"},       {TOKEN_ARROW, "`->`"},     {TOKEN_BY, "`by`"},
        {TOKEN_IMPORT, "`import`"}, {TOKEN_VERSION, "`version`"}, {TOKEN_PREFIX, "`prefix`"}, {TOKEN_COMMA, "`,`"},
        {TOKEN_NEWLINE, "a new line"}, {TOKEN_RPAREN, "`)`"},     {TOKEN_RBRACKET, "`]`"},
        {TOKEN_PARAM_CLOSE, "`}`"}, {TOKEN_RBRACE, "`}`"},       {TOKEN_RAISES, "`raises`"}, {TOKEN_EQUALS, "`=`"},
    };
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++) {
        if (expected->has[marks[i].kind]) say(said, marks[i].phrase);
    }
}

/* What may always go on in the middle of something (constraints, a default, an attribute) is not worth
 * saying when something can also end there. */
static token_set worth_saying(const token_set *expected)
{
    token_set worth = *expected;
    bool ends = worth.has[TOKEN_COMMA] || worth.has[TOKEN_RBRACE] || worth.has[TOKEN_RPAREN];
    if (worth.has[TOKEN_RAISES]) { /* inside a route, which does not end without `=` */
        worth.has[TOKEN_NEWLINE] = worth.has[TOKEN_RBRACE] = false;
        if (!worth.has[TOKEN_ARROW]) worth.has[TOKEN_LPAREN] = false;
    } else if (ends) {
        worth.has[TOKEN_LPAREN] = worth.has[TOKEN_EQUALS] = false;
    }
    if (worth.has[TOKEN_RPAREN]) worth.has[TOKEN_NEWLINE] = false; /* it is nothing there */
    if (expected->has[TOKEN_IDENT]) { /* these are among the names */
        worth.has[TOKEN_BY] = worth.has[TOKEN_IMPORT] = worth.has[TOKEN_RAISES] = false;
        worth.has[TOKEN_VERSION] = worth.has[TOKEN_PREFIX] = false;
    }
    return worth;
}

/* A name stands for all words, a value for all literals, and so on. */
static rob_str describe_expected(const parser *p, const token_set *expected)
{
    phrases said = {.count = 0};
    if (wants_declaration(expected)) return ROB_STR("a declaration");
    if (wants_path(expected)) return ROB_STR("a path");
    if (wants_implementation(expected)) return ROB_STR("`native`, `python`, `const` or `redirect`");
    token_set rest = worth_saying(expected);
    if (wants_value(expected)) say(&said, "a value");
    else if (wants_name(expected)) say(&said, "a name");
    else if (wants_type(expected)) say(&said, expected->has[TOKEN_INT] ? "a status or a type" : "a type");
    else if (expected->has[TOKEN_STRING]) say(&said, "a string");
    else if (expected->has[TOKEN_INT]) say(&said, "a status");
    else if (expected->has[TOKEN_LBRACE]) say(&said, "`{`");
    say_punctuation(&said, &rest);
    rob_str text = {0};
    for (size_t i = 0; i < said.count; i++) {
        const char *between = i == 0 ? "" : i + 1 == said.count ? " or " : ", ";
        text = arena_format(p->arena, "%.*s%s%s", ROB_STR_ARG(text), between, said.items[i]);
    }
    return text.len ? text : ROB_STR("something else");
}

/* ------------------------------------------------------------------ hints */

/* Among the keywords that could have stood there. */
static void suggest_keyword(parser *p, diag_item *item, token found, const token_set *expected)
{
    static const struct {
        uint8_t kind;
        rob_str word;
    } keywords[] = {
        {TOKEN_API, ROB_STR_INIT("api")},         {TOKEN_SERVER, ROB_STR_INIT("server")},
        {TOKEN_TYPE, ROB_STR_INIT("type")},       {TOKEN_ENUM, ROB_STR_INIT("enum")},
        {TOKEN_MODEL, ROB_STR_INIT("model")},     {TOKEN_UNION, ROB_STR_INIT("union")},
        {TOKEN_ERROR, ROB_STR_INIT("error")},     {TOKEN_GROUP, ROB_STR_INIT("group")},
        {TOKEN_FROM, ROB_STR_INIT("from")},       {TOKEN_LINK, ROB_STR_INIT("link")},
        {TOKEN_SOURCES, ROB_STR_INIT("sources")}, {TOKEN_INCLUDE, ROB_STR_INIT("include")},
        {TOKEN_METHOD, ROB_STR_INIT("GET")},      {TOKEN_METHOD, ROB_STR_INIT("POST")},
        {TOKEN_METHOD, ROB_STR_INIT("PUT")},      {TOKEN_METHOD, ROB_STR_INIT("PATCH")},
        {TOKEN_METHOD, ROB_STR_INIT("DELETE")},   {TOKEN_METHOD, ROB_STR_INIT("HEAD")},
        {TOKEN_METHOD, ROB_STR_INIT("OPTIONS")},  {TOKEN_VERSION, ROB_STR_INIT("version")},
        {TOKEN_PREFIX, ROB_STR_INIT("prefix")},   {TOKEN_BY, ROB_STR_INIT("by")},
        {TOKEN_IMPORT, ROB_STR_INIT("import")},   {TOKEN_RAISES, ROB_STR_INIT("raises")},
        {TOKEN_WITH, ROB_STR_INIT("with")},       {TOKEN_NATIVE, ROB_STR_INIT("native")},
        {TOKEN_PYTHON, ROB_STR_INIT("python")},   {TOKEN_CONST, ROB_STR_INIT("const")},
        {TOKEN_REDIRECT, ROB_STR_INIT("redirect")},
    };
    rob_str words[sizeof keywords / sizeof *keywords];
    size_t count = 0;
    for (size_t i = 0; i < sizeof keywords / sizeof *keywords; i++) {
        if (expected->has[keywords[i].kind]) words[count++] = keywords[i].word;
    }
    diag_suggest(p->diag, item, token_text(p, found), words, count);
}

/* Newlines are nothing in ( ) and [ ], so what is missing may be far above. */
static void point_at_bracket(parser *p, diag_item *item, token found, const token_set *expected)
{
    if (!expected->has[TOKEN_RPAREN] && !expected->has[TOKEN_RBRACKET]) return;
    const token *tokens = p->in->tokens.items;
    uint32_t at = p->at;
    while (at > 0 && tokens[at].depth >= found.depth) at--;
    if (tokens[at].kind != TOKEN_LPAREN && tokens[at].kind != TOKEN_LBRACKET) return;
    uint32_t line, found_line, column;
    source_position(p->src, tokens[at].start, &line, &column);
    source_position(p->src, found.start, &found_line, &column);
    if (line != found_line) diag_also(p->diag, item, token_span(p, tokens[at]), "inside this bracket");
}

static const char *hint_for(const parser *p, token found, const token_set *expected)
{
    static const char *const order = "the order is `METHOD path (parameters) -> outcomes raises errors = implementation`";
    bool starts_line = p->at > 0 && p->in->tokens.items[p->at - 1].kind == TOKEN_NEWLINE;
    if (wants_path(expected)) return "one space, then a path that begins with `/`, or `\"\"` for the group's own";
    if (found.kind == TOKEN_RBRACE && wants_declaration(expected)) return "it closes nothing";
    bool clause = found.kind == TOKEN_WITH || found.kind == TOKEN_LPAREN || found.kind == TOKEN_COMMA;
    if (clause && starts_line) return "it stands on the line of what it belongs to";
    if (found.kind == TOKEN_NULL && wants_type(expected)) return "a type that may be null is `T?` or `T | None`";
    if (found.kind == TOKEN_ATTRIBUTE && wants_name(expected)) return "a field's attributes stand behind it";
    if (found.kind == TOKEN_ARROW || found.kind == TOKEN_RAISES || found.kind == TOKEN_WITH) return order;
    if (found.kind == TOKEN_NEWLINE && expected->has[TOKEN_LBRACE] && p->in->tokens.items[p->at + 1].kind == TOKEN_LBRACE) {
        return "`{` stands on the line of its declaration";
    }
    return NULL;
}

/* ------------------------------------------------------------------ the two entries */

static void never_closed(parser *p, token bracket)
{
    diag_item *item = diag_error(p->diag, token_span(p, bracket), "RB0021", "%.*s is never closed",
                                 ROB_STR_ARG(describe_found(p, bracket)));
    const token *next = &p->in->tokens.items[p->at + 1];
    while (next->kind == TOKEN_NEWLINE) next++;
    if (next->kind) diag_also(p->diag, item, token_span(p, *next), "the next declaration begins here");
}

void unexpected(parser *p, token found)
{
    p->failed = true;
    if (found.kind == TOKEN_INVALID) return; /* reported when it was read */
    if (found.kind == TOKEN_UNCLOSED) {
        never_closed(p, found);
        return;
    }
    token_set set = routes_expected(p);
    const token_set *expected = &set;
    if (not_supported_yet(p, found, expected)) return;
    rob_str wanted = describe_expected(p, expected);
    diag_item *item = diag_error(p->diag, token_span(p, found), "RB0020", "expected %.*s, found %.*s",
                                 ROB_STR_ARG(wanted), ROB_STR_ARG(describe_found(p, found)));
    const char *hint = hint_for(p, found, expected);
    if (hint) diag_hint(p->diag, item, "%s", hint);
    else if (found.kind == TOKEN_IDENT) suggest_keyword(p, item, found, expected);
    point_at_bracket(p, item, found, expected);
}

/* The stack is sized for NESTING_LIMIT, so this is a second fence. */
void too_deep(parser *p)
{
    p->failed = true;
    span at = token_span(p, p->in->tokens.items[p->at]);
    diag_error(p->diag, at, "RB0004", "this nests too deeply");
}
