/* Models: fields, inheritance, generic instances, anonymous objects, errors.
 *
 * A model's type exists as soon as it is named; its fields are filled in later (fill_models), so that
 * types may refer forward and to themselves. Only bases are filled at once. */
#include "checker.h"

/* ------------------------------------------------------------------ fields */

static span field_place(const ast_field *f)
{
    return f->name.at;
}

/* The two question marks and the default (language.md). */
static void set_states(checker *c, const ast_field *written, ir_field *out)
{
    bool null_default = written->fallback && written->fallback->kind == AST_NULL;
    if (written->optional && written->fallback) {
        diag_item *item = report(c, written->fallback->at, "RB0210", "`%.*s?` may be absent and has a default",
                                 ROB_STR_ARG(written->name.text));
        diag_hint(c->d, item, "with a default the `?` behind the name is not needed");
    }
    if (written->optional && !written->fallback) out->table.flags |= ROB_FIELD_OPTIONAL;
    if (null_default && (out->table.flags & ROB_FIELD_NULLABLE)) out->table.flags |= ROB_FIELD_DEFAULT_NULL;
    uint16_t both = ROB_FIELD_OPTIONAL | ROB_FIELD_NULLABLE;
    if ((out->table.flags & both) == both) out->table.flags |= ROB_FIELD_TRISTATE;
    if (out->table.flags & both) out->c_has = arena_format(c->arena, "has_%.*s", ROB_STR_ARG(out->c_name));
}

void make_field(checker *c, const context *at, const ast_field *written, const attributes *said,
                rob_str wire, ir_field *out)
{
    context inner = *at;
    rob_str part = names_pascal(c->arena, written->name.text);
    inner.place = arena_format(c->arena, "%.*s%.*s", ROB_STR_ARG(at->place), ROB_STR_ARG(part));
    ir_type *type = type_of(c, &inner, written->type);
    *out = (ir_field){.name = written->name.text, .c_name = names_member(c->arena, written->name.text)};
    if (type->table.kind == ROB_KIND_NULLABLE) {
        out->table.flags |= ROB_FIELD_NULLABLE;
        type = (ir_type *)type->item;
    }
    out->type = type;
    out->table.type = &type->table;
    out->table.name = wire;
    out->table.has_offset = ROB_NO_OFFSET;
    if (said->readonly) out->table.flags |= ROB_FIELD_READONLY;
    if (said->writeonly) out->table.flags |= ROB_FIELD_WRITEONLY;
    set_states(c, written, out);
    out->meta = make_meta(c, written->doc, said, field_place(written));
}

static void own_field(checker *c, checked_model *m, const ast_field *written, ir_field *out)
{
    attributes said;
    read_attributes(c, written->attributes, ON_FIELD, &said);
    if (written->source != AST_FROM_NOWHERE)
        report(c, written->source_at, "RB0114", "a field of a model has a type; sources are for parameters");
    check_member_name(c, &written->name, "field", "@alias");
    make_field(c, &m->at, written, &said, said.alias.len ? said.alias : written->name.text, out);
    example_later(c, &said, out->type, &out->meta);
    if (said.readonly && said.writeonly)
        report(c, said.readonly_at, "RB0211", "`%.*s` is @readonly and @writeonly: nobody would see it",
               ROB_STR_ARG(written->name.text));
}

/* ------------------------------------------------------------------ inheritance */

static const ir_field *field_named(const checked_model *m, uint32_t count, rob_str name, uint32_t *index)
{
    for (uint32_t i = 0; i < count; i++)
        if (rob_str_eq(m->ir.fields[i].name, name)) {
            *index = i;
            return &m->ir.fields[i];
        }
    return NULL;
}

