"""One act: who did what to which message or place, when and why."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from rules.mending import Place

Kind = Literal[
    "accept",
    "return",
    "correct",
    "waive",
    "not-applicable",
    "extend",
    "alias",
    "rejudge",
    "resend",
    "select",
    "unselect",
    "undo",
]
# as the history of a message tells it
WHAT: Mapping[Kind, str] = {
    "accept": "accepted by hand",
    "return": "returned by hand",
    "correct": "corrected",
    "waive": "waived",
    "not-applicable": "not applicable",
    "extend": "deadline extended",
    "alias": "alias added",
    "rejudge": "judged again",
    "resend": "reply sent again",
    "select": "selected",
    "unselect": "selection taken back",
    "undo": "undone",
}


@dataclass(frozen=True, kw_only=True, slots=True)
class Act:
    """`message` or, without one, `place` is what it is about; `mailbox` whose matter it is.

    `said` are its own values in words; `undone_by` the act that took it back.
    """

    kind: Kind
    who: str
    at: datetime
    why: str = ""
    mailbox: str = ""
    message: int | None = None
    place: Place = field(default_factory=Place)
    said: Mapping[str, str] = field(default_factory=dict)
    undoes: int | None = None
    id: int = 0
    undone_by: int | None = None
