"""What the pages say is there in both languages, and nothing is said that no page says."""

import re
from dataclasses import replace
from pathlib import Path

import pytest

from daemon.web import words
from daemon.web.app import HERE, NAVIGATION
from daemon.web.words import merged, speaker, teller
from tests.daemon.web.staff import OpenOffice

KEY = re.compile(r"""\b(?:t|say)\((?:request, )?"([^"]+)"(?![^)]*~)""")
PLACEHOLDER = re.compile(r"\{(\w*)\}")
SOURCES = sorted([*HERE.glob("templates/*.html"), *HERE.glob("pages/*.py")])
ALL = merged(words.TABLES)


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.name)
def test_every_word_that_is_used_is_there(path: Path) -> None:
    found = KEY.findall(path.read_text(encoding="utf-8"))
    missing = [key for key in found if key not in ALL and not key.endswith(".")]
    assert not missing


@pytest.mark.parametrize("key", sorted(ALL))
def test_both_languages_say_the_same(key: str) -> None:
    chinese, english = ALL[key]
    assert chinese.strip()
    assert english.strip()
    assert set(PLACEHOLDER.findall(chinese)) == set(PLACEHOLDER.findall(english))


def test_a_key_is_said_once() -> None:
    with pytest.raises(ValueError, match="said twice: a"):
        merged([{"a": ("一", "one")}, {"a": ("二", "two")}])


def test_every_page_of_the_navigation_has_a_name() -> None:
    assert all(f"nav.{path}" in ALL for path in NAVIGATION)


def test_what_the_history_has_no_word_for_is_shown_as_it_stands() -> None:
    assert teller("zh")("reply sent") == "回复已发出"
    assert teller("en")("<b>") == "<b>"


def test_braces_in_what_is_filled_in_stay() -> None:
    assert speaker("zh")("replies.pick", to="{to}{x}") == "选择发给 {to}{x} 的回复"


def test_pages_are_english_where_the_office_is(office: OpenOffice) -> None:
    office.config = office.config.model_copy(update={"language": "en"})
    office.desk = replace(office.desk, config=office.config)
    boss = office.sign_in("admin", name="boss")
    for path in ("/rules", "/running", "/replies/2", "/replies", "/replies?state=sent"):
        page = boss.text(path)
        assert '<html lang="en">' in page
        assert "Sign out" in page
        assert "退出" not in page
