"""examples/orders against its FastAPI twin: a few thousand requests, and the documents."""

import unittest
import urllib.parse

import harness
import twin

GOOD = {"id": 7, "name": "Ada Lovelace", "email": "ada@example.org", "age": 36, "price": 12.5, "quantity": 3,
        "active": True, "tags": ["a", "b"], "note": None, "country": "GB"}
VALUES = ["1", "0", "-1", "7", "100", "101", "abc", "", " 5 ", "1_0", "1.0", "1.5", "9223372036854775807",
          "9223372036854775808", "é", "%", "a b", "true", "99999999999999999999", "+3", "0x10", "1e2"]


def requests(pick, count):
    yield "GET", "/", None, {}
    for body in twin.bodies([GOOD], pick, count):
        kind = pick.choice(["application/json"] * 12 + ["application/json; charset=utf-8", "text/plain", "application/vnd.api+json", ""])
        yield "POST", "/orders", body, {"Content-Type": kind} if kind else {}
    for _ in range(count):
        quote = urllib.parse.quote
        path = "/items/" + quote(pick.choice(VALUES), safe="")
        query = "&".join(name + "=" + quote(pick.choice(VALUES), safe="") for name in pick.choices(["limit", "q", "other"], k=pick.randrange(4)))
        yield "GET", path + ("?" + query if query else ""), None, {}
    for method in ("POST", "PUT", "DELETE", "PATCH"):
        for path in ("/", "/items/3", "/nowhere", "/items/", "/items"):
            yield method, path, None, {}


class Orders(unittest.TestCase):
    def test_answers(self):
        where = harness.example("orders")
        pick = twin.chooser(2026)
        theirs = twin.FastAPIServer("orders_app")
        try:
            with harness.Server(harness.build(where)) as ours:
                wrong = twin.compare(ours, theirs, requests(pick, 1500))
        finally:
            theirs.stop()
        self.assertFalse(wrong, f"{len(wrong)} answers differ\n" + "\n".join(wrong[:10]))

    def test_documents(self):
        self.assertEqual(twin.document_differences("orders", "orders_app"), {})


if __name__ == "__main__":
    unittest.main()
