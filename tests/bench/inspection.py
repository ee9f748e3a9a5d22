"""What inspection costs, and what hostile files cost it.

    python -m tests.bench.inspection

Processor time and memory are those of the worker, read from /proc; what one file of each kind
costs is measured in this process, and for a photograph beside it the floor: Pillow decoding it.
"""

import io
import os
import struct
import time
import zipfile
import zlib
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from docx import Document
from docx.shared import Pt
from PIL import Image
from pypdf import PdfReader, PdfWriter
from pypdf.generic import DecodedStreamObject, NameObject

from daemon.inspection import Examined, Inspector
from daemon.inspection.examine import examine
from tests import material
from tests.daemon.inspection.files import LooseFile, written
from tests.material.zips import rezip

Maker = Callable[[], bytes]
TICK = os.sysconf("SC_CLK_TCK")


class Cost(NamedTuple):
    found: tuple[Examined, ...]
    wall: float  # seconds
    cpu: float  # seconds, of the workers
    peak: int  # MiB, of the largest worker so far


def main() -> None:
    with TemporaryDirectory() as root:
        folder = Path(root)
        _each(folder)
        _cold(folder)
        _ordinary(folder)
        _large_film(folder)
        _hostile(folder)


def measured(inspector: Inspector, files: list[LooseFile], into: Path) -> Cost:
    cpu, started = sum(map(_cpu, _workers())), time.perf_counter()
    found = inspector.inspect(files, into)
    wall = time.perf_counter() - started
    workers = _workers()
    peak = max(map(_peak, workers), default=0)
    return Cost(found, wall, sum(map(_cpu, workers)) - cpu, peak)