static void take_base_field(checker *c, checked_model *m, const checked_model *base, uint32_t i, span at)
{
    uint32_t index, count = m->ir.field_count;
    if (field_named(m, count, base->ir.fields[i].name, &index)) {
        if (m->written[index] == base->written[i]) return;
        for (const ast_field *own = m->own; own; own = own->next)
            if (rob_str_eq(own->name.text, base->ir.fields[i].name)) return;
        diag_item *item = report(c, at, "RB0115", "two bases have a field `%.*s`",
                                 ROB_STR_ARG(base->written[i]->name.text));
        diag_also(c->d, item, m->written[index]->name.at, "one of them");
        return;
    }
    m->ir.fields[count] = base->ir.fields[i];
    m->written[count] = base->written[i];
    m->ir.field_count++;
    attributes said;
    read_attributes(c, base->written[i]->attributes, ON_FIELD, &said);
    example_later(c, &said, m->ir.fields[count].type, &m->ir.fields[count].meta);
}

static checked_model *base_model(checker *c, const checked_model *m, const ast_name_item *base)
{
    ast_type named = {.kind = AST_TYPE_NAME, .at = base->name.at, .name = base->name, .args = base->args};
    ir_type *type = type_of(c, &m->at, &named);
    if (type == c->poison) return NULL;
    if (type->table.kind != ROB_KIND_MODEL) {
        report(c, base->name.at, "RB0116", "a model's base is a model, not `%.*s`", ROB_STR_ARG(type->text));
        return NULL;
    }
    return (checked_model *)type->model;
}

static uint32_t count_fields(const ast_field *f)
{
    uint32_t count = 0;
    for (; f; f = f->next) count++;
    return count;
}

/* Fill the bases; how many fields they have together. */
static uint32_t fill_bases(checker *c, checked_model *m)
{
    uint32_t count = 0;
    for (const ast_name_item *base = m->bases; base; base = base->next) {
        checked_model *b = base_model(c, m, base);
        if (!b) continue;
        if (b->progress == WORKING) {
            report(c, base->name.at, "RB0117", "model `%.*s` inherits from itself", ROB_STR_ARG(b->ir.name));
            continue;
        }
        if (c->base_depth > MOST_DEPTH) {
            report(c, base->name.at, "RB0119", "bases are nested more than %d deep", MOST_DEPTH);
            continue;
        }
        fill_model(c, b);
        count += b->ir.field_count;
    }
    return count;
}

static void take_bases(checker *c, checked_model *m, bool has_extra)
{
    for (const ast_name_item *base = m->bases; base; base = base->next) {
        checked_model *b = base_model(c, m, base);
        if (!b || b->progress != DONE) continue;
        if (!has_extra) m->ir.table.extra = b->ir.table.extra;
        for (uint32_t i = 0; i < b->ir.field_count; i++) take_base_field(c, m, b, i, base->name.at);
    }
}

/* ------------------------------------------------------------------ filling */

static void add_own_fields(checker *c, checked_model *m)
{
    map seen = {0};
    for (const ast_field *written = m->own; written; written = written->next) {
        const ast_field *before = map_add(c->arena, &seen, written->name.text, (void *)written);
        if (before) {
            diag_item *item = report(c, written->name.at, "RB0118", "field `%.*s` is there twice",
                                     ROB_STR_ARG(written->name.text));
            diag_also(c->d, item, before->name.at, "first here");
            continue;
        }
        uint32_t index = m->ir.field_count;
        if (!field_named(m, m->ir.field_count, written->name.text, &index)) m->ir.field_count++;
        m->written[index] = written;
        own_field(c, m, written, &m->ir.fields[index]);
    }
}

