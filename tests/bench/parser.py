"""The parser's figures:

python -m tests.bench.parser            # about five minutes, 5 GB in the temporary folder
python -m tests.bench.parser --mb 200   # the same with a smaller large message
"""

import argparse
import base64
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

from rich.console import Console
from rich.table import Table

from tests.bench import parser_corpus, parser_shapes

_MARK = b"----=_NextPart_000_0001_01D65"
_HEAD = (
    b'From: a@example.cn\r\nSubject: x\r\nContent-Type: multipart/mixed; boundary="%s"\r\n\r\n'
    b"--%s\r\nContent-Type: text/plain\r\n\r\nx\r\n"
    b'--%s\r\nContent-Type: video/mp4; name="a.mp4"\r\nContent-Transfer-Encoding: base64\r\n\r\n'
) % (_MARK, _MARK, _MARK)


def measure(way: str, raw: Path, *spot: int) -> dict[str, float | str]:
    """One run in a fresh process; what it writes is thrown away."""
    with tempfile.TemporaryDirectory(dir=raw.parent) as into:
        command = [sys.executable, "-m", "tests.bench.parser_child", way, str(raw), into]
        command += map(str, spot)
        done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        return {
            "wall": 0.0,
            "cpu": 0.0,
            "peak": 0.0,
            "found": done.stderr.strip().rpartition("\n")[2],
        }
    return dict(json.loads(done.stdout))


def large(raw: Path, size: int) -> tuple[int, int]:
    """A mail with a file of about `size` bytes; where its base64 stands."""
    block = base64.encodebytes(os.urandom(min(size, 57 << 14))).replace(b"\n", b"\r\n")
    rounds = max(size * 78 // 57 // len(block), 1)
    with raw.open("wb") as file:
        file.write(_HEAD)
        for _ in range(rounds):
            file.write(block)
        file.write(b"--" + _MARK + b"--\r\n")
    return len(_HEAD), rounds * len(block)


def best(way: str, raw: Path, *spot: int) -> dict[str, float | str]:
    """Of three runs the quickest: the machine's other work is not the parser's."""
    return min((measure(way, raw, *spot) for _ in range(3)), key=lambda run: float(run["wall"]))


def streaming(folder: Path, megabytes: int) -> Table:
    table = Table(title="Streaming")
    for name in ("file", "way", "wall s", "x floor", "CPU s", "peak MiB", "same bytes"):
        table.add_column(name)
    for size in (2 << 10, 64 << 20, megabytes << 20):
        raw = folder / "large.eml"
        spot = large(raw, size)
        measure("floor", raw, *spot)  # warms the page cache
        floor = best("floor", raw, *spot)
        peers = ("mail-parser", "stdlib") if size <= 64 << 20 else ()
        for way, run in [("floor", floor), *((w, best(w, raw)) for w in ("ours", *peers))]:
            ratio = float(run["wall"]) / float(floor["wall"])
            table.add_row(
                f"{size / 2**20:.3f} MiB",
                way,
                f"{run['wall']:.3f}",
                f"{ratio:.2f}" if size > 1 << 20 else "-",  # below, only start-up is measured
                f"{run['cpu']:.3f}",
                f"{run['peak']:.0f}",
                "yes" if run["found"] == floor["found"] else str(run["found"])[:40],
            )
        raw.unlink()
    return table


def hostile(folder: Path) -> Table:
    table = Table(title="Hostile shapes")
    for name in ("shape", "MiB", "wall s", "CPU s", "peak MiB", "held because"):
        table.add_column(name)
    for shape in parser_shapes.SHAPES:
        raw = folder / "hostile.eml"
        with raw.open("wb") as file:
            file.writelines(shape())
        run = measure("ours", raw)
        table.add_row(
            shape.__name__,
            f"{raw.stat().st_size / 2**20:.1f}",
            f"{run['wall']:.2f}",
            f"{run['cpu']:.2f}",
            f"{run['peak']:.0f}",
            str(run["found"])[:60],
        )
    return table


def correctness() -> Table:
    table = Table(
        "way", "mails", "subject", "From", "names", "bytes", title="Right, of Chinese mail"
    )
    for way, right in parser_corpus.compare().items():
        counts = [right[key] for key in ("mails", "subject", "sender", "names", "data")]
        table.add_row(way, *map(str, counts))
    return table


def main() -> None:
    options = argparse.ArgumentParser()
    options.add_argument("--mb", type=int, default=2048, help="size of the large file")
    options.add_argument("--folder", type=Path, default=Path(tempfile.gettempdir()))
    given = options.parse_args()
    console = Console(width=120)
    with tempfile.TemporaryDirectory(dir=given.folder) as name:
        console.print(correctness())
        console.print(hostile(Path(name)))
        console.print(streaming(Path(name), given.mb))


if __name__ == "__main__":
    main()
