"""Rules about scans and PDF."""

import pytest

from rules.submission import Submission
from tests.rules.builders import (
    FORM2,
    MATERIAL,
    MB,
    a_file,
    a_story,
    a_submission,
    codes,
    faults,
    fires,
    quiet,
    spoken,
    story_with,
)


def a_scan(name: str = "证书扫描件.pdf", **facts: object) -> Submission:
    return a_submission(a_file(name, **facts), FORM2, subject=MATERIAL)


@pytest.mark.parametrize(("name", "words"), [("扫描件.png", "PNG"), ("证书.ofd", "OFD")])
def test_a_scan_is_pdf_or_jpg(name: str, words: str) -> None:
    assert words in spoken(fires("scan-format", a_scan(name)))
    assert "scan-format" in codes(story_with(form=a_file("推荐表.png")))


@pytest.mark.parametrize("name", ["扫描件.pdf", "扫描件.jpg"])
def test_pdf_and_jpg_are_scans(name: str) -> None:
    quiet("scan-format", a_scan(name))


THIRTY = 30 * MB


@pytest.mark.parametrize("size", [THIRTY, THIRTY * 101 // 100])
def test_thirty_m_and_one_percent_are_within(size: int) -> None:
    quiet("scan-too-large", a_scan(size=size))


@pytest.mark.parametrize("name", ["证书扫描件.pdf", "证书扫描件.jpg"])
def test_a_byte_more_is_too_large(name: str) -> None:
    submission = a_scan(name, size=THIRTY * 101 // 100 + 1)
    said = spoken(fires("scan-too-large", submission))
    assert "30.3M" in said
    assert faults(submission) == {"scan-too-large"}


def test_a_pdf_with_a_password_is_returned() -> None:
    submission = a_scan(encrypted=True)
    fires("pdf-encrypted", submission)
    assert faults(submission) == {"pdf-encrypted"}


def test_a_pdf_that_opens_is_fine() -> None:
    quiet("pdf-encrypted", a_scan())
    quiet("pdf-damaged", a_scan())


@pytest.mark.parametrize("facts", [{"damaged": "unopenable"}, {"format": "unknown"}])
def test_a_pdf_that_does_not_open_is_damaged(facts: dict[str, str]) -> None:
    fires("pdf-damaged", a_scan(**facts))


def test_a_locked_pdf_in_the_place_of_the_text_is_one_fault() -> None:
    text = a_file("故事.pdf", encrypted=True)
    assert faults(story_with(text=text)) == {"text-not-word"}


def test_a_scan_without_text_is_a_scan() -> None:
    assert faults(a_story(a_file("证书.pdf", text_layer=False, chars=0))) == set()
