/* Constraints: `int(ge=1, le=100)`. Names are Pydantic's. */
#include "check_pattern.h"
#include "checker.h"

#include <inttypes.h>
#include <stdlib.h>

#define ON(kind) (1u << ROB_KIND_##kind)

enum {
    NUMBERS = ON(INT) | ON(FLOAT) | ON(DECIMAL),
    TEXTS = ON(STR) | ON(EMAIL) | ON(URL) | ON(URI),
    LENGTHS = TEXTS | ON(BYTES) | ON(LIST) | ON(DICT),
    STRICT = NUMBERS | TEXTS | ON(BOOL) | ON(BYTES) | ON(UUID) | ON(DATETIME) | ON(DATE) | ON(TIME) | ON(DURATION) | ON(LIST)
};

typedef struct rule {
    const char *name;
    uint16_t bit;   /* ROB_GE … */
    uint32_t kinds; /* that may have it */
} rule;

/* In the order in which a type's text shows them. */
static const rule rules[] = {
    {"ge", ROB_GE, NUMBERS}, {"gt", ROB_GT, NUMBERS}, {"le", ROB_LE, NUMBERS}, {"lt", ROB_LT, NUMBERS},
    {"multiple_of", ROB_MULTIPLE_OF, NUMBERS},
    {"min_length", ROB_MIN_LENGTH, LENGTHS}, {"max_length", ROB_MAX_LENGTH, LENGTHS},
    {"pattern", ROB_PATTERN, TEXTS}, {"unique", ROB_UNIQUE, ON(LIST)},
    {"max_digits", ROB_MAX_DIGITS, ON(DECIMAL)}, {"decimal_places", ROB_DECIMAL_PLACES, ON(DECIMAL)},
    {"strict", ROB_STRICT, STRICT},
};

enum { RULE_COUNT = sizeof rules / sizeof *rules };

/* What other languages call them. */
static const struct { const char *theirs, *ours; } hints[] = {
    {"min_items", "min_length"}, {"max_items", "max_length"}, {"minItems", "min_length"},
    {"maxItems", "max_length"}, {"minLength", "min_length"}, {"maxLength", "max_length"},
    {"minimum", "ge"}, {"maximum", "le"}, {"min", "ge"}, {"max", "le"}, {"exclusiveMinimum", "gt"},
    {"exclusiveMaximum", "lt"}, {"multipleOf", "multiple_of"}, {"regex", "pattern"},
    {"uniqueItems", "unique"}, {"unique_items", "unique"},
};

/* What is being put together: the type so far, and which value set each rule. */
typedef struct draft {
    checker *c;
    ir_type type;
    const ast_value *set[RULE_COUNT];
    span at;
    bool failed;
} draft;

static void unknown_rule(draft *d, const ast_value *v)
{
    diag_item *item = report(d->c, v->key_at, "RB0202", "`%.*s` has no constraint `%.*s`",
                             ROB_STR_ARG(d->type.text), ROB_STR_ARG(v->key));
    for (size_t i = 0; i < sizeof hints / sizeof *hints; i++)
        if (rob_str_eq(v->key, rob_str_of(hints[i].theirs))) {
            diag_hint(d->c->d, item, "it is called `%s` here", hints[i].ours);
            return;
        }
    rob_str names[RULE_COUNT];
    size_t count = 0;
    for (size_t i = 0; i < RULE_COUNT; i++)
        if (rules[i].kinds >> d->type.table.kind & 1) names[count++] = rob_str_of(rules[i].name);
    diag_suggest(d->c->d, item, v->key, names, count);
}

static bool wrong_value(draft *d, const ast_value *v, const char *wanted)
{
    report(d->c, v->at, "RB0203", "`%.*s` takes %s", ROB_STR_ARG(v->key), wanted);
    return false;
}

/* ------------------------------------------------------------------ setting one */

static int64_t *int_bound(rob_type *t, uint16_t bit)
{
    switch (bit) {
    case ROB_GE: return &t->integer.ge;
    case ROB_GT: return &t->integer.gt;
    case ROB_LE: return &t->integer.le;
    case ROB_LT: return &t->integer.lt;
    default: return &t->integer.multiple_of;
    }
}

