"""Tokens in place of passwords, as Dovecot and an SMTP server take and refuse them."""

from pathlib import Path

import pytest

from daemon.config import Mailbox
from daemon.errors import ConfigError, Unavailable
from daemon.mailbox import LoginRefused, open_mailbox
from daemon.outbox import Barred
from tests.daemon.oauth.signed import a_box, access_of, signed, way_out
from tests.daemon.outbox.mails import a_reply, send
from tests.servers.letterbox import Letterbox
from tests.servers.proxy import Manners, Talk, proxy
from tests.servers.vouched import Vouched

LETTER = b"Subject: one\r\n\r\ntext\r\n"


@pytest.fixture
def letterbox(vouched: Vouched) -> Letterbox:
    return vouched.account()


def uids(box: Mailbox, port: int = 0) -> list[int]:
    """What is in the mailbox; by way of another port, if given."""
    assert box.imap is not None
    imap = box.imap.model_copy(update={"port": port or box.imap.port})
    moved = box.model_copy(update={"imap": imap})
    with open_mailbox(moved, state=Path("/nonexistent")) as folders:
        return [item.uid for item in next(folders).listing()]


def test_dovecot_lets_us_in_with_a_token(
    vouched: Vouched, letterbox: Letterbox, tmp_path: Path
) -> None:
    uid = letterbox.put(LETTER)
    assert uids(signed(vouched, letterbox, tmp_path)) == [uid]


def without(*words: bytes) -> Manners:
    """A server that does not say that it can do these."""

    def line(_talk: Talk, line: bytes) -> bytes:
        if b"CAPABILITY" in line:
            for word in words:
                line = line.replace(b" " + word, b"")
        return line

    return Manners(line=line)


@pytest.mark.parametrize("hidden", [[b"SASL-IR"], [b"AUTH=XOAUTH2"], [b"SASL-IR", b"AUTH=XOAUTH2"]])
def test_a_server_may_offer_less(
    vouched: Vouched, letterbox: Letterbox, tmp_path: Path, hidden: list[bytes]
) -> None:
    box = signed(vouched, letterbox, tmp_path)
    with proxy(vouched.dovecot.port, without(*hidden)) as front:
        assert uids(box, front.port) == []


@pytest.mark.parametrize("hidden", [[], [b"SASL-IR"], [b"AUTH=XOAUTH2"]])
def test_a_refusal_carries_the_servers_reason_and_not_the_token(
    vouched: Vouched, letterbox: Letterbox, tmp_path: Path, hidden: list[bytes]
) -> None:
    box = signed(vouched, vouched.account(), tmp_path, account="someone")
    mine = access_of(box)
    mine.keep(access_of(signed(vouched, letterbox, tmp_path / "other")).grant())
    with (
        proxy(vouched.dovecot.port, without(*hidden)) as front,
        pytest.raises(LoginRefused) as said,
    ):
        uids(box, front.port)
    assert "logging in to" in str(said.value)
    assert '{"status":"' in str(said.value)
    assert mine.grant().access not in str(said.value)


def test_a_server_that_echoes_what_we_say_brings_no_token_into_the_log(
    vouched: Vouched, letterbox: Letterbox, tmp_path: Path
) -> None:
    box = signed(vouched, letterbox, tmp_path)
    said: list[bytes] = []

    def echo(_talk: Talk, tag: bytes, rest: bytes) -> bytes | None:
        if not rest.upper().startswith(b"AUTHENTICATE"):
            return None
        said.append(rest.split()[-1])
        return tag + b" NO cannot " + rest

    with (
        proxy(vouched.dovecot.port, Manners(command=echo)) as front,
        pytest.raises(LoginRefused) as fault,
    ):
        uids(box, front.port)
    assert said
    assert not [word for word in said if word[:40].decode() in str(fault.value)]


def test_a_server_that_takes_no_tokens_says_so(
    vouched: Vouched, letterbox: Letterbox, tmp_path: Path
) -> None:
    box = signed(vouched, letterbox, tmp_path)
    bare = without(b"AUTH=XOAUTH2", b"AUTH=OAUTHBEARER")
    with proxy(vouched.dovecot.port, bare) as front, pytest.raises(LoginRefused, match="neither"):
        uids(box, front.port)


def test_a_token_that_ended_early_is_renewed_once_and_taken(
    vouched: Vouched, letterbox: Letterbox, tmp_path: Path
) -> None:
    box = signed(vouched, letterbox, tmp_path)
    vouched.provider.expire(letterbox.user)
    assert uids(box) == []
    assert vouched.provider.renewals == 1
    assert uids(box) == []
    assert vouched.provider.renewals == 1


def test_a_reply_goes_out_with_a_token_and_what_it_says_of_us(
    vouched: Vouched, letterbox: Letterbox, tmp_path: Path
) -> None:
    send(way_out(signed(vouched, letterbox, tmp_path)), a_reply())
    assert vouched.postbox.seen == [(letterbox.user, True)]
    assert len(vouched.postbox.mails) == 1


def test_smtp_renews_a_token_that_ended_early_and_answers_the_reason_with_nothing(
    vouched: Vouched, letterbox: Letterbox, tmp_path: Path
) -> None:
    box = signed(vouched, letterbox, tmp_path)
    vouched.provider.expire(letterbox.user)
    send(way_out(box), a_reply())
    assert vouched.postbox.seen == [(letterbox.user, False), (letterbox.user, True)]
    assert vouched.postbox.answers == [b""]


def test_smtp_that_refuses_every_token_bars_the_mailbox_with_its_reason(
    vouched: Vouched, letterbox: Letterbox, tmp_path: Path
) -> None:
    box = signed(vouched, letterbox, tmp_path)
    vouched.postbox.whose = lambda _token: ""
    with pytest.raises(Barred, match=r'535 .*"status":"401"') as said:
        send(way_out(box), a_reply())
    assert access_of(box).grant().access not in str(said.value)
    assert len(vouched.postbox.seen) == 2


def test_reading_and_sending_share_one_grant(
    vouched: Vouched, letterbox: Letterbox, tmp_path: Path
) -> None:
    box = signed(vouched, letterbox, tmp_path)
    vouched.provider.expire(letterbox.user)
    uids(box)
    send(way_out(box), a_reply())
    assert (vouched.provider.renewals, len(list(tmp_path.glob("*.json")))) == (1, 1)


def test_a_revoked_grant_says_what_to_do(
    vouched: Vouched, letterbox: Letterbox, tmp_path: Path
) -> None:
    box = signed(vouched, letterbox, tmp_path)
    vouched.provider.revoke(letterbox.user)
    with pytest.raises(ConfigError, match=r"has ended: invalid_grant.*baosong oauth sign-in"):
        uids(box)
    with pytest.raises(Barred, match="baosong oauth sign-in"):
        send(way_out(box), a_reply())


def test_nobody_has_signed_in_yet(vouched: Vouched, letterbox: Letterbox, tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=f"nobody has signed in as {letterbox.user} yet"):
        uids(a_box(vouched, letterbox, tmp_path))


def test_a_provider_that_is_away_is_the_worlds_fault(
    vouched: Vouched, letterbox: Letterbox, tmp_path: Path
) -> None:
    box = signed(vouched, letterbox, tmp_path)
    access_of(box).another("")  # so that it knows a second token
    vouched.provider.expire(letterbox.user)
    vouched.provider.stop()
    with pytest.raises(Unavailable) as said:
        access_of(box).another(access_of(box).grant().access)
    assert not isinstance(said.value, LoginRefused)
    vouched.provider.start()
    assert uids(box) == []
