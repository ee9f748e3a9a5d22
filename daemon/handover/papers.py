"""The papers of a package: the list as a workbook, and what is unfinished as a text."""

import io
from collections.abc import Iterator, Sequence
from datetime import date, datetime

from daemon.handover.contents import Contents, Folder
from daemon.handover.words import words
from daemon.ledger import Standing
from daemon.report.book import Book, Cell, Head, written
from daemon.report.words import local, plain
from daemon.report.words import words as said_of
from rules.catalogue import by_code
from rules.notice import Category, Language, Notice
from rules.rule import words_of

ORDER = ("missing", "returned", "held", "accepted", "waived", "not-applicable")


def workbook(contents: Contents, language: Language) -> bytes:
    """The list, its files, and what is unfinished."""
    target = io.BytesIO()
    with written(target, contents.made.date()) as book:
        _list(book, contents, language)
        _files(book, contents, language)
        _unfinished(book, contents, language)
    return target.getvalue()


def text(contents: Contents, language: Language) -> str:
    """What is unfinished, by state. CRLF, for the notepads of offices."""
    said = words(language)
    title = said["title"].format(notice=contents.notice.title, category=contents.category.name)
    groups: dict[tuple[str, str], list[str]] = {}
    for standing in contents.unfinished:
        groups.setdefault((standing.window, _state(standing)), []).append(plain(standing.unit))
    lines = [plain(title), ""]
    for window in dict.fromkeys(window for window, _ in groups):
        lines += [window] if len(contents.category.windows) > 1 else []
        lines += [
            f"{said[f'states.{state}']}（{len(units)}）：{'、'.join(units)}"
            for state in ORDER
            if (units := groups.get((window, state)))
        ]
    return "\r\n".join([*lines, *([] if groups else [said["none"]]), ""])


def _list(book: Book, contents: Contents, language: Language) -> None:
    said, common = words(language), said_of(language)
    labels = asked(contents.category, contents.notice)
    titles = (
        *(common[k] for k in ("unit", "window")),
        *labels,
        *(said[k] for k in ("contact", "sender_name", "sender")),
        *(common[k] for k in ("received", "late", "number")),
        *(said[k] for k in ("selected", "count", "folder")),
    )
    widths = (26, 20, *(18 for _ in labels), 28, 14, 28, 20, 8, 8, 8, 8, 50)
    head = Head(name=said["list"], titles=titles, widths=widths, frozen_columns=1)
    book.sheet(head, (_row(folder, labels, language) for folder in contents.folders))


def asked(category: Category, notice: Notice) -> tuple[str, ...]:
    """The short labels of the forms that this category encloses."""
    forms = (notice.form(part.form) for part in category.parts if part.form)
    labels = (label for form in forms if form for label in form.fields if label not in form.roomy)
    return tuple(dict.fromkeys(labels))


def _row(folder: Folder, labels: Sequence[str], language: Language) -> tuple[Cell, ...]:
    standing, said = folder.standing, words(language)
    return (
        plain(standing.unit),
        plain(standing.window),
        *(plain(folder.answers.get(label, "")) for label in labels),
        plain(folder.contact),
        plain(folder.sender.name),
        plain(folder.sender.address),
        folder.received,
        said_of(language)["late"] if standing.late else "",
        folder.sender.version,
        said["yes"] if folder.selected else "",
        len(folder.files),
        folder.name,
    )


def _files(book: Book, contents: Contents, language: Language) -> None:
    said = words(language)
    names = ("folder", "name", "original", "purpose", "version", "size")
    titles = (*(said[name] for name in names), "SHA-256")
    head = Head(name=said["files"], titles=titles, widths=(50, 50, 44, 14, 12, 14, 66))
    book.sheet(
        head,
        (
            (
                folder.name,
                file.name,
                plain(file.original),
                file.purpose,
                file.version,
                file.size,
                file.sha256,
            )
            for folder in contents.folders
            for file in folder.files
        ),
    )


def _unfinished(book: Book, contents: Contents, language: Language) -> None:
    said, common = words(language), said_of(language)
    titles = (
        *(common[k] for k in ("unit", "window", "state", "closes")),
        *(said[k] for k in ("granted", "waived")),
        *(common[k] for k in ("findings", "last_received", "last_sender", "last_subject")),
    )
    widths = (26, 20, 14, 12, 20, 24, 44, 20, 28, 44)
    head = Head(name=said["unfinished"], titles=titles, widths=widths, frozen_columns=1)
    order = {name: n for n, name in enumerate(ORDER)}
    rows = sorted(contents.unfinished, key=lambda s: order[_state(s)])
    book.sheet(head, (_open(s, contents.notice, language) for s in rows))


def _open(standing: Standing, notice: Notice, language: Language) -> tuple[Cell, ...]:
    granted = datetime.fromisoformat(standing.extended) if standing.extended else None
    return (
        plain(standing.unit),
        plain(standing.window),
        words(language)[f"states.{_state(standing)}"],
        date.fromisoformat(standing.closes) if standing.closes else None,
        local(granted, notice.zone),
        plain(standing.waived),
        "；".join(_titles(standing, notice, language)),
        local(standing.last_received, notice.zone),
        plain(standing.last_sender),
        plain(standing.last_subject),
    )


def _state(standing: Standing) -> str:
    if standing.waived and standing.state == "missing":
        return standing.waived_as or "waived"
    return standing.state


def _titles(standing: Standing, notice: Notice, language: Language) -> Iterator[str]:
    rules = (by_code(code) for code in standing.findings)
    return (words_of(rule, notice, language).title for rule in rules if rule)
