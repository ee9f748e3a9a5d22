"""The same mails read three ways: who gets subject, sender, names and bytes right?"""

import email
import email.message
import email.policy
import email.utils
import tempfile
from base64 import b64decode
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import product
from pathlib import Path

import mailparser  # type: ignore[import-untyped]

from daemon.message import read
from tests import letters

_UNITS = ("农学院党委", "中国语言文学学院党委", "马克思主义学院党总支", "国际教育学院（珺瑶）")
_SENDERS = ("张三", "欧阳喆", "朱镕基", "某某")
_FILES = ("战疫故事汇+20200710.docx", "照片（一）.jpg", "附件1 推荐表.doc", "a.pdf")
_STYLES: tuple[letters.Style, ...] = ("utf-8", "gbk", "gb2312", "raw", "raw-utf8", "split")
_DATA = bytes(range(256)) * 20
_NOTHING = ("", "")


@dataclass(frozen=True, slots=True)
class Seen:
    subject: str
    sender: tuple[str, str]
    names: tuple[str, ...]
    data: tuple[bytes, ...]


def as_written(raw: bytes) -> bytes:
    return raw


def second_subject(raw: bytes) -> bytes:
    return b"X-First: 1\r\n" + raw.replace(b"\r\n\r\n", b"\r\nSubject: second\r\n\r\n", 1)


def comma_in_sender(raw: bytes) -> bytes:
    return raw.replace(b" <teacher@", b", <teacher@", 1)


def lost_boundary(raw: bytes) -> bytes:
    return raw[: raw.rindex(b"\r\n--")]


def lying_label(raw: bytes) -> bytes:
    """Words that claim to be Western or pure ASCII."""
    return raw.replace(b"=?gb2312?", b"=?iso-8859-1?").replace(b"=?GBK?", b"=?us-ascii?")


QUIRKS = (as_written, second_subject, comma_in_sender, lost_boundary, lying_label)


def corpus() -> Iterator[tuple[bytes, Seen]]:
    for raw, truth in _letters():
        for quirk in QUIRKS:
            yield quirk(raw), truth


def _letters() -> Iterator[tuple[bytes, Seen]]:
    for style, unit, sender, file in product(_STYLES, _UNITS, _SENDERS, _FILES):
        subject, name = f"{unit}+战疫故事汇+20200710", f"{unit}+{file}"
        raw = letters.letter(
            subject=subject,
            sender=f"{sender} <teacher@example.cn>",
            files=[(name, _DATA)],
            style=style,
        )
        yield raw, Seen(subject, (sender, "teacher@example.cn"), (name,), (_DATA,))


def ours(raw: bytes) -> Seen:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "mail.eml"
        path.write_bytes(raw)
        opened = read(path, Path(folder))
        files = [f for f in opened.files if not f.ignored]
        return Seen(
            opened.message.subject,
            (opened.message.sender_name, opened.message.sender),
            tuple(f.name for f in files),
            tuple(f.disk.read_bytes() for f in files),
        )


def mail_parser(raw: bytes) -> Seen:
    mail = mailparser.parse_from_bytes(raw)
    return Seen(
        str(mail.subject),
        tuple(mail.from_[0]) if mail.from_ else _NOTHING,
        tuple(a["filename"] for a in mail.attachments),
        tuple(b64decode(a["payload"]) for a in mail.attachments),
    )


def stdlib(raw: bytes) -> Seen:
    message = email.message_from_bytes(raw, policy=email.policy.default)
    files = list(message.iter_attachments())
    return Seen(
        str(message["subject"]),
        email.utils.parseaddr(str(message["from"])),
        tuple(f.get_filename() or "" for f in files),
        tuple(_payload(f) for f in files),
    )


def _payload(part: email.message.Message) -> bytes:
    data = part.get_payload(decode=True)
    return data if isinstance(data, bytes) else b""


WAYS: dict[str, Callable[[bytes], Seen]] = {
    "baosong": ours,
    "mail-parser": mail_parser,
    "standard library": stdlib,
}


def compare() -> dict[str, Counter[str]]:
    """How often each way was right, per field; "mails" counts them all."""
    right = {way: Counter[str]() for way in WAYS}
    for raw, truth in corpus():
        for way, parse in WAYS.items():
            try:
                seen = parse(raw)
            except (AttributeError, LookupError, TypeError, ValueError):  # the peers raise these
                seen = Seen("", _NOTHING, (), ())
            right[way].update(_right(seen, truth))
    return right


def _right(seen: Seen, truth: Seen) -> Counter[str]:
    fields = ("subject", "sender", "names", "data")
    found = {f: int(getattr(seen, f) == getattr(truth, f)) for f in fields}
    return Counter(found | {"mails": 1})
