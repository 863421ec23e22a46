"""An emitted router, compiled, answers as a naive matcher does: router_test.py CASES_PROGRAM CC INCLUDE ROUTES"""

import subprocess
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).parent


def main(program: str, compiler: str, include: str, routes: str) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        print(subprocess.run([program, name, routes], check=True, capture_output=True, text=True).stdout, end="")
        sources = [folder / "store/router.c", folder / "store/endpoints.c", HERE / "router_main.c"]
        flags = ["-std=c11", "-Wall", "-Wextra", "-Werror", "-O1", "-fsanitize=address,undefined"]
        command = [compiler, *flags, f"-I{folder}", f"-I{include}", *sources, "-o", folder / "router"]
        subprocess.run(command, check=True)
        subprocess.run([folder / "router", folder / "cases.txt"], check=True)


main(*sys.argv[1:])
