"""Each command as a person or a script uses it: what it prints, where it writes, its exit code."""

import json
import os
import pathlib
import signal
import socket
import subprocess
import time
import unittest

import harness
from harness import robync

COMMANDS = ["new", "check", "build", "run", "dev", "openapi", "routes", "stub", "explain"]
SPEC = 'api "Small" version "1"\n\nGET /n/{n: int(ge=1)} -> { n: int } = native small_n\n'
HANDLER = """#include "small/handlers.h"

small_small_n_out small_small_n(rob_ctx *ctx, const small_small_n_in *in)
{
    (void)ctx;
    return small_small_n_ok(&(small_small_n_response){.n = in->n});
}
"""

HANDLER_IN_CXX = """#include <stdexcept>

#include "small/handlers.h"

small_small_n_out small_small_n(rob_ctx *, const small_small_n_in *in)
{
    if (in->n == 1) throw std::runtime_error("one is too few");
    small_small_n_response body{};
    body.n = in->n;
    return small_small_n_ok(&body);
}
"""


def small(**more):
    files = {"routes.api": SPEC, "handlers.c": HANDLER, **more}
    return harness.write(harness.folder("small"), files)


def small_in_cxx():
    where = small(**{"handlers.cc": HANDLER_IN_CXX})
    (where / "handlers.c").unlink()
    return where


def names_below(where):
    return sorted(str(path.relative_to(where)) for path in pathlib.Path(where).rglob("*"))


class Help(unittest.TestCase):
    def test_every_command_has_help(self):
        listed = robync("--help").stdout
        for name in COMMANDS:
            with self.subTest(name):
                self.assertIn(f"\n  {name} ", listed)
                done = robync(name, "--help")
                self.assertEqual(done.returncode, 0)
                self.assertIn(f"Usage: robync {name}", done.stdout)
                self.assertIn("--color", done.stdout)

    def test_wrong_words_are_exit_2_with_one_sentence(self):
        for words in (["frobnicate"], ["build", "--frob"], ["check", "a", "b"], ["build", "-o"], []):
            with self.subTest(words):
                done = robync(*words)
                self.assertEqual(done.returncode, 2)
                self.assertTrue(done.stderr)

    def test_version(self):
        self.assertRegex(robync("--version").stdout, r"^robync \d+\.\d+\.\d+\n$")


class Check(unittest.TestCase):
    def test_good_spec(self):
        done = robync("check", small())
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertIn("1 route", done.stderr)

    def test_broken_spec_is_exit_1_and_writes_nothing(self):
        where = small(**{"routes.api": SPEC.replace("int(", "itn(")})
        before = names_below(where)
        for command in ("check", "build", "openapi", "routes", "stub"):
            with self.subTest(command):
                done = robync(command, where)
                self.assertEqual(done.returncode, 1, done.stderr)
                self.assertRegex(done.stderr, r"routes\.api:3:12: error\[RB01\d\d\]")
                self.assertIn("did you mean", done.stderr)
                self.assertEqual(names_below(where), before)

    def test_json_is_one_object_a_line(self):
        where = small(**{"routes.api": SPEC.replace("int(", "itn(")})
        done = robync("check", "--json", where)
        self.assertEqual(done.returncode, 1)
        messages = [json.loads(line) for line in done.stdout.splitlines()]
        self.assertEqual(len(messages), 1)
        self.assertEqual(messages[0]["line"], 3)
        self.assertRegex(messages[0]["code"], r"^RB01\d\d$")

    def test_missing_file_is_exit_2(self):
        done = robync("check", "nowhere.api")
        self.assertEqual(done.returncode, 2)
        self.assertEqual(done.stderr.count("\n"), 1)
        self.assertIn("nowhere.api", done.stderr)

    def test_folder_without_a_spec_is_exit_2(self):
        self.assertEqual(robync("check", harness.folder("empty")).returncode, 2)

    def test_color_only_where_it_shows(self):
        where = small(**{"routes.api": SPEC.replace("int(", "itn(")})
        self.assertNotIn("\033", robync("check", where).stderr)
        self.assertIn("\033", robync("check", "--color", "always", where).stderr)


class Explain(unittest.TestCase):
    def test_known_and_unknown_codes(self):
        known = robync("explain", "RB0001")
        self.assertEqual(known.returncode, 0, known.stderr)
        self.assertIn("RB0001", known.stdout)
        self.assertEqual(robync("explain", "RB9999").returncode, 2)


