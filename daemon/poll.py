"""One pass over one mailbox: what is new is spooled, judged, recorded, filed; then put away.

The order is the promise: raw copy and ledger row are on disk before anything is sent, and before
the mailbox is touched at all. Each step can be repeated after a crash at any line.
"""

import logging
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial

from daemon.config import Config
from daemon.config import Mailbox as Box
from daemon.errors import Unavailable
from daemon.filing import Filer
from daemon.intake import Intake
from daemon.judging import Bench
from daemon.ledger import Key, Ledger
from daemon.mailbox import Folder, Item, Opening, open_mailbox
from daemon.passage import Failed, Passage
from daemon.spool import Spool
from daemon.worklist import Desk

MOST_FAULTS = 3  # messages that fail in one pass: with more, it is hardly the messages
log = logging.getLogger(__name__)


@dataclass(slots=True)
class Course:
    """How far a pass has come."""

    new: int = 0
    left: set[Key] = field(default_factory=set)
    fault: Unavailable | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Poll:
    """Everything a pass needs. `now` is the clock; `stop` is asked between messages.

    `alive` is told, message by message, that the mailbox answers.
    """

    config: Config
    ledger: Ledger
    spool: Spool
    filer: Filer
    intake: Intake
    now: Callable[[], datetime]
    stop: Callable[[], bool] = lambda: False
    alive: Callable[[Box], None] = lambda box: None
    opening: Opening = open_mailbox

    def __call__(self, box: Box) -> int:
        """Read one mailbox to its end; how many messages were new.

        A message that fails is left for a later pass, and the others are read. Raises Unavailable
        when the mailbox fails, or, in the end, for the first message that did so for the first
        time; what was recorded until then stays recorded.
        """
        course = Course()
        while len(course.left) < MOST_FAULTS and not self._to_the_end(box, course):
            pass
        if course.fault is not None:
            raise course.fault
        return course.new

    def _to_the_end(self, box: Box, course: Course) -> bool:
        """False: a message has failed. It may have taken the connection with it."""
        try:
            self._read(box, course)
        except Failed as failed:
            if self.stop():
                raise failed.fault from failed
            self._put_off(failed, course)
            return False
        return True

    def _read(self, box: Box, course: Course) -> None:
        with self.opening(box, state=self.config.state) as folders:
            for folder in folders:
                desk = self._desk(box, folder)
                work = desk.work(self.now())
                items = [i for i in work.items if desk.key(i.uid) not in course.left]
                passage = self._passage(box, folder, partial(self._taken, box, course))
                if not passage(items, work.whole):
                    return

    def _taken(self, box: Box, course: Course, new: bool) -> None:
        course.new += new
        self.alive(box)

    def _put_off(self, failed: Failed, course: Course) -> None:
        failures = self.ledger.skipped.skip(failed.key, self.now(), str(failed.fault))
        log.warning("%s: left for a later pass: %s", failed.key.mailbox, failed.fault)
        course.left.add(failed.key)
        if failures == 1 and course.fault is None:
            course.fault = failed.fault

    def _desk(self, box: Box, folder: Folder) -> Desk:
        place = subfolder(box, folder)
        return Desk(ledger=self.ledger, folder=folder, mailbox=box.name, place=place)

    def _passage(self, box: Box, folder: Folder, taken: Callable[[bool], None]) -> Passage:
        return Passage(
            bench=Bench(
                config=self.config,
                ledger=self.ledger,
                intake=self.intake,
                box=box,
                junk=folder.junk,
            ),
            desk=self._desk(box, folder),
            folder=folder,
            spool=self.spool,
            filer=self.filer,
            now=self.now,
            stop=self.stop,
            taken=taken,
            disposes=disposes(box) and not folder.junk,
        )

    def take(self, box: Box, folder: Folder, item: Item) -> None:
        """One message, from the mailbox to the library. Raises Unavailable."""
        try:
            self._passage(box, folder, lambda _: None)([item])
        except Failed as failed:
            raise failed.fault from failed


def disposes(box: Box) -> bool:
    """Whether something is done to a message once it is recorded."""
    way = box.imap or box.maildir
    return way is not None and way.after != "nothing"


def subfolder(box: Box, folder: Folder) -> str:
    """The ledger's word for a folder: "" for the mailbox's own."""
    return folder.place.removeprefix(box.name).removeprefix("/")
