"""Coverage-guided fuzzing of the parser, with atheris (not among the project's dependencies):

    python -m venv /tmp/fuzz && /tmp/fuzz/bin/pip install atheris mail-parser
    /tmp/fuzz/bin/python -m tests.fuzz splitter -max_total_time=600 CORPUS
    /tmp/fuzz/bin/python -m tests.fuzz washer -max_total_time=600 CORPUS

Any exception, and any broken law, ends the run and leaves the input behind.
"""

import sys

import atheris  # type: ignore[import-untyped, import-not-found, unused-ignore]

with atheris.instrument_imports(include=["daemon", "mailparser", "email"]):
    from tests.fuzz import splitter, washer

TARGETS = {"splitter": splitter.check, "washer": washer.check}


def main() -> None:
    name, *options = sys.argv[1:]
    atheris.Setup([sys.argv[0], *options], TARGETS[name])
    atheris.Fuzz()


main()