/* No two members in C, and no two names on the wire. */
static void check_clashes(checker *c, const checked_model *m)
{
    map members = {0}, wire = {0};
    for (uint32_t i = 0; i < m->ir.field_count; i++) {
        const ir_field *f = &m->ir.fields[i];
        span at = m->written[i]->name.at;
        const ast_field *before = map_add(c->arena, &members, f->c_name, (void *)m->written[i]);
        if (!before && f->c_has.len) before = map_add(c->arena, &members, f->c_has, (void *)m->written[i]);
        if (before && before != m->written[i]) {
            diag_item *item = report(c, at, "RB0106", "`%.*s` has a member in C that `%.*s` has too",
                                     ROB_STR_ARG(f->name), ROB_STR_ARG(before->name.text));
            diag_also(c->d, item, before->name.at,
                      "the other one; a field that may be absent or null has a `has_` member");
        }
        before = map_add(c->arena, &wire, f->table.name, (void *)m->written[i]);
        if (!before) continue;
        diag_item *item = report(c, at, "RB0118", "two fields are called \"%.*s\" in JSON",
                                 ROB_STR_ARG(f->table.name));
        diag_also(c->d, item, before->name.at, "the other one");
    }
}

static rob_str extra_member(checker *c, const checked_model *m)
{
    rob_str name = ROB_STR("extra_members");
    for (uint32_t i = 0; i < m->ir.field_count; i++)
        if (rob_str_eq(m->ir.fields[i].c_name, name)) {
            name = arena_format(c->arena, "%.*s_", ROB_STR_ARG(name));
            i = UINT32_MAX; /* look again */
        }
    return name;
}

void fill_model(checker *c, checked_model *m)
{
    if (m->progress != UNTOUCHED) return;
    m->progress = WORKING;
    c->base_depth++;
    uint32_t most = fill_bases(c, m) + count_fields(m->own);
    c->base_depth--;
    if (most > MOST_FIELDS) {
        report(c, m->ir.meta.at, "RB0119", "a model has at most %d fields", MOST_FIELDS);
        m->own = NULL;
    }
    m->ir.fields = arena_need(c->arena, sizeof(ir_field) * (most + 1));
    m->written = arena_need(c->arena, sizeof(ast_field *) * (most + 1));
    attributes said = {0};
    if (m->declared) {
        bool is_error = m->declared->decl->kind == AST_ERROR;
        read_attributes(c, m->declared->decl->attributes, is_error ? ON_ERROR : ON_MODEL, &said);
        m->ir.meta = make_meta(c, m->declared->decl->doc, &said, m->declared->decl->name.at);
        example_later(c, &said, m->type, &m->ir.meta);
    }
    m->ir.table.extra = (uint8_t)said.extra;
    take_bases(c, m, said.has_extra);
    add_own_fields(c, m);
    check_clashes(c, m);
    if (m->ir.table.extra == ROB_EXTRA_ALLOW) m->ir.c_extra = extra_member(c, m);
    m->progress = DONE;
}

void fill_models(checker *c)
{
    for (size_t i = 0; i < c->unfilled.count; i++) fill_model(c, c->unfilled.items[i]);
}

/* ------------------------------------------------------------------ making one */

static checked_model *new_model(checker *c, rob_str name, rob_str c_name, span at)
{
    checked_model *m = arena_new(c->arena, checked_model);
    m->ir.name = name;
    m->ir.component = names_component(c->arena, name);
    m->ir.c_name = c_name;
    m->ir.meta.at = at;
    m->ir.table.name = name;
    m->type = arena_new(c->arena, ir_type);
    *m->type = (ir_type){
        .table = {.kind = ROB_KIND_MODEL, .model = &m->ir.table},
        .id = c->serial++, .text = name, .label = name, .c_type = c_name, .model = &m->ir, .at = at,
    };
    if (c->models.count == MOST_MODELS) report(c, at, "RB0119", "there are more than %d models", MOST_MODELS);
    if (c->models.count >= MOST_MODELS) return m;
    list_push(c->arena, &c->models, m);
    list_push(c->arena, &c->unfilled, m);
    return m;
}

