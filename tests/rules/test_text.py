"""Rules about Word documents."""

import pytest

from rules.judge import judge
from rules.verdict import Status
from tests.rules.builders import (
    FORM,
    NOTICE,
    PHOTOS,
    TEXT,
    a_file,
    a_story,
    a_submission,
    faults,
    fires,
    quiet,
    spoken,
    story_with,
    with_kind,
)


@pytest.mark.parametrize(
    ("name", "format_", "words"),
    [
        ("故事.wps", "wps", "WPS 文字格式"),
        ("故事.doc", "rtf", "RTF"),
        ("故事.doc", "html", "网页"),
        ("故事.odt", "odt", "OpenDocument"),
        ("故事.txt", "txt", "纯文本"),
        ("故事.pdf", "pdf", "PDF"),
        ("故事.ofd", "ofd", "OFD"),
        ("扫描件.pdf", "pdf", "PDF"),
    ],
)
def test_a_text_that_is_not_word_is_named_as_what_it_is(
    name: str, format_: str, words: str
) -> None:
    submission = story_with(text=a_file(name, format=format_))
    assert words in spoken(fires("text-not-word", submission))
    assert faults(submission) == {"text-not-word"}


@pytest.mark.parametrize("layer", [True, False])
def test_a_pdf_is_never_the_text_with_or_without_a_text_layer(layer: bool) -> None:
    fires("text-not-word", story_with(text=a_file("故事.pdf", text_layer=layer)))


@pytest.mark.parametrize("format_", ["docx", "doc"])
def test_word_is_word_whatever_the_file_is_called(format_: str) -> None:
    quiet("text-not-word", story_with(text=a_file("故事.wps", format=format_, chars=900)))


def test_a_pdf_beside_the_text_is_a_scan() -> None:
    verdict = judge(a_story(a_file("报送函.pdf")), NOTICE)
    assert verdict.submission.attachments[-1].kind == "scan"
    quiet("text-not-word", a_story(a_file("报送函.pdf")))


def test_a_note_in_plain_text_beside_the_document_does_no_harm() -> None:
    quiet("text-not-word", a_story(a_file("说明.txt")))


def test_a_form_in_another_format_is_told_so_and_counts() -> None:
    assert faults(story_with(form=a_file("推荐表.wps"))) == {"text-not-word"}


def test_a_document_with_a_password_is_one_fault() -> None:
    submission = story_with(text=a_file("故事.docx", encrypted=True, chars=None))
    fires("word-encrypted", submission)
    assert faults(submission) == {"word-encrypted"}
    quiet("word-encrypted", a_story())


@pytest.mark.parametrize("facts", [{"damaged": "unopenable"}, {"format": "unknown"}])
def test_a_document_that_does_not_open_is_damaged(facts: dict[str, str]) -> None:
    submission = story_with(text=a_file("故事.docx", **facts))
    fires("word-damaged", submission)
    assert faults(submission) == {"word-damaged"}


def test_a_whole_document_is_not_damaged() -> None:
    quiet("word-damaged", a_story())


@pytest.mark.parametrize(
    "text",
    [
        a_file("故事.docm"),
        a_file("故事.doc", macros=True),
        a_file("故事.docx", remote_template=True),
    ],
)
def test_macros_and_remote_templates_are_held(text: object) -> None:
    submission = a_submission(text, *PHOTOS, FORM)  # type: ignore[arg-type]
    fires("word-macros", submission)
    assert faults(submission) == {"word-macros"}
    assert judge(submission, NOTICE).status is Status.HELD


def test_a_document_without_macros_is_not_held() -> None:
    quiet("word-macros", a_story())


LENGTHS = with_kind("text", min_chars=800, max_chars=1500)


@pytest.mark.parametrize(("chars", "words"), [(799, "少了 1 字"), (1501, "多了 1 字")])
def test_a_text_outside_the_range_is_told_by_how_much(chars: int, words: str) -> None:
    submission = story_with(text=a_file("故事.docx", chars=chars))
    said = spoken(fires("text-length", submission, LENGTHS), LENGTHS)
    assert words in said
    assert "800–1500" in said


@pytest.mark.parametrize("chars", [800, 1500])
def test_the_ends_of_the_range_are_within(chars: int) -> None:
    quiet("text-length", story_with(text=a_file("故事.docx", chars=chars)), LENGTHS)


def test_one_end_of_the_range_may_be_open() -> None:
    least = with_kind("text", min_chars=800)
    short = story_with(text=a_file("故事.docx", chars=799))
    assert "≥ 800" in spoken(fires("text-length", short, least), least)
    quiet("text-length", story_with(text=a_file("故事.docx", chars=9000)), least)
    quiet("text-length", story_with(text=a_file("故事.docx", chars=None)), least)
    quiet("text-length", a_submission(TEXT))


def test_one_locked_file_under_two_names_fills_both_parts() -> None:
    locked = {"encrypted": True, "sha256": "twin", "chars": None}
    text, form = a_file("故事.docx", **locked), a_file("附件1推荐表.docx", **locked)
    assert faults(a_submission(text, form, *PHOTOS)) == {"word-encrypted"}
