"""Writes cases.txt: what Pydantic's engine says about patterns and texts.

In an environment with pydantic (2.x): python make_cases.py > cases.txt

Lines, with %XX for control characters and the percent sign:
    P pattern      compiles; the lines behind it are about it
    + text         is found in it
    - text         is not
    X pattern      is refused as bad syntax
    R pattern      is refused as not regular
"""
import random
from typing import Annotated

from pydantic import StringConstraints, TypeAdapter, ValidationError

REAL = {
    r"^[a-z0-9-]+$": ["ada-l", "Ada", "", "a b", "a\n"],
    r"^[0-9]{4}$": ["1234", "123", "12345", "١٢٣٤"],
    r"^\d{4}$": ["1234", "١٢٣٤", "12a4"],
    r"^[A-Z]{2}$": ["DE", "de", "DEU"],
    r"^[^@\s]+@[^@\s]+\.[^@\s]+$": ["a@b.c", "a@b", "a b@c.d", "ä@ö.ü", "a@b.c\n"],
    r"^\w{3,20}$": ["ab", "abc", "é_1漢", "a" * 20, "a" * 21, "a-b"],
    r"^\+?[1-9]\d{1,14}$": ["+4930123", "0123", "12"],
    r"^https?://[^\s/$.?#].[^\s]*$": ["http://a.b", "ftp://a.b", "https://x", "https://xy z"],
    r"^#(?:[0-9a-fA-F]{3}){1,2}$": ["#fff", "#ffff", "#a1B2c3"],
    r"^(?:25[0-5]|2[0-4]\d|1?\d?\d)(?:\.(?:25[0-5]|2[0-4]\d|1?\d?\d)){3}$": ["127.0.0.1", "256.1.1.1", "1.2.3"],
    r"^(?i)[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}$": ["123e4567-e89b-12d3-a456-426614174000", "123E4567-e89b"],
    r"^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$": ["2026-11-21", "2026-13-01"],
    r"^\p{Lu}\p{Ll}+(?:[ '-]\p{L}+)*$": ["Ada", "ada", "Émile Zola", "O'Brien", "Ada  L"],
    r"foo|bar": ["a foo", "bar!", "fo"],
    r"\bfoo\b": ["foo", "a foo.", "foobar", "éfoo", "foo é"],
    r"^(?P<year>\d{4})(?<month>\d\d)$": ["202611", "2026-11"],
    r"^(a|b)*abb$": ["abb", "aababb", "ab"],
    r"": ["", "a"],
    r"^$": ["", "a", "\n"],
    r"(?m)^x$": ["x", "a\nx\nb", "ax", "a\r\nx\r\n"],
    r"(?mR)^x$": ["a\r\nx\r\n", "a\rx", "\r\nx\n"],
    r"(?x) ^ [a-c  d]+ \  # letters" "\n $": ["abcd ", "abcd"],
    r"^.$": ["a", "é", "😀", "\n", "\r", "ab", "\u2028"],
    r"(?s)^.$": ["\n", "é"],
    r"(?R)^.$": ["\n", "\r", "a"],
    r"(?i)straße": ["STRASSE", "STRAẞE", "Straße"],
    r"(?i)^k$": ["k", "K", "\u212a"],
    r"(?i-u)^k$": ["k", "K", "\u212a"],
    r"(?-u:\w)é": ["aé", "éé"],
}

