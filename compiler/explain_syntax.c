/* RB00xx: what the lexer, the parser and the imports report. */
#include "explain.h"

const explanation explain_syntax[] = {
    {
        .code = "RB0001",
        .title = "the file is not UTF-8",
        .text = "Specs are written in UTF-8. The first byte that is not part of a character is shown; it is\n"
                "usually a sign that the editor saved the file in another encoding, such as Latin-1 or UTF-16.\n"
                "Save it again as UTF-8. A byte order mark at the start is fine.",
        .wrong = "# caf\xe9\n"
                 "api \"Cafe\" version \"1\"\n",
        .right = "# caf\xc3\xa9\n"
                 "api \"Cafe\" version \"1\"\n",
    },
    {
        .code = "RB0002",
        .title = "a character that begins nothing",
        .text = "Outside of strings and comments the language uses letters, digits, `_` and a few marks. Semicolons\n"
                "are not needed, strings stand in straight double quotes, and comments begin with `#`.",
        .wrong = "api 'Shop' version '1'\n",
        .right = "api \"Shop\" version \"1\"\n",
    },
    {
        .code = "RB0003",
        .title = "a string that is never closed",
        .text = "A string ends on the line where it begins. A text of several lines stands between three quotes:\n"
                "\"\"\"like this\"\"\".",
        .wrong = "api \"Shop version 1\n",
        .right = "api \"Shop\" version \"1\"\n",
    },
    {
        .code = "RB0004",
        .title = "brackets nested too deeply",
        .text = "Brackets of all kinds nest 64 levels deep at most. Give the inner part a name of its own: a\n"
                "`model`, or a `type`.",
        .wrong = "api \"Deep\" version \"1\"\n"
                 "GET / -> json = const [[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[\n"
                 "  ]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]\n",
        .right = "api \"Deep\" version \"1\"\n"
                 "GET / -> json = const [[[]]]\n",
    },
    {
        .code = "RB0005",
        .title = "an escape sequence that does not exist",
        .text = "Strings know the escapes of JSON: \\\" \\\\ \\/ \\b \\f \\n \\r \\t and \\u with four hexadecimal digits.\n"
                "A backslash that is meant as such is written twice. This matters in patterns: the regular\n"
                "expression \\d+ is the string \"\\\\d+\". Control characters must be written as \\u escapes.",
        .wrong = "api \"Shop\" version \"1\"\n"
                 "type Digits = str(pattern=\"^\\d+$\")\n"
                 "GET /{code: Digits} = native code\n",
        .right = "api \"Shop\" version \"1\"\n"
                 "type Digits = str(pattern=\"^\\\\d+$\")\n"
                 "GET /{code: Digits} = native code\n",
    },
    {
        .code = "RB0006",
        .title = "a number that is too large",
        .text = "Integers have 64 bits, from -9223372036854775808 to 9223372036854775807, as in the server's C code.\n"
                "Floats are IEEE doubles and end at about 1.8e308. Use `decimal` or `str` for numbers beyond that.",
        .wrong = "api \"Stars\" version \"1\"\n"
                 "GET / (atoms: int = 10000000000000000000000) = native atoms\n",
        .right = "api \"Stars\" version \"1\"\n"
                 "GET / (atoms: decimal = \"10000000000000000000000\") = native atoms\n",
    },
    {
        .code = "RB0007",
        .title = "a number written in a way that is not known",
        .text = "Numbers are decimal, do not begin with 0, and may have `_` between two digits: 10, 1_000_000, -3,\n"
                "0.5, 6.02e23. Sizes and times are whole numbers from 0.",
        .wrong = "api \"Shop\" version \"1\"\n"
                 "server { port: 08080 }\n",
        .right = "api \"Shop\" version \"1\"\n"
                 "server { port: 8080 }\n",
    },
    {
        .code = "RB0008",
        .title = "an unknown unit",
        .text = "Sizes end in b, kb, mb or gb (1 kb is 1024 bytes), times in ms, s, min or h, rates in /s, /min or /h.",
        .wrong = "api \"Shop\" version \"1\"\n"
                 "server { timeout: 5sec }\n",
        .right = "api \"Shop\" version \"1\"\n"
                 "server { timeout: 5s }\n",
    },
    {
        .code = "RB0010",
        .title = "a character that cannot stand in a path",
        .text = "A path holds the characters that RFC 3986 allows in a URL, letters beyond ASCII, and parameters in\n"
                "braces. It ends at the first space, so a space must stand between the path and `(`. Parentheses,\n"
                "quotes and spaces that belong to a URL are percent-encoded.",
        .wrong = "api \"Shop\" version \"1\"\n"
                 "GET /items(limit: int = 10) = native items\n",
        .right = "api \"Shop\" version \"1\"\n"
                 "GET /items (limit: int = 10) = native items\n",
    },
    {
        .code = "RB0011",
        .title = "a number that is not an HTTP status",
        .text = "HTTP statuses are numbers from 100 to 599 (RFC 9110 section 15).",
        .wrong = "api \"Shop\" version \"1\"\n"
                 "error Gone 4100 { detail: str }\n"
                 "GET / raises Gone = native home\n",
        .right = "api \"Shop\" version \"1\"\n"
                 "error Gone 410 { detail: str }\n"
                 "GET / raises Gone = native home\n",
    },
    {
        .code = "RB0012",
        .title = "documentation of nothing",
        .text = "A `##` comment documents the declaration, field, enum member or union arm below it, and appears in\n"
                "the C header and the OpenAPI document. Behind something on the same line, or with nothing below,\n"
                "it would be lost. A plain comment begins with one `#`.",
        .wrong = "api \"Shop\" version \"1\"\n"
                 "model Item {\n"
                 "  id: int ## the number on the shelf\n"
                 "}\n"
                 "GET / -> Item = native item\n",
        .right = "api \"Shop\" version \"1\"\n"
                 "model Item {\n"
                 "  ## The number on the shelf.\n"
                 "  id: int\n"
                 "}\n"
                 "GET / -> Item = native item\n",
    },
    {
        .code = "RB0013",
        .title = "a route without an implementation",
        .text = "Every route says what answers it, at its end: a C function (`= native name`), a Python one\n"
                "(`= python \"module:function\"`), a fixed answer (`= const value`) or another address\n"
                "(`= redirect 307 \"/target\"`).",
        .wrong = "api \"Shop\" version \"1\"\n"
                 "GET /items -> list[str]\n",
        .right = "api \"Shop\" version \"1\"\n"
                 "GET /items -> list[str] = native items\n",
    },
    {
        .code = "RB0014",
        .title = "two question marks behind a type",
        .text = "One `?` behind a type lets the value be null; a second one adds nothing. A `?` behind the name of a\n"
                "field lets it be absent, which is something else: `f?: T?` may be absent, null or a T.",
        .wrong = "api \"Shop\" version \"1\"\n"
                 "model Item { note: str?? }\n"
                 "GET / -> Item = native item\n",
        .right = "api \"Shop\" version \"1\"\n"
                 "model Item { note?: str? }\n"
                 "GET / -> Item = native item\n",
    },
    {
        .code = "RB0015",
        .title = "a parameter in the notation of another router",
        .text = "`:id` and `*rest` are plain text in a path here, so that the route would only answer to just these\n"
                "letters. A parameter is `{id: int}`, and `{rest: path}` takes the rest of the path. If the colon\n"
                "is meant, `%3A` says so.",
        .wrong = "api \"Shop\" version \"1\"\n"
                 "GET /items/:id = native item\n",
        .right = "api \"Shop\" version \"1\"\n"
                 "GET /items/{id: int} = native item\n",
    },
    {
        .code = "RB0020",
        .title = "something else was expected here",
        .text = "The text does not fit the grammar at this place. The message names what was found and what could\n"
                "have stood there. The rest of the declaration is skipped, and reading goes on at the next one.\n\n"
                "The parts of a route come in a fixed order:\n"
                "  METHOD path (parameters) -> outcomes raises errors = implementation",
        .wrong = "api \"Shop\" version \"1\"\n"
                 "GET /items -> list[str] (limit: int = 10) = native items\n",
        .right = "api \"Shop\" version \"1\"\n"
                 "GET /items (limit: int = 10) -> list[str] = native items\n",
    },
    {
        .code = "RB0021",
        .title = "a bracket that is never closed",
        .text = "The next declaration, or the end of the file, comes before the bracket is closed.",
        .wrong = "api \"Shop\" version \"1\"\n"
                 "model Item {\n"
                 "  id: int\n"
                 "\n"
                 "GET / -> int = native count\n",
        .right = "api \"Shop\" version \"1\"\n"
                 "model Item {\n"
                 "  id: int\n"
                 "}\n"
                 "GET / -> Item = native item\n",
    },
    {
        .code = "RB0030",
        .title = "an imported file that cannot be read",
        .text = "The name in `from \"file\" import ...` is looked up in the folder of the file that imports it.",
        .wrong = "api \"Shop\" version \"1\"\n"
                 "from \"no-such-file.api\" import Item\n",
        .right = "api \"Shop\" version \"1\"\n"
                 "model Item { id: int }\n"
                 "GET / -> Item = native item\n",
    },
    {
        .code = "RB0031",
        .title = "files that import each other",
        .text = "Imports must not lead back to the file where they began. Move what both files need into a third one\n"
                "that imports neither.",
        .wrong = "api \"Shop\" version \"1\"\n"
                 "from \"example.api\" import Item\n"
                 "model Item { id: int }\n"
                 "GET / -> Item = native item\n",
        .right = "api \"Shop\" version \"1\"\n"
                 "model Item { id: int }\n"
                 "GET / -> Item = native item\n",
    },
    {
        .code = "RB0090",
        .title = "not supported yet",
        .text = "The language has a place for this, but this version of robync cannot compile it. The declaration is\n"
                "skipped.",
        .wrong = "api \"Shop\" version \"1\"\n"
                 "cors { origins: [\"https://example.com\"] }\n",
        .right = "api \"Shop\" version \"1\"\n",
    },
    {
        .code = "RB0099",
        .title = "too many errors",
        .text = "After 100 errors in one file the rest is not read. It is probably not a routes.api file.",
        .wrong = "api \"\"\"\n"
                 "\\q\\q\\q\\q\\q\\q\\q\\q\\q\\q\\q\\q\\q\\q\\q\\q\\q\\q\\q\\q\\q\\q\\q\\q\\q\\q\\q\\q\\q\\q\\q\\q\\q\\q\n"
                 "\\q\\q\\q\\q\\q\\q\\q\\q\\q\\q\\q\\q\\q\\q\\q\\q\\q\\q\\q\\q\\q\\q\\q\\q\\q\\q\\q\\q\\q\\q\\q\\q\\q\\q\n"
                 "\\q\\q\\q\\q\\q\\q\\q\\q\\q\\q\\q\\q\\q\\q\\q\\q\\q\\q\\q\\q\\q\\q\\q\\q\\q\\q\\q\\q\\q\\q\\q\\q\\q\\q\n"
                 "\"\"\"\n",
        .right = "api \"Shop\" version \"1\"\n",
    },
    {0},
};
