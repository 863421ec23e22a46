"""What `robync build` runs to hold each handler against its route: five words for each, in sys.argv."""

from __future__ import annotations

import keyword
import os
import sys
import sysconfig
import traceback

from . import _server


def _report(place: str, route: str, module: str, function: str, error: BaseException) -> None:
    print(f"{place}: error: `python \"{module}:{function}\"` cannot serve {route}")
    if isinstance(error, _server.Unfit):
        where = f"{error.file}:{error.line}: " if error.file else "   = "
        print(f"{where}note: {error}")
    else:
        # The frames of the user's own files: those behind the import machinery.
        frames = [f for f in traceback.extract_tb(error.__traceback__) if _is_own(f.filename)]
        if isinstance(error, SyntaxError) and error.filename:
            print(f"{error.filename}:{error.lineno}: note: {error.msg}")
        elif frames:
            print(f"{frames[-1].filename}:{frames[-1].lineno}: note: {type(error).__name__}: {error}")
        else:
            print(f"   = note: {type(error).__name__}: {error}")


def _is_own(file: str) -> bool:
    ours = os.path.dirname(os.path.abspath(__file__))
    paths = sysconfig.get_paths()
    others = {paths[name] for name in ("stdlib", "platstdlib", "purelib", "platlib")}
    return os.path.isabs(file) and not any(file.startswith(other + os.sep) for other in [ours, *others])


def _parameters(names: str) -> list[str]:
    """The spec's names as Python has them: keywords get an underscore."""
    return [name + "_" if keyword.iskeyword(name) else name for name in names.split(",") if name]


def main() -> None:
    words = sys.argv[2:]
    failed = False
    output, sys.stdout = sys.stdout, sys.stderr  # what modules print on import is no file name
    for at in range(0, len(words), 5):
        place, route, module, function, names = words[at : at + 5]
        try:
            _server.fit(_server.find(module, function), _parameters(names))
        except BaseException as error:
            _report(place, route, module, function, error)
            failed = True
    sys.stdout = output
    if failed:
        sys.exit(1)
    files = {getattr(module, "__file__", None) for module in list(sys.modules.values())}
    for file in sorted(file for file in files if file and _is_own(file)):
        print(file)