class Build(unittest.TestCase):
    def test_builds_beside_the_spec_and_then_does_nothing(self):
        where = small()
        first = robync("build", where)
        self.assertEqual(first.returncode, 0, first.stderr)
        binary = where / "build/small"
        stamp = binary.stat().st_mtime_ns
        second = robync("build", where)
        self.assertIn("Fresh", second.stderr)
        self.assertEqual(binary.stat().st_mtime_ns, stamp)
        with harness.Server(binary) as server:
            self.assertEqual(server.json("GET", "/n/7"), (200, {"n": 7}))

    def test_a_changed_handler_is_compiled_again(self):
        where = small()
        self.assertEqual(robync("build", where).returncode, 0)
        (where / "handlers.c").write_text(HANDLER.replace("in->n}", "in->n * 2}"))
        self.assertEqual(robync("build", where).returncode, 0)
        with harness.Server(where / "build/small") as server:
            self.assertEqual(server.json("GET", "/n/7"), (200, {"n": 14}))

    def test_a_handler_that_does_not_compile_keeps_the_old_binary(self):
        where = small()
        self.assertEqual(robync("build", where).returncode, 0)
        before = (where / "build/small").read_bytes()
        (where / "handlers.c").write_text(HANDLER.replace("(void)ctx;", "oops;"))
        done = robync("build", where)
        self.assertEqual(done.returncode, 1)
        self.assertRegex(done.stderr, r"handlers\.c:5:\d+: error")
        self.assertEqual((where / "build/small").read_bytes(), before)

    def test_a_missing_handler_is_named(self):
        where = small()
        (where / "handlers.c").unlink()
        done = robync("build", where)
        self.assertEqual(done.returncode, 1)
        self.assertIn("no handler `small_small_n` for GET /n/{n}", done.stderr)
        self.assertFalse((where / "build/small").exists())

    def test_no_compiler_is_exit_2(self):
        done = robync("build", small(), env={"PATH": "/nonexistent", "CC": ""})
        self.assertEqual(done.returncode, 2)
        self.assertIn("no C compiler found", done.stderr)

    def test_clang_and_gcc(self):
        for compiler in ("gcc", "clang"):
            with self.subTest(compiler):
                done = robync("build", small(), env={"CC": compiler})
                self.assertEqual(done.returncode, 0, done.stderr)

    def test_an_exception_in_cxx_is_a_500_and_the_server_lives(self):
        with harness.Server(harness.build(small_in_cxx())) as server:
            status, headers, body = server.request("GET", "/n/1")
            self.assertEqual((status, body), (500, b"Internal Server Error"))
            self.assertTrue(headers["X-Request-Id"])
            self.assertEqual(server.json("GET", "/n/3"), (200, {"n": 3}))

    def test_output_that_cannot_be_written_is_one_sentence_and_exit_2(self):
        where = small()
        for target in ("/nonexistent/folder/server", where):
            with self.subTest(target):
                done = robync("build", where, "-o", target)
                self.assertEqual(done.returncode, 2)
                self.assertEqual(done.stderr.count("\n"), 1, done.stderr)

    def test_folder_that_cannot_be_written(self):
        if os.geteuid() == 0:
            where = small()
            (where / "build").write_text("in the way")  # root may write anywhere; a file may not hold files
        else:
            where = small()
            where.chmod(0o500)
        done = robync("build", where)
        self.assertEqual(done.returncode, 2, done.stderr)

    def test_debug_build(self):
        where = small()
        done = robync("build", "--debug", where)
        self.assertEqual(done.returncode, 0, done.stderr)

    def build_emitted(self, where):
        """The server of an emitted folder, built by CMake alone."""
        emitted = harness.folder("emitted") / "out"
        done = robync("build", "--emit-only", "-o", emitted, where)
        self.assertEqual(done.returncode, 0, done.stderr)
        kit = harness.ROBYNC.parent / "lib/robync"
        made = emitted / "made"
        configure = ["cmake", "-S", emitted, "-B", made, f"-Drobync_DIR={kit}", f"-DSPEC_DIR={where}"]
        subprocess.run([*map(str, configure)], check=True, capture_output=True, text=True)
        subprocess.run(["cmake", "--build", str(made)], check=True, capture_output=True, text=True)
        return made / "small"

    def test_emitted_folder_builds_without_robync(self):
        with harness.Server(self.build_emitted(small())) as server:
            self.assertEqual(server.json("GET", "/n/5"), (200, {"n": 5}))

    def test_emitted_folder_with_handlers_in_cxx(self):
        with harness.Server(self.build_emitted(small_in_cxx())) as server:
            self.assertEqual(server.request("GET", "/n/1")[0], 500)
            self.assertEqual(server.json("GET", "/n/5"), (200, {"n": 5}))


