/* Attributes: which exist, where they may stand, what they take. */
#include "checker.h"

typedef enum takes { NOTHING, ONE_STRING, ONE_OBJECT, ONE_SIZE, ONE_WORD, STRINGS, VALUES } takes;

typedef enum which {
    EXAMPLE, TITLE, OPENAPI, DEPRECATED, READONLY, WRITEONLY, ALIAS, ID, TAG, SUMMARY, HIDDEN, EXTRA, BODY_LIMIT,
    BLOCKING, ATTRIBUTE_COUNT
} which;

typedef struct attribute_rule {
    const char *name;
    takes takes;
    uint32_t on;
    const char *example;
} attribute_rule;

static const attribute_rule rules[ATTRIBUTE_COUNT] = {
    [EXAMPLE] = {"example", VALUES,
                 ON_FIELD | ON_PARAM | ON_HEADER | ON_MODEL | ON_ENUM | ON_UNION | ON_ERROR, "@example(1)"},
    [TITLE] = {"title", ONE_STRING, ON_FIELD | ON_PARAM | ON_HEADER | ON_MODEL | ON_ENUM | ON_UNION | ON_ERROR,
               "@title(\"Name\")"},
    [OPENAPI] = {"openapi", ONE_OBJECT,
                 ON_API | ON_ROUTE | ON_FIELD | ON_PARAM | ON_HEADER | ON_MODEL | ON_ENUM | ON_UNION | ON_ERROR,
                 "@openapi({ x_internal: true })"},
    [DEPRECATED] = {"deprecated", NOTHING, ON_ROUTE | ON_GROUP | ON_FIELD | ON_PARAM | ON_HEADER | ON_MODEL,
                    "@deprecated"},
    [READONLY] = {"readonly", NOTHING, ON_FIELD, "@readonly"},
    [WRITEONLY] = {"writeonly", NOTHING, ON_FIELD, "@writeonly"},
    [ALIAS] = {"alias", ONE_STRING, ON_FIELD | ON_PARAM, "@alias(\"wireName\")"},
    [ID] = {"id", ONE_STRING, ON_ROUTE, "@id(\"list_users\")"},
    [TAG] = {"tag", STRINGS, ON_ROUTE | ON_GROUP, "@tag(\"users\")"},
    [SUMMARY] = {"summary", ONE_STRING, ON_ROUTE, "@summary(\"List users\")"},
    [HIDDEN] = {"hidden", NOTHING, ON_ROUTE | ON_GROUP, "@hidden"},
    [EXTRA] = {"extra", ONE_WORD, ON_MODEL | ON_ERROR, "@extra(forbid)"},
    [BODY_LIMIT] = {"body_limit", ONE_SIZE, ON_ROUTE | ON_GROUP, "@body_limit(2mb)"},
    [BLOCKING] = {"blocking", NOTHING, ON_ROUTE | ON_GROUP, "@blocking"},
};

static const char *where_name(where on)
{
    switch (on) {
    case ON_API: return "an api";
    case ON_ROUTE: return "a route";
    case ON_GROUP: return "a group";
    case ON_MODEL: return "a model";
    case ON_FIELD: return "a field";
    case ON_PARAM: return "a parameter";
    case ON_ENUM: return "an enum";
    case ON_UNION: return "a union";
    case ON_ERROR: return "an error";
    case ON_MEMBER: return "an enum's member";
    case ON_HEADER: return "a response header";
    case ON_NOTHING: break;
    }
    return "a type";
}

static void unknown_attribute(checker *c, const ast_attribute *a)
{
    diag_item *item = report(c, a->at, "RB0130", "unknown attribute `@%.*s`", ROB_STR_ARG(a->name.text));
    rob_str names[ATTRIBUTE_COUNT];
    for (size_t i = 0; i < ATTRIBUTE_COUNT; i++) names[i] = rob_str_of(rules[i].name);
    diag_suggest(c->d, item, a->name.text, names, ATTRIBUTE_COUNT);
}

static bool value_fits(takes takes, const ast_value *v)
{
    switch (takes) {
    case NOTHING: return !v;
    case ONE_STRING: return v && !v->next && !v->key.len && v->kind == AST_STR;
    case ONE_OBJECT: return v && !v->next && v->kind == AST_OBJECT;
    case ONE_SIZE: return v && !v->next && (v->kind == AST_SIZE || v->kind == AST_INT) && v->number > 0;
    case ONE_WORD: return v && !v->next && v->kind == AST_MEMBER;
    case STRINGS:
        for (const ast_value *each = v; each; each = each->next)
            if (each->kind != AST_STR || each->key.len) return false;
        return v != NULL;
    case VALUES:
        for (const ast_value *each = v; each; each = each->next)
            if (each->key.len) return false;
        return v != NULL;
    }
    return false;
}

