"""Many messages at a time from servers that answer wrongly: whole all the same, or not at all."""

import re
import time

import pytest
from imapclient import SocketTimeout  # type: ignore[import-untyped]

import daemon.mailbox.attempt
import daemon.mailbox.imap
from daemon.errors import Unavailable
from daemon.mailbox import open_mailbox
from daemon.mailbox.batch import CHUNK
from tests.daemon.mailbox.test_fetching import all_from, filled, read
from tests.daemon.mailbox.test_imap import LETTER, NOWHERE, a_box
from tests.servers import providers, streams
from tests.servers.letterbox import Letterbox
from tests.servers.proxy import Manners, Talk, proxy
from tests.servers.streams import answer, scripted


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(daemon.mailbox.imap, "TIMEOUT", SocketTimeout(5, 2))


WHOLE, OTHER = LETTER + b"1", LETTER + b"the other"
GOOD = answer(1, WHOLE) + answer(2, OTHER) + b"TAG OK done\r\n"
FAULTY = {
    "another order": answer(2, OTHER) + answer(1, WHOLE) + b"TAG OK done\r\n",
    "one twice": answer(1, WHOLE) + GOOD,
    "one nobody asked for": answer(1, WHOLE) + answer(9, OTHER) + b"TAG OK done\r\n",
    "no UID": GOOD.replace(b"(UID 1 ", b"("),
    "UID behind": b"* 1 FETCH (BODY[] {%d}\r\n%s UID 1)\r\nTAG OK\r\n" % (len(WHOLE), WHOLE),
    "announced too short": answer(1, WHOLE, length=9) + answer(2, OTHER) + b"TAG OK done\r\n",
    "far too long": answer(1, WHOLE, length=99_999_999_999),
    "NO": b"TAG NO [SERVERBUG] internal error\r\n",
    "BAD": b"TAG BAD too many\r\n",
    "untagged BAD": b"* BAD command not support\r\n",
    "BYE": b"* BYE going down\r\n",
    "a UID of ten thousand digits": GOOD.replace(b"UID 1 ", b"UID %s " % (b"1" * 10_000)),
    "a length of ten thousand digits": GOOD.replace(b"{", b"{" + b"1" * 10_000),
    "cut, and closed all the same": answer(1, WHOLE[:-1], size=len(WHOLE))
    + answer(2, OTHER)
    + b"TAG OK done\r\n",
    "nothing, closed": b"* 1 FETCH (UID 1 RFC822.SIZE %d BODY[] NIL)\r\nTAG OK\r\n" % len(WHOLE),
    "bare OK": b"TAG OK\r\n",
    "nothing found": b"TAG OK done\r\n",
    "half": answer(1, WHOLE) + b"TAG OK done\r\n",
    "half, then NO": answer(1, WHOLE) + b"TAG NO the rest is gone\r\n",
    "not IMAP": b"\xff\xfe\x00\r\nTAG OK done\r\n",
    "an endless line": b"* 1 FETCH (UID 1 BODY[] " + b"x" * 1_100_000,
    "a literal elsewhere": b"* 1 FETCH (UID 1 X {3}\r\nabc BODY[] NIL)\r\nTAG OK done\r\n",
    "unclosed": answer(1, WHOLE)[:-3] + b"\r\nTAG OK done\r\n",
    "another's tag": answer(1, WHOLE) + b"XXXX9 OK done\r\n",
}


@pytest.mark.usefixtures("impatient")
@pytest.mark.parametrize("name", FAULTY)
def test_a_batch_answered_wrongly_is_fetched_piece_by_piece(
    letterbox: Letterbox, name: str
) -> None:
    raws = {letterbox.put(raw): raw for raw in (WHOLE, OTHER)}
    found, _ = all_from(letterbox, scripted(lambda _uids: FAULTY[name]))
    assert found == list(raws.items())


