"""Fuzz one target for a while: run.py TARGET SECONDS INPUT...

What libFuzzer finds worth keeping goes below the build folder, beside the target, and is begun with the next
time. An input that crashes is named; copy it to tests/fuzz/crashes/<name>/ with the fix.
"""

import os
import pathlib
import subprocess
import sys


def main():
    target, seconds, *inputs = sys.argv[1:]
    seconds = os.environ.get("ROBYNC_FUZZ_SECONDS", seconds)
    target = pathlib.Path(target)
    grown = target.parent / "fuzz-corpus" / target.name
    crashes = target.parent / "fuzz-crashes"
    grown.mkdir(parents=True, exist_ok=True)
    crashes.mkdir(exist_ok=True)
    # A folder of inputs that libFuzzer only reads; it takes no single files beside folders.
    folders = [name for name in inputs if pathlib.Path(name).is_dir()]
    for name in set(inputs) - set(folders):
        (grown / pathlib.Path(name).name).write_bytes(pathlib.Path(name).read_bytes())
    options = [
        f"-max_total_time={seconds}", f"-artifact_prefix={crashes}/{target.name}-", "-timeout=10",
        "-rss_limit_mb=1024", "-max_len=4096", "-print_final_stats=1", "-verbosity=1", "-close_fd_mask=1",
    ]
    done = subprocess.run([target, *options, grown, *folders], stderr=subprocess.PIPE, text=True, errors="replace")
    lines = done.stderr.splitlines()
    if done.returncode:
        print("\n".join(lines[-60:]))
    else:
        print("\n".join(line for line in lines if "stat::" in line or "DONE" in line))
    sys.exit(done.returncode)


if __name__ == "__main__":
    main()
