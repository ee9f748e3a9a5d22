"""The IMAP mailbox against Debian's Dovecot."""

from pathlib import Path
from typing import Any

import pytest

from daemon.config.settings import Mailbox
from daemon.errors import Unavailable
from daemon.mailbox import Item, LoginRefused, Vanished, open_mailbox
from daemon.mailbox.remote import CHUNK
from tests.servers.dovecot import PASSWORD, free_port
from tests.servers.letterbox import NOON, Letterbox

LETTER = b"Subject: one\r\n\r\ntext\r\n"
NOWHERE = Path("/nonexistent")


def a_box(letterbox: Letterbox, **imap: Any) -> Mailbox:
    """The mailbox as the configuration gives it, with other words for `imap`."""
    login = {"username": letterbox.user, "password": PASSWORD}
    usual = {"host": "127.0.0.1", "port": letterbox.server.port, "tls": "none", **login}
    return Mailbox.model_validate(
        {
            "name": "office",
            "department": "组织部",
            "address": "office@example.org",
            "imap": {**usual, **imap},
        }
    )


def listed(box: Mailbox, *, after: int = 0) -> list[Item]:
    with open_mailbox(box, state=NOWHERE) as folders:
        return list(next(folders).listing(after))


def fetched(box: Mailbox, uid: int) -> list[bytes]:
    with open_mailbox(box, state=NOWHERE) as folders:
        return list(next(folders).fetch(uid))


def disposed(box: Mailbox, uid: int) -> None:
    with open_mailbox(box, state=NOWHERE) as folders:
        next(folders).dispose(uid)


def test_a_message_is_listed_with_the_servers_time_and_size(letterbox: Letterbox) -> None:
    uid = letterbox.put(LETTER)
    [item] = listed(a_box(letterbox))
    assert (item.uid, item.size, item.received) == (uid, len(LETTER), NOON)


def test_an_empty_mailbox_lists_nothing(letterbox: Letterbox) -> None:
    assert listed(a_box(letterbox)) == []


def test_only_messages_above_the_last_one_are_listed(letterbox: Letterbox) -> None:
    uids = [letterbox.put(LETTER) for _ in range(3)]
    assert [i.uid for i in listed(a_box(letterbox), after=uids[0])] == uids[1:]


def test_the_last_message_is_not_listed_again_though_the_server_returns_it(
    letterbox: Letterbox,
) -> None:
    uid = letterbox.put(LETTER)
    assert listed(a_box(letterbox), after=uid) == []


@pytest.mark.parametrize("size", [0, CHUNK - 1, CHUNK, CHUNK + 1, 2 * CHUNK])
def test_every_byte_arrives_whatever_the_size(letterbox: Letterbox, size: int) -> None:
    raw = b"Subject: big\r\n\r\n".ljust(size, b"x")
    uid = letterbox.put(raw)
    chunks = fetched(a_box(letterbox), uid)
    assert b"".join(chunks) == raw
    assert max(map(len, chunks)) <= CHUNK


def test_looking_leaves_every_flag_as_it_was(letterbox: Letterbox) -> None:
    uid = letterbox.put(LETTER)
    before = letterbox.flags()
    listed(a_box(letterbox))
    fetched(a_box(letterbox), uid)
    disposed(a_box(letterbox), uid)
    assert letterbox.flags() == before == {uid: set()}


def test_a_message_that_is_gone_is_said_to_be_gone(letterbox: Letterbox) -> None:
    uid = letterbox.put(LETTER)
    letterbox.remove(uid)
    with pytest.raises(Vanished, match=rf"fetching message {uid} of INBOX"):
        fetched(a_box(letterbox), uid)


def test_after_seen_marks_the_message_and_no_other(letterbox: Letterbox) -> None:
    first, second = letterbox.put(LETTER), letterbox.put(LETTER)
    disposed(a_box(letterbox, after="seen"), first)
    assert letterbox.flags() == {first: {"\\Seen"}, second: set()}


def test_after_move_takes_the_message_to_a_folder_with_a_chinese_name(
    letterbox: Letterbox,
) -> None:
    first, second = letterbox.put(LETTER), letterbox.put(LETTER)
    disposed(a_box(letterbox, after="move:已收"), first)
    assert set(letterbox.flags()) == {second}
    assert [i.size for i in listed(a_box(letterbox, folder="已收"))] == [len(LETTER)]