HAND = r"""(?i)*;^*;\b+;(?);(?:)*;()*;(?-u:\B);(?-u:\w);(?-u:\W);(?-u:.);(?-u:[^a]);(?-u)é;a{ 2 , 3 };\0;\p{^L};
\p{L&};\p{LC};\pL;\p{sc!=Greek};\p{isgreek};\p{is_L};\p{Letter};\p{gc=Lu};\p{ general category : lu };\p{cn};\p{any};
\p{ascii};\p{Assigned};\p{Emoji};[[:foo:]];[[:alpha]];[[.a.]];[z-a];[a-];[a-[b]];[];[^];[a&&];[&&a];[a&&b&&c--d];
[a-z&&[^aeiou]];[--a];[a--];[---];[+--];\x{110000};\x{D800};\x{};\xg;\x4;\u12;(?i-i)a;(?ii)a;(?i--s)a;(?-)a;(?i-)a;
(?z)a;(?i;(a;a);(?P<1a>x);(?P<a.b[0]>x);(?P<>x);(?P>x);(?<n;(?P=n);(?>a);a++;a{99999999999};(?x)a {2};(?x)a{2} ?;
(?x)( ?i)a;(?x)\x{ 41};\b{foo};\b{2};\b{start;\b{ start };^$\b\B\A\z;(?x)a\ #b;a|b);[\b];[\A];[\z];[\pL];\w--a;
[\w-a];[a-\w];[a-&&b];[^^];[]-a];[--];[a-b-c];x{2,1;x{2,};x{};};];a];(?P<é>a);(?:(?i)a|b)B;\u{ 41 };(?=a);(?<=a);
(?<!a);(?!a);(a)\1;\k<n>;\Q;\cA;\e;\N;\R;\X;\K;(?#c);(?i:a;[a-\x];(?(1)a|b);\P{L;\p;\p{;[[:^alpha:]x];[[:ALPHA:]];
\p{Script=};\p{=L};\p{foo=bar};[\<];\<\>;[\_];[\q];(?x)\#;[a\]b];[a-z;[a-;[;[^;a{1,2,3};a{1 2};a{,};a{-1};a{1,x};
(?P<n>a)(?<m>b);(?P<n>a)(?P<n>b);a{3,2};[]a];[^]a];\Z;\G;\h;\-;\ ;\_;\é;[a-\d];[\d-z];[-a];a|*;x{,5};[a;\q;
(?-u)\xff;\u{1F600}\u00e9\U0001F600\x{41};[[:word:]--a];[\w--a];[a~~b];a**;a{2;a{2}{3};{;+;?;a||b;|;(|);((a)""".replace("\n", "").split(";")

ATOMS = r"""a;b;c;é;ß;K;s;.;\d;\w;\s;\D;\W;\S;[ab];[^a];[a-c];[^\w];[\W\d];\pL;\p{Lu};\p{Ll};\P{Greek};\p{Han};
[[:alpha:]];[[:^space:]];[a-z&&[^b]];[\w--a];[a-c~~b-d];^;$;\b;\B;\A;\z;\n;\r;-;_;\b{start};\b{end};\b{start-half};
\b{end-half};\<;\>;\x{1F600};\x41;[é-ü];😀;[\d_];""".replace("\n", "").split(";") + ["\u212a", "ſ"]
REPEATS = ["*", "+", "?", "{2}", "{1,2}", "{2,}", "*?", "+?", "{0}"]
GROUPS = ["", "?:", "?i:", "?s:", "?m:", "?-u:", "?mR:", "?x:", "?i-u:", "?R:"]
FLAGS = ["i", "m", "s", "x", "R", "mR", "U", "-u", "is"]
RARE = list("abcABCéÉßẞkKſsS1٣_- \n\r\u2028Ωω漢😀\u0301\u200dzü\x00\ud7ff\ue000\U0010ffff\u0800\u07ff\U00010000ↁ\u212a")

dice = random.Random(1)


def roll_pattern(depth):
    kind = dice.random()
    if depth == 0 or kind < 0.35:
        return dice.choice(ATOMS)
    if kind < 0.6:
        return roll_pattern(depth - 1) + roll_pattern(depth - 1)
    if kind < 0.7:
        return roll_pattern(depth - 1) + "|" + roll_pattern(depth - 1)
    if kind < 0.85:
        return "(?:" + roll_pattern(depth - 1) + ")" + dice.choice(REPEATS)
    if kind < 0.95:
        return "(" + dice.choice(GROUPS) + roll_pattern(depth - 1) + ")"
    return "(?" + dice.choice(FLAGS) + ")" + roll_pattern(depth - 1)


def roll_text():
    length = dice.choice([0, 1, 1, 2, 2, 3, 4, 6])
    return "".join(dice.choice(RARE if dice.random() < 0.5 else "abc \n\r1é") for _ in range(length))


def escape(text):
    return "".join(f"%{ord(c):02X}" if ord(c) < 32 or c in "%\x7f" else c for c in text)


def write(pattern, texts):
    try:
        adapter = TypeAdapter(Annotated[str, StringConstraints(pattern=pattern)])
    except Exception as error:
        irregular = "look-around" in str(error) or "backreferences" in str(error)
        print("R" if irregular else "X", escape(pattern))
        return
    print("P", escape(pattern))
    for text in dict.fromkeys(texts):
        try:
            adapter.validate_python(text)
            print("+", escape(text))
        except ValidationError:
            print("-", escape(text))


for pattern, texts in REAL.items():
    write(pattern, texts + [roll_text() for _ in range(4)])
for pattern in HAND:
    write(pattern, ["", "a", "x"] + [roll_text() for _ in range(8)])
for _ in range(350):
    write(roll_pattern(dice.randint(1, 4)), [""] + [roll_text() for _ in range(9)])
