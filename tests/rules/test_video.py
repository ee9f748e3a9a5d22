"""Rules about video."""

from typing import Any

import pytest

from rules.judge import judge
from rules.submission import Submission
from rules.verdict import Status
from tests.rules.builders import (
    FORM2,
    GB,
    MATERIAL,
    MINUTE,
    NOTICE,
    a_file,
    a_submission,
    codes,
    faults,
    fires,
    quiet,
    spoken,
)

THIRTY = 30 * MINUTE
TWO = 2 * GB


def a_video(name: str = "农学院党委+教育素材+微党课.mp4", **facts: object) -> Submission:
    return a_submission(a_file(name, **facts), FORM2, subject=MATERIAL)


@pytest.mark.parametrize("format_", ["mov", "avi", "wmv", "mkv", "flv"])
def test_a_video_is_mp4_by_its_bytes(format_: str) -> None:
    said = spoken(fires("video-not-mp4", a_video("微党课.mp4", format=format_)))
    assert format_.upper() in said
    fires("video-not-mp4", a_video(f"微党课.{format_}"))


def test_an_mp4_is_an_mp4() -> None:
    quiet("video-not-mp4", a_video())
    assert codes(a_video()) == ()


@pytest.mark.parametrize("length", [THIRTY, THIRTY + 1000])
def test_thirty_minutes_and_a_second_of_rounding_are_within(length: int) -> None:
    quiet("video-too-long", a_video(duration_ms=length))


def test_a_thousandth_more_is_too_long() -> None:
    fires("video-too-long", a_video(duration_ms=THIRTY + 1001))


def test_the_length_is_told_and_by_how_much() -> None:
    said = spoken(fires("video-too-long", a_video(duration_ms=31 * MINUTE + 5000)))
    assert "时长 31 分 05 秒，超出 1 分 05 秒" in said
    assert "不超过 30 分钟" in said


@pytest.mark.parametrize("size", [TWO, TWO * 101 // 100])
def test_two_g_and_one_percent_are_within(size: int) -> None:
    quiet("video-too-large", a_video(size=size))


def test_a_byte_more_is_too_large() -> None:
    said = spoken(fires("video-too-large", a_video(size=TWO * 101 // 100 + 1)))
    assert "2.02G" in said
    assert "不超过 2G" in said


def test_length_size_and_format_are_told_at_once() -> None:
    submission = a_video("课.mov", size=3 * GB, duration_ms=40 * MINUTE)
    assert faults(submission) == {"video-not-mp4", "video-too-long", "video-too-large"}


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        ({"damaged": "truncated"}, "没有传完"),
        ({"damaged": "no-moov", "duration_ms": None}, "moov"),
        ({"format": "unknown", "duration_ms": None}, "无法识别"),
    ],
)
def test_a_damaged_video_is_told_how(facts: dict[str, Any], words: str) -> None:
    submission = a_video(**facts)
    assert words in spoken(fires("video-damaged", submission))
    quiet("duration-unknown", submission)


def test_a_whole_video_is_not_damaged() -> None:
    quiet("video-damaged", a_video())


@pytest.mark.parametrize("length", [None, 0])
def test_an_unknown_length_is_held_and_neither_zero_nor_too_long(length: int | None) -> None:
    submission = a_video(duration_ms=length)
    fires("duration-unknown", submission)
    quiet("video-too-long", submission)
    assert judge(submission, NOTICE).status is Status.HELD


def test_a_known_length_is_no_question() -> None:
    quiet("duration-unknown", a_video(duration_ms=1))


@pytest.mark.parametrize("format_", ["txt", "html", "unknown"])
def test_what_is_no_film_at_all_is_a_damaged_one(format_: str) -> None:
    submission = a_submission(a_file("微党课.mp4", format=format_), FORM2, subject=MATERIAL)
    assert faults(submission) == {"video-damaged"}
    quiet("extension-mismatch", submission)
