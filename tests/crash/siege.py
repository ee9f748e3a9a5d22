"""An office whose daemon is killed again and again, while mail keeps coming."""

import hashlib
import json
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from random import Random
from typing import Any

from daemon.ledger import Ledger, Letter
from tests.crash.steps import PHASES
from tests.journeys.bureau import Bureau
from tests.journeys.post import JULY_2, good
from tests.letters import letter, out_of_office

UNITS = ("农学院党委", "园艺学院党委", "资源环境学院党委", "动物科学学院党委", "机关党委")
MOVED = "&XfJlNg-"  # 已收, as IMAP writes it
KILLED = -9
LIVES = 4  # for each kill at most: a life may end before the step it was to die at
CAPS = "[replies]\nper_mailbox_per_day = 1000000\nper_sender_per_day = 1000000\n"


class Nursery:
    """Where the lives come from. A context manager."""

    def __enter__(self) -> "Nursery":
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.crash.nursery"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        return self

    def __exit__(self, *_: object) -> None:
        self._process.communicate()

    def live(self, **life: object) -> dict[str, Any]:
        assert self._process.stdin
        assert self._process.stdout
        self._process.stdin.write(json.dumps(life) + "\n")
        self._process.stdin.flush()
        answer: dict[str, Any] = json.loads(self._process.stdout.readline())
        return answer


@dataclass
class Siege:
    """`zuzhibu` does with its mail what `after` says, `xuanchuanbu` nothing."""

    bureau: Bureau
    nursery: Nursery
    after: str = "seen"
    rng: Random = field(default_factory=lambda: Random(1))
    kills: Counter[str] = field(default_factory=Counter)
    before: Counter[str] = field(default_factory=Counter)
    lives: int = 0
    expected: dict[str, str] = field(default_factory=dict)  # status by digest of the raw mail

    def start(self) -> None:
        self.bureau.write()
        text = self.bureau.config.read_text(encoding="utf-8").replace("[replies]\n", CAPS)
        mark = f'username = "{self.bureau.zuzhibu.user}"\n'
        text = text.replace(mark, f'{mark}  after = "{self.after}"\n')
        self.bureau.config.write_text(text, encoding="utf-8")

    def mail(self) -> None:
        """One more for each mailbox: right, wrong, or by a machine."""
        number = len(self.expected)
        unit = UNITS[number % len(UNITS)]
        right = good(unit, title=f"第{number}稿").replace(b"nxy@", b"p%d@" % number)
        subject = f"{unit}+战疫故事汇+20200702"  # another place: nothing good came for it before
        wrong = letter(subject=subject, sender=f"w{number}@example.edu.cn", text=f"{number}")
        robot = out_of_office().replace(b"Subject:", b"X-Number: %d\r\nSubject:" % number, 1)
        self._put(right, "accepted", "xuanchuanbu")
        self._put(*((robot, "ignored") if number % 8 == 0 else (wrong, "returned")), "zuzhibu")

    def _put(self, raw: bytes, status: str, box: str) -> None:
        letterbox = self.bureau.zuzhibu if box == "zuzhibu" else self.bureau.xuanchuanbu
        letterbox.put(raw, received=JULY_2)
        self.expected[hashlib.sha256(_stored(raw)).hexdigest()] = status

    def live(self, **doom: object) -> dict[str, Any]:
        """One pass of a process of its own, perhaps cut short."""
        self.lives += 1
        log = str(self.bureau.root / "log")
        argv = ["run", "--once", "--config", str(self.bureau.config)]
        return self.nursery.live(argv=argv, log=log, **doom)

    def besiege(self, kills: int) -> Iterator[str]:
        """Kill it so often, in each phase alike; yields what each death came before."""
        self.mail()
        usual = self.live()
        assert usual["status"] == 0, self.bureau.log
        for _ in range(kills * LIVES):
            if sum(self.kills.values()) == kills:
                return
            doomed = min(PHASES, key=lambda name: self.kills[name])
            self.mail()
            life = self.live(doomed=doomed, number=self.rng.randint(1, usual["steps"][doomed]))
            assert life["status"] in {0, KILLED}, self.bureau.log
            if life["status"] == KILLED:
                self.kills[doomed] += 1
                yield life["before"]
        raise TimeoutError(f"{kills} kills do not come about: {self.kills}")

    def letters(self) -> list[Letter]:
        path = self.bureau.root / "state" / "ledger.db"
        with Ledger(path, readonly=True) as ledger:
            return list(ledger.letters())

    def marked(self) -> Sequence[int]:
        """UIDs in `zuzhibu` whose flags or place are no longer those they came with."""
        if self.after == "seen":
            flags = self.bureau.zuzhibu.flags()
            return [uid for uid, words in flags.items() if words]
        with_moved = self.bureau.zuzhibu.flags()
        return [uid for uid in range(1, self.put_into_zuzhibu + 1) if uid not in with_moved]

    @property
    def put_into_zuzhibu(self) -> int:
        return len(self.expected) // 2


def _stored(raw: bytes) -> bytes:
    """As a server stores it."""
    return raw.replace(b"\r\n", b"\n").replace(b"\n", b"\r\n")


@contextmanager
def siege(bureau: Bureau, after: str = "seen") -> Iterator[Siege]:
    with Nursery() as nursery:
        laid = Siege(bureau, nursery, after)
        laid.start()
        yield laid
