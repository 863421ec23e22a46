#include "bench/example.h"

#include <math.h>

#include "codec/decode.h"
#include "text.h"

enum { DEEPEST = 6 }; /* values within values; below, only what must be there */

/* One value in the making. */
typedef struct maker {
    rob_arena *arena;
    text out;
    int depth;
    uint32_t turn; /* differs between the items of a list, for `unique` */
    bool failed;
} maker;

static void add_value(maker *m, const ir_type *type);
static void add_members(maker *m, const ir_model *model, rob_str but, bool *any);

bool example_fits(rob_arena *arena, const ir_type *type, rob_str json)
{
    rob_errors errors = {0};
    void *out = arena_need(arena, type->table.size + 1);
    return rob_decode_text(arena, &type->table, json, out, &errors) == ROB_OK;
}

/* ------------------------------------------------------------------ numbers */

/* The first of the texts that the decoder takes. */
static void add_first_fit(maker *m, const ir_type *type, const rob_str *texts, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (!texts[i].len || !example_fits(m->arena, type, texts[i])) continue;
        text_add(&m->out, texts[i]);
        return;
    }
    m->failed = true;
}

/* Up to the next multiple of `step`. */
static int64_t round_up(int64_t n, int64_t step)
{
    int64_t over = n % step;
    return over > 0 ? n + step - over : n - over;
}

static void add_int(maker *m, const ir_type *type)
{
    const rob_type *t = &type->table;
    int64_t step = t->rules & ROB_MULTIPLE_OF && t->integer.multiple_of > 0 ? t->integer.multiple_of : 1;
    int64_t n = 1;
    if (t->rules & ROB_GE && t->integer.ge > n) n = t->integer.ge;
    if (t->rules & ROB_GT && t->integer.gt >= n && t->integer.gt < INT64_MAX) n = t->integer.gt + 1;
    if (t->rules & ROB_LE && t->integer.le < n) n = t->integer.le - step + 1;
    if (t->rules & ROB_LT && t->integer.lt <= n) n = t->integer.lt - step;
    n = round_up(n, step);
    int64_t varied = n + step * (int64_t)m->turn;
    rob_str texts[] = {arena_format(m->arena, "%lld", (long long)varied), arena_format(m->arena, "%lld", (long long)n),
                       type->ge, type->le, ROB_STR("0")};
    add_first_fit(m, type, texts, sizeof texts / sizeof *texts);
}

/* The lower bound, the upper one, and whether each is set. */
typedef struct bounds {
    double low, high;
    bool has_low, has_high;
} bounds;

static bounds bounds_of(const rob_type *t)
{
    return (bounds){
        .low = t->rules & ROB_GE ? t->number.ge : t->number.gt,
        .high = t->rules & ROB_LE ? t->number.le : t->number.lt,
        .has_low = t->rules & (ROB_GE | ROB_GT),
        .has_high = t->rules & (ROB_LE | ROB_LT),
    };
}

static void add_float(maker *m, const ir_type *type)
{
    bounds b = bounds_of(&type->table);
    double step = type->table.rules & ROB_MULTIPLE_OF ? type->table.number.multiple_of : 1;
    double middle = b.has_low && b.has_high ? b.low + (b.high - b.low) / 2 : b.has_low ? b.low + 1 : b.high - 1;
    double multiple = b.has_low && fabs(b.low / step) < 1e15 ? (floor(b.low / step) + 1) * step : step;
    rob_str texts[] = {
        arena_format(m->arena, "%u.5", 12 + m->turn), arena_format(m->arena, "%.17g", middle), type->ge, type->le,
        ROB_STR("0.0"), arena_format(m->arena, "%.17g", multiple),
    };
    add_first_fit(m, type, texts, sizeof texts / sizeof *texts);
}

static void add_decimal(maker *m, const ir_type *type)
{
    rob_str written[] = {arena_format(m->arena, "%u.50", 12 + m->turn), ROB_STR("1"), ROB_STR("0.5"), type->ge,
                         type->le, type->multiple_of, type->gt, ROB_STR("10"), ROB_STR("100")};
    enum { COUNT = sizeof written / sizeof *written };
    rob_str texts[COUNT];
    for (size_t i = 0; i < COUNT; i++) {
        texts[i] = written[i].len ? arena_format(m->arena, "\"%.*s\"", ROB_STR_ARG(written[i])) : (rob_str){0};
    }
    add_first_fit(m, type, texts, COUNT);
}

