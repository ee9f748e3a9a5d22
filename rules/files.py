"""What is to be looked at among the files that came, and what their names and bytes say."""

import re

from rules import formats
from rules.notice import Category, Notice
from rules.submission import Attachment, Submission

_DEBRIS = re.compile(r"(~\$.*|.*\.(?:lnk|tmp|crdownload|part))$", re.IGNORECASE | re.DOTALL)
_WRAPPED = re.compile(r"^~\$|(?: - 快捷方式)?\.(?:lnk|tmp|crdownload|part)$", re.IGNORECASE)
_SCAN = re.compile(r"扫描|盖章|签章|签字|scan", re.IGNORECASE)
_PROGRAM = frozenset(
    ending
    for format_ in formats.FORMATS.values()
    for ending in format_.endings
    if format_.family == "program"
)


def distinct(submission: Submission) -> tuple[Attachment, ...]:
    """The files to judge; identical bytes count once, and empty files each."""
    first: dict[str, Attachment] = {}
    for number, file in enumerate(submission.files()):
        first.setdefault(file.facts.sha256 if file.facts.size else str(number), file)
    return tuple(first.values())


def sound(submission: Submission, *kinds: str) -> tuple[Attachment, ...]:
    """Distinct files of these kinds that could be looked into: what rules about content judge."""
    wanted = [file for file in distinct(submission) if not kinds or file.kind in kinds]
    return tuple(file for file in wanted if not set_aside(file))


def set_aside(file: Attachment) -> bool:
    """A fault of its own stands before every other: empty, dangerous, or not inspected."""
    facts = file.facts
    return debris(file) or dangerous(file) or bool(facts.unknown or file.undecodable)


def debris(file: Attachment) -> bool:
    """Nothing in it, or not the file that the sender meant."""
    return file.facts.size == 0 or bool(_DEBRIS.fullmatch(file.name))


def dangerous(file: Attachment) -> bool:
    facts = file.facts
    program = facts.executable or formats.family(facts.format) == "program"
    return bool(facts.threat) or program or formats.ending(file.name) in _PROGRAM


def format_of(file: Attachment) -> str:
    """What it is by its bytes; where they say nothing, what its name promises."""
    told, name = file.facts.format, _WRAPPED.sub("", file.name)
    if told not in {"unknown", "ole", "empty", ""} and name == file.name:
        return told
    return formats.by_name(name) or told or "unknown"


def named_scan(name: str) -> bool:
    return bool(_SCAN.search(name))


def garbled(file: Attachment) -> bool:
    """Named as a format that its bytes do not show at all."""
    return file.facts.format in {"unknown", "ole"} and bool(formats.by_name(file.name))


def allowed(file: Attachment, category: Category | None, notice: Notice) -> bool:
    kind = notice.kind(file.kind, category)
    return kind is not None and format_of(file) in kind.formats
