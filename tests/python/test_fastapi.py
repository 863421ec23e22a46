"""The same handlers behind robync and behind FastAPI, answer by answer."""

import itertools
import json
import shutil
import sys
import unittest
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "e2e"))

from harness import ROBYNC, Server, build, folder  # noqa: E402

IDS = ["1", "2", "404", "409", "401", "418", "0", "-1", "x", "1.0", "1e3", "%20 3".replace(" ", "%20"), "07"]
LIMITS = [None, "1", "100", "101", "0", "", "x", "5&limit=6"]
QUERIES = [None, "", "a", "%C3%A9", "+"]
ROLES = [None, "admin", "read-only&role=editor", "viewer", ""]
VALUES = [1, "1", "x", 1.0, 1.5, None, True, [], {}, {"last4": "1234"}, {"last4": 5}, {"value": 1}]


def targets():
    for path in ("/items", "/async-items"):
        for id, limit, q in itertools.product(IDS, LIMITS, QUERIES):
            pairs = [f"{name}={value}" for name, value in (("limit", limit), ("q", q)) if value is not None]
            yield f"{path}/{id}" + ("?" + "&".join(pairs) if pairs else "")
    for role in ROLES:
        yield "/items/1" + (f"?role={role}" if role is not None else "")


class Twins(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        where = folder("twins") / "twin"
        shutil.copytree(HERE / "twin", where, ignore=shutil.ignore_patterns("build", "__pycache__"))
        binary = build(where)
        kit = Path(ROBYNC).resolve().parent / "lib/robync/python"
        sys.path[0:0] = [str(where), str(where / "build/c/python"), str(kit)]
        from fastapi.testclient import TestClient
        import fastapi_app
        cls.twin = TestClient(fastapi_app.app)
        cls.server = Server(binary, "--access-log", "off")

    @classmethod
    def tearDownClass(cls):
        assert cls.server.stop() == 0

    def same(self, method, target, value=None):
        headers = {"Content-Type": "application/json"} if value is not None else {}
        body = value.encode() if value is not None else None
        status, got, answer = self.server.request(method, target, body, headers)
        wanted = self.twin.request(method, target, content=body, headers=headers)
        self.assertEqual((status, answer), (wanted.status_code, wanted.content), target)
        for name in ("WWW-Authenticate", "X-Pot", "Content-Type"):
            self.assertEqual(got.get(name), wanted.headers.get(name), (target, name))

    def test_parameters_errors_and_models(self):
        count = 0
        for target in targets():
            self.same("GET", target)
            count += 1
        self.assertGreater(count, 1000)

    def test_bodies(self):
        for value in VALUES:
            with self.subTest(value=value):
                self.same("POST", "/either", json.dumps(value))


if __name__ == "__main__":
    unittest.main()
