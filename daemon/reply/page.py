"""A letter as a page of HTML.

Words come into it through `_put` alone, which escapes them: whoever wrote them, they stay words.
"""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from daemon.reply.contents import Group, Line
from daemon.reply.sentences import Sentences
from rules.rule import Said

_TOP = """\
<!DOCTYPE html>
<html lang="{language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light">
<title>{headline}</title>
</head>
<body style="margin:0;padding:0;background-color:#f3f4f6">
<div style="max-width:640px;margin:0 auto;padding:16px;\
font:15px/1.7 'PingFang SC','Microsoft YaHei','Noto Sans CJK SC',sans-serif;\
color:#374151;overflow-wrap:anywhere">
<div style="padding:22px 24px;border-radius:10px;background-color:#fafafa;\
border:1px solid #e5e7eb;border-top:5px solid {tone}">
<div style="font-size:20px;line-height:1.4;font-weight:bold;color:{tone}">{headline}</div>
<p style="margin:14px 0 6px;color:#111827">{greeting}</p>
<p style="margin:0">{opening}{how}</p>"""
_NO_CATEGORY = '<p style="margin:8px 0 0">{words}</p>'
_DEADLINE = """\
<div style="margin:16px 0 0;padding:10px 14px;border-radius:6px;\
background-color:{pale};color:{tone};font-weight:bold">{words}</div>"""
_RECEIPT = """\
<div style="margin:16px 0 0;padding:10px 14px;border-radius:6px;background-color:{pale}">"""
_LABELLED = """\
<div style="margin:4px 0 0;color:{colour}">\
<span style="color:#6b7280">{label}{colon}</span>{words}</div>
"""
_LATE = '<div style="margin:4px 0 0;color:#b45309">{words}</div>'
_HEADING = """\
<h2 style="margin:28px 0 10px;font-size:16px;line-height:1.4;color:#111827">{title}</h2>
"""
_ERRORS = """\
<div style="margin:0 0 14px;padding:12px 14px;border:1px solid #e5e7eb;\
border-left:4px solid {tone};border-radius:6px;background-color:#ffffff">
<div style="font-weight:bold;color:#111827">{place}</div>"""
_ERROR = """\
<div style="margin:8px 0 0{line}">
<div style="font-weight:bold;color:{tone}">{title}</div>"""
_DASHED = ";padding-top:8px;border-top:1px dashed #e5e7eb"
_SUBJECT = """\
<div style="padding:12px 14px;border:1px dashed #9ca3af;border-radius:6px;\
background-color:#ffffff;text-align:center">
<div style="font-size:17px;font-weight:bold;color:#111827">{subject}</div>"""
_BUTTON = """\
<div style="margin:8px 0 2px">\
<a href="{mailto}" style="display:inline-block;padding:5px 16px;border-radius:5px;\
background-color:{tone};color:#ffffff;text-decoration:none">{button}</a></div>
</div>"""
_BLANKS = """\
<div style="margin:6px 0 0;font-size:13px;color:#6b7280">{blanks} \
<a href="{mailto}" style="color:{tone}">{button}</a></div>
</div>"""
_NOTES = '<ul style="margin:0;padding:0 0 0 20px;color:#374151">'
_NOTE = '<li style="margin:4px 0">{saw}{gap}{fix}</li>'
_NOTE_AT = '<li style="margin:4px 0"><b>{place}</b>{colon}{saw}{gap}{fix}</li>'
_FILES = '<div style="border:1px solid #e5e7eb;border-radius:6px;background-color:#ffffff">'
_FILE = """\
<div style="padding:9px 14px{line}">
<div style="color:#111827">{name}</div>
<div style="font-size:13px;color:#6b7280">{purpose}{dot}{size}</div>"""
_SOLID = ";border-top:1px solid #e5e7eb"
_DIGEST = """\
<div style="font:11px/1.5 Consolas,Menlo,monospace;color:#6b7280;word-break:break-all">\
SHA-256 {digest}</div>"""
_CONTACT = """\
<div style="margin:28px 0 0;padding:14px 0 0;border-top:1px solid #e5e7eb">{contact}"""
_LAST = '<p style="margin:8px 0 0">{words}</p>'
_BOTTOM = """\
<p style="margin:12px 0 0;color:#111827">{signature}</p>
</div>
</div>
<p style="margin:10px 4px;font-size:12px;color:#6b7280">{footer}</p>
</div>
</body>
</html>"""


class _Colours(NamedTuple):
    tone: str
    pale: str


_AMBER, _GREEN, _BLUE = (
    _Colours("#b45309", "#fffbeb"),
    _Colours("#15803d", "#f0fdf4"),
    _Colours("#1d4ed8", "#eff6ff"),
)


