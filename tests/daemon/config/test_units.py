"""Durations and sizes as people write them."""

from datetime import timedelta

import pytest
from pydantic import TypeAdapter, ValidationError

from daemon.config.units import Bytes, Duration

DURATION: TypeAdapter[timedelta] = TypeAdapter(Duration)
BYTES: TypeAdapter[int] = TypeAdapter(Bytes)


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("30 s", 30),
        ("2 min", 120),
        ("2min", 120),
        ("1.5 h", 5400),
        ("1 hour", 3600),
        ("7 days", 604800),
        ("1 day", 86400),
        (" 10 seconds ", 10),
    ],
)
def test_a_duration_is_read(text: str, seconds: int) -> None:
    assert DURATION.validate_python(text) == timedelta(seconds=seconds)


@pytest.mark.parametrize("text", ["", "5", "min", "-1 s", "5 m", "1e9 s", "５ 分钟", 5, 5.0, True])
def test_what_is_no_duration_is_refused(text: object) -> None:
    with pytest.raises(ValidationError):
        DURATION.validate_python(text)


@pytest.mark.parametrize(
    ("text", "count"),
    [("1 GiB", 1 << 30), ("512MiB", 512 << 20), ("10 MB", 10**7), ("0.5 KiB", 512), (77, 77)],
)
def test_a_size_is_read(text: object, count: int) -> None:
    assert BYTES.validate_python(text) == count


@pytest.mark.parametrize("text", ["", "GiB", "1 XB", "1 G B", "many"])
def test_what_is_no_size_is_refused(text: str) -> None:
    with pytest.raises(ValidationError):
        BYTES.validate_python(text)
