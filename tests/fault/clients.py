"""Clients that leave in the middle, that send in two pieces, and that send a byte at a time."""

import os
import socket
import struct
import sys
import threading
import time

from client import Server, closed_within, read_answer, run
from scenes import ITEM, SCENES, request

QUIET = ("--access-log", "off", "--max-connections-per-address", "0")
CONST = SCENES["const"][0]
LONGEST = 1000  # bytes of a request or answer that is cut at every byte


def status_of(server, text=CONST):
    with server.connect() as connection:
        connection.sendall(text)
        return read_answer(connection).status


def leave(connection, rudely):
    if rudely:  # a reset instead of an end
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    connection.close()


def test_leaving_after_every_byte_of_a_request():
    with Server(*QUIET) as server:
        for name, (text, _) in SCENES.items():
            for k in range(min(len(text), LONGEST) + 1):
                connection = server.connect()
                connection.sendall(text[:k])
                leave(connection, k % 2)
            assert status_of(server) == 200, name
        assert server.process.poll() is None


def descriptors(server):
    return len(os.listdir(f"/proc/{server.process.pid}/fd"))


def test_an_end_that_comes_with_the_last_bytes_is_noticed():
    """And not only at the deadline, whatever the request had got to."""
    text = SCENES["item"][0]
    with Server(*QUIET) as server:
        before = descriptors(server)
        for k in range(1, len(text) + 1):
            connection = server.connect()
            connection.sendall(text[:k])
            connection.close()
        time.sleep(2.5)  # looked at once a second
        assert descriptors(server) == before
        with server.connect() as half:
            half.sendall(text)
            half.shutdown(socket.SHUT_WR)
            assert read_answer(half).status == 201
            assert closed_within(half, 2.5)


def test_leaving_after_every_byte_of_an_answer():
    with Server(*QUIET) as server:
        for name, (text, _) in SCENES.items():
            for k in range(1, 400, 7 if name in ("big", "blocking") else 1):
                connection = server.connect()
                connection.sendall(text)
                if len(connection.recv(k)) < k:
                    connection.close()
                    break
                leave(connection, k % 2)
            assert status_of(server) == 200, name


def comparable(answer):
    hidden = ("date", "x-request-id")
    return answer.status, [pair for pair in answer.headers if pair[0].lower() not in hidden], answer.body


def test_every_split_into_two_writes_gives_the_same_answer():
    with Server(*QUIET) as server:
        for name, (text, wanted) in SCENES.items():
            whole, connection = None, None
            places = range(1, len(text)) if len(text) < LONGEST else (1, 20, 100, 200, len(text) // 2, len(text) - 1)
            if name in ("blocking", "big"):
                places = places[::8]
            for k in (0, *places):
                connection = connection or server.connect()
                connection.sendall(text[:k])
                time.sleep(0.0005)  # so that it is read in two pieces
                connection.sendall(text[k:])
                answer = read_answer(connection, name == "head")
                assert answer, f"{name}: no answer when split at {k}"
                whole = whole or comparable(answer)
                assert whole[0] == wanted, (name, whole)
                assert comparable(answer) == whole, f"{name}, split at {k}: {answer}"
                if answer.header("Connection") == "close":
                    connection.close()
                    connection = None


def test_a_request_in_single_bytes():
    with Server(*QUIET) as server:
        for name in ("params", "item", "multipart", "chunked", "broken item"):
            text, wanted = SCENES[name]
            with server.connect() as connection:
                for at in range(len(text)):
                    connection.sendall(text[at : at + 1])
                assert read_answer(connection).status == wanted, name


def test_pipelined_requests_of_all_kinds_are_answered_in_order():
    kept = [(text, status) for name, (text, status) in SCENES.items() if name not in ("head", "refused", "broken multipart")]
    with Server(*QUIET) as server, server.connect() as connection:
        sender = threading.Thread(target=connection.sendall, args=(b"".join(text for text, _ in kept) * 3,))
        sender.start()
        for _ in range(3):
            for text, status in kept:
                answer = read_answer(connection)
                assert answer and answer.status == status, (text[:60], answer)
        sender.join()


# ---------------------------------------------------------------- slow ones


def drip(server, text, found, name):
    """A byte every 200 ms until the server has enough of it: the seconds and the status."""
    begin = time.monotonic()
    with server.connect(timeout=20) as connection:
        try:
            for at in range(len(text)):
                connection.sendall(text[at : at + 1])
                connection.settimeout(0.2)
                try:
                    if connection.recv(1, socket.MSG_PEEK):
                        connection.settimeout(5)
                        answer = read_answer(connection)
                        found[name] = (time.monotonic() - begin, answer.status, closed_within(connection, 1.5))
                    else:
                        found[name] = (time.monotonic() - begin, None, True)
                    return
                except TimeoutError:
                    pass
        except (BrokenPipeError, ConnectionResetError):
            found[name] = (time.monotonic() - begin, None, True)


def test_a_byte_now_and_then_does_not_extend_a_deadline():
    body = b"POST /items HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nContent-Length: 1000\r\n\r\n"
    chunked = b"POST /size HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n"
    slow = {
        "line": b"GET /" + b"a" * 100,
        "fields": b"GET / HTTP/1.1\r\nHost: a\r\n" + b"a: b\r\n" * 40,
    }
    with Server("--head-timeout", "1s", "--body-timeout", "1s", *QUIET) as server:
        found = {}
        threads = [threading.Thread(target=drip, args=(server, text, found, name)) for name, text in slow.items()]
        for name, head, rest in (("body", body, ITEM * 8), ("chunks", chunked, b"1\r\nx\r\n" * 60)):
            threads.append(threading.Thread(target=drip_body, args=(server, head, rest, found, name)))
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        for name in (*slow, "body", "chunks"):
            took, status, closed = found[name]
            assert status in (408, None) and closed and 0.9 < took < 3.5, (name, found[name])
        assert status_of(server) == 200


def drip_body(server, head, rest, found, name):
    """The head at once, so that it is the body which is slow."""

    class Late:
        @staticmethod
        def connect(timeout):
            connection = server.connect(timeout)
            connection.sendall(head)
            return connection

    drip(Late, rest, found, name)


def test_slow_readers_do_not_hold_up_others():
    with Server(*QUIET) as server:
        readers = [server.connect() for _ in range(50)]
        for reader in readers:
            reader.sendall(request("GET", "/big") * 4)
        for _ in range(50):
            begin = time.monotonic()
            assert status_of(server) == 200
            assert time.monotonic() - begin < 2
        for reader in readers:
            reader.close()


if __name__ == "__main__":
    run(sys.modules["__main__"])
