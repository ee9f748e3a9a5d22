"""What judging ends in."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rules.submission import Submission


class Severity(StrEnum):
    ERROR = "error"
    HOLD = "hold"
    REMARK = "remark"


class Status(StrEnum):
    ACCEPTED = "accepted"
    RETURNED = "returned"
    HELD = "held"
    IGNORED = "ignored"


@dataclass(frozen=True, slots=True)
class Phrase:
    """A piece of evidence that is itself words, in both languages."""

    zh: str
    en: str


Values = Mapping[str, str | int | Phrase]


@dataclass(frozen=True, slots=True)
class Evidence:
    """What a check saw: where, and the values that fill the rule's words."""

    where: str  # file name, or "subject", "message", "body"
    values: Values = field(default_factory=dict)


Seen = Iterator[Evidence]  # what a check yields


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing wrong with one submission. Rendered by `rules.rule.say`.

    `by_hand` are the words of the person who found it; then there need be no `values`.
    """

    code: str
    severity: Severity
    where: str
    values: Values = field(default_factory=dict)
    by_hand: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Verdict:
    """`submission` is the judged one: its attachments carry their kind and role."""

    status: Status
    late: bool
    findings: tuple[Finding, ...]
    submission: "Submission"
    suggested_subject: str
    reason: str = ""  # why it was ignored, or why nothing may be answered, in words

    def codes(self) -> tuple[str, ...]:
        return tuple(f.code for f in self.findings)
