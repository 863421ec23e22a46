#!/usr/bin/env python3
"""Print nfc_tables.c from Python's unicodedata. Run by hand when the Unicode version shall change:

    make_nfc_tables.py > nfc_tables.c
"""
import unicodedata

LAST = 0x110000


def rows(items, width=114):
    line = "   "
    for item in items:
        if len(line) + len(item) + 2 > width:
            yield line
            line = "   "
        line += f" {item},"
    yield line


def decompositions():
    for c in range(LAST):
        parts = unicodedata.decomposition(chr(c)).split()
        if not parts or parts[0].startswith("<"):
            continue
        composes = unicodedata.normalize("NFC", chr(c)) == chr(c) and len(parts) == 2
        second = parts[1] if len(parts) == 2 else "0"
        yield f"{{0x{c:X}, 0x{parts[0].lstrip('0')}, 0x{second.lstrip('0') or '0'}, {int(composes)}}}"


def classes():
    ranges = []
    for c in range(LAST):
        ccc = unicodedata.combining(chr(c))
        if ccc and ranges and ranges[-1][1] == c - 1 and ranges[-1][2] == ccc:
            ranges[-1][1] = c
        elif ccc:
            ranges.append([c, c, ccc])
    return (f"{{0x{a:X}, 0x{b:X}, {ccc}}}" for a, b, ccc in ranges)


print(f"/* Made by make_nfc_tables.py from Unicode {unicodedata.unidata_version}; do not edit. */")
print('#include "codec/nfc.h"\n')
print("const rob_nfc_pair rob_nfc_pairs[] = {")
print("\n".join(rows(decompositions())))
print("};\nconst size_t rob_nfc_pair_count = sizeof rob_nfc_pairs / sizeof *rob_nfc_pairs;\n")
print("const rob_nfc_class rob_nfc_classes[] = {")
print("\n".join(rows(classes())))
print("};\nconst size_t rob_nfc_class_count = sizeof rob_nfc_classes / sizeof *rob_nfc_classes;")
