"""Each folder of the source has a README that names every file in it."""

import unittest
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
ROOTS = ["compiler", "grammar", "runtime", "scripts", "cmake", "templates"]
UNLISTED = {"README.md", "CMakeLists.txt"}


def folders():
    for name in ROOTS:
        root = ROOT / name
        for path in [root, *sorted(p for p in root.rglob("*") if p.is_dir())]:
            files = [f.name for f in sorted(path.iterdir()) if f.is_file() and f.name not in UNLISTED]
            if files and path.name != "__pycache__":
                yield path, files


def is_named(file, text):
    """`arena.c` and `arena.h` may share a line that begins with `arena`."""
    return file in text or f"`{Path(file).stem}`" in text


class Readmes(unittest.TestCase):
    def test_stand_in_every_folder(self):
        bare = [str(path.relative_to(ROOT)) for path, _ in folders() if not (path / "README.md").exists()]
        self.assertEqual(bare, [])

    def test_name_every_file(self):
        missing = []
        for path, files in folders():
            readme = path / "README.md"
            text = readme.read_text() if readme.exists() else ""
            missing += [str((path / f).relative_to(ROOT)) for f in files if not is_named(f, text)]
        self.assertEqual(missing, [])


if __name__ == "__main__":
    unittest.main()
