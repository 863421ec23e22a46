#!/usr/bin/env python3
"""Ask Pydantic what it makes of scalars, and print the rows that table_test.c reads.

    make_table.py [--seed N] [--count N] > rows.tsv

The rows are the examples below, and --count mutations of them per type. Inputs on which the runtime
differs on purpose are left out; see departs(). Needs pydantic and email-validator; the tests do not run
this, they read the table that it made.
"""
import argparse
import json
import math
import random
import re
import sys
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Annotated
from uuid import UUID

from pydantic import AnyUrl, Base64Bytes, EmailStr, Field, HttpUrl, TypeAdapter, ValidationError

NUMBERS = """0 -0 1 -1 2 9 10 100 86399 86400 -86400 20000000000 20000000001 -20000000001 253402300799
253402300800 1709210096 1709210096000 9007199254740993 9223372036854775807 -9223372036854775808
0.0 -0.0 1.0 1.5 -1.5 0.5 -0.25 0.1 1e2 1E+2 1e-7 0.00001 1e16 123456789.125 1709210096.5 86399.5
86399.9999999 -11676096001.5 20000000001.5 253402300799.9999999 1e15 1e21 1e300 5e-324
9007199254740992.0 0.3 2.675 100.0 1e18 -1e18 1e30 99999999999999.9""".split()

