"""How the ledger's questions fare with a million messages: python -m tests.bench.ledger_scale N.

Fills a ledger by plain SQL with N messages (a file, a finding, a sent reply, an event and their
words in the search index each), one every 30 s and half of them before the moment that is asked
about, so that there is as much mail of the day in every ledger. Then it takes every step of a pass
and of the outbox, asks every question of a working day, and prints the CPU time of each beside
that of a ledger of a thousand messages: none may grow with N. With --keep FOLDER the ledgers stay
there, and are used again.
"""

import argparse
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from daemon.ledger import Filter, Ledger
from tests.bench.ledger_line import of_a_pass, of_the_outbox
from tests.daemon.ledger.entries import a_ledger, at

NUMBERS = "with recursive n(i) as (select 100 union all select i + 1 from n where i < :count + 99)"
EACH_SECONDS = 30
AT = f"strftime('%Y-%m-%dT%H:%M:%f', :begin + i * {EACH_SECONDS}, 'unixepoch') || 'Z'"
FILL = (
    """
insert into message (id, mailbox, folder, uidvalidity, uid, sha256, size, spool, message_id,
  received, recorded, sender, sender_name, subject, status, late, reason, unanswered, notice, unit,
  category, window, version, suggested_subject, fault, body)
{n} select i, 'zuzhibu', '', '1', i, lower(hex(randomblob(32))), 5000, 'spool', i || '@x',
  {at}, '2020', i % 9000 || '@x', '', '农学院党委+战疫故事汇', 'returned', 0, '', '',
  '2020-four-ones', '单位' || (i % 40000), '战疫故事汇', '7月15日前', i / 40000 + 1, '', '', 'text'
  from n
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
  {at}, {at}, '', '[]', x'00' from n
""",
    "insert into event (message, at, who, what, why) {n} select i, '2020', '', '', '' from n",
    "insert into search (rowid, words) {n} select i, '农学 学院 院党 党委 第' || i || '号' from n",
)
FEW = 1_000
ROUNDS, EACH = 7, 30  # writing steps need one message each time: see ledger_line.MANY


def fill(ledger: Ledger, count: int) -> None:
    values = {"count": count, "begin": at(1).timestamp() - count // 2 * EACH_SECONDS}
    with ledger._store.writing() as connection:
        for statement in FILL:
            connection.execute(statement.format(n=NUMBERS, at=AT), values)


def first_page(ledger: Ledger) -> None:
    listing = ledger.messages()
    for _ in range(500):
        next(listing)


def of_the_office(ledger: Ledger) -> dict[str, Callable[[], object]]:
    """Staff at their pages, and the minute's watch."""
    return {
        "unfiled": ledger.filings.unfiled,
        "backlog": ledger.backlog,
        "status": ledger.status,
        "messages, first page": lambda: first_page(ledger),
        "pages, newest": lambda: ledger.browse.page(Filter()),
        "pages, by status": lambda: ledger.browse.page(Filter(status="returned")),
        "search, a rare word": lambda: ledger.browse.page(Filter(words="第150号")),
        "search, a common word": lambda: ledger.browse.page(Filter(words="党委")),
    }


def timed(step: Callable[[], object]) -> float:
    """Milliseconds of CPU: the mean of some, in the best of several rounds."""
    rounds = []
    for _ in range(ROUNDS):
        start = time.process_time()
        for _ in range(EACH):
            step()
        rounds.append(time.process_time() - start)
    return min(rounds) / EACH * 1000


def opened(folder: Path, count: int) -> Ledger:
    """The ledger of so many messages in this folder; filled, if it is not there."""
    folder.mkdir(exist_ok=True)
    is_new = not (folder / "ledger.db").exists()
    ledger = a_ledger(folder)
    if is_new:
        fill(ledger, count)
    return ledger


def times(folder: Path, count: int) -> dict[str, float]:
    with opened(folder / str(count), count) as ledger:
        print(f"{count:,} messages, {ledger.path.stat().st_size / 1e6:,.0f} MB", flush=True)
        steps = {**of_a_pass(ledger), **of_the_outbox(ledger), **of_the_office(ledger)}
        return {name: timed(step) for name, step in steps.items()}


def compare(folder: Path, count: int) -> None:
    few, many = times(folder, FEW), times(folder, count)
    print(f"{'':26}{f'{FEW:,}':>12}{f'{count:,}':>12}   ratio")
    for name, large in many.items():
        print(f"{name:26}{few[name]:9.4f} ms{large:9.4f} ms{large / few[name]:8.2f}")


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("count", type=int, nargs="?", default=1_000_000)
    asked.add_argument("--keep", type=Path)
    chosen = asked.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        compare(chosen.keep or Path(folder), chosen.count)


if __name__ == "__main__":
    main()
