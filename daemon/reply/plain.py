"""A letter as plain text."""

from collections.abc import Iterable, Iterator

from daemon.reply.contents import Group, Line
from daemon.reply.sentences import Sentences


def lines(say: Sentences) -> Iterator[str]:
    """Line by line; of two blank ones in a row one is enough."""
    c = say.c
    yield from _opening(say)
    if say.accepted:
        yield from _receipt(say)
    if c.errors:
        yield from _errors(say)
    if c.suggested:
        yield from ("", say.heading % say.subject_title, "", c.suggested)
        yield from () if c.complete else ("", say.subject_blanks)
    yield from _section(say, say.doubts_title, _notes(c.doubts, say))
    yield from _section(say, say.files_title, _files(c.files, digests=say.accepted))
    yield from _section(say, say.earlier_title, _files(c.earlier, digests=say.accepted))
    yield from _section(say, say.links_title, _files(c.links, digests=False))
    yield from _section(say, say.remarks_title, _notes(c.remarks, say))
    yield from _closing(say)


def _opening(say: Sentences) -> Iterator[str]:
    yield from (say.greeting, "", say.opening)
    if say.c.errors:
        yield say.how
        yield from () if say.c.category else (say.no_category,)


def _receipt(say: Sentences) -> Iterator[str]:
    c = say.c
    yield ""
    yield f"{say.number}{say.colon}{c.number}"
    yield f"{say.arrived}{say.colon}{say.arrived_zone}"
    yield f"{say.subject}{say.colon}{c.theirs}"
    if c.deadline and c.deadline.state == "late":
        yield from ("", say.received_late)


def _errors(say: Sentences) -> Iterator[str]:
    yield from ("", say.heading % say.errors_title)
    for number, group in enumerate(say.c.errors, 1):
        yield from ("", f"{number}. {say.place(group)}")
        for point in group.points:
            yield f"   ● {point.title}"
            yield f"     {say.saw}{say.colon}{point.saw}"
            yield f"     {say.required}{say.colon}{point.required}"
            yield f"     {say.fix}{say.colon}{point.fix}"
    yield ""


def _section(say: Sentences, title: str, told: Iterable[str]) -> Iterator[str]:
    """Nothing where nothing is told."""
    if listed := list(told):
        yield from ("", say.heading % title, *listed, "")


def _notes(groups: Iterable[Group], say: Sentences) -> Iterator[str]:
    for group in groups:
        for point in group.points:
            named = group.name and group.name in point.saw
            place = "" if named else say.place(group) + say.colon
            yield f" · {place}{point.saw}{say.gap}{point.fix}"


def _files(files: Iterable[Line], *, digests: bool) -> Iterator[str]:
    for file in files:
        yield " · " + "  ".join(filter(None, (file.name, file.size, file.purpose)))
        if digests and file.sha256:
            yield f"   SHA-256 {file.sha256}"


def _closing(say: Sentences) -> Iterator[str]:
    if say.c.errors and say.c.deadline:
        yield from ("", say.heading % say.deadline_title, say.deadline)
    yield from ("", say.heading % say.contact_title, say.contact)
    if say.context.last:
        yield from ("", say.last)
    yield from ("", say.signature, "--", say.footer)
