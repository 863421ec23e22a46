"""Diagnostics: each spec says which messages it must give, and it must give exactly these.

  model A { a: uuidd }   # expect error RB0102
  # expect error RB0003 below          the line after this one, where a comment cannot stand
  # expect warning RB0012 at 7         some other line

Several codes may follow one another. Specs in `syntax/` are only parsed, those in `check/` are checked;
imported files end in `.inc`, so that they are no tests themselves.

run.py FRONT_DUMP ROBYNC [FILE...]"""

import json
import re
import subprocess
import sys
from collections import Counter
from pathlib import Path

HERE = Path(__file__).resolve().parent
EXPECT = re.compile(rb"#+ expect (error|warning)((?: RB\d{4})+)(?: (below)| at (\d+))?")


def expected_of(spec):
    wanted = Counter()
    for number, line in enumerate(spec.read_bytes().split(b"\n"), 1):
        for level, codes, below, at in EXPECT.findall(line):
            place = int(at) if at else number + 1 if below else number
            for code in codes.split():
                wanted[(place, level.decode(), code.decode())] += 1
    return wanted


def messages_of(command, spec):
    done = subprocess.run([*command, spec.name], cwd=spec.parent, capture_output=True, timeout=60)
    if done.returncode not in (0, 1):
        raise RuntimeError(f"exit code {done.returncode}: {done.stderr.decode(errors='replace')}")
    return [json.loads(line) for line in done.stdout.decode().splitlines()]


def compare(command, spec):
    wanted = expected_of(spec)
    got = messages_of(command, spec)
    found = Counter((m["line"], m["level"], m["code"]) for m in got if m["file"] == spec.name)
    texts = {(m["line"], m["level"], m["code"]): m["message"] for m in got}
    problems = [f"  missing: {line}: {level} {code}" for (line, level, code) in (wanted - found).elements()]
    problems += [f"  unwanted: {k[0]}: {k[1]} {k[2]}: {texts[k]}" for k in (found - wanted).elements()]
    problems += [f"  elsewhere: {m['file']}: {m['message']}" for m in got if m["file"] != spec.name]
    return problems


def main(front_dump, robync, files):
    commands = {"syntax": [front_dump, "json"], "check": [robync, "check", "--json"]}
    failed = seen = 0
    for folder, command in commands.items():
        for spec in sorted((HERE / folder).glob("*.api")):
            if files and spec.name not in files:
                continue
            seen += 1
            try:
                problems = compare(command, spec)
            except (RuntimeError, ValueError, subprocess.TimeoutExpired) as error:
                problems = [f"  {error}"]
            if problems:
                failed += 1
                print(f"{spec.relative_to(HERE)}:", *problems, sep="\n")
    print(f"{seen} specs, {failed} with other messages than expected")
    return 1 if failed or seen == 0 else 0


if __name__ == "__main__":
    sys.exit(main(str(Path(sys.argv[1]).resolve()), str(Path(sys.argv[2]).resolve()), sys.argv[3:]))
