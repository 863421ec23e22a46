"""Declared redirects: values encoded again, the query kept, no way to another host."""

import unittest

import harness

SPEC = """
api "Away" version "1"
GET /plain/{name: str} = redirect 307 "/new/{name}"
GET /rest/{rest: path} = redirect 308 "/v1/{rest}"
GET /asked/{name: str} = redirect 302 "/find?q={name}"
GET /part/{name: str} = redirect 303 "/page/{name}#top"
"""


class Redirects(unittest.TestCase):
    def test_locations(self):
        where = harness.write(harness.folder("away"), {"away.api": SPEC})
        expected = {
            "/plain/a": (307, "/new/a"),
            "/plain/a?x=1&y=%20": (307, "/new/a?x=1&y=%20"),
            "/plain/a%2Fb%20%C3%A9%3F%23": (307, "/new/a%2Fb%20%C3%A9%3F%23"),
            "/rest/": (308, "/v1/"),
            "/rest/a/b//c": (308, "/v1/a/b//c"),
            "/rest//evil.example": (308, "/v1//evil.example"),
            "/asked/tea": (302, "/find?q=tea"),
            "/asked/tea?x=1": (302, "/find?q=tea&x=1"),
            "/part/1?x=1": (303, "/page/1?x=1#top"),
        }
        with harness.Server(harness.build(where)) as server:
            for target, answer in expected.items():
                with self.subTest(target):
                    status, headers, body = server.request("GET", target)
                    self.assertEqual((status, headers["Location"], body), (*answer, b""))

    def test_a_target_that_could_name_a_host_is_refused(self):
        for target in ("//x", "/{rest}", "{rest}", "http://{rest}"):
            with self.subTest(target):
                spec = f'api "Away" version "1"\nGET /r/{{rest: path}} = redirect 307 "{target}"\n'
                where = harness.write(harness.folder("away"), {"away.api": spec})
                self.assertEqual(harness.robync("check", where).returncode, 1)


if __name__ == "__main__":
    unittest.main()
