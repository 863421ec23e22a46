#include "documents.h"

#include <inttypes.h>
#include <stdio.h>

enum { TEXT_MOST = 1 << 16 };

typedef struct style {
    bool spaces, shuffled, wild;
} style;

static struct {
    char text[TEXT_MOST];
    size_t len;
    unsigned deep; /* lists and models around what is being written */
    style how;
} doc;

static uint64_t random_state = 1;

void document_seed(uint64_t seed)
{
    random_state = seed * 2654435761u + 88172645463325252u;
}

/* xorshift64 */
static uint64_t random_bits(void)
{
    random_state ^= random_state << 13;
    random_state ^= random_state >> 7;
    random_state ^= random_state << 17;
    return random_state;
}

unsigned document_random(unsigned below)
{
    return (unsigned)(random_bits() >> 11) % below;
}

static bool one_in(unsigned n)
{
    return document_random(n) == 0;
}

/* ------------------------------------------------------------------ writing */

static void put_bytes(const char *bytes, size_t len)
{
    if (!len || doc.len + len > TEXT_MOST) return;
    memcpy(doc.text + doc.len, bytes, len);
    doc.len += len;
}

static void put(const char *text)
{
    put_bytes(text, strlen(text));
}

static void put_one_of(const char *const *texts, size_t count)
{
    put(texts[document_random((unsigned)count)]);
}
#define PUT_ONE_OF(...)                                                         \
    do {                                                                        \
        static const char *const texts[] = {__VA_ARGS__};                       \
        put_one_of(texts, sizeof texts / sizeof *texts);                        \
    } while (0)

static void put_space(void)
{
    if (doc.how.spaces) PUT_ONE_OF("", " ", "\n  ", "\t", "\r\n", "   ");
    else if (doc.how.wild && one_in(300)) PUT_ONE_OF(" ", "\v", "\xC2\xA0", ",", "x");
}

/* Around punctuation. */
static void put_sign(const char *sign)
{
    put_space();
    put(sign);
    put_space();
}

/* ------------------------------------------------------------------ scalars */

static void put_odd(void)
{
    PUT_ONE_OF("null", "true", "false", "0", "-0", "-0.0", "0.0", "1.0", "1e2", "1E+2", "1e400", "-1e-400", "01", "007",
               "1.", ".5", "-", "+1", "1e", "1e+", "12345678901234567890", "9223372036854775807",
               "9223372036854775808", "-9223372036854775808", "-9223372036854775809", "1234567890123456789",
               "123456789012345678", "\"\"", "\"\\u0041bc\"", "\"\\ud800\"", "\"\\\"\"", "\"\\x\"", "\"é\"", "\"\xFF\"",
               "\"\xED\xA0\x80\"", "\"12\"", "\" 5 \"", "\"true\"", "\"a\nb\"", "\"a", "[]", "{}", "[1]", "[1,]",
               "{\"a\":1}", "{\"a\":1,}", "nul", "tru", "NaN", "Infinity", "0.30000000000000004", "9007199254740993",
               "9007199254740993.0", "123456789012345678901.5", "1e-7", "4.35", "0.1e-5", "99999999", "100000000",
               "\"x\"", "\"read-only\"", "5", "-5", "1000", "1e3", "[[true]]", "[{\"a\":1,\"b\":\"c\"}]");
}

static void put_int(const rob_type *type)
{
    int64_t least = INT64_MIN, most = INT64_MAX;
    char digits[32];
    if (type->rules & ROB_GE) least = type->integer.ge;
    if (type->rules & ROB_GT) least = type->integer.gt + 1;
    if (type->rules & ROB_LE) most = type->integer.le;
    if (type->rules & ROB_LT) most = type->integer.lt - 1;
    int64_t value = (int64_t)random_bits() >> document_random(64);
    if (type->rules & ROB_MULTIPLE_OF) value = value / 64 * type->integer.multiple_of;
    if (value < least) value = one_in(2) && most - least < 1000 ? most : least;
    if (value > most) value = one_in(2) ? most : most - 1;
    snprintf(digits, sizeof digits, "%" PRId64, value);
    put(digits);
}

/* Well between the bounds, so that printing it with few digits stays there. */
static void put_float(const rob_type *type)
{
    static const char *const formats[] = {"%.0f", "%.1f", "%.2f", "%.6f", "%.17g", "%.3e", "%.15g", "%.20f", "%.12E"};
    double least = -1e9, most = 1e9;
    char digits[64];
    if (type->rules & ROB_MULTIPLE_OF) {
        PUT_ONE_OF("0.5", "1.5", "-2", "0");
        return;
    }
    if (type->rules & ROB_GE) least = type->number.ge;
    if (type->rules & ROB_GT) least = type->number.gt;
    if (type->rules & ROB_LE) most = type->number.le;
    if (type->rules & ROB_LT) most = type->number.lt;
    double part = 0.1 + 0.8 * (double)(random_bits() >> 11) / 9007199254740992.0;
    double value = least + (most - least) * part;
    if (least == -1e9 && one_in(3)) value *= 1e-12;
    snprintf(digits, sizeof digits, formats[document_random(9)], value);
    put(digits);
}

