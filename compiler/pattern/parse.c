#include "base/utf8.h"
#include "parser.h"
#include "unicode.h"

/* ------------------------------------------------------------------ the text */

uint32_t parser_peek(const parser *p)
{
    uint32_t c;
    rob_str rest = {p->text.ptr + p->at, p->text.len - p->at};
    return rest.len > 0 && rob_utf8_decode(rest, &c) > 0 ? c : NO_CHAR;
}

uint32_t parser_next(parser *p)
{
    uint32_t c = NO_CHAR;
    rob_str rest = {p->text.ptr + p->at, p->text.len - p->at};
    if (rest.len > 0) p->at += rob_utf8_decode(rest, &c);
    return c;
}

bool parser_looking_at(const parser *p, const char *text)
{
    size_t len = strlen(text);
    return p->text.len - p->at >= len && memcmp(p->text.ptr + p->at, text, len) == 0;
}

void parser_skip_space(parser *p)
{
    if (!p->flags.extended) return;
    for (;;) {
        uint32_t c = parser_peek(p);
        if (c == '#') {
            while (c != '\n' && c != NO_CHAR) c = parser_next(p);
        } else if (c != NO_CHAR && unicode_is_space(c)) {
            parser_next(p);
        } else {
            return;
        }
    }
}

bool parser_fail_as(parser *p, pattern_error_kind kind, size_t from, const char *message)
{
    *p->err = (pattern_error){.kind = kind, .at = from, .len = p->at - from, .message = message};
    return false;
}

bool parser_fail(parser *p, size_t from, const char *message)
{
    return parser_fail_as(p, PATTERN_SYNTAX, from, message);
}

bool parser_memory(parser *p, bool ok)
{
    return ok || parser_fail_as(p, PATTERN_NO_MEMORY, p->at, "memory is out");
}

/* As parser_fail, about the one character at p->at. */
static bool fail_here(parser *p, const char *message)
{
    size_t from = p->at;
    parser_next(p);
    return parser_fail(p, from, message);
}

static bool take(parser *p, uint32_t c)
{
    if (parser_peek(p) != c) return false;
    parser_next(p);
    return true;
}

/* ------------------------------------------------------------------ nodes */

/* NULL, with the error set, when memory is out. */
static node *new_node(parser *p, node_kind kind, uint32_t value)
{
    node *n = rob_arena_new(p->arena, node);
    if (!parser_memory(p, n != NULL)) return NULL;
    *n = (node){.kind = kind, .value = value, .depth = 1};
    return n;
}

static bool too_deep(parser *p, const node *n, size_t from)
{
    if (n->depth <= MAX_DEPTH) return false;
    parser_fail(p, from, "nested more than 250 deep");
    return true;
}

/* Put a child at the right end of a list. A list of one child is that child, which the caller undoes. */
static void append(node *list, node *child)
{
    child->before = list->last;
    list->last = child;
    if (child->depth >= list->depth) list->depth = child->depth + 1;
}

static node *unwrap(parser *p, node *list, size_t from)
{
    if (!list->last) return new_node(p, NODE_EMPTY, 0);
    node *n = list->last->before ? list : list->last;
    return too_deep(p, n, from) ? NULL : n;
}

/* The index of a set equal to this one. */
static bool intern_set(parser *p, size_t from, charset *set, uint32_t *out)
{
    syntax *s = p->out;
    charset_sort(set);
    for (*out = 0; *out < s->set_count; ++*out) {
        if (charset_equal(&s->sets[*out], set)) return true;
    }
    s->range_count += set->count;
    if (s->set_count == MAX_SETS || s->range_count > MAX_RANGES) {
        return parser_fail_as(p, PATTERN_TOO_LARGE, from, "the pattern has too many different characters");
    }
    if (s->set_count == s->set_cap) {
        uint32_t cap = s->set_cap * 2 + 8;
        charset *sets = rob_arena_grow(p->arena, s->sets, s->set_cap * sizeof *sets, cap * sizeof *sets);
        if (!parser_memory(p, sets != NULL)) return false;
        s->sets = sets;
        s->set_cap = cap;
    }
    s->sets[s->set_count++] = *set;
    return true;
}

