"""The IMAP mailbox before servers as they are: they gate, refuse, cut, forget and lie."""

import re
import time

import pytest
from imapclient import SocketTimeout  # type: ignore[import-untyped]

import daemon.mailbox.attempt
import daemon.mailbox.imap
from daemon.errors import Unavailable
from daemon.mailbox import open_mailbox
from tests.daemon.mailbox.test_imap import LETTER, NOWHERE, a_box, disposed, fetched, listed
from tests.servers import providers
from tests.servers.letterbox import NOON, Letterbox
from tests.servers.providers import EVERYBODY
from tests.servers.proxy import Manners, Talk, proxy


def fault_of(letterbox: Letterbox, manners: Manners, uid: int = 1, **imap: str) -> Unavailable:
    """What fetching that message from such a server ends in."""
    with proxy(letterbox.server.port, manners) as front, pytest.raises(Unavailable) as fault:
        fetched(a_box(letterbox, port=front.port, **imap), uid)
    return fault.value


@pytest.mark.parametrize("name", EVERYBODY)
def test_the_portable_core_works_with_every_provider(letterbox: Letterbox, name: str) -> None:
    uids = [letterbox.put(LETTER + b"%d" % n) for n in range(3)]
    with proxy(letterbox.server.port, EVERYBODY[name]) as front:
        box = a_box(letterbox, port=front.port)
        assert [i.uid for i in listed(box)] == uids
        assert [i.uid for i in listed(box, after=uids[1])] == uids[2:]
        assert b"".join(fetched(box, uids[0])) == LETTER + b"0"
    assert letterbox.flags() == {uid: set() for uid in uids}


def test_no_command_relies_on_search_or_uidnext(letterbox: Letterbox) -> None:
    letterbox.put(LETTER)
    with proxy(letterbox.server.port, Manners()) as front:
        listed(a_box(letterbox, port=front.port))
    verbs = {said.split()[0] for talk in front.talks for said in talk.said if said}
    assert verbs <= {b"CAPABILITY", b"LOGIN", b"ID", b"EXAMINE", b"LIST", b"FETCH", b"LOGOUT"}


@pytest.mark.parametrize(
    ("given", "text"), [(b"0", "0"), (None, "0"), (b"1", "1"), (b"99999999999", "99999999999")]
)
def test_uidvalidity_is_taken_as_it_comes(
    letterbox: Letterbox, given: bytes | None, text: str
) -> None:
    manners = providers.uidvalidity(given)
    with proxy(letterbox.server.port, manners) as front:
        box = a_box(letterbox, port=front.port)
        with open_mailbox(box, state=NOWHERE) as folders:
            assert next(folders).uidvalidity == text


def test_a_fetch_that_is_cut_is_unavailable_and_whole_the_next_time(letterbox: Letterbox) -> None:
    raw = LETTER + b"x" * 3_000_000
    uid = letterbox.put(raw)
    with proxy(letterbox.server.port, providers.cuts_once(500_000)) as front:
        box = a_box(letterbox, port=front.port)
        with pytest.raises(Unavailable, match=f"fetching message {uid} of INBOX"):
            fetched(box, uid)
        assert b"".join(fetched(box, uid)) == raw


