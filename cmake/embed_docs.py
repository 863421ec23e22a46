"""Compress Swagger UI's files into one C file: embed_docs.py OUTPUT FOLDER."""

import gzip
import sys
from pathlib import Path

FILES = {
    "swagger-ui.css": "text/css; charset=utf-8",
    "swagger-ui-bundle.js": "text/javascript; charset=utf-8",
    "favicon-32x32.png": "image/png",
}


def c_bytes(data: bytes) -> str:
    rows = (data[i : i + 32] for i in range(0, len(data), 32))
    return "\n".join("    " + ",".join(map(str, row)) + "," for row in rows)


def main() -> None:
    output, folder = map(Path, sys.argv[1:])
    arrays, items = [], []
    for number, (name, content_type) in enumerate(FILES.items()):
        # mtime 0: the same files give the same bytes.
        data = gzip.compress((folder / name).read_bytes(), 9, mtime=0)
        arrays.append(f"static const unsigned char file_{number}[] = {{\n{c_bytes(data)}\n}};\n")
        items.append(
            f'    {{.name = "{name}", .content_type = "{content_type}",\n'
            f"     .gzip = {{(const char *)file_{number}, sizeof file_{number}}}}},\n"
        )
    output.write_text(
        "/* Made from swagger-ui-dist by cmake/embed_docs.py. */\n#include <robync/generated.h>\n\n"
        + "\n".join(arrays)
        + f"\nstatic const rob_asset items[] = {{\n{''.join(items)}}};\n"
        + f"\nconst rob_assets rob_swagger_ui = {{.items = items, .count = {len(items)}}};\n"
    )


main()
