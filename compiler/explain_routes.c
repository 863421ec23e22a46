/* RB03xx and RB04xx: routes, settings. */
#include "explain.h"

const explanation explain_routes[] = {
    {
        .code = "RB0301",
        .title = "a path parameter is there twice",
        .text = "The parameters of a path, those of the groups around it included, have different names.",
        .wrong = "api \"Shop\" version \"1\"\n"
                 "GET /users/{id}/friends/{id} -> str = native friend\n",
        .right = "api \"Shop\" version \"1\"\n"
                 "GET /users/{id}/friends/{friend_id} -> str = native friend\n",
    },
    {
        .code = "RB0302",
        .title = "too many parameters",
        .text = "A path has at most 16 parameters, a route at most 1,000.",
        .wrong = "api \"Shop\" version \"1\"\n"
                 "GET /{a}/{b}/{c}/{d}/{e}/{f}/{g}/{h}/{i}/{j}/{k}/{l}/{m}/{n}/{o}/{p}/{q} -> str = native a\n",
        .right = "api \"Shop\" version \"1\"\n"
                 "GET /{a}/{b}/{c}/{d}/{e}/{f}/{g}/{h}/{i}/{j}/{k}/{l}/{m}/{n}/{o}/{p} -> str = native a\n",
    },
    {
        .code = "RB0303",
        .title = "a segment that no request has",
        .text = "The server refuses requests whose path has a segment `.` or `..`, or a %00, so a route with one would\n"
                "never be reached.",
        .wrong = "api \"Shop\" version \"1\"\n"
                 "GET /a/../b -> str = native b\n",
        .right = "api \"Shop\" version \"1\"\n"
                 "GET /b -> str = native b\n",
    },
    {
        .code = "RB0304",
        .title = "`path` is not the last segment",
        .text = "A parameter of type `path` takes the remainder of the path, slashes included. For one segment use\n"
                "`str`.",
        .wrong = "api \"Shop\" version \"1\"\n"
                 "GET /files/{name: path}/info -> str = native info\n",
        .right = "api \"Shop\" version \"1\"\n"
                 "GET /files/info/{name: path} -> str = native info\n",
    },
    {
        .code = "RB0305",
        .title = "an empty path outside of a group",
        .text = "Every path begins with a slash. In a group, \"\" means the path of the group itself.",
        .wrong = "api \"Shop\" version \"1\"\n"
                 "GET \"\" -> str = native root\n",
        .right = "api \"Shop\" version \"1\"\n"
                 "GET / -> str = native root\n",
    },
    {
        .code = "RB0306",
        .title = "an operation id is used twice",
        .text = "Clients generated from the OpenAPI document call operations by their ids, so `@id` gives each route its\n"
                "own. Without it, the id is the name of the implementing function.",
        .wrong = "api \"Shop\" version \"1\"\n"
                 "@id(\"read\")\n"
                 "GET /a -> str = native a\n"
                 "@id(\"read\")\n"
                 "GET /b -> str = native b\n",
        .right = "api \"Shop\" version \"1\"\n"
                 "@id(\"read_a\")\n"
                 "GET /a -> str = native a\n"
                 "@id(\"read_b\")\n"
                 "GET /b -> str = native b\n",
    },
    {
        .code = "RB0307",
        .title = "one function for two routes",
        .text = "The prototype of a native handler is made for its route, so each route has a function of its own. Both\n"
                "can call the same code.",
        .wrong = "api \"Shop\" version \"1\"\n"
                 "GET /a -> str = native read\n"
                 "GET /b -> str = native read\n",
        .right = "api \"Shop\" version \"1\"\n"
                 "GET /a -> str = native read_a\n"
                 "GET /b -> str = native read_b\n",
    },
    {
        .code = "RB0308",
        .title = "a declaration in a group",
        .text = "A group holds routes and groups. Types and models stand beside it.",
        .wrong = "api \"Shop\" version \"1\"\n"
                 "group /v1 {\n"
                 "  model A { id: int }\n"
                 "  GET /a -> A = native a\n"
                 "}\n",
        .right = "api \"Shop\" version \"1\"\n"
                 "model A { id: int }\n"
                 "group /v1 {\n"
                 "  GET /a -> A = native a\n"
                 "}\n",
    },
    {
        .code = "RB0310",
        .title = "a parameter is there twice",
        .text = "Parameters of a route differ in name, and those from one source in the name that the client sends.\n"
                "Headers are the same in any case. The fields of a spread model count too.",
        .wrong = "api \"Shop\" version \"1\"\n"
                 "GET /a (q: str, query_text: query(\"q\") str) -> str = native a\n",
        .right = "api \"Shop\" version \"1\"\n"
                 "GET /a (q: str, query_text: query(\"text\") str) -> str = native a\n",
    },
    {
        .code = "RB0311",
        .title = "two types for a path parameter",
        .text = "The type stands in the path, or with a parameter of that name, not with both.",
        .wrong = "api \"Shop\" version \"1\"\n"
                 "GET /a/{id: int} (id: int) -> str = native a\n",
        .right = "api \"Shop\" version \"1\"\n"
                 "GET /a/{id: int} -> str = native a\n",
    },
    {
        .code = "RB0312",
        .title = "a path parameter that could be missing",
        .text = "A request that reaches the route has a value for each parameter of its path, so a default, `?` or null\n"
                "would never be used.",
        .wrong = "api \"Shop\" version \"1\"\n"
                 "GET /a/{id: int?} -> str = native a\n",
        .right = "api \"Shop\" version \"1\"\n"
                 "GET /a/{id: int} -> str = native a\n",
    },
    {
        .code = "RB0313",
        .title = "a path parameter that the path does not have",
        .text = "A parameter of type `path` takes the remainder of the path; the path needs a segment of its name.",
        .wrong = "api \"Shop\" version \"1\"\n"
                 "GET /files/{name} (rest: path) -> str = native file\n",
        .right = "api \"Shop\" version \"1\"\n"
                 "GET /files/{rest} (rest: path) -> str = native file\n",
    },
    {
        .code = "RB0315",
        .title = "a type that cannot come from there",
        .text = "A path parameter is one text: a scalar, an enum or a union of such. Query, headers, cookies and forms\n"
                "also carry lists of them, and spread a model whose fields are all of that kind. Everything else comes\n"
                "as JSON in the body.",
        .wrong = "api \"Shop\" version \"1\"\n"
                 "GET /a (filter: query dict[str, int]) -> str = native a\n",
        .right = "api \"Shop\" version \"1\"\n"
                 "POST /a (filter: body dict[str, int]) -> str = native a\n",
    },
    {
        .code = "RB0316",
        .title = "a spread model that could be missing",
        .text = "`page: query Page` reads each field of Page from the query by itself. Whether there is a page has no\n"
                "meaning then; let its fields be optional.",
        .wrong = "api \"Shop\" version \"1\"\n"
                 "model Page { limit?: int }\n"
                 "GET /a (page?: query Page) -> str = native a\n",
        .right = "api \"Shop\" version \"1\"\n"
                 "model Page { limit?: int }\n"
                 "GET /a (page: query Page) -> str = native a\n",
    },
    {
        .code = "RB0317",
        .title = "an undecoded body without a media type",
        .text = "`raw(\"image/png\")` names the media type, with its slash. Such a body has no default.",
        .wrong = "api \"Shop\" version \"1\"\n"
                 "POST /a (image: raw(\"png\")) -> str = native a\n",
        .right = "api \"Shop\" version \"1\"\n"
                 "POST /a (image: raw(\"image/png\")) -> str = native a\n",
    },
    {
        .code = "RB0318",
        .title = "two kinds of body",
        .text = "The body of a request is JSON, or a form. `text` and `raw` parameters may stand beside either: they\n"
                "hand over the bytes as they came.",
        .wrong = "api \"Shop\" version \"1\"\n"
                 "model A { id: int }\n"
                 "POST /a (a: A, name: form str) -> str = native a\n",
        .right = "api \"Shop\" version \"1\"\n"
                 "model A { id: int }\n"
                 "POST /a (a: A, name: body str) -> str = native a\n",
    },
    {
        .code = "RB0319",
        .title = "a body in a GET request",
        .text = "The body of a GET or HEAD request has no defined meaning (RFC 9110, section 9.3.1), and proxies may drop\n"
                "it. FastAPI allows it, so this is a warning.",
        .wrong = "api \"Shop\" version \"1\"\n"
                 "model A { id: int }\n"
                 "GET /a (a: A) -> str = native a\n",
        .right = "api \"Shop\" version \"1\"\n"
                 "model A { id: int }\n"
                 "POST /a (a: A) -> str = native a\n",
    },
    {
        .code = "RB0320",
        .title = "a status out of range",
        .text = "A route answers with 200 to 599 (1xx are no final answers), an `error` with 400 to 599.",
        .wrong = "api \"Shop\" version \"1\"\n"
                 "error Odd 302 { detail: str }\n"
                 "GET /a -> str raises Odd = native a\n",
        .right = "api \"Shop\" version \"1\"\n"
                 "error Odd 422 { detail: str }\n"
                 "GET /a -> str raises Odd = native a\n",
    },
    {
        .code = "RB0321",
        .title = "two outcomes of one status",
        .text = "A client tells outcomes apart by their status, and so does the OpenAPI document. Let one error carry a\n"
                "field that says more, or choose another status.",
        .wrong = "api \"Shop\" version \"1\"\n"
                 "error Full 409 { detail: str }\n"
                 "error Taken 409 { by: str }\n"
                 "POST /a -> 201 raises Full, Taken = native a\n",
        .right = "api \"Shop\" version \"1\"\n"
                 "error Conflict 409 { detail: str, by?: str }\n"
                 "POST /a -> 201 raises Conflict = native a\n",
    },
    {
        .code = "RB0322",
        .title = "a body where there cannot be one",
        .text = "Answers with status 204, 205 and 304 have no body (RFC 9110).",
        .wrong = "api \"Shop\" version \"1\"\n"
                 "GET /a -> 204 str = native a\n",
        .right = "api \"Shop\" version \"1\"\n"
                 "GET /a -> 200 str = native a\n",
    },
    {
        .code = "RB0323",
        .title = "no such error",
        .text = "`raises` lists declared errors: `error NotFound 404 { detail: str }`.",
        .wrong = "api \"Shop\" version \"1\"\n"
                 "GET /a -> str raises NotFound = native a\n",
        .right = "api \"Shop\" version \"1\"\n"
                 "error NotFound 404 { detail: str = \"Not Found\" }\n"
                 "GET /a -> str raises NotFound = native a\n",
    },
    {
        .code = "RB0325",
        .title = "not a header",
        .text = "Behind `with` stand headers and cookies of the answer, each a scalar, an enum, or a list of them (which\n"
                "repeats the line). Headers that the server writes itself, such as Content-Length, are not among them. A\n"
                "name of a header or cookie, of a request too, is letters, digits and !#$%&'*+-.^_`|~.",
        .wrong = "api \"Shop\" version \"1\"\n"
                 "GET /a -> str with (etag: str) = native a\n",
        .right = "api \"Shop\" version \"1\"\n"
                 "GET /a -> str with (etag: header(\"ETag\") str) = native a\n",
    },
    {
        .code = "RB0330",
        .title = "not the name of a Python function",
        .text = "A Python implementation is written \"module:function\".",
        .wrong = "api \"Shop\" version \"1\"\n"
                 "GET /a -> str = native a, python \"app.read\"\n",
        .right = "api \"Shop\" version \"1\"\n"
                 "GET /a -> str = native a\n",
    },
    {
        .code = "RB0333",
        .title = "a constant without exactly one answer",
        .text = "`const` is the whole answer, built at compile time. So the route declares one outcome, with a body and\n"
                "without headers, and raises nothing.",
        .wrong = "api \"Shop\" version \"1\"\n"
                 "GET /a = const { status: \"ok\" }\n",
        .right = "api \"Shop\" version \"1\"\n"
                 "GET /a -> { status: str } = const { status: \"ok\" }\n",
    },
    {
        .code = "RB0334",
        .title = "parameters that nobody reads",
        .text = "A constant answer or a redirect does not look at the request, so its parameters would not be checked.\n"
                "Segments of the path may stay, as `{name}`, `{name: str}` or `{name: path}`.",
        .wrong = "api \"Shop\" version \"1\"\n"
                 "GET /a (q: str) -> text = const \"hello\"\n",
        .right = "api \"Shop\" version \"1\"\n"
                 "GET /a -> text = const \"hello\"\n",
    },
    {
        .code = "RB0335",
        .title = "an unused path parameter",
        .text = "The constant answer is the same for every value, and the redirect does not mention it. This may be\n"
                "intended; a redirect can use `{name}` in its target.",
        .wrong = "api \"Shop\" version \"1\"\n"
                 "GET /old/{id} = redirect 308 \"/new\"\n",
        .right = "api \"Shop\" version \"1\"\n"
                 "GET /old/{id} = redirect 308 \"/new/{id}\"\n",
    },
    {
        .code = "RB0337",
        .title = "@blocking without a native handler",
        .text = "`@blocking` sends a native handler to a pool of threads. Constant answers and redirects have no handler.",
        .wrong = "api \"Shop\" version \"1\"\n"
                 "@blocking\n"
                 "GET /a -> text = const \"hello\"\n",
        .right = "api \"Shop\" version \"1\"\n"
                 "GET /a -> text = const \"hello\"\n",
    },
    {
        .code = "RB0338",
        .title = "a second implementation",
        .text = "A constant or a redirect is the whole answer; there is nothing to compare it with.",
        .wrong = "api \"Shop\" version \"1\"\n"
                 "GET /a -> text = const \"hello\", native a\n",
        .right = "api \"Shop\" version \"1\"\n"
                 "GET /a -> text = const \"hello\"\n",
    },
    {
        .code = "RB0340",
        .title = "a hole that the path does not fill",
        .text = "`{name}` in the target of a redirect stands for the path parameter of that name.",
        .wrong = "api \"Shop\" version \"1\"\n"
                 "GET /old/{id} = redirect 308 \"/new/{uid}\"\n",
        .right = "api \"Shop\" version \"1\"\n"
                 "GET /old/{id} = redirect 308 \"/new/{id}\"\n",
    },
    {
        .code = "RB0341",
        .title = "not a target",
        .text = "The target of a redirect is a path that begins with a slash, or an http or https URL, of visible ASCII\n"
                "characters; others are percent-encoded.",
        .wrong = "api \"Shop\" version \"1\"\n"
                 "GET /old = redirect 308 \"new\"\n",
        .right = "api \"Shop\" version \"1\"\n"
                 "GET /old = redirect 308 \"/new\"\n",
    },
    {
        .code = "RB0342",
        .title = "a redirect that could leave the site",
        .text = "A target that begins with `//` is the address of another host, so a request like `//evil.example` could\n"
                "send people there. A `path` parameter may begin with a slash: put a literal segment before it. In an\n"
                "absolute target the host must be written out.",
        .wrong = "api \"Shop\" version \"1\"\n"
                 "GET /old/{rest: path} = redirect 308 \"/{rest}\"\n",
        .right = "api \"Shop\" version \"1\"\n"
                 "GET /old/{rest: path} = redirect 308 \"/new/{rest}\"\n",
    },
    {
        .code = "RB0343",
        .title = "not the status of a redirect",
        .text = "301 and 308 are permanent, 302 and 307 temporary, 303 asks for a GET.",
        .wrong = "api \"Shop\" version \"1\"\n"
                 "GET /old = redirect 200 \"/new\"\n",
        .right = "api \"Shop\" version \"1\"\n"
                 "GET /old = redirect 308 \"/new\"\n",
    },
    {
        .code = "RB0344",
        .title = "a redirect with other outcomes",
        .text = "A redirect answers with its status and nothing else.",
        .wrong = "api \"Shop\" version \"1\"\n"
                 "GET /old -> str = redirect 308 \"/new\"\n",
        .right = "api \"Shop\" version \"1\"\n"
                 "GET /old = redirect 308 \"/new\"\n",
    },
    {
        .code = "RB0350",
        .title = "two routes of the same shape",
        .text = "Names and types of path parameters do not choose a route, so these two would take the same requests.\n"
                "A literal segment beats a parameter, and the method is part of matching.",
        .wrong = "api \"Shop\" version \"1\"\n"
                 "GET /users/{id: int} -> str = native by_id\n"
                 "GET /users/{name} -> str = native by_name\n",
        .right = "api \"Shop\" version \"1\"\n"
                 "GET /users/{id: int} -> str = native by_id\n"
                 "GET /users/by-name/{name} -> str = native by_name\n",
    },
    {
        .code = "RB0351",
        .title = "a route that no request reaches",
        .text = "Every path that this route would take goes to routes that match better: each segment beats `path`.",
        .wrong = "api \"Shop\" version \"1\"\n"
                 "GET /a/{rest: path} -> str = native rest\n"
                 "GET /a/ -> str = native none\n"
                 "GET /a/{x} -> str = native one\n"
                 "GET /a//{rest: path} -> str = native more\n"
                 "GET /a/{x}/{rest: path} -> str = native most\n",
        .right = "api \"Shop\" version \"1\"\n"
                 "GET /a/{rest: path} -> str = native rest\n"
                 "GET /a/{x} -> str = native one\n",
    },
    {
        .code = "RB0352",
        .title = "a route on a path that the server answers itself",
        .text = "The OpenAPI document is served at the path of the setting `openapi` (\"/openapi.json\"), its documentation\n"
                "at that of `docs`, when it is set. Give them other paths, or switch them off.",
        .wrong = "api \"Shop\" version \"1\"\n"
                 "GET /openapi.json -> json = native document\n",
        .right = "api \"Shop\" version \"1\"\n"
                 "server { openapi: \"/schema.json\" }\n"
                 "GET /openapi.json -> json = native document\n",
    },
    {
        .code = "RB0401",
        .title = "an unknown setting",
        .text = "The settings of `server { }` are host, port, threads, workers, body_limit, head_limit, timeout,\n"
                "head_timeout, body_timeout, idle_timeout, max_connections, max_connections_per_address, docs, openapi,\n"
                "strict, errors, access_log, admin and trusted_proxies. Those of `api { }` are description, summary,\n"
                "terms_of_service, contact, license, servers and tags.",
        .wrong = "api \"Shop\" version \"1\"\n"
                 "server { prot: 8080 }\n"
                 "GET /a -> str = native a\n",
        .right = "api \"Shop\" version \"1\"\n"
                 "server { port: 8080 }\n"
                 "GET /a -> str = native a\n",
    },
    {
        .code = "RB0402",
        .title = "a wrong value for a setting",
        .text = "Sizes are written `64kb`, `2mb`, times `250ms`, `5s`, `10min`, paths with a leading slash; `off` switches\n"
                "docs, openapi, access_log and admin off.",
        .wrong = "api \"Shop\" version \"1\"\n"
                 "server { timeout: 5 }\n"
                 "GET /a -> str = native a\n",
        .right = "api \"Shop\" version \"1\"\n"
                 "server { timeout: 5s }\n"
                 "GET /a -> str = native a\n",
    },
    {
        .code = "RB0403",
        .title = "a setting that cannot come from the environment",
        .text = "`docs`, `openapi`, `strict` and `errors` change what is compiled, so they are settled in the spec.",
        .wrong = "api \"Shop\" version \"1\"\n"
                 "server { strict: env(\"STRICT\") }\n"
                 "GET /a -> str = native a\n",
        .right = "api \"Shop\" version \"1\"\n"
                 "server { strict: true }\n"
                 "GET /a -> str = native a\n",
    },
    {
        .code = "RB0404",
        .title = "a setting is there twice",
        .text = "Each setting stands once, over all `server { }` blocks of the file.",
        .wrong = "api \"Shop\" version \"1\"\n"
                 "server { port: 80, port: 81 }\n"
                 "GET /a -> str = native a\n",
        .right = "api \"Shop\" version \"1\"\n"
                 "server { port: 80 }\n"
                 "GET /a -> str = native a\n",
    },
    {
        .code = "RB0405",
        .title = "a prefix that cannot be used",
        .text = "Generated names begin with the API's name in lower case, or with the prefix given. It consists of lower\n"
                "case letters, digits and `_`, and is none that belongs to a library (rob, pthread, posix and the like).",
        .wrong = "api \"Shop\" version \"1\" prefix rob\n"
                 "GET /a -> str = native a\n",
        .right = "api \"Shop\" version \"1\" prefix shop\n"
                 "GET /a -> str = native a\n",
    },
    {
        .code = "RB0406",
        .title = "a second `api`",
        .text = "A file describes one API.",
        .wrong = "api \"Shop\" version \"1\"\n"
                 "api \"Other\" version \"2\"\n"
                 "GET /a -> str = native a\n",
        .right = "api \"Shop\" version \"1\"\n"
                 "GET /a -> str = native a\n",
    },
    {
        .code = "RB0407",
        .title = "an empty text",
        .text = "`link` names a library, `sources` a pattern of files, `include` a folder.",
        .wrong = "api \"Shop\" version \"1\"\n"
                 "link \"\"\n"
                 "GET /a -> str = native a\n",
        .right = "api \"Shop\" version \"1\"\n"
                 "link \"m\"\n"
                 "GET /a -> str = native a\n",
    },
    {
        .code = "RB0408",
        .title = "documentation without a document",
        .text = "The documentation page shows the OpenAPI document that the server answers with, so it needs `openapi`.",
        .wrong = "api \"Shop\" version \"1\"\n"
                 "server { docs: \"/docs\", openapi: off }\n"
                 "GET /a -> str = native a\n",
        .right = "api \"Shop\" version \"1\"\n"
                 "server { docs: \"/docs\" }\n"
                 "GET /a -> str = native a\n",
    },
    {0},
};
