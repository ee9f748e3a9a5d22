"""Promise 7: no circle of machines, whatever their headers say and whatever stands between them."""

import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from daemon.config import load
from daemon.office import Office
from tests import material
from tests.daemon.offices import NOON, Clock, an_office, answers, post
from tests.letters import letter

SUBJECT = "农学院党委+战疫故事汇+20200701"
DAY = timedelta(days=1)
OURS, THEIRS = "zzbdj@scau.edu.cn", "zzb@example.edu.cn"
TELLTALE = (b"auto-submitted:", b"x-auto-response-suppress:", b"x-baosong:", b"precedence:")


def faulty(sender: str, **words: object) -> bytes:
    files = [("1.jpg", material.jpeg())]
    return letter(subject=SUBJECT, sender=sender, files=files, date=NOON, **words)  # type: ignore[arg-type]


@dataclass
class Pair:
    """Two offices, each of whose replies are delivered to the other by `between`."""

    first: Office
    second: Office
    roots: tuple[Path, Path]
    clock: Clock
    between: Callable[[bytes], bytes]

    def exchange(self) -> int:
        """Both read and answer, then the mail between them is delivered; how much there was."""
        for office in (self.first, self.second):
            office.poll(office.config.mailboxes[0])
            office.deliver(office.config.mailboxes[0])
        return self._carry(*self.roots) + self._carry(*reversed(self.roots))

    def days(self, count: int) -> int:
        """Exchange until nothing moves, day after day; how many mails went between them."""
        carried = 0
        for _ in range(count):
            while moved := self.exchange():
                carried += moved
                self.clock.pass_(timedelta(minutes=1))
            self.clock.pass_(DAY)
        return carried

    def _carry(self, source: Path, target: Path) -> int:
        mails = sorted((source / "out/new").glob("*"))
        for mail in mails:
            post(target, mail.name, self.between(mail.read_bytes()), at=self.clock())
            mail.rename(source / "out/cur" / mail.name)
        return len(mails)


@contextmanager
def a_pair(root: Path, between: Callable[[bytes], bytes]) -> Iterator[Pair]:
    clock = Clock()
    roots = (root / "ours", root / "theirs")
    with ExitStack() as open_ones:
        for path in roots:
            path.mkdir()
        first = open_ones.enter_context(Office(load(an_office(roots[0])), clock=clock))
        other = an_office(roots[1])
        other.write_text(other.read_text().replace(OURS, THEIRS))
        second = open_ones.enter_context(Office(load(other), clock=clock))
        yield Pair(first, second, roots, clock, between)


def untouched(raw: bytes) -> bytes:
    return raw


def stripped(raw: bytes) -> bytes:
    """A gateway that takes every header by which a machine can be told."""
    head, _, body = raw.partition(b"\r\n\r\n")
    lines = head.split(b"\r\n")
    kept = [line for line in lines if not line.lower().startswith(TELLTALE)]
    return b"\r\n".join(kept) + b"\r\n\r\n" + body


def test_two_instances_stop_after_the_first_answer(tmp_path: Path) -> None:
    with a_pair(tmp_path, untouched) as pair:
        post(pair.roots[0], "1", faulty(THEIRS))
        assert pair.days(3) == 1
        [row] = pair.second.ledger.messages()
        assert (row["status"], row["reply"]) == ("ignored", None)


def test_two_instances_that_cannot_tell_each_other_stop_at_the_caps(tmp_path: Path) -> None:
    """Three mails a day and ten for the notice: then a person writes."""
    with a_pair(tmp_path, stripped) as pair:
        post(pair.roots[0], "1", faulty(THEIRS))
        assert pair.days(1) <= 6
        assert pair.days(30) <= 20
        assert pair.days(30) == 0


def test_our_own_reply_that_comes_back_is_not_answered(tmp_path: Path) -> None:
    with Office(load(an_office(tmp_path)), clock=Clock()) as office:
        box = office.config.mailboxes[0]
        post(tmp_path, "1", faulty("nxy@example.edu.cn"))
        office.poll(box)
        office.deliver(box)
        [ours] = answers(tmp_path)
        post(tmp_path, "2", ours)
        post(tmp_path, "3", stripped(ours))
        office.poll(box)
        office.deliver(box)
        rows = list(office.ledger.messages())
    assert [row["reply"] and row["reply"]["state"] for row in rows] == ["sent", None, None]
    assert rows[1]["status"] == "ignored"


def forwarded(raw: bytes, hop: int, at: datetime) -> bytes:
    """As a server that forwards a mailbox to itself delivers it: the same letter, more headers."""
    trace = f"Received: from self ({hop}); {at:%a, %d %b %Y %H:%M:%S} +0000\r\n"
    return f"{trace}Delivered-To: {OURS}\r\n".encode() * (hop + 1) + raw


def test_a_mailbox_that_forwards_to_itself_gets_one_answer(tmp_path: Path) -> None:
    clock = Clock()
    raw = faulty("nxy@example.edu.cn")
    with Office(load(an_office(tmp_path)), clock=clock) as office:
        for hop in range(12):
            post(tmp_path, str(hop), forwarded(raw, hop, clock()), at=clock())
            office.poll(office.config.mailboxes[0])
            office.deliver(office.config.mailboxes[0])
            clock.pass_(timedelta(hours=6))
        rows = list(office.ledger.messages())
    assert [row["status"] for row in rows] == ["returned"] + ["ignored"] * 11
    assert [row["version"] for row in rows] == [1] + [None] * 11
    assert len(answers(tmp_path)) == 1


def test_the_same_words_in_a_new_letter_are_a_new_letter(tmp_path: Path) -> None:
    """Whoever sends it all again wants it judged again."""
    with Office(load(an_office(tmp_path)), clock=Clock()) as office:
        post(tmp_path, "1", faulty("nxy@example.edu.cn", message_id="a@example.edu.cn"))
        post(tmp_path, "2", faulty("nxy@example.edu.cn", message_id="b@example.edu.cn"))
        post(tmp_path, "3", faulty("nxy@example.edu.cn", message_id=""))
        post(tmp_path, "4", faulty("nxy@example.edu.cn", message_id="", text="再发"))
        office.poll(office.config.mailboxes[0])
        assert [row["version"] for row in office.ledger.messages()] == [1, 2, 3, 4]


def test_one_message_id_with_other_files_is_another_letter(tmp_path: Path) -> None:
    with Office(load(an_office(tmp_path)), clock=Clock()) as office:
        post(tmp_path, "1", faulty("nxy@example.edu.cn", message_id="a@example.edu.cn"))
        files = [("1.jpg", material.jpeg(seed=9))]
        other = letter(
            subject=SUBJECT,
            sender="nxy@example.edu.cn",
            files=files,
            date=NOON,
            message_id="a@example.edu.cn",
        )
        path = post(tmp_path, "2", other)
        os.utime(path, (NOON.timestamp() + 60, NOON.timestamp() + 60))
        office.poll(office.config.mailboxes[0])
        assert [row["version"] for row in office.ledger.messages()] == [1, 2]
