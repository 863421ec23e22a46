"""Every code that the compiler reports is explained, and the examples do as they say.

ROBYNC names the binary."""

import json
import os
import re
import subprocess
import tempfile
import unittest
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
ROBYNC = os.environ.get("ROBYNC", str(ROOT / "build/release/robync"))
STRING = re.compile(r'"((?:[^"\\]|\\.)*)"')


def codes_in(paths):
    return {code for path in paths for code in re.findall(r'"(RB\d{4})"', path.read_text())}


def literal(c_text):
    """The bytes of adjacent C string literals."""
    out = bytearray()
    for part in STRING.findall(c_text):
        for piece in re.findall(r"\\x[0-9a-fA-F]{2}|\\.|[^\\]+", part):
            if piece.startswith("\\x"):
                out.append(int(piece[2:], 16))
            elif piece.startswith("\\"):
                out += {"n": b"\n", "t": b"\t"}.get(piece[1], piece[1].encode())
            else:
                out += piece.encode()
    return bytes(out)


def entries():
    """code -> (wrong, right), read from the tables' source."""
    found = {}
    for path in sorted((ROOT / "compiler").glob("explain_*.c")):
        text = path.read_text(encoding="utf-8")
        for block in re.split(r"(?=\.code = )", text)[1:]:
            fields = dict(re.findall(r'\.(code|wrong|right) = ((?:\s*"(?:[^"\\]|\\.)*")+)', block))
            code = literal(fields["code"]).decode()
            found[code] = (literal(fields["wrong"]), literal(fields["right"]))
    return found


def messages(spec):
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "example.api"
        path.write_bytes(spec)
        command = [ROBYNC, "check", "--json", "example.api"]
        done = subprocess.run(command, cwd=folder, capture_output=True, timeout=60)
    if done.returncode not in (0, 1):
        raise AssertionError(f"exit code {done.returncode}: {done.stderr.decode(errors='replace')}")
    return [json.loads(line) for line in done.stdout.decode().splitlines()]


class Explanations(unittest.TestCase):
    def test_exist_for_every_code_that_is_reported(self):
        sources = list((ROOT / "compiler").rglob("*.c")) + list((ROOT / "grammar").glob("lexer.re"))
        used = codes_in(p for p in sources if not p.name.startswith("explain"))
        self.assertEqual(sorted(used - entries().keys()), [])

    def test_exist_for_no_code_that_is_never_reported(self):
        sources = list((ROOT / "compiler").rglob("*.c")) + list((ROOT / "grammar").glob("lexer.re"))
        used = codes_in(p for p in sources if not p.name.startswith("explain"))
        self.assertEqual(sorted(entries().keys() - used), [])

    def test_wrong_examples_give_their_code(self):
        for code, (wrong, _) in entries().items():
            with self.subTest(code):
                self.assertIn(code, {m["code"] for m in messages(wrong)})

    def test_right_examples_give_no_message(self):
        for code, (_, right) in entries().items():
            with self.subTest(code):
                self.assertEqual([f"{m['code']} {m['message']}" for m in messages(right)], [])

    def test_are_printed_with_both_examples(self):
        for code, (wrong, right) in list(entries().items())[:3]:
            done = subprocess.run([ROBYNC, "explain", code], capture_output=True, timeout=60)
            self.assertEqual(done.returncode, 0)
            for part in (code.encode(), wrong.splitlines()[-1], right.splitlines()[-1]):
                self.assertIn(part, done.stdout)

    def test_of_an_unknown_code_are_refused(self):
        done = subprocess.run([ROBYNC, "explain", "RB9999"], capture_output=True, timeout=60)
        self.assertEqual(done.returncode, 2)


if __name__ == "__main__":
    unittest.main()