/* ------------------------------------------------------------------ texts */

/* "text", made as long or as short as it must be. */
static rob_str plain_text(maker *m, uint32_t min, uint32_t max)
{
    static const char word[] = "benchmark";
    uint32_t len = max < 9 ? max : 9;
    if (len < min) len = min;
    char *text = arena_need(m->arena, len + 1);
    for (uint32_t i = 0; i < len; i++) text[i] = i < 9 ? word[i] : "abcdefghij"[i % 10];
    if (len) text[len - 1] = (char)('a' + ((uint32_t)(text[len - 1] - 'a') + m->turn) % 26);
    return (rob_str){text, len};
}

static void add_text(maker *m, const ir_type *type)
{
    const rob_type *t = &type->table;
    uint32_t min = t->rules & ROB_MIN_LENGTH ? t->text.min_length : 0;
    uint32_t max = t->rules & ROB_MAX_LENGTH ? t->text.max_length : UINT32_MAX - 1;
    rob_str found = plain_text(m, min, max);
    text json = text_new(m->arena);
    text_json_string(&json, found);
    if (t->rules & ROB_PATTERN && !example_fits(m->arena, type, text_done(&json))) {
        found = example_of_pattern(m->arena, t->text.pattern, min, max);
        m->failed |= !found.ptr;
    }
    text_json_string(&m->out, found);
}

static void add_bytes(maker *m, const ir_type *type)
{
    const rob_type *t = &type->table;
    uint32_t len = t->rules & ROB_MIN_LENGTH && t->text.min_length > 3 ? (t->text.min_length + 2) / 3 * 3 : 3;
    if (t->rules & ROB_MAX_LENGTH && t->text.max_length < len) len = t->text.max_length / 3 * 3;
    text_char(&m->out, '"');
    for (uint32_t i = 0; i < len; i += 3) text_add(&m->out, ROB_STR("Ym9i")); /* base64 of three bytes */
    text_char(&m->out, '"');
}

/* ------------------------------------------------------------------ containers */

static uint32_t item_count(maker *m, const rob_type *t)
{
    uint32_t count = m->depth < DEEPEST ? 2 : 0;
    if (t->rules & ROB_MAX_LENGTH && t->list.max_length < count) count = t->list.max_length;
    if (t->rules & ROB_MIN_LENGTH && t->list.min_length > count) count = t->list.min_length;
    return count;
}

static void add_list(maker *m, const ir_type *type)
{
    uint32_t count = item_count(m, &type->table), turn = m->turn;
    text_char(&m->out, '[');
    for (uint32_t i = 0; i < count && !m->failed; i++) {
        if (i) text_char(&m->out, ',');
        m->turn = i;
        add_value(m, type->item);
    }
    m->turn = turn;
    text_char(&m->out, ']');
}

static void add_dict(maker *m, const ir_type *type)
{
    uint32_t count = item_count(m, &type->table), turn = m->turn;
    if (type->key && count > 1) count = type->table.rules & ROB_MIN_LENGTH ? type->table.list.min_length : 1;
    text_char(&m->out, '{');
    for (uint32_t i = 0; i < count && !m->failed; i++) {
        if (i) text_char(&m->out, ',');
        m->turn = i;
        if (type->key) add_value(m, type->key);
        else text_format(&m->out, "\"key%u\"", i);
        text_char(&m->out, ':');
        add_value(m, type->item);
    }
    m->turn = turn;
    text_char(&m->out, '}');
}

/* ------------------------------------------------------------------ models */

static bool is_part_of_input(const maker *m, const ir_field *field)
{
    uint16_t flags = field->table.flags;
    if (flags & ROB_FIELD_READONLY) return false;
    return m->depth < DEEPEST || !(flags & ROB_FIELD_OPTIONAL);
}

static void add_field_value(maker *m, const ir_field *field)
{
    uint16_t flags = field->table.flags;
    if (field->meta.example.len) text_add(&m->out, field->meta.example);
    else if (field->fallback_json.len && !(flags & ROB_FIELD_DEFAULT_NULL)) text_add(&m->out, field->fallback_json);
    else if (flags & ROB_FIELD_NULLABLE && m->depth >= DEEPEST) text_add(&m->out, ROB_STR("null"));
    else add_value(m, field->type);
}

