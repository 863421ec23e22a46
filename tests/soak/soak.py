"""Requests of all kinds, on connections that come and go: all are answered, and memory stays flat."""

import os
import sys
import time

from client import Server, read_answer, run
from scenes import SCENES

REQUESTS = int(os.environ.get("ROBYNC_SOAK_REQUESTS", "60000"))
CONNECTIONS, BATCH = 20, 25  # requests of a batch are sent at once and answered in order
KINDS = [scene for name, scene in SCENES.items() if name not in ("head", "refused", "broken multipart", "big", "blocking", "failed")]
ALLOWED = 256 * 1024  # bytes of growth after the warm-up, whatever the number of requests


def resident(server):
    with open(f"/proc/{server.process.pid}/status", encoding="ascii") as status:
        return next(int(line.split()[1]) * 1024 for line in status if line.startswith("VmRSS"))


def send_batch(connection, first):
    """A batch of pipelined requests, beginning with another kind each time; wrong statuses fail."""
    scenes = [KINDS[(first + at) % len(KINDS)] for at in range(BATCH)]
    small = [scene for scene in scenes if len(scene[0]) < 2000]
    connection.sendall(b"".join(text for text, _ in small))
    for text, wanted in small:
        answer = read_answer(connection)
        assert answer and answer.status == wanted, (text[:60], answer)
    return len(small)


def load(server, requests):
    connections, done, turn = [server.connect() for _ in range(CONNECTIONS)], 0, 0
    while done < requests:
        at = turn % CONNECTIONS
        done += send_batch(connections[at], turn)
        if turn % 7 == 0:
            connections[at].close()
            connections[at] = server.connect()
        turn += 1
    for connection in connections:
        connection.close()
    return done


def test_memory_stays_flat():
    with Server("--access-log", "off") as server:
        load(server, REQUESTS // 4)  # pools fill up
        before, begin = resident(server), time.monotonic()
        done = load(server, REQUESTS * 3 // 4)
        grown = resident(server) - before
        print(f"  {done} requests in {time.monotonic() - begin:.1f} s, {grown / 1024:.0f} KiB more than after the warm-up")
        if not os.environ.get("ROBYNC_SANITIZE"):
            assert grown <= ALLOWED, grown


if __name__ == "__main__":
    run(sys.modules["__main__"])
