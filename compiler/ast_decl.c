/* Declarations other than routes, and what is shared by all of them. */
#include "ast_build.h"
#include "memory.h"

/* ------------------------------------------------------------------ documentation */

/* The token that begins at an offset. */
static const token *find_token(const parser *p, uint32_t start)
{
    const token_list *tokens = &p->in->tokens;
    uint32_t low = 0, high = tokens->count;
    while (high - low > 1) {
        uint32_t middle = low + (high - low) / 2;
        if (tokens->items[middle].start <= start) low = middle;
        else high = middle;
    }
    while (low > 0 && tokens->items[low].start > start) low--;
    return &tokens->items[low];
}

/* A ## line without its marks, one space after them, and what trails. */
static rob_str doc_text(const parser *p, span at)
{
    rob_str line = {p->src->text.ptr + at.start + 2, at.end - at.start - 2};
    if (line.len && line.ptr[0] == ' ') line = (rob_str){line.ptr + 1, line.len - 1};
    while (line.len && strchr(" \t\r", line.ptr[line.len - 1])) line.len--;
    return line;
}

rob_str doc_above(parser *p, span first)
{
    uint32_t doc = find_token(p, first.start)->doc;
    if (!doc) return (rob_str){0};
    doc_line *lines = &p->in->docs.items[doc - 1];
    size_t count = 1, len = 0;
    while (!lines[count - 1].last) count++;
    for (size_t i = 0; i < count; i++) len += doc_text(p, lines[i].at).len + 1;
    char *out = arena_need(p->arena, len + 1), *end = out;
    for (size_t i = 0; i < count; i++) {
        rob_str line = doc_text(p, lines[i].at);
        if (i) *end++ = '\n';
        if (line.len) memcpy(end, line.ptr, line.len);
        end += line.len;
        lines[i].taken = true;
    }
    return (rob_str){out, (size_t)(end - out)};
}

/* ------------------------------------------------------------------ parts */

ast_name_item *build_name_item(parser *p, ast_name name, type_list args)
{
    ast_name_item *item = arena_new(p->arena, ast_name_item);
    item->name = name;
    item->args = args.first;
    return item;
}

ast_member *build_member(parser *p, ast_name name, ast_value *value, attribute_list attributes)
{
    ast_member *member = arena_new(p->arena, ast_member);
    member->name = name;
    member->value = value;
    member->attributes = attributes.first;
    member->doc = doc_above(p, name.at);
    return member;
}

ast_arm *build_arm(parser *p, ast_name tag, ast_type *type)
{
    ast_arm *arm = arena_new(p->arena, ast_arm);
    arm->tag = tag;
    arm->type = type;
    arm->doc = doc_above(p, tag.at);
    return arm;
}

/* ------------------------------------------------------------------ declarations */

ast_decl *new_decl(parser *p, ast_kind kind, token word, span end)
{
    ast_decl *decl = arena_new(p->arena, ast_decl);
    decl->kind = kind;
    decl->at = span_join(token_span(p, word), end);
    decl->doc = doc_above(p, token_span(p, word));
    return decl;
}

ast_decl *finish_decl(parser *p, ast_decl *decl)
{
    if (!decl || decl->kind != AST_ROUTE || decl->route.impls) return decl;
    /* A clause on the next line that does not continue this one is the mistake, and is reported there. */
    uint8_t next = p->in->tokens.items[p->at].kind ? p->in->tokens.items[p->at + 1].kind : 0;
    if (next == TOKEN_WITH || next == TOKEN_LPAREN || next == TOKEN_COMMA) return decl;
    span at = span_join(decl->route.method_at, decl->route.path.at);
    diag_item *item = diag_error(p->diag, at, "RB0013", "this route has no implementation");
    diag_hint(p->diag, item, "end it with `= native function`, `= const value` or `= redirect 307 \"/target\"`");
    return decl;
}