static double *float_bound(rob_type *t, uint16_t bit)
{
    switch (bit) {
    case ROB_GE: return &t->number.ge;
    case ROB_GT: return &t->number.gt;
    case ROB_LE: return &t->number.le;
    case ROB_LT: return &t->number.lt;
    default: return &t->number.multiple_of;
    }
}

static const char **decimal_bound(rob_type *t, uint16_t bit)
{
    switch (bit) {
    case ROB_GE: return &t->decimal.ge;
    case ROB_GT: return &t->decimal.gt;
    case ROB_LE: return &t->decimal.le;
    case ROB_LT: return &t->decimal.lt;
    default: return &t->decimal.multiple_of;
    }
}

static rob_str *bound_text(ir_type *t, uint16_t bit)
{
    switch (bit) {
    case ROB_GE: return &t->ge;
    case ROB_GT: return &t->gt;
    case ROB_LE: return &t->le;
    case ROB_LT: return &t->lt;
    default: return &t->multiple_of;
    }
}

static rob_str number_text(checker *c, const ast_value *v)
{
    if (v->kind == AST_INT) return arena_format(c->arena, "%" PRId64, v->number);
    bool sign = v->real < 0 && v->text.len && v->text.ptr[0] != '-';
    return arena_format(c->arena, "%s%.*s", sign ? "-" : "", ROB_STR_ARG(v->text));
}

static bool set_bound(draft *d, const rule *r, const ast_value *v)
{
    bool is_int = v->kind == AST_INT && !v->too_large;
    if (!is_int && (v->kind != AST_FLOAT || d->type.table.kind == ROB_KIND_INT))
        return wrong_value(d, v, d->type.table.kind == ROB_KIND_INT ? "an integer of 64 bits" : "a number");
    double real = is_int ? (double)v->number : v->real;
    if (r->bit == ROB_MULTIPLE_OF && !(real > 0)) return wrong_value(d, v, "a number above 0");
    rob_str text = number_text(d->c, v);
    *bound_text(&d->type, r->bit) = text;
    if (d->type.table.kind == ROB_KIND_INT) *int_bound(&d->type.table, r->bit) = v->number;
    else if (d->type.table.kind == ROB_KIND_FLOAT) *float_bound(&d->type.table, r->bit) = real;
    else *decimal_bound(&d->type.table, r->bit) = text.ptr;
    return true;
}

static uint32_t *count_slot(rob_type *t, uint16_t bit)
{
    bool items = t->kind == ROB_KIND_LIST || t->kind == ROB_KIND_DICT;
    switch (bit) {
    case ROB_MIN_LENGTH: return items ? &t->list.min_length : &t->text.min_length;
    case ROB_MAX_LENGTH: return items ? &t->list.max_length : &t->text.max_length;
    case ROB_MAX_DIGITS: return &t->decimal.max_digits;
    default: return &t->decimal.decimal_places;
    }
}

static bool set_count(draft *d, const rule *r, const ast_value *v)
{
    if (v->kind != AST_INT || v->too_large || v->number < 0 || v->number > UINT32_MAX)
        return wrong_value(d, v, "an integer from 0 to 4294967295");
    *count_slot(&d->type.table, r->bit) = (uint32_t)v->number;
    return true;
}

static bool set_pattern(draft *d, const ast_value *v)
{
    if (v->kind != AST_STR) return wrong_value(d, v, "a string: `pattern=\"^[a-z]+$\"`");
    d->type.table.text.pattern = compiled_pattern(d->c, v);
    d->type.table.text.pattern_text = v->text;
    return d->type.table.text.pattern != NULL;
}

/* False when it was refused, or switches something off that is off anyway. */
static bool set_rule(draft *d, const rule *r, const ast_value *v)
{
    switch (r->bit) {
    case ROB_GE: case ROB_GT: case ROB_LE: case ROB_LT: case ROB_MULTIPLE_OF: return set_bound(d, r, v);
    case ROB_MIN_LENGTH: case ROB_MAX_LENGTH: case ROB_MAX_DIGITS: case ROB_DECIMAL_PLACES:
        return set_count(d, r, v);
    case ROB_PATTERN: return set_pattern(d, v);
    default:
        if (v->kind != AST_BOOL) return wrong_value(d, v, "`true` or `false`");
        return v->boolean;
    }
}

