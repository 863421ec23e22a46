"""examples/store against its FastAPI twin: a few thousand requests in one order, and the documents.

Both keep state, so a request that one of them takes and the other refuses shows in all that follows.
"""

import itertools
import json
import unittest
import urllib.parse

import harness
import twin

NAMES = ["ada", "bob-2", "cy-the-third", "d" * 40, "eve", "x" * 41, "No", "a b"]
USERS = [
    {"name": "ada", "email": "ada@example.org", "role": "admin", "age": 36, "bio": None, "tags": ["a", "b"]},
    {"name": "bob-2", "email": "Bob <bob@EXAMPLE.org>", "bio": "é\u0000\n\"\\", "tags": []},
    {"name": "cy", "email": "c@d.io", "bio": "", "role": "read-only", "age": 0},
]
PATCHES = [{"role": "editor"}, {"age": None, "bio": None}, {"age": 7, "bio": "new"}, {}]
PRODUCTS = [
    {"sku": "lamp", "title": "A \"lamp\", small", "price": "12.50", "priority": 9, "size": {"width": 1, "height": 2.5},
     "labels": {"color": "red", "naïve": ""}, "homepage": "http://Example.ORG", "webhook": "https://example.org/hook", "released": "2024-02-29",
     "extra": {"a": [1, "2", None, True]}},
    {"sku": "desk", "title": "Desk", "price": 120, "size": "none", "extra": None},
    {"sku": "pen", "title": "Pen", "price": 0.5, "priority": 1, "labels": {}},
]
PAYMENTS = [
    {"amount": "12.50", "payment": {"kind": "card", "last4": "1234"}},
    {"amount": 3, "payment": {"kind": "iban", "iban": "DE89370400440532013000"}},
]
TREES = [{"name": "root", "children": [{"name": "a"}, {"name": "b", "children": [{"name": "c", "children": []}]}]}, {"name": "x"}]
VALUES = ["", "0", "1", "2", "-1", "20", "100", "101", "1.0", "1_0", " 3 ", "x", "é", "%", "a b", "true", "12.5", "1e2",
          "admin", "read-only", "nobody", "a" * 81, "\u0000", "99999999999999999999"]


def quote(text):
    return urllib.parse.quote(text, safe="")


def query(pick, names):
    pairs = [name + "=" + quote(pick.choice(VALUES)) for name in pick.choices(names, k=pick.randrange(4))]
    return "?" + "&".join(pairs) if pairs else ""


def user_id(pick):
    return quote(str(pick.choice([*range(1, 60), 0, -1, 10**6, "x", "1.0", "+2", "99999999999999999999"])))


def json_headers(pick):
    kinds = ["application/json"] * 14 + ["application/json; charset=utf-8", "application/ld+json", "text/plain", "x/y", ""]
    kind = pick.choice(kinds)
    return {"Content-Type": kind} if kind else {}


def posts(pick, count, method, path, good):
    for body in twin.bodies(good, pick, count):
        yield method, path(pick), body, json_headers(pick)


def named(users, pick):
    """Fresh names, so that many are created, and a few that are taken."""
    return [{**user, "name": pick.choice(NAMES[:5] + [f"user-{pick.randrange(200)}"] * 5)} for user in users for _ in range(20)]


def gets(pick, count):
    for _ in range(count):
        yield "GET", "/v1/users" + query(pick, ["role", "role", "offset", "limit", "other"]), None, {}
        etag = {"If-None-Match": pick.choice(['"1-1"', '"2-1"', "*", 'W/"1-1"', "", "é"])} if pick.random() < 0.4 else {}
        yield "GET", "/v1/users/" + user_id(pick), None, etag
        yield "GET", "/v1/products" + query(pick, ["q", "max_price", "offset", "limit"]), None, {}
        yield "GET", "/v1/products/" + quote(pick.choice(["lamp", "desk", "pen", "no", "Lamp", "nothing", "é"])), None, {}
        yield "GET", "/hello" + query(pick, ["name", "other"]), None, {}
        yield "GET", "/old/" + quote(pick.choice(VALUES)) + pick.choice(["", "/", "/x/y", "?a=b%20c&d"]), None, {}
    yield from (("GET", path, None, {}) for path in ("/", "/healthz", "/v1/products/export/csv"))


def deletes(pick, count):
    for _ in range(count):
        yield "DELETE", "/v1/users/" + user_id(pick), None, {}


