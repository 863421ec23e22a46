"""malloc fails at the n-th call, for every n, once and from then on for a while: the server answers or closes
the connection, and the next request is answered as ever."""

import mmap
import struct
import sys
import tempfile

from client import Server, read_answer, run
from scenes import SCENES

QUIET = ("--access-log", "off")
LEFT, FAILED, CALLS, SERIES = range(0, 32, 8)
MOST = 400  # calls of one request, far more than any makes
FINE = {413, 500, 503}  # beside the scene's own status


class Faults:
    """The page that the server's malloc shares with us (failing_malloc.c)."""

    def __init__(self):
        self.file = tempfile.NamedTemporaryFile()
        self.file.write(bytes(4096))
        self.file.flush()
        self.page = mmap.mmap(self.file.fileno(), 4096)
        self.env = {"FAULT_CONTROL": self.file.name}

    def set(self, at, value):
        self.page[at : at + 8] = struct.pack("q", value)

    def get(self, at):
        return struct.unpack("q", self.page[at : at + 8])[0]

    def arm(self, n, series):
        self.set(FAILED, 0)
        self.set(SERIES, series)
        self.set(LEFT, n)

    def disarm(self):
        self.set(LEFT, 0)
        return self.get(FAILED)


def ask(server, connection, text, head):
    """The answer's status; None for a closed connection."""
    try:
        connection.sendall(text)
        answer = read_answer(connection, head)
    except (ConnectionResetError, BrokenPipeError):
        return None
    return answer and answer.status


def check(server, faults, name, series, kept):
    """kept: the failure meets the second request of a connection, whose memory is already there."""
    text, wanted = SCENES[name]
    head = name == "head"
    for n in range(1, MOST):
        if kept:
            connection = server.connect()
            assert ask(server, connection, SCENES["const"][0], False) == 200
        faults.arm(n, series)
        if not kept:
            connection = server.connect()
        status = ask(server, connection, text, head)
        connection.close()
        failed = faults.disarm()
        assert server.process.poll() is None, f"{name}: the server died at call {n}: {server.process.communicate()[1]}"
        assert status in FINE | {None, wanted}, f"{name}, call {n}: {status}"
        with server.connect() as again:
            assert ask(server, again, text, head) == wanted, f"{name}: wrong after call {n} failed"
        if not failed:
            assert status == wanted, f"{name}, no call failed: {status}"
            return n
    raise AssertionError(f"{name}: more than {MOST} calls")


def sweep(series, kept):
    faults = Faults()
    server = Server(*QUIET, env=faults.env)
    counts = {name: check(server, faults, name, series, kept) for name in SCENES}
    print("  calls:", ", ".join(f"{name} {count - 1}" for name, count in counts.items()))
    code, errors = server.stop()
    assert code == 0, errors


def test_one_call_fails():
    sweep(1, False)


def test_one_call_fails_on_a_kept_connection():
    sweep(1, True)


def test_several_calls_in_a_row_fail():
    sweep(6, False)


def test_start_without_memory_is_said():
    faults = Faults()
    for n in range(1, MOST):
        faults.arm(n, 1)
        try:
            server = Server(*QUIET, env=faults.env)
        except AssertionError as why:
            assert "Sanitizer" not in str(why), why
            assert faults.disarm(), why
            continue
        failed = faults.disarm()
        with server.connect() as connection:
            assert ask(server, connection, SCENES["const"][0], False) == 200
        assert server.stop()[0] == 0
        if not failed:
            return
    raise AssertionError("never started")


if __name__ == "__main__":
    run(sys.modules["__main__"])