def test_the_junk_folder_is_found_by_its_use_and_never_touched(letterbox: Letterbox) -> None:
    box = a_box(letterbox, after="seen")
    uid = letterbox.put(LETTER, folder="&V4NXPpCuTvY-")
    with open_mailbox(box, state=NOWHERE) as folders:
        next(folders)
        junk = next(folders)
        assert [i.uid for i in junk.listing()] == [uid]
        junk.dispose(uid)
        assert (junk.junk, junk.place) == (True, "office/垃圾邮件")
    assert letterbox.flags("&V4NXPpCuTvY-") == {uid: set()}


def test_without_a_junk_setting_one_folder_is_opened(letterbox: Letterbox) -> None:
    with open_mailbox(a_box(letterbox, junk=""), state=NOWHERE) as folders:
        assert [(f.place, f.junk) for f in folders] == [("office", False)]


def test_a_junk_folder_that_is_not_there_does_not_stop_the_mailbox(letterbox: Letterbox) -> None:
    with open_mailbox(a_box(letterbox, junk="Nowhere"), state=NOWHERE) as folders:
        assert [f.place for f in folders] == ["office"]


def test_two_folders_take_turns_on_one_connection(letterbox: Letterbox) -> None:
    inbox_uid = letterbox.put(LETTER)
    with open_mailbox(a_box(letterbox), state=NOWHERE) as folders:
        inbox, junk = list(folders)
        assert [i.uid for i in inbox.listing()] == [inbox_uid]
        assert list(junk.listing()) == []
        assert b"".join(inbox.fetch(inbox_uid)) == LETTER


def test_uidvalidity_is_text_and_changes_when_the_folder_is_made_anew(
    letterbox: Letterbox,
) -> None:
    letterbox.make("calls")
    before = validity(a_box(letterbox, folder="calls"))
    letterbox.destroy("calls")
    letterbox.make("calls")
    assert before.isdigit()
    assert validity(a_box(letterbox, folder="calls")) != before


def validity(box: Mailbox) -> str:
    with open_mailbox(box, state=NOWHERE) as folders:
        return next(folders).uidvalidity


@pytest.mark.parametrize("tls", ["implicit", "starttls"])
def test_tls_works_with_an_authority_of_ones_own(letterbox: Letterbox, tls: str) -> None:
    server = letterbox.server
    port = server.tls_port if tls == "implicit" else server.port
    uid = letterbox.put(LETTER)
    box = a_box(letterbox, host="localhost", tls=tls, port=port, ca=str(server.certificate))
    assert [i.uid for i in listed(box)] == [uid]


@pytest.mark.parametrize("tls", ["implicit", "starttls"])
def test_a_certificate_nobody_vouches_for_is_refused(letterbox: Letterbox, tls: str) -> None:
    server = letterbox.server
    port = server.tls_port if tls == "implicit" else server.port
    with pytest.raises(Unavailable, match=r"connecting to localhost.*certificate verify failed"):
        listed(a_box(letterbox, host="localhost", tls=tls, port=port))


def test_a_wrong_password_is_a_refused_login_that_does_not_name_it(letterbox: Letterbox) -> None:
    with pytest.raises(LoginRefused, match="logging in to") as refusal:
        listed(a_box(letterbox, password="not-the-word"))
    assert "not-the-word" not in str(refusal.value)


def test_a_password_beyond_ascii_reaches_the_server(letterbox: Letterbox) -> None:
    user = letterbox.server.account("chinese@example.org", "口令一二三")
    assert listed(a_box(letterbox, username=user, password="口令一二三")) == []


def test_nobody_at_the_port_is_unavailable_and_says_where() -> None:
    port = free_port()
    imap = {"host": "127.0.0.1", "port": port, "tls": "none", "username": "u", "password": "p"}
    words = {"name": "office", "department": "d", "address": "a@example.org", "imap": imap}
    with pytest.raises(Unavailable, match=f"connecting to 127.0.0.1:{port}: .*refused"):
        listed(Mailbox.model_validate(words))


def test_a_folder_that_is_not_there_is_named(letterbox: Letterbox) -> None:
    with pytest.raises(Unavailable, match=r"opening the folder 报送 at"):
        listed(a_box(letterbox, folder="报送"))