static node *set_node(parser *p, size_t from, charset *set)
{
    uint32_t index;
    return intern_set(p, from, set, &index) ? new_node(p, NODE_SET, index) : NULL;
}

static node *char_node(parser *p, size_t from, uint32_t c)
{
    charset set = charset_new(p->arena);
    if (!parser_memory(p, charset_add(&set, c, c))) return NULL;
    if (p->flags.ignore_case && !parser_memory(p, unicode_fold_set(&set, p->flags.ascii))) return NULL;
    return set_node(p, from, &set);
}

static node *look_node(parser *p, look what)
{
    unsigned kind = what & ~LOOK_ASCII;
    if (kind >= LOOK_LINE_START && kind <= LOOK_LINE_END_CRLF) p->out->asks_line = true;
    if (kind >= LOOK_WORD) *(what & LOOK_ASCII ? &p->out->asks_ascii_word : &p->out->asks_word) = true;
    return new_node(p, NODE_LOOK, what);
}

/* ------------------------------------------------------------------ repetition */

/* White space around the number does not count. */
static bool parse_count(parser *p, uint32_t *out)
{
    uint64_t value = 0;
    while (parser_peek(p) != NO_CHAR && unicode_is_space(parser_peek(p))) parser_next(p);
    size_t from = p->at;
    for (uint32_t c = parser_peek(p); c >= '0' && c <= '9'; c = parser_peek(p)) {
        value = value * 10 + (c - '0');
        if (value >= REPEAT_FOREVER) value = REPEAT_FOREVER;
        parser_next(p);
    }
    if (p->at == from) return fail_here(p, "a repetition count was expected");
    if (value == REPEAT_FOREVER) return parser_fail(p, from, "the repetition count is too large");
    *out = (uint32_t)value;
    while (parser_peek(p) != NO_CHAR && unicode_is_space(parser_peek(p))) parser_next(p);
    return true;
}

/* {n}, {n,}, {n,m} */
static bool parse_counts(parser *p, node *repeat)
{
    size_t from = p->at;
    parser_next(p);
    parser_skip_space(p);
    if (parser_peek(p) == NO_CHAR) return parser_fail(p, from, "unclosed counted repetition");
    if (!parse_count(p, &repeat->least)) return false;
    repeat->most = repeat->least;
    if (take(p, ',')) {
        parser_skip_space(p);
        repeat->most = REPEAT_FOREVER;
        if (parser_peek(p) == NO_CHAR) return parser_fail(p, from, "unclosed counted repetition");
        if (parser_peek(p) != '}' && !parse_count(p, &repeat->most)) return false;
    }
    if (!take(p, '}')) return parser_fail(p, from, "unclosed counted repetition");
    if (repeat->most < repeat->least) return parser_fail(p, from, "the repetition's range is empty");
    return true;
}

static bool is_repetition(uint32_t c)
{
    return c == '*' || c == '+' || c == '?' || c == '{';
}

/* All operators behind an item; lazy or greedy makes no difference. */
static node *parse_repetitions(parser *p, node *item)
{
    for (parser_skip_space(p); is_repetition(parser_peek(p)); parser_skip_space(p)) {
        size_t from = p->at;
        node *repeat = new_node(p, NODE_REPEAT, 0);
        if (!repeat) return NULL;
        *repeat = (node){.kind = NODE_REPEAT, .most = REPEAT_FOREVER, .depth = 1};
        if (parser_peek(p) == '{') {
            if (!parse_counts(p, repeat)) return NULL;
            parser_skip_space(p);
        } else {
            uint32_t c = parser_next(p);
            if (c == '+') repeat->least = 1;
            if (c == '?') repeat->most = 1;
        }
        take(p, '?');
        append(repeat, item);
        if (too_deep(p, repeat, from)) return NULL;
        item = repeat;
    }
    return item;
}

/* ------------------------------------------------------------------ groups */

static node *parse_alternation(parser *p);

static bool is_name_char(uint32_t c, bool first)
{
    if (c == '_' || unicode_is_letter(c)) return true;
    return !first && (c == '.' || c == '[' || c == ']' || unicode_is_number(c));
}

