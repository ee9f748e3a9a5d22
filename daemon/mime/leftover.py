"""What programs leave in mails and folders by themselves: nobody meant it, nobody is told of it."""

import re
from typing import TYPE_CHECKING

from daemon.mime import charset

if TYPE_CHECKING:
    from daemon.mime.params import Value
    from daemon.mime.save import Saved

_SYSTEM = frozenset({".ds_store", "thumbs.db", "desktop.ini"})
# Edits that an iPhone keeps beside a picture; the frame of objects that Outlook shows in a text.
_SIDE_FILES = frozenset({"aae", "mso"})
# Exchange cuts what an Apple client wrote behind a picture into files of these names.
_EXCHANGE_TEXT = re.compile(r"ATT\d{5}\.(?:html?|txt)")
# So it, and Outlook, call any part without a name: the footer of a list, the end of a letter.
_NUMBERED = re.compile(
    r"(?:ATT|Untitled attachment |无标题附件 ?)\d{4,8}\.{0,2}(?:bin|dat|c|html?|txt)?",
    re.IGNORECASE,
)
_SIGNATURE = re.compile(r"(?:signature|签名)\.(?:html?|txt)", re.IGNORECASE)
_SHORT = 2_000  # bytes: no footer of a list is longer, and no manuscript so short
_BINARY = re.compile(rb"[^\t\n\x0c\r -\xff]")


def of_a_system(name: str) -> bool:
    """By its name alone, which nobody gives a file of his own."""
    ending = name.rpartition(".")[2].lower()
    return name.startswith("._") or name.lower() in _SYSTEM or ending in _SIDE_FILES


def of_a_client(name: str, disposition: "Value", saved: "Saved") -> bool:
    """`name` as the mail gives it, "" when it gives none. A file that was named and is empty is
    none of these: its sender meant another."""
    if of_a_system(name) or _EXCHANGE_TEXT.fullmatch(name):
        return True
    if not name:
        return _blank(saved)
    signed = disposition.main == "inline" and _SIGNATURE.fullmatch(name)
    return bool(signed or _NUMBERED.fullmatch(name)) and _few_words(saved)


def _blank(saved: "Saved") -> bool:
    short = saved.size <= _SHORT and not saved.undecodable
    return short and not saved.disk.read_bytes().strip(b"\0 \t\r\n")


def _few_words(saved: "Saved") -> bool:
    if saved.undecodable or saved.size > _SHORT:
        return False
    data = saved.disk.read_bytes()
    known = (charset.strictly(data, codec) is not None for codec in ("utf-8", "gb18030"))
    return not _BINARY.search(data) and any(known)