static void add_members(maker *m, const ir_model *model, rob_str but, bool *any)
{
    for (uint32_t i = 0; i < model->field_count && !m->failed; i++) {
        const ir_field *field = &model->fields[i];
        if (!is_part_of_input(m, field) || (but.len && rob_str_eq(field->table.name, but))) continue;
        if (*any) text_char(&m->out, ',');
        *any = true;
        text_json_string(&m->out, field->table.name);
        text_char(&m->out, ':');
        add_field_value(m, field);
    }
}

static void add_model(maker *m, const ir_model *model)
{
    bool any = false;
    if (model->meta.example.len) {
        text_add(&m->out, model->meta.example);
        return;
    }
    text_char(&m->out, '{');
    add_members(m, model, (rob_str){0}, &any);
    text_char(&m->out, '}');
}

/* Deep down, an arm without more below it would be better; the first is taken as people put the plain one first. */
static void add_tagged(maker *m, const ir_union *u)
{
    const ir_arm *arm = &u->arms[0];
    bool any = true;
    text_char(&m->out, '{');
    text_json_string(&m->out, u->tag_name);
    text_char(&m->out, ':');
    text_json_string(&m->out, arm->label);
    add_members(m, arm->type->model, u->tag_name, &any);
    text_char(&m->out, '}');
}

/* ------------------------------------------------------------------ together */

static void add_known(maker *m, const char *json)
{
    text_add(&m->out, rob_str_of(json));
}

static void add_kind(maker *m, const ir_type *type)
{
    switch ((rob_kind)type->table.kind) {
    case ROB_KIND_INT: add_int(m, type); return;
    case ROB_KIND_FLOAT: add_float(m, type); return;
    case ROB_KIND_BOOL: add_known(m, "true"); return;
    case ROB_KIND_STR: add_text(m, type); return;
    case ROB_KIND_BYTES: add_bytes(m, type); return;
    case ROB_KIND_UUID: text_format(&m->out, "\"6ba7b810-9dad-41d1-80b4-00c04fd430%02x\"", m->turn & 0xFF); return;
    case ROB_KIND_DATETIME: text_format(&m->out, "\"2026-05-04T03:02:%02uZ\"", m->turn % 60); return;
    case ROB_KIND_DATE: text_format(&m->out, "\"2026-05-%02u\"", m->turn % 28 + 1); return;
    case ROB_KIND_TIME: text_format(&m->out, "\"03:02:%02u\"", m->turn % 60); return;
    case ROB_KIND_DURATION: text_format(&m->out, "\"PT%uS\"", m->turn + 1); return;
    case ROB_KIND_DECIMAL: add_decimal(m, type); return;
    case ROB_KIND_EMAIL: text_format(&m->out, "\"ada%u@example.org\"", m->turn); return;
    case ROB_KIND_URL:
    case ROB_KIND_URI: text_format(&m->out, "\"https://example.org/%u\"", m->turn); return;
    case ROB_KIND_JSON: text_format(&m->out, "{\"value\":%u}", m->turn); return;
    case ROB_KIND_LIST: add_list(m, type); return;
    case ROB_KIND_DICT: add_dict(m, type); return;
    case ROB_KIND_ENUM: text_add(&m->out, type->choice->choices[m->turn % type->choice->count].json); return;
    case ROB_KIND_MODEL: add_model(m, type->model); return;
    case ROB_KIND_TAGGED: add_tagged(m, type->arms); return;
    case ROB_KIND_UNION: add_value(m, type->arms->arms[0].type); return;
    case ROB_KIND_NULLABLE: add_value(m, type->item); return;
    }
}

static void add_value(maker *m, const ir_type *type)
{
    if (m->depth > 2 * DEEPEST) m->failed = true; /* nothing ends this type but an arm that was not chosen */
    if (m->failed) return;
    m->depth++;
    add_kind(m, type);
    m->depth--;
}

rob_str example_of_type(rob_arena *arena, const ir_type *type)
{
    maker m = {.arena = arena, .out = text_new(arena)};
    add_value(&m, type);
    rob_str json = text_done(&m.out);
    return !m.failed && example_fits(arena, type, json) ? json : (rob_str){0};
}

rob_str example_of_field(rob_arena *arena, const ir_field *field, uint32_t index)
{
    const ir_meta *meta = &field->meta;
    uint32_t turn = index % (meta->more_example_count + 1);
    if (meta->example.len) return turn ? meta->more_examples[turn - 1] : meta->example;
    if (field->fallback_json.len && !(field->table.flags & ROB_FIELD_DEFAULT_NULL)) return field->fallback_json;
    return example_of_type(arena, field->type);
}
