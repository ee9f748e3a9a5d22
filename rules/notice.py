"""A published call for material, as data: who is asked, for what, by when, in which form.

Everything here is plain standard library; a notice is written in TOML and read by the shell.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from rules.verdict import Severity

KindName = Literal["text", "image", "scan", "video", "audio", "form", "other"]
Language = Literal["zh", "en"]


@dataclass(frozen=True, kw_only=True, slots=True)
class Unit:
    """One organisation on the roster. `name` is the one form written to people."""

    name: str
    aliases: tuple[str, ...] = ()
    mail: tuple[str, ...] = ()  # whom to remind; empty = who wrote last


@dataclass(frozen=True, kw_only=True, slots=True)
class Window:
    """One due time of a category. `closes` is the day the notice names (7月15日前)."""

    name: str
    opens: date | None = None
    closes: date | None = None
    cutoff: str = ""  # "12:00", "17:30"; empty = the notice's own


@dataclass(frozen=True, kw_only=True, slots=True)
class Kind:
    """What a file is for, and what the notice allows such a file to be."""

    name: KindName
    title: str
    formats: tuple[str, ...]  # the words of Facts.format
    wanted: str  # as the notice says it: “WORD格式（.doc / .docx）”
    max_size: int | None = None  # bytes, before the 1 % slack
    max_duration: int | None = None  # milliseconds
    min_width: int | None = None  # pixels
    min_height: int | None = None
    min_chars: int | None = None  # characters that are not white space
    max_chars: int | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Form:
    """A form that the notice encloses (附件1). `fields` are its labels, in order.

    `roomy` are those that are answered in paragraphs.
    """

    id: str
    title: str
    aliases: tuple[str, ...] = ()
    fields: tuple[str, ...] = ()
    roomy: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Part:
    """One thing a category asks for. `form` names a Form when kind is "form".

    `any_of` lets several kinds fill the part (教育素材 takes any); it includes `kind`.
    """

    kind: KindName
    title: str
    min: int = 1
    max: int | None = None
    form: str = ""
    any_of: tuple[KindName, ...] = ()

    @property
    def kinds(self) -> tuple[KindName, ...]:
        return self.any_of or (self.kind,)


@dataclass(frozen=True, kw_only=True, slots=True)
class Category:
    """One kind of submission. `kinds` holds limits that differ from the notice's own."""

    name: str
    mailbox: str
    parts: tuple[Part, ...]
    windows: tuple[Window, ...]
    aliases: tuple[str, ...] = ()
    naming: str = ""  # empty = the notice's own
    contact: bool = False  # 稿件请注明联系人和联系方式
    originals: bool = True  # pictures in the text must also come as files of their own
    kinds: tuple[Kind, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Mailbox:
    """A mailbox as the notice publishes it."""

    name: str
    department: str
    address: str
    phone: str = ""
    office: str = ""  # where to find it: a building and a room


@dataclass(frozen=True, kw_only=True, slots=True)
class Clause:
    """A sentence of the notice as published, and what holds mail to it."""

    text: str
    enforced: str  # in words; empty = nothing that a mail could show
    rules: tuple[str, ...] = ()  # codes


@dataclass(frozen=True, kw_only=True, slots=True)
class Notice:
    """One published call. Build it with `daemon.config.notices.load`, which checks references."""

    id: str
    title: str
    year: int
    naming: str  # “{unit}+{category}+{date}”
    mailboxes: tuple[Mailbox, ...]
    kinds: tuple[Kind, ...]
    categories: tuple[Category, ...]
    roster: tuple[Unit, ...]
    forms: tuple[Form, ...] = ()
    issuer: str = ""  # who signs replies: 学校党委
    zone: str = "Asia/Shanghai"
    prefixes: tuple[str, ...] = ()  # what people write before any unit: the school's short name
    inclusive: bool = True  # “7月15日前” takes in the 15th
    cutoff: str = "24:00"
    time_basis: Literal["received", "sent"] = "received"
    late: Literal["accept", "return", "hold"] = "accept"
    grace: int = 0  # minutes
    unit_word: str = "单位"  # stands in a suggested subject where the unit is not known
    category_word: str = "类别"
    date_word: str = "报送日期"
    clauses: tuple[Clause, ...] = ()
    severities: Mapping[str, Severity] = field(default_factory=dict)
    words: Mapping[str, Mapping[Language, Mapping[str, str]]] = field(default_factory=dict)

    def __hash__(self) -> int:
        """Cheap, and equal for equal notices: what a notice alone decides is worked out once."""
        return hash(self.id)

    def mailbox(self, name: str) -> Mailbox | None:
        return next((m for m in self.mailboxes if m.name == name), None)

    def form(self, form_id: str) -> Form | None:
        return next((f for f in self.forms if f.id == form_id), None)

    def kind(self, name: str, category: Category | None = None) -> Kind | None:
        """The limits for files of this kind: the category's own, else the notice's."""
        own = category.kinds if category else ()
        return next((k for k in (*own, *self.kinds) if k.name == name), None)
