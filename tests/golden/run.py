"""Golden files: what each phase of the compiler says about an input, beside the input.

A folder per phase; `x.api` stands beside `x.expected`. `run.py DUMP` compares, `run.py DUMP --update`
writes what differs and says which files those are, to be read in the diff."""

import difflib
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
PHASES = {"tokens": "tokens", "ast": "ast", "ir": "ir", "diag": "diag", "json": "json"}  # folder: argument of the dump


def output_of(dump, phase, spec):
    done = subprocess.run([dump, phase, spec.name], cwd=spec.parent, capture_output=True, timeout=60)
    if done.returncode not in (0, 1) or done.stderr:
        return b"exit code %d\n%s" % (done.returncode, done.stderr)
    return done.stdout


def difference(spec, wanted, got):
    lines = [text.decode(errors="replace").splitlines() for text in (wanted, got)]
    return "\n".join(difflib.unified_diff(*lines, f"{spec.stem}.expected", "now", lineterm=""))


def run(dump, update):
    seen = failed = 0
    for folder, phase in PHASES.items():
        for spec in sorted((HERE / folder).glob("*.api")):
            seen += 1
            expected = spec.with_suffix(".expected")
            wanted = expected.read_bytes() if expected.exists() else b""
            got = output_of(dump, phase, spec)
            if got == wanted:
                continue
            if update:
                expected.write_bytes(got)
                print("updated", expected.relative_to(HERE))
            else:
                failed += 1
                print(f"{spec.relative_to(HERE)}:\n{difference(spec, wanted, got)}\n")
    print(f"{seen} golden files, {failed} differ")
    return 1 if failed or seen == 0 else 0


if __name__ == "__main__":
    arguments = [a for a in sys.argv[1:] if a != "--update"]
    sys.exit(run(Path(arguments[0]).resolve(), "--update" in sys.argv))
