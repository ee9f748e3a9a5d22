"""What came: one message, what its subject claims, the files and links it carries."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property

from rules.notice import Category, Unit, Window
from rules.signs import set_aside

Day = date  # within Claim, `date` is the field


@dataclass(frozen=True, kw_only=True)
class Message:
    """One e-mail as received, in clean text. `headers` are all of them, in order, washed."""

    sender: str = ""  # the address in From
    sender_name: str = ""
    subject: str = ""
    message_id: str = ""  # without angle brackets
    date: datetime | None = None  # as the sender says
    received: datetime | None = None  # as the server says (INTERNALDATE)
    text: str = ""
    headers: tuple[tuple[str, str], ...] = ()
    in_reply_to: str = ""
    references: tuple[str, ...] = ()
    enclosed: tuple[str, ...] = ()  # subjects of the mails that are forwarded in it
    reply_to: str = ""
    report: bool = False  # multipart/report: a delivery notice
    reported_message_id: str = ""  # of the mail that a delivery notice speaks of
    report_status: str = ""  # what became of it (RFC 3463: 5.1.1); "" when it does not say
    calendar: str = ""  # REPLY, REQUEST … when a calendar wrote it to a calendar (RFC 5546)
    unreadable: str = ""  # why the mail itself could not be understood, in words; empty = it could

    def header(self, name: str) -> str:
        """The first header of that name, or ""."""
        return next(iter(self.named.get(name.lower(), ())), "")

    # Some twenty headers are asked for a letter, and most are not there.
    @cached_property
    def named(self) -> Mapping[str, Sequence[str]]:
        """All headers of a name, in order, by that name in lower case."""
        found: dict[str, list[str]] = {}
        for name, value in self.headers:
            found.setdefault(name.lower(), []).append(value)
        return found


@dataclass(frozen=True, kw_only=True, slots=True)
class Claim:
    """What the subject says the mail is. The `*_text` fields are the sender's own words."""

    notice: str = ""
    unit: Unit | None = None
    category: Category | None = None
    window: Window | None = None
    date: Day | None = None
    unit_text: str = ""
    category_text: str = ""
    date_text: str = ""
    window_text: str = ""  # 第二批
    proposals: tuple[str, ...] = ()  # nearest names of units; a guess never decides
    deviations: tuple[str, ...] = ()  # how the writing differs from the rule; empty = to the letter
    mends: bool = False  # a reply to ours, or a new mail for the same place
    righted: bool = False  # the subject of what it mends was at fault, and this one tells it all


@dataclass(frozen=True, kw_only=True, slots=True)
class Picture:
    """A picture embedded in a document. `hash` is a 64-bit perceptual hash, `sketch` what it
    looks like from afar (see `rules.cropping`)."""

    width: int
    height: int
    size: int
    hash: int | None = None
    sketch: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Contact:
    name: str
    way: str


Table = tuple[tuple[str, ...], ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Facts:
    """What inspection established from the bytes. None and "" mean not established."""

    size: int
    sha256: str
    format: str = "unknown"  # one lower-case word; "empty" for 0 bytes
    mime: str = ""  # libmagic's opinion
    encrypted: bool = False
    damaged: str = ""  # "" whole; else truncated | undecodable | unopenable | no-moov
    macros: bool = False
    remote_template: bool = False
    executable: bool = False
    duration_ms: int | None = None
    codec: str = ""
    width: int | None = None
    height: int | None = None
    pages: int | None = None
    chars: int | None = None  # characters that are not white space
    text_layer: bool | None = None  # of a PDF
    exif: bool | None = None
    page_like: bool | None = None  # the picture is a page: True, False, None = cannot tell
    hash: int | None = None  # 64-bit perceptual hash of a picture
    sketch: str = ""  # what a picture looks like from afar
    pictures: tuple[Picture, ...] = ()  # embedded in a document
    tables: tuple[Table, ...] = ()  # of a document, cell by cell; capped
    contact: Contact | None = None
    entries: int | None = None  # members of an archive
    bomb: str = ""  # which limit an archive passes: depth | entries | ratio | bytes
    threat: str = ""  # what the scanner calls it
    unknown: str = ""  # why facts are missing: timeout | died | reader-missing | method | limits


@dataclass(frozen=True, kw_only=True, slots=True)
class Attachment:
    """One file as the sender named it. `path` is the chain of containers, outermost first.

    `kind` (a KindName, or "archive") and `role` are filled by judging: "part" fills a part,
    "extra" was not asked for, "container" was opened, "ignored" is no submission.
    """

    name: str
    facts: Facts
    path: tuple[str, ...] = ()
    inline: bool = False
    ignored: str = ""  # logo | signature | calendar | vcard | report | system; "" = to be judged
    kind: str = ""
    role: str = ""
    form: str = ""  # id of the Form it is
    filled: tuple[tuple[str, str], ...] = ()  # of a form: each label that is in it, and its value
    declared_type: str = ""
    undecodable: str = ""  # why the transfer has spoilt it: these bytes are not the sender's


@dataclass(frozen=True, kw_only=True, slots=True)
class Link:
    """A large attachment sent as a link. `expires` is None when it never does or is not said."""

    provider: str
    url: str
    name: str = ""
    size: int | None = None  # bytes, as stated; may be rounded by 2-3 %
    expires: datetime | None = None
    code: str = ""
    title: str = ""  # what people call the provider
    code_needed: bool = False  # this provider wants an extraction code
    quoted: bool = False  # it stands only in the older mail below the sender's own words


@dataclass(frozen=True, kw_only=True, slots=True)
class Sighting:
    """The same bytes, met before."""

    sha256: str
    unit: str
    received: datetime | None = None
    name: str = ""


@dataclass(frozen=True, kw_only=True)
class Submission:
    """A message with its claim, files and links, and what is already here for the same place."""

    message: Message
    claim: Claim
    mailbox: str = ""  # the notice's word for the mailbox it came to
    attachments: tuple[Attachment, ...] = ()
    links: tuple[Link, ...] = ()
    before: tuple[Attachment, ...] = ()  # good files of earlier versions; they stay good
    seen: tuple[Sighting, ...] = ()
    extended: datetime | None = None  # a later due time that the office granted this unit

    def files(self) -> tuple[Attachment, ...]:
        """The attachments that are to be judged: no logos, no opened containers."""
        return self._files

    # Every rule asks for them, some sixty times a letter.
    @cached_property
    def _files(self) -> tuple[Attachment, ...]:
        return tuple(a for a in self.attachments if a.role not in {"ignored", "container"})

    @cached_property
    def distinct(self) -> tuple[Attachment, ...]:
        """The files to judge; identical bytes count once, and empty files each."""
        first: dict[str, Attachment] = {}
        for number, file in enumerate(self._files):
            first.setdefault(file.facts.sha256 if file.facts.size else str(number), file)
        return tuple(first.values())

    @cached_property
    def sound(self) -> tuple[Attachment, ...]:
        """The distinct files that could be looked into: what rules about content judge."""
        return tuple(file for file in self.distinct if not set_aside(file))
