"""Accepted material into the library: decoded anew from the spool, so it can always be repeated."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from daemon import message as letter
from daemon.errors import Unavailable
from daemon.inspection import Inspector
from daemon.ledger import Filing, Ledger, Source
from daemon.library import Keep, Library
from daemon.spool import Spool


@dataclass(frozen=True, kw_only=True, slots=True)
class Filer:
    """Pays what the library is owed according to the ledger."""

    ledger: Ledger
    library: Library
    spool: Spool
    inspector: Inspector

    def file(self, message: int, now: datetime) -> None:
        """File one accepted message; nothing happens when it is filed or was not accepted."""
        filing = self.ledger.filings.of(message)
        if filing is None or filing.filed:
            return
        with self.spool.temporary() as work:
            files = [k for n, s in enumerate(filing.sources) for k in self._keeps(s, work / str(n))]
            self.library.file(filing.folder, _letter(filing), files)
        self.ledger.filings.filed(message, now)

    def arrears(self, now: Callable[[], datetime]) -> None:
        """File what a crash or a full disk has left undone."""
        for message in self.ledger.filings.unfiled():
            self.file(message, now())

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
            yield Keep(name=wanted.name, source=found[wanted.sha256], sha256=wanted.sha256)


def _letter(filing: Filing) -> Keep:
    own = next(s for s in filing.sources if s.message == filing.message)
    return Keep(name="", source=own.spool, sha256=own.sha256)
