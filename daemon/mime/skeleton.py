"""The washed skeleton: clean headers and small text, which mail-parser reads.

mail-parser knows addresses, dates and the Received chain; it loses Chinese text, raises on some
nestings and holds a whole message in memory. It is given none of that to do.
"""

import re
from base64 import b64encode
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from email.message import Message

from daemon.mime import clean, dates, words
from daemon.mime.header import Fields, first

_READ = frozenset({"from", "reply-to", "date", "received"})
_MOST_HOPS = 50
_LONGEST = 4_000  # bytes of one header given to mail-parser
_ADDRESS = re.compile(r"[\w.!#$%&'*+/=?^`{|}~-]+@[\w.-]+\w")

Headers = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Address:
    name: str
    address: str


@dataclass(frozen=True, slots=True)
class Envelope:
    """What mail-parser found. Dates are aware; `received` is the newest hop's."""

    sender: str
    sender_name: str
    reply_to: str
    date: datetime | None
    received: datetime | None


def wash(fields: Fields) -> Headers:
    """Every header as clean text, in order."""
    return tuple((f.name, clean.line(words.decode(f.value))) for f in fields)


def envelope(fields: Fields, *, traced: bool = True) -> Envelope:
    """`traced`: read the hops, at 0.1 ms each. Without them `received` is None."""
    from daemon.mime.parser import Skeleton

    mail = Skeleton(rows(fields, _READ if traced else _READ - {"received"}))
    author = _address(mail.from_) or Address("", "")
    sender, name = author.address, author.name
    if not name or not _ADDRESS.fullmatch(sender):
        plain = clean.line(words.decode(first(fields, "from") or first(fields, "sender")))
        sender = sender if _ADDRESS.fullmatch(sender) else _last_address(plain) or sender
        name = name or _name_before(plain, sender)
    dated = [hop["date_utc"] for hop in mail.received if hop.get("date_utc")]
    return Envelope(
        sender=sender,
        sender_name=name,
        reply_to=(_address(mail.reply_to) or Address("", "")).address,
        date=_aware(mail.date),
        received=_aware(datetime.fromisoformat(dated[-1])) if dated else None,
    )


def rows(fields: Fields, wanted: frozenset[str] = _READ) -> Message:
    """The first of each header, and the newest hops; no control characters, no foreign charsets."""
    skeleton, seen, hops = Message(), set[str](), 0
    for f in fields:
        name = f.name.lower()
        hops += name == "received"
        if name not in wanted or name in seen:
            continue
        skeleton[f.name] = _raw(_washed(name, f.value))
        if name != "received" or hops == _MOST_HOPS:
            seen.add(name)
    return skeleton


def _raw(text: str) -> str:
    """As the standard library's parser would keep it, had it read the bytes."""
    return text.encode("utf-8", "replace").decode("ascii", "surrogateescape").lstrip(" \t")


def _washed(name: str, value: bytes) -> str:
    """Structure stays: what was an encoded word is one again, so its commas separate nothing."""
    if name == "date":
        return _plain(dates.washed(clean.line(words.decode(value))))
    return "".join(
        f" =?utf-8?b?{b64encode(clean.line(text).encode()).decode()}?= "
        if encoded
        else _plain(text)
        for encoded, text in words.runs(value[:_LONGEST])
    )


def _plain(text: str) -> str:
    """Nothing here may look like an encoded word: the standard library raises on broken ones."""
    return clean.spaced(text).replace("=?", "= ?")


def _address(found: Sequence[tuple[str, str]] | str | None) -> Address | None:
    """mail-parser gives a list for address headers and "" for a missing one."""
    if not found or isinstance(found, str):
        return None
    name, address = found[0]
    return Address(clean.line(words.decode(name.encode("utf-8", "replace"))), clean.line(address))


def _last_address(plain: str) -> str:
    """Some clients encode the whole header, address and all."""
    found = _ADDRESS.findall(plain)
    return found[-1] if found else ""


def _name_before(plain: str, sender: str) -> str:
    """`Name, <addr>`: the comma belongs to nobody."""
    before, bracket, _ = plain.partition(f"<{sender}>")
    return before.strip(" ,;\"'") if bracket else ""


def _aware(instant: datetime | None) -> datetime | None:
    if instant is None:
        return None
    return instant if instant.tzinfo else instant.replace(tzinfo=UTC)
