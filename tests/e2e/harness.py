"""Build specs with the real robync, run the servers it makes, talk to them over real sockets.

Everything a test makes goes below a temporary folder that ends with the test run.
"""

import atexit
import http.client
import json
import os
import pathlib
import re
import shutil
import signal
import socket
import subprocess
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[2]
ROBYNC = pathlib.Path(os.environ.get("ROBYNC", ROOT / "build/release/robync"))
SHARED = pathlib.Path(os.environ.get("ROBYNC_SHARED_DATA", ROOT.parent / "shared/data"))

_scratch = tempfile.mkdtemp(prefix="robync-test-")
atexit.register(shutil.rmtree, _scratch, ignore_errors=True)


def folder(name):
    """A new empty folder for one test."""
    return pathlib.Path(tempfile.mkdtemp(prefix=name + "-", dir=_scratch))


def robync(*words, cwd=None, env=None, timeout=120):
    """Run the command; gives the finished process with text output."""
    return subprocess.run(
        [str(ROBYNC), *map(str, words)], cwd=cwd, env={**os.environ, **(env or {})},
        capture_output=True, text=True, timeout=timeout)


def write(where, files):
    for name, text in files.items():
        path = pathlib.Path(where) / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    return pathlib.Path(where)


def example(name):
    """A copy of an example, so that building it leaves the source tree alone."""
    target = folder(name) / name
    shutil.copytree(ROOT / "examples" / name, target, ignore=shutil.ignore_patterns("build"))
    return target


def build(where, *options):
    """Build the spec of a folder; gives the server's path."""
    binary = pathlib.Path(where) / "server.bin"
    done = robync("build", where, "-o", binary, *options)
    if done.returncode != 0:
        raise AssertionError(f"robync build {where} gave {done.returncode}\n{done.stdout}{done.stderr}")
    return binary


class Server:
    """A running server on a free port. Use it with `with`."""

    def __init__(self, binary, *options, env=None):
        command = [str(binary), "--port", "0", *options]
        self.process = subprocess.Popen(
            command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, env={**os.environ, **(env or {})})
        self.port = self._wait_until_ready()

    def _wait_until_ready(self):
        """The line that says where the server listens comes once it does."""
        seen = []
        for line in self.process.stderr:
            seen.append(line)
            found = re.search(r"http://[^/\s]*:(\d+)", line)
            if found:
                return int(found.group(1))
        raise AssertionError("the server did not start:\n" + "".join(seen))

    def connect(self):
        return http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)

    def request(self, method, target, body=None, headers=None):
        """One request on a connection of its own: (status, headers, body bytes)."""
        connection = self.connect()
        try:
            return exchange(connection, method, target, body, headers)
        finally:
            connection.close()

    def json(self, method, target, value=None):
        headers = {"Content-Type": "application/json"} if value is not None else {}
        body = json.dumps(value).encode() if value is not None else None
        status, _, answer = self.request(method, target, body, headers)
        return status, json.loads(answer) if answer else None

    def raw(self, request_bytes, timeout=5):
        """Send bytes as they are; gives all that came back until the server closed or went silent."""
        with socket.create_connection(("127.0.0.1", self.port), timeout=timeout) as connection:
            connection.sendall(request_bytes)
            answer = b""
            try:
                while chunk := connection.recv(65536):
                    answer += chunk
            except TimeoutError:
                pass
            return answer

    def stop(self):
        """SIGTERM; gives the exit code. Fails when sanitizers or the server itself complained."""
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
        try:
            rest = self.process.communicate(timeout=20)[1]
        except subprocess.TimeoutExpired:
            self.process.kill()
            raise
        assert "Sanitizer" not in rest and "runtime error" not in rest, rest
        return self.process.returncode

    def __enter__(self):
        return self

    def __exit__(self, kind, *_):
        code = self.stop()
        assert kind or code == 0, f"the server ended with {code}"


def exchange(connection, method, target, body=None, headers=None):
    """One request on an open connection, with exactly these headers (and Host, Content-Length)."""
    connection.putrequest(method, target, skip_accept_encoding=True)
    for name, value in (headers or {}).items():
        connection.putheader(name, value)
    if body is not None:
        connection.putheader("Content-Length", str(len(body)))
    connection.endheaders(body)
    response = connection.getresponse()
    return response.status, dict(response.getheaders()), response.read()
