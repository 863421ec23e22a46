"""Raw HTTP over sockets, and a server to talk to. Standard library only."""

import atexit
import codecs
import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
import weakref

BINARY = os.environ.get("ROBYNC_TEST_APP", "build/release/http_app")


class Server:
    """The test app on a free port; stops with SIGTERM at the end of a `with` block."""

    def __init__(self, *flags, env=None, stdout=subprocess.DEVNULL):
        command = [BINARY, "--port", "0", "--threads", "1", *flags]
        self.process = subprocess.Popen(
            command, stdout=stdout, stderr=subprocess.PIPE, text=True, env={**os.environ, **(env or {})}
        )
        atexit.register(self.process.kill)  # a failed test may leave it running
        line = self.process.stderr.readline()
        found = re.search(r"listening on http://(?:\[.*\]|[^:]*):(\d+)", line)
        if not found:
            raise AssertionError(f"the server did not start: {line}{self.process.stderr.read()}")
        self.port = int(found[1])

    def connect(self, timeout=5):
        connection = socket.create_connection(("127.0.0.1", self.port), timeout=timeout)
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        return connection

    def stop(self):
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
        try:
            _, errors = self.process.communicate(timeout=10)
        except subprocess.TimeoutExpired:
            self.process.kill()
            raise AssertionError("the server did not stop within 10 s")
        if "Sanitizer" in errors or "runtime error" in errors or "WARNING: ThreadSan" in errors:
            raise AssertionError(errors)
        return self.process.returncode, errors

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.stop()


class Answer:
    def __init__(self, status, headers, body):
        self.status, self.headers, self.body = status, headers, body

    def __repr__(self):
        return f"{self.status} {self.headers} {self.body!r}"

    def header(self, name):
        values = self.all(name)
        return values[0] if values else None

    def all(self, name):
        return [value for key, value in self.headers if key.lower() == name.lower()]

    def json(self):
        return json.loads(self.body)


unread = weakref.WeakKeyDictionary()  # what came after the last answer of a connection


def read_answer(connection, head=False):
    """One answer; None when the connection closed before one."""
    data = unread.pop(connection, b"")
    while b"\r\n\r\n" not in data:
        piece = connection.recv(65536)
        if not piece:
            return None
        data += piece
    raw, body = data.split(b"\r\n\r\n", 1)
    lines = raw.decode("latin-1").split("\r\n")
    status = int(lines[0].split(" ")[1])
    headers = [tuple(line.split(": ", 1)) for line in lines[1:]]
    answer = Answer(status, headers, body)
    length = int(answer.header("Content-Length") or 0)
    if head or status in (204, 304):
        length = 0
    while len(answer.body) < length:
        piece = connection.recv(65536)
        if not piece:
            raise AssertionError(f"closed inside a body: {answer}")
        answer.body += piece
    unread[connection], answer.body = answer.body[length:], answer.body[:length]
    return answer


def ask(server, text, head=False):
    """One request on a connection of its own. text: str (Latin-1) or bytes."""
    with server.connect() as connection:
        connection.sendall(text.encode("latin-1") if isinstance(text, str) else text)
        return read_answer(connection, head)


def get(server, target, method="GET", headers="", body=""):
    length = f"Content-Length: {len(body)}\r\n" if body else ""
    text = f"{method} {target} HTTP/1.1\r\nHost: test\r\n{headers}{length}\r\n{body}"
    return ask(server, text, head=method == "HEAD")


def closed_within(connection, seconds):
    """Whether the peer closes; what still comes is read and dropped."""
    connection.settimeout(seconds)
    end = time.monotonic() + seconds
    try:
        while time.monotonic() < end:
            if not connection.recv(65536):
                return True
    except socket.timeout:
        return False
    except (ConnectionResetError, BrokenPipeError):
        return True
    return False


def unescape(text):
    """A request of requests.tsv: <<x*N>> repeated, then Python's unicode_escape."""
    text = re.sub(r"<<(.)\*(\d+)>>", lambda m: m[1] * int(m[2]), text)
    return codecs.decode(text, "unicode_escape").encode("latin-1")


def run(module):
    """Run every test_ function of a module; the name of each failed one, and exit 1 for any."""
    failed = 0
    wanted = sys.argv[1:]
    for name, test in list(vars(module).items()):
        if not name.startswith("test_") or (wanted and name not in wanted):
            continue
        try:
            test()
        except Exception as error:  # a test may fail in any way
            failed += 1
            print(f"FAILED {name}: {type(error).__name__}: {error}")
            if wanted:
                raise
    print(f"{failed} failed" if failed else "all passed")
    sys.exit(1 if failed else 0)
