"""How the ledger's questions fare with a million messages: python -m tests.bench.ledger_scale N.

Fills a ledger by plain SQL with N messages (a file, a finding, a sent reply, an event and their
words in the search index each), then asks every question of a pass, of the outbox and of a
working day, prints the median time of each beside that of a ledger of a thousand messages: none
may grow with N.
"""

import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from statistics import median

from daemon.ledger import Filter, Ledger, Limits
from rules.submission import Message
from rules.verdict import Status
from tests.daemon.ledger.entries import (
    UNITS,
    a_claim,
    a_draft,
    a_finding,
    a_ledger,
    a_submission,
    a_verdict,
    an_entry,
    at,
    digest,
)

NUMBERS = "with recursive n(i) as (select 100 union all select i + 1 from n where i < :count + 99)"
FILL = (
    """
insert into message (id, mailbox, folder, uidvalidity, uid, sha256, size, spool, message_id,
  received, recorded, sender, sender_name, subject, status, late, reason, unanswered, notice, unit,
  category, window, version, suggested_subject, fault, body)
{n} select i, 'zuzhibu', '', '1', i, lower(hex(randomblob(32))), 5000, 'spool', i || '@x',
  strftime('%Y-%m-%dT%H:%M:%f', 1577836800 + i * 30, 'unixepoch') || 'Z', '2020', i % 9000 || '@x',
  '', '农学院党委+战疫故事汇', 'returned', 0, '', '', '2020-four-ones', '单位' || (i % 40000),
  '战疫故事汇', '7月15日前', i / 40000 + 1, '', '', 'text' from n
""",
    """
insert into attachment (message, ordinal, name, path, size, sha256, format, kind, role, form, good,
  encrypted, damaged, inline, ignored, declared_type, undecodable, facts)
{n} select i, 0, '故事.docx', '[]', 1000, lower(hex(randomblob(32))), 'docx', 'text', 'part', '', 1,
  0, '', 0, '', '', '', '{{"size":1000,"sha256":"ab"}}' from n
""",
    """
insert into finding (message, ordinal, code, severity, location, saw, required, fix)
{n} select i, 0, 'part-missing', 'error', 'message', '', '', '' from n
""",
    """
insert into reply (message, message_id, mailbox, state, to_address, subject, attempts, created,
  sent_at, error, headers, raw)
{n} select i, 'r' || i || '@x', 'zuzhibu', 'sent', i % 9000 || '@x', '', 1,
  strftime('%Y-%m-%dT%H:%M:%f', 1577836800 + i * 30, 'unixepoch') || 'Z',
  strftime('%Y-%m-%dT%H:%M:%f', 1577836800 + i * 30, 'unixepoch') || 'Z', '', '[]', x'00' from n
""",
    "insert into event (message, at, who, what, why) {n} select i, '2020', '', '', '' from n",
    "insert into search (rowid, words) {n} select i, '农学 学院 院党 党委 第' || i || '号' from n",
)
FEW = 1_000


def fill(ledger: Ledger, count: int) -> None:
    with ledger._store.writing() as connection:
        for statement in FILL:
            connection.execute(statement.format(n=NUMBERS), {"count": count})


def first_page(ledger: Ledger) -> None:
    listing = ledger.messages()
    for _ in range(500):
        next(listing)


def recorder(ledger: Ledger) -> Callable[[], object]:
    uids = iter(range(10**8, 10**9))
    claim = a_claim(UNITS[0])

    def record() -> None:
        verdict = a_verdict(Status.RETURNED, a_submission(claim=claim), [a_finding()])
        entry = an_entry(next(uids), verdict)
        ledger.record(replace(entry, reply=a_draft(entry.key, dropped="bench")))

    return record


def questions(ledger: Ledger) -> dict[str, Callable[[], object]]:
    return {**of_a_pass(ledger), **of_the_office(ledger)}


def of_a_pass(ledger: Ledger) -> dict[str, Callable[[], object]]:
    """What is asked for each message, and what is written."""
    key = an_entry(5000).key
    return {
        "record": recorder(ledger),
        "known": lambda: ledger.known(key),
        "newest": lambda: ledger.newest("zuzhibu", "1"),
        "looks like": lambda: ledger.looks_like(150, 5000, at(1)),
        "by digest": lambda: ledger.by_digest("zuzhibu", digest("x")),
        "same letter": lambda: ledger.same_letter(key, Message(message_id="150@x"), []),
        "past": lambda: ledger.past(a_claim()),
        "mended": lambda: ledger.mended(["r5000@x", "y@x"]),
        "answered by": lambda: ledger.answered_by(["r5000@x", "y@x"]),
        "sightings": lambda: ledger.sightings([digest(str(n)) for n in range(10)]),
        "extended": lambda: ledger.extended(a_claim()),
        "aliases": lambda: ledger.aliases.of("2020-four-ones"),
        "answered": lambda: ledger.caps.answered("5@x", at(1)),
        "answered for": lambda: ledger.caps.answered_for("5@x", "2020-four-ones"),
        "dead": lambda: ledger.caps.dead("5@x"),
        "put off": lambda: ledger.skipped.of("zuzhibu", "", "1"),
        "settle": lambda: ledger.skipped.settle(key),
    }


def of_the_office(ledger: Ledger) -> dict[str, Callable[[], object]]:
    """The outbox, the library, and staff at their pages."""
    return {
        "replies due": lambda: ledger.replies.due("zuzhibu", at(1)),
        "full until": lambda: ledger.caps.full_until("zuzhibu", at(1), Limits()),
        "unfiled": ledger.filings.unfiled,
        "status": ledger.status,
        "messages, first page": lambda: first_page(ledger),
        "pages, newest": lambda: ledger.browse.page(Filter()),
        "pages, by status": lambda: ledger.browse.page(Filter(status="returned")),
        "search, a rare word": lambda: ledger.browse.page(Filter(words="第150号")),
        "search, a common word": lambda: ledger.browse.page(Filter(words="党委")),
    }


def timed(question: Callable[[], object]) -> float:
    """Median of 30, in milliseconds."""
    times = []
    for _ in range(30):
        start = time.perf_counter()
        question()
        times.append(time.perf_counter() - start)
    return median(times) * 1000


def times(count: int) -> dict[str, float]:
    with tempfile.TemporaryDirectory() as folder, a_ledger(Path(folder)) as ledger:
        fill(ledger, count)
        print(f"{count:,} messages, {ledger.path.stat().st_size / 1e6:,.0f} MB", flush=True)
        return {name: timed(question) for name, question in questions(ledger).items()}


def main() -> None:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000
    few, many = times(FEW), times(count)
    print(f"{'':24}{f'{FEW:,}':>12}{f'{count:,}':>12}   ratio")
    for name, large in many.items():
        print(f"{name:24}{few[name]:9.3f} ms{large:9.3f} ms{large / few[name]:8.2f}")


if __name__ == "__main__":
    main()
