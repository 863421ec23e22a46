/* Whether the arms of an inline union can be told apart, and the value that shows that they cannot. */
#include "check_union.h"
#include "check_value.h"
#include "pattern/pattern.h"

#include <inttypes.h>

enum { JSON_BOOL = 1, JSON_NUMBER = 2, JSON_STRING = 4, JSON_ARRAY = 8, JSON_OBJECT = 16, JSON_ANY = 31 };

static uint32_t choice_types(const ir_enum *e)
{
    static const uint32_t of[] = {[ROB_CHOICE_STR] = JSON_STRING, [ROB_CHOICE_INT] = JSON_NUMBER,
                                  [ROB_CHOICE_BOOL] = JSON_BOOL};
    uint32_t all = 0;
    for (uint32_t i = 0; i < e->count; i++) all |= of[e->table.choices[i].kind];
    return all;
}

static uint32_t json_types(const ir_type *type)
{
    switch ((rob_kind)type->table.kind) {
    case ROB_KIND_INT: case ROB_KIND_FLOAT: return JSON_NUMBER;
    case ROB_KIND_DECIMAL: return JSON_NUMBER | JSON_STRING;
    case ROB_KIND_BOOL: return JSON_BOOL;
    case ROB_KIND_STR: case ROB_KIND_BYTES: case ROB_KIND_UUID: case ROB_KIND_DATETIME: case ROB_KIND_DATE:
    case ROB_KIND_TIME: case ROB_KIND_DURATION: case ROB_KIND_EMAIL: case ROB_KIND_URL: case ROB_KIND_URI:
        return JSON_STRING;
    case ROB_KIND_JSON: return JSON_ANY;
    case ROB_KIND_LIST: return JSON_ARRAY;
    case ROB_KIND_DICT: case ROB_KIND_MODEL: case ROB_KIND_TAGGED: return JSON_OBJECT;
    case ROB_KIND_ENUM: return choice_types(type->choice);
    case ROB_KIND_UNION: case ROB_KIND_NULLABLE: break; /* flattened before */
    }
    return JSON_ANY;
}

/* ------------------------------------------------------------------ objects */

static bool is_required(const ir_field *f)
{
    return !(f->table.flags & (ROB_FIELD_OPTIONAL | ROB_FIELD_NULLABLE | ROB_FIELD_DEFAULT_NULL | ROB_FIELD_READONLY));
}

static bool choices_overlap(const ir_enum *a, const ir_enum *b)
{
    for (uint32_t i = 0; i < a->count; i++)
        for (uint32_t j = 0; j < b->count; j++)
            if (rob_str_eq(a->choices[i].json, b->choices[j].json)) return true;
    return false;
}

/* A field with Literals that have no value in common, which one of the two requires: then a value of the
 * one has the field, with a value that the other refuses. A written default makes it not required. */
static bool told_apart(const checked_model *a, const checked_model *b)
{
    for (uint32_t i = 0; i < a->ir.field_count; i++)
        for (uint32_t j = 0; j < b->ir.field_count; j++) {
            const ir_field *f = &a->ir.fields[i], *g = &b->ir.fields[j];
            if (!rob_str_eq(f->table.name, g->table.name)) continue;
            bool either = (is_required(f) && !a->written[i]->fallback) ||
                (is_required(g) && !b->written[j]->fallback);
            if (!either) continue;
            if (f->type->table.kind != ROB_KIND_ENUM || g->type->table.kind != ROB_KIND_ENUM) continue;
            if (!choices_overlap(f->type->choice, g->type->choice)) return true;
        }
    return false;
}

static bool objects_disjoint(const ir_type *a, const ir_type *b)
{
    if (a->table.kind == ROB_KIND_MODEL && b->table.kind == ROB_KIND_MODEL)
        return told_apart((const checked_model *)a->model, (const checked_model *)b->model);
    if (a->table.kind == ROB_KIND_TAGGED && b->table.kind == ROB_KIND_MODEL) {
        for (uint32_t i = 0; i < a->arms->count; i++)
            if (!a->arms->arms[i].declares_tag || !objects_disjoint(a->arms->arms[i].type, b)) return false;
        return true;
    }
    return b->table.kind == ROB_KIND_TAGGED && a->table.kind == ROB_KIND_MODEL && objects_disjoint(b, a);
}

