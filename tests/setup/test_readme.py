"""The example at the top of README.md: built as printed, it answers as printed."""

import os
import re
import socket
import subprocess
import tempfile
import time
import unittest
import urllib.error
import urllib.request
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
ROBYNC = os.environ["ROBYNC"]

BLOCK = re.compile(r"^```\w*\n(.*?)^```$", re.MULTILINE | re.DOTALL)
ASKED = re.compile(r"^\$ curl localhost:8000(\S+)\n(.*)$", re.MULTILINE)


def ask(url, server):
    """The body of the answer, whatever its status, as soon as the server listens."""
    deadline = time.monotonic() + 10
    while True:
        try:
            with urllib.request.urlopen(url) as answer:
                return answer.read().decode()
        except urllib.error.HTTPError as error:
            return error.read().decode()
        except urllib.error.URLError:
            if server.poll() is not None or time.monotonic() > deadline:
                raise
            time.sleep(0.02)


class Readme(unittest.TestCase):
    def test_shows_what_really_happens(self):
        spec, handler, dialogue = BLOCK.findall((ROOT / "README.md").read_text())[:3]
        exchanges = ASKED.findall(dialogue)
        self.assertEqual(len(exchanges), 2)
        with tempfile.TemporaryDirectory() as name, socket.socket() as probe:
            folder = Path(name)
            (folder / "tea.api").write_text(spec)
            (folder / "tea.c").write_text(handler)
            subprocess.run([ROBYNC, "build", "--quiet"], cwd=folder, check=True)
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
            probe.close()
            server = subprocess.Popen(
                [folder / "build" / "tea", "--port", str(port), "--access_log", "off"], stderr=subprocess.DEVNULL
            )
            try:
                for path, answer in exchanges:
                    self.assertEqual(ask(f"http://127.0.0.1:{port}{path}", server), answer)
            finally:
                server.terminate()
                self.assertEqual(server.wait(10), 0)


if __name__ == "__main__":
    unittest.main()