/* From behind `(?P<`. */
static bool parse_group_name(parser *p)
{
    size_t from = p->at;
    while (parser_peek(p) != '>') {
        if (parser_peek(p) == NO_CHAR) return parser_fail(p, from, "unclosed group name");
        if (!is_name_char(parser_peek(p), p->at == from)) return fail_here(p, "not a character of a group name");
        parser_next(p);
    }
    rob_str name = {p->text.ptr + from, p->at - from};
    if (name.len == 0) return fail_here(p, "empty group name");
    for (const group_name *other = p->names; other; other = other->older) {
        if (rob_str_eq(other->text, name)) return parser_fail(p, from, "duplicate group name");
    }
    group_name *added = rob_arena_new(p->arena, group_name);
    if (!parser_memory(p, added != NULL)) return false;
    *added = (group_name){.text = name, .older = p->names};
    p->names = added;
    parser_next(p);
    return true;
}

static bool *find_flag(flags *f, uint32_t c, bool *unused)
{
    switch (c) {
    case 'i': return &f->ignore_case;
    case 'm': return &f->multi_line;
    case 's': return &f->dot_newline;
    case 'x': return &f->extended;
    case 'R': return &f->crlf;
    case 'u': return &f->ascii; /* the other way round */
    case 'U': return unused;    /* swaps greedy and lazy */
    }
    return NULL;
}

/* From behind `(?` to before `:` or `)`. */
static bool parse_flags(parser *p, flags *out)
{
    bool negated = false, dangling = false, unused;
    char seen[8] = "";
    for (; parser_peek(p) != ':' && parser_peek(p) != ')'; parser_next(p)) {
        uint32_t c = parser_peek(p);
        if (c == NO_CHAR) return parser_fail(p, p->at, "the pattern ends where a flag was expected");
        dangling = c == '-';
        if (c == '-') {
            if (negated) return fail_here(p, "flags are negated twice");
            negated = true;
            continue;
        }
        bool *flag = find_flag(out, c, &unused);
        if (!flag) return fail_here(p, "unknown flag");
        if (strchr(seen, (char)c)) return fail_here(p, "duplicate flag");
        seen[strlen(seen)] = (char)c;
        *flag = negated == (c == 'u');
    }
    if (dangling) return fail_here(p, "a flag is missing behind `-`");
    return true;
}

static bool refuse_look_around(parser *p, size_t from)
{
    static const char *const OPENINGS[] = {"?=", "?!", "?<=", "?<!"};
    for (size_t i = 0; i < sizeof OPENINGS / sizeof *OPENINGS; i++) {
        if (!parser_looking_at(p, OPENINGS[i])) continue;
        p->at += strlen(OPENINGS[i]);
        return parser_fail_as(p, PATTERN_NOT_REGULAR, from, "look-around is not regular");
    }
    return true;
}

/* Behind the opening parenthesis. *directive: it was `(?flags)`, and there is no body. */
static bool parse_group_head(parser *p, size_t from, flags *inner, bool *directive)
{
    *inner = p->flags;
    *directive = false;
    parser_skip_space(p);
    if (!refuse_look_around(p, from)) return false;
    if (parser_looking_at(p, "?P<") || parser_looking_at(p, "?<")) {
        p->at += parser_looking_at(p, "?P<") ? 3 : 2;
        return parse_group_name(p);
    }
    if (!take(p, '?')) return true;
    size_t start = p->at;
    if (!parse_flags(p, inner)) return false;
    *directive = parser_peek(p) == ')';
    if (*directive && p->at == start) return fail_here(p, "the repetition operator has nothing to repeat");
    parser_next(p);
    return true;
}

/* NODE_EMPTY for a directive, whose flags stay on to the end of the enclosing group. */
static node *parse_group(parser *p, bool *directive)
{
    size_t from = p->at;
    flags outer = p->flags, inner;
    parser_next(p);
    if (!parse_group_head(p, from, &inner, directive)) return NULL;
    p->flags = inner;
    if (*directive) return new_node(p, NODE_EMPTY, 0);
    if (++p->depth > MAX_DEPTH) {
        parser_fail(p, from, "nested more than 250 deep");
        return NULL;
    }
    node *body = parse_alternation(p);
    if (!body) return NULL;
    p->depth--;
    if (!take(p, ')')) {
        p->at = from + 1;
        parser_fail(p, from, "unclosed group");
        return NULL;
    }
    p->flags = outer;
    body->depth++;
    return too_deep(p, body, from) ? NULL : body;
}

