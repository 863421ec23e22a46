/* Each row of a table made by Pydantic itself (make_table.py): a scalar type, an input, and the value as
 * Pydantic prints it or the error it gives. Columns are tab-separated, bytes outside printable ASCII and
 * `%` percent-encoded:
 *
 *   kind  string|number|bool|param  lax|strict  input  =value
 *   kind  ...                                   input  !type|msg|ctx as JSON
 */
#include <stdio.h>
#include <stdlib.h>

#include "base/numbers.h"
#include "codec/base64.h"
#include "codec/datetime.h"
#include "codec/decimal.h"
#include "codec/percent.h"
#include "codec/scalars.h"
#include "codec/uuid.h"

static const char *const kind_names[] = {
    [ROB_KIND_INT] = "int",           [ROB_KIND_FLOAT] = "float", [ROB_KIND_BOOL] = "bool",
    [ROB_KIND_STR] = "str",           [ROB_KIND_BYTES] = "bytes", [ROB_KIND_UUID] = "uuid",
    [ROB_KIND_DATETIME] = "datetime", [ROB_KIND_DATE] = "date",   [ROB_KIND_TIME] = "time",
    [ROB_KIND_DURATION] = "duration", [ROB_KIND_DECIMAL] = "decimal", [ROB_KIND_EMAIL] = "email",
    [ROB_KIND_URL] = "url",           [ROB_KIND_URI] = "uri"};

typedef union value {
    int64_t integer;
    double number;
    bool flag;
    rob_str text;
    rob_uuid uuid;
    rob_datetime datetime;
    rob_date date;
    rob_time time;
    rob_duration duration;
    rob_decimal decimal;
} value;

static size_t print_text(char *out, rob_str text)
{
    memcpy(out, text.ptr, text.len);
    return text.len;
}

static size_t print_value(char *out, rob_kind kind, const value *v)
{
    switch ((int)kind) {
    case ROB_KIND_INT: return rob_print_i64(out, v->integer);
    case ROB_KIND_FLOAT: return rob_print_float(out, v->number);
    case ROB_KIND_BOOL: return (size_t)sprintf(out, "%s", v->flag ? "true" : "false");
    case ROB_KIND_BYTES: return rob_base64_encode(out, v->text);
    case ROB_KIND_UUID: rob_print_uuid(out, v->uuid); return ROB_UUID_TEXT;
    case ROB_KIND_DATETIME: return rob_print_datetime(out, v->datetime);
    case ROB_KIND_DATE: return rob_print_date(out, v->date);
    case ROB_KIND_TIME: return rob_print_time(out, v->time);
    case ROB_KIND_DURATION: return rob_print_duration(out, v->duration);
    case ROB_KIND_DECIMAL: return print_text(out, v->decimal.text);
    }
    return print_text(out, v->text);
}

static size_t print_json_text(char *out, rob_str text)
{
    size_t len = 0;
    out[len++] = '"';
    for (size_t i = 0; i < text.len; i++) {
        unsigned char c = (unsigned char)text.ptr[i];
        if (c == '"' || c == '\\') out[len++] = '\\';
        if (c >= ' ') out[len++] = (char)c;
        else len += (size_t)sprintf(out + len, "\\u%04x", c);
    }
    out[len++] = '"';
    return len;
}

static size_t print_error(char *out, const rob_scalar_error *error)
{
    size_t len = (size_t)sprintf(out, "!%s|", error->type);
    len += print_text(out + len, error->msg);
    out[len++] = '|';
    if (!error->ctx_key) return len;
    len += (size_t)sprintf(out + len, "{\"%s\":", error->ctx_key);
    len += error->ctx_raw ? print_text(out + len, error->ctx_text) : print_json_text(out + len, error->ctx_text);
    out[len++] = '}';
    return len;
}