/* Any bytes that need no escape, and some of two to four bytes. */
static void put_characters(uint32_t count)
{
    for (uint32_t i = 0; i < count; i++) {
        char c = (char)(' ' + document_random(96));
        if (one_in(40)) PUT_ONE_OF("é", "\xC2\x80", "€", "\xE2\x80\xA8", "😀", "\xEF\xBB\xBF");
        else put_bytes(c == '"' || c == '\\' ? "q" : &c, 1);
    }
}

static void put_text(const rob_type *type)
{
    uint32_t least = type->rules & ROB_MIN_LENGTH ? type->text.min_length : 0;
    uint32_t most = type->rules & ROB_MAX_LENGTH ? type->text.max_length : least + (one_in(5) ? 100 : 20);
    put("\"");
    if (type->rules & ROB_PATTERN) PUT_ONE_OF("a@b", "abc@é", "somebody@someeéwhere", "z@z");
    else put_characters(least + document_random(most - least + 1));
    put("\"");
}

static void put_choice(const rob_enum *e)
{
    const rob_choice *choice = &e->choices[document_random(e->count)];
    char digits[32];
    snprintf(digits, sizeof digits, "%" PRId64, choice->number);
    put(choice->kind == ROB_CHOICE_STR ? "\"" : digits);
    put_bytes(choice->text.ptr, choice->text.len);
    if (choice->kind == ROB_CHOICE_STR) put("\"");
}

static void put_format(rob_kind kind)
{
    switch (kind) {
    case ROB_KIND_UUID:
        PUT_ONE_OF("\"123e4567-e89b-12d3-a456-426614174000\"", "\"00000000-0000-0000-0000-00000000000f\"");
        return;
    case ROB_KIND_DATETIME:
        PUT_ONE_OF("\"2026-11-21T10:00:00Z\"", "\"1999-12-31T23:59:59.999999+05:30\"", "\"2024-02-29T00:00:00\"");
        return;
    case ROB_KIND_DATE: PUT_ONE_OF("\"2026-11-21\"", "\"0001-01-01\"", "\"9999-12-31\""); return;
    case ROB_KIND_TIME: PUT_ONE_OF("\"10:00:00\"", "\"23:59:59.5Z\"", "\"01:02:03.000004-01:00\""); return;
    case ROB_KIND_DURATION: PUT_ONE_OF("\"P1DT2H\"", "\"-PT0.5S\"", "\"PT36H\""); return;
    case ROB_KIND_DECIMAL: PUT_ONE_OF("12.5", "\"0.10\"", "3", "\"99999\"", "0", "1.50", "1e2"); return;
    case ROB_KIND_EMAIL: PUT_ONE_OF("\"ada@example.com\"", "\"a.b+c@sub.example.org\""); return;
    case ROB_KIND_URL: PUT_ONE_OF("\"https://example.com/a?b=c#d\"", "\"http://localhost:8080\""); return;
    case ROB_KIND_BYTES: PUT_ONE_OF("\"aGVsbG8=\"", "\"\"", "\"AAAA\""); return;
    default: put("\"x\""); return;
    }
}

/* ------------------------------------------------------------------ lists and models */

static void put_value(const rob_type *type);

static void put_list(const rob_type *type)
{
    uint32_t least = type->rules & ROB_MIN_LENGTH ? type->list.min_length : 0;
    uint32_t most = type->rules & ROB_MAX_LENGTH ? type->list.max_length : least + (one_in(4) ? 40 : 5);
    uint32_t count = least + document_random(most - least + 1);
    if (doc.how.wild && one_in(20)) count = document_random(30);
    if (doc.deep > 3 && count > least) count = least;
    if (type->rules & ROB_UNIQUE && count > 1) count = doc.how.wild ? 2 : 1; /* which may be equal */
    doc.deep++;
    put_sign("[");
    for (uint32_t i = 0; i < count; i++) {
        if (i) put_sign(",");
        put_value(type->list.item);
    }
    put_sign("]");
    doc.deep--;
}

static bool is_left_out(const rob_field *field)
{
    if (field->flags & ROB_FIELD_READONLY) return !doc.how.wild || !one_in(4);
    bool may = field->fallback || field->flags & (ROB_FIELD_OPTIONAL | ROB_FIELD_DEFAULT_NULL);
    if (may && doc.deep > 3 && field->flags & ROB_FIELD_INDIRECT) return true;
    return may ? one_in(3) : doc.how.wild && one_in(60);
}

