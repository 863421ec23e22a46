"""The JSON test suite's documents as bodies of type `json`."""

import json
import unittest

import harness

SPEC = """
api "Documents" version "1"
POST /any (body: json) -> json = native any
"""
CODE = """
#include "documents/handlers.h"
documents_any_out documents_any(rob_ctx *ctx, const documents_any_in *in)
{
    (void)ctx;
    return documents_any_ok(in->body);
}
"""
# What CPython's json module takes and RFC 8259 does not (wire.md, marked with a dagger there).
STRICTER = {"n_number_NaN.json": "Expecting value", "n_number_infinity.json": "Expecting value"}


class JsonDocuments(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        where = harness.write(harness.folder("documents"), {"documents.api": SPEC, "documents.c": CODE})
        cls.server = harness.Server(harness.build(where))
        cls.connection = cls.server.connect()

    @classmethod
    def tearDownClass(cls):
        cls.connection.close()
        cls.server.stop()

    def post(self, path):
        headers = {"Content-Type": "application/json"}
        return harness.exchange(self.connection, "POST", "/any", path.read_bytes(), headers)

    def test_accepts_what_is_json(self):
        paths = sorted((harness.SHARED / "json/accept").iterdir())
        self.assertEqual(len(paths), 95)
        for path in paths:
            with self.subTest(path.name):
                status, _, answer = self.post(path)
                self.assertEqual(status, 200, answer)
                self.assertEqual(json.loads(answer), json.loads(path.read_bytes()))

    def test_rejects_what_is_not_with_fastapis_words(self):
        paths = sorted((harness.SHARED / "json/reject").iterdir())
        self.assertEqual(len(paths), 96)
        with open(harness.SHARED / "json/reject-answers.jsonl") as lines:
            answers = {row["file"]: row for row in map(json.loads, lines)}
        for path in paths:
            with self.subTest(path.name):
                status, _, answer = self.post(path)
                if path.name in answers:
                    self.assertEqual((status, answer.decode()), (answers[path.name]["status"], answers[path.name]["answer"]))
                else:
                    self.assertEqual(status, 422)
                    self.assertEqual(json.loads(answer)["detail"][0]["ctx"]["error"], STRICTER[path.name])


if __name__ == "__main__":
    unittest.main()
