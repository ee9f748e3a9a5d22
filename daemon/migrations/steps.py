"""The migrations themselves, in order. A released one is never edited."""

from sqlite_utils import Database, Migrations

from daemon.migrations import acts, reminders
from daemon.migrations.alarms import ALARM, MESSAGE_ID, PULSE
from daemon.migrations.digests import BY_DIGEST
from daemon.migrations.forms import FIELD, FORM
from daemon.migrations.people import FAILURE, PERSON, SESSION, SESSION_PERSON
from daemon.migrations.search import INDEXES as FOR_PAGES
from daemon.migrations.search import SEARCH, fill
from daemon.migrations.skipped import SKIPPED
from daemon.migrations.v0_1_0 import INDEXES, STATUS, TABLES
from daemon.migrations.waiting import MESSAGE_HELD, MESSAGE_OPEN, REPLY_OPEN

MIGRATIONS = Migrations("baosong")


@MIGRATIONS()
def m001_the_ledger(db: Database) -> None:
    for statement in (*TABLES, *INDEXES, STATUS):
        db.execute(statement)


@MIGRATIONS()
def m002_alarms(db: Database) -> None:
    for statement in (PULSE, ALARM, MESSAGE_ID):
        db.execute(statement)


@MIGRATIONS()
def m003_filled_forms(db: Database) -> None:
    for statement in (FIELD, FORM):
        db.execute(statement)


@MIGRATIONS()
def m004_skipped(db: Database) -> None:
    db.execute(SKIPPED)


@MIGRATIONS()
def m005_acts(db: Database) -> None:
    for statement in (*acts.TABLES, *acts.COLUMNS, *acts.INDEXES, *acts.VIEWS):
        db.execute(statement)


@MIGRATIONS()
def m006_search(db: Database) -> None:
    for statement in (SEARCH, *FOR_PAGES):
        db.execute(statement)
    fill(db.conn)


@MIGRATIONS()
def m007_people(db: Database) -> None:
    for statement in (PERSON, SESSION, SESSION_PERSON, FAILURE):
        db.execute(statement)


@MIGRATIONS()
def m008_reminders(db: Database) -> None:
    for statement in (*reminders.TABLES, *reminders.INDEXES):
        db.execute(statement)


@MIGRATIONS()
def m011_what_waits(db: Database) -> None:
    for statement in (REPLY_OPEN, MESSAGE_HELD):
        db.execute(statement)


@MIGRATIONS()
def m012_short_digests(db: Database) -> None:
    for statement in BY_DIGEST:
        db.execute(statement)


@MIGRATIONS()
def m013_what_is_open(db: Database) -> None:
    for statement in MESSAGE_OPEN:
        db.execute(statement)