static void add_rule(draft *d, const ast_value *v)
{
    if (!v->key.len) {
        report(d->c, v->at, "RB0202", "a constraint has a name: `%.*s(ge=1)`", ROB_STR_ARG(d->type.text));
        d->failed = true;
        return;
    }
    for (size_t i = 0; i < RULE_COUNT; i++) {
        const rule *r = &rules[i];
        if (!rob_str_eq(v->key, rob_str_of(r->name)) || !(r->kinds >> d->type.table.kind & 1)) continue;
        if (d->set[i] || (d->type.table.rules & r->bit & ~ROB_STRICT)) {
            report(d->c, v->key_at, "RB0205", "`%s` is set twice", r->name);
            return;
        }
        d->set[i] = v;
        if (set_rule(d, r, v)) d->type.table.rules |= r->bit;
        else if (v->kind != AST_BOOL) d->failed = true;
        return;
    }
    unknown_rule(d, v);
    d->failed = true;
}

/* ------------------------------------------------------------------ ranges that hold nothing */

static span place_of(const draft *d, uint16_t bit)
{
    for (size_t i = 0; i < RULE_COUNT; i++)
        if (rules[i].bit == bit && d->set[i]) return d->set[i]->at;
    return d->at;
}

/* The least and greatest value that the bounds leave; false when gt or lt leave nothing at all. */
static bool int_range(const rob_type *t, int64_t *low, int64_t *high)
{
    *low = t->rules & ROB_GE ? t->integer.ge : INT64_MIN;
    *high = t->rules & ROB_LE ? t->integer.le : INT64_MAX;
    if (t->rules & ROB_GT) {
        if (t->integer.gt == INT64_MAX) return false;
        if (t->integer.gt + 1 > *low) *low = t->integer.gt + 1;
    }
    if (t->rules & ROB_LT) {
        if (t->integer.lt == INT64_MIN) return false;
        if (t->integer.lt - 1 < *high) *high = t->integer.lt - 1;
    }
    return true;
}

static bool has_multiple(int64_t low, int64_t high, int64_t step)
{
    if (low <= 0 && high >= 0) return true;
    int64_t down = high / step * step;
    if (down > high) down -= step; /* division rounds towards 0 */
    return down >= low;
}

static void check_int_range(draft *d)
{
    const rob_type *t = &d->type.table;
    int64_t low, high;
    bool some = int_range(t, &low, &high) && low <= high;
    if (some && t->rules & ROB_MULTIPLE_OF) some = has_multiple(low, high, t->integer.multiple_of);
    if (some) return;
    uint16_t last = t->rules & ROB_LE ? ROB_LE : t->rules & ROB_LT ? ROB_LT : ROB_GT;
    report(d->c, place_of(d, last), "RB0206", "no integer is in the range of `%.*s`", ROB_STR_ARG(d->type.text));
    d->failed = true;
}

static void check_real_range(draft *d, double ge, double gt, double le, double lt)
{
    uint16_t set = d->type.table.rules;
    bool empty = ((set & ROB_GE) && (set & ROB_LE) && ge > le) || ((set & ROB_GE) && (set & ROB_LT) && ge >= lt) ||
                 ((set & ROB_GT) && (set & ROB_LE) && gt >= le) || ((set & ROB_GT) && (set & ROB_LT) && gt >= lt);
    if (!empty) return;
    report(d->c, place_of(d, set & ROB_LE ? ROB_LE : ROB_LT), "RB0206", "no number is in the range of `%.*s`",
           ROB_STR_ARG(d->type.text));
    d->failed = true;
}

static double real_of(const char *text)
{
    return text ? strtod(text, NULL) : 0;
}

static void check_counts(draft *d)
{
    rob_type *t = &d->type.table;
    uint16_t both = ROB_MIN_LENGTH | ROB_MAX_LENGTH;
    if ((t->rules & both) == both && *count_slot(t, ROB_MIN_LENGTH) > *count_slot(t, ROB_MAX_LENGTH)) {
        report(d->c, place_of(d, ROB_MAX_LENGTH), "RB0206", "no length is at least %u and at most %u",
               *count_slot(t, ROB_MIN_LENGTH), *count_slot(t, ROB_MAX_LENGTH));
        d->failed = true;
    }
    both = ROB_MAX_DIGITS | ROB_DECIMAL_PLACES;
    if ((t->rules & both) == both && t->decimal.decimal_places > t->decimal.max_digits) {
        report(d->c, place_of(d, ROB_DECIMAL_PLACES), "RB0206", "`decimal_places` is more than `max_digits`");
        d->failed = true;
    }
}

