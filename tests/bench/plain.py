"""The plain loop that everybody writes first, in a process of its own: python -m tests.bench.plain.

imapclient, mail-parser, python-magic, pymediainfo, a row and a commit for each message; as the
libraries come, without any of what makes them quick. Arguments: port, user, password, folder.
"""

import base64
import hashlib
import sqlite3
import sys
from pathlib import Path

import magic
import mailparser  # type: ignore[import-untyped]
from imapclient import IMAPClient  # type: ignore[import-untyped]
from pymediainfo import MediaInfo


def main(port: str, user: str, password: str, folder: str) -> None:
    ledger = sqlite3.connect(Path(folder) / "plain.db")
    ledger.execute("create table message (uid integer primary key, subject text, sender text)")
    ledger.execute("create table file (uid, name text, type text, size, sha256 text, seconds)")
    client = IMAPClient("127.0.0.1", port=int(port), ssl=False)
    client.login(user, password)
    client.select_folder("INBOX", readonly=True)
    for uid in client.search():
        raw = client.fetch(uid, ["BODY.PEEK[]"])[uid][b"BODY[]"]
        mail = mailparser.parse_from_bytes(raw)
        row = (uid, str(mail.subject), str(mail.from_))
        ledger.execute("insert into message values (?, ?, ?)", row)
        for number, file in enumerate(mail.attachments):
            facts = _facts(file, Path(folder) / f"{uid}-{number}")
            ledger.execute("insert into file values (?, ?, ?, ?, ?, ?)", (uid, *facts))
        ledger.commit()


def _facts(file: dict[str, str], path: Path) -> tuple[str, str, int, str, float | None]:
    text = file["payload"]
    data = base64.b64decode(text) if file["binary"] else text.encode()
    path.write_bytes(data)
    kind = magic.from_file(str(path), mime=True)
    seconds = _seconds(path) if kind.startswith("video/") else None
    return file["filename"], kind, len(data), hashlib.sha256(data).hexdigest(), seconds


def _seconds(path: Path) -> float | None:
    tracks = MediaInfo.parse(str(path)).tracks
    lengths = (float(t.duration) / 1000 for t in tracks if t.duration)
    return next(lengths, None)


if __name__ == "__main__":
    main(*sys.argv[1:])
