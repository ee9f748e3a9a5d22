"""Connections that outlast a pass: what an idle look costs, and when it is not believed."""

import re
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

import pytest

import daemon.clock
import daemon.mailbox.imap
from daemon.errors import Unavailable
from daemon.mailbox.kept import MOST_MISSES, Kept
from tests.daemon.mailbox.test_imap import LETTER, NOWHERE, a_box
from tests.servers import providers
from tests.servers.cyrus import Cyrus
from tests.servers.letterbox import NOON, Letterbox
from tests.servers.proxy import Manners, Proxy, Talk, proxy


@dataclass
class Passes:
    """A daemon in small: it knows what it has seen, and notes what each folder came to."""

    kept: Kept
    letterbox: Letterbox
    front: Proxy
    words: dict[str, Any] = field(default_factory=dict)
    seen: set[tuple[str, int]] = field(default_factory=set)

    def __call__(self) -> list[str]:
        """What was new, as place and UID; or that a folder was unchanged."""
        box = a_box(self.letterbox, port=self.front.port, **self.words)
        said = []
        with self.kept.opening(box, state=NOWHERE) as folders:
            for folder in folders:
                if folder.unchanged():
                    said.append(f"{folder.place} unchanged")
                    continue
                last = max((uid for place, uid in self.seen if place == folder.place), default=1)
                new = {(folder.place, item.uid) for item in folder.listing(last - 1)} - self.seen
                folder.found(new=bool(new))
                self.seen |= new
                said += [f"{place} {uid}" for place, uid in sorted(new)]
        return said

    @property
    def verbs(self) -> list[bytes]:
        """The commands since the last look at them."""
        said = [words.split(b" ")[0] for talk in self.front.talks for words in talk.said]
        for talk in self.front.talks:
            talk.said.clear()
        return said


Start = Callable[..., Passes]


@pytest.fixture
def start(letterbox: Letterbox) -> Iterator[Start]:
    fronts, kept = [], Kept()

    def started(manners: Manners | None = None, **words: Any) -> Passes:
        front = proxy(letterbox.server.port, manners or Manners())
        fronts.append(front)
        return Passes(kept, letterbox, front.__enter__(), words)

    yield started
    kept.close()
    for front in fronts:
        front.__exit__(None, None, None)


UNCHANGED = ["office unchanged", "office/垃圾邮件 unchanged"]
JUNK = "&V4NXPpCuTvY-"


def test_an_idle_look_is_one_question_for_each_folder(letterbox: Letterbox, start: Start) -> None:
    letterbox.put(LETTER)
    passes = start()
    assert [passes(), passes()] == [["office 1"], UNCHANGED[1:]]
    assert passes.verbs
    for _ in range(3):
        assert passes() == UNCHANGED
        assert sorted(passes.verbs) == [b"NOOP", b"STATUS", b"STATUS"]
    assert len(passes.front.talks) == 1


def test_mail_in_either_folder_is_found_at_the_next_look(
    letterbox: Letterbox, start: Start
) -> None:
    passes = start()
    assert [passes(), passes()] == [[], UNCHANGED]
    letterbox.put(LETTER)
    assert passes() == ["office 1", UNCHANGED[1]]
    letterbox.put(LETTER, folder=JUNK)
    assert passes() == ["office/垃圾邮件 1"]
    assert passes() == UNCHANGED[:1]
    assert passes() == UNCHANGED


def test_what_is_not_in_the_ledger_yet_is_listed_again(letterbox: Letterbox, start: Start) -> None:
    letterbox.put(LETTER)
    passes = start(junk="")
    for _ in range(3):
        assert passes() == ["office 1"]
        passes.seen.clear()
    assert [passes(), passes(), passes()] == [["office 1"], [], UNCHANGED[:1]]


def test_a_letter_taken_away_for_one_that_comes_is_noticed(
    letterbox: Letterbox, start: Start
) -> None:
    first = letterbox.put(LETTER)
    passes = start(junk="")
    assert [passes(), passes(), passes()] == [["office 1"], [], UNCHANGED[:1]]
    letterbox.remove(first)
    letterbox.put(LETTER)
    assert passes() == ["office 2"]


@pytest.mark.parametrize("name", ["netease", "winmail"])
def test_a_server_without_uidnext_is_looked_through_each_time(
    letterbox: Letterbox, start: Start, name: str
) -> None:
    def line(talk: Talk, said: bytes) -> bytes:
        told = providers.EVERYBODY[name].line(talk, said)
        return re.sub(rb"UIDNEXT \d+ ?", b"", told or b"")

    passes = start(Manners(line=line), junk="")
    assert [passes() for _ in range(3)] == [[]] * 3
    letterbox.put(LETTER)
    assert passes() == ["office 1"]
    assert len(passes.front.talks) == 1


@pytest.mark.parametrize("answer", [b"NO not now", b"BAD what"])
def test_a_server_that_refuses_to_count_is_looked_through_each_time(
    letterbox: Letterbox, start: Start, answer: bytes
) -> None:
    def command(_talk: Talk, tag: bytes, rest: bytes) -> bytes | None:
        return b"%s %s\r\n" % (tag, answer) if rest.startswith(b"STATUS") else None

    passes = start(Manners(command=command))
    assert [passes() for _ in range(3)] == [[]] * 3
    letterbox.put(LETTER)
    assert passes() == ["office 1"]
    assert len(passes.front.talks) == 1


