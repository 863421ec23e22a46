/* RB01xx and RB02xx: names, types, values, constraints. */
#include "explain.h"

const explanation explain_check[] = {
    {
        .code = "RB0101",
        .title = "a name is declared twice",
        .text = "Types, enums, models, unions and errors of one file share one set of names, with those that it\n"
                "imports. Rename one of them. If they are the same thing, keep one and import it where it is needed.",
        .wrong = "api \"Shop\" version \"1\"\n"
                 "model User { id: int }\n"
                 "model User { name: str }\n"
                 "GET /user -> User = native user\n",
        .right = "api \"Shop\" version \"1\"\n"
                 "model User { id: int }\n"
                 "model Account { name: str }\n"
                 "GET /user -> User = native user\n",
    },
    {
        .code = "RB0102",
        .title = "an unknown type",
        .text = "The name is neither a built-in type (int, float, bool, str, bytes, uuid, datetime, date, time,\n"
                "duration, decimal, email, url, uri, json, list, dict) nor declared in this file or imported into it.\n"
                "Declarations may come in any order.",
        .wrong = "api \"Shop\" version \"1\"\n"
                 "GET /user -> Usr = native user\n"
                 "model User { id: int }\n",
        .right = "api \"Shop\" version \"1\"\n"
                 "GET /user -> User = native user\n"
                 "model User { id: int }\n",
    },
    {
        .code = "RB0103",
        .title = "a built-in type cannot be declared",
        .text = "The names of built-in types mean the same in every spec. Choose another name.",
        .wrong = "api \"Shop\" version \"1\"\n"
                 "type email = str(min_length=3)\n"
                 "GET /mail -> email = native mail\n",
        .right = "api \"Shop\" version \"1\"\n"
                 "type Mail = str(min_length=3)\n"
                 "GET /mail -> Mail = native mail\n",
    },
    {
        .code = "RB0104",
        .title = "the imported file has no such declaration",
        .text = "`from \"file.api\" import Name` brings declarations of that very file; what the file itself imports is\n"
                "not handed on.",
        .wrong = "api \"Shop\" version \"1\"\n"
                 "from \"example.api\" import Page\n",
        .right = "api \"Shop\" version \"1\"\n"
                 "model Page { total: int }\n",
    },
    {
        .code = "RB0105",
        .title = "a name that is reserved in C or C++",
        .text = "Fields and parameters become members of C structs, which C++ code may include too, so keywords of\n"
                "both and macros of the standard headers cannot be used. Give the field another name and keep the one\n"
                "on the wire with `@alias(\"class\")`; for a parameter, `query(\"class\")`, `header(\"class\")` or\n"
                "`cookie(\"class\")`.",
        .wrong = "api \"Shop\" version \"1\"\n"
                 "model Lesson { class: str }\n"
                 "GET /lesson -> Lesson = native lesson\n",
        .right = "api \"Shop\" version \"1\"\n"
                 "model Lesson { class_: str @alias(\"class\") }\n"
                 "GET /lesson -> Lesson = native lesson\n",
    },
    {
        .code = "RB0106",
        .title = "two declarations would have one name in C",
        .text = "C names are made in snake case: `UserIn` and `user_in` both become `shop_user_in`. A field that may be\n"
                "absent or null also has a member `has_` + its name, and a union U comes\n"
                "with `u_tag`. Rename one of the two. (A handler steps aside by itself: beside a model Item, `native item`\n"
                "is `shop_item_handler` in C.)",
        .wrong = "api \"Shop\" version \"1\"\n"
                 "model UserIn { id: int }\n"
                 "model User_in { id: int }\n"
                 "GET /user -> UserIn = native read\n",
        .right = "api \"Shop\" version \"1\"\n"
                 "model UserIn { id: int }\n"
                 "model UserOut { id: int }\n"
                 "GET /user -> UserIn = native read\n",
    },
    {
        .code = "RB0110",
        .title = "a dict with keys that are no strings",
        .text = "Keys of a JSON object are strings. A dict's keys may be `str`, a constrained `str`, or an enum.",
        .wrong = "api \"Shop\" version \"1\"\n"
                 "GET /stock -> dict[int, int] = native stock\n",
        .right = "api \"Shop\" version \"1\"\n"
                 "GET /stock -> dict[str, int] = native stock\n",
    },
    {
        .code = "RB0111",
        .title = "the wrong number of type arguments",
        .text = "`list` takes one type, `dict` two (the first for its keys), a generic model as many as it declares, and\n"
                "other types none.",
        .wrong = "api \"Shop\" version \"1\"\n"
                 "GET /names -> list = native names\n",
        .right = "api \"Shop\" version \"1\"\n"
                 "GET /names -> list[str] = native names\n",
    },
    {
        .code = "RB0112",
        .title = "a type that is defined by itself",
        .text = "`type` gives a name to another type, so it cannot contain itself. Models and unions by tag can: give\n"
                "the recursive part to one of them.",
        .wrong = "api \"Shop\" version \"1\"\n"
                 "type Tree = list[Tree]\n"
                 "GET /tree -> Tree = native tree\n",
        .right = "api \"Shop\" version \"1\"\n"
                 "model Tree { children: list[Tree] }\n"
                 "GET /tree -> Tree = native tree\n",
    },
    {
        .code = "RB0113",
        .title = "an error where a type is expected",
        .text = "An `error` is a whole answer, with a status. Routes list it behind `raises`. For a body that may also\n"
                "appear elsewhere, declare a model.",
        .wrong = "api \"Shop\" version \"1\"\n"
                 "error Gone 410 { detail: str }\n"
                 "GET /a -> Gone = native a\n",
        .right = "api \"Shop\" version \"1\"\n"
                 "error Gone 410 { detail: str }\n"
                 "GET /a -> str raises Gone = native a\n",
    },
    {
        .code = "RB0114",
        .title = "something that cannot stand here",
        .text = "`None` is one side of a union (`str | None`, which is the same as `str?`). `path` is the type of a last\n"
                "path parameter. `header`, `query`, `body` and the other sources belong to parameters, not to fields\n"
                "of a model.",
        .wrong = "api \"Shop\" version \"1\"\n"
                 "model A { a: None }\n"
                 "GET /a -> A = native a\n",
        .right = "api \"Shop\" version \"1\"\n"
                 "model A { a: str | None }\n"
                 "GET /a -> A = native a\n",
    },
    {
        .code = "RB0115",
        .title = "two bases have the same field",
        .text = "A model with two bases takes the fields of both. Where both have a field of one name, the model must\n"
                "say what it is to be by declaring it once more.",
        .wrong = "api \"Shop\" version \"1\"\n"
                 "model X { id: int }\n"
                 "model Y { id: str }\n"
                 "model A(X, Y) { name: str }\n"
                 "GET /a -> A = native a\n",
        .right = "api \"Shop\" version \"1\"\n"
                 "model X { id: int }\n"
                 "model Y { id: str }\n"
                 "model A(X, Y) { id: str, name: str }\n"
                 "GET /a -> A = native a\n",
    },
    {
        .code = "RB0116",
        .title = "a base that is no model",
        .text = "`model B(A)` takes over the fields of A, so A must be a model.",
        .wrong = "api \"Shop\" version \"1\"\n"
                 "type Id = int\n"
                 "model A(Id) { name: str }\n"
                 "GET /a -> A = native a\n",
        .right = "api \"Shop\" version \"1\"\n"
                 "model Id { id: int }\n"
                 "model A(Id) { name: str }\n"
                 "GET /a -> A = native a\n",
    },
    {
        .code = "RB0117",
        .title = "a model inherits from itself",
        .text = "Following the bases leads back to the model. One of them has to stand on its own.",
        .wrong = "api \"Shop\" version \"1\"\n"
                 "model A(B) { a: int }\n"
                 "model B(A) { b: int }\n"
                 "GET /a -> A = native a\n",
        .right = "api \"Shop\" version \"1\"\n"
                 "model A(B) { a: int }\n"
                 "model B { b: int }\n"
                 "GET /a -> A = native a\n",
    },
    {
        .code = "RB0118",
        .title = "a field is there twice",
        .text = "Names of fields are unique in a model, and so are their names in JSON, which `@alias` may change.",
        .wrong = "api \"Shop\" version \"1\"\n"
                 "model A { id: int, number: int @alias(\"id\") }\n"
                 "GET /a -> A = native a\n",
        .right = "api \"Shop\" version \"1\"\n"
                 "model A { id: int, number: int @alias(\"number\") }\n"
                 "GET /a -> A = native a\n",
    },
    {
        .code = "RB0119",
        .title = "too large, or without end",
        .text = "The compiler stops at 10,000 models, 4,096 fields of a model, 200 types defined by each other, types\n"
                "whose text exceeds 4 KiB, and 1,000 instances of a generic model. The last is a sign of a model that\n"
                "contains an ever larger instance of itself.",
        .wrong = "api \"Shop\" version \"1\"\n"
                 "model A { b: B[int] }\n"
                 "model B[T] { next?: B[list[T]] }\n"
                 "GET /a -> A = native a\n",
        .right = "api \"Shop\" version \"1\"\n"
                 "model A { b: B[int] }\n"
                 "model B[T] { next?: B[T], items: list[T] }\n"
                 "GET /a -> A = native a\n",
    },
    {
        .code = "RB0120",
        .title = "a value is there twice",
        .text = "Members of an enum differ in name and in value, and so do the values of a Literal.",
        .wrong = "api \"Shop\" version \"1\"\n"
                 "enum Role { admin = \"a\", author = \"a\" }\n"
                 "GET /role -> Role = native role\n",
        .right = "api \"Shop\" version \"1\"\n"
                 "enum Role { admin = \"a\", author = \"b\" }\n"
                 "GET /role -> Role = native role\n",
    },
    {
        .code = "RB0121",
        .title = "members of an enum that do not go together",
        .text = "The members of an enum are all strings (a member without a value is its own name) or all integers. A\n"
                "mix can be written as a Literal: `Literal[\"low\", 2]`.",
        .wrong = "api \"Shop\" version \"1\"\n"
                 "enum Level { low = 1, high }\n"
                 "GET /level -> Level = native level\n",
        .right = "api \"Shop\" version \"1\"\n"
                 "enum Level { low = 1, high = 2 }\n"
                 "GET /level -> Level = native level\n",
    },
    {
        .code = "RB0122",
        .title = "an enum or union without members",
        .text = "No value could be of this type.",
        .wrong = "api \"Shop\" version \"1\"\n"
                 "enum Role { }\n"
                 "GET /role -> Role = native role\n",
        .right = "api \"Shop\" version \"1\"\n"
                 "enum Role { admin }\n"
                 "GET /role -> Role = native role\n",
    },
    {
        .code = "RB0123",
        .title = "a Literal of another kind",
        .text = "A Literal lists strings, integers and booleans.",
        .wrong = "api \"Shop\" version \"1\"\n"
                 "GET /rate -> Literal[0.5, 1.5] = native rate\n",
        .right = "api \"Shop\" version \"1\"\n"
                 "GET /rate -> Literal[\"half\", \"full\"] = native rate\n",
    },
    {
        .code = "RB0130",
        .title = "an unknown attribute",
        .text = "The attributes are @example, @title, @openapi, @deprecated, @readonly, @writeonly, @alias, @id, @tag,\n"
                "@summary, @hidden, @extra, @body_limit and @blocking.",
        .wrong = "api \"Shop\" version \"1\"\n"
                 "@sumary(\"All users\")\n"
                 "GET /users -> list[str] = native users\n",
        .right = "api \"Shop\" version \"1\"\n"
                 "@summary(\"All users\")\n"
                 "GET /users -> list[str] = native users\n",
    },
    {
        .code = "RB0132",
        .title = "wrong arguments for an attribute",
        .text = "Each attribute takes what its purpose needs: `@tag(\"a\", \"b\")`, `@title(\"Name\")`, `@body_limit(2mb)`,\n"
                "`@extra(forbid)`, and some nothing at all.",
        .wrong = "api \"Shop\" version \"1\"\n"
                 "@tag(users)\n"
                 "GET /users -> list[str] = native users\n",
        .right = "api \"Shop\" version \"1\"\n"
                 "@tag(\"users\")\n"
                 "GET /users -> list[str] = native users\n",
    },
    {
        .code = "RB0133",
        .title = "an attribute in the wrong place",
        .text = "`@readonly`, `@writeonly` and `@alias` belong on fields, `@extra` on models, `@id`, `@summary`, `@tag`,\n"
                "`@hidden`, `@blocking` and `@body_limit` on routes (the last four on groups too).",
        .wrong = "api \"Shop\" version \"1\"\n"
                 "@readonly\n"
                 "model A { id: int }\n"
                 "GET /a -> A = native a\n",
        .right = "api \"Shop\" version \"1\"\n"
                 "model A { id: int @readonly }\n"
                 "GET /a -> A = native a\n",
    },
    {
        .code = "RB0134",
        .title = "an attribute is there twice",
        .text = "Only `@tag` may be repeated.",
        .wrong = "api \"Shop\" version \"1\"\n"
                 "@summary(\"One\")\n"
                 "@summary(\"Two\")\n"
                 "GET /a -> str = native a\n",
        .right = "api \"Shop\" version \"1\"\n"
                 "@summary(\"One\")\n"
                 "GET /a -> str = native a\n",
    },
    {
        .code = "RB0140",
        .title = "a model that would contain itself without end",
        .text = "A required field of the model's own type (perhaps by way of other models) leaves no finite value: each\n"
                "value would need another one inside. A list, a dict, `?` on either side, or an arm of a union ends it.",
        .wrong = "api \"Shop\" version \"1\"\n"
                 "model Node { value: int, next: Node }\n"
                 "GET /node -> Node = native node\n",
        .right = "api \"Shop\" version \"1\"\n"
                 "model Node { value: int, next?: Node }\n"
                 "GET /node -> Node = native node\n",
    },
    {
        .code = "RB0141",
        .title = "a value would be too large",
        .text = "Models that a model holds stand in place in its C struct, so models that double at each level soon\n"
                "take more memory than a handler's stack has. The limit is 256 KiB. A list holds its items elsewhere.",
        .wrong = "api \"Shop\" version \"1\"\n"
                 "model M0 { text: str }\n"
                 "model M1 { a: M0, b: M0 }\n"
                 "model M2 { a: M1, b: M1 }\n"
                 "model M3 { a: M2, b: M2 }\n"
                 "model M4 { a: M3, b: M3 }\n"
                 "model M5 { a: M4, b: M4 }\n"
                 "model M6 { a: M5, b: M5 }\n"
                 "model M7 { a: M6, b: M6 }\n"
                 "model M8 { a: M7, b: M7 }\n"
                 "model M9 { a: M8, b: M8 }\n"
                 "model M10 { a: M9, b: M9 }\n"
                 "model M11 { a: M10, b: M10 }\n"
                 "model M12 { a: M11, b: M11 }\n"
                 "model M13 { a: M12, b: M12 }\n"
                 "model M14 { a: M13, b: M13 }\n"
                 "model M15 { a: M14, b: M14 }\n"
                 "GET /a -> M15 = native a\n",
        .right = "api \"Shop\" version \"1\"\n"
                 "model M0 { text: str }\n"
                 "model M1 { a: M0, b: M0 }\n"
                 "model M2 { a: M1, b: M1 }\n"
                 "model M3 { a: M2, b: M2 }\n"
                 "model M4 { a: M3, b: M3 }\n"
                 "model M5 { a: M4, b: M4 }\n"
                 "model M6 { a: M5, b: M5 }\n"
                 "model M7 { a: M6, b: M6 }\n"
                 "model M8 { a: M7, b: M7 }\n"
                 "model M9 { a: M8, b: M8 }\n"
                 "model M10 { a: M9, b: M9 }\n"
                 "model M11 { a: M10, b: M10 }\n"
                 "model M12 { a: M11, b: M11 }\n"
                 "model M13 { a: M12, b: M12 }\n"
                 "model M14 { a: M13, b: M13 }\n"
                 "model M15 { a: list[M14], b: list[M14] }\n"
                 "GET /a -> M15 = native a\n",
    },
    {
        .code = "RB0150",
        .title = "an arm is there twice",
        .text = "The tag decides which arm of a union a value is, so each arm has its own.",
        .wrong = "api \"Shop\" version \"1\"\n"
                 "model A { x: int }\n"
                 "union U by kind { a: A, a: A }\n"
                 "GET /a -> U = native a\n",
        .right = "api \"Shop\" version \"1\"\n"
                 "model A { x: int }\n"
                 "union U by kind { a: A, b: A }\n"
                 "GET /a -> U = native a\n",
    },
    {
        .code = "RB0151",
        .title = "an arm that is no model",
        .text = "The tag of a union is a member of the object, so every arm is a model. A union of other types is\n"
                "written `A | B`.",
        .wrong = "api \"Shop\" version \"1\"\n"
                 "union U by kind { a: int }\n"
                 "GET /a -> U = native a\n",
        .right = "api \"Shop\" version \"1\"\n"
                 "model A { value: int }\n"
                 "union U by kind { a: A }\n"
                 "GET /a -> U = native a\n",
    },
    {
        .code = "RB0152",
        .title = "a field in the place of the tag",
        .text = "The union adds the tag to each arm's object. An arm may declare the field itself, but only as a\n"
                "Literal of its own tag.",
        .wrong = "api \"Shop\" version \"1\"\n"
                 "model Card { kind: str, last4: str }\n"
                 "union Payment by kind { card: Card }\n"
                 "GET /a -> Payment = native a\n",
        .right = "api \"Shop\" version \"1\"\n"
                 "model Card { kind: Literal[\"card\"], last4: str }\n"
                 "union Payment by kind { card: Card }\n"
                 "GET /a -> Payment = native a\n",
    },
    {
        .code = "RB0153",
        .title = "arms that cannot be told apart",
        .text = "The arms of `A | B` must differ in their JSON type: int, float and decimal are numbers; str, bytes,\n"
                "uuid, dates, times, email and URLs are strings (as is decimal); a Literal or an enum is what its\n"
                "values are; lists are arrays; models and dicts are objects. Two models also differ when a field that\n"
                "one of them requires has Literals without a common value. So `int | str`, `float | bool` and\n"
                "`int | list[int]` are fine, and `int | float`, `str | uuid` are not. For objects, `union Name by tag`\n"
                "is the clearest way.",
        .wrong = "api \"Shop\" version \"1\"\n"
                 "model Cat { name: str }\n"
                 "model Dog { name: str, age?: int }\n"
                 "GET /pet -> Cat | Dog = native pet\n",
        .right = "api \"Shop\" version \"1\"\n"
                 "model Cat { kind: Literal[\"cat\"], name: str }\n"
                 "model Dog { kind: Literal[\"dog\"], name: str, age?: int }\n"
                 "GET /pet -> Cat | Dog = native pet\n",
    },
    {
        .code = "RB0201",
        .title = "a value of another type",
        .text = "Values in a spec are not converted: \"3\" is no int, 1 is no bool, and only a nullable type takes null.\n"
                "Members of an enum stand for themselves, without quotes.",
        .wrong = "api \"Shop\" version \"1\"\n"
                 "GET /a (limit: int = \"20\") -> str = native a\n",
        .right = "api \"Shop\" version \"1\"\n"
                 "GET /a (limit: int = 20) -> str = native a\n",
    },
    {
        .code = "RB0202",
        .title = "an unknown constraint",
        .text = "Constraints carry Pydantic's names. Numbers take ge, gt, le, lt, multiple_of; texts min_length,\n"
                "max_length, pattern; lists and dicts min_length and max_length, lists also unique; decimals max_digits\n"
                "and decimal_places. Most types take strict.",
        .wrong = "api \"Shop\" version \"1\"\n"
                 "GET /a (names: list[str](max_items=3) = []) -> str = native a\n",
        .right = "api \"Shop\" version \"1\"\n"
                 "GET /a (names: list[str](max_length=3) = []) -> str = native a\n",
    },
    {
        .code = "RB0203",
        .title = "a wrong value for a constraint",
        .text = "Bounds of an int are integers, lengths are integers from 0, `pattern` is a string, `unique` and\n"
                "`strict` are true or false.",
        .wrong = "api \"Shop\" version \"1\"\n"
                 "GET /a (limit: int(ge=0.5)) -> str = native a\n",
        .right = "api \"Shop\" version \"1\"\n"
                 "GET /a (limit: int(ge=1)) -> str = native a\n",
    },
    {
        .code = "RB0204",
        .title = "a value outside its type",
        .text = "Defaults, examples and constants are checked at compile time by the same decoder that the server uses\n"
                "for requests.",
        .wrong = "api \"Shop\" version \"1\"\n"
                 "GET /a (limit: int(ge=1, le=100) = 200) -> str = native a\n",
        .right = "api \"Shop\" version \"1\"\n"
                 "GET /a (limit: int(ge=1, le=100) = 20) -> str = native a\n",
    },
    {
        .code = "RB0205",
        .title = "a constraint is set twice",
        .text = "A named type brings its constraints along; others can be added, but not the same ones.",
        .wrong = "api \"Shop\" version \"1\"\n"
                 "type Slug = str(min_length=3)\n"
                 "GET /a/{slug: Slug(min_length=4)} -> str = native a\n",
        .right = "api \"Shop\" version \"1\"\n"
                 "type Slug = str(min_length=3)\n"
                 "GET /a/{slug: Slug(max_length=40)} -> str = native a\n",
    },
    {
        .code = "RB0206",
        .title = "constraints that no value meets",
        .text = "Taken together, the constraints leave nothing, so every request would be refused.",
        .wrong = "api \"Shop\" version \"1\"\n"
                 "GET /a (limit: int(ge=10, le=1)) -> str = native a\n",
        .right = "api \"Shop\" version \"1\"\n"
                 "GET /a (limit: int(ge=1, le=10)) -> str = native a\n",
    },
    {
        .code = "RB0207",
        .title = "no such member",
        .text = "The value is none of the enum, Literal or union. A member of an enum is written by its name, or as\n"
                "its value.",
        .wrong = "api \"Shop\" version \"1\"\n"
                 "enum Role { admin, viewer = \"read-only\" }\n"
                 "GET /a (role: Role = reader) -> str = native a\n",
        .right = "api \"Shop\" version \"1\"\n"
                 "enum Role { admin, viewer = \"read-only\" }\n"
                 "GET /a (role: Role = viewer) -> str = native a\n",
    },
    {
        .code = "RB0208",
        .title = "no such field",
        .text = "The object has a member that its model does not declare, or one twice.",
        .wrong = "api \"Shop\" version \"1\"\n"
                 "GET /a -> { status: str } = const { status: \"ok\", code: 1 }\n",
        .right = "api \"Shop\" version \"1\"\n"
                 "GET /a -> { status: str, code: int } = const { status: \"ok\", code: 1 }\n",
    },
    {
        .code = "RB0209",
        .title = "a field is missing",
        .text = "The object lacks a field that its model requires.",
        .wrong = "api \"Shop\" version \"1\"\n"
                 "GET /a -> { status: str, code: int } = const { status: \"ok\" }\n",
        .right = "api \"Shop\" version \"1\"\n"
                 "GET /a -> { status: str, code: int } = const { status: \"ok\", code: 1 }\n",
    },
    {
        .code = "RB0210",
        .title = "a field that may be absent and has a default",
        .text = "`name?:` says that the field may be absent, and that the program sees that. With a default it sees the\n"
                "default instead, so one of the two goes.",
        .wrong = "api \"Shop\" version \"1\"\n"
                 "GET /a (limit?: int = 20) -> str = native a\n",
        .right = "api \"Shop\" version \"1\"\n"
                 "GET /a (limit: int = 20) -> str = native a\n",
    },
    {
        .code = "RB0211",
        .title = "a field that nobody would see",
        .text = "`@readonly` takes a field out of requests, `@writeonly` out of answers.",
        .wrong = "api \"Shop\" version \"1\"\n"
                 "model A { id: int @readonly @writeonly }\n"
                 "GET /a -> A = native a\n",
        .right = "api \"Shop\" version \"1\"\n"
                 "model A { id: int @readonly }\n"
                 "GET /a -> A = native a\n",
    },
    {
        .code = "RB0220",
        .title = "not a regular expression",
        .text = "Patterns have the syntax of Rust's `regex` crate, as in Pydantic. In a string, a backslash is written\n"
                "twice.",
        .wrong = "api \"Shop\" version \"1\"\n"
                 "GET /a (code: str(pattern=\"^[a-z+$\")) -> str = native a\n",
        .right = "api \"Shop\" version \"1\"\n"
                 "GET /a (code: str(pattern=\"^[a-z]+$\")) -> str = native a\n",
    },
    {
        .code = "RB0221",
        .title = "a pattern that is not regular",
        .text = "Patterns are compiled to automata that read each text once, in linear time. Look-ahead, look-behind and\n"
                "back-references cannot be compiled so. Often a second constraint does the same.",
        .wrong = "api \"Shop\" version \"1\"\n"
                 "GET /a (code: str(pattern=\"^(?!x).+$\")) -> str = native a\n",
        .right = "api \"Shop\" version \"1\"\n"
                 "GET /a (code: str(pattern=\"^[^x].*$\")) -> str = native a\n",
    },
    {
        .code = "RB0222",
        .title = "a pattern that is too large",
        .text = "The automaton of this pattern would exceed 4 MiB. Large counted repetitions are the usual reason; for\n"
                "lengths there are min_length and max_length.",
        .wrong = "api \"Shop\" version \"1\"\n"
                 "GET /a (code: str(pattern=\"^(\\\\pL{500}){500}$\")) -> str = native a\n",
        .right = "api \"Shop\" version \"1\"\n"
                 "GET /a (code: str(pattern=\"^\\\\pL+$\", max_length=2000)) -> str = native a\n",
    },
    {0},
};
