"""Which part of the source may include which. The drawing in ARCHITECTURE.md, as a table.

A part is a set of files of one folder: the first pattern that fits names it. A part may always include itself. To add an
edge is to change the architecture: do it here and in ARCHITECTURE.md, with the reason in the commit.
"""

# The serve street: runtime/ never includes anything of compiler/.
RUNTIME_PARTS = [
    ("api", "runtime/include/robync/*"),
    ("base", "runtime/base/*"),
    ("request", "runtime/http/request.h"),  # the view that decoding reads; no transport in it
    ("codec", "runtime/codec/*"),
    ("http", "runtime/http/*"),
    ("server", "runtime/server/*"),
    ("bridge", "runtime/python/*"),
]

# The compile street, left to right. `tools` know nothing of the language.
COMPILER_PARTS = [
    ("source", "compiler/source*"),
    ("diag", "compiler/diag*"),
    ("diag", "compiler/explain*"),
    ("ast", "compiler/ast.h"),
    ("parse", "compiler/ast_*"),  # the builders that grammar actions call, and the dump
    ("parse", "compiler/parse*"),
    ("parse", "compiler/token*"),
    ("parse", "compiler/lex*"),
    ("parse", "compiler/imports*"),
    ("parse", "compiler/newlines*"),
    ("parse", "grammar/*"),
    ("check", "compiler/ir_dump*"),  # declared beside check_program()
    ("ir", "compiler/ir*"),
    ("ir", "compiler/layout*"),  # sizes and offsets of emitted structs
    ("names", "compiler/names*"),
    ("pattern", "compiler/pattern/*"),
    ("router", "compiler/router/*"),
    ("check", "compiler/check*"),
    ("output", "compiler/output*"),
    ("emit", "compiler/emit/*"),
    ("load", "compiler/load/*"),
    ("native", "compiler/native/*"),
    ("native", "compiler/install_paths*"),
    ("driver", "compiler/driver*"),
    ("bench", "compiler/bench/*"),
    ("command", "compiler/command/*"),
    ("main", "compiler/main.c"),
    ("tools", "compiler/*.[ch]"),
]

PARTS = RUNTIME_PARTS + COMPILER_PARTS

ALLOWED = {
    "api": "",
    "base": "api",
    "request": "api base codec",
    "codec": "api base request",
    "http": "api base codec request",
    "server": "api base codec request http",
    "bridge": "api base codec request http server",
    # The compiler shares runtime/base and runtime/codec, so that the checker's verdict on a default
    # value is the decoder's.
    "tools": "api base",
    "source": "api base tools",
    "diag": "api base tools source",
    "ast": "api base tools source",
    "parse": "api base codec tools source diag ast",
    "ir": "api base tools source",
    "names": "api base tools source ir",
    "pattern": "api base tools",
    "router": "api base tools source ir",
    "check": "api base codec tools source diag ast ir names pattern router",
    "output": "api base tools",
    # Emitters never see the tree or the diagnostics: they cannot find a user's error.
    "emit": "api base tools source ir names router output",
    "load": "api base tools",
    # Requests are made of the IR, and judged by the decoder that servers run.
    "bench": "api base codec tools source ir pattern load",
    "driver": "api base tools source diag ast parse ir check",
    "native": "api base tools source ir output driver",
    "command": "api base tools source diag ast parse check ir names router output emit load native driver bench",
    "main": "api base tools source diag driver command",
}

# Headers of other projects, each let in through one door.
DOORS = {
    "microhttpd.h": ["runtime/http/mhd.c"],
    "Python.h": ["runtime/python/*"],
    "idn2.h": ["runtime/codec/idn.c"],
    "cJSON.h": ["compiler/*"],
    "cjson/cJSON.h": ["compiler/*", "runtime/server/json_tree.c"],
}

# Made by the build, so not in the tree.
GENERATED = {"routes.h": "grammar/routes.h"}