static bool disjoint(const ir_type *a, const ir_type *b)
{
    uint32_t both = json_types(a) & json_types(b);
    if (!both) return true;
    bool enums = a->table.kind == ROB_KIND_ENUM && b->table.kind == ROB_KIND_ENUM;
    if (enums) return !choices_overlap(a->choice, b->choice);
    return both == JSON_OBJECT && objects_disjoint(a, b);
}

/* ------------------------------------------------------------------ samples */

/* Text candidates for the kinds of string, tried in order. */
static const char *const texts[] = {
    "\"\"", "\"a\"", "\"1\"", "\"abc\"", "\"2024-02-29\"", "\"2024-02-29T12:00:00Z\"", "\"12:00:00\"", "\"P1D\"",
    "\"00000000-0000-4000-8000-000000000000\"", "\"a@example.com\"", "\"https://example.com/\"", "\"YQ==\"",
};
static const char *const others[] = {"1", "0", "true", "[]", "{}", "2", "10", "100", "-1", "0.5", "1.5", "1000"};

enum { TEXT_COUNT = sizeof texts / sizeof *texts, OTHER_COUNT = sizeof others / sizeof *others };

static rob_str repeated(checker *c, uint32_t count)
{
    if (count > 200) return (rob_str){0};
    text t = text_new(c->arena);
    text_char(&t, '"');
    for (uint32_t i = 0; i < count; i++) text_char(&t, 'a');
    text_char(&t, '"');
    return text_done(&t);
}

static bool fits(checker *c, const ir_type *type, rob_str json)
{
    return json.ptr && decode_literal(c, type, json, NULL);
}

/* Values worth trying for a type: its bounds, its choices, a text of its pattern. */
static void own_candidates(checker *c, const ir_type *type, list *out);

static void offer(checker *c, list *out, rob_str json)
{
    if (!json.ptr) return;
    rob_str *copy = arena_new(c->arena, rob_str);
    *copy = json;
    list_push(c->arena, out, copy);
}

static rob_str sample_object(checker *c, const ir_model *m, const ir_model *with)
{
    text t = text_new(c->arena);
    text_char(&t, '{');
    for (int pass = 0; pass < 2; pass++) {
        const ir_model *from = pass ? with : m;
        for (uint32_t i = 0; from && i < from->field_count; i++) {
            const ir_field *f = &from->fields[i];
            bool wanted = !(f->table.flags & (ROB_FIELD_OPTIONAL | ROB_FIELD_READONLY)) && !f->table.fallback;
            for (uint32_t j = 0; pass && j < m->field_count; j++)
                wanted = wanted && !rob_str_eq(m->fields[j].table.name, f->table.name);
            if (!wanted) continue;
            bool null = f->table.flags & ROB_FIELD_NULLABLE;
            rob_str value = null ? (rob_str)ROB_STR("null") : sample_value(c, f->type);
            if (!value.ptr) return (rob_str){0};
            if (t.len > 1) text_char(&t, ',');
            text_json_string(&t, f->table.name);
            text_char(&t, ':');
            text_add(&t, value);
        }
    }
    text_char(&t, '}');
    return text_done(&t);
}

static void pattern_candidate(checker *c, const ir_type *type, list *out)
{
    bool none;
    rob_str found = pattern_example(c->arena, type->table.text.pattern, &none);
    if (!found.ptr) return;
    text t = text_new(c->arena);
    text_json_string(&t, found);
    offer(c, out, text_done(&t));
}

static void own_candidates(checker *c, const ir_type *type, list *out)
{
    const rob_str bounds[] = {type->ge, type->le, type->gt, type->lt, type->multiple_of};
    for (size_t i = 0; i < 5; i++)
        if (bounds[i].len) offer(c, out, bounds[i]);
    if (type->table.kind == ROB_KIND_INT && type->table.rules & ROB_GT && type->table.integer.gt < INT64_MAX)
        offer(c, out, arena_format(c->arena, "%" PRId64, type->table.integer.gt + 1));
    if (type->table.kind == ROB_KIND_ENUM)
        for (uint32_t i = 0; i < type->choice->count; i++) offer(c, out, type->choice->choices[i].json);
    if (type->table.kind == ROB_KIND_STR && type->table.rules & ROB_PATTERN) pattern_candidate(c, type, out);
    if (type->table.kind == ROB_KIND_STR && type->table.rules & ROB_MIN_LENGTH)
        offer(c, out, repeated(c, type->table.text.min_length));
    if (type->table.kind == ROB_KIND_MODEL) offer(c, out, sample_object(c, type->model, NULL));
    if (type->table.kind == ROB_KIND_LIST) {
        rob_str item = sample_value(c, type->item);
        if (item.ptr) offer(c, out, arena_format(c->arena, "[%.*s]", ROB_STR_ARG(item)));
    }
}

