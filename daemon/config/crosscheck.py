"""Faults between tables, found in the raw file so that they stand beside those within tables."""

from collections.abc import Iterator, Mapping
from importlib.util import find_spec
from typing import Any

from daemon.config.secret import Secret, Word
from daemon.config.settings import Config, Mailbox
from daemon.errors import ConfigError, Problem

Raw = Mapping[str, Any]
EXTRA = "sign-in by OAuth 2 needs the extra oauth: install baosong[oauth]"


def mailboxes(raw: Raw) -> Iterator[Problem]:
    boxes = raw.get("mailbox")
    if boxes == []:
        yield Problem("mailbox", "at least one [[mailbox]] is needed")
    tables = [box for box in boxes if isinstance(box, Mapping)] if isinstance(boxes, list) else []
    yield from _doubles(tables, "name")
    yield from _doubles(tables, "address")
    replies = raw.get("replies")
    if not isinstance(replies, Mapping) or replies.get("mode") != "off":
        yield from _speechless(tables)


def _doubles(tables: list[Raw], key: str) -> Iterator[Problem]:
    seen: dict[str, int] = {}
    for number, table in enumerate(tables):
        value = str(table.get(key, "")).lower()
        if value and value in seen:
            text = f"{table[key]!r} is already that of mailbox.{seen[value]}"
            yield Problem(f"mailbox.{number}.{key}", text)
        seen.setdefault(value, number)


def _speechless(tables: list[Raw]) -> Iterator[Problem]:
    for number, table in enumerate(tables):
        if "smtp" not in table and "outbox" not in table:
            text = 'no way to answer: give [mailbox.smtp] or [mailbox.outbox], or mode = "off"'
            yield Problem(f"mailbox.{number}", text)


def unreadable_secrets(config: Config) -> tuple[Problem, ...]:
    """Passwords that are not where the file says. Asked by `run`; `status` needs no password."""
    return tuple(
        Problem(f"{key}.{problem.key}", problem.text)
        for key, secret in secrets(config)
        for problem in _faults(secret)
    )


def warnings(config: Config) -> tuple[Problem, ...]:
    """What is allowed and yet deserves a word."""
    plain = [
        Problem(key, "the password stands in this file; { file = … } keeps it apart")
        for key, secret in secrets(config)
        if secret.literal is not None
    ]
    return (*plain, *_unserved(config), *_unnamed(config), *_beginning(config))


def _unserved(config: Config) -> Iterator[Problem]:
    for notice in config.notices:
        for box in notice.mailboxes:
            if config.mailbox(box.name) is None:
                text = f"{notice.id} names the mailbox {box.name!r}, which is not configured here"
                yield Problem("mailbox", text)


def _unnamed(config: Config) -> Iterator[Problem]:
    for number, box in enumerate(config.mailboxes):
        if not config.notices_of(box.name):
            text = f"no notice names {box.name!r}: its mail is held against the first notice"
            yield Problem(f"mailbox.{number}.name", text)


def _beginning(config: Config) -> Iterator[Problem]:
    if config.go_live is None and config.replies.mode == "send":
        days = config.replies.max_age.days
        text = f"is not set: mail of up to {days} days before the first start is answered, too"
        yield Problem("go_live", text)


def secrets(config: Config) -> Iterator[tuple[str, Word]]:
    """Every password, and the secret of every application that signs in by OAuth 2."""
    for number, box in enumerate(config.mailboxes):
        for name, secret in _of(box):
            key = f"mailbox.{number}.{name}.password"
            yield key, secret
            if secret.oauth is not None and secret.oauth.client_secret is not None:
                yield f"{key}.oauth.client_secret", secret.oauth.client_secret


def _of(box: Mailbox) -> Iterator[tuple[str, Secret]]:
    if box.imap is not None:
        yield "imap", box.imap.password
    if box.smtp is not None and box.smtp.password is not None:
        yield "smtp", box.smtp.password


def _faults(secret: Word) -> tuple[Problem, ...]:
    if isinstance(secret, Secret) and secret.oauth is not None:
        missing = [name for name in ("authlib", "httpx") if find_spec(name) is None]
        return (Problem("oauth", EXTRA),) if missing else ()
    try:
        secret.reveal()
    except ConfigError as error:  # a credential that the service manager did not hand over
        return error.problems
    return ()