def test_a_command_without_an_answer_ends_by_time(
    letterbox: Letterbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(daemon.mailbox.imap, "TIMEOUT", SocketTimeout(5, 3))
    uid = letterbox.put(LETTER)
    silent = providers.answers_fetch_with(b"* BAD command not support\r\n")
    with proxy(letterbox.server.port, silent) as front:
        box = a_box(letterbox, port=front.port)
        with pytest.raises(Unavailable, match=r"fetching message .*timed out"):
            fetched(box, uid)


@pytest.mark.parametrize(
    "answer",
    [
        b"* 1 FETCH (UID 1 BODY[]<0> {99999999999}\r\nx",
        b"* 1 FETCH (UID 1 BODY[]<0> " + b"x" * 1_100_000 + b")\r\nTAG OK\r\n",
        b"* 1 FETCH (UID\r\nTAG OK done\r\n",
        b"* 1 FETCH (((((\r\nTAG OK done\r\n",
        b"* 1 FETCH (UID one RFC822.SIZE two)\r\nTAG OK done\r\n",
        b'* 1 FETCH (UID 1 RFC822.SIZE 5 BODY[]<0> "\r\nTAG OK done\r\n',
        b"TAG OK\r\n",
        b"* BYE going down\r\nTAG NO\r\n",
        b"\xff\xfe\x00\r\nTAG OK done\r\n",
        b"TAG NO [SERVERBUG] internal error\r\n",
        b"TAG BAD what\r\n",
    ],
)
def test_an_answer_that_is_none_is_unavailable_and_short(
    letterbox: Letterbox, monkeypatch: pytest.MonkeyPatch, answer: bytes
) -> None:
    monkeypatch.setattr(daemon.mailbox.imap, "TIMEOUT", SocketTimeout(5, 3))
    uid = letterbox.put(LETTER)
    fault = fault_of(letterbox, providers.answers_fetch_with(answer), uid)
    assert len(str(fault)) < 500
    assert str(fault).isprintable()


KIB = 1 << 10


@pytest.mark.parametrize(
    ("came", "stated", "whole"),
    [
        (0, 1000, False),
        (1, 1000, True),
        (KIB, 65 * KIB, True),
        (KIB, 65 * KIB + 1, False),
        (7000 * KIB, 8000 * KIB, True),
        (7000 * KIB, 8001 * KIB, False),
    ],
)
def test_half_a_message_is_not_taken_for_whole(
    letterbox: Letterbox, came: int, stated: int, *, whole: bool
) -> None:
    uid = letterbox.put(b"x" * came or b"x")
    manners = _gives(uid, came, stated)
    if whole:
        with proxy(letterbox.server.port, manners) as front:
            assert sum(map(len, fetched(a_box(letterbox, port=front.port), uid))) == came
    else:
        assert fault_of(letterbox, manners, uid).cause == f"{came} of {stated} bytes came"


def _gives(uid: int, came: int, stated: int) -> Manners:
    """A server that says `stated` and hands out `came` bytes."""

    def command(_talk: Talk, tag: bytes, rest: bytes) -> bytes | None:
        asked = re.search(rb"BODY\.PEEK\[\]<(\d+)\.(\d+)>", rest)
        if asked is None:
            return None
        start, length = int(asked[1]), int(asked[2])
        body = b"x" * max(min(length, came - start), 0)
        head = b"* 1 FETCH (UID %d RFC822.SIZE %d BODY[]<%d> {%d}\r\n"
        return head % (uid, stated, start, len(body)) + body + b")\r\n" + tag + b" OK done\r\n"

    return Manners(command=command)


@pytest.mark.parametrize("stated", [0, 1, 10**9])
def test_a_wrong_size_in_the_listing_does_not_matter(letterbox: Letterbox, stated: int) -> None:
    raw = LETTER + b"x" * 2_500_000
    uid = letterbox.put(raw)
    with proxy(letterbox.server.port, _stating(stated, of=len(raw))) as front:
        assert b"".join(fetched(a_box(letterbox, port=front.port), uid)) == raw


def _stating(size: int, *, of: int) -> Manners:
    """Lies in the listing alone, or a little everywhere."""
    shown = of + 100_000 if size > of else size

    def line(_talk: object, line: bytes) -> bytes:
        return line.replace(b"RFC822.SIZE %d" % of, b"RFC822.SIZE %d" % shown)

    return Manners(line=line)


@pytest.mark.parametrize("answer", [b"TAG NO\r\n", b"* LIST ((((\r\nTAG OK\r\n", b"* LIST\r\n"])
def test_folders_that_cannot_be_listed_do_not_keep_the_mailbox_from_being_read(
    letterbox: Letterbox, monkeypatch: pytest.MonkeyPatch, answer: bytes
) -> None:
    monkeypatch.setattr(daemon.mailbox.imap, "TIMEOUT", SocketTimeout(5, 3))

    def command(_talk: Talk, tag: bytes, rest: bytes) -> bytes | None:
        return answer.replace(b"TAG", tag) if rest.upper().startswith(b"LIST") else None

    with proxy(letterbox.server.port, Manners(command=command)) as front:
        box = a_box(letterbox, port=front.port)
        with open_mailbox(box, state=NOWHERE) as folders:
            assert [f.place for f in folders] == ["office"]


def test_malformed_dates_hide_no_message(letterbox: Letterbox) -> None:
    uids = [letterbox.put(LETTER) for _ in range(2)]
    with proxy(letterbox.server.port, providers.BAD_DATES) as front:
        found = listed(a_box(letterbox, port=front.port))
    assert [(i.uid, i.received) for i in found] == [(uid, None) for uid in uids]


def test_without_move_and_uidplus_a_message_is_copied_and_marked(letterbox: Letterbox) -> None:
    first, second = letterbox.put(LETTER), letterbox.put(LETTER)
    poor = Manners(line=lambda _talk, line: line.replace(b" MOVE", b"").replace(b" UIDPLUS", b""))
    with proxy(letterbox.server.port, poor) as front:
        disposed(a_box(letterbox, port=front.port, after="move:taken"), first)
    assert letterbox.flags() == {first: {"\\Deleted"}, second: set()}
    assert set(letterbox.flags("taken")) == {1}


@pytest.mark.parametrize("before", [1, 280])
def test_a_server_that_echoes_the_password_does_not_bring_it_into_the_log(
    letterbox: Letterbox, before: int
) -> None:
    """Nor the beginning of it, where a long answer is cut off."""

    def echo(_talk: object, tag: bytes, rest: bytes) -> bytes | None:
        login = rest.upper().startswith(b"LOGIN")
        return tag + b" NO " + b"." * before + rest.split(b" ")[-1] if login else None

    fault = fault_of(letterbox, Manners(command=echo), password="a-plain-word" * 5)
    assert "a-plain" not in str(fault)


def test_a_server_in_trouble_is_not_taken_for_a_wrong_password(letterbox: Letterbox) -> None:
    def busy(_talk: object, tag: bytes, rest: bytes) -> bytes | None:
        login = rest.upper().startswith(b"LOGIN")
        return tag + b" NO [UNAVAILABLE] later\r\n" if login else None

    assert type(fault_of(letterbox, Manners(command=busy))) is Unavailable


def test_a_line_that_breaks_at_login_is_not_taken_for_a_wrong_password(
    letterbox: Letterbox,
) -> None:
    def hangs_up(talk: Talk, line: bytes) -> bytes | None:
        said = talk.said[-1] if talk.said else b""
        return None if said.startswith(b"LOGIN") else line

    assert type(fault_of(letterbox, Manners(line=hangs_up))) is Unavailable


def test_a_server_that_drips_is_cut_off(
    letterbox: Letterbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(daemon.mailbox.attempt, "DEADLINE", 0.5)
    letterbox.put(LETTER)

    def drips(talk: Talk, line: bytes) -> bytes:
        if b"RFC822.SIZE" in line:
            time.sleep(5)  # what the timeout of a socket would bear for ever
        return line

    assert "EOF" in str(fault_of(letterbox, Manners(line=drips)))


def test_news_of_flags_hides_neither_the_clock_nor_the_size(letterbox: Letterbox) -> None:
    """Somebody opens the mail in the moment in which we list it."""
    uid = letterbox.put(LETTER)
    news = b"* 1 FETCH (UID %d FLAGS (\\Seen))\r\n" % uid

    def line(talk: Talk, said: bytes) -> bytes:
        asked = b"INTERNALDATE" in talk.said[-1] if talk.said else False
        done = asked and not said.startswith(b"*")
        return news + said if done else said

    with proxy(letterbox.server.port, Manners(line=line)) as front:
        [item] = listed(a_box(letterbox, port=front.port))
    assert (item.size, item.received, item.flags) == (len(LETTER), NOON, ("\\Seen",))
