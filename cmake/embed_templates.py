"""Turn templates/* into one C file: embed_templates.py OUTPUT TEMPLATE..."""

import sys
from pathlib import Path

HEAD = """\
/* Made from templates/ by cmake/embed_templates.py. */
#include "templates.h"

const embedded_template embedded_templates[] = {
"""

TAIL = """\
    {.name = NULL, .text = NULL, .len = 0},
};

const size_t embedded_template_count = sizeof embedded_templates / sizeof embedded_templates[0] - 1;
"""


def c_string(line: bytes) -> str:
    escapes = {ord("\\"): "\\\\", ord('"'): '\\"', ord("\n"): "\\n", ord("\t"): "\\t", ord("?"): "\\?"}
    return '"' + "".join(escapes.get(b) or (chr(b) if 32 <= b < 127 else f"\\{b:03o}") for b in line) + '"'


def entry(path: Path) -> str:
    text = path.read_bytes()
    lines = [f"        {c_string(line)}\n" for line in text.splitlines(keepends=True)] or ['        ""\n']
    return f'    {{.name = "{path.name}", .len = {len(text)}, .text =\n{"".join(lines)}    }},\n'


def main() -> None:
    output, *templates = map(Path, sys.argv[1:])
    # Sorted by name: template_find() searches by halves.
    body = "".join(entry(path) for path in sorted(templates, key=lambda path: path.name.encode()))
    output.write_text(HEAD + body + TAIL)


main()
