"""Every row of validation/cases.jsonl, posted to a server built by robync, equal to the byte.

One spec holds a body route and a query route for each type; its handlers echo. Rows that this project
answers differently on purpose stand in tests/departures.tsv with the reason, and must really differ.
"""

import csv
import json
import pathlib
import unittest
import urllib.parse

import harness

NAMED = """
enum Role { admin, editor, viewer = "read-only" }
enum Level { low = 1, high = 9 }
model Sub { a: int, b: str = "x" }
@extra(forbid) model Strict { a: int }
model Card { kind: Literal["card"], last4: str(pattern="^[0-9]{4}$") }
model Iban { kind: Literal["iban"], iban: str(min_length=15, max_length=34) }
union Payment by kind { card: Card, iban: Iban }
model Tree { value: int, children: list[Tree] = [] }
"""


def rows():
    with open(harness.SHARED / "validation/cases.jsonl") as lines:
        return [json.loads(line) for line in lines]


def departures():
    """The (type, in, input) of each row that is answered differently on purpose."""
    path = pathlib.Path(__file__).parents[1] / "departures.tsv"
    with open(path, newline="") as lines:
        table = csv.reader((line for line in lines if not line.startswith("#")), delimiter="\t", quoting=csv.QUOTE_NONE)
        return {(kind, where, text) for what, kind, where, text, _ in table if what == "case"}


def spec_and_handlers(types):
    spec = ['api "Cases" version "1"', "server { port: 8000 }", NAMED]
    code = ['#include "cases/handlers.h"', ""]
    for number, (kind, where) in enumerate(types):
        spec.append(f"model M{number} {{ v: {kind} }}")
        if where == "body":
            spec.append(f"POST /c{number} (body: M{number}) -> M{number} = native c{number}")
            answer = f"cases_c{number}_ok(&in->body)"
        else:
            spec.append(f"GET /c{number} (v: {kind}) -> M{number} = native c{number}")
            has = ", .has_v = in->has_v" if kind.endswith("?") else ""
            answer = f"cases_c{number}_ok(&(cases_m{number}){{.v = in->v{has}}})"
        code.append(f"cases_c{number}_out cases_c{number}(rob_ctx *ctx, const cases_c{number}_in *in)\n"
                    f"{{\n    (void)ctx;\n    return {answer};\n}}\n")
    return {"cases.api": "\n".join(spec) + "\n", "cases.c": "\n".join(code)}


class ValidationCases(unittest.TestCase):
    def ask(self, connection, number, row):
        if row["in"] == "body":
            body = ('{"v":%s}' % row["input"]).encode()
            return harness.exchange(connection, "POST", f"/c{number}", body, {"Content-Type": "application/json"})
        return harness.exchange(connection, "GET", f"/c{number}?v=" + urllib.parse.quote(row["input"], safe=""))

    def test_every_row(self):
        table = rows()
        self.assertGreater(len(table), 5000)
        departed = departures()
        types = sorted({(row["type"], row["in"]) for row in table})
        numbers = {key: number for number, key in enumerate(types)}
        where = harness.write(harness.folder("cases"), spec_and_handlers(types))
        wrong = []
        with harness.Server(harness.build(where)) as server:
            connection = server.connect()
            for row in table:
                key = (row["type"], row["in"], row["input"])
                expected = (row["status"], row["answer"])
                status, _, answer = self.ask(connection, numbers[row["type"], row["in"]], row)
                if ((status, answer.decode()) != expected) != (key in departed):
                    wrong.append(f"{key} {'should differ' if key in departed else ''}\n  want {expected}\n  got  {(status, answer.decode())}")
            connection.close()
        self.assertFalse(wrong, f"{len(wrong)} of {len(table)} rows differ\n" + "\n".join(wrong[:20]))
        self.assertLessEqual(departed, {(row["type"], row["in"], row["input"]) for row in table}, "no such rows")


if __name__ == "__main__":
    unittest.main()
