"""Emitted fast decoders against the table-driven one.

fast_test.py ROBYNC CC RUNTIME ROB_CODEC ROB_BASE ROUNDS"""

import subprocess
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).parent
FLAGS = ["-std=c11", "-D_GNU_SOURCE", "-Wall", "-Wextra", "-Werror", "-O1", "-g", "-fsanitize=address,undefined",
         "-fno-sanitize-recover=undefined"]
SUPPORT = ["codec/fast.c", "codec/fast_values.c"]  # compiled here, so that the sanitizers see them too


def main(robync: str, compiler: str, runtime: str, codec: str, base: str, rounds: str) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        subprocess.run([robync, "build", "--emit-only", "-o", name, HERE / "fast.api"], check=True)
        sources = [folder / "fast" / file for file in ("decode.c", "endpoints.c", "fast.c")]
        sources += [HERE / file for file in ("fast_main.c", "documents.c", "same.c")]
        sources += [Path(runtime) / file for file in SUPPORT]
        count = (folder / "fast/endpoints.c").read_text().count("const rob_endpoint fast_")
        includes = [f"-I{folder}", f"-I{HERE}", f"-I{runtime}", f"-I{runtime}/include", f"-DENDPOINTS={count}"]
        libraries = [codec, base, "-Wl,--wrap=rob_decode_params", "-lidn2", "-lm"]
        subprocess.run([compiler, *FLAGS, *includes, *sources, *libraries, "-o", folder / "fast_test"], check=True)
        subprocess.run([folder / "fast_test", rounds], check=True)


main(*sys.argv[1:])
