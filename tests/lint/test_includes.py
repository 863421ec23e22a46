"""Every #include stays on the streets that edges.py draws."""

import re
import unittest
from fnmatch import fnmatch
from pathlib import Path

import edges

ROOT = Path(__file__).resolve().parents[2]
INCLUDE = re.compile(r'^\s*#\s*include\s+(["<])([^">]+)[">]', re.MULTILINE)
FOLDERS = ["runtime", "compiler", "grammar"]
SEARCH = ["runtime", "compiler", "runtime/include"]


def part_of(path):
    """A pattern speaks of one folder, not of those below it."""
    depth = path.count("/")
    return next((part for part, pattern in edges.PARTS if pattern.count("/") == depth and fnmatch(path, pattern)), None)


def resolve(includer, name, exists):
    """The path of our own header `name`, or None when it belongs to somebody else."""
    if name in edges.GENERATED:
        return edges.GENERATED[name]
    candidates = [str(Path(includer).parent / name)] + [f"{folder}/{name}" for folder in SEARCH]
    return next((path for path in candidates if exists(path)), None)


def complaint(includer, name, quoted, exists):
    """What is wrong with one #include; None when nothing is."""
    target = resolve(includer, name, exists)
    if target is None:
        doors = edges.DOORS.get(name)
        if doors and not any(fnmatch(includer, door) for door in doors):
            return f"{includer}: <{name}> belongs to {' '.join(doors)} alone"
        return f'{includer}: "{name}" is nowhere' if quoted else None
    here, there = part_of(includer), part_of(target)
    if here is None:
        return f"{includer}: belongs to no part of tests/lint/edges.py"
    if here != there and there not in edges.ALLOWED[here].split():
        return f'{includer}: `{here}` may not include `{there}` ("{name}")'
    return None


def complaints(root):
    found = []
    sources = [p for folder in FOLDERS for p in sorted((root / folder).rglob("*")) if p.suffix in {".c", ".h", ".re", ".y"}]
    for path in sources:
        includer = path.relative_to(root).as_posix()
        for bracket, name in INCLUDE.findall(path.read_text()):
            found.append(complaint(includer, name, bracket == '"', lambda p: (root / p).exists()))
    return [text for text in found if text]


class TheTree(unittest.TestCase):
    def test_has_only_allowed_edges(self):
        self.assertEqual(complaints(ROOT), [])


class TheTable(unittest.TestCase):
    def test_has_no_cycle_beyond_the_request_view(self):
        """codec reads the request view, which holds codec's error list: the one pair that knows each other."""
        allowed = {part: set(edges.ALLOWED[part].split()) for part in edges.ALLOWED}
        allowed["request"].discard("codec")
        while allowed:
            leaves = [part for part, targets in allowed.items() if not targets & allowed.keys()]
            self.assertTrue(leaves, f"a cycle among {sorted(allowed)}")
            for leaf in leaves:
                del allowed[leaf]

    def test_names_only_parts_that_exist(self):
        parts = {part for part, _ in edges.PARTS}
        self.assertEqual(set(edges.ALLOWED), parts)
        for targets in edges.ALLOWED.values():
            self.assertLessEqual(set(targets.split()), parts)


class ComplaintTest(unittest.TestCase):
    TREE = {"runtime/base/arena.h", "runtime/codec/errors.h", "compiler/ast.h", "compiler/ir.h"}

    def check(self, includer, name, quoted=True):
        return complaint(includer, name, quoted, self.TREE.__contains__)

    def test_lets_an_allowed_edge_pass(self):
        self.assertIsNone(self.check("runtime/codec/errors.c", "base/arena.h"))

    def test_finds_a_header_beside_the_includer(self):
        self.assertIsNone(self.check("runtime/codec/errors.c", "errors.h"))

    def test_refuses_an_emitter_that_sees_the_tree(self):
        self.assertIn("`emit` may not include `ast`", self.check("compiler/emit/types.c", "ast.h"))

    def test_refuses_a_runtime_that_sees_the_compiler(self):
        self.assertIn("`server` may not include `ir`", self.check("runtime/server/loop.c", "ir.h"))

    def test_refuses_a_second_door_to_libmicrohttpd(self):
        self.assertIn("alone", self.check("runtime/server/loop.c", "microhttpd.h", quoted=False))
        self.assertIsNone(self.check("runtime/http/mhd.c", "microhttpd.h", quoted=False))

    def test_asks_for_a_part_when_a_folder_is_new(self):
        self.assertIn("belongs to no part", self.check("compiler/new/thing.c", "ir.h"))

    def test_refuses_a_header_that_is_nowhere(self):
        self.assertIn("nowhere", self.check("runtime/base/arena.c", "gone.h"))

    def test_lets_system_headers_pass(self):
        self.assertIsNone(self.check("runtime/base/arena.c", "stdlib.h", quoted=False))


if __name__ == "__main__":
    unittest.main()
