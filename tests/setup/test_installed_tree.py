"""An installed tree works where it was moved to: `robync build` links a server that answers."""

import os
import shutil
import socket
import subprocess
import tempfile
import time
import unittest
import urllib.error
import urllib.request
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
BUILD = os.environ["ROBYNC_BUILD"]
CMAKE = os.environ["CMAKE_COMMAND"]


def run(*command, cwd=None):
    result = subprocess.run(command, cwd=cwd, text=True, capture_output=True, check=False)
    if result.returncode:
        raise AssertionError(f"{command} gave {result.returncode}\n{result.stdout}{result.stderr}")
    return result.stdout


def free_port():
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]


def get(url, server):
    """The body, as soon as the server listens."""
    deadline = time.monotonic() + 10
    while True:
        try:
            with urllib.request.urlopen(url) as answer:
                return answer.read().decode()
        except urllib.error.URLError:
            if server.poll() is not None or time.monotonic() > deadline:
                raise
            time.sleep(0.02)


class InstalledTree(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.temporary = tempfile.TemporaryDirectory()
        folder = Path(cls.temporary.name)
        run(CMAKE, "--install", BUILD, "--prefix", folder / "first")
        (folder / "first").rename(folder / "moved")
        cls.robync = folder / "moved" / "bin" / "robync"
        cls.kit = folder / "moved" / "lib" / "robync"
        cls.hello = folder / "hello"
        shutil.copytree(ROOT / "examples" / "hello", cls.hello)

    @classmethod
    def tearDownClass(cls):
        cls.temporary.cleanup()

    def serve(self, binary):
        port = free_port()
        server = subprocess.Popen([binary, "--port", str(port)], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        try:
            return get(f"http://127.0.0.1:{port}/hello/ada", server)
        finally:
            server.terminate()
            self.assertEqual(server.wait(10), 0)

    def test_builds_a_server_that_answers(self):
        binary = self.hello / "server"
        run(self.robync, "build", self.hello, "-o", binary)
        self.assertIn("Hello, ada.", self.serve(binary))

    def test_has_all_that_an_emitted_folder_needs_to_be_built_without_robync(self):
        emitted, build = self.hello / "emitted", self.hello / "emitted-build"
        run(self.robync, "build", self.hello, "--emit-only", "-o", emitted)
        run(CMAKE, "-S", emitted, "-B", build, f"-Drobync_DIR={self.kit}", f"-DSPEC_DIR={self.hello}")
        run(CMAKE, "--build", build)
        self.assertIn("Hello, ada.", self.serve(build / "hello"))

    def test_links_libmicrohttpd_as_a_shared_library_when_asked(self):
        binary = self.hello / "shared-server"
        run(self.robync, "build", self.hello, "--shared", "-o", binary)
        self.assertIn("libmicrohttpd.so", run("ldd", binary))
        self.assertIn("Hello, ada.", self.serve(binary))

    def test_links_it_statically_otherwise(self):
        binary = self.hello / "static-server"
        run(self.robync, "build", self.hello, "-o", binary)
        if (self.kit / "libmicrohttpd.a").exists():
            self.assertNotIn("libmicrohttpd", run("ldd", binary))

    def test_carries_the_licences_of_what_it_carries(self):
        if (self.kit / "libmicrohttpd.a").exists():
            self.assertIn("LESSER GENERAL PUBLIC", (self.kit / "COPYING.libmicrohttpd").read_text())

    def test_names_no_place_of_the_machine_that_built_it(self):
        text = (self.kit / "robync-config.cmake").read_text()
        self.assertNotIn(str(ROOT), text)


if __name__ == "__main__":
    unittest.main()
