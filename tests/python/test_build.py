"""What `robync build` says of handlers that cannot serve, and what it links."""

import http.client
import socket
import subprocess
import sys
import time
import unittest
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "e2e"))

from harness import ROBYNC, Server, build, folder, robync, write  # noqa: E402

SPEC = 'api "T" version "1"\nGET /a/{id: int} (q?: str) -> int = python "app:a"\n'


class Builds(unittest.TestCase):
    def refused(self, app, *words, spec=SPEC):
        where = write(folder("refused"), {"routes.api": spec, **({"app.py": app} if app is not None else {})})
        done = robync("build", where)
        self.assertEqual(done.returncode, 1, done.stderr)
        self.assertIn("routes.api:2:", done.stderr)
        for word in words:
            self.assertIn(word, done.stderr)
        self.assertFalse((where / "build/t").exists())

    def test_a_missing_module_or_function_is_an_error(self):
        self.refused(None, "No module named 'app'")
        self.refused("x = 1\n", "has no `a`")
        self.refused("a = 1\n", "is not a function")

    def test_a_wrong_signature_is_an_error_with_its_place(self):
        self.refused("\n\ndef a(id): ...\n", "app.py:3", "does not take `q`")
        self.refused("def a(id, q, more): ...\n", "app.py:1", "takes `more`, which the route does not have")
        self.refused("def a(id, q, /): ...\n", "by position only")
        self.refused("def a(id, q): yield 1\n", "generator")

    def test_a_module_that_fails_on_import_is_an_error_with_its_place(self):
        self.refused("import sys\n\n1 / 0\n", "app.py:3", "ZeroDivisionError")
        self.refused("def a(:\n", "app.py:1", "invalid syntax")
        self.refused("import sys\nsys.exit(0)\n", "app.py:2", "SystemExit")

    def test_only_servers_with_python_routes_link_it(self):
        native = write(folder("native"), {"routes.api": 'api "T" version "1"\nGET /a -> int = const 1\n'})
        python = write(folder("python"), {"routes.api": SPEC, "app.py": "def a(id, q): return id\n"})
        linked = [subprocess.run(["ldd", build(where)], capture_output=True, text=True).stdout for where in (native, python)]
        self.assertNotIn("libpython", linked[0])
        with Server(python / "server.bin", "--threads", "1") as server:
            self.assertEqual(server.json("GET", "/a/5"), (200, 5))

    def test_a_change_of_the_handlers_is_seen_without_compiling(self):
        where = write(folder("change"), {"routes.api": SPEC, "app.py": "def a(id, q): return id\n"})
        build(where)
        again = robync("build", where, "-o", where / "server.bin")
        self.assertIn("Fresh", again.stdout + again.stderr)
        write(where, {"app.py": "def a(id): return id\n"})
        self.assertEqual(robync("build", where).returncode, 1)

    def test_dev_restarts_when_a_module_changes(self):
        where = write(folder("dev"), {"routes.api": SPEC, "app.py": "import more\ndef a(id, q): return more.n\n",
                                      "more.py": "n = 1\n"})
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        dev = subprocess.Popen([ROBYNC, "dev", where, "--", "--port", str(port)], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        try:
            self.assertEqual(self.answer_until(port, b"1"), b"1")
            write(where, {"more.py": "n = 22\n"})
            self.assertEqual(self.answer_until(port, b"22"), b"22")
        finally:
            dev.terminate()
            dev.wait(20)

    def answer_until(self, port, wanted):
        got, ends = None, time.monotonic() + 30
        while got != wanted and time.monotonic() < ends:
            try:
                connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
                connection.request("GET", "/a/5")
                got = connection.getresponse().read()
                connection.close()
            except OSError:
                pass
            time.sleep(0.1)
        return got

    def test_the_emitted_folder_builds_by_itself(self):
        where = write(folder("alone"), {"routes.api": SPEC, "app.py": "def a(id, q): return id\n"})
        self.assertEqual(robync("build", where, "--emit-only", "-o", where / "c").returncode, 0)
        kit = Path(ROBYNC).resolve().parent / "lib/robync"
        for command in (["cmake", "-S", where / "c", "-B", where / "b", f"-Drobync_DIR={kit}", f"-DSPEC_DIR={where}",
                         f"-DPython3_EXECUTABLE={sys.executable}"], ["cmake", "--build", where / "b"]):
            done = subprocess.run(command, capture_output=True, text=True)
            self.assertEqual(done.returncode, 0, done.stdout + done.stderr)
        with Server(where / "b/t") as server:
            self.assertEqual(server.json("GET", "/a/5"), (200, 5))

    def test_def_handlers_alone_do_not_load_asyncio(self):
        where = write(folder("light"), {"routes.api": SPEC, "app.py": "import sys\ndef a(id, q): return int('asyncio' in sys.modules)\n"})
        with Server(build(where)) as server:
            self.assertEqual(server.json("GET", "/a/5"), (200, 0))

    def test_hooks_stand_around_handlers(self):
        app = """
from robync import Request, PlainTextResponse, after_request, before_request

@before_request
def check(request: Request):
    request.state.n = 10
    if request.headers.get("x-stop"):
        return PlainTextResponse("stopped", 403)

@after_request
async def add(request: Request, result):
    return result + 1

async def a(id, q, request: Request):
    return id + request.state.n
"""
        where = write(folder("hooks"), {"routes.api": SPEC, "app.py": app})
        with Server(build(where)) as server:
            self.assertEqual(server.json("GET", "/a/5"), (200, 16))
            self.assertEqual(server.request("GET", "/a/5", headers={"X-Stop": "1"})[::2], (403, b"stopped"))

    def test_a_failing_startup_hook_ends_the_start_with_its_traceback(self):
        app = "import robync\n@robync.on_startup\ndef up(): raise RuntimeError('no database')\ndef a(id, q): return id\n"
        where = write(folder("startup"), {"routes.api": SPEC, "app.py": app})
        done = subprocess.run([build(where), "--port", "0"], capture_output=True, text=True, timeout=20)
        self.assertNotEqual(done.returncode, 0)
        self.assertIn("no database", done.stderr)

    def test_no_interpreter_is_one_sentence(self):
        where = write(folder("none"), {"routes.api": SPEC, "app.py": ""})
        done = robync("build", where, "--python", "/nowhere/python")
        self.assertEqual(done.returncode, 2)
        self.assertEqual(done.stderr.count("\n"), 1, done.stderr)


if __name__ == "__main__":
    unittest.main()
