"""Work that comes round, on threads of its own: APScheduler, set up for a daemon."""

from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, timedelta
from typing import Any

from apscheduler.jobstores.base import JobLookupError  # type: ignore[import-untyped]
from apscheduler.schedulers.background import (  # type: ignore[import-untyped]
    BackgroundScheduler,
)

from daemon import clock


def timetable(threads: int) -> Any:
    return BackgroundScheduler(
        timezone=UTC,
        executors={"default": {"type": "threadpool", "max_workers": threads}},
        # The default drops a job that is a second late.
        job_defaults={"coalesce": True, "max_instances": 1, "misfire_grace_time": None},
    )


def every(
    scheduler: Any, pause: timedelta, work: Callable[..., object], *args: object, **more: object
) -> None:
    """From now on; without `next_run_time` the first run waits a whole interval."""
    seconds = pause.total_seconds()
    scheduler.add_job(
        work,
        "interval",
        args=args,
        seconds=seconds,
        jitter=min(seconds / 10, 15),
        next_run_time=clock.now(),
        **more,
    )


def bring_forward(scheduler: Any, job: str) -> None:
    """Run that job now; its interval begins anew."""
    with suppress(JobLookupError):  # everything is being ended
        scheduler.modify_job(job, next_run_time=clock.now())
