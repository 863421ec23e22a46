"""What the system may refuse: descriptors, and room for the log."""

import os
import re
import sys
import tempfile
import threading
import time

import client
from client import Server, read_answer, run
from scenes import SCENES

UNCAPPED = ("--max-connections-per-address", "0")
CONST, FAIL = SCENES["const"][0], SCENES["failed"][0]


def processor_time(server):
    """Seconds that the server has computed."""
    with open(f"/proc/{server.process.pid}/stat", encoding="ascii") as stat:
        fields = stat.read().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def ask(connection, text=CONST):
    connection.sendall(text)
    answer = read_answer(connection)
    return answer and answer.status


def limited(most):
    """A server that may open that many descriptors."""
    with tempfile.NamedTemporaryFile("w", suffix=".sh", delete=False) as script:
        script.write(f'#!/bin/sh\nulimit -n {most}\nexec "{client.BINARY}" "$@"\n')
    os.chmod(script.name, 0o700)
    kept, client.BINARY = client.BINARY, script.name
    try:
        return Server("--access-log", "off", *UNCAPPED)
    finally:
        client.BINARY = kept
        os.unlink(script.name)


def test_no_descriptors_left_at_accept():
    with limited(40) as server:
        connections = [server.connect() for _ in range(60)]
        served = []
        for connection in connections:
            connection.settimeout(0.1)
            try:
                if ask(connection) == 200:
                    served.append(connection)
            except OSError:
                pass
        assert len(served) >= 20, f"only {len(served)} of 60 served"
        before = processor_time(server)
        for _ in range(5):
            assert ask(served[0]) == 200, "those that are in are served on"
            time.sleep(0.2)
        spent = processor_time(server) - before
        assert spent < 0.5, f"{spent} s of computing in 1 s, waiting for a descriptor"
        for connection in connections:
            connection.close()
        deadline = time.monotonic() + 5
        while time.monotonic() < deadline:
            try:
                with server.connect(timeout=1) as connection:
                    if ask(connection) == 200:
                        return
            except OSError:
                pass
        raise AssertionError("does not accept again")


def test_a_log_on_a_full_device():
    with open("/dev/full", "w", encoding="ascii") as full:
        with Server("--access-log", "text", stdout=full) as server, server.connect() as connection:
            for _ in range(300):
                assert ask(connection) == 200


def test_a_closed_log():
    reader, writer = os.pipe()
    server = Server("--access-log", "json", stdout=writer)
    os.close(writer)
    os.close(reader)
    with server.connect() as connection:
        for _ in range(100):
            assert ask(connection) == 200
    assert server.stop()[0] == 0


def test_a_log_that_nobody_reads():
    for style in ("text", "json"):
        reader, writer = os.pipe()
        server = Server("--access-log", style, stdout=writer)
        os.close(writer)
        with server.connect() as connection:
            for n in range(3000):
                assert ask(connection) == 200, f"request {n}"
        with os.fdopen(reader, "rb") as log:  # read at last: whole lines, and how many are missing
            taken = os.read(reader, 1 << 20)
            with server.connect() as connection:
                for _ in range(50):
                    assert ask(connection) == 200
            server.process.terminate()
            taken += log.read()
        assert server.process.wait(10) == 0
        lines = taken.decode().splitlines()
        written = sum("/const" in line for line in lines)
        lost = [re.search(r"(\d+) lines lost$" if style == "text" else r'"lost":(\d+)}$', line) for line in lines]
        missing = sum(int(found[1]) for found in lost if found)
        assert taken.endswith(b"\n") and missing > 100 and written + missing == 3050, (written, missing, lines[-3:])


def test_an_error_log_that_nobody_reads():
    server = Server("--access-log", "off")
    with server.connect() as connection:
        for n in range(3000):
            assert ask(connection, FAIL) == 500, f"request {n}"
    drained = threading.Thread(target=server.process.stderr.read)
    drained.start()
    server.process.terminate()
    assert server.process.wait(10) == 0
    drained.join()


def test_a_log_that_nobody_reads_does_not_hold_up_a_stop():
    reader, writer = os.pipe()
    server = Server("--access-log", "text", stdout=writer)
    os.close(writer)
    with server.connect() as connection:
        for _ in range(2000):
            assert ask(connection) == 200
    server.process.terminate()
    assert server.process.wait(5) == 0
    os.close(reader)


if __name__ == "__main__":
    run(sys.modules["__main__"])