def _each(folder: Path) -> None:
    """Processor time of looking into one file, the least of twenty times."""
    photograph = material.jpeg(2000, 1500)
    scan = material.scan_pdf()
    for name, data in (
        ("稿件.docx", material.manuscript()),
        ("Word.docx", formatted(paragraphs=120, runs=5)),
        ("照片.jpg", photograph),
        ("视频.mp4", material.mp4(90)),
        ("表.pdf", material.pdf()),
        ("扫描.pdf", scan),
        ("断.pdf", scan[: len(scan) * 9 // 10]),
    ):
        file = written(folder, name, data)
        print(f"{name:12}{len(data):10,} bytes {least(partial(facts_of_one, file)):7.2f} ms CPU")
    print(f"decoding the photograph alone {least(partial(decoded, photograph)):7.2f} ms CPU")


def facts_of_one(file: LooseFile) -> None:
    for _ in examine(file.disk, file.name, size=file.size, sha256=file.sha256):
        pass


def decoded(jpeg: bytes) -> None:
    with Image.open(io.BytesIO(jpeg)) as picture:
        picture.draft(None, (picture.width // 8, picture.height // 8))
        picture.load()


def least(do: Callable[[], None]) -> float:
    """Milliseconds."""
    times = []
    for _ in range(20):
        began = time.process_time()
        do()
        times.append(time.process_time() - began)
    return min(times) * 1000


def formatted(*, paragraphs: int, runs: int) -> bytes:
    """A document as Word writes it: every run with its fonts and sizes."""
    document = Document()
    for _ in range(paragraphs):
        paragraph = document.add_paragraph()
        for _ in range(runs):
            run = paragraph.add_run("春天里的校园一片繁忙景象。")
            run.font.name, run.font.size, run.font.bold = "仿宋", Pt(16), True
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _cold(folder: Path) -> None:
    file = written(folder, "稿件.docx", material.manuscript())
    with Inspector() as inspector:
        cost = measured(inspector, [file], folder)
    print(f"one small .docx, first worker started: {cost.wall:.2f} s")


def _ordinary(folder: Path) -> None:
    files = [
        written(folder, "稿件.docx", material.manuscript()),
        written(folder, "照片1.jpg", material.jpeg(4000, 3000, seed=1)),
        written(folder, "照片2.jpg", material.jpeg(1920, 1080, seed=2)),
        written(folder, "推荐表.pdf", material.scan_pdf()),
    ]
    with Inspector(workers=1) as inspector:
        measured(inspector, files, folder)
        rounds = 20
        costs = [measured(inspector, files, folder) for _ in range(rounds)]
    cpu = sum(c.cpu for c in costs) / rounds * 1000
    wall = sorted(c.wall for c in costs)[rounds // 2] * 1000
    sizes = ", ".join(f"{f.name} {f.size / 1e6:.2f} MB" for f in files)
    print(f"an ordinary message, warm: {cpu:.0f} ms CPU, {wall:.0f} ms, {costs[-1].peak} MiB")
    print(f"  ({sizes})")


def _large_film(folder: Path) -> None:
    path = folder / "2GB.mp4"
    film = material.mp4(1500)
    head, index = film[: film.index(b"mdat") - 4], film[film.index(b"moov") - 4 :]
    with path.open("wb") as file:
        file.write(head + struct.pack(">I4sQ", 1, b"mdat", (2 << 30) - (1 << 20)))
        file.seek((2 << 30) - (1 << 20) - 16 + len(head) + 16)
        file.write(index)
    film_file = LooseFile(name=path.name, disk=path, size=path.stat().st_size, sha256="")
    with Inspector(workers=1) as inspector:
        measured(inspector, [written(folder, "a.mp4", film)], folder)
        cost = measured(inspector, [film_file], folder)
    seconds = (cost.found[0].attachment.facts.duration_ms or 0) / 1000
    print(f"2 GB MP4, index at the end: {cost.wall:.3f} s, {cost.peak} MiB, lasts {seconds:.0f} s")


def _hostile(folder: Path) -> None:
    print(f"{'hostile file':34}{'bytes':>12}{'wall s':>8}{'CPU s':>7}{'MiB':>6}  outcome")
    for name, data in _bombs():
        with TemporaryDirectory(dir=folder) as into, Inspector(workers=1) as inspector:
            put = Path(into) / "files"
            put.mkdir()
            cost = measured(inspector, [written(put, name, data)], Path(into))
            facts = cost.found[0].attachment.facts
        words = (facts.bomb, facts.damaged, facts.unknown, f"{len(cost.found)} file(s)")
        outcome = f"{facts.format}: {' '.join(filter(None, words))}"
        print(f"{name:34}{len(data):12,}{cost.wall:8.2f}{cost.cpu:7.2f}{cost.peak:6}  {outcome}")


def _bombs() -> Iterator[tuple[str, bytes]]:
    zeros = zipped({"0.bin": bytes(64 << 20)})
    yield "zip-64-MiB-of-zeros.zip", zeros
    yield "42-zip-shape.zip", forty_two()
    yield "10000-entries.zip", zipped({f"{i}.txt": b"" for i in range(10_000)})
    yield "200000-entries.zip", zipped({f"{i}.txt": b"" for i in range(200_000)})
    yield "four-levels.zip", material.nested_zip({"a.txt": b"x"}, 4)
    yield "50000x50000.png", png(50_000, 50_000)
    yield "10000x10000.png", png(10_000, 10_000)
    yield "65500x65500.jpg", jpeg(65_500, 65_500)
    yield "1-GiB-page.pdf", pdf(1 << 30)
    yield "billion-laughs.docx", docx(laughs())
    yield "128-MiB-of-text.docx", docx("<a>" + "字" * (42 << 20) + "</a>")
    yield "million-elements.docx", docx("<a>" + "<b/>" * 1_000_000 + "</a>")
    yield "million-deep.docx", docx("<b>" * 1_000_000 + "</b>" * 1_000_000)
    yield "endless-boxes.mp4", material.box(b"ftyp", b"isom", bytes(4)) + _box(b"moov", 300_000)
    yield "gigabyte-of-samples.mp4", samples()


def forty_two() -> bytes:
    """Sixteen archives of sixteen archives, five levels deep, and zeros in the last."""
    nest = zipped({"0.bin": bytes(64 << 20)})
    for _ in range(5):
        nest = zipped({f"{i}.zip": nest for i in range(16)})
    return nest


def zipped(members: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return out.getvalue()


def png(width: int, height: int) -> bytes:
    """Rows of nothing, well compressed: all of them, or the first hundred of a giant."""
    squeeze = zlib.compressobj(9)
    row, rows = bytes(1 + width * 3), height if width <= 10_000 else 100
    data = b"".join(squeeze.compress(row) for _ in range(rows)) + squeeze.flush()
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + _chunk(b"IHDR", head) + _chunk(b"IDAT", data) + _chunk(b"IEND")


def _chunk(kind: bytes, data: bytes = b"") -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def jpeg(width: int, height: int) -> bytes:
    """A small photograph whose head claims to be a large one."""
    data = bytearray(material.jpeg(400, 300))
    at = data.index(b"\xff\xc0") + 5
    struct.pack_into(">HH", data, at, height, width)
    return bytes(data)


def pdf(size: int) -> bytes:
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(material.pdf())))
    stream = DecodedStreamObject()
    squeeze = zlib.compressobj(9)
    data = b"".join(squeeze.compress(bytes(1 << 20)) for _ in range(size >> 20))
    stream.set_data(data + squeeze.flush())
    stream[NameObject("/Filter")] = NameObject("/FlateDecode")
    writer.pages[0][NameObject("/Contents")] = writer._add_object(stream)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def docx(xml: str) -> bytes:
    return rezip(material.docx("x"), extra={"word/document.xml": xml.encode()})


def laughs() -> str:
    entities = "".join(f'<!ENTITY e{i} "{f"&e{i - 1};" * 10}">' for i in range(1, 10))
    return f'<!DOCTYPE d [<!ENTITY e0 "lol">{entities}]><d>&e9;</d>'


def _box(kind: bytes, count: int) -> bytes:
    return material.box(kind, struct.pack(">I4s", 8, b"free") * count)


def samples() -> bytes:
    """A sample table that claims more than there is."""
    table = struct.pack(">I4sII", 1 << 30, b"stts", 0, 1 << 27)
    inside = material.box(b"mdia", material.box(b"minf", material.box(b"stbl", table)))
    head = material.box(b"ftyp", b"isom", bytes(4)) + material.box(b"mdat", bytes(8))
    return head + material.box(b"moov", material.box(b"trak", inside))


def _workers() -> list[int]:
    """The processes that this one started, by any of its threads."""
    mine = str(os.getpid())
    return [int(p.name) for p in Path("/proc").glob("[0-9]*") if _parent(p) == mine]


def _parent(process: Path) -> str:
    try:
        return (process / "stat").read_text().rsplit(") ", 1)[1].split()[1]
    except FileNotFoundError:  # it ended meanwhile
        return ""


def _cpu(pid: int) -> float:
    fields = Path(f"/proc/{pid}/stat").read_text().rsplit(") ", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / TICK


def _peak(pid: int) -> int:
    status = Path(f"/proc/{pid}/status").read_text()
    return int(status.split("VmHWM:")[1].split()[0]) >> 10


if __name__ == "__main__":
    main()
