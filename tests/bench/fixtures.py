"""Every file below some folders, inspected: is its format the one its name says, is it whole?

    python -m tests.bench.fixtures FOLDER... [--show]

Point it at checkouts of public test files (Apache POI and Tika, Pillow, pdf.js, libarchive …).
A file that is broken or misnamed on purpose counts as wrong here: --show lists them all, for
a person to look at.
"""

import sys
import time
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from daemon.inspection import Examined, Inspector
from tests.daemon.inspection.files import loose

_SAME: Final = {
    "jpg": "jpeg", "jpe": "jpeg", "tif": "tiff", "htm": "html", "mpg": "mpeg", "dot": "doc",
    "xlt": "xls", "pps": "ppt", "pot": "ppt", "hif": "heif", "tgz": "gz", "bz2": "bz2",
}  # fmt: skip
_JUDGED: Final = frozenset(
    {"docx", "doc", "docm", "dotx", "dotm", "rtf", "ofd", "odt", "pdf", "msg"}
    | {"xlsx", "xlsm", "xls", "pptx", "ppt", "jpeg", "png", "gif", "bmp", "webp"}
    | {"heic", "heif", "avif", "tiff", "mp4", "mov", "avi", "wmv", "mkv", "webm"}
    | {"flv", "3gp", "m4v", "mpeg", "mp3", "wav", "m4a", "aac", "flac", "ogg", "amr"}
    | {"wma", "zip", "rar", "7z", "gz", "tar", "exe", "elf", "msi", "jar", "apk"}
)
_LARGEST: Final = 200 << 20


@dataclass(frozen=True, slots=True)
class Row:
    path: Path
    expected: str
    found: Examined

    @property
    def fault(self) -> str:
        facts = self.found.attachment.facts
        if facts.unknown:
            return facts.unknown
        if not _agree(self.expected, facts.format):
            return f"is {facts.format}"
        return facts.damaged


def _agree(expected: str, found: str) -> bool:
    twins = {"heic": {"heif", "avif"}, "heif": {"heic", "avif"}, "mov": {"mp4"}, "mp4": {"m4a"}}
    return found == expected or found in twins.get(expected, set())


def main(arguments: list[str]) -> None:
    show = "--show" in arguments
    started = time.monotonic()
    rows = list(_rows(Path(a) for a in arguments if a != "--show"))
    _print_table(rows, time.monotonic() - started)
    for row in rows:
        if show and row.fault:
            print(f"{row.fault:22} {row.expected:6} {row.path}")


def _rows(folders: Iterable[Path]) -> Iterator[Row]:
    with Inspector() as inspector:
        for path in sorted(p for folder in folders for p in folder.rglob("*") if _wanted(p)):
            with TemporaryDirectory() as into:
                found = inspector.inspect([loose(path)], Path(into))
            yield Row(path, _expected(path), found[0])


def _wanted(path: Path) -> bool:
    judged = path.is_file() and not path.is_symlink() and _expected(path) in _JUDGED
    return judged and 0 < path.stat().st_size < _LARGEST


def _expected(path: Path) -> str:
    ending = path.suffix.lower().lstrip(".")
    return _SAME.get(ending, ending)


def _print_table(rows: list[Row], seconds: float) -> None:
    formats = Counter(row.expected for row in rows)
    print(f"{'format':8}{'files':>7}{'right':>7}{'other':>7}{'damaged':>9}{'locked':>8}{'lost':>6}")
    for word, count in [*formats.most_common(), ("all", len(rows))]:
        of = [row for row in rows if word in {row.expected, "all"}]
        facts = [row.found.attachment.facts for row in of]
        right = sum(_agree(row.expected, f.format) for row, f in zip(of, facts, strict=True))
        damaged = sum(bool(f.damaged) for f in facts)
        locked = sum(f.encrypted for f in facts)
        lost = sum(bool(f.unknown) for f in facts)
        print(f"{word:8}{count:7}{right:7}{count - right:7}{damaged:9}{locked:8}{lost:6}")
    lost_to = Counter(row.found.attachment.facts.unknown for row in rows)
    print(f"{seconds:.1f} s; lost to: {({k: v for k, v in lost_to.items() if k}) or 'nothing'}")


if __name__ == "__main__":
    main(sys.argv[1:])
