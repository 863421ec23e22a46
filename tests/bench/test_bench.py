"""robync bench, as a person and as a script use it. Runs are as short as they can be: no speed is judged."""

import html.parser
import json
import pathlib
import re
import sys
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "e2e"))
import harness

SHORT = ["--duration", "60ms", "--rounds", "2", "--connections", "4"]

HANDLER = """#include "two/handlers.h"
two_answer_out two_answer(rob_ctx *ctx, const two_answer_in *in)
{
    (void)ctx;
    return two_answer_ok(&(two_answer_response){.value = in->n});
}
"""


def spec(constant):
    return f"""api "Two" version "1"
GET /answer (n: int = 42) -> {{ value: int }} = native answer
GET /other -> {{ value: int }} = const {{ value: {constant} }}
"""


def bench(where, *options):
    return harness.robync("bench", where, *options, timeout=240)


def results(where, *options):
    done = bench(where, *SHORT, "--json", *options)
    assert done.returncode == 0, done.stdout + done.stderr
    return json.loads(done.stdout)


class Page(html.parser.HTMLParser):
    """Whether tags are closed in order, how many there are of each, and what is said."""

    EMPTY = {"meta", "line", "path", "circle", "rect", "br"}

    def __init__(self, text):
        super().__init__()
        self.open, self.count, self.text = [], {}, ""
        self.feed(text)
        self.close()

    def handle_starttag(self, tag, attributes):
        self.count[tag] = self.count.get(tag, 0) + 1
        if tag not in {"meta"}:
            self.open.append(tag)

    def handle_startendtag(self, tag, attributes):
        self.count[tag] = self.count.get(tag, 0) + 1

    def handle_endtag(self, tag):
        assert self.open and self.open[-1] == tag, f"</{tag}> closes {self.open[-3:]}"
        self.open.pop()

    def handle_data(self, data):
        self.text += data


class Fibonacci(unittest.TestCase):
    """The example with three sizes: JSON and page of one run."""

    @classmethod
    def setUpClass(cls):
        cls.page_path = harness.folder("page") / "bench.html"
        cls.report = results(harness.example("fibonacci"), "--html", cls.page_path, "--value", "n=1,2,3")

    def test_measures_each_value(self):
        self.assertEqual([c["target"] for c in self.report["cases"]], ["/fibonacci/1", "/fibonacci/2", "/fibonacci/3"])
        self.assertEqual({c["route"] for c in self.report["cases"]}, {"GET /fibonacci/{n}"})
        self.assertEqual({c["status"] for c in self.report["cases"]}, {200})

    def test_numbers_fit_each_other(self):
        for case in self.report["cases"]:
            for side in case["implementations"]:
                self.assertEqual(side["requests"], sum(r["requests"] for r in side["rounds"]))
                self.assertEqual(len(side["rounds"]), 2)
                self.assertEqual([side[k] for k in ("not_2xx", "broken", "abandoned", "unconnected")], [0, 0, 0, 0])
                latency = side["latency_us"]
                order = [latency[k] for k in ("min", "p50", "p90", "p99", "p99.9", "max")]
                self.assertEqual(order, sorted(order))
                self.assertGreater(side["cpu_us_per_request"], 0)
                self.assertGreater(side["memory_bytes"], 2**19)
                curve = side["percentiles_us"]
                self.assertEqual(curve, sorted(curve))

    def test_the_first_implementation_is_the_measure_of_the_others(self):
        for case in self.report["cases"]:
            self.assertEqual(case["implementations"][0]["implementation"], "native fibonacci")
            self.assertEqual(case["implementations"][0]["cpu_ratio_to_first"], 1)

    def test_the_page_is_whole_and_names_no_other_place(self):
        text = self.page_path.read_text()
        page = Page(text)
        self.assertEqual(page.open, [])
        self.assertEqual(page.count["section"], 4, "an overview and a section for each value")
        sides = sum(len(case["implementations"]) for case in self.report["cases"])
        self.assertEqual(page.count["svg"], 3 * 5)
        self.assertEqual(text.count('class="curve'), sides)
        self.assertIn("native fibonacci", page.text)
        for foreign in ("http:", "https:", "src=", "url(", "@import", "<script", "@{", "nan", "inf "):
            self.assertNotIn(foreign, text)


class Orders(unittest.TestCase):
    def test_bodies_and_queries_are_made_of_the_schema(self):
        report = results(harness.example("orders"))
        self.assertEqual([c["status"] for c in report["cases"]], [200, 200, 200])
        order = json.loads(report["cases"][2]["body"])
        self.assertRegex(order["email"], r"^[^@\s]+@[^@\s]+\.[a-z]+$")
        self.assertEqual(len(order["country"]), 2)

    def test_an_open_loop_sends_at_its_rate(self):
        report = results(harness.example("orders"), "--rate", "500", "--route", "items")
        self.assertEqual(report["settings"]["rate"], 500)
        side = report["cases"][0]["implementations"][0]
        self.assertEqual([r["requests"] for r in side["rounds"]], [30, 30])


class Store(unittest.TestCase):
    def test_no_route_refuses_the_request_made_for_it(self):
        """The tour of the language has every source and most types."""
        report = results(harness.example("store"), "--route", "/", "--duration", "300ms", "--rounds", "1")
        statuses = {c["route"]: c["status"] for c in report["cases"]}
        self.assertGreater(len(statuses), 10)
        self.assertEqual([route for route, status in statuses.items() if status in (400, 405, 415, 422, 500)], [])


