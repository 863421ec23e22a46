#!/usr/bin/env python3
"""The figures of README.md, measured on this machine: ratios of CPU per request, sizes, times.

    bench/figures.py [--rounds N] [--seconds S]

Every ratio comes from one run in which both sides take turns (A B A B), each alone with wrk: CPU time is the
kernel's own (utime + stime of the server process), requests are wrk's count, the figure is the median of the
rounds' ratios. The server runs on one core, wrk on another. Wall-clock rates are not used.
"""

import argparse
import json
import os
import pathlib
import re
import socket
import statistics
import subprocess
import sys
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parents[1]
BUILD = ROOT / "build/release"

ORDER = ('{"id":7,"name":"Ada Lovelace","email":"ada@example.org","age":36,"price":12.5,"quantity":3,'
         '"active":true,"tags":["a","b"],"note":null,"country":"GB"}')
POST = f"""wrk.method = "POST"
wrk.body = [[{ORDER}]]
wrk.headers["Content-Type"] = "application/json"
"""


def say(*words):
    print(*words, file=sys.stderr, flush=True)


class Server:
    """A process on the first core that listens on a port it names on stderr."""

    def __init__(self, command):
        self.process = subprocess.Popen(["taskset", "-c", "0", *map(str, command)], stdout=subprocess.DEVNULL,
                                        stderr=subprocess.PIPE, text=True)
        for line in self.process.stderr:
            found = re.search(r":(\d+)", line)
            if found:
                self.port = int(found.group(1))
                return
        sys.exit(f"{command[0]} did not start")

    def cpu(self):
        """Seconds of CPU so far, by the scheduler's own clock where the kernel gives it."""
        total = 0
        for thread in pathlib.Path(f"/proc/{self.process.pid}/task").iterdir():
            total += int((thread / "schedstat").read_text().split()[0])
        return total / 1e9

    def resident(self):
        """KiB."""
        status = pathlib.Path(f"/proc/{self.process.pid}/status").read_text()
        return int(re.search(r"VmRSS:\s+(\d+)", status).group(1))

    def stop(self):
        self.process.terminate()
        self.process.communicate(timeout=10)


def load(server, path, connections, seconds, script=None):
    """Microseconds of server CPU per request."""
    command = ["taskset", "-c", "1", "wrk", "-t1", f"-c{connections}", f"-d{seconds}s"]
    if script:
        command += ["-s", script]
    before = server.cpu()
    done = subprocess.run([*command, f"http://127.0.0.1:{server.port}{path}"], capture_output=True, text=True, check=True)
    used = server.cpu() - before
    if "Non-2xx" in done.stdout or "Socket errors" in done.stdout:
        sys.exit("not every request was answered with 2xx:\n" + done.stdout)
    requests = int(re.search(r"(\d+) requests in", done.stdout).group(1))
    return used / requests * 1e6


def ratio(one, other, rounds):
    """Both take turns; the medians of each and of the rounds' ratios."""
    pairs = []
    for number in range(rounds):
        pairs.append((one(), other()))
        say(f"    round {number + 1}: {pairs[-1][0]:.2f} and {pairs[-1][1]:.2f} us, ratio {pairs[-1][0] / pairs[-1][1]:.3f}")
    return {"us": statistics.median(a for a, _ in pairs), "other_us": statistics.median(b for _, b in pairs),
            "ratio": statistics.median(a / b for a, b in pairs)}


def size_and_start(binary):
    """Stripped KiB without docs, idle KiB, and the median milliseconds from fork to first answer."""
    with tempfile.NamedTemporaryFile() as stripped:
        subprocess.run(["strip", "-o", stripped.name, str(binary)], check=True)
        size = os.path.getsize(stripped.name) / 1024
    times, resident = [], 0
    for _ in range(11):
        begin = time.monotonic()
        server = Server([binary, "--port", "0", "--access-log", "off", "--threads", "1"])
        with socket.create_connection(("127.0.0.1", server.port)) as connection:
            connection.sendall(b"GET / HTTP/1.1\r\nHost: a\r\n\r\n")
            connection.recv(4096)
        times.append((time.monotonic() - begin) * 1000)
        time.sleep(0.05)
        resident = server.resident()
        server.stop()
    return {"stripped_kib": size, "idle_kib": resident, "start_ms": statistics.median(times)}


def system_calls(binary, requests=20000):
    """System calls per keep-alive request, counted by strace at 32 connections."""
    server = Server([binary, "--port", "0", "--access-log", "off", "--threads", "1"])
    with tempfile.NamedTemporaryFile("r") as summary:
        tracer = subprocess.Popen(["strace", "-f", "-c", "-o", summary.name, "-p", str(server.process.pid)],
                                  stderr=subprocess.DEVNULL)
        time.sleep(0.5)
        done = subprocess.run(["wrk", "-t1", "-c32", "-d3s", f"http://127.0.0.1:{server.port}/"],
                              capture_output=True, text=True, check=True)
        tracer.terminate()
        tracer.wait()
        calls = int(re.search(r"^100\.00\s+\S+\s+(?:\S+\s+)?(\d+)", summary.read(), re.M).group(1))
    server.stop()
    return calls / int(re.search(r"(\d+) requests in", done.stdout).group(1))


def build(where):
    subprocess.run([BUILD / "robync", "build", "-q", ROOT / "examples" / where], check=True)
    return ROOT / "examples" / where / "build" / where


def measure(rounds, seconds):
    orders = build("orders")
    floor = BUILD / "bench-floor"
    subprocess.run(["cc", "-O2", "-o", floor, ROOT / "bench/floor/epoll.c"], check=True)
    figures = {"sizes": size_and_start(orders)}
    ours = Server([orders, "--port", "0", "--access-log", "off", "--threads", "1"])
    bare = Server([floor, "0"])
    with tempfile.NamedTemporaryFile("w", suffix=".lua") as script:
        script.write(POST)
        script.flush()
        for connections in (32, 256):
            say(f"  constant JSON against a bare epoll loop, {connections} connections")
            figures[f"constant_{connections}"] = ratio(
                lambda: load(ours, "/", connections, seconds), lambda: load(bare, "/", connections, seconds), rounds)
        say("  ten-field body against the same server's constant, 64 connections")
        figures["body"] = ratio(
            lambda: load(ours, "/orders", 64, seconds, script.name), lambda: load(ours, "/", 64, seconds), rounds)
        say("  path and query against the same server's constant, 64 connections")
        figures["query"] = ratio(
            lambda: load(ours, "/items/7?limit=5&q=abc", 64, seconds), lambda: load(ours, "/", 64, seconds), rounds)
    ours.stop()
    bare.stop()
    say("  system calls")
    figures["system_calls"] = system_calls(orders)
    return figures


def main():
    words = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    words.add_argument("--rounds", type=int, default=7)
    words.add_argument("--seconds", type=int, default=2)
    given = words.parse_args()
    print(json.dumps(measure(given.rounds, given.seconds), indent=2))


if __name__ == "__main__":
    main()
