"""SIGTERM under load: every request that was there before the signal is answered."""

import sys
import threading
import time

from client import Server, read_answer, run
from scenes import SCENES

FLAGS = ("--access-log", "off", "--threads", "2", "--max-connections-per-address", "0")
ROUNDS, CLIENTS = 8, 24
KINDS = ("const", "params", "item", "blocking", "multipart", "wrong item", "chunked", "big")
SETTLED = 0.1  # s before the signal: what was sent by then has been read, on a busy machine too


def finish(server):
    """The exit code of a server that was told to stop: a second signal would end it at once."""
    errors = server.process.communicate(timeout=15)[1]
    assert "Sanitizer" not in errors, errors
    return server.process.returncode


class Client(threading.Thread):
    """One connection after the other, one request at a time."""

    def __init__(self, server, number):
        super().__init__()
        self.server, self.text = server, SCENES[KINDS[number % len(KINDS)]][0]
        self.wanted = SCENES[KINDS[number % len(KINDS)]][1]
        self.sent = None  # when the request without an answer was sent
        self.answered, self.wrong = 0, []

    def run(self):
        try:
            while True:
                with self.server.connect() as connection:
                    if not self.use(connection):
                        return
        except OSError:
            return

    def use(self, connection):
        while True:
            self.sent = None
            connection.sendall(self.text)
            self.sent = time.monotonic()
            answer = read_answer(connection)
            if not answer:
                return False
            if answer.status != self.wanted:
                self.wrong.append(answer)
            self.sent = None
            self.answered += 1
            if answer.header("Connection") == "close":
                return True


def test_nothing_that_was_read_is_lost():
    answered = 0
    for _ in range(ROUNDS):
        server = Server(*FLAGS)
        clients = [Client(server, number) for number in range(CLIENTS)]
        for client in clients:
            client.start()
        time.sleep(0.3)
        server.process.terminate()
        signalled = time.monotonic()
        for client in clients:
            client.join(15)
            assert not client.is_alive(), "a client still waits"
            answered += client.answered
            assert not client.wrong, client.wrong
            lost = client.sent and client.sent < signalled - SETTLED
            assert not lost, f"{client.text[:40]} sent {signalled - client.sent:.3f} s before the signal"
        assert finish(server) == 0
    assert answered > ROUNDS * CLIENTS, answered


def test_requests_in_the_pool_when_the_signal_comes():
    server = Server(*FLAGS)
    connections = [server.connect() for _ in range(100)]
    for connection in connections:
        connection.sendall(SCENES["blocking"][0])
    time.sleep(SETTLED)
    server.process.terminate()
    for connection in connections:
        answer = read_answer(connection)
        assert answer and answer.status == 200, answer
        connection.close()
    assert finish(server) == 0


if __name__ == "__main__":
    run(sys.modules["__main__"])
