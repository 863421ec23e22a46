"""Coverage of runtime/ by folder: report.py FOLDER [--forget | --missing FILE | --floors LINES BRANCHES]

FOLDER holds the objects of runtime/ of a build with ROBYNC_COVERAGE. Standard library and gcov only.
"""

import argparse
import collections
import json
import pathlib
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
BRANCHES_OF = ("runtime/codec",)  # folders whose branches are counted too


class File:
    """Lines with their counts, and branches by line and place in it."""

    def __init__(self):
        self.lines = collections.Counter()
        self.branches = collections.Counter()

    def add(self, line):
        number = line["line_number"]
        self.lines[number] += line["count"]
        for at, branch in enumerate(line["branches"]):
            if not branch["throw"]:
                self.branches[number, at] += branch["count"]


def counts_of(notes):
    """What gcov says of one object; its counts may be missing when nothing ran."""
    done = subprocess.run(
        ["gcov", "--json-format", "--stdout", "--branch-probabilities", notes.name],
        cwd=notes.parent, capture_output=True, text=True, check=True)
    return [json.loads(line) for line in done.stdout.splitlines() if line]


def read(folder):
    files = collections.defaultdict(File)
    for notes in sorted(folder.rglob("*.gcno")):
        for unit in counts_of(notes):
            for entry in unit["files"]:
                path = pathlib.Path(unit["current_working_directory"], entry["file"]).resolve()
                if not path.is_relative_to(ROOT / "runtime"):
                    continue
                for line in entry["lines"]:
                    files[str(path.relative_to(ROOT))].add(line)
    return files


def share(counter):
    ran = sum(count > 0 for count in counter.values())
    return ran, len(counter), 100 * ran / len(counter) if counter else 100


def print_folders(files):
    folders = collections.defaultdict(lambda: (collections.Counter(), collections.Counter()))
    for name, file in files.items():
        for key in (str(pathlib.Path(name).parent), "runtime"):
            folders[key][0].update({(name, at): count for at, count in file.lines.items()})
            folders[key][1].update({(name, at): count for at, count in file.branches.items()})
    print(f"{'folder':<28} {'lines':>18} {'branches':>20}")
    for name, (lines, branches) in sorted(folders.items()):
        ran, count, percent = share(lines)
        text = f"{name:<28} {ran:>5} of {count:>5} {percent:5.1f} %"
        if name in BRANCHES_OF:
            ran, count, percent = share(branches)
            text += f" {ran:>6} of {count:>5} {percent:5.1f} %"
        print(text)


def print_files(files):
    print(f"\n{'file':<40} {'lines':>8} {'branches':>10}")
    for name, file in sorted(files.items(), key=lambda item: share(item[1].lines)[2]):
        print(f"{name:<40} {share(file.lines)[2]:6.1f} % {share(file.branches)[2]:8.1f} %")


def holds(files, least_lines, least_branches):
    lines, branches = collections.Counter(), collections.Counter()
    for name, file in files.items():
        lines.update({(name, at): count for at, count in file.lines.items()})
        if str(pathlib.Path(name).parent) in BRANCHES_OF:
            branches.update({(name, at): count for at, count in file.branches.items()})
    return share(lines)[2] >= least_lines and share(branches)[2] >= least_branches


def print_missing(file, name):
    text = (ROOT / name).read_text().splitlines()
    for number in sorted(file.lines):
        never = not file.lines[number]
        half = not never and any(at == number and not count for (at, _), count in file.branches.items())
        if never or half:
            print(f"{name}:{number}: {'never' if never else 'half '} {text[number - 1].strip()}")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("folder", type=pathlib.Path)
    parser.add_argument("--forget", action="store_true", help="remove the counts of earlier runs")
    parser.add_argument("--missing", metavar="FILE", help="list what did not run in runtime/...")
    parser.add_argument("--floors", type=float, nargs=2, metavar="PERCENT",
                        help="exit 1 when lines of runtime/, or branches of codec, are below")
    options = parser.parse_args()
    if options.forget:
        for counts in options.folder.rglob("*.gcda"):
            counts.unlink()
        return
    files = read(options.folder)
    if options.missing:
        print_missing(files[options.missing], options.missing)
        return
    print_folders(files)
    print_files(files)
    if options.floors and not holds(files, *options.floors):
        sys.exit("below the floor")


if __name__ == "__main__":
    main()
