"""Rules about archives."""

from dataclasses import replace

import pytest

from rules.judge import judge
from rules.verdict import Status
from tests.rules.builders import (
    NOTICE,
    STORY_FILES,
    a_file,
    a_submission,
    codes,
    faults,
    fires,
    quiet,
    spoken,
)

INSIDE = tuple(replace(file, path=("材料.zip",)) for file in STORY_FILES)


@pytest.mark.parametrize("name", ["材料.zip", "材料.rar", "材料.7z"])
def test_an_archive_that_was_opened_is_remarked_with_its_count(name: str) -> None:
    inside = tuple(replace(file, path=(name,)) for file in STORY_FILES)
    submission = a_submission(
        a_file(name, entries=5), *inside, a_file(".DS_Store", ignored="system")
    )
    assert "4 个文件" in spoken(fires("archive-opened", submission))
    verdict = judge(submission, NOTICE)
    assert verdict.status is Status.ACCEPTED
    assert verdict.submission.attachments[0].role == "container"


def test_archives_within_archives_are_remarked_once() -> None:
    inner = a_file("照片.zip", path=("材料.zip",))
    assert codes(a_submission(a_file("材料.zip"), inner, *INSIDE)) == ("archive-opened",)


def test_without_an_archive_there_is_nothing_to_say() -> None:
    quiet("archive-opened", a_submission(*STORY_FILES))


def test_an_archive_with_a_password_is_one_fault() -> None:
    submission = a_submission(a_file("材料.zip", encrypted=True, entries=3))
    fires("archive-encrypted", submission)
    assert codes(submission) == ("archive-encrypted",)


def test_an_archive_without_a_password_opens() -> None:
    quiet("archive-encrypted", a_submission(a_file("材料.zip"), *INSIDE))


@pytest.mark.parametrize("facts", [{"damaged": "truncated"}, {"entries": None}])
def test_an_archive_that_does_not_open_is_one_fault(facts: dict[str, object]) -> None:
    submission = a_submission(a_file("材料.rar", **facts))
    fires("archive-unreadable", submission)
    assert codes(submission) == ("archive-unreadable",)


def test_a_whole_archive_is_readable() -> None:
    quiet("archive-unreadable", a_submission(a_file("材料.zip"), *INSIDE))


@pytest.mark.parametrize("limit", ["depth", "entries", "ratio", "bytes"])
def test_a_bomb_is_held_and_nothing_is_called_missing(limit: str) -> None:
    submission = a_submission(a_file("42.zip", bomb=limit))
    fires("archive-bomb", submission)
    assert faults(submission) == {"archive-bomb"}


def test_an_ordinary_archive_is_no_bomb() -> None:
    quiet("archive-bomb", a_submission(a_file("材料.zip"), *INSIDE))


def test_a_missing_reader_is_the_worlds_fault() -> None:
    submission = a_submission(a_file("材料.rar", unknown="reader-missing", entries=None))
    assert faults(submission) == {"not-inspected"}
