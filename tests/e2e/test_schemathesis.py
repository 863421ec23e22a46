"""schemathesis against the store, built with `strict: true`: no failure."""

import os
import pathlib
import subprocess
import sys
import unittest

import harness

HERE = str(pathlib.Path(__file__).parent)

class Schemathesis(unittest.TestCase):
    def test_store(self):
        where = harness.example("store")
        spec = (where / "store.api").read_text()
        self.assertIn("server { ", spec)
        (where / "store.api").write_text(spec.replace("server { ", "server { strict: true, "))
        tool = pathlib.Path(sys.executable).parent / "schemathesis"
        with harness.Server(harness.build(where)) as server:
            done = subprocess.run(
                [str(tool), "run", f"http://127.0.0.1:{server.port}/openapi.json", "--seed", "1",
                 "--max-examples", os.environ.get("SCHEMATHESIS_EXAMPLES", "30"), "--workers", "1",
                 "--generation-database", "none", "--no-color"],
                cwd=harness.folder("schemathesis"), env={**os.environ, "SCHEMATHESIS_HOOKS": "schemathesis_hooks", "PYTHONPATH": HERE},
                capture_output=True, text=True, timeout=540)
        self.assertEqual(done.returncode, 0, done.stdout[-20000:] + done.stderr[-2000:])


if __name__ == "__main__":
    unittest.main()