/* ------------------------------------------------------------------ items */

static node *parse_dot(parser *p, size_t from)
{
    charset set = charset_new(p->arena);
    bool ok = true;
    if (!p->flags.dot_newline) {
        ok = charset_add(&set, '\n', '\n');
        if (p->flags.crlf) ok = ok && charset_add(&set, '\r', '\r');
    }
    if (!parser_memory(p, ok) || !parse_finish_set(p, from, &set, true)) return NULL;
    return set_node(p, from, &set);
}

static node *parse_escaped(parser *p)
{
    size_t from = p->at;
    atom found;
    if (!parse_escape(p, &found)) return NULL;
    switch (found.kind) {
    case ATOM_CHAR:
        if (!found.byte || !p->flags.ascii || found.c < 0x80) return char_node(p, from, found.c);
        parser_fail(p, from, "this matches what is not UTF-8");
        return NULL;
    case ATOM_SET: return set_node(p, from, &found.set);
    case ATOM_LOOK: return look_node(p, found.look);
    }
    return NULL;
}

static node *parse_bracketed(parser *p)
{
    size_t from = p->at;
    charset set;
    return parse_bracket(p, &set) ? set_node(p, from, &set) : NULL;
}

static look line_look(const flags *f, look text, look line, look crlf)
{
    if (!f->multi_line) return text;
    return f->crlf ? crlf : line;
}

/* *directive: flags, which cannot be repeated. */
static node *parse_item(parser *p, bool *directive)
{
    size_t from = p->at;
    uint32_t c = parser_peek(p);
    *directive = false;
    if (c == '(') return parse_group(p, directive);
    if (c == '[') return parse_bracketed(p);
    if (c == '\\') return parse_escaped(p);
    parser_next(p);
    if (c == '.') return parse_dot(p, from);
    if (c == '^') {
        return look_node(p, line_look(&p->flags, LOOK_TEXT_START, LOOK_LINE_START, LOOK_LINE_START_CRLF));
    }
    if (c == '$') return look_node(p, line_look(&p->flags, LOOK_TEXT_END, LOOK_LINE_END, LOOK_LINE_END_CRLF));
    if (is_repetition(c)) {
        parser_fail(p, from, "the repetition operator has nothing to repeat");
        return NULL;
    }
    return char_node(p, from, c);
}

static bool at_branch_end(const parser *p)
{
    uint32_t c = parser_peek(p);
    return c == NO_CHAR || c == '|' || c == ')';
}

static node *parse_concat(parser *p)
{
    size_t from = p->at;
    node *list = new_node(p, NODE_CONCAT, 0);
    if (!list) return NULL;
    for (parser_skip_space(p); !at_branch_end(p); parser_skip_space(p)) {
        bool directive;
        node *item = parse_item(p, &directive);
        if (!item) return NULL;
        parser_skip_space(p);
        if (directive && is_repetition(parser_peek(p))) {
            fail_here(p, "the repetition operator has nothing to repeat");
            return NULL;
        }
        if (!directive && !(item = parse_repetitions(p, item))) return NULL;
        if (item->kind != NODE_EMPTY) append(list, item);
    }
    return unwrap(p, list, from);
}

static node *parse_alternation(parser *p)
{
    size_t from = p->at;
    node *list = new_node(p, NODE_ALTERNATE, 0);
    if (!list) return NULL;
    do {
        node *branch = parse_concat(p);
        if (!branch) return NULL;
        append(list, branch);
    } while (take(p, '|'));
    return unwrap(p, list, from);
}

bool syntax_parse(rob_arena *arena, rob_str text, syntax *out, pattern_error *err)
{
    parser p = {.arena = arena, .text = text, .out = out, .err = err};
    *out = (syntax){0};
    p.at = rob_utf8_valid_len(text);
    if (p.at < text.len) return parser_fail(&p, p.at, "the pattern is not UTF-8");
    p.at = 0;
    out->root = parse_alternation(&p);
    if (!out->root) return false;
    if (p.at < text.len) return fail_here(&p, "unopened group");
    return true;
}
