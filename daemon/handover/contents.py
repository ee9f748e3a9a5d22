"""What is in the package of one category: folders with their files, and what is unfinished."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

from daemon.errors import Unavailable
from daemon.filenames import distinct
from daemon.handover import names
from daemon.ledger import Filing, Ledger, Standing
from daemon.ledger.handovers import Papers, Sender
from daemon.library import SUMS, Library
from rules import calendar
from rules.notice import Category, Notice, Unit

LONG_AGO = datetime(1980, 1, 1, tzinfo=UTC)  # before it no ZIP can tell the time


@dataclass(frozen=True, kw_only=True, slots=True)
class Kept:
    """One file. `name` is its new one, `version` that of the letter it came with."""

    name: str
    original: str
    purpose: str
    source: Path
    sha256: str
    size: int
    version: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Folder:
    """The effective accepted submission of one place. `received` is in the notice's zone."""

    name: str
    standing: Standing
    sender: Sender
    received: datetime
    selected: bool
    answers: dict[str, str]
    contact: str
    files: tuple[Kept, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Contents:
    """`unfinished` are all other places of the category, those that owe nothing among them."""

    notice: Notice
    category: Category
    folders: tuple[Folder, ...]
    unfinished: tuple[Standing, ...]
    made: datetime  # of the newest thing in it: the same ledger, the same bytes

    @property
    def size(self) -> int:
        return sum(file.size for folder in self.folders for file in folder.files)


@dataclass(frozen=True, kw_only=True, slots=True)
class Gathering:
    """Puts contents together from ledger and library. Raises Unavailable when files are gone."""

    ledger: Ledger
    library: Library

    def __call__(
        self, notice: Notice, category: Category, *, only_selected: bool = False
    ) -> Contents:
        places = [
            s for s in self.ledger.status() if (s.notice, s.category) == (notice.id, category.name)
        ]
        done = [s for s in places if s.state == "accepted"]
        found = list(self._folders(done, notice, category))
        folders = tuple(f for f in found if f.selected or not only_selected)
        filed = {folder.standing for folder in found}
        unfinished = tuple(s for s in places if s not in filed)
        return Contents(
            notice=notice,
            category=category,
            folders=folders,
            unfinished=unfinished,
            made=calendar.local(_newest(places), notice),
        )

    def _folders(
        self, done: Sequence[Standing], notice: Notice, category: Category
    ) -> Iterator[Folder]:
        units = {unit.name: unit for unit in notice.roster}
        found = [(s, f) for s in done if s.unit in units and (f := self._filing(s))]
        senders = [self.ledger.handovers.sender(filing.message) for _, filing in found]
        called = [
            _named(s, units[s.unit], sender, (notice, category))
            for (s, _), sender in zip(found, senders, strict=True)
        ]
        rows = zip(found, senders, _distinct(called), strict=True)
        for (standing, filing), sender, name in rows:
            yield self._folder(name, (standing, filing, sender), notice, category)

    def _filing(self, standing: Standing) -> Filing | None:
        """None: it is not in the library yet, so it is not finished."""
        filing = self.ledger.filings.of(standing.message) if standing.message else None
        return filing if filing and filing.filed else None

    def _folder(
        self,
        name: str,
        submitted: tuple[Standing, Filing, Sender],
        notice: Notice,
        category: Category,
    ) -> Folder:
        standing, filing, sender = submitted
        papers = [self.ledger.handovers.papers(s.message) for s in filing.sources]
        known = {digest: paper for each in reversed(papers) for digest, paper in each.items()}
        used = [known[w.sha256] for s in filing.sources for w in s.files if w.sha256 in known]
        letters = [source.message for source in filing.sources]
        return Folder(
            name=name,
            standing=standing,
            sender=sender,
            received=calendar.local(datetime.fromisoformat(sender.received), notice),
            selected=self.ledger.handovers.selected(letters),
            answers=_answers(used),
            contact=_contact(used),
            files=tuple(self._files(name, filing, known, (notice, category))),
        )

    def _files(
        self,
        base: str,
        filing: Filing,
        known: dict[str, Papers],
        of: tuple[Notice, Category],
    ) -> Iterator[Kept]:
        notice, category = of
        here = self._shelved(filing.folder)
        wanted = [(s.message, w) for s in filing.sources for w in s.files]
        purposes = []
        for _, want in wanted:
            paper = known.get(want.sha256, Papers(kind="", form="", format=""))
            what = names.purpose(paper.kind, paper.form, category, notice)
            purposes.append((what, names.ending(want.name, paper.format)))
        called = distinct(names.files(base.rpartition("/")[2], purposes))
        for (message, want), (what, _), name in zip(wanted, purposes, called, strict=True):
            if want.sha256 not in here:
                raise _gone(filing.folder, want.name)
            yield Kept(
                name=name,
                original="/".join((*want.path, want.name)),
                purpose=what,
                source=here[want.sha256],
                sha256=want.sha256,
                size=want.size,
                version=self.ledger.handovers.sender(message).version,
            )

    def _shelved(self, folder: str) -> dict[str, Path]:
        """The files of a folder of the library, by SHA-256."""
        root = self.library.root / folder
        try:
            lines = (root / SUMS).read_text(encoding="utf-8").splitlines()
        except OSError as error:  # the folder was taken away, or is not ours to read
            raise _gone(folder, SUMS) from error
        pairs = (line.split("  ", 1) for line in lines if "  " in line)
        return {digest: root / name for digest, name in pairs}


def _gone(folder: str, name: str) -> Unavailable:
    return Unavailable(
        f"taking {name} from the library", f"{folder} is not whole; `baosong reconcile --repair`"
    )


def _named(
    standing: Standing, unit: Unit, sender: Sender, of: tuple[Notice, Category]
) -> tuple[str, str]:
    """The batch (where there are several) and the name by the rule, by the date of the subject."""
    notice, category = of
    came = calendar.local(datetime.fromisoformat(sender.received), notice).date()
    day = date.fromisoformat(sender.claim_date) if sender.claim_date else came
    batch = names.stem(standing.window) if len(category.windows) > 1 else ""
    return batch, names.folder(unit, category, day, notice)


def _distinct(called: Iterable[tuple[str, str]]) -> Iterator[str]:
    """Whole paths, each once within its batch even where case is ignored."""
    pairs = list(called)
    batches = {batch: [n for b, n in pairs if b == batch] for batch, _ in pairs}
    free = {batch: iter(distinct(wanted)) for batch, wanted in batches.items()}
    for batch, _ in pairs:
        yield "/".join(part for part in (batch, next(free[batch])) if part)


def _answers(papers: Iterable[Papers]) -> dict[str, str]:
    """What the forms say: of two forms the first, which came last."""
    found: dict[str, str] = {}
    for paper in papers:
        for label, value in paper.answers:
            found.setdefault(label, value)
    return found


def _contact(papers: Iterable[Papers]) -> str:
    """Whom a manuscript names."""
    found = (p.contact for p in papers if p.contact)
    return next((f"{contact.name} {contact.way}".strip() for contact in found), "")


def _newest(places: Iterable[Standing]) -> datetime:
    return max((s.last_received for s in places if s.last_received), default=LONG_AGO)
