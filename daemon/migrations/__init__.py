"""The ledger's tables, one migration after another. A released migration is never edited.

Every table is strict, every instant is text in UTC (`2020-07-10T01:02:03.000Z`), so that text
order is time order; every query of `daemon.ledger` has an index here.

Their names stand here, the migrations in `steps`: who opens a ledger that lacks none does not
import sqlite-utils, 40 ms and 2 MiB of every start.
"""

NAMES = (
    "m001_the_ledger",
    "m002_alarms",
    "m003_filled_forms",
    "m004_skipped",
    "m005_acts",
    "m006_search",
    "m007_people",
    "m008_reminders",
    "m011_what_waits",
    "m012_short_digests",
    "m013_what_is_open",
)
