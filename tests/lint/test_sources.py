"""What holds for every handwritten file: length, and words that must not appear."""

import re
import unittest
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
FOLDERS = ["bench", "cmake", "compiler", "examples", "grammar", "runtime", "scripts", "templates", "tests"]
CODE = {".c", ".h", ".re", ".y", ".py", ".sh", ".cmake", ".in", ".api", ""}
LONGEST = 800
ME = Path(__file__).name


def handwritten():
    for folder in FOLDERS:
        for path in sorted((ROOT / folder).rglob("*")):
            if path.is_file() and path.suffix in CODE and not {"__pycache__", "build"} & set(path.relative_to(ROOT).parts) and not is_made(path):
                yield path


def is_made(path):
    """A table that a script wrote says so in its first line."""
    with path.open(errors="replace") as file:
        return "do not edit" in file.readline()


def text_of(path):
    return path.read_text(errors="replace")


class HandwrittenFiles(unittest.TestCase):
    def test_are_at_most_800_lines_long(self):
        long = {str(p.relative_to(ROOT)): n for p in handwritten() if (n := text_of(p).count("\n")) > LONGEST}
        self.assertEqual(long, {})

    def test_hold_no_unfinished_business(self):
        words = re.compile(r"\b(TODO|FIXME|XXX|HACK)\b")
        found = [str(p.relative_to(ROOT)) for p in handwritten() if p.name != ME and words.search(text_of(p))]
        self.assertEqual(found, [])

    def test_never_jump_out_of_functions(self):
        found = [
            str(p.relative_to(ROOT))
            for p in handwritten()
            if p.suffix in {".c", ".h", ".re", ".y"} and re.search(r"\b(longjmp|setjmp)\s*\(", text_of(p))
        ]
        self.assertEqual(found, [])


class Switches(unittest.TestCase):
    def test_have_no_empty_default(self):
        """Without one, -Wswitch finds the enumerator that nobody handled."""
        empty = re.compile(r"\bdefault:\s*break;")
        folders = ("runtime", "compiler")
        found = [
            str(p.relative_to(ROOT))
            for p in handwritten()
            if p.suffix == ".c" and p.relative_to(ROOT).parts[0] in folders and empty.search(text_of(p))
        ]
        self.assertEqual(found, [])


if __name__ == "__main__":
    unittest.main()
