"""The program seen from outside: mails go in as files, JSON and an exit status come out."""

import io
import json
from collections.abc import Mapping
from contextlib import redirect_stdout
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from daemon.cli import main


@dataclass(frozen=True)
class Seen:
    """What `baosong try --json` says of one mail."""

    said: Mapping[str, Any]

    @property
    def verdict(self) -> str:
        """`accepted`, or `returned: date-missing, form-missing`; remarks are not in it."""
        codes = sorted({f["code"] for f in self.said["findings"] if f["severity"] != "remark"})
        return f"{self.said['status']}: {', '.join(codes)}" if codes else str(self.said["status"])

    @property
    def remarks(self) -> set[str]:
        return {f["code"] for f in self.said["findings"] if f["severity"] == "remark"}

    @property
    def text(self) -> str:
        """The answer as plain text; "" when nobody is answered."""
        return str((self.said["reply"] or {"text": ""})["text"])

    def file(self, name: str) -> Mapping[str, Any]:
        [found] = [a for a in self.said["attachments"] if a["name"] == name]
        return dict(found)


@dataclass(frozen=True)
class Examiner:
    """Tries mails. The keyword is the mail's name in the test."""

    folder: Path

    def look(self, *options: str, **mails: bytes) -> dict[str, Seen]:
        paths = [self._laid_down(name, raw) for name, raw in mails.items()]
        out = io.StringIO()
        with redirect_stdout(out):
            main(["try", "--json", *options, *map(str, paths)])
        said = [json.loads(line) for line in out.getvalue().splitlines()]
        return dict(zip(mails, map(Seen, said), strict=True))

    def verdicts(self, *options: str, **mails: bytes) -> dict[str, str]:
        return {name: seen.verdict for name, seen in self.look(*options, **mails).items()}

    def remarks(self, *options: str, **mails: bytes) -> dict[str, set[str]]:
        return {name: seen.remarks for name, seen in self.look(*options, **mails).items()}

    def _laid_down(self, name: str, raw: bytes) -> Path:
        path = self.folder / f"{name}.eml"
        path.write_bytes(raw)
        return path


def all_are(verdict: str, verdicts: Mapping[str, str]) -> bool:
    """Compared as dictionaries, so that a failure shows the mails that differ."""
    assert verdicts == dict.fromkeys(verdicts, verdict)
    return bool(verdicts)