/* Limits of the decimal rows: decimal(max_digits=5 …). */
static rob_type limits_of(char *text)
{
    rob_type type = {.kind = ROB_KIND_DECIMAL};
    for (char *item = strtok(text, " ,)"); item; item = strtok(NULL, " ,)")) {
        char *number = strchr(item, '=');
        if (!number) continue;
        *number++ = '\0';
        if (!strcmp(item, "max_digits")) type.rules |= ROB_MAX_DIGITS, type.decimal.max_digits = (uint32_t)atoi(number);
        if (!strcmp(item, "decimal_places"))
            type.rules |= ROB_DECIMAL_PLACES, type.decimal.decimal_places = (uint32_t)atoi(number);
        if (!strcmp(item, "ge")) type.rules |= ROB_GE, type.decimal.ge = number;
        if (!strcmp(item, "gt")) type.rules |= ROB_GT, type.decimal.gt = number;
        if (!strcmp(item, "le")) type.rules |= ROB_LE, type.decimal.le = number;
        if (!strcmp(item, "lt")) type.rules |= ROB_LT, type.decimal.lt = number;
        if (!strcmp(item, "multiple_of")) type.rules |= ROB_MULTIPLE_OF, type.decimal.multiple_of = number;
    }
    return type;
}

static int find_kind(const char *name, size_t len)
{
    for (int kind = 0; kind < (int)(sizeof kind_names / sizeof *kind_names); kind++)
        if (kind_names[kind] && strlen(kind_names[kind]) == len && !memcmp(kind_names[kind], name, len)) return kind;
    fprintf(stderr, "no such kind: %s\n", name);
    exit(2);
}

static rob_input input_of(const char *source, rob_str text)
{
    if (!strcmp(source, "number")) return (rob_input){.kind = ROB_INPUT_NUMBER, .text = text};
    if (!strcmp(source, "bool")) return (rob_input){.kind = ROB_INPUT_BOOL, .flag = rob_str_eq(text, ROB_STR("true"))};
    if (!strcmp(source, "param")) return (rob_input){.kind = ROB_INPUT_PARAM, .text = text};
    return (rob_input){.kind = ROB_INPUT_STRING, .text = text};
}

/* The input in memory of exactly its size, so that a sanitizer sees any byte read beyond it. */
static rob_str exact_copy(rob_str text)
{
    char *copy = malloc(text.len ? text.len : 1);
    if (text.len) memcpy(copy, text.ptr, text.len);
    return (rob_str){copy, text.len};
}

/* True when the row holds. */
static bool check(char *columns[5], rob_arena *arena, long line)
{
    static char got[1 << 16];
    char *limits = strchr(columns[0], '(');
    rob_kind kind = (rob_kind)find_kind(columns[0], limits ? (size_t)(limits - columns[0]) : strlen(columns[0]));
    rob_str text = exact_copy(rob_percent_decode(arena, rob_str_of(columns[3]), false));
    value v = {0};
    rob_scalar_error error = {0};
    rob_status status = rob_scalar_decode(kind, input_of(columns[1], text), !strcmp(columns[2], "strict"),
                                          arena, &v, &error);
    if (!status && limits) {
        rob_type type = limits_of(limits + 1);
        status = rob_decimal_check(&type, v.decimal, arena, &error);
    }
    size_t len = 1;
    got[0] = '=';
    if (status == ROB_OK) len += print_value(got + 1, kind, &v);
    else len = print_error(got, &error);
    free((char *)text.ptr);
    rob_str expected = rob_percent_decode(arena, rob_str_of(columns[4]), false);
    if (rob_str_eq((rob_str){got, len}, expected)) return true;
    printf("row %ld: %s %s %s `%s`\n  expected %.*s\n  got      %.*s\n", line, columns[0], columns[1],
           columns[2], columns[3], ROB_STR_ARG(expected), (int)len, got);
    return false;
}

static bool split(char *line, char *columns[5])
{
    line[strcspn(line, "\n")] = '\0';
    for (int i = 0; i < 5; i++) {
        columns[i] = line;
        char *tab = strchr(line, '\t');
        if (!tab != (i == 4)) return false;
        if (tab) *tab = '\0';
        line = tab + 1;
    }
    return true;
}

int main(int argc, char **argv)
{
    static char line[1 << 16];
    long number = 0, wrong = 0;
    rob_arena arena;
    FILE *file = argc == 2 ? fopen(argv[1], "r") : NULL;
    if (!file) return fprintf(stderr, "usage: table_test rows.tsv\n"), 2;
    rob_arena_init(&arena, 0);
    while (fgets(line, sizeof line, file)) {
        char *columns[5];
        number++;
        if (line[0] == '#') continue;
        if (!split(line, columns)) return fprintf(stderr, "row %ld has not five columns\n", number), 2;
        wrong += !check(columns, &arena, number);
        rob_arena_reset(&arena);
    }
    fclose(file);
    rob_arena_free(&arena);
    printf("%ld rows, %ld wrong\n", number, wrong);
    return wrong || !number;
}