static void check_ranges(draft *d)
{
    const rob_type *t = &d->type.table;
    check_counts(d);
    if (t->kind == ROB_KIND_INT) check_int_range(d);
    else if (t->kind == ROB_KIND_FLOAT) check_real_range(d, t->number.ge, t->number.gt, t->number.le, t->number.lt);
    else if (t->kind == ROB_KIND_DECIMAL)
        check_real_range(d, real_of(t->decimal.ge), real_of(t->decimal.gt), real_of(t->decimal.le),
                         real_of(t->decimal.lt));
}

/* ------------------------------------------------------------------ the text */

static void rule_text(text *out, ir_type *type, const rule *r, bool first)
{
    text_format(out, "%s%s=", first ? "(" : ", ", r->name);
    switch (r->bit) {
    case ROB_GE: case ROB_GT: case ROB_LE: case ROB_LT: case ROB_MULTIPLE_OF:
        text_add(out, *bound_text(type, r->bit));
        return;
    case ROB_MIN_LENGTH: case ROB_MAX_LENGTH: case ROB_MAX_DIGITS: case ROB_DECIMAL_PLACES:
        text_format(out, "%u", *count_slot(&type->table, r->bit));
        return;
    case ROB_PATTERN: text_json_string(out, type->table.text.pattern_text); return;
    default: text_add(out, ROB_STR("true"));
    }
}

static rob_str with_rules(checker *c, ir_type *type, rob_str bare)
{
    text out = text_new(c->arena);
    text_add(&out, bare);
    bool first = true;
    for (size_t i = 0; i < RULE_COUNT; i++) {
        if (!(type->table.rules & rules[i].bit)) continue;
        if (rules[i].bit == ROB_STRICT && c->api->settings.strict) continue; /* said once for all types */
        rule_text(&out, type, &rules[i], first);
        first = false;
    }
    if (!first) text_char(&out, ')');
    return text_done(&out);
}

static rob_str bare_text(checker *c, const ir_type *type)
{
    rob_kind kind = (rob_kind)type->table.kind;
    if (kind == ROB_KIND_LIST) return arena_format(c->arena, "list[%.*s]", ROB_STR_ARG(type->item->text));
    if (kind != ROB_KIND_DICT) return rob_str_of(kind_name(kind));
    return arena_format(c->arena, "dict[%.*s, %.*s]", type->key ? (int)type->key->text.len : 3,
                        type->key ? type->key->text.ptr : "str", ROB_STR_ARG(type->item->text));
}

/* As intern_type has it for the type without constraints. */
static rob_str bare_key(checker *c, const ir_type *type)
{
    rob_kind kind = (rob_kind)type->table.kind;
    if (kind == ROB_KIND_LIST) return arena_format(c->arena, "list #%u", type->item->id);
    if (kind == ROB_KIND_DICT)
        return arena_format(c->arena, "dict #%d #%u", type->key ? (int)type->key->id : -1, type->item->id);
    return rob_str_of(kind_name(kind));
}

/* pydantic-core calls its validators of bounded numbers and texts by another name. */
static rob_str constrained_label(const ir_type *type)
{
    if (!(type->table.rules & ~ROB_STRICT)) return type->label;
    switch ((rob_kind)type->table.kind) {
    case ROB_KIND_INT: return ROB_STR("constrained-int");
    case ROB_KIND_FLOAT: return ROB_STR("constrained-float");
    case ROB_KIND_STR: return ROB_STR("constrained-str");
    default: return type->label;
    }
}

ir_type *constrain(checker *c, ir_type *base, const ast_value *constraints, span at)
{
    draft d = {.c = c, .type = *base, .at = at};
    for (const ast_value *v = constraints; v; v = v->next) add_rule(&d, v);
    if (d.failed) return c->poison;
    d.type.text = with_rules(c, &d.type, bare_text(c, base));
    d.type.label = constrained_label(&d.type);
    check_ranges(&d);
    if (d.failed) return c->poison;
    ir_type *type = intern_type(c, with_rules(c, &d.type, bare_key(c, base)), &d.type);
    if (!type->at.end) type->at = at;
    return type;
}