@pytest.mark.parametrize(
    ("said", "comes"),
    [
        (b'"a \\"b\\\\"', b'a "b\\'),
        (b'"UID 2 {5}"', b"UID 2 {5}"),
        (b'""', b""),
        (b"NIL", b""),
        (b"~{3}\r\n\0{)", b"\0{)"),
        (b"{3+}\r\nabc", b"abc"),
    ],
)
def test_a_body_may_be_written_in_any_way(letterbox: Letterbox, said: bytes, comes: bytes) -> None:
    letterbox.put(LETTER)
    head = b"* 1 fetch (FLAGS (UID) RFC822.SIZE %d body[] " % len(comes)
    manners = scripted(lambda _uids: head + said + b" UID 1)\r\nTAG OK done\r\n")
    late = said.startswith((b"~", b"{"))
    if late:  # whose a literal is has to be said before it comes
        manners = scripted(
            lambda _uids: head[:11] + b"UID 1 " + head[11:] + said + b")\r\nTAG OK\r\n"
        )
    found, talks = all_from(letterbox, manners)
    assert found == [(1, comes)]
    assert len(talks) == 1


@pytest.mark.usefixtures("impatient")
def test_a_length_that_swallows_what_follows_is_not_believed(letterbox: Letterbox) -> None:
    [raw] = filled(letterbox, CHUNK - 9).values()
    lie = scripted(lambda _uids: answer(1, raw, length=CHUNK + 9) + b"TAG OK done\r\n")
    with pytest.raises(Unavailable, match=r"fetching message 1 of INBOX.*otherwise than before"):
        all_from(letterbox, lie)


def test_a_message_that_has_come_is_kept_when_the_next_one_is_not_handed_out(
    letterbox: Letterbox,
) -> None:
    filled(letterbox, 100, 100)

    def command(_talk: Talk, tag: bytes, rest: bytes) -> bytes | None:
        second = streams.uids_of(rest)[-1:] == [2] or rest.startswith(b"UID FETCH 2 ")
        return tag + b" NO never\r\n" if second else None

    with (
        proxy(letterbox.server.port, Manners(command=command)) as front,
        open_mailbox(a_box(letterbox, port=front.port), state=NOWHERE) as folders,
    ):
        folder = next(folders)
        pairs = folder.fetch_many(folder.listing())
        assert len(b"".join(next(pairs)[1])) == 100
        with pytest.raises(Unavailable, match="fetching message 2"):
            list(next(pairs)[1])


def test_a_folder_numbered_anew_meanwhile_is_not_read_on(letterbox: Letterbox) -> None:
    filled(letterbox, 2 * CHUNK)

    def line(_talk: Talk, said: bytes) -> bytes:
        return said.replace(b"[UIDVALIDITY ", b"[UIDVALIDITY %d" % len(front.talks))

    cut = providers.cuts_once(CHUNK + 1).cut
    with (
        proxy(letterbox.server.port, Manners(line=line, cut=cut)) as front,
        open_mailbox(a_box(letterbox, port=front.port), state=NOWHERE) as folders,
    ):
        folder = next(folders)
        listed = list(folder.listing())
        with pytest.raises(Unavailable, match="numbered anew"):
            read(folder, listed)


def test_a_server_that_drips_within_a_message_is_cut_off(
    letterbox: Letterbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    raws = filled(letterbox, 2 * CHUNK)
    monkeypatch.setattr(daemon.mailbox.attempt, "DEADLINE", 0.4)

    def drips(talk: Talk, line: bytes) -> bytes:
        if b"BODY[] {" in line and len(talk.said) and streams.uids_of(talk.said[-1]):
            time.sleep(3)  # what the timeout of a socket would bear for ever
        return line

    found, talks = all_from(letterbox, Manners(line=drips))
    assert found == list(raws.items())
    assert len(talks) == 2


@pytest.mark.parametrize("end", [b"{0}\r\n", b'""', b"NIL"])
def test_a_size_that_is_stated_too_large_costs_no_message(letterbox: Letterbox, end: bytes) -> None:
    uid = letterbox.put(LETTER)
    stated = b"RFC822.SIZE %d" % (len(LETTER) + 9)

    def line(_talk: Talk, said: bytes) -> bytes:
        said = said.replace(b"RFC822.SIZE %d" % len(LETTER), stated)
        return re.sub(rb"(BODY\[\]<[1-9]\d*>) (\{0\}\r\n|\"\"|NIL)", rb"\1 " + end, said)

    found, _ = all_from(letterbox, Manners(line=line))
    assert found == [(uid, LETTER)]
