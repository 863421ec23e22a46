"""Handlers in Python, over real sockets: what they get, what they answer, how they fail."""

import json
import os
import re
import shutil
import sys
import threading
import time
import unittest
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "e2e"))

from harness import Server, build, exchange, folder  # noqa: E402

FLAGS = ["--threads", "2", "--access-log", "off"]
ALL = {
    "i": 1, "f": 1.5, "b": True, "s": "é", "raw": "AAE=", "u": "12345678-1234-5678-1234-567812345678",
    "at": "2020-01-02T03:04:05.678900+01:00", "day": "2020-02-29", "clock": "23:59:59", "took": "P1DT2H",
    "price": "12.50", "role": "read-only", "level": 2, "kind": "a", "names": ["a", "b"], "counts": {"x": 1, "ü": 2},
    "any": {"a": [1, None, "x", 1.5]}, "note": None,
}


def resident(server):
    text = Path(f"/proc/{server.process.pid}/status").read_text()
    return int(re.search(r"VmRSS:\s+(\d+)", text).group(1))


class Handlers(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        where = folder("python") / "twin"
        shutil.copytree(HERE / "twin", where, ignore=shutil.ignore_patterns("build", "__pycache__"))
        options = ["--python", os.environ["ROBYNC_TEST_INTERPRETER"]] if "ROBYNC_TEST_INTERPRETER" in os.environ else []
        cls.binary = build(where, *options)
        cls.server = Server(cls.binary, *FLAGS, "--timeout", "2s")

    @classmethod
    def tearDownClass(cls):
        assert cls.server.stop() == 0

    def get(self, target, headers=None):
        status, got, body = self.server.request("GET", target, headers=headers)
        return status, got, json.loads(body) if got.get("Content-Type") == "application/json" else body

    # ------------------------------------------------------------------ values

    def test_parameters_come_by_name_and_models_go_out(self):
        for path in ("/items", "/async-items"):
            self.assertEqual(self.get(f"{path}/3?limit=5&q=%C3%A9")[2], {"id": 3, "limit": 5, "q": "é"})
            self.assertEqual(self.get(f"{path}/4")[2], {"id": 4, "limit": 10, "q": None})
        self.assertEqual(self.get("/items/4?role=admin&role=read-only")[0], 200)
        self.assertEqual(self.get("/items/0?limit=x")[0], 422)

    def test_every_type_makes_the_round_trip(self):
        for path in ("/all", "/all/async"):
            for more in ({}, {"nick": "n"}, {"parent": {**ALL, "kind": True, "level": 1}}):
                self.assertEqual(self.server.json("POST", path, {**ALL, **more}), (200, {**ALL, **more}), (path, more))

    def test_tagged_unions_are_classes_of_their_own(self):
        card = {"kind": "card", "last4": "1234"}
        iban = {"kind": "iban", "iban": "GB82WEST12345698765432"}
        self.assertEqual(self.server.json("POST", "/pay", card), (200, card))
        self.assertEqual(self.server.json("POST", "/pay", iban), (200, iban))
        self.assertEqual(self.server.json("POST", "/pay", {**card, "last4": "0000"}), (200, {**card, "last4": "1111"}))

    def test_unions_keep_their_arm(self):
        for value in (1, "1", {"last4": "1234"}):
            self.assertEqual(self.server.json("POST", "/either", value), (200, value))

    def test_three_states_are_told_apart(self):
        for given in ({}, {"title": None}, {"title": "x"}, {"title": "x", "from": 1}):
            names = sorted("from_" if name == "from" else name for name in given)
            self.assertEqual(self.server.json("PATCH", "/patch", given), (200, {"given": names, "back": given}))

    def test_undeclared_members_stay(self):
        value = {"id": 1, "more": [1, {"a": None}]}
        self.assertEqual(self.server.json("POST", "/loose", value), (200, value))

    def test_text_bodies(self):
        self.assertEqual(self.server.request("POST", "/text", "é".encode())[2].decode(), "É")

    # ------------------------------------------------------------------ answers

    def test_declared_errors_are_exceptions(self):
        for path in ("/items", "/async-items"):
            self.assertEqual(self.get(f"{path}/404")[::2], (404, {"detail": "Not Found"}))
            self.assertEqual(self.get(f"{path}/409")[::2], (409, {"field": "id"}))
            status, headers, body = self.get(f"{path}/401")
            self.assertEqual((status, headers["WWW-Authenticate"], body), (401, "Basic", {"detail": "Not authenticated"}))

    def test_http_exception_and_invalid(self):
        for path in ("/items", "/async-items"):
            status, headers, body = self.get(f"{path}/418")
            self.assertEqual((status, headers["X-Pot"], body), (418, "yes", {"detail": {"why": ["tea"]}}))
            status, _, body = self.get(f"{path}/422")
            self.assertEqual((status, body["detail"][0]["loc"], body["detail"][0]["msg"]), (422, ["path", "id"], "not that one"))

    def test_value_status_headers(self):
        status, headers, body = self.get("/made/x")
        self.assertEqual((status, headers["location"], body), (201, "/here", {"id": 1, "limit": 2, "q": "q"}))
        status, headers, _ = self.get("/made/plain")
        self.assertEqual((headers["ETag"], headers["X-Own"]), ('"x"', "5"))
        self.assertIn("sid=abc", headers["Set-Cookie"])
        self.assertEqual(self.get("/made/none")[0], 204)
        for how in ("undeclared", "lacking", "split"):
            self.assertEqual(self.get(f"/made/{how}")[0], 500, how)

    def test_responses(self):
        status, headers, body = self.get("/response/json")
        self.assertEqual((status, headers["X-A"], body), (202, "b", {"a": "é"}))
        self.assertEqual(self.get("/response/text")[2], b"hello")
        self.assertEqual(self.get("/response/html")[0], 400)
        self.assertEqual(self.get("/response/redirect")[:2][1]["Location"], "/native")
        self.assertEqual(self.get("/response/bytes")[2], b"\x00\xff")
        self.assertEqual(self.get("/response/empty")[0], 204)
        self.assertEqual(self.get("/response/plain")[2], [1, {"a": None}])

    def test_what_the_type_forbids_is_a_500(self):
        self.assertEqual(self.get("/narrow/fits")[2], {"n": 1, "tags": []})
        self.assertEqual(self.get("/narrow/large")[0], 500)
        self.assertEqual(self.get("/narrow/many")[0], 500)

    def test_request_by_annotation(self):
        body = self.get("/request?a=1", {"x-test": "v"})[2]
        self.assertEqual(body, {"x": "v", "method": "GET", "path": "/request", "query": "a=1", "agent": "v", "client": "127.0.0.1"})

    def test_startup_hooks_ran_in_order_and_state_is_shared(self):
        self.assertEqual(self.get("/state")[2], {"order": ["sync", "async"]})

    def test_a_context_variable_ends_with_its_request(self):
        self.assertEqual([self.get("/context")[2] for _ in range(20)], ["unset"] * 20)

    # ------------------------------------------------------------------ time

    def at_once(self, targets):
        answers = {}

        def ask(index, target):
            answers[index] = self.get(target)

        began = time.monotonic()
        threads = [threading.Thread(target=ask, args=item) for item in enumerate(targets)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        return time.monotonic() - began, [answers[i][0] for i in range(len(targets))]

    def test_a_handler_that_blocks_stalls_nobody(self):
        took, answers = self.at_once(["/block/600"] * 8 + ["/sleep/600"] * 8 + ["/items/1", "/async-items/1", "/native"] * 4)
        self.assertEqual(set(answers), {200})
        self.assertLess(took, 5)  # one after the other: 9.6 s

    def test_a_deadline_is_a_504_and_cancels(self):
        before = self.get("/cancelled")[2]
        began = time.monotonic()
        self.assertEqual(self.get("/sleep/9000")[0], 504)
        self.assertEqual(self.get("/block/3500")[0], 504)
        self.assertLess(time.monotonic() - began, 11)
        self.assertEqual(self.get("/cancelled")[2], before + 1)
        self.assertEqual(self.get("/items/1")[0], 200)

    def test_a_client_that_leaves_cancels_its_coroutine(self):
        with Server(self.binary, *FLAGS) as server:
            connection = server.connect()
            connection.request("GET", "/sleep/15000")
            time.sleep(0.2)
            connection.close()
            ends = time.monotonic() + 12
            while server.json("GET", "/cancelled")[1] == 0 and time.monotonic() < ends:
                time.sleep(0.1)
            self.assertEqual(server.json("GET", "/cancelled")[1], 1)

    def test_a_full_queue_is_a_503_that_says_when_to_come_back(self):
        with Server(self.binary, *FLAGS, "--timeout", "3s", "--max-connections-per-address", "3000") as server:
            connections = [server.connect() for _ in range(1024 + 64 + 40)]
            for connection in connections:
                connection.request("GET", "/block/1500")
            statuses = {}
            for connection in connections:
                response = connection.getresponse()
                statuses.setdefault(response.status, response.getheader("Retry-After"))
                connection.close()
            self.assertEqual(statuses.get(503), "1")
            self.assertLessEqual(set(statuses), {200, 503, 504})

    # ------------------------------------------------------------------ failures

    WAYS = ["raise", "exit", "interrupt", "recursion", "memory", "generator-exit", "stop-iteration", "none", "str", "int",
            "list", "empty-dict", "wrong-field", "huge-int", "surrogate", "object", "circle", "class", "undeclared",
            "slots", "tuple", "exception-in-str"]

    def test_every_failure_is_a_500_that_tells_nothing_and_memory_stays_flat(self):
        rounds = int(os.environ.get("ROBYNC_BAD_ROUNDS", "50"))
        with Server(self.binary, *FLAGS) as server:
            drain = threading.Thread(target=server.process.stderr.read, daemon=True)
            drain.start()
            connection = server.connect()

            def once():
                for path in ("/bad/", "/async-bad/"):
                    for way in self.WAYS:
                        status, headers, body = exchange(connection, "GET", path + way)
                        self.assertEqual((status, body), (500, b"Internal Server Error"), path + way)
                        self.assertRegex(headers["X-Request-Id"], "^[0-9a-f]{16}$")

            for _ in range(rounds // 2):
                once()
            before = resident(server)
            for _ in range(rounds):
                once()
            self.assertLess(resident(server) - before, 3072)
            self.assertEqual(exchange(connection, "GET", "/items/1")[0], 200)
            connection.close()
            server.process.terminate()
            server.process.wait(20)
            drain.join(5)
            self.assertEqual(server.process.returncode, 0)
            server.process.stderr.close()
            server.stop = lambda: 0

    def test_the_log_has_the_traceback_under_the_id_that_the_client_got(self):
        server = Server(self.binary, *FLAGS)
        identifier = server.request("GET", "/bad/raise")[1]["X-Request-Id"]
        server.request("GET", "/bad/wrong-field")
        server.process.terminate()
        log = server.process.communicate(timeout=20)[1]
        self.assertRegex(log, rf"(?s){identifier} GET /bad/\{{how\}}\nTraceback.*handlers.py.*ZeroDivisionError")
        self.assertIn("`id`: expected an int, not str", log)
        self.assertIn("ended", log)


if __name__ == "__main__":
    unittest.main()