def forms(pick, count):
    for _ in range(count):
        pairs = [(pick.choice(["name", "name", "password", "other"]), pick.choice(NAMES + VALUES + ["sesame"])) for _ in range(pick.randrange(4))]
        if pick.random() < 0.3:
            pairs = [("name", pick.choice(NAMES)), ("password", pick.choice(["sesame", "wrong"]))]
        if pick.random() < 0.3:
            parts = [f'--XX\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n' for name, value in pairs]
            yield "POST", "/session", ("".join(parts) + "--XX--\r\n").encode(), {"Content-Type": "multipart/form-data; boundary=XX"}
        else:
            kind = pick.choice(["application/x-www-form-urlencoded"] * 5 + ["application/json", ""])
            yield "POST", "/session", urllib.parse.urlencode(pairs).encode(), {"Content-Type": kind} if kind else {}
        cookie = pick.choice([{}, {"Cookie": "sid=" + quote(pick.choice(VALUES))}, {"Cookie": "a=b; sid=x; sid=y"}])
        yield "GET", "/session", None, cookie


def raw_bodies(pick, count):
    for _ in range(count):
        body = bytes(pick.randrange(256) for _ in range(pick.choice([0, 1, 10, 5000])))
        yield "POST", "/v1/fingerprint", body, {"Content-Type": "application/octet-stream"}


def strays(pick, count):
    paths = ["/v1/users", "/v1/users/", "/v1/users/1", "/v1/users/1/", "/v1/users/1/pay", "/v1/products/", "/v1/products/lamp",
             "/session", "/session/", "/nowhere", "/v1", "/hello/", "/v1/categories/count/", "/old", "/old/", "//hello"]
    for _ in range(count):
        yield pick.choice(["GET", "POST", "PUT", "PATCH", "DELETE"]), pick.choice(paths), None, {}


def requests(pick, count):
    """All kinds, a few of each at a time."""
    kinds = [
        posts(pick, count * 3, "POST", lambda _: "/v1/users", named(USERS, pick)),
        posts(pick, count * 2, "PATCH", lambda pick: "/v1/users/" + user_id(pick), PATCHES),
        posts(pick, count, "POST", lambda pick: f"/v1/users/{user_id(pick)}/pay", PAYMENTS),
        posts(pick, count * 3, "PUT", lambda pick: "/v1/products/" + pick.choice(["lamp", "desk", "pen"]), PRODUCTS),
        posts(pick, count, "POST", lambda _: "/v1/categories/count", TREES),
        gets(pick, count // 2), deletes(pick, count // 4), forms(pick, count // 2), raw_bodies(pick, count // 10),
        strays(pick, count // 2),
    ]
    while kinds:
        kind = pick.choice(kinds)
        some = list(itertools.islice(kind, 3))
        yield from some
        if not some:
            kinds.remove(kind)


def session_of(server, name):
    """Signs in; gives what the session then says, and what it says once its user is gone."""
    form = urllib.parse.urlencode({"name": name, "password": "sesame"}).encode()
    connection = server.connect()
    status, headers, _ = harness.exchange(connection, "POST", "/session", form, {"Content-Type": "application/x-www-form-urlencoded"})
    cookie = {"Cookie": {name.lower(): value for name, value in headers.items()}["set-cookie"].split(";")[0]}
    before = twin.answer_of(connection, ("GET", "/session", None, cookie))
    gone = twin.answer_of(connection, ("DELETE", f"/v1/users/{json.loads(before[2])['id']}", None, {}))
    after = twin.answer_of(connection, ("GET", "/session", None, cookie))
    connection.close()
    return status, before, gone, after


class Store(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.theirs = twin.FastAPIServer("store_app")
        cls.addClassCleanup(cls.theirs.stop)
        cls.ours = cls.enterClassContext(harness.Server(harness.build(harness.example("store"))))

    def compare(self, requests):
        wrong = twin.compare(self.ours, self.theirs, requests)
        self.assertFalse(wrong, f"{len(wrong)} answers differ\n" + "\n".join(wrong[:12]))

    def test_answers(self):
        self.compare(requests(twin.chooser(2026), 300))

    def test_sessions(self):
        user = json.dumps({"name": "sign-in", "email": "s@example.org", "bio": None}).encode()
        self.compare([("POST", "/v1/users", user, {"Content-Type": "application/json"})])
        self.assertEqual(session_of(self.ours, "sign-in"), session_of(self.theirs, "sign-in"))

    def test_z_a_full_shop(self):
        users = (json.dumps({"name": f"many-{i}", "email": "m@example.org", "bio": None}).encode() for i in range(1001))
        self.compare([("POST", "/v1/users", user, {"Content-Type": "application/json"}) for user in users])
        self.compare([("GET", "/v1/users?limit=1&offset=999", None, {})])

    def test_documents(self):
        self.assertEqual(twin.document_differences("store", "store_app"), {})


if __name__ == "__main__":
    unittest.main()
