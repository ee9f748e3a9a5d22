"""SMTP as real servers speak it, and as bad ones do."""

import subprocess
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from daemon.errors import ConfigError, Problem, Unavailable
from daemon.ledger import Queued
from daemon.outbox import Barred, Postponed, Refused, Smtp
from tests.daemon.outbox.mails import TO, a_reply, send
from tests.daemon.outbox.servers import (
    PASSWORD,
    SENDER,
    Post,
    a_server,
    free_port,
    only,
    server_context,
    serving,
)


def refusal(post: Post, reply: Queued | None = None, **options: Any) -> Exception:
    with serving(post, **options) as server, pytest.raises(Exception) as caught:
        send(server, reply or a_reply())
    return caught.value


def test_a_batch_goes_over_one_connection_with_our_own_envelope() -> None:
    post = Post()
    with serving(post) as server:
        send(server, *(a_reply(number=n) for n in range(3)))
    assert post.connections == 1
    assert [(e.mail_from, e.rcpt_tos) for e in post.taken] == [(SENDER, [TO])] * 3


def test_a_null_envelope_is_null() -> None:
    post = Post()
    with serving(post) as server:
        send(replace(server, envelope="null"), a_reply())
    assert [e.mail_from for e in post.taken] == ["<>"]


def test_the_mail_arrives_as_it_was_built() -> None:
    raw = "Subject: x\r\n\r\n.dots\r\n..\r\n.\r\n农学院\r\n".encode()
    post = Post()
    with serving(post) as server:
        send(server, a_reply(raw=raw), a_reply(raw=b"a\nb\rc\r\n"))
    assert [e.content for e in post.taken] == [raw, b"a\r\nb\r\nc\r\n"]


@pytest.mark.parametrize(
    "to", ["a@b.c\r\nRCPT TO:<x@y.z>", "a@b.c> SIZE=0", "张老师@example.com", "", "nobody"]
)
def test_an_address_that_is_none_is_refused_before_the_server_hears_it(to: str) -> None:
    post = Post()
    error = refusal(post, a_reply(to=to))
    assert isinstance(error, Refused)
    assert not error.dead
    assert post.taken == []


@pytest.mark.parametrize(
    ("answer", "kind", "dead"),
    [
        ("450 4.2.0 greylisted", Postponed, False),
        ("452 4.2.2 mailbox full", Postponed, False),
        ("550 5.1.1 no such user", Refused, True),
        ("550 5.1.10 null mx", Refused, True),
        ("550 5.1.8 bad sender", Refused, False),
        ("550 5.7.1 relaying denied", Refused, False),
        ("554 5.5.0 MI:STC too many", Barred, False),
        ("421 4.3.2 shutting down", Unavailable, False),
    ],
)
def test_what_the_server_says_of_a_recipient(
    answer: str, kind: type[Exception], dead: bool
) -> None:
    error = refusal(Post(at_rcpt={TO: answer}))
    assert type(error) is kind
    assert answer[:3] in str(error)
    assert getattr(error, "dead", False) is dead


@pytest.mark.parametrize(
    ("answer", "kind"),
    [
        ("451 4.3.0 try later", Postponed),
        ("554 5.6.0 no", Refused),
        ("552 too large", Refused),
        ("554 DT:SPM 163 smtp", Barred),
        ("554 5.5.0 MI:STC", Barred),
        ("550 5.4.5 Daily user sending limit exceeded", Barred),
        ("421 bye", Unavailable),
    ],
)
def test_what_the_server_says_of_the_mail(answer: str, kind: type[Exception]) -> None:
    assert type(refusal(Post(after_data=[answer]))) is kind


@pytest.mark.parametrize(
    ("answer", "kind"),
    [
        ("553 Mail from must equal authorized user", Barred),
        ("530 5.7.0 Authentication required", Barred),
        ("552 5.3.4 message too big", Refused),
        ("450 4.7.1 slow down", Unavailable),
    ],
)
def test_what_the_server_says_of_our_mailbox(answer: str, kind: type[Exception]) -> None:
    assert type(refusal(Post(at_mail=answer))) is kind


