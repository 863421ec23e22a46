"""Emitted encoders against the table-driven one: echo_test.py ROBYNC CC RUNTIME ROB_CODEC ROB_BASE"""

import subprocess
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).parent
FLAGS = ["-std=c11", "-D_GNU_SOURCE", "-Wall", "-Wextra", "-Werror", "-O1", "-g", "-fsanitize=address,undefined"]


def main(robync: str, compiler: str, runtime: str, *libraries: str) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        subprocess.run([robync, "build", "--emit-only", "-o", name, HERE / "echo.api"], check=True)
        sources = [folder / "echo" / file for file in ("decode.c", "encode.c", "endpoints.c")]
        count = (folder / "echo/endpoints.c").read_text().count("const rob_endpoint echo_")
        includes = [f"-I{folder}", f"-I{runtime}", f"-I{runtime}/include", f"-DENDPOINTS={count}"]
        command = [compiler, *FLAGS, *includes, HERE / "echo_main.c", *sources, *libraries]
        subprocess.run([*command, "-lidn2", "-lm", "-o", folder / "echo_test"], check=True)
        subprocess.run([folder / "echo_test", HERE / "echo.tsv"], check=True)


main(*sys.argv[1:])