class New(unittest.TestCase):
    def test_a_new_project_builds_and_answers(self):
        home = harness.folder("new")
        self.assertEqual(robync("new", "my-api", cwd=home).returncode, 0)
        done = robync("build", cwd=home / "my-api")
        self.assertEqual(done.returncode, 0, done.stderr)
        with harness.Server(home / "my-api/build/my_api") as server:
            self.assertEqual(server.json("GET", "/hello/Ada"), (200, {"message": "Hello, Ada."}))
            status, answer = server.json("POST", "/items?quantity=3", {"name": "tea", "price": 2.5})
            self.assertEqual((status, answer), (201, {"name": "tea", "total": 7.5}))
        self.assertEqual(robync("new", "my-api", cwd=home).returncode, 2)
        self.assertEqual(robync("new", "1bad", cwd=home).returncode, 2)


class Stub(unittest.TestCase):
    def test_writes_only_what_is_missing(self):
        where = small()
        (where / "routes.api").write_text(SPEC + "GET /more -> { n: int } = native more\n")
        self.assertEqual(robync("stub", where).returncode, 0)
        self.assertEqual((where / "handlers.c").read_text(), HANDLER)
        written = (where / "handlers_2.c").read_text()
        self.assertIn("small_more(", written)
        self.assertNotIn("small_small_n(", written)
        with harness.Server(harness.build(where)) as server:
            self.assertEqual(server.request("GET", "/more")[0], 500)
        before = names_below(where)
        self.assertEqual(robync("stub", where).returncode, 0)
        self.assertEqual(names_below(where), before)


class Routes(unittest.TestCase):
    def test_table(self):
        lines = robync("routes", small()).stdout.splitlines()
        self.assertEqual(lines[0].split(), ["METHOD", "PATH", "PARAMETERS", "IMPLEMENTATION"])
        self.assertEqual(lines[1], "GET     /n/{n}  n: int(ge=1)  native small_n")


class Openapi(unittest.TestCase):
    def test_to_stdout_and_to_a_file(self):
        where = small()
        document = json.loads(robync("openapi", where).stdout)
        self.assertEqual(document["openapi"], "3.1.0")
        path = where / "openapi.json"
        self.assertEqual(robync("openapi", where, "-o", path).returncode, 0)
        self.assertEqual(json.loads(path.read_text()), document)
        with harness.Server(harness.build(where)) as server:
            self.assertEqual(server.json("GET", "/openapi.json"), (200, document))


def wait_for(condition, what, seconds=30):
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if condition():
            return
        time.sleep(0.05)
    raise AssertionError(f"{what} did not come within {seconds} s")


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class RunAndDev(unittest.TestCase):
    def get(self, port):
        server = harness.Server.__new__(harness.Server)
        server.port = port
        try:
            return server.json("GET", "/n/7")
        except OSError:
            return None

    def test_run_serves_and_stops(self):
        where, port = small(), free_port()
        process = subprocess.Popen([str(harness.ROBYNC), "run", "-q", str(where), "--", "--port", str(port)],
                                   stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        try:
            wait_for(lambda: self.get(port) == (200, {"n": 7}), "the first answer")
        finally:
            process.send_signal(signal.SIGTERM)
            self.assertEqual(process.wait(20), 0)

    def test_dev_follows_changes_and_keeps_the_old_server_on_mistakes(self):
        where, port = small(), free_port()
        process = subprocess.Popen([str(harness.ROBYNC), "dev", str(where), "--", "--port", str(port)],
                                   stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
        try:
            wait_for(lambda: self.get(port) == (200, {"n": 7}), "the first answer")
            (where / "handlers.c").write_text(HANDLER.replace("(void)ctx;", "oops;"))
            for line in process.stderr:
                if "Keeping" in line:
                    break
            self.assertEqual(self.get(port), (200, {"n": 7}))
            (where / "handlers.c").write_text(HANDLER.replace("in->n}", "in->n + 1}"))
            wait_for(lambda: self.get(port) == (200, {"n": 8}), "the changed answer")
        finally:
            process.send_signal(signal.SIGINT)
            process.stderr.close()
            self.assertEqual(process.wait(20), 0)
        self.assertIsNone(self.get(port))

    def test_a_port_in_use_is_one_sentence_and_exit_2(self):
        binary = harness.build(small())
        with harness.Server(binary) as server:
            second = subprocess.run([str(binary), "--port", str(server.port)], capture_output=True, text=True, timeout=20)
        self.assertEqual(second.returncode, 2)
        self.assertEqual(second.stderr.count("\n"), 1, second.stderr)
        self.assertIn(str(server.port), second.stderr)


if __name__ == "__main__":
    unittest.main()
