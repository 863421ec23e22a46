"""The load generator against the access log of a real server, and beside wrk.

No speed decides: what is compared are counts, and what each generator says of latency with what it says of
throughput. In a closed loop of n connections all of them wait all the time, so that the latencies of all requests
add up to n times the run (Little's law). A generator that measures too little or too much breaks it.
"""

import json
import os
import pathlib
import re
import subprocess
import sys
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "e2e"))
import harness

LOAD_RUN = os.environ["LOAD_RUN"]
CONNECTIONS = 16
UNITS = {"us": 1e-6, "ms": 1e-3, "s": 1}


def load(server, path, milliseconds, rate=0, connections=CONNECTIONS):
    command = [LOAD_RUN, str(server.port), path, str(connections), str(milliseconds), str(rate)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=True)
    return json.loads(done.stdout)


def wrk(server, path, seconds):
    done = subprocess.run(["wrk", "-t1", f"-c{CONNECTIONS}", f"-d{seconds}s", "--latency", f"http://127.0.0.1:{server.port}{path}"],
                          capture_output=True, text=True, timeout=60, check=True)
    requests, elapsed = re.search(r"(\d+) requests in ([\d.]+)s", done.stdout).groups()
    mean, unit = re.search(r"Latency\s+([\d.]+)(us|ms|s)", done.stdout).groups()
    return {"requests": int(requests), "elapsed": float(elapsed), "mean": float(mean) * UNITS[unit], "text": done.stdout}


class LoggingServer(harness.Server):
    """Its access log goes to a file, so that its lines can be counted."""

    def __init__(self, binary):
        self.log = harness.folder("log") / "access.log"
        script = f'exec "{binary}" "$@" > "{self.log}"'
        wrapper = self.log.with_suffix(".sh")
        wrapper.write_text(f"#!/bin/sh\n{script}\n")
        wrapper.chmod(0o755)
        super().__init__(wrapper, "--access-log", "text", "--threads", "1")

    def count(self, path):
        """Requests for that path in the log of a server that has stopped."""
        return self.log.read_text().count(f'"GET {path}"')


class TheGenerator(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.binary = harness.build(harness.example("orders"))

    def test_counts_what_the_server_counts(self):
        with LoggingServer(self.binary) as server:
            closed = load(server, "/items/1", 200)
            opened = load(server, "/items/2", 200, rate=500)
            missing = load(server, "/missing", 50)
        self.assertEqual(opened["requests"], 100)
        self.assertEqual(missing["not_2xx"], missing["requests"])
        for result, path in ((closed, "/items/1"), (opened, "/items/2"), (missing, "/missing")):
            self.assertEqual(result["failed"], 0)
            self.assertEqual(server.count(path), result["requests"], path)

    def test_agrees_with_wrk_on_what_a_closed_loop_is(self):
        with LoggingServer(self.binary) as server:
            ours = load(server, "/items/7", 1000)
            theirs = wrk(server, "/items/8", 1)
        self.assertEqual(server.count("/items/7"), ours["requests"])
        # wrk walks away from requests that are under way when its time is up.
        self.assertLessEqual(theirs["requests"], server.count("/items/8"))
        self.assertLessEqual(server.count("/items/8"), theirs["requests"] + CONNECTIONS)
        busy = ours["requests"] * ours["mean"] / (CONNECTIONS * ours["elapsed"])
        busy_wrk = theirs["requests"] * theirs["mean"] / (CONNECTIONS * theirs["elapsed"])
        self.assertTrue(0.8 < busy <= 1.0001, busy)
        # wrk adds latencies of requests that a stall kept it from sending, so that its sum may be larger.
        self.assertGreater(busy_wrk, 0.5, theirs["text"])
        print(f"requests: {ours['requests']} ours, {theirs['requests']} wrk; busy: {busy:.3f} ours, {busy_wrk:.3f} wrk")


if __name__ == "__main__":
    unittest.main()
