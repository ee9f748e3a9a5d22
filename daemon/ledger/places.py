"""The places of a notice (unit x category x window) and the status of each."""

import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from daemon.ledger.values import instant, when
from rules.notice import Notice

NOTICE = """
insert into notice (id, title, zone, synced) values (?, ?, ?, ?)
on conflict (id) do update set
  title = excluded.title, zone = excluded.zone, synced = excluded.synced
where (title, zone) is not (excluded.title, excluded.zone)
"""
# unlisted, not deleted: a unit struck off by mistake comes back with all it had
UNLIST = "update place set listed = 0 where notice = ?"
PLACE = """
insert into place (notice, unit, category, window, closes, unit_position, window_position, listed)
values (?, ?, ?, ?, ?, ?, ?, 1)
on conflict (notice, unit, category, window) do update set
  closes = excluded.closes, unit_position = excluded.unit_position,
  window_position = excluded.window_position, listed = 1
"""
STATUS = """
select status.*, notice.title as notice_title, notice.zone
from status join notice on notice.id = status.notice
{which}
order by notice.rowid, unit_position, window_position
"""
OF_NOTICE = "where status.notice = ?"
# whoever waits for a person, or need not hand in anything, owes nothing
OWED = "where status.state in ('missing', 'returned') and status.waived = ''"


@dataclass(frozen=True, kw_only=True, slots=True)
class Standing:
    """How one place stands: a row of the view `status`. `message` is the effective ledger row.

    `state` is accepted, returned, held or missing; `findings` are codes; `closes` is the day
    the notice names, `zone` its time zone; the `last_*` fields speak of the newest version,
    accepted or not. `waived_as` is waived or not-applicable, for the reason in `waived`;
    `decided_by` the person who gave the effective row its state, "" for the rules. Instants are
    in UTC.
    """

    notice: str
    notice_title: str
    unit: str
    category: str
    window: str
    state: str
    zone: str = "Asia/Shanghai"
    closes: str = ""
    late: bool = False
    version: int | None = None
    received: datetime | None = None
    message: int | None = None
    last_version: int | None = None
    last_state: str = ""
    last_received: datetime | None = None
    last_message_id: str = ""
    last_sender: str = ""
    last_subject: str = ""
    findings: tuple[str, ...] = ()
    waived: str = ""
    extended: str = ""
    waived_as: str = ""
    decided_by: str = ""
    decided_at: datetime | None = None
    selected: bool = False


def sync(connection: sqlite3.Connection, notice: Notice, at: datetime) -> None:
    """List the places of this notice; those it no longer asks for keep their rows, unlisted."""
    connection.execute(NOTICE, (notice.id, notice.title, notice.zone, instant(at)))
    connection.execute(UNLIST, (notice.id,))
    connection.executemany(PLACE, _places(notice))


def status(connection: sqlite3.Connection, notice: str = "") -> tuple[Standing, ...]:
    """Of this notice; "" is every one."""
    query = STATUS.format(which=OF_NOTICE if notice else "")
    rows = connection.execute(query, (notice,) if notice else ()).fetchall()
    return tuple(_standing(row) for row in rows)


def owed(connection: sqlite3.Connection) -> tuple[Standing, ...]:
    """Of every notice, the places where nothing acceptable has come."""
    rows = connection.execute(STATUS.format(which=OWED)).fetchall()
    return tuple(_standing(row) for row in rows)


def _places(notice: Notice) -> Iterator[tuple[str | int | None, ...]]:
    windows = tuple(_windows(notice))
    for i, unit in enumerate(notice.roster):
        for j, (category, window, closes) in enumerate(windows):
            yield (notice.id, unit.name, category, window, closes, i, j)


def _windows(notice: Notice) -> Iterator[tuple[str, str, str | None]]:
    for category in notice.categories:
        for window in category.windows:
            closes = window.closes.isoformat() if window.closes else None
            yield category.name, window.name, closes
        if not category.windows:
            yield category.name, "", None


def _standing(found: sqlite3.Row) -> Standing:
    # a Row seeks each name among all of its columns; a board asks for thousands
    row = dict(zip(found.keys(), found, strict=True))
    return Standing(
        state=row["state"],
        late=bool(row["late"]),
        selected=bool(row["selected"]),
        decided_at=_when(row["decided_at"]),
        message=row["message"],
        version=row["version"],
        last_version=row["last_version"],
        received=_when(row["received"]),
        last_received=_when(row["last_received"]),
        findings=tuple(row["findings"].split()),
        **{name: row[name] or "" for name in _WORDS},
    )


_WORDS = (
    "notice",
    "notice_title",
    "unit",
    "category",
    "window",
    "zone",
    "closes",
    "last_state",
    "last_message_id",
    "last_sender",
    "last_subject",
    "waived",
    "extended",
    "waived_as",
    "decided_by",
)


def _when(stored: Any) -> datetime | None:
    return when(stored) if stored else None
