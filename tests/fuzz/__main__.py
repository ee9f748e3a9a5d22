"""Coverage-guided fuzzing with atheris, which is not among the project's dependencies:

    python -m venv /tmp/fuzz && /tmp/fuzz/bin/pip install atheris
    echo "$PWD/.venv/lib/python3.11/site-packages" > /tmp/fuzz/lib/python3.11/site-packages/own.pth
    /tmp/fuzz/bin/python -m tests.fuzz seeds /tmp/corpus
    /tmp/fuzz/bin/python -m tests.fuzz line -max_total_time=600 -max_len=200000 /tmp/corpus
    /tmp/fuzz/bin/python -m tests.fuzz splitter -max_total_time=600 CORPUS
    /tmp/fuzz/bin/python -m tests.fuzz washer -max_total_time=600 CORPUS

`line` takes a mail from its bytes to its row in a ledger; the other two are its narrow places.
Any exception, and any broken law, ends the run and leaves the input behind.
"""

import sys
from collections.abc import Callable
from pathlib import Path


def main() -> None:
    name, *options = sys.argv[1:]
    if name == "seeds":
        from tests.fuzz import seeds

        print(seeds.write(Path(options[0])), "seeds")
        return
    import atheris  # type: ignore[import-untyped, import-not-found, unused-ignore]

    with atheris.instrument_imports(include=["daemon", "rules", "mailparser", "email"]):
        target = _target(name)
    atheris.Setup([sys.argv[0], *options], target)
    atheris.Fuzz()


def _target(name: str) -> Callable[[bytes], None]:
    from tests.fuzz import line, splitter, washer

    if name == "line":
        return line.Target()
    return {"splitter": splitter.check, "washer": washer.check}[name]


main()