static void put_name(rob_str name)
{
    put("\"");
    for (size_t i = 0; i < name.len; i++) {
        if (name.ptr[i] == '"' || name.ptr[i] == '\\') put("\\");
        if (doc.how.wild && one_in(400)) put("\\u0061");
        put_bytes(name.ptr + i, 1);
    }
    put("\"");
    put_sign(":");
}

static void put_member(const rob_field *field, bool first)
{
    if (!first) put_sign(",");
    put_name(field->name);
    if (field->flags & ROB_FIELD_NULLABLE && one_in(4)) put("null");
    else put_value(field->type);
}

static void shuffle(unsigned *order, unsigned count)
{
    for (unsigned i = count; i > 1; i--) {
        unsigned other = document_random(i), last = order[i - 1];
        order[i - 1] = order[other];
        order[other] = last;
    }
}

/* opening: what comes before the members; `{` or more. */
static void put_members(const rob_model *model, const char *opening)
{
    unsigned order[64], count = 0;
    for (unsigned i = 0; i < model->field_count; i++) {
        if (!is_left_out(&model->fields[i])) order[count++] = i;
    }
    if (doc.how.wild && count && count < 60 && one_in(20)) order[count++] = order[0];
    if (doc.how.shuffled) shuffle(order, count);
    doc.deep++;
    put_sign(opening);
    for (unsigned i = 0; i < count; i++) put_member(&model->fields[order[i]], i == 0 && !opening[1]);
    if (doc.how.wild && one_in(20)) put(count ? ",\"more\":[1]" : "\"more\":{}");
    put_sign("}");
    doc.deep--;
}

static void put_tagged(const rob_union *arms)
{
    const rob_arm *arm = &arms->arms[document_random(arms->count)];
    char opening[64];
    snprintf(opening, sizeof opening, "{\"%.*s\":\"%.*s\"", ROB_STR_ARG(arms->tag_name), ROB_STR_ARG(arm->label));
    put_members(arm->type->model, opening);
}

/* Keys that an enum of fast.api has too. */
static void put_dict(const rob_type *type)
{
    static const char *const keys[] = {"\"admin\"", "\"editor\"", "\"read-only\""};
    unsigned count = document_random(4);
    put_sign("{");
    for (unsigned i = 0; i < count; i++) {
        if (i) put_sign(",");
        put(keys[i]);
        put_sign(":");
        put_value(type->list.item);
    }
    put_sign("}");
}

static void put_value(const rob_type *type)
{
    if (doc.how.wild && one_in(25)) {
        put_odd();
        return;
    }
    switch ((rob_kind)type->kind) {
    case ROB_KIND_INT: put_int(type); return;
    case ROB_KIND_FLOAT: put_float(type); return;
    case ROB_KIND_BOOL: put(one_in(2) ? "true" : "false"); return;
    case ROB_KIND_STR: put_text(type); return;
    case ROB_KIND_ENUM: put_choice(type->choice); return;
    case ROB_KIND_LIST: put_list(type); return;
    case ROB_KIND_MODEL: put_members(type->model, "{"); return;
    case ROB_KIND_DICT: put_dict(type); return;
    case ROB_KIND_UNION: put_value(type->arms->arms[document_random(type->arms->count)].type); return;
    case ROB_KIND_TAGGED: put_tagged(type->arms); return;
    case ROB_KIND_NULLABLE: one_in(3) ? put("null") : put_value(type->nullable.inner); return;
    case ROB_KIND_JSON: PUT_ONE_OF("null", "[1,{\"a\":\"}]\\\"\"}]", "\"x\"", "-1.5e3", "{}"); return;
    default: put_format((rob_kind)type->kind); return;
    }
}

/* ------------------------------------------------------------------ documents */

static rob_str make(const rob_type *type, style how)
{
    doc.len = 0;
    doc.how = how;
    put_value(type);
    return (rob_str){doc.text, doc.len};
}

rob_str document_strict(const rob_type *type)
{
    return make(type, (style){0});
}

rob_str document_loose(const rob_type *type)
{
    return make(type, (style){.spaces = true, .shuffled = one_in(2)});
}

/* A byte changed, dropped or doubled, or the end cut off. */
static void mutate(void)
{
    if (!doc.len) return;
    size_t at = document_random((unsigned)doc.len);
    switch (document_random(4)) {
    case 0: doc.text[at] = (char)random_bits(); return;
    case 1: doc.text[at] = "{}[]\",:0-. "[document_random(11)]; return;
    case 2: memmove(doc.text + at, doc.text + at + 1, --doc.len - at); return;
    default: doc.len = at; return;
    }
}

rob_str document_wild(const rob_type *type)
{
    make(type, (style){.spaces = one_in(3), .shuffled = one_in(3), .wild = true});
    for (unsigned i = document_random(3); i > 0; i--) mutate();
    if (one_in(50)) put(" x");
    return (rob_str){doc.text, doc.len};
}
