"""Durations and sizes as people write them: "2 min", "1 GiB"."""

import re
from datetime import timedelta
from typing import Annotated

from pydantic import BeforeValidator

_QUANTITY = re.compile(r"(\d+(?:\.\d+)?)\s*([A-Za-z]+)")
_SECONDS = {
    "s": 1,
    "sec": 1,
    "second": 1,
    "min": 60,
    "minute": 60,
    "h": 3600,
    "hour": 3600,
    "day": 86400,
    "week": 604800,
}
_BYTES = {
    "B": 1,
    "KB": 10**3,
    "MB": 10**6,
    "GB": 10**9,
    "KIB": 1 << 10,
    "MIB": 1 << 20,
    "GIB": 1 << 30,
}


def duration(value: object) -> object:
    """`"2 min"` → timedelta; anything that is no text is left to pydantic."""
    if not isinstance(value, str):
        return value
    found = _QUANTITY.fullmatch(value.strip())
    unit = found[2].lower() if found else ""
    seconds = _SECONDS.get(unit) or _SECONDS.get(unit.removesuffix("s"))
    if found is None or seconds is None:
        raise ValueError(f'{value!r} is no duration: write "30 s", "2 min", "1 h" or "7 days"')
    return timedelta(seconds=float(found[1]) * seconds)


def size(value: object) -> object:
    """`"1 GiB"` → bytes; anything that is no text is left to pydantic."""
    if not isinstance(value, str):
        return value
    found = _QUANTITY.fullmatch(value.strip())
    unit = _BYTES.get(found[2].upper()) if found else None
    if found is None or unit is None:
        raise ValueError(f'{value!r} is no size: write "512 MiB" or "1 GiB"')
    return int(float(found[1]) * unit)


def _only_text(value: object) -> object:
    if not isinstance(value, str | timedelta):
        raise ValueError(f'{value!r} has no unit: write "30 s", "2 min", "1 h" or "7 days"')  # noqa: TRY004 - pydantic lists ValueErrors
    return duration(value)


Duration = Annotated[timedelta, BeforeValidator(_only_text)]
Bytes = Annotated[int, BeforeValidator(size)]
