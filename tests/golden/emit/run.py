"""Emitted C: what it looks like, and that it compiles.

`x.api` beside a folder `x` is compared with the files in it; each `.api` here, and those named on the
command line, is compiled by all compilers found. `run.py ROBYNC INCLUDE [--update] [SPEC...]`."""

import difflib
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
# The document has golden files of its own.
COMPARED = ["types.h", "handlers.h", "tables.h", "router.c", "decode.c", "encode.c", "fast.c", "endpoints.c",
            "main.c", "handlers.c"]
C = ["-std=c11", "-Wall", "-Wextra", "-Wpedantic", "-Wno-overlength-strings", "-Werror"]
HOW = {"gcc": ["-O1"], "clang": ["-fsyntax-only"]}  # gcc finds some mistakes only where it optimises
CXX = ["-std=c++17", "-Wall", "-Wextra", "-Wpedantic", "-Werror"]


def emit(robync: str, spec: Path, folder: Path) -> None:
    subprocess.run([robync, "build", "--emit-only", "-o", folder, spec], check=True, capture_output=True)
    with tempfile.TemporaryDirectory() as name:  # stubs are written beside the spec
        shutil.copytree(spec.parent, name, ignore=shutil.ignore_patterns("*.c", "build"), dirs_exist_ok=True)
        subprocess.run([robync, "stub", Path(name) / spec.name], check=True, capture_output=True)
        if (Path(name) / "handlers.c").exists():
            (prefix,) = (path.parent for path in folder.glob("*/handlers.h"))
            shutil.copyfile(Path(name) / "handlers.c", prefix / "handlers.c")


def compare(name: str, wanted: Path, got: Path) -> int:
    lines = [path.read_text().splitlines() if path.exists() else [] for path in (wanted, got)]
    if lines[0] == lines[1]:
        return 0
    print("\n".join(difflib.unified_diff(*lines, name, "now", lineterm="")))
    return 1


def compare_all(spec: Path, emitted: Path, update: bool) -> int:
    golden = spec.with_suffix("")
    if not golden.is_dir():
        return 0
    failed = 0
    for path in [emitted / spec.stem / name for name in COMPARED] + [emitted / "CMakeLists.txt"]:
        if update:
            shutil.copyfile(path, golden / path.name)
        failed += compare(f"{spec.stem}/{path.name}", golden / path.name, path)
    return failed


def compile_all(emitted: Path, include: str) -> int:
    failed = 0
    flags = [f"-I{emitted}", f"-I{include}", "-c", "-o", "/dev/null"]
    for compiler in filter(shutil.which, ["gcc", "clang"]):
        for source in sorted(emitted.glob("*/*.c")):
            failed += subprocess.run([compiler, *C, *HOW[compiler], *flags, source]).returncode != 0
    for compiler in filter(shutil.which, ["g++", "clang++"]):
        for header in emitted.glob("*/handlers.h"):
            source = f'#include "{header}"\n'.encode()
            failed += subprocess.run([compiler, *CXX, *flags, "-x", "c++", "-"], input=source).returncode != 0
    return failed


def main(robync: str, include: str, *rest: str) -> int:
    failed = 0
    specs = sorted(HERE.glob("*.api")) + [Path(spec) for spec in rest if spec != "--update"]
    for spec in specs:
        with tempfile.TemporaryDirectory() as name:
            emit(robync, spec, Path(name))
            problems = compare_all(spec, Path(name), "--update" in rest) + compile_all(Path(name), include)
            failed += problems
            print(spec.name, "differs or does not compile" if problems else "is fine", flush=True)
    return 1 if failed else 0


sys.exit(main(*sys.argv[1:]))