ir_type *type_of_model(checker *c, symbol *s, const binding *bound, rob_str name, bool instance)
{
    const ast_decl *decl = s->decl;
    rob_str c_name;
    if (instance) c_name = names_derive(&c->names, names_global(&c->names, name), decl->name.at);
    else c_name = claim_declared(c, s);
    checked_model *m = new_model(c, name, c_name, decl->name.at);
    m->declared = s;
    m->bases = decl->model.bases;
    m->own = decl->model.fields;
    m->at = (context){.scope = s->home, .bound = bound, .place = names_pascal(c->arena, name)};
    if (!instance) s->type = m->type;
    return m->type;
}

ir_type *type_of_object(checker *c, const context *at, const ast_type *t)
{
    rob_str name = at->place;
    rob_str c_name = names_derive(&c->names, names_global(&c->names, name), t->at);
    checked_model *m = new_model(c, name, c_name, t->at);
    m->ir.anonymous = true;
    m->own = t->fields;
    m->at = *at;
    return m->type;
}

ir_model *error_model(checker *c, symbol *s)
{
    if (s->error_model) return s->error_model;
    const ast_decl *decl = s->decl;
    int64_t status = decl->error.status;
    if (status < 400 || status > 599)
        report(c, decl->error.status_at, "RB0320", "an error's status is between 400 and 599, not %lld",
               (long long)status);
    checked_model *m = new_model(c, decl->name.text, claim_declared(c, s), decl->name.at);
    m->declared = s;
    m->own = decl->error.fields;
    m->at = (context){.scope = s->home, .place = decl->name.text};
    return s->error_model = &m->ir;
}

/* ------------------------------------------------------------------ generic models */

static const binding *bind(checker *c, const context *at, const ast_name_item *params, const ast_type *args,
                           text *key, text *name)
{
    const binding *bound = NULL;
    bool poisoned = false;
    for (; params && args; params = params->next, args = args->next) {
        binding *b = arena_new(c->arena, binding);
        *b = (binding){.next = bound, .name = params->name.text, .type = type_of(c, at, args)};
        poisoned = poisoned || b->type == c->poison;
        text_format(key, " #%u", b->type->id);
        text_format(name, "%s%.*s", bound ? ", " : "", ROB_STR_ARG(b->type->text));
        bound = b;
    }
    return poisoned ? NULL : bound;
}

static size_t count_params(const ast_name_item *p)
{
    size_t count = 0;
    for (; p; p = p->next) count++;
    return count;
}

static size_t count_args(const ast_type *t)
{
    size_t count = 0;
    for (; t; t = t->next) count++;
    return count;
}

/* A generic model that contains a larger instance of itself would never end. */
enum { MOST_INSTANCES = 1000 };

ir_type *type_of_generic(checker *c, const context *at, symbol *s, const ast_type *args, span use)
{
    rob_str called = s->decl->name.text;
    size_t wanted = count_params(s->decl->model.params), given = count_args(args);
    if (wanted != given) {
        diag_item *item = report(c, use, "RB0111", "`%.*s` takes %zu type argument%s, %zu given",
                                 ROB_STR_ARG(called),
                                 wanted, wanted == 1 ? "" : "s", given);
        diag_also(c->d, item, s->decl->name.at, "declared here");
        return c->poison;
    }
    text key = text_new(c->arena), name = text_new(c->arena);
    text_format(&name, "%.*s[", ROB_STR_ARG(called));
    const binding *bound = bind(c, at, s->decl->model.params, args, &key, &name);
    if (!bound) return c->poison;
    text_char(&name, ']');
    ir_type *before = map_get(&s->instances, text_done(&key));
    if (before) return before;
    if (s->instances.count >= MOST_INSTANCES || name.len > MOST_TYPE_TEXT) {
        report(c, s->decl->name.at, "RB0119", "model `%.*s` needs instances without end", ROB_STR_ARG(called));
        return c->poison;
    }
    ir_type *type = type_of_model(c, s, bound, text_done(&name), true);
    map_add(c->arena, &s->instances, text_done(&key), type);
    return type;
}