INTS = """1|1.0| 1 |+1|-1|1_0|01|1.00|1.|.0|0_1|0__1|-0_1|-01|+-1|-+1|1_.0|1.0_0|0_|00|-0|-0.0|+0|_1|1_|1__0
0-1|0x10|1e3|0.5|||9223372036854775807|-9223372036854775808|inf|nan|a|1 0|00.0|0.0|-_1|0_.0|　1|\x1c1"""
FLOATS = """1|1.0| 1 |+1|-1|1_0| 1_0 |01|1.|.5|0.5|1e3|1E+5|1e-400|_1|1_|1__0|1_.5|1._5|1e_5|e5|.|-|+||0x10|1e|1e+
0.1|0.30000000000000004|9007199254740993|123456789012345678901234567890|2.2250738585072014e-308|4.9e-324|1 0
179769313486231570000000000000e279|--1|1e1_0|+_1|　1.5|5e-325|0.1e-6|100000000000000000000000|1.7976931348623157e308"""
BOOLS = """on|off|t|f|true|false|y|n|yes|no|1|0|ON|oFf|True|2|| on|on |tru|10|١|\x11|\x10"""
UUIDS = """123e4567-e89b-12d3-a456-426614174000|123E4567-E89B-12D3-A456-426614174000
123e4567e89b12d3a456426614174000|{123e4567-e89b-12d3-a456-426614174000}
urn:uuid:123e4567-e89b-12d3-a456-426614174000||a|{|{}|urn:uuid:|----|1-2-3-4-5|é|aé|-------|zzz
123e4567-e89b-12d3-a456-42661417400|123e4567-e89b-12d3-a456-4266141740000|{123e4567e89b12d3a456426614174000}
123e4567-e89b-12d3-a456-42661417400z|123e4567e89b12d3a456426614174000-|123e4567-e89b-12d3-a4564266-14174000
{123e4567-e89b-12d3-a456-4266141740000}|URN:UUID:123e4567-e89b-12d3-a456-426614174000"""
DATETIMES = """2024-02-29T12:34:56Z|2024-02-29T12:34:56+02:00|2024-02-29T12:34|2024-02-29 12:34:56.789
2024-02-29t12:34:56,5z|2024-02-29_12:34:56.1234567-0330|2024-02-29T12:34:56−02:30|2024-02-29|2023-02-29
2024-13-01|2024-02-29T24:00|2024-02-29T12:60|2024-02-29T12:34:60|2024-02-29T12:34:56.|2024-02-29T12
2024-02-29T12:34:56+24:00|2024-02-29T12:34:56+23:60|2024-02-29T12:34:56+2|2024-02-29T12:34:56 Z
2024-02-29x12:34|2024/02/29T12:34|0000-01-01T00:00|0000-01-01|0001-01-01T00:00|9999-12-31T23:59:59.999999
1|-1|1.5|-1.25|.5|1.|-.5|+.5|.|-|+||1e3| 1|20000000001|20000000000.5|253402300799|253402300800000
99999999999999999999|-62135596800|86400|86401|-86400|0|2024-02-29T00:00:00Z|2024-02-29T00:00:00.000001
2024-2-9|12:34:56|P1D|2024-02-29T12:34:56Zx|2024-02-29T|2024-02-29T00:00+0|2024-02-30T00:00"""
TIMES = """12:34|12:34:56|12:34:56.5|12:34:56.123456789|12:34:56Z|12:34:56z|12:34:56+02:00|12:34:56-0130|24:00
12:60|12:34:60|12:34:5|12:34:|12:3|1:2:3|12.34|12:34:56 Z|12:34:56+25:00|86399|12:34Z|12:34+01:00|12:34:56,25
||a|12:34:56.|12:34:56+01:60|12:34:56+1|25:00|12:34:56Z0|  :  |１２:34"""
DURATIONS = """P1DT2H|-P1DT1H|+P1D|P1Y|P1M|P2W|PT0.5S|PT36H|P|PT|P1|P1DT|PT1|P1.5D|P1.5DT1H|P1,5Y|P1TT|P1DT1HT|P1H
PT1D|PT1.5H|PT0.0000005S|1 day, 1:00:00|1d|1D 01:00|1 days,|1 day x|1 dayx|1x|12:34:56.789|12:34:56.1234567|1:2:3
-1:30:00|01:02|01:60|01:02:60|999999999:00:00|9999999999:00:00|99999999999:00:00|P999999999D|P1000000000D
P4294967296D|PT4294967295H|d|12:34 d|p1d|+|-||3 days 02:00:00|1 da|25:00|10:00:00|-3 days, 01:00|PT1M30S|P1Y2M3DT4H
P1W2D|PT1S2S|1:00:00Z|1 day 1:00|0 days|P0D|-PT0S|PT1000000000S|P1D T1H|00:00:00.000001"""
DECIMALS = """1|1.0|1_0|_1_|__| 1 |\x1c1|　1|１２|١٢|1e5|1E-7|0.0000001|0.000001|00.10|-0|+0|0E+5|0e-10|.5|5.|.|e5|1e|1e+
--1|1 0|10e17|123.450|-123.45|1E+28|999999999999999999999999999999|0.00|1.50|12.345|1E+5|0x10|||12|120|1200E-2
1e999999999999999999|1e1000000000000000000|1e-1999999999999999997|1e-1999999999999999998|inf|-Infinity|nan|snan12"""
BASE64 = """YWJj|YWI=|YQ==|YWJjZA|=|==|A=|AA=|AA==|AAA|AA=A|A=AA|AA=A=|====|AAAA=|AA==AA==|AB==x|A|A===|AAA=AAA|AAé==|AA=|||a b c d
_-8=|+/8=|abcde|12:34|http://a.com/|!!!!|YWJj====|YWJjZGVm|Y"""
EMAILS = """a@b.co|A@B.CO|a.b+c@example.com|a@localhost|@b.co|a.@b.co|.a@b.co|a..b@c.co|a@@b.co|a b@c.co|abc||@|a@|a@-b.co|a@b-.co
a@b..co|a@.b.co|a@b.co.|a@a--b.co|a@ab--c.co|a@1.2.3.4|a@[1.2.3.4]|a@[IPv6:::1]|a@[x]|a@[|"a b"@b.co|"a"@b.co|""@b.co
a"b@c.co|POSTMASTER@b.co|John <a@b.co>|"J. D." <a@b.co>|<a@b.co>|J@ <a@b.co>|J. D. <a@b.co|J, D <a@b.co>| a@b.co |a@b.co x
a＠b.co|a﹫b.co|a\x00b@c.co|a\x7fb@c.co|a\xa0b@c.co|a​b@c.co|a@b_c.co|a@b!,'c.co|'@b.co|a\\b@c.co|a@b\\.co|😀@b.co|é@b.co
a@b.local|a@x.test|a@b.c1|a@b.1c|x <<a@b.co>>|<>|<a@b.co> x|a <b> c|"a<b@c.co|a@bücher.de|a@BÜCHER.de|a@xn--bcher-kva.de
a@faß.de|a@日本.jp|a@b。co|a@😀.co|"a"b@c.co|a@xn--zzzzzz.de|a@test|e\u0301@b.co|A\u030A\u0323x@b.co|\u1112\u1161\u11ab@b.co|!#$%&'*+-/=?^_`{|}~@b.co"""
HTTP_URLS = """http://a.com|http://a.com:80/|https://a.com:443/x|http://a.com/a b?q=1 2#f g|http:a.com|http:///a.com|http:\\\\a.com\\b|http://
http://?q|http://:80|http://u@|http://u:p@a.com|http://:@a.com|http://u:@a.com|http://a@b@c.com|http://a.com:|http://a.com:0080/
http://a.com:65536|http://a.com:8x|http://1.2.3|http://0x7f.1|http://256.1.1.1|http://1.2.3.4.5|http://1.2.3.09|http://a.1
http://[::1]:80/|http://[::1|http://[1:2]|http://[::ffff:1.2.3.4]|http://[1:0:0:2:0:0:0:3]|http://[1:2:3:4:5:6:7:8]|http://EXAMPLE.com
http://%41.com|http://a%2fb|http://%ff.com|http://é.com|http://xn--a.com|http://xn--bcher-kva.de|http://a..b|http://.|http://a_b.com
http://a"b.com|http://a{b}.com|http://a^b|http://a.com/../x/./y/%2e%2E/z|http://a.com/x/..|http://a.com/a"<>`{}^\\b|http://a.com/?a'b"<>
http://a.com/#a`'b|http://a.com/%zz%41|http://a.com/é?é#é| http://a.com |http://a.com/\x7f|http://u[s]:p^w@a.com/|http://-a-.com|1http://a
http|//a.com|:|http:|HTTP://A|http://a.com?|http://a.com#|http://a.com/?#|http://ab--c.com|http://faß.de|http://a。b|http://1.2.3.4.
http://0|http://4294967296|http://a.0x|http://a.0xg|http://[v1.x]|http://a.com//..//x|ftp://a.com|a.com||x"""
ANY_URLS = """mailto:a@b.c|mailto:|foo:|foo:bar baz|foo:bar é?q#f|foo://|foo:///x|foo://h|foo://h:80|foo://h:99999|foo://H/p|foo://a b
foo://a%20b/|foo://é|foo:/x/../y|foo:/..//x|foo://h/../x|foo:x/../y|file:|file:x|file:/x|file://x|file://localhost/x|file:///c|/x
file:///c:/../x|file://c:/x|file:///x/..|file://a b/|file:///?q#f|file:c:\\x|file://[::1]/|ftp://a.com:21/|ws://a:80|wss://a:443/x
foo://u:p@h|foo://@h|foo://u@|foo://:80|foo://[::1]|foo://[x|javascript:alert(1)|data:text/plain,hi there |foo: |a+b-c.d:x|foo://h\\x
foo://h?q'|foo://h#|foo:?q|foo:#f|redis:///0|postgres://u:p@h:5432/db|foo://1.2.3|file:////x|blob:http://a.com/x|foo://h/a\\c^d|http://a.com"""

