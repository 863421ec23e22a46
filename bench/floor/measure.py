#!/usr/bin/env python3
"""A server's constant route against a bare epoll loop, in one run: CPU per request by the kernel's
accounting over wrk's request count, one core each, interleaved; then system calls per request, resident
memory and start time.

Usage: measure.py SERVER [ROUTE] [--rounds N] [--connections 32,256]     needs wrk, cc; strace if there
"""

import argparse
import os
import re
import shutil
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

HERE = Path(__file__).resolve().parent


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def start(command):
    process = subprocess.Popen(["taskset", "-c", "0", *command], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    return process


def wait_for(port, route="/"):
    while True:
        try:
            with socket.create_connection(("127.0.0.1", port)) as connection:
                connection.sendall(f"GET {route} HTTP/1.1\r\nHost: a\r\n\r\n".encode())
                return connection.recv(4096)
        except ConnectionRefusedError:
            time.sleep(0.0005)


def cpu_nanoseconds(process):
    """All threads' time on a core, user and kernel, to the nanosecond."""
    tasks = Path(f"/proc/{process.pid}/task")
    return sum(int((task / "schedstat").read_text().split()[0]) for task in tasks.iterdir())


def load(port, route, connections, seconds=1):
    command = ["taskset", "-c", "1", "wrk", "-t1", f"-c{connections}", f"-d{seconds}s", f"http://127.0.0.1:{port}{route}"]
    out = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    wrong = re.search(r"Non-2xx.*|Socket errors.*", out)
    if wrong:
        sys.exit(f"the load failed: {wrong[0]}")
    return int(re.search(r"(\d+) requests in", out)[1])


def cost(process, port, route, connections):
    before = cpu_nanoseconds(process)
    requests = load(port, route, connections)
    return (cpu_nanoseconds(process) - before) / requests / 1000


def resident(process):
    return int(re.search(r"VmRSS:\s+(\d+)", Path(f"/proc/{process.pid}/status").read_text())[1])


def syscalls_per_request(process, port, route):
    if not shutil.which("strace"):
        return None
    with tempfile.NamedTemporaryFile(mode="r") as report:
        trace = subprocess.Popen(["strace", "-f", "-c", "-p", str(process.pid), "-o", report.name], stderr=subprocess.DEVNULL)
        time.sleep(0.5)
        requests = load(port, route, 32)
        trace.send_signal(signal.SIGINT)
        trace.wait()
        total = re.search(r"^100\.00\s+\S+\s+\d+\s+(\d+)", report.read(), re.M)
    return int(total[1]) / requests if total else None


def compare(floor, server, route, connections, rounds):
    ratios, costs = [], {"floor": [], "server": []}
    for _ in range(rounds):
        costs["floor"].append(cost(*floor, "/", connections))
        costs["server"].append(cost(*server, route, connections))
        ratios.append(costs["server"][-1] / costs["floor"][-1])
    base = costs["floor"]
    drift = (max(base) - min(base)) / min(base)
    print(
        f"{connections:5} connections: floor {statistics.median(base):.2f} us, server "
        f"{statistics.median(costs['server']):.2f} us, median ratio {statistics.median(ratios):.3f} "
        f"(rounds {min(ratios):.2f} to {max(ratios):.2f}; least against least "
        f"{min(costs['server']) / min(base):.3f}; the floor drifted by {drift:.0%})"
    )


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("server")
    parser.add_argument("route", nargs="?", default="/")
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--connections", default="32,256")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        binary = os.path.join(folder, "floor")
        subprocess.run([os.environ.get("CC", "cc"), "-O2", HERE / "epoll.c", "-o", binary], check=True)
        ports = free_port(), free_port()
        floor = start([binary, str(ports[0])])
        begin = time.monotonic()
        server = start([options.server, "--port", str(ports[1]), "--threads", "1", "--access-log", "off"])
        try:
            wait_for(ports[1], options.route)
            print(f"start to first answer {(time.monotonic() - begin) * 1000:.1f} ms (with taskset), resident {resident(server)} KiB")
            wait_for(ports[0])
            for connections in options.connections.split(","):
                compare((floor, ports[0]), (server, ports[1]), options.route, int(connections), options.rounds)
            calls = syscalls_per_request(server, ports[1], options.route)
            print(f"system calls per request: {calls:.2f}" if calls else "no strace: system calls not counted")
            print(f"resident after the load {resident(server)} KiB")
        finally:
            floor.terminate()
            server.terminate()


if __name__ == "__main__":
    main()
