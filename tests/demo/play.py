"""One pass of the real program over the demo's mail, with the clock set back to October 2020."""

from datetime import UTC, datetime
from functools import partial
from threading import Event, Thread

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from daemon.errors import ConfigError, Unavailable
from daemon.ledger import Ledger
from daemon.office import Office
from daemon.service import Service
from tests.demo.stage import Stage

NOW = datetime(2020, 10, 12, 0, 30, tzinfo=UTC)  # 08:30 in China: 党建特色案例 is due in 3 days
BEGUN = datetime.now(UTC)


def clock() -> datetime:
    """It runs on from NOW."""
    return NOW + (datetime.now(UTC) - BEGUN)


def one_pass(stage: Stage, total: int, console: Console) -> int:
    """`baosong run --once`; the exit status. The bar counts the rows of the ledger."""
    done = Event()
    with _bar(console) as bar:
        counting = Thread(target=_count, args=(stage, bar, total, done))
        counting.start()
        try:
            return Service(stage.config, partial(Office, clock=clock)).run_once()
        finally:
            done.set()
            counting.join()


def _bar(console: Console) -> Progress:
    return Progress(
        TextColumn("[bold]读信、拆件、核对、回复"),
        BarColumn(bar_width=None, complete_style="green", finished_style="green"),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        console=console,
        expand=True,
    )


def _count(stage: Stage, bar: Progress, total: int, done: Event) -> None:
    task = bar.add_task("", total=total)
    while not done.wait(0.1):
        bar.update(task, completed=_rows(stage))
    bar.update(task, completed=_rows(stage))


def _rows(stage: Stage) -> int:
    path = stage.state / "ledger.db"
    if not path.exists():
        return 0
    try:
        with Ledger(path, readonly=True) as ledger:
            return sum(tally.messages for tally in ledger.tally())
    except (Unavailable, ConfigError):  # the file, or its tables, are being made this very moment
        return 0
