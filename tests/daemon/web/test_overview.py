"""总览: who owes what, until when, as the ledger has it."""

import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from daemon.acts import Hand
from daemon.ledger import Place, Standing
from daemon.web.board import STATES, board
from tests.daemon.ledger.entries import NOTICE, UNITS
from tests.daemon.web.staff import OpenOffice, Staff

DUE = datetime(2020, 7, 15, 16, tzinfo=UTC)  # the 15th ends in Guangzhou
STORY = Place(notice="2020-four-ones", unit="农学院党委", category="战疫故事汇", window="7月15日前")


def a_standing(unit: str = UNITS[0].name, **changes: object) -> Standing:
    standing = Standing(
        notice=NOTICE.id,
        notice_title="四个一",
        unit=unit,
        category="战疫故事汇",
        window="7月15日前",
        state="missing",
        closes="2020-07-15",
    )
    return replace(standing, **changes)  # type: ignore[arg-type]


def state_of(standing: Standing, now: datetime) -> str:
    found = board(NOTICE, [standing], now)
    assert found is not None
    [cell] = found.rows[0].cells
    assert cell is not None
    return cell.state


def test_what_has_not_come_is_overdue_from_the_first_instant_after_the_day() -> None:
    assert state_of(a_standing(), DUE - timedelta(milliseconds=1)) == "missing"
    assert state_of(a_standing(), DUE) == "overdue"


def test_an_extension_counts_for_its_unit() -> None:
    granted = a_standing(extended="2020-07-20T16:00:00.000Z")
    assert state_of(granted, DUE) == "missing"
    assert state_of(granted, DUE + timedelta(days=5)) == "overdue"


@pytest.mark.parametrize("state", ["accepted", "returned", "held"])
def test_what_came_is_what_it_is_however_late(state: str) -> None:
    assert state_of(a_standing(state=state, late=True), DUE + timedelta(days=9)) == state


def test_nothing_is_owed_where_it_was_waived() -> None:
    assert state_of(a_standing(waived="撤并"), DUE) == "waived"
    assert state_of(a_standing(waived="撤并", state="returned"), DUE) == "waived"
    assert state_of(a_standing(waived="撤并", state="accepted"), DUE) == "accepted"


def test_a_notice_that_is_gone_has_no_due_times() -> None:
    found = board(None, [a_standing()], DUE)
    assert found is not None
    assert (found.heads[0].due, found.heads[0].left) == (None, None)


def test_columns_and_the_board_count_every_place() -> None:
    standings = [
        a_standing(UNITS[0].name, state="accepted"),
        a_standing(UNITS[1].name, state="returned"),
        a_standing(UNITS[2].name, waived="不适用"),
    ]
    found = board(NOTICE, standings, DUE - timedelta(days=3))
    assert found is not None
    assert dict(found.counts) == {
        **dict.fromkeys(STATES, 0),
        "accepted": 1,
        "returned": 1,
        "waived": 1,
    }
    [head] = found.heads
    assert (head.done, head.expected, head.left) == (1, 2, timedelta(days=3))
    assert [row.owed for row in found.rows] == [0, 1, 0]
    assert [row.unit for row in found.only({"returned"}, "")] == [UNITS[1].name]
    assert [row.unit for row in found.only((), "机关")] == [UNITS[2].name]


def test_a_later_version_beside_the_effective_one_is_told() -> None:
    standing = a_standing(state="accepted", version=1, last_version=2, last_state="held")
    found = board(NOTICE, [standing], DUE)
    assert found is not None
    [cell] = found.rows[0].cells
    assert cell is not None
    assert cell.newer == "held"


def cells(staff: Staff, path: str = "/") -> dict[str, list[str]]:
    """Each unit's cells, by their words."""
    rows = re.findall(
        r'<th scope="row">.*?value="([^"]+)".*?</th>(.*?)</tr>', staff.text(path), re.DOTALL
    )
    word = re.compile(r"<td class=\"cell [^>]*>\s*<(?:a|span)[^>]*>([^<]+)<")
    return {unit: word.findall(row) for unit, row in rows}


def test_the_matrix_shows_every_unit_and_category(office: OpenOffice) -> None:
    found = cells(office.sign_in("read"))
    assert found["农学院党委"] == ["合规", "未交", "未交", "合规", "未交"]
    assert found["园艺学院党委"][0] == "需补正"
    assert len(found) == len(office.config.notices[0].roster)


def test_a_cell_opens_its_submission(office: OpenOffice) -> None:
    assert 'href="/messages/1">合规</a>' in office.sign_in("read").text("/")


def test_who_is_missing_is_a_list_to_ask_for(office: OpenOffice) -> None:
    reader = office.sign_in("read")
    assert "农学院党委" not in cells(reader, "/?show=accepted&q=园艺")
    assert set(cells(reader, "/?show=returned")) == {"园艺学院党委"}
    office.clock.pass_(timedelta(days=30))
    late = cells(office.sign_in("read", name="later"), "/?show=overdue")
    assert late["园艺学院党委"][3] == "逾期未交"


def test_a_department_sees_the_categories_of_its_mailbox(office: OpenOffice) -> None:
    found = cells(office.sign_in("read", "xuanchuanbu"))
    assert found["农学院党委"] == ["合规", "未交"]


def test_an_extension_shows_its_own_day(office: OpenOffice) -> None:
    place = replace(STORY, unit="园艺学院党委")
    office.ledger.concessions.extend(place, datetime(2020, 7, 20, 16, tzinfo=UTC))
    assert "延至 07-20" in office.sign_in("read").text("/")  # the 20th is still in time


def test_ticked_units_go_to_the_reminders(office: OpenOffice) -> None:
    page = office.sign_in("read").text("/")
    assert 'action="/reminders"' in page
    assert 'name="notice" value="2020-four-ones"' in page
    assert 'name="unit" value="农学院党委"' in page


def test_an_address_that_makes_no_sense_is_the_overview(office: OpenOffice) -> None:
    reader = office.sign_in("read")
    for query in ("?show=no", "?notice=no", "?notice=all", "?q=<script>", "?show=" + "x" * 9999):
        page = reader.text(f"/{query}")
        assert "<script>" not in page
        assert "总览" in page


def test_no_style_stands_in_the_page(office: OpenOffice) -> None:
    page = office.sign_in("read").text("/")
    assert "style=" not in page
    assert "<style" not in page


def test_what_a_person_decided_is_marked(office: OpenOffice) -> None:
    clerk = office.sign_in("act", name="clerk")
    office.desk.acts.accept(2, Hand(who="clerk", why="看过，可以"))
    place = replace(STORY, unit="机关党委")
    office.desk.acts.not_applicable(place, Hand(who="clerk", why="撤并"))
    page = clerk.text("/")
    assert cells(clerk)["园艺学院党委"][0] == "合规"
    assert cells(clerk)["机关党委"][0] == "不适用"
    assert 'title="由 clerk 判定"' in page
    assert 'title="撤并"' in page
