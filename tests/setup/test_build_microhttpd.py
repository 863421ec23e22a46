"""cmake/build-microhttpd: what it refuses, and that it does nothing twice. No network is used."""

import os
import subprocess
import tempfile
import unittest
from pathlib import Path

SCRIPT = Path(__file__).resolve().parents[2] / "cmake" / "build-microhttpd"
KEYRING = "/usr/share/keyrings/debian-archive-keyring.gpg"


def run(*arguments, **environment):
    return subprocess.run(
        [SCRIPT, *arguments], text=True, capture_output=True, env={**os.environ, **environment}, check=False
    )


def unsigned_archive(folder):
    """The smallest archive that apt would read if signatures did not matter."""
    sources = folder / "dists" / "unstable" / "main" / "source"
    sources.mkdir(parents=True)
    (sources / "Sources").write_text("")
    empty = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
    (folder / "dists" / "unstable" / "Release").write_text(
        f"Origin: Debian\nSuite: unstable\nCodename: sid\nComponents: main\nSHA256:\n {empty} 0 main/source/Sources\n"
    )
    return folder.as_uri()


class BuildMicrohttpd(unittest.TestCase):
    def setUp(self):
        temporary = tempfile.TemporaryDirectory()
        self.addCleanup(temporary.cleanup)
        self.folder = Path(temporary.name)
        self.prefix = self.folder / "prefix"

    @unittest.skipUnless(Path(KEYRING).exists(), "needs debian-archive-keyring")
    def test_refuses_an_archive_without_signature(self):
        mirror = unsigned_archive(self.folder / "archive")
        result = run("--prefix", self.prefix, ROBYNC_DEBIAN_MIRROR=mirror)
        self.assertEqual(result.returncode, 1)
        self.assertIn("not signed", result.stderr)
        self.assertEqual([p.name for p in self.prefix.iterdir()], [".lock"])

    def test_refuses_to_go_on_without_the_archives_keys(self):
        result = run("--prefix", self.prefix, ROBYNC_DEBIAN_MIRROR="file:///none", ROBYNC_DEBIAN_KEYRING="/none.gpg")
        self.assertEqual(result.returncode, 1)
        self.assertIn("no keyring at /none.gpg", result.stderr)

    def test_says_what_is_wrong_with_a_named_source_tree(self):
        result = run("--prefix", self.prefix, "--source", self.folder)
        self.assertEqual(result.returncode, 1)
        self.assertIn("has no configure script", result.stderr)

    def test_does_nothing_when_the_library_is_there(self):
        first = run("--prefix", os.environ["BUILT_MICROHTTPD"], ROBYNC_DEBIAN_MIRROR="file:///none")
        self.assertEqual((first.returncode, first.stdout, first.stderr), (0, "", ""))

    def test_explains_itself(self):
        result = run("--help")
        self.assertEqual(result.returncode, 0)
        self.assertIn("--prefix DIR", result.stdout)
        self.assertEqual(run().returncode, 2)


if __name__ == "__main__":
    unittest.main()