TYPES = {  # name: (type, string examples)
    "int": (int, INTS), "float": (float, FLOATS), "bool": (bool, BOOLS), "uuid": (UUID, UUIDS),
    "datetime": (datetime, DATETIMES), "date": (date, DATETIMES), "time": (time, TIMES),
    "duration": (timedelta, DURATIONS), "decimal": (Decimal, DECIMALS), "bytes": (Base64Bytes, BASE64),
    "email": (EmailStr, EMAILS), "url": (HttpUrl, HTTP_URLS), "uri": (AnyUrl, HTTP_URLS + "|" + ANY_URLS),
    "str": (str, BOOLS),
}
for limits in ("max_digits=1", "max_digits=5, decimal_places=2", "max_digits=1, decimal_places=1", "decimal_places=1",
               "gt=0", "ge=1.50, lt=100", "le=-1", "multiple_of=0.1", "multiple_of=0.05", "gt=0.5", "multiple_of=7"):
    arguments = {k: int(v) if "." not in v else Decimal(v) for k, v in (x.split("=") for x in limits.split(", "))}
    TYPES[f"decimal({limits})"] = (Annotated[Decimal, Field(**arguments)], DECIMALS)


def examples(text):
    """Rows are separated by lines, examples by bars; a bar inside an example is two cells' joint."""
    return [cell for line in text.split("\n") for cell in line.split("|")]


def mutate(rng, text, others):
    """One or two small changes: what people and fuzzers get wrong."""
    for _ in range(rng.choice((1, 1, 2))):
        at = rng.randrange(len(text) + 1)
        other = rng.choice(others) or "0"
        kind = rng.randrange(6)
        if kind == 0:
            text = text[:at] + text[at + 1:]
        elif kind == 1:
            text = text[:at] + rng.choice("0123456789-+.:_ TZPDHMSeE,/@%#?\\[]<>\"aé") + text[at:]
        elif kind == 2 and at < len(text):
            text = text[:at] + rng.choice("0123456789" if text[at].isdigit() else "-+.:_ TZeE/@aX") + text[at + 1:]
        elif kind == 3:
            text = text[:at] + other[rng.randrange(len(other)):]
        elif kind == 4:
            text = text[:at] + text[at:at + 2] + text[at:]
        else:
            text = text.swapcase()
    return text


def show(kind, adapter, value):
    if kind == "email" or kind == "url" or kind == "uri" or kind == "str":
        return str(value)
    return json.loads(adapter.dump_json(value)) if kind not in ("int", "float", "bool") else adapter.dump_json(value).decode()


