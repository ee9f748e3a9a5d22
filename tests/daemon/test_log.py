"""The log: lines for the journal and for eyes, with nothing in them that a terminal obeys."""

import io
import logging
from collections.abc import Iterator

import pytest

from daemon import log


@pytest.fixture(autouse=True)
def _put_back_the_root_logger() -> Iterator[None]:
    root = logging.getLogger()
    handlers, level = list(root.handlers), root.level
    yield
    root.handlers[:] = handlers
    root.setLevel(level)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("组织部 ok", "组织部 ok"),
        ("a\r\n<3>b", "a\\r\\n<3>b"),
        ("\x1b[2J", "\\x1b[2J"),
        ("gpj\u202efdp.exe", "gpj\\u202efdp.exe"),
        ("\udcff", "\\udcff"),
    ],
)
def test_what_a_terminal_would_obey_is_written_out(text: str, shown: str) -> None:
    assert log.plain(text) == shown


def test_a_long_text_is_cut_at_the_limit() -> None:
    assert log.plain("x" * 10, limit=10) == "x" * 10
    assert log.plain("x" * 11, limit=10) == "x" * 9 + "…"


def written(*, journal: bool, monkeypatch: pytest.MonkeyPatch) -> io.StringIO:
    if journal:
        monkeypatch.setenv("JOURNAL_STREAM", "8:1")
    else:
        monkeypatch.delenv("JOURNAL_STREAM", raising=False)
    stream = io.StringIO()
    log.setup(stream=stream)
    return stream


def test_a_line_for_the_journal_has_its_priority_and_no_time(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    stream = written(journal=True, monkeypatch=monkeypatch)
    logging.getLogger("x").warning("from %s", "a\n<0>b")
    assert stream.getvalue() == "<4>from a\\n<0>b\n"


def test_each_line_of_a_traceback_has_its_priority(monkeypatch: pytest.MonkeyPatch) -> None:
    stream = written(journal=True, monkeypatch=monkeypatch)
    try:
        int("bad\x1b[31m")
    except ValueError:
        logging.getLogger("x").exception("held")
    lines = stream.getvalue().splitlines()
    assert len(lines) > 3
    assert all(line.startswith("<3>") for line in lines)
    assert "\x1b" not in stream.getvalue()


def test_a_line_for_eyes_has_time_and_level(monkeypatch: pytest.MonkeyPatch) -> None:
    stream = written(journal=False, monkeypatch=monkeypatch)
    logging.getLogger("x").info("hello")
    assert stream.getvalue().endswith(" INFO hello\n")


def test_a_pass_of_the_scheduler_makes_no_line(monkeypatch: pytest.MonkeyPatch) -> None:
    stream = written(journal=True, monkeypatch=monkeypatch)
    logging.getLogger("apscheduler.executors.default").info("Running job")
    assert stream.getvalue() == ""
