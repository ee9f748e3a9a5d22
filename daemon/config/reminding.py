"""Mail of our own accord: reminders by schedule, and the staff's daily digest. Both off."""

from collections.abc import Mapping
from datetime import time, timedelta
from typing import TYPE_CHECKING, Annotated

from pydantic import AfterValidator, BeforeValidator, Field, ValidationInfo
from pydantic import field_validator as checks

from daemon.config.model import Section
from daemon.config.units import Duration

if TYPE_CHECKING:
    from rules.notice import Notice

DAY = timedelta(days=1)


def _whole_days(span: timedelta) -> timedelta:
    if span < timedelta(0) or span % DAY:
        raise ValueError('whole days, such as "3 days"; the hour is that of `at`')
    return span


def _later(span: timedelta) -> timedelta:
    if span < DAY:
        raise ValueError('at least "1 day"; the due day itself is before = ["0 days"]')
    return span


def _hour(value: object) -> object:
    # 9 would be nine seconds past midnight to pydantic
    if isinstance(value, str | time):
        return value
    raise ValueError(f'{value!r} is no hour such as "09:00"')


def _no_zone(at: time) -> time:
    if at.tzinfo is not None:
        raise ValueError("without a zone: it is the notice's own")
    return at


Days = Annotated[Duration, AfterValidator(_whole_days)]
Hour = Annotated[time, BeforeValidator(_hour), AfterValidator(_no_zone)]


class Schedule(Section):
    """When units are reminded of one category: days before and after its due day, at one hour."""

    category: str
    notice: str = ""  # its id; "" = every notice with a category of this name
    before: tuple[Days, ...] = ()
    after: tuple[Annotated[Days, AfterValidator(_later)], ...] = ()
    at: Hour = time(9)

    @checks("after")
    @classmethod
    def _at_least_once(
        cls, after: tuple[timedelta, ...], info: ValidationInfo
    ) -> tuple[timedelta, ...]:
        if not after and not info.data.get("before", True):
            raise ValueError("give `before`, `after` or both: nobody is reminded otherwise")
        return after

    def covers(self, notice: str, category: str) -> bool:
        return self.category == category and self.notice in {"", notice}


class Reminding(Section):
    """The brakes. 0: without limit."""

    per_unit_per_day: int = Field(default=1, ge=0)
    per_run: int = Field(default=50, ge=0)  # the rest is written a minute later


def _one_or_many(value: object) -> object:
    return [value] if isinstance(value, Mapping) else value


def known(schedules: tuple[Schedule, ...], info: ValidationInfo) -> tuple[Schedule, ...]:
    """Refuse a category that no notice has: a slip would silence its reminders for good."""
    notices: tuple[Notice, ...] = info.data.get("notices", ())
    for schedule in schedules:
        if notices and not any(
            schedule.covers(n.id, c.name) for n in notices for c in n.categories
        ):
            raise ValueError(f"no notice has the category {schedule.category!r}")
    return schedules


Schedules = Annotated[tuple[Schedule, ...], AfterValidator(known)]
Many = BeforeValidator(_one_or_many)  # [digest] and [[digest]] both