static void common_candidates(checker *c, list *out, bool texts_first)
{
    for (int pass = 0; pass < 2; pass++) {
        bool now_texts = texts_first == (pass == 0);
        size_t count = now_texts ? TEXT_COUNT : OTHER_COUNT;
        for (size_t i = 0; i < count; i++) offer(c, out, rob_str_of(now_texts ? texts[i] : others[i]));
    }
}

/* Types nest, and may nest in themselves; samples need not go deep, nor on for long. */
enum { SAMPLE_DEPTH = 6, SAMPLE_BUDGET = 2000 };

rob_str sample_value(checker *c, const ir_type *type)
{
    if (c->sample_depth == 0) c->sample_budget = SAMPLE_BUDGET;
    if (c->sample_depth >= SAMPLE_DEPTH || c->sample_budget == 0) return (rob_str){0};
    c->sample_budget--;
    c->sample_depth++;
    list candidates = {0};
    own_candidates(c, type, &candidates);
    common_candidates(c, &candidates, json_types(type) == JSON_STRING);
    rob_str found = {0};
    for (size_t i = 0; !found.ptr && i < candidates.count; i++)
        if (fits(c, type, *(rob_str *)candidates.items[i])) found = *(rob_str *)candidates.items[i];
    c->sample_depth--;
    return found;
}

static rob_str value_of_both(checker *c, const ir_type *a, const ir_type *b)
{
    list candidates = {0};
    own_candidates(c, a, &candidates);
    own_candidates(c, b, &candidates);
    if (a->table.kind == ROB_KIND_MODEL && b->table.kind == ROB_KIND_MODEL) {
        offer(c, &candidates, sample_object(c, a->model, b->model));
        offer(c, &candidates, sample_object(c, b->model, a->model));
    }
    common_candidates(c, &candidates, (json_types(a) & json_types(b)) == JSON_STRING);
    for (size_t i = 0; i < candidates.count; i++) {
        rob_str json = *(rob_str *)candidates.items[i];
        if (fits(c, a, json) && fits(c, b, json)) return json;
    }
    return (rob_str){0};
}

/* ------------------------------------------------------------------ the verdict */

static const char *type_words(uint32_t types)
{
    if (types & JSON_OBJECT) return "objects";
    if (types & JSON_ARRAY) return "arrays";
    if (types & JSON_STRING) return "strings";
    if (types & JSON_NUMBER) return "numbers";
    return "booleans";
}

static void report_pair(checker *c, const checked_union *u, const ir_type *a, const ir_type *b)
{
    uint32_t both = json_types(a) & json_types(b);
    rob_str value = value_of_both(c, a, b);
    diag_item *item;
    if (value.ptr && value.len <= 200)
        item = report(c, u->ir.meta.at, "RB0153", "`%.*s` and `%.*s` cannot be told apart: %.*s fits both",
                      ROB_STR_ARG(a->text), ROB_STR_ARG(b->text), ROB_STR_ARG(value));
    else
        item = report(c, u->ir.meta.at, "RB0153", "`%.*s` and `%.*s` cannot be told apart: both are %s in JSON",
                      ROB_STR_ARG(a->text), ROB_STR_ARG(b->text), type_words(both));
    if (both & JSON_OBJECT)
        diag_hint(c->d, item,
                  "use `union Name by tag { … }`, or give both a required field with different Literals");
    else if ((json_types(a) | json_types(b)) == JSON_NUMBER)
        diag_hint(c->d, item, "one type that takes both may do: `float` takes integers too");
}

void check_disjoint(checker *c, const checked_union *u)
{
    for (uint32_t i = 0; i < u->ir.count; i++)
        for (uint32_t j = i + 1; j < u->ir.count; j++)
            if (!disjoint(u->ir.arms[i].type, u->ir.arms[j].type)) {
                report_pair(c, u, u->ir.arms[i].type, u->ir.arms[j].type);
                return;
            }
}
