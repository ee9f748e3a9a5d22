"""Ledger ↔ library: a whole folder for all accepted material."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from hashlib import file_digest
from pathlib import Path

from daemon.ledger import Ledger, Shelved
from daemon.library import SUMS, Library
from daemon.reconcile import mending
from daemon.reconcile.difference import Difference


@dataclass(frozen=True, kw_only=True, slots=True)
class Folders:
    """`deep` reads every file to its end and compares its SHA-256."""

    ledger: Ledger
    library: Library
    deep: bool
    seen: Counter[str]

    def differences(self) -> Iterator[Difference]:
        for shelved in self.ledger.shelved():
            self.seen["library folders"] += 1
            if not shelved.filed:
                said, mend = "accepted and not filed yet", partial(mending.file, shelved.message)
                where = f"message {shelved.message}"
                yield Difference(kind="unfiled", where=where, said=said, mend=mend)
            elif fault := self._fault(shelved):
                yield _faulty(shelved, fault)
        yield from self._strays()

    def _fault(self, shelved: Shelved) -> str:
        folder = self.library.root / shelved.folder
        if not folder.is_dir():
            return "is not there"
        try:
            faults = [f for name, digest in _sums(folder) if (f := self._file(name, digest))]
        except (OSError, ValueError) as error:  # no sums, or somebody wrote into them
            return f"has no {SUMS} to go by: {error}"
        return "; ".join(faults)

    def _file(self, path: Path, digest: str) -> str:
        try:
            if not self.deep:
                return "" if path.is_file() else f"{path.name} is not there"
            with path.open("rb") as file:
                same = file_digest(file, "sha256").hexdigest() == digest
        except OSError as error:  # taken away, a disk that fails
            return f"{path.name} cannot be read: {error.strerror}"
        return "" if same else f"{path.name} holds other bytes"

    def _strays(self) -> Iterator[Difference]:
        for folder in self.library.folders():
            if not self.ledger.filings.known(folder):
                said = "a folder that the ledger does not know"
                yield Difference(kind="stray", where=folder, said=said, note=True)


def _sums(folder: Path) -> Iterator[tuple[Path, str]]:
    for line in (folder / SUMS).read_text(encoding="utf-8").splitlines():
        digest, _, name = line.partition("  ")
        if len(digest) != 64 or not name:
            raise ValueError(f"no sum: {line[:80]!r}")
        yield folder / name, digest


def _faulty(shelved: Shelved, fault: str) -> Difference:
    mend = partial(mending.refile, shelved)
    said = f"the folder {shelved.folder} {fault}" if fault[:2] in {"is", "ha"} else fault
    return Difference(kind="folder", where=f"message {shelved.message}", said=said, mend=mend)
