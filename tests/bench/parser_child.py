"""One measurement in a process of its own, because peak memory never goes down again:

    python -m tests.bench.parser_child WAY MESSAGE FOLDER [START LENGTH]

Prints a JSON object: seconds of wall and CPU, peak resident MiB, and the parser's own words.
"""

import binascii
import email
import email.policy
import hashlib
import json
import sys
import time
from pathlib import Path

import mailparser  # type: ignore[import-untyped]

from daemon.message import read

_BLOCK = (1 << 20) // 78 * 78  # whole lines of base64


def floor(raw: Path, into: Path, start: int, length: int) -> str:
    """What nobody can do without: read the file's base64, decode, digest, write."""
    digest = hashlib.sha256()
    with raw.open("rb") as source, (into / "floor").open("wb") as target:
        source.seek(start)
        for at in range(0, length, _BLOCK):
            data = binascii.a2b_base64(source.read(min(_BLOCK, length - at)))
            digest.update(data)
            target.write(data)
    return digest.hexdigest()


def ours(raw: Path, into: Path) -> str:
    opened = read(raw, into)
    last = opened.files[-1].sha256 if opened.files else ""
    return opened.message.unreadable or last


def mail_parser(raw: Path, into: Path) -> str:
    attachments = mailparser.parse_from_file(str(raw)).attachments
    data = binascii.a2b_base64(attachments[-1]["payload"])
    (into / "mail-parser").write_bytes(data)
    return hashlib.sha256(data).hexdigest()


def stdlib(raw: Path, into: Path) -> str:
    with raw.open("rb") as source:
        message = email.message_from_binary_file(source, policy=email.policy.default)
    data = [part.get_payload(decode=True) for part in message.iter_attachments()][-1]
    assert isinstance(data, bytes)
    (into / "stdlib").write_bytes(data)
    return hashlib.sha256(data).hexdigest()


def peak() -> float:
    """MiB. VmHWM belongs to this program alone; ru_maxrss would remember its parent's."""
    rows = Path("/proc/self/status").read_text("ascii").splitlines()
    return int(next(row for row in rows if row.startswith("VmHWM")).split()[1]) / 1024


def main() -> None:
    way, raw, into, *spot = sys.argv[1:]
    began, spent = time.perf_counter(), time.process_time()
    if way == "floor":
        found = floor(Path(raw), Path(into), int(spot[0]), int(spot[1]))
    else:
        found = {"ours": ours, "mail-parser": mail_parser, "stdlib": stdlib}[way](
            Path(raw), Path(into)
        )
    wall, cpu = time.perf_counter() - began, time.process_time() - spent
    json.dump({"wall": wall, "cpu": cpu, "peak": peak(), "found": found}, sys.stdout)


if __name__ == "__main__":
    main()
