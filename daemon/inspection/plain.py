"""Formats that are text: RTF, HTML, XML, SVG, mail, tables, scripts; and programs known by name."""

import re
from typing import Final

from daemon.inspection.sort import Sample, Sort

_SCRIPTS: Final = {
    "bat": "bat", "cmd": "bat", "ps1": "ps1", "psm1": "ps1", "vbs": "vbs", "vbe": "vbs",
    "js": "js", "jse": "js", "mjs": "js", "hta": "script", "wsf": "script", "wsh": "script",
    "sh": "script", "py": "script", "pl": "script", "reg": "script", "scr": "exe", "com": "com",
    "pif": "exe",
}  # fmt: skip
_BY_NAME: Final = frozenset({"csv", "xml", "url", "json", "md", "ics", "vcf"})
_HEADER: Final = re.compile(
    r"(?im)\A(?:received|return-path|delivered-to|from|to|subject|date|message-id|mime-version"
    r"|x-[a-z-]+|content-type|dkim-signature):"
)
_MHT: Final = re.compile(r"(?i)content-type:\s*multipart/related")
_ROOT: Final = re.compile(r"<(?![?!])\s*(?:[\w.-]+:)?([\w.-]+)")
_HTML: Final = re.compile(r"(?i)<!doctype\s+html|<html[\s>]|<head[\s>]|<body[\s>]")


def recognise(sample: Sample) -> Sort | None:
    extension = sample.extension
    text = _text(sample.head)
    if text is None:
        return Sort(format="com", executable=True) if extension == "com" else None
    if text.startswith("#!"):
        return Sort(format="script", executable=True)
    found = _marked(text.lstrip())
    if found in {"", "html", "xml"} and extension in _SCRIPTS:
        return Sort(format=_SCRIPTS[extension], executable=True)
    return Sort(format=found or (extension if extension in _BY_NAME else "txt"))


def _text(head: bytes) -> str | None:
    """The head as text, None when it is not: NUL bytes or many control characters."""
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return head[: len(head) // 2 * 2].decode("utf-16", "replace")
    if b"\0" in head:
        return None
    controls = sum(head.count(c) for c in _CONTROLS)
    return None if controls * 50 > len(head) else head.decode("latin-1").removeprefix("ï»¿")


_CONTROLS: Final = tuple(bytes([c]) for c in range(32) if c not in {9, 10, 12, 13, 26, 27})


def _marked(text: str) -> str:
    """What the text itself says it is."""
    if text.startswith("{\\rt"):
        return "rtf"
    if _HEADER.match(text):
        return "mht" if _MHT.search(text) and "<html" in text.lower() else "eml"
    if text.startswith("<"):
        return _tagged(text)
    return ""


def _tagged(text: str) -> str:
    root = _ROOT.search(text)
    word = root.group(1).lower() if root else ""
    if word == "svg":
        return "svg"
    if word == "html" or _HTML.search(text[:4096]):
        return "html"
    return "xml" if text.startswith("<?xml") else ""
