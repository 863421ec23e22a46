"""What the checker accepts compiles, what it refuses it refuses with a message, and nothing crashes it.

Good specs are changed at random, token by token: most become mistakes, some stay specs. Each of those goes
through gcc and clang with -Wall -Wextra -Werror, and its headers through g++ and clang++ as C++17.
MUTATIONS in the environment sets how many; the seed is fixed.
"""

import os
import pathlib
import random
import re
import subprocess
import unittest

import harness

HERE = pathlib.Path(__file__).resolve().parent
SPECS = [HERE / "specs/zoo.api", harness.ROOT / "examples/orders/orders.api", harness.ROOT / "examples/hello/routes.api"]
TOKEN = re.compile(r'"(?:\\.|[^"\\\n])*"|\w+|\s+|[^\w\s]')
WORDS = ["int", "str", "float", "bool", "json", "uuid", "decimal", "datetime", "list[int]", "dict[str, int]", "Color", "All?",
         "path", "header", "form", "null", "0", "-1", "9223372036854775807", "1e308", '""', '"\\u0000"', '"a"', "?", "|", "=", "->",
         "(", ")", "{", "}", "[", "]", ",", ":", "@example(1)", "@readonly", "@writeonly", "raises", "with", "text", "raw", "\n"]
FLAGS = ["-Wall", "-Wextra", "-Werror", "-fsyntax-only"]


def mutate(text, pick):
    tokens = TOKEN.findall(text)
    for _ in range(pick.choice([1, 1, 1, 2, 4])):
        spot = pick.randrange(len(tokens))
        choice = pick.random()
        if choice < 0.25:
            del tokens[spot]
        elif choice < 0.4:
            tokens.insert(spot, pick.choice(tokens))
        elif choice < 0.6:
            tokens[spot] = pick.choice(tokens)
        else:
            tokens[spot] = pick.choice(WORDS)
    return "".join(tokens)


def compile_emitted(folder):
    """What the compilers have to say about an emitted folder; empty when they are content."""
    sources = sorted(map(str, folder.rglob("*.c")))
    include = [f"-I{harness.ROOT / 'runtime/include'}", f"-I{folder}"]
    said = ""
    for compiler in ("gcc", "clang"):
        said += subprocess.run([compiler, "-std=c11", *FLAGS, *include, *sources], capture_output=True, text=True).stderr
    header = next(folder.rglob("handlers.h"))
    probe = folder / "probe.cc"
    probe.write_text(f'#include "{header}"\n')
    for compiler in ("g++", "clang++"):
        said += subprocess.run([compiler, "-std=c++17", *FLAGS, *include, str(probe)], capture_output=True, text=True).stderr
    return said


class MutatedSpecs(unittest.TestCase):
    def check(self, text, number):
        """True when the spec was accepted; its emitted code is then compiled."""
        where = harness.write(harness.folder("mutated"), {"routes.api": text})
        out = where / "out"
        done = harness.robync("build", "--emit-only", "-o", out, where / "routes.api")
        self.assertIn(done.returncode, (0, 1), f"mutation {number}:\n{done.stderr}\n{text}")
        if done.returncode == 1:
            self.assertIn("error[RB", done.stderr, text)
            self.assertFalse(out.exists())
            return False
        self.assertEqual(compile_emitted(out), "", f"mutation {number}:\n{text}")
        return True

    def test_the_zoo_itself(self):
        self.assertTrue(self.check(SPECS[0].read_text(), 0))

    def test_mutations(self):
        pick = random.Random(int(os.environ.get("SEED", "3")))
        good = [path.read_text() for path in SPECS]
        accepted = 0
        for number in range(int(os.environ.get("MUTATIONS", "150"))):
            accepted += self.check(mutate(pick.choice(good), pick), number)
        self.assertGreater(accepted, 5)


if __name__ == "__main__":
    unittest.main()