def test_a_connection_that_died_is_replaced_within_the_pass(
    letterbox: Letterbox, start: Start
) -> None:
    passes = start(_dying())
    assert passes() == []
    letterbox.put(LETTER)
    assert passes() == ["office 1"]
    assert len(passes.front.talks) == 2


def _dying() -> Manners:
    """Hangs up at the first question on a connection that was kept."""

    def line(talk: Talk, said: bytes) -> bytes | None:
        return None if said.startswith(b"* STATUS") else said

    return Manners(line=line)


def test_where_connections_always_die_each_pass_has_its_own(start: Start) -> None:
    passes = start(_dying())
    for count in range(MOST_MISSES + 1):
        passes()
        assert len(passes.front.talks) == count + 1
    assert b"STATUS" in passes.verbs
    assert passes() == []
    assert passes.verbs[-1] == b"LOGOUT"
    passes()
    assert b"STATUS" not in passes.verbs


def test_a_server_that_never_answers_is_left_soon(
    letterbox: Letterbox, start: Start, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(daemon.mailbox.imap, "PROBE", 0.5)

    def command(_talk: Talk, _tag: bytes, rest: bytes) -> bytes | None:
        return b"* BAD command not support\r\n" if rest.startswith(b"STATUS") else None

    passes = start(Manners(command=command), junk="")
    assert passes() == []
    letterbox.put(LETTER)
    assert passes() == ["office 1"]


def test_after_an_hour_everything_is_looked_at_over_a_new_connection(
    start: Start, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(daemon.clock, "now", lambda: NOON)
    passes = start()
    assert [passes(), passes()] == [[], UNCHANGED]
    monkeypatch.setattr(daemon.clock, "now", lambda: NOON + timedelta(minutes=59))
    assert passes() == UNCHANGED
    monkeypatch.setattr(daemon.clock, "now", lambda: NOON + timedelta(hours=1))
    assert passes() == []
    assert passes() == UNCHANGED
    assert len(passes.front.talks) == 2


def test_a_server_that_hid_mail_once_is_not_believed_again(
    letterbox: Letterbox,
    start: Start,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    def line(_talk: Talk, said: bytes) -> bytes:
        frozen = b"* STATUS INBOX (MESSAGES 1 UIDNEXT 2 "
        return re.sub(rb"\* STATUS INBOX \(MESSAGES \d+ UIDNEXT \d+ ", frozen, said)

    monkeypatch.setattr(daemon.clock, "now", lambda: NOON)
    letterbox.put(LETTER)
    passes = start(Manners(line=line), junk="")
    assert [passes(), passes()] == [["office 1"], []]
    letterbox.put(LETTER)
    assert passes() == UNCHANGED[:1]
    monkeypatch.setattr(daemon.clock, "now", lambda: NOON + timedelta(hours=1))
    assert passes() == ["office 2"]
    assert "does not count new mail" in caplog.text
    letterbox.put(LETTER)
    assert passes() == ["office 3"]


def test_a_pass_that_fails_keeps_no_connection(letterbox: Letterbox, start: Start) -> None:
    passes = start()
    box = a_box(letterbox, port=passes.front.port)
    with suppress(Unavailable), passes.kept.opening(box, state=NOWHERE) as folders:
        next(folders)
        raise Unavailable("judging", "disk full")
    assert passes() == []
    assert len(passes.front.talks) == 2


def test_two_passes_at_a_time_have_a_connection_each(letterbox: Letterbox, start: Start) -> None:
    letterbox.put(LETTER)
    passes = start(junk="")
    box = a_box(letterbox, port=passes.front.port, junk="")
    with passes.kept.opening(box, state=NOWHERE) as folders:
        folder = next(folders)
        assert passes() == ["office 1"]
        assert [item.uid for item in folder.listing()] == [1]
    assert passes() == []
    assert len(passes.front.talks) == 2


def test_what_is_lent_when_all_are_closed_is_closed_as_well(
    letterbox: Letterbox, start: Start
) -> None:
    passes = start(junk="")
    box = a_box(letterbox, port=passes.front.port, junk="")
    with passes.kept.opening(box, state=NOWHERE) as folders:
        next(folders)
        passes.kept.close()
    assert passes.verbs[-1] == b"LOGOUT"


def test_cyrus_counts_what_comes_to_a_folder_that_is_open(cyrus: Cyrus) -> None:
    letterbox = Letterbox(cyrus, cyrus.account("kept@example.org"))  # type: ignore[arg-type]
    letterbox.put(LETTER)
    with proxy(cyrus.port, Manners()) as front:
        passes = Passes(Kept(), letterbox, front, {"junk": ""})
        assert [passes(), passes(), passes()] == [["office 1"], [], UNCHANGED[:1]]
        letterbox.put(LETTER)
        assert passes() == ["office 2"]
        passes.kept.close()