def test_one_refused_mail_does_not_spoil_the_next() -> None:
    post = Post(at_rcpt={"gone@example.com": "550 5.1.1 no"}, after_data=["451 later"])
    with serving(post) as server:
        smtp = Smtp(server)
        smtp.open()
        with pytest.raises(Refused):
            smtp.send(a_reply("gone@example.com"))
        with pytest.raises(Postponed):
            smtp.send(a_reply())
        smtp.send(a_reply())
        smtp.close()
    assert (len(post.taken), post.connections) == (1, 1)


def test_a_connection_cut_after_data_is_reported_and_the_next_mail_connects_anew() -> None:
    post = Post(drops=1)
    with serving(post) as server:
        smtp = Smtp(server)
        smtp.open()
        with pytest.raises(Unavailable, match="closed"):
            smtp.send(a_reply())
        smtp.send(a_reply())
        smtp.close()
    assert (len(post.taken), post.connections) == (2, 2)


def test_nobody_listens() -> None:
    with pytest.raises(Unavailable, match=r"SMTP 127\.0\.0\.1:\d+: .*refused"):
        send(a_server(free_port()), a_reply())


def test_a_login_is_made_and_a_wrong_one_bars_the_mailbox() -> None:
    post = Post()
    options: dict[str, Any] = {"authenticator": only(SENDER, PASSWORD), "auth_require_tls": False}
    with serving(post, **options) as server:
        known = replace(server, username=SENDER, password=lambda: PASSWORD)
        send(known, a_reply())
        with pytest.raises(Barred, match="535"):
            send(replace(known, password=lambda: "wrong"), a_reply())
        with pytest.raises(Barred) as caught:
            send(replace(known, password=lambda: "密码"), a_reply())
    assert "密码" not in str(caught.value)
    assert len(post.taken) == 1


def test_a_password_file_that_is_gone_bars_the_mailbox() -> None:
    def gone() -> str:
        raise ConfigError([Problem("file", "/run/secret cannot be read")])

    options: dict[str, Any] = {"authenticator": only(SENDER, PASSWORD), "auth_require_tls": False}
    with serving(Post(), **options) as server, pytest.raises(Barred, match="/run/secret"):
        send(replace(server, username=SENDER, password=gone), a_reply())


def test_the_password_is_not_in_the_words_of_the_server() -> None:
    assert PASSWORD not in repr(a_server(25, password=lambda: PASSWORD))


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    folder = tmp_path_factory.mktemp("tls")
    paths = folder / "cert.pem", folder / "key.pem"
    command = ["openssl", "req", "-x509", "-nodes", "-newkey", "ec", "-days", "2"]
    command += ["-pkeyopt", "ec_paramgen_curve:prime256v1", "-subj", "/CN=127.0.0.1"]
    command += ["-addext", "subjectAltName=IP:127.0.0.1"]
    files = ["-out", str(paths[0]), "-keyout", str(paths[1])]
    subprocess.run([*command, *files], check=True, capture_output=True)
    return paths


def test_starttls_with_an_authority_of_our_own(certificate: tuple[Path, Path]) -> None:
    post = Post()
    context = server_context(*map(str, certificate))
    with serving(post, tls_context=context, require_starttls=True) as server:
        send(replace(server, tls="starttls", ca=certificate[0]), a_reply())
        with pytest.raises(Unavailable, match="certificate verify failed"):
            send(replace(server, tls="starttls"), a_reply())
    assert len(post.taken) == 1


def test_implicit_tls(certificate: tuple[Path, Path]) -> None:
    post = Post()
    context = server_context(*map(str, certificate))
    with serving(post, ssl_context=context) as server:
        send(replace(server, tls="implicit", ca=certificate[0]), a_reply())
        with pytest.raises(Unavailable, match="certificate verify failed"):
            send(replace(server, tls="implicit"), a_reply())
    assert len(post.taken) == 1


def test_without_starttls_no_password_is_spoken() -> None:
    asked: list[str] = []

    def password() -> str:
        asked.append("")
        return PASSWORD

    with serving(Post()) as server, pytest.raises(Barred, match="STARTTLS"):
        send(replace(server, tls="starttls", username=SENDER, password=password), a_reply())
    assert asked == []


def test_closing_twice_is_closing() -> None:
    post = Post()
    with serving(post) as server:
        smtp = Smtp(server)
        smtp.open()
        smtp.close()
        smtp.close()
        smtp.open()
        smtp.close()
    assert post.connections == 2
