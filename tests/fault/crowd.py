"""Idle and slow connections beside active ones: ROBYNC_CROWD=IDLE,SLOW,ACTIVE changes how many."""

import os
import resource
import selectors
import sys
import time

from client import Server, run
from scenes import SCENES

IDLE, SLOW, ACTIVE = (int(word) for word in os.environ.get("ROBYNC_CROWD", "1000,100,50").split(","))
FLAGS = ("--access-log", "off", "--max-connections-per-address", "0", "--max-connections", str(IDLE + SLOW + ACTIVE + 10))
SECONDS = 3
REQUEST = SCENES["const"][0]
IDLE_BYTES = 16 * 1024


def resident(server):
    with open(f"/proc/{server.process.pid}/status", encoding="ascii") as status:
        return next(int(line.split()[1]) * 1024 for line in status if line.startswith("VmRSS"))


def measure(server, slow):
    """Seconds that each request of the active connections took."""
    choose, took, began = selectors.DefaultSelector(), [], {}
    connections = [server.connect() for _ in range(ACTIVE)]
    for connection in connections:
        choose.register(connection, selectors.EVENT_READ)
        began[connection] = time.monotonic()
        connection.sendall(REQUEST)
    end, dripped, at = time.monotonic() + SECONDS, 0, 0
    while time.monotonic() < end:
        for key, _ in choose.select(0.05):
            connection = key.fileobj
            answer = connection.recv(4096)
            now = time.monotonic()
            assert answer.startswith(b"HTTP/1.1 200 ") and answer.endswith(b"}"), answer
            took.append(now - began[connection])
            began[connection] = now
            connection.sendall(REQUEST)
        if slow and time.monotonic() - dripped > 0.5:  # a byte of a head that never ends
            dripped, at = time.monotonic(), at + 1
            for connection in slow:
                connection.sendall(b"GET /"[at - 1 : at] or b"a")
    for connection in connections:
        connection.close()
    return sorted(took)


def p99(took):
    return took[len(took) * 99 // 100]


def test_a_crowd_does_not_slow_down_the_active():
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    needed = IDLE + SLOW + ACTIVE + 50
    if soft < needed:
        resource.setrlimit(resource.RLIMIT_NOFILE, (min(needed, hard), hard))
    with Server(*FLAGS) as server:
        measure(server, [])  # warm
        alone = measure(server, [])
        before = resident(server)
        idle = [server.connect() for _ in range(IDLE)]
        for connection in idle:
            connection.sendall(REQUEST)
        for connection in idle:
            assert connection.recv(4096).startswith(b"HTTP/1.1 200 ")
        each = (resident(server) - before) / IDLE
        slow = [server.connect() for _ in range(SLOW)]
        crowded = measure(server, slow)
        print(f"  p99 {p99(alone) * 1000:.2f} ms alone, {p99(crowded) * 1000:.2f} ms in the crowd;"
              f" {each / 1024:.1f} KiB for an idle connection")
        assert crowded, "the active ones are answered"
        if not os.environ.get("ROBYNC_SANITIZE"):
            assert each <= IDLE_BYTES, each
        for connection in idle[::97]:
            connection.sendall(REQUEST)
            assert connection.recv(4096).startswith(b"HTTP/1.1 200 "), "idle ones live"


if __name__ == "__main__":
    run(sys.modules["__main__"])
