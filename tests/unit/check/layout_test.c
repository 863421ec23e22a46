/* The offsets in the IR are those of the C compiler that builds this test: each struct below is written
 * as it is emitted for the model above it. */
#include <stddef.h>

#include "checked.h"

static const char spec[] =
    "enum Role { admin, viewer }\n"
    "model Empty { }\n"
    "model Small { flag: bool, role: Role, when?: date }\n"
    "model Wide { a: bool, b: datetime, c?: datetime?, d: uuid, e: duration?, f: time, g?: bool, h: float }\n"
    "model Held { e: Empty, s: Small, o?: Small, list: list[Small], dict: dict[str, Small], n: list[Small?] }\n"
    "@extra(allow) model Open { flag: bool }\n"
    "union Shape by kind { small: Small, wide: Wide }\n"
    "model Tree { value: bool, left?: Tree, shape: Shape, any: bool | Small }\n"
    "POST /x/{id: int} (flag: bool, when?: date, t: Tree) -> str with (n?: header int, flag: header bool) = native x\n";

typedef int role;
typedef struct empty { char unused; } empty;
typedef struct small { bool flag; role role; rob_date when; bool has_when; } small;
typedef struct wide {
    bool a; rob_datetime b; rob_datetime c; rob_has has_c; rob_uuid d; rob_duration e; bool has_e; rob_time f;
    bool g; bool has_g; double h;
} wide;
typedef struct any_list { void *items; size_t count; } any_list;
typedef struct small_dict_item { rob_str key; small value; } small_dict_item;
typedef struct small_or_null { small value; bool has_value; } small_or_null;
typedef struct held { empty e; small s; small o; bool has_o; any_list list; any_list dict; any_list n; } held;
typedef struct open_model { bool flag; rob_extra_list extra_members; } open_model;
typedef struct shape { int tag; union { small small; wide wide; } value; } shape;
typedef struct bool_or_small { int tag; union { bool as_bool; small as_small; } value; } bool_or_small;
typedef struct tree { bool value; struct tree *left; bool has_left; shape shape; bool_or_small any; } tree;
typedef struct x_in { int64_t id; bool flag; rob_date when; bool has_when; tree t; } x_in;
typedef struct x_ok_with { int64_t n; bool has_n; bool flag; } x_ok_with;

static void expect_model(const ir_api *api, const char *name, size_t size, const size_t *offsets, size_t count)
{
    const ir_model *m = model_named(api, name);
    EXPECT(m, "no model %s", name);
    if (!m) return;
    EXPECT(m->size == size, "%s: size %u, the compiler says %zu", name, m->size, size);
    size_t at = 0;
    for (uint32_t i = 0; i < m->field_count; i++) {
        const ir_field *f = &m->fields[i];
        EXPECT(at < count && f->table.offset == offsets[at], "%s.%.*s: offset %u", name, ROB_STR_ARG(f->name), f->table.offset);
        EXPECT(m->table.fields[i].offset == f->table.offset, "%s: the table differs", name);
        at++;
        if (!f->c_has.len) continue;
        EXPECT(at < count && f->table.has_offset == offsets[at], "%s.%.*s: at %u", name, ROB_STR_ARG(f->c_has), f->table.has_offset);
        at++;
    }
    EXPECT(at == count, "%s: %zu members, expected %zu", name, at, count);
}

#define OFFSETS(...) (const size_t[]){__VA_ARGS__}, sizeof((size_t[]){__VA_ARGS__}) / sizeof(size_t)

static void test_models(const ir_api *api)
{
    expect_model(api, "Empty", sizeof(empty), NULL, 0);
    expect_model(api, "Small", sizeof(small), OFFSETS(offsetof(small, flag), offsetof(small, role), offsetof(small, when),
                                                       offsetof(small, has_when)));
    expect_model(api, "Wide", sizeof(wide), OFFSETS(offsetof(wide, a), offsetof(wide, b), offsetof(wide, c), offsetof(wide, has_c),
                 offsetof(wide, d), offsetof(wide, e), offsetof(wide, has_e), offsetof(wide, f), offsetof(wide, g),
                 offsetof(wide, has_g), offsetof(wide, h)));
    expect_model(api, "Held", sizeof(held), OFFSETS(offsetof(held, e), offsetof(held, s), offsetof(held, o), offsetof(held, has_o),
                 offsetof(held, list), offsetof(held, dict), offsetof(held, n)));
    expect_model(api, "Tree", sizeof(tree), OFFSETS(offsetof(tree, value), offsetof(tree, left), offsetof(tree, has_left),
                 offsetof(tree, shape), offsetof(tree, any)));
    expect_model(api, "Open", sizeof(open_model), OFFSETS(offsetof(open_model, flag)));
    const ir_model *open = model_named(api, "Open");
    EXPECT(open && open->table.extra_offset == offsetof(open_model, extra_members), "extra members");
}

static const ir_type *type_with(const ir_api *api, const char *text)
{
    for (uint32_t i = 0; i < api->type_count; i++)
        if (rob_str_eq(api->types[i]->text, rob_str_of(text))) return api->types[i];
    EXPECT(false, "no type %s", text);
    static const ir_type none;
    return &none;
}

static void test_containers(const ir_api *api)
{
    const rob_type *list = &type_with(api, "list[Small]")->table, *dict = &type_with(api, "dict[str, Small]")->table;
    EXPECT(list->size == sizeof(any_list) && list->list.item_size == sizeof(small), "list[Small]");
    EXPECT(dict->list.item_size == sizeof(small_dict_item), "dict item: size %u", dict->list.item_size);
    EXPECT(dict->list.value_offset == offsetof(small_dict_item, value), "dict item: value at %u", dict->list.value_offset);
    const rob_type *null = &type_with(api, "Small?")->table;
    EXPECT(null->size == sizeof(small_or_null) && null->nullable.has_offset == offsetof(small_or_null, has_value), "Small?");
    const ir_type *shape_type = type_with(api, "Shape"), *either = type_with(api, "bool | Small");
    EXPECT(shape_type->table.size == sizeof(shape) && shape_type->arms->table.value_offset == offsetof(shape, value), "Shape");
    EXPECT(either->table.size == sizeof(bool_or_small) && either->arms->table.value_offset == offsetof(bool_or_small, value),
           "bool | Small");
}

static void test_route(const ir_route *route)
{
    EXPECT(route->in_size == sizeof(x_in), "in: size %u, not %zu", route->in_size, sizeof(x_in));
    const size_t offsets[] = {offsetof(x_in, id), offsetof(x_in, flag), offsetof(x_in, when), offsetof(x_in, t)};
    for (uint32_t i = 0; i < route->param_count && i < 4; i++)
        EXPECT(route->params[i].field.table.offset == offsets[i], "in: parameter %u at %u", i, route->params[i].field.table.offset);
    const ir_outcome *ok = &route->outcomes[0];
    EXPECT(ok->with_size == sizeof(x_ok_with), "with: size %u", ok->with_size);
    EXPECT(ok->headers[1].field.table.offset == offsetof(x_ok_with, flag), "with: flag at %u", ok->headers[1].field.table.offset);
}

int main(void)
{
    checked c;
    check_text(&c, spec);
    if (!c.api) diag_print(&c.d, DIAG_TEXT, stdout);
    EXPECT(c.api, "the spec has mistakes");
    if (c.api) {
        test_models(c.api);
        test_containers(c.api);
        test_route(c.api->routes[0]);
    }
    end_checked(&c);
    return failures != 0;
}
