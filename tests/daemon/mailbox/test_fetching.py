"""Many messages at a time: streamed, in order, in few commands."""

from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest

from daemon.mailbox import Folder, Item, Vanished, open_mailbox
from daemon.mailbox.batch import CHUNK, uid_set
from daemon.mailbox.fetching import LARGEST, MOST, batch_of
from tests.daemon.mailbox.test_imap import LETTER, NOWHERE, a_box
from tests.servers import providers, streams
from tests.servers.cyrus import Cyrus
from tests.servers.letterbox import Letterbox
from tests.servers.providers import EVERYBODY
from tests.servers.proxy import Manners, Talk, proxy
from tests.servers.streams import batches


def filled(letterbox: Letterbox, *sizes: int) -> dict[int, bytes]:
    """Messages of those sizes, each with a text of its own."""
    raws = [(LETTER + b"%d " % n * (size // 2))[:size] for n, size in enumerate(sizes)]
    return {letterbox.put(raw): raw for raw in raws}


def read(folder: Folder, items: Iterable[Item]) -> list[tuple[int, bytes]]:
    return [(item.uid, b"".join(chunks)) for item, chunks in folder.fetch_many(items)]


def all_from(letterbox: Letterbox, manners: Manners) -> tuple[list[tuple[int, bytes]], list[Talk]]:
    """Every message, through such a server; and what was said to it."""
    with proxy(letterbox.server.port, manners) as front:
        with open_mailbox(a_box(letterbox, port=front.port), state=NOWHERE) as folders:
            folder = next(folders)
            found = read(folder, folder.listing())
        return found, front.talks


SIZES = (1, 2, CHUNK - 1, CHUNK, CHUNK + 1, 3 * CHUNK)


def test_every_byte_arrives_in_order_over_one_command(letterbox: Letterbox) -> None:
    raws = filled(letterbox, *SIZES)
    found, talks = all_from(letterbox, Manners())
    assert found == list(raws.items())
    assert batches(talks) == [list(raws)]
    assert letterbox.flags() == {uid: set() for uid in raws}


def test_no_chunk_is_large(letterbox: Letterbox) -> None:
    filled(letterbox, 5 * CHUNK)
    with open_mailbox(a_box(letterbox), state=NOWHERE) as folders:
        folder = next(folders)
        pairs = folder.fetch_many(folder.listing())
        _, chunks = next(pairs)
        assert [len(chunk) for chunk in chunks] == [CHUNK] * 5


@pytest.mark.parametrize("name", EVERYBODY)
def test_every_provider_hands_out_batches(letterbox: Letterbox, name: str) -> None:
    raws = filled(letterbox, 100, 2000, 2 * CHUNK)
    found, talks = all_from(letterbox, EVERYBODY[name])
    assert found == list(raws.items())
    assert len(batches(talks)) == 1


def test_cyrus_hands_out_batches(cyrus: Cyrus) -> None:
    user = cyrus.account("streams@example.org")
    letterbox = Letterbox(cyrus, user)  # type: ignore[arg-type]
    raws = {letterbox.put(raw): raw for raw in (LETTER, LETTER + b"x\r\n" * CHUNK)}
    with open_mailbox(a_box(letterbox), state=NOWHERE) as folders:
        folder = next(folders)
        assert read(folder, folder.listing()) == list(raws.items())


def test_tls_hands_out_batches(letterbox: Letterbox) -> None:
    raws = filled(letterbox, *SIZES)
    server = letterbox.server
    secure = {"tls": "implicit", "port": server.tls_port, "ca": str(server.certificate)}
    with open_mailbox(a_box(letterbox, host="localhost", **secure), state=NOWHERE) as folders:
        folder = next(folders)
        assert read(folder, folder.listing()) == list(raws.items())


def test_news_in_between_disturbs_nothing(letterbox: Letterbox) -> None:
    raws = filled(letterbox, 50, 60, CHUNK + 5)
    found, talks = all_from(letterbox, streams.TALKATIVE)
    assert found == list(raws.items())
    assert len(talks) == len(batches(talks)) == 1


@pytest.mark.parametrize("after", [0, 1, 40, CHUNK, 2 * CHUNK - 1])
def test_what_is_cut_goes_on_where_it_stopped(letterbox: Letterbox, after: int) -> None:
    raws = filled(letterbox, 2 * CHUNK, 100, 2 * CHUNK)
    found, talks = all_from(letterbox, providers.cuts_once(after))
    assert found == list(raws.items())
    assert len(talks) == 2


def test_a_server_that_cuts_long_answers_is_soon_asked_for_pieces_alone(
    letterbox: Letterbox,
) -> None:
    raws = filled(letterbox, *[CHUNK] * 6)
    found, talks = all_from(letterbox, streams.cuts_batches(CHUNK // 2))
    uids = list(raws)
    assert found == list(raws.items())
    assert batches(talks) == [uids, uids[2:]]
    assert len(talks) == 3


def test_a_message_that_is_gone_is_said_to_be_gone_and_the_others_come(
    letterbox: Letterbox,
) -> None:
    raws = filled(letterbox, 10, 20, 30, 40)
    uids = list(raws)
    listed = [Item(uid) for uid in uids]
    for uid in (uids[1], uids[3]):
        letterbox.remove(uid)
    with open_mailbox(a_box(letterbox), state=NOWHERE) as folders:
        folder = next(folders)
        gone, found = [], {}
        for item, chunks in folder.fetch_many(listed):
            try:
                found[item.uid] = b"".join(chunks)
            except Vanished:
                gone.append(item.uid)
    assert gone == [uids[1], uids[3]]
    assert found == {uid: raws[uid] for uid in (uids[0], uids[2])}


def test_what_is_not_read_is_passed_over(letterbox: Letterbox) -> None:
    raws = filled(letterbox, 3 * CHUNK, 100)
    with open_mailbox(a_box(letterbox), state=NOWHERE) as folders:
        folder = next(folders)
        pairs = folder.fetch_many(folder.listing())
        next(next(pairs)[1])
        assert b"".join(next(pairs)[1]) == list(raws.values())[1]


def test_after_stopping_midway_the_folder_can_be_used_on(letterbox: Letterbox) -> None:
    raws = filled(letterbox, 3 * CHUNK, 100)
    with open_mailbox(a_box(letterbox), state=NOWHERE) as folders:
        folder = next(folders)
        pairs = folder.fetch_many(folder.listing())
        next(next(pairs)[1])
        assert isinstance(pairs, Iterator)
        del pairs
        assert read(folder, folder.listing()) == list(raws.items())


def test_messages_out_of_order_are_asked_for_in_the_order_given(letterbox: Letterbox) -> None:
    raws = filled(letterbox, 10, 20, 30)
    with proxy(letterbox.server.port, Manners()) as front:
        with open_mailbox(a_box(letterbox, port=front.port), state=NOWHERE) as folders:
            folder = next(folders)
            first, second, third = folder.listing()
            found = read(folder, [second, third, first])
        assert batches(front.talks) == [[2, 3], [1]]
    assert found == [(uid, raws[uid]) for uid in (2, 3, 1)]


@pytest.mark.parametrize("count", [1, MOST - 1, MOST, MOST + 1])
def test_a_batch_has_so_many_messages_and_no_more(count: int) -> None:
    items = [Item(uid=n) for n in range(1, count + 1)]
    assert list(batch_of(items)) == items[:MOST]


def test_a_batch_has_so_many_bytes_or_one_message() -> None:
    half, rest = LARGEST // 2, LARGEST - LARGEST // 2
    assert first_of(half, rest, 0) == [half, rest, 0]
    assert first_of(half, rest + 1) == [half]
    assert first_of(LARGEST + 1, 1) == [LARGEST + 1]


def first_of(*sizes: int) -> list[int | None]:
    """What the first batch takes of messages of those sizes."""
    return [item.size for item in batch_of(Item(n, size) for n, size in enumerate(sizes, 1))]


def test_uids_are_written_as_ranges_that_hold_nothing_else() -> None:
    assert uid_set([1, 2, 3, 7, 9, 10]) == b"1:3,7,9:10"


def test_a_maildir_hands_out_many_too(tmp_path: Path) -> None:
    from tests.daemon.mailbox.test_maildir import a_maildir, inbox, put

    maildir = a_maildir(tmp_path / "mail")
    put(maildir, "new/1.a")
    put(maildir, "new/2.b").rename(maildir / "cur/2.b:2,S")
    folder = inbox(maildir)
    listed = list(folder.listing())
    (maildir / "new/1.a").rename(maildir / "cur/1.a:2,")
    assert [len(raw) for _, raw in read(folder, listed)] == [19, 19]
