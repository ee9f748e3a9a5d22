"""The bytes of an attachment: out of the library, or decoded anew from its letter."""

from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from daemon import message as letter
from daemon.errors import Unavailable
from daemon.inspection import Inspector
from daemon.ledger import Kept, Ledger, Recorded
from daemon.library import SUMS
from daemon.spool import Spool


@dataclass(frozen=True, kw_only=True, slots=True)
class Attached:
    """`library` is the folder of filed material. Nothing here is held in memory."""

    ledger: Ledger
    spool: Spool
    library: Path
    inspector: Inspector

    def open(self, kept: Kept) -> BinaryIO:
        """The file, open for reading; a decoded copy is gone from the disk when it is closed.

        Raises Unavailable when its letter is not there any more, or the disk is full.
        """
        with self.lying(kept) as path, _world(kept):
            return path.open("rb")

    @contextmanager
    def lying(self, kept: Kept) -> Iterator[Path]:
        """Where its bytes lie, for the time of the block."""
        filed = self.filed(kept)
        if filed is not None:
            yield filed
            return
        with self.decoded(kept.message, [kept]) as found:
            yield found[kept.id]

    def filed(self, kept: Kept) -> Path | None:
        """Its place in the library; None when it is not there."""
        filing = self.ledger.filings.of(kept.message)
        if filing is None or not filing.filed:
            return None
        folder = self.library / filing.folder
        with suppress(FileNotFoundError):  # somebody has tidied up in the library
            name = _listed(folder / SUMS, kept.attachment.facts.sha256)
            if name and (folder / name).is_file():
                return folder / name
        return None

    @contextmanager
    def decoded(self, message: int, wanted: Sequence[Kept]) -> Iterator[dict[int, Path]]:
        """Files of one letter, decoded for the time of the block: each attachment's id, its path.

        Archives are opened only when one of them was inside. Raises Unavailable when one is not
        in the letter any more.
        """
        recorded = self.ledger.details.letter(message)
        assert recorded is not None, "an attachment belongs to a message"
        with ExitStack() as stack:
            with _world(wanted[0]):
                work = stack.enter_context(self.spool.temporary())
                found = self._found(recorded, wanted, work)
            yield {kept.id: _one(kept, found) for kept in wanted}

    def _found(self, recorded: Recorded, wanted: Sequence[Kept], work: Path) -> dict[str, Path]:
        """Every decoded file by its digest."""
        opened = letter.read(recorded.spool, work)
        found = {file.sha256: file.disk for file in opened.files}
        if any(kept.attachment.facts.sha256 not in found for kept in wanted):
            examined = self.inspector.inspect(opened.files, work)
            found |= {e.attachment.facts.sha256: e.disk for e in examined}
        return found


def _listed(sums: Path, digest: str) -> str:
    """The name under which a folder of the library holds these bytes."""
    lines = (line.partition("  ") for line in sums.read_text(encoding="utf-8").splitlines())
    return next((name for known, _, name in lines if known == digest), "")


def _one(kept: Kept, found: dict[str, Path]) -> Path:
    path = found.get(kept.attachment.facts.sha256)
    if path is None:
        raise Unavailable(f"取出附件 {kept.attachment.name}", "来件原文里已没有这个文件")
    return path


@contextmanager
def _world(kept: Kept) -> Iterator[None]:
    try:
        yield
    except OSError as error:  # the letter is gone, the disk is full, too many open files
        raise Unavailable(f"取出附件 {kept.attachment.name}", error) from error