def lines(say: Sentences) -> Iterator[str]:
    """Line by line; of two blank ones in a row one is enough."""
    c, colours = say.c, _colours(say)
    yield from _top(say, colours)
    if say.accepted:
        yield from _receipt(say, colours)
    if c.errors:
        yield from _errors(say, colours.tone)
    if c.suggested:
        yield from _subject(say, colours.tone)
    yield from _section(say.doubts_title, _notes(c.doubts, say))
    yield from _section(say.files_title, _files(c.files, digests=say.accepted))
    yield from _section(say.earlier_title, _files(c.earlier, digests=say.accepted))
    yield from _section(say.links_title, _files(c.links, digests=False))
    yield from _section(say.remarks_title, _notes(c.remarks, say))
    yield _put(_CONTACT, contact=say.contact)
    if say.context.last:
        yield _put(_LAST, words=say.last)
    yield _put(_BOTTOM, signature=say.signature, footer=say.footer)


def _put(layout: str, **words: str) -> str:
    """The layout with these words in their places."""
    return layout.format_map({name: escaped(said) for name, said in words.items()})


def escaped(text: str) -> str:
    """Fit for a page and for an attribute in quotation marks."""
    text = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return text.replace("'", "&#39;").replace('"', "&#34;")


def _colours(say: Sentences) -> _Colours:
    if say.c.errors:
        return _AMBER
    return _GREEN if say.accepted else _BLUE


def _top(say: Sentences, colours: _Colours) -> Iterator[str]:
    yield _put(
        _TOP,
        language="zh-CN" if say.context.language == "zh" else "en",
        headline=say.headline,
        tone=colours.tone,
        greeting=say.greeting,
        opening=say.opening,
        how=say.how if say.c.errors else "",
    )
    if say.c.errors and not say.c.category:
        yield _put(_NO_CATEGORY, words=say.no_category)
    if say.c.errors and say.c.deadline:
        yield _put(_DEADLINE, words=say.deadline, **colours._asdict())


def _receipt(say: Sentences, colours: _Colours) -> Iterator[str]:
    c = say.c
    yield _put(_RECEIPT, pale=colours.pale)
    told = (
        (say.number, c.number),
        (say.arrived, say.arrived_zone),
        (say.subject, c.theirs),
    )
    for label, words in told:
        yield _put(_LABELLED, label=label, colon=say.colon, words=words, colour="#111827")
    if c.deadline and c.deadline.state == "late":
        yield _put(_LATE, words=say.received_late)
    yield "</div>"


def _errors(say: Sentences, tone: str) -> Iterator[str]:
    yield _put(_HEADING, title=say.errors_title)
    for group in say.c.errors:
        yield _put(_ERRORS, place=say.place(group), tone=tone)
        for number, point in enumerate(group.points):
            yield _put(_ERROR, title=point.title, tone=tone, line=_DASHED if number else "")
            yield from _explained(point, say)
        yield "</div>"
    yield ""


def _explained(point: Said, say: Sentences) -> Iterator[str]:
    told = (
        (say.saw, point.saw, "#374151"),
        (say.required, point.required, "#374151"),
        (say.fix, point.fix, "#111827"),
    )
    for label, words, colour in told:
        yield _put(_LABELLED, label=label, colon=say.colon, words=words, colour=colour)
    yield "</div>"


def _subject(say: Sentences, tone: str) -> Iterator[str]:
    yield _put(_HEADING, title=say.subject_title)
    yield _put(_SUBJECT, subject=say.c.suggested)
    words = {"mailto": say.c.mailto, "button": say.subject_button, "tone": tone}
    if say.c.complete:
        yield _put(_BUTTON, **words)
    else:
        yield _put(_BLANKS, blanks=say.subject_blanks, **words)


def _section(title: str, told: Iterable[str]) -> Iterator[str]:
    """Nothing where nothing is told."""
    if listed := list(told):
        yield from (_put(_HEADING, title=title), *listed, "")


def _notes(groups: Iterable[Group], say: Sentences) -> Iterator[str]:
    if not groups:
        return
    yield _NOTES
    for group in groups:
        for point in group.points:
            words = {"saw": point.saw, "gap": say.gap, "fix": point.fix}
            if group.name and group.name in point.saw:
                yield _put(_NOTE, **words)
            else:
                yield _put(_NOTE_AT, place=say.place(group), colon=say.colon, **words)
    yield "</ul>"


def _files(files: Iterable[Line], *, digests: bool) -> Iterator[str]:
    if not files:
        return
    yield _FILES
    for number, file in enumerate(files):
        dot = " · " if file.purpose and file.size else ""
        words = {"name": file.name, "purpose": file.purpose, "dot": dot, "size": file.size}
        yield _put(_FILE, line=_SOLID if number else "", **words)
        if digests and file.sha256:
            yield _put(_DIGEST, digest=file.sha256)
        yield "</div>"
    yield "</div>"
