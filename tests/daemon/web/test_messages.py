"""来件: what is listed, for whom, and what a question of any kind leads to."""

import re

import pytest

from daemon.acts import Correction, Hand
from daemon.ledger import Filter
from tests.daemon.web.staff import NASTY, OpenOffice, Staff

ROW = re.compile(r'<a href="/messages/(\d+)">')


def listed(staff: Staff, query: str = "") -> list[int]:
    return [int(number) for number in ROW.findall(staff.text(f"/messages{query}"))]


def test_every_message_is_listed_the_newest_first(office: OpenOffice) -> None:
    found = listed(office.sign_in("read"))
    assert sorted(found) == [1, 2, 3, 4, 5]
    assert found == [line.id for line in office.ledger.browse.page(Filter())]


def test_a_department_sees_its_own_mail_alone(office: OpenOffice) -> None:
    theirs = office.sign_in("read", "xuanchuanbu")
    assert listed(theirs) == [5]
    assert listed(theirs, "?mailbox=zuzhibu") == []
    assert listed(theirs, "?q=战疫") == []


FOUND = {
    "?status=accepted": {1, 5},
    "?status=returned": {2},
    "?unit=园艺学院党委": {2},
    "?category=红色防火墙": {5},
    "?q=园艺": {2},
    "?q=蓬": {3},
    "?q=没有这个词": set(),
    "?reply=failed": set(),
    "?late=yes": set(),
    "?from=2020-07-01&to=2020-07-01": {1, 2, 3, 4, 5},
    "?from=2020-07-02": set(),
    "?to=2020-06-30": set(),
    "?mailbox=xuanchuanbu": {5},
    "?status=nonsense": {1, 2, 3, 4, 5},
}


def test_a_filter_leaves_what_it_asks_for(office: OpenOffice) -> None:
    reader = office.sign_in("read")
    assert {query: set(listed(reader, query)) for query in FOUND} == FOUND
    assert 3 in listed(reader, "?code=unit-unknown")


def test_the_next_page_goes_on_where_this_one_ended(
    office: OpenOffice, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("daemon.web.pages.messages.SIZE", 2)
    reader, seen, path = office.sign_in("read"), list[int](), "/messages?q="
    while path:
        page = reader.text(path)
        seen += [int(n) for n in ROW.findall(page)]
        after = re.search(r'rel="next" href="([^"]+)"', page)
        path = after[1].replace("&amp;", "&") if after else ""
    assert sorted(seen) == [1, 2, 3, 4, 5]


HOSTILE = (
    "?q=" + "x" * 10_000,
    '?q="',
    "?q=" + NASTY,
    "?after=nonsense",
    "?from=2020-99-99&to=x",
    "?unit=" + NASTY,
    "?status=" + NASTY,
    "?code=" + "9" * 10_000,
    "?late=maybe&reply=all&mailbox=../../etc",
    "?" + "&".join(f"a{n}=1" for n in range(500)),
)


def test_a_hostile_address_is_a_page_like_any_other(office: OpenOffice) -> None:
    reader = office.sign_in("read")
    for query in HOSTILE:
        assert NASTY not in reader.text(f"/messages{query}"), query[:80]


def test_what_a_sender_wrote_is_text(office: OpenOffice) -> None:
    page = office.sign_in("read").text("/messages")
    assert NASTY not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page


def test_a_visitor_sees_nothing(office: OpenOffice) -> None:
    answer = office.visitor().get("/messages")
    assert answer.status_code == 303
    assert answer.headers["location"].startswith("/sign-in")


def test_what_a_person_corrects_is_found_where_it_is_put(office: OpenOffice) -> None:
    right = Correction(unit="园艺学院党委", category="战疫故事汇", window="7月15日前", date=None)
    office.desk.acts.correct(3, Hand(who="clerk", why="写错了单位名称"), right)
    reader = office.sign_in("read")
    assert 3 in listed(reader, "?unit=园艺学院党委")
    assert 3 in listed(reader, "?q=园艺")
    assert 3 in listed(reader, "?q=蓬莱学院")  # as the sender wrote it
    with office.ledger._store.writing() as connection:
        connection.execute("insert into search (search) values ('integrity-check')")
