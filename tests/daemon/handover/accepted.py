"""Builders: accepted submissions whose files lie in the library."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from hashlib import sha256
from pathlib import Path

from daemon.config.notices import SHIPPED
from daemon.config.notices import load as load_notice
from daemon.handover import Contents, Gathering
from daemon.ledger import Key, Ledger
from daemon.library import Keep, Library, shelf
from rules.notice import Category, Notice
from rules.submission import Attachment, Claim, Contact, Facts, Message, Submission
from rules.verdict import Finding, Severity, Status, Verdict
from tests.daemon.ledger.entries import NOON, an_entry

NXY, YYXY, ZHXY = "农学院党委", "园艺学院党委", "资源环境学院党委"
STORIES, WALL = "战疫故事汇", "红色防火墙"
SHAPES = {"docx": "text", "jpeg": "image", "pdf": "scan"}
NAMES: Mapping[str, bytes] = {"故事.docx": b"text", "IMG_1.JPG": b"one", "IMG_2.jpeg": b"two"}


@dataclass(frozen=True)
class Shop:
    """The shipped notice with its first units, a ledger and a library."""

    notice: Notice
    ledger: Ledger
    library: Library
    root: Path

    def category(self, name: str = STORIES) -> Category:
        return next(c for c in self.notice.categories if c.name == name)

    def contents(self, name: str = STORIES, *, only_selected: bool = False) -> Contents:
        gather = Gathering(ledger=self.ledger, library=self.library)
        return gather(self.notice, self.category(name), only_selected=only_selected)


@contextmanager
def a_shop(root: Path, *, units: int = 3) -> Iterator[Shop]:
    shipped = load_notice(SHIPPED)
    notice = replace(shipped, roster=shipped.roster[:units])
    with Ledger(root / "ledger.db") as ledger:
        ledger.sync(notice, NOON)
        yield Shop(notice, ledger, Library(root / "library"), root)


def a_form(name: str = "附件1.docx") -> Attachment:
    filled = (("材料题目", "=守护校园"), ("作者", "张三"), ("联系人", "李四"), ("内容简介", "长"))
    return replace(a_file(name, b"form"), kind="form", form="附件1", filled=filled)


def a_file(name: str, data: bytes, *, contact: Contact | None = None) -> Attachment:
    ending = name.rpartition(".")[2].lower()
    form = {"jpg": "jpeg"}.get(ending, ending)
    facts = Facts(size=len(data), sha256=sha256(data).hexdigest(), format=form, contact=contact)
    return Attachment(name=name, facts=facts, kind=SHAPES.get(form, "other"), role="part")


def files(named: Mapping[str, bytes] = NAMES) -> tuple[Attachment, ...]:
    return tuple(a_file(name, data) for name, data in named.items())


def submit(
    shop: Shop,
    unit: str = NXY,
    *attachments: Attachment,
    category: str = STORIES,
    status: Status = Status.ACCEPTED,
    day: date | None = date(2020, 7, 10),
    window: int = 0,
) -> int:
    """A mail with these files (of which `NAMES` and the form hold the bytes); it is filed."""
    kind = shop.category(category)
    whose = next(u for u in shop.notice.roster if u.name == unit)
    uid = 1 + len(list(shop.ledger.messages()))
    at = NOON + timedelta(hours=uid)
    claim = Claim(
        notice=shop.notice.id, unit=whose, category=kind, window=kind.windows[window], date=day
    )
    message = Message(sender="zhang@example.com", sender_name="张三", subject="x", received=at)
    verdict = Verdict(
        status=status,
        late=False,
        findings=() if status is Status.ACCEPTED else (A_FAULT,),
        submission=Submission(message=message, claim=claim, attachments=attachments),
        suggested_subject="",
    )
    entry = an_entry(
        uid,
        verdict,
        key=Key(mailbox="zuzhibu", uidvalidity="1", uid=uid),
        recorded=at,
        reply=None,
        said=(),
        shelf=shelf(shop.notice.id, category, unit, at.date()),
    )
    row = shop.ledger.record(entry)
    if status is Status.ACCEPTED:
        _file(shop, row, at)
    return row


A_FAULT = Finding(code="form-missing", severity=Severity.ERROR, where="message")
BYTES = (*NAMES.values(), b"form", b"text 2", b"wall")


def _file(shop: Shop, row: int, at: datetime) -> None:
    filing = shop.ledger.filings.of(row)
    assert filing is not None
    letter = shop.root / "letter.eml"
    letter.write_bytes(f"letter {row}".encode())
    keeps = [
        Keep(name=want.name, source=_source(shop, want.sha256), sha256=want.sha256)
        for source in filing.sources
        for want in source.files
    ]
    digest = sha256(letter.read_bytes()).hexdigest()
    shop.library.file(filing.folder, Keep(name="", source=letter, sha256=digest), keeps)
    shop.ledger.filings.filed(row, at)


def _source(shop: Shop, digest: str) -> Path:
    path = shop.root / digest
    path.write_bytes(next(data for data in BYTES if sha256(data).hexdigest() == digest))
    return path