class SeveralImplementations(unittest.TestCase):
    """A handler in C beside a constant: two implementations that need nothing more."""

    def two(self, constant):
        text = spec(constant).replace("= native answer", f"= native answer, const {{ value: {constant} }}")
        text = text.replace("(n: int = 42)", "").replace("GET /other", "GET /third")
        handler = HANDLER.replace("in->n", "42").replace("const two_answer_in *in", "const two_answer_in *in")
        handler = handler.replace("(void)ctx;", "(void)ctx;\n    (void)in;")
        return harness.write(harness.folder("two"), {"routes.api": text, "two.c": handler})

    def test_take_turns_under_the_same_load(self):
        report = results(self.two(42))
        self.assertEqual(len(report["cases"]), 1, "a route without a choice is not measured")
        case = report["cases"][0]
        self.assertTrue(case["same_answers"])
        self.assertEqual([s["implementation"] for s in case["implementations"]], ["native answer", "const"])
        self.assertGreater(case["implementations"][1]["cpu_ratio_to_first"], 0)

    def test_that_differ_are_not_measured(self):
        where = self.two(43)
        done = bench(where, *SHORT, "--json")
        self.assertEqual(done.returncode, 1, done.stderr)
        self.assertEqual(done.stdout, "")
        self.assertIn('differ in the bodies from byte 10 on: `{"value":42}` and `{"value":43}`', done.stderr)
        report = results(where, "--force")
        self.assertFalse(report["cases"][0]["same_answers"])
        self.assertEqual(len(report["cases"][0]["implementations"]), 2)


class NativeAgainstPython(unittest.TestCase):
    """The example in C, and the same in Python."""

    MODULE = "def number(n):\n    return n if n < 2 else number(n - 1) + number(n - 2)\n\n\n" \
             "def fibonacci(n: int):\n    return {'n': n, 'value': number(n)%s}\n"

    def both(self, more):
        text = (harness.ROOT / "examples/fibonacci/fibonacci.api").read_text()
        text = re.sub(r"= native fibonacci.*", '= native fibonacci, python "twin:fibonacci"', text)
        handler = (harness.ROOT / "examples/fibonacci/fibonacci.c").read_text()
        files = {"fibonacci.api": text, "fibonacci.c": handler, "twin.py": self.MODULE % more}
        return harness.write(harness.folder("both"), files)

    def test_give_the_same_answers_and_take_turns(self):
        case, = results(self.both(""), "--value", "n=12")["cases"]
        self.assertTrue(case["same_answers"])
        self.assertEqual([s["implementation"] for s in case["implementations"]],
                         ["native fibonacci", "python twin:fibonacci"])
        native, python = case["implementations"]
        self.assertEqual(python["not_2xx"] + python["broken"] + python["abandoned"], 0)
        # An interpreter is in the one process and not in the other.
        self.assertGreater(python["memory_bytes"], native["memory_bytes"])

    def test_a_slip_in_one_of_them_is_found(self):
        done = bench(self.both(" + 1"), *SHORT, "--value", "n=12")
        self.assertEqual(done.returncode, 1, done.stderr)
        self.assertIn('`{"n":12,"value":144}` and `{"n":12,"value":145}`', done.stderr)


class Words(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        text = spec(1)
        cls.where = harness.write(harness.folder("words"), {"routes.api": text, "two.c": HANDLER})

    def test_the_table_has_a_line_for_each_implementation(self):
        done = bench(self.where, *SHORT)
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertRegex(done.stdout, r"(?m)^GET /answer\?n=42  200$")
        self.assertRegex(done.stdout, r"(?m)^ +requests/s +p50 +p90 +p99 +p99.9 +CPU/request +memory$")
        self.assertRegex(done.stdout, r"(?m)^  native answer +[\d,]+ +")
        self.assertNotIn("\x1b", done.stdout + done.stderr)
        self.assertIn("Measuring /answer?n=42 · native answer", done.stderr)

    def test_quiet_says_nothing_and_output_goes_to_a_file(self):
        path = harness.folder("out") / "bench.json"
        done = bench(self.where, *SHORT, "--json", "-q", "-o", path)
        self.assertEqual((done.returncode, done.stdout, done.stderr), (0, "", ""))
        self.assertEqual(len(json.loads(path.read_text())["cases"]), 2)

    def test_what_makes_no_sense_is_refused_in_a_sentence(self):
        for options, said in ((["--rounds", "0"], "--rounds takes a whole number from 1 to 64, not `0`"),
                              (["--rate", "fast"], "--rate takes a whole number"),
                              (["--duration", "2"], "--duration takes a time from 1ms to 60min"),
                              (["--value", "n"], "--value takes NAME=VALUE"),
                              (["--value", "m=1"], "no measured route has a parameter `m`"),
                              (["--value", "n=x"], "no value is known for `n`"),
                              (["--route", "/nowhere"], "no route to measure matches /nowhere"),
                              (["--html", "/nowhere/x.html", *SHORT], "cannot write /nowhere/x.html")):
            done = bench(self.where, *options)
            self.assertEqual(done.returncode, 2, f"{options}: {done.stderr}")
            self.assertIn(said, done.stderr)

    def test_two_native_functions_for_one_route_are_refused(self):
        text = spec(1).replace("= native answer", "= native answer, native other")
        done = bench(harness.write(harness.folder("natives"), {"routes.api": text, "two.c": HANDLER}), *SHORT)
        self.assertEqual(done.returncode, 2)
        self.assertIn("only one can be native", done.stderr)

    def test_a_server_that_does_not_start_is_quoted(self):
        done = bench(self.where, *SHORT, "--", "--no-such-option")
        self.assertEqual(done.returncode, 2)
        self.assertIn("no-such-option", done.stderr)


if __name__ == "__main__":
    unittest.main()
