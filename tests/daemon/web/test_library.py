"""素材库: accepted material to leaf through."""

import re

import pytest

from tests.daemon.web.staff import NASTY, OpenOffice, Staff

NAME = re.compile(r'<p class="name"><a href="/messages/\d+">([^<]+)</a>')


def shown(staff: Staff, query: str = "") -> list[str]:
    return NAME.findall(staff.text(f"/library{query}"))


def test_accepted_material_is_shown_under_the_title_of_its_form(office: OpenOffice) -> None:
    page = office.sign_in("read").text("/library")
    names = NAME.findall(page)
    assert names.count("田间地头的党旗") == 3  # text and two pictures of one submission
    assert "农学院党委+红色防火墙.docx" in names  # no form, so its own name
    assert 'loading="lazy"' in page
    assert "照片.png" not in page  # returned
    assert NASTY not in page


def test_kinds_categories_units_and_words_are_asked_for(office: OpenOffice) -> None:
    reader = office.sign_in("read")
    assert len(shown(reader, "?kind=image")) == 2
    assert len(shown(reader, "?kind=form")) == 1
    assert shown(reader, "?category=红色防火墙") == ["农学院党委+红色防火墙.docx"]
    assert shown(reader, "?unit=园艺学院党委") == []
    assert len(shown(reader, "?q=田间地头")) == 3
    assert shown(reader, "?selected=yes") == []
    assert len(shown(reader, "?kind=<script>&after=x&q=%22")) == 4


def test_a_department_sees_its_own_material(office: OpenOffice) -> None:
    theirs = office.sign_in("read", "xuanchuanbu")
    assert shown(theirs) == ["农学院党委+红色防火墙.docx"]


def test_the_next_page_goes_on_where_this_one_ended(
    office: OpenOffice, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("daemon.web.pages.library.SIZE", 2)
    reader, seen, path = office.sign_in("read"), list[str](), "/library"
    while path:
        page = reader.text(path)
        seen += re.findall(r'href="/files/(\d+)"', page)
        after = re.search(r'rel="next" href="([^"]+)"', page)
        path = after[1].replace("&amp;", "&") if after else ""
    assert len(seen) == len(set(seen)) == 4


def test_who_decides_may_select_and_who_reads_may_not(office: OpenOffice) -> None:
    assert "/acts/select" not in office.sign_in("read").text("/library")
    actor = office.sign_in("act")
    page = actor.text("/library")
    assert 'action="/messages/1/acts/select"' in page
    seen = re.search(r'/messages/1/acts/select".*?name="seen" value="(\d+)"', page, re.DOTALL)
    assert seen is not None
    assert int(seen[1]) == office.ledger.acts.seen(1)
