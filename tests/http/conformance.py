"""Every row of requests.tsv. Rows that libmicrohttpd cannot hold are named here and in SECURITY.md, and
are expected to fail, so that the day they pass is noticed."""

import os
import socket
import sys

from client import Server, closed_within, read_answer, run, unescape

TABLE = os.environ.get("ROBYNC_REQUESTS", "../shared/data/http/requests.tsv")
CANNOT = {"ch-ext-bare;", "ch-ext-NUL"}


def rows():
    with open(TABLE, encoding="utf-8") as table:
        for line in table:
            if not line.startswith("#"):
                name, expected, text = line.rstrip("\n").split("\t")
                yield name, expected, unescape(text)


def answers(connection, count):
    found = []
    try:
        for _ in range(count):
            answer = read_answer(connection)
            if answer is None:
                break
            found.append(answer)
    except (socket.timeout, ConnectionResetError):
        pass
    return found


def reject(connection):
    connection.settimeout(1)
    got = answers(connection, 1)
    if got and got[0].status < 400:
        return f"was handled: {got[0]}"
    if got and got[0].header("Connection") not in (None, "close"):
        return f"keeps the connection: {got[0]}"
    return None if closed_within(connection, 1) else "stays open"


def handle(connection):
    connection.settimeout(1)
    got = answers(connection, 1)
    if len(got) != 1 or got[0].status >= 500 or got[0].status in (400, 413, 414, 431):
        return f"got {got}"
    connection.sendall(b"GET / HTTP/1.1\r\nHost: a\r\n\r\n")
    again = answers(connection, 1)
    return None if again and again[0].status == 200 else "the connection died"


def two(connection):
    connection.settimeout(1)
    got = answers(connection, 2)
    return None if len(got) == 2 else f"got {got}"


def any_one(connection):
    connection.settimeout(1)
    return None if answers(connection, 1) else "no answer"


CHECKS = {"reject": reject, "handle": handle, "two": two, "any": any_one}


def test_requests_table():
    wrong = []
    with Server("--access-log", "off") as server:
        for name, expected, text in rows():
            with server.connect() as connection:
                connection.sendall(text)
                problem = CHECKS[expected](connection)
            if bool(problem) != (name in CANNOT):
                wrong.append(f"{name}: {problem or 'passes now: take it out of CANNOT'}")
    assert not wrong, "\n  ".join([""] + wrong)


if __name__ == "__main__":
    run(sys.modules["__main__"])
