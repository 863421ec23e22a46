"""The 203 routes of the GitHub API, and near misses of each, against a naive matcher."""

import json
import random
import re
import unittest

import harness

METHODS = ["GET", "POST", "PUT", "PATCH", "DELETE"]


def github():
    with open(harness.SHARED / "routes/github.txt") as lines:
        return [tuple(line.split()) for line in lines if line.strip() and not line.startswith("#")]


def spec_of(routes):
    lines = ['api "Github" version "1"']
    for number, (method, path) in enumerate(routes):
        path = re.sub(r":(\w+)", r"{\1: str}", path)
        names = re.findall(r"\{(\w+):", path)
        fields = ", ".join(["route: int"] + [f"{name}: str" for name in names])
        lines.append(f"{method} {path} -> {{ {fields} }} = native r{number}")
    return "\n".join(lines) + "\n"


def handlers_of(routes):
    code = ['#include "github/handlers.h"', ""]
    for number, (_, path) in enumerate(routes):
        names = re.findall(r":(\w+)", path)
        values = ", ".join([f".route = {number}"] + [f".{name} = in->{name}" for name in names])
        unused = "" if names else " (void)in;"
        code.append(f"github_r{number}_out github_r{number}(rob_ctx *ctx, const github_r{number}_in *in)\n{{\n"
                    f"    (void)ctx;{unused}\n"
                    f"    return github_r{number}_ok(&(github_r{number}_response){{{values}}});\n}}\n")
    return "\n".join(code)


def fits(pattern, path):
    """The values of a pattern's parameters in a path; None when it does not fit."""
    left, right = pattern.split("/"), path.split("/")
    if len(left) != len(right):
        return None
    values = {}
    for expected, found in zip(left, right):
        if expected.startswith(":"):
            if not found:
                return None
            values[expected[1:]] = found
        elif expected != found:
            return None
    return values


def naive(routes, method, path):
    """(status, number, values) by trying every route; a literal wins over a parameter, from the left."""
    candidates = [(tuple(part.startswith(":") for part in pattern.split("/")), number, values)
                  for number, (verb, pattern) in enumerate(routes)
                  if verb == method and (values := fits(pattern, path)) is not None]
    if candidates:
        _, number, values = min(candidates)
        return 200, number, values
    if any(fits(pattern, path) is not None for _, pattern in routes):
        return 405, None, None
    other = path[:-1] if path.endswith("/") else path + "/"
    if other and any(fits(pattern, other) is not None for _, pattern in routes):
        return 307, None, None
    return 404, None, None


def near_misses(path, pick):
    parts = path.split("/")
    yield path
    yield path + "/"
    yield path + "x"
    yield path[:-1] or "/"
    yield path + "/more"
    yield "/".join(parts[:-1]) or "/"
    spot = pick.randrange(1, len(parts))
    yield "/".join(parts[:spot] + ["other"] + parts[spot + 1:])
    yield "/".join(parts[:spot] + [parts[spot].upper()] + parts[spot + 1:])


class GithubRoutes(unittest.TestCase):
    def test_all_routes_and_near_misses(self):
        routes = github()
        self.assertEqual(len(routes), 203)
        where = harness.write(harness.folder("github"), {"github.api": spec_of(routes), "github.c": handlers_of(routes)})
        pick = random.Random(203)
        seen = {200: 0, 404: 0, 405: 0, 307: 0}
        with harness.Server(harness.build(where)) as server:
            connection = server.connect()
            for method, pattern in routes:
                concrete = re.sub(r":(\w+)", lambda found: "v-" + found.group(1), pattern)
                for path in near_misses(concrete, pick):
                    for verb in {method, pick.choice(METHODS)}:
                        expected = naive(routes, verb, path)
                        status, headers, answer = harness.exchange(connection, verb, path)
                        self.assertEqual(status, expected[0], f"{verb} {path}: {answer}")
                        seen[status] += 1
                        if status == 200:
                            self.assertEqual(json.loads(answer), {"route": expected[1], **expected[2]}, f"{verb} {path}")
                        if status == 307:
                            self.assertRegex(headers["Location"], r"^http://127\.0\.0\.1:\d+/")
            connection.close()
        self.assertGreater(min(seen.values()), 50, seen)


if __name__ == "__main__":
    unittest.main()
