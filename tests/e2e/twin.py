"""An API and its FastAPI twin, side by side: the same requests to both, the answers compared."""

import csv
import importlib
import json
import pathlib
import random
import re
import sys
import threading
import time

import harness

sys.path.insert(0, str(pathlib.Path(__file__).parent / "twins"))

UUID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")
TIME = re.compile(r"20\d\d-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z")
PLACE = re.compile(r"http://127\.0\.0\.1:\d+")
SESSION = re.compile(r"sid=[0-9a-f]{32}")


class FastAPIServer:
    """The twin under uvicorn, in a thread of this process, on a free port."""

    def __init__(self, module):
        import uvicorn
        self.app = importlib.import_module(module).app
        self.uvicorn = uvicorn.Server(uvicorn.Config(self.app, port=0, log_level="error", lifespan="off"))
        self.thread = threading.Thread(target=self.uvicorn.run, daemon=True)
        self.thread.start()
        while not self.uvicorn.started:
            time.sleep(0.01)
        self.port = self.uvicorn.servers[0].sockets[0].getsockname()[1]

    connect = harness.Server.connect

    def stop(self):
        self.uvicorn.should_exit = True
        self.thread.join(20)


def plain(text):
    """What differs from run to run is masked: the clock, random ids, and where a server listens."""
    for pattern, name in ((UUID, "<uuid>"), (TIME, "<time>"), (SESSION, "sid=<sid>"), (PLACE, "http://server")):
        text = pattern.sub(name, text)
    return text


HEADERS = ["content-type", "location", "etag", "www-authenticate", "set-cookie"]


def answer_of(connection, request):
    method, target, body, headers = request
    status, found, answer = harness.exchange(connection, method, target, body, headers)
    lower = {name.lower(): value for name, value in found.items()}
    return status, {name: plain(lower[name]) for name in HEADERS if name in lower}, plain(answer.decode("utf-8", "replace"))


def departures():
    """The `twin` rows of tests/departures.tsv: (status, regular expression that our answer's body fits)."""
    with open(harness.ROOT / "tests/departures.tsv", newline="") as lines:
        table = csv.reader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)
        return [(int(row[1]), re.compile(row[3])) for row in table if row[0] == "twin"]


def departs(mine, known=[]):
    """Whether an answer says by itself that it departs on purpose."""
    known = known or known.extend(departures()) or known
    return any(mine[0] == status and pattern.search(mine[2]) for status, pattern in known)


def compare(ours, theirs, requests):
    """The requests that were answered differently, as readable texts."""
    left, right = ours.connect(), theirs.connect()
    wrong = []
    for request in requests:
        mine, twin = answer_of(left, request), answer_of(right, request)
        if mine != twin and not departs(mine):
            wrong.append(f"{str(request)[:400]}\n  FastAPI {twin}\n  ours    {mine}")
    left.close()
    right.close()
    return wrong


def differences(ours, theirs, path=""):
    """Where two JSON documents differ as values (0 is 0.0): {path: (ours, theirs)}, None for what is not there."""
    if isinstance(ours, dict) and isinstance(theirs, dict):
        found = {}
        for key in ours.keys() | theirs.keys():
            found |= differences(ours.get(key), theirs.get(key), f"{path}/{key}")
        return found
    return {} if ours == theirs and isinstance(ours, bool) == isinstance(theirs, bool) else {path: (ours, theirs)}


def document_differences(name, module):
    """Between the OpenAPI documents of an example and of its twin."""
    done = harness.robync("openapi", harness.ROOT / "examples" / name)
    assert done.returncode == 0, done.stderr
    theirs = importlib.import_module(module).app.openapi()
    return differences(json.loads(done.stdout), json.loads(json.dumps(theirs)))


# ---------------------------------------------------------------------- broken values

SCALARS = [None, True, False, 0, 1, -1, 2.5, 1e300, 10**18, "", "x", "1", " 1 ", "1.5", "true", "é", "a\u0000b", [], {}, [1], {"a": 1},
           "2024-02-29", "x" * 600]


def mutate(value, pick):
    """One change somewhere in a JSON value: dropped, replaced, added, repeated."""
    if isinstance(value, dict) and value and pick.random() < 0.85:
        copy = dict(value)
        key = pick.choice(list(copy))
        choice = pick.random()
        if choice < 0.2:
            del copy[key]
        elif choice < 0.3:
            copy[pick.choice(["extra", "", "ID", "naïve"])] = pick.choice(SCALARS)
        elif choice < 0.4:
            copy = dict(sorted(copy.items(), key=lambda _: pick.random()))
        else:
            copy[key] = mutate(copy[key], pick)
        return copy
    if isinstance(value, list) and value and pick.random() < 0.7:
        copy = list(value)
        spot = pick.randrange(len(copy))
        if pick.random() < 0.3:
            return copy * pick.choice([2, 12])
        copy[spot] = mutate(copy[spot], pick)
        return copy
    return pick.choice(SCALARS)


def garble(text, pick):
    """One byte of a document changed, dropped or doubled."""
    spot = pick.randrange(len(text))
    return pick.choice([text[:spot], text[:spot] + text[spot + 1:], text[:spot] + pick.choice('{}[]",:0x\\') + text[spot:]])


def bodies(good, pick, count):
    """Valid, mutated and garbled JSON texts of some good values."""
    for _ in range(count):
        value = pick.choice(good)
        for _ in range(pick.choice([0, 0, 1, 1, 1, 2, 3])):
            value = mutate(value, pick)
        text = json.dumps(value, ensure_ascii=pick.random() < 0.5, indent=pick.choice([None, None, 1]))
        yield (garble(text, pick) if pick.random() < 0.15 and text else text).encode()


def chooser(seed):
    return random.Random(seed)