static void read_extra(checker *c, const ast_value *v, attributes *out)
{
    static const char *const words[] = {"ignore", "forbid", "allow"};
    for (size_t i = 0; i < 3; i++)
        if (rob_str_eq(v->text, rob_str_of(words[i]))) {
            out->extra = (rob_extra)i;
            out->has_extra = true;
            return;
        }
    report(c, v->at, "RB0132", "`@extra` takes `forbid`, `ignore` or `allow`, not `%.*s`", ROB_STR_ARG(v->text));
}

static void add_tags(checker *c, const ast_value *v, attributes *out)
{
    for (; v; v = v->next) {
        rob_str *tag = arena_new(c->arena, rob_str);
        *tag = v->text;
        list_push(c->arena, &out->tags, tag);
    }
}

static void take(checker *c, which which, const ast_attribute *a, attributes *out)
{
    const ast_value *v = a->args;
    switch (which) {
    case EXAMPLE: out->example = v; return;
    case TITLE: out->title = v->text; return;
    case OPENAPI: out->openapi = plain_json(c, v); return;
    case DEPRECATED: out->deprecated = true; return;
    case READONLY: out->readonly = true; out->readonly_at = a->at; return;
    case WRITEONLY: out->writeonly = true; return;
    case ALIAS: out->alias = v->text; out->alias_at = v->at; return;
    case ID: out->id = v->text; out->id_at = v->at; return;
    case TAG: add_tags(c, v, out); return;
    case SUMMARY: out->summary = v->text; return;
    case HIDDEN: out->hidden = true; return;
    case EXTRA: read_extra(c, v, out); return;
    case BODY_LIMIT: out->body_limit = (uint64_t)v->number; return;
    case BLOCKING: out->blocking = true; return;
    case ATTRIBUTE_COUNT: return;
    }
}

static void read_one(checker *c, const ast_attribute *a, where on, uint32_t *seen, attributes *out)
{
    for (int i = 0; i < ATTRIBUTE_COUNT; i++) {
        const attribute_rule *rule = &rules[i];
        if (!rob_str_eq(a->name.text, rob_str_of(rule->name))) continue;
        if (!(rule->on & on)) {
            report(c, a->at, "RB0133", "`@%s` does not belong on %s", rule->name, where_name(on));
        } else if (*seen >> i & 1 && i != TAG) {
            report(c, a->at, "RB0134", "`@%s` is there twice", rule->name);
        } else if (!value_fits(rule->takes, a->args)) {
            diag_item *item = report(c, a->at, "RB0132", "wrong arguments for `@%s`", rule->name);
            diag_hint(c->d, item, "write `%s`", rule->example);
        } else {
            take(c, (which)i, a, out);
        }
        *seen |= 1u << i;
        return;
    }
    unknown_attribute(c, a);
}

void read_attributes(checker *c, const ast_attribute *first, where on, attributes *out)
{
    *out = (attributes){0};
    uint32_t seen = 0;
    for (const ast_attribute *a = first; a; a = a->next) read_one(c, a, on, &seen, out);
}

ir_meta make_meta(checker *c, rob_str doc, const attributes *said, span at)
{
    (void)c;
    return (ir_meta){.doc = doc, .title = said->title, .openapi = said->openapi, .deprecated = said->deprecated,
                     .at = at};
}

static void judge_later(checker *c, const ast_value *v, const ir_type *type, rob_str *json)
{
    pending_value *p = arena_new(c->arena, pending_value);
    *p = (pending_value){.value = v, .type = type, .json = json, .what = "example"};
    list_push(c->arena, &c->values, p);
}

void example_later(checker *c, const attributes *said, const ir_type *type, ir_meta *meta)
{
    if (!said->example || type == c->poison) return;
    judge_later(c, said->example, type, &meta->example);
    uint32_t count = 0;
    for (const ast_value *v = said->example->next; v; v = v->next) count++;
    if (!count) return;
    meta->more_examples = arena_need(c->arena, sizeof(rob_str) * count);
    for (const ast_value *v = said->example->next; v; v = v->next) {
        judge_later(c, v, type, &meta->more_examples[meta->more_example_count++]);
    }
}