void check_no_attributes(parser *p, attribute_list leading)
{
    if (!leading.first) return;
    diag_item *item = diag_error(p->diag, leading.first->at, "RB0020", "expected a declaration behind `%.*s`",
                                 ROB_STR_ARG(source_slice(p->diag->sources, leading.first->name.at)));
    diag_hint(p->diag, item, "attributes stand above or before what they describe");
}

/* Documentation may stand above the attributes or between them and the keyword. */
ast_decl *lead_decl(parser *p, ast_decl *decl, attribute_list leading)
{
    decl->attributes = leading.first;
    for (ast_attribute *a = leading.first; a; a = a->next) {
        rob_str doc = doc_above(p, a->at);
        if (doc.ptr && !decl->doc.ptr) decl->doc = doc;
    }
    return decl;
}

static const char *const fastapi_version = "0.1.0"; /* what FastAPI says when it is told nothing */

ast_decl *build_api(parser *p, token word, token title, token version, ast_name prefix, ast_value *members)
{
    ast_decl *decl = new_decl(p, AST_API, word, token_span(p, title));
    decl->name = string_name(p, title);
    decl->api.version = version.kind ? string_text(p, version) : rob_str_of(fastapi_version);
    decl->api.prefix = prefix.text;
    decl->api.prefix_at = prefix.at;
    decl->api.members = members ? members->items : NULL;
    if (version.kind) decl->at = span_join(decl->at, token_span(p, version));
    if (prefix.text.ptr) decl->at = span_join(decl->at, prefix.at);
    if (members) decl->at = span_join(decl->at, members->at);
    return decl;
}

ast_decl *build_server(parser *p, token word, ast_value *members)
{
    ast_decl *decl = new_decl(p, AST_SERVER, word, members->at);
    decl->server.members = members->items;
    return decl;
}

ast_decl *build_import(parser *p, token word, token path, name_list names)
{
    ast_decl *decl = new_decl(p, AST_IMPORT, word, names.last->name.at);
    decl->import.path = string_text(p, path);
    decl->import.path_at = token_span(p, path);
    decl->import.names = names.first;
    return decl;
}

ast_decl *build_text(parser *p, ast_kind kind, token word, token text)
{
    ast_decl *decl = new_decl(p, kind, word, token_span(p, text));
    decl->text.text = string_text(p, text);
    decl->text.text_at = token_span(p, text);
    return decl;
}

static ast_decl *named_decl(parser *p, ast_kind kind, token word, ast_name name, span end)
{
    ast_decl *decl = new_decl(p, kind, word, end);
    decl->name = name;
    return decl;
}

ast_decl *build_alias(parser *p, token word, ast_name name, ast_type *type)
{
    ast_decl *decl = named_decl(p, AST_TYPE, word, name, type->at);
    decl->type.type = type;
    return decl;
}

ast_decl *build_enum(parser *p, token word, ast_name name, member_list members, token close)
{
    ast_decl *decl = named_decl(p, AST_ENUM, word, name, token_span(p, close));
    decl->enumeration.members = members.first;
    return decl;
}

ast_decl *build_model(parser *p, token word, ast_name name, name_list params, name_list bases, shape fields)
{
    ast_decl *decl = named_decl(p, AST_MODEL, word, name, fields.at);
    decl->model.params = params.first;
    decl->model.bases = bases.first;
    decl->model.fields = fields.fields;
    return decl;
}

ast_decl *build_union(parser *p, token word, ast_name name, ast_name tag, arm_list arms, token close)
{
    ast_decl *decl = named_decl(p, AST_UNION, word, name, token_span(p, close));
    decl->tagged.tag = tag;
    decl->tagged.arms = arms.first;
    return decl;
}

ast_decl *build_error(parser *p, token word, ast_name name, token status, shape fields, header_list headers)
{
    ast_decl *decl = named_decl(p, AST_ERROR, word, name, headers.at.end ? headers.at : fields.at);
    decl->error.status = status_code(p, status);
    decl->error.status_at = token_span(p, status);
    decl->error.fields = fields.fields;
    decl->error.headers = headers.fields;
    return decl;
}