def answer(kind, adapter, call):
    """What the row expects, or None when the runtime departs."""
    try:
        value = call()
        if isinstance(value, float) and not math.isfinite(value):
            return None  # finite_number
        if isinstance(value, int) and not -2**63 <= value < 2**63:
            return None  # int_parsing_size
        if value is None:
            return None
        return "=" + show(kind, adapter, value)
    except ValidationError as e:
        error = e.errors()[0]
        ctx = {k: number(v) for k, v in error.get("ctx", {}).items()}
        if error["type"] == "int_parsing_size":
            return None
        message = error["msg"].replace("valid duration", "valid timedelta")  # JSON mode's word for it
        tail = json.dumps(ctx, ensure_ascii=False, separators=(",", ":")) if ctx else ""
        return f"!{error['type']}|{message}|{tail}"
    except OverflowError:
        return None  # FastAPI's 500


def number(value):
    """As FastAPI writes a Decimal in ctx."""
    if not isinstance(value, Decimal):
        return value
    return int(value) if value.as_tuple().exponent >= 0 else float(value)


def departs(kind, source, mode, text, expected):
    if kind in ("email", "url", "uri"):
        if any(ord(c) > 0x7F for c in text) and expected[0] == "!":
            return True  # the reasons of libidn2 and of Unicode's tables are told apart less finely
        if "not valid IDNA" in expected or "became invalid" in expected:
            return True
        if re.search(r"xn--[^/]*[^a-z0-9./-]", expected):
            return True  # libidn2 refuses labels with other characters
        if "xn--" in text.lower() or any(ord(c) > 0x7F for c in text) and "-" in text:
            return True  # libidn2 knows another version of Unicode
    if kind == "int" and expected[0] == "=" and source == "number":
        return Decimal(text) != int(expected[1:])  # never through a double
    if kind == "bool" and source == "number":
        return Decimal(text) != Decimal(float(text))
    if kind == "email":
        return "in brackets after the @-sign is not valid" in expected  # Python's ipaddress says how
    if kind in ("datetime", "date") and re.match(r"[-+]?\d{19,}\.", text):
        return True  # refused either way
    if "multiple_of" in kind and "e-" in text.lower():
        return True  # beyond the range of Python's context
    if "multiple_of" in kind and len(expected) > 28 or "+2" in expected:
        return True  # beyond its precision
    if kind == "int" and source == "string":
        return expected[0] == "=" and re.search(r"0[_0]*-", text) is not None
    if mode == "strict":  # strictness concerns JSON types here, not the spelling of URLs and numbers
        return "url_syntax" in expected or (kind == "decimal" and source == "number")
    return False


def escape(text):
    return "".join(chr(b) if 0x20 < b < 0x7F and b != 0x25 or b == 0x20 else f"%{b:02X}" for b in text.encode("utf-8"))


def row(kind, source, mode, text, expected, seen=set()):
    if (kind, source, mode, text) in seen:
        return
    seen.add((kind, source, mode, text))
    if expected is not None and not departs(kind, source, mode, text, expected):
        print(kind, source, mode, escape(text), escape(expected), sep="\t")


def rows_of(kind, rng, count):
    python_type, texts = TYPES[kind]
    adapter = TypeAdapter(python_type)
    base = examples(texts)
    limited = "(" in kind
    if limited:
        base = rng.sample(base, 30)
        count //= 4
    for text in base + [mutate(rng, rng.choice(base), base) for _ in range(count)]:
        row(kind, "string", "lax", text, answer(kind, adapter, lambda: adapter.validate_python(text)))
        if not limited and rng.random() < 0.3:
            strict = answer(kind, adapter, lambda: adapter.validate_json(json.dumps(text), strict=True))
            row(kind, "string", "strict", text, strict)
    taken = kind in ("int", "float", "bool", "datetime", "date", "time", "duration", "decimal")
    numbers = NUMBERS if taken else rng.sample(NUMBERS, 4 if not limited else 12)
    for text in numbers + [mutate_number(rng, rng.choice(numbers)) for _ in range(count // 4 if taken else 0)]:
        row(kind, "number", "lax", text, answer(kind, adapter, lambda: adapter.validate_python(json.loads(text))))
        if not limited and rng.random() < 0.3:
            row(kind, "number", "strict", text, answer(kind, adapter, lambda: adapter.validate_json(text, strict=True)))
    for text in ("true", "false"):
        row(kind, "bool", "lax", text, answer(kind, adapter, lambda: adapter.validate_python(text == "true")))


def mutate_number(rng, text):
    while True:
        changed = mutate(rng, text, NUMBERS)
        try:
            if isinstance(json.loads(changed), (int, float)) and changed.strip() == changed:
                if math.isfinite(json.loads(changed)):
                    return changed
        except (ValueError, OverflowError):
            pass


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--count", type=int, default=40)
    parser.add_argument("kinds", nargs="*")
    options = parser.parse_args()
    rng = random.Random(options.seed)
    print("# made by make_table.py; do not edit")
    for kind in options.kinds or TYPES:
        rows_of(kind, rng, options.count)


if __name__ == "__main__":
    sys.exit(main())
