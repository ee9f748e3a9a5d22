"""Accepted material into the library: the files at hand, or decoded anew from the spool, so that
it can always be repeated."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import nullcontext
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from types import MappingProxyType

from daemon import message as letter
from daemon.errors import Unavailable
from daemon.inspection import Inspector
from daemon.ledger import Filing, Ledger, Source
from daemon.library import Keep, Library
from daemon.spool import Spool

AtHand = Mapping[str, Path]
NOTHING: AtHand = MappingProxyType({})


@dataclass(frozen=True, kw_only=True, slots=True)
class Filer:
    """Pays what the library is owed according to the ledger."""

    ledger: Ledger
    library: Library
    spool: Spool
    inspector: Inspector

    def file(self, message: int, now: datetime) -> None:
        """File one accepted message; nothing happens when it is filed or was not accepted."""
        filing = self.owed(message)
        if filing is not None:
            self.shelve(filing)
            self.filed([message], now)

    def owed(self, message: int) -> Filing | None:
        """What the library is still owed of this message."""
        filing = self.ledger.filings.of(message)
        return None if filing is None or filing.filed else filing

    def shelve(self, filing: Filing, at_hand: AtHand = NOTHING) -> None:
        """Put it on its shelf, which any thread may do: the ledger is not asked, and not told.

        `at_hand` are decoded files by their digest; the library takes them as they lie there.
        """
        here = all(w.sha256 in at_hand for source in filing.sources for w in source.files)
        # a folder that is made for nothing costs 0.2 ms
        with nullcontext(self.spool.root) if here else self.spool.temporary() as work:
            sources = enumerate(filing.sources)
            files = [k for n, s in sources for k in self._found(s, work / str(n), at_hand)]
            self.library.file(filing.folder, _letter(filing), files)

    def filed(self, messages: Iterable[int], now: datetime) -> None:
        """These are on their shelves."""
        with self.ledger.together():
            for message in messages:
                self.ledger.filings.filed(message, now)

    def arrears(self, now: Callable[[], datetime]) -> None:
        """File what a crash or a full disk has left undone."""
        self.withdraw(now())
        for message in self.ledger.filings.unfiled():
            self.file(message, now())

    def withdraw(self, now: datetime) -> None:
        """Take off the shelves what a person's decision has left there."""
        for folder in self.ledger.filings.withdrawn():
            self.library.withdraw(folder)
            self.ledger.filings.gone(folder, now)

    def _found(self, source: Source, work: Path, at_hand: AtHand) -> Iterator[Keep]:
        if any(wanted.sha256 not in at_hand for wanted in source.files):
            return self._keeps(source, work)
        return (
            Keep(name=w.name, source=at_hand[w.sha256], sha256=w.sha256, ours=True)
            for w in source.files
        )

    def _keeps(self, source: Source, work: Path) -> Iterator[Keep]:
        """The wanted files of one letter, decoded under `work`."""
        work.mkdir()
        opened = letter.read(source.spool, work)
        inside = any(w.path for w in source.files)
        found = {f.sha256: f.disk for f in opened.files}
        if inside:
            examined = self.inspector.inspect(opened.files, work)
            found |= {e.attachment.facts.sha256: e.disk for e in examined}
        for wanted in source.files:
            if wanted.sha256 not in found:
                raise Unavailable(f"filing {wanted.name}", f"it is not in {source.spool} any more")
            source_file = found[wanted.sha256]
            yield Keep(name=wanted.name, source=source_file, sha256=wanted.sha256, ours=True)


def _letter(filing: Filing) -> Keep:
    own = next(s for s in filing.sources if s.message == filing.message)
    return Keep(name="", source=own.spool, sha256=own.sha256)
