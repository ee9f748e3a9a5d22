"""A proxy in front of us signs people in: believed from its address, ignored from any other."""

from dataclasses import replace

import pytest

from daemon.ledger import Person
from tests.daemon.web.staff import OpenOffice

HEADER = "X-Remote-User"


@pytest.fixture
def behind(office: OpenOffice) -> OpenOffice:
    """The office, with a proxy at 10.1.1.1."""
    given = {
        "proxy_header": HEADER,
        "proxy_from": ["10.1.1.1", "10.2.0.0/16"],
        "hosts": ["baosong.example.cn"],
    }
    web = type(office.config.web).model_validate(given)
    config = office.config.model_copy(update={"web": web})
    office.ledger.people.add(Person(name="wang", role="read"), "none", office.clock())
    return replace(office, config=config, desk=replace(office.desk, config=config))


@pytest.mark.parametrize("address", ["10.1.1.1", "10.2.7.7"])
def test_whom_the_proxy_names_is_signed_in(behind: OpenOffice, address: str) -> None:
    browser = behind.visitor(address)
    assert "wang" in browser.get("/rules", **{HEADER: "wang"}).text
    assert browser.get("/rules").status_code == 303


@pytest.mark.parametrize("address", ["127.0.0.1", "10.1.1.2", "10.3.0.1", "testclient", "::1"])
def test_from_anywhere_else_the_header_is_nothing(behind: OpenOffice, address: str) -> None:
    assert behind.visitor(address).get("/rules", **{HEADER: "wang"}).status_code == 303


def test_without_the_setting_the_header_is_nothing(office: OpenOffice) -> None:
    office.sign_in("admin", name="wang")
    assert office.visitor().get("/rules", **{HEADER: "wang"}).status_code == 303


def test_whom_we_do_not_know_is_told_so(behind: OpenOffice) -> None:
    answer = behind.visitor("10.1.1.1").get("/rules", **{HEADER: "li"})
    assert answer.status_code == 403
    assert "baosong user add" in answer.text
    assert "战疫" not in answer.text


def test_forms_need_their_token_all_the_same(behind: OpenOffice) -> None:
    browser = behind.visitor("10.1.1.1")
    browser.client.headers[HEADER] = "wang"
    assert browser.send("/sign-out", {}).status_code == 403
    assert browser.act("/sign-out").status_code == 303


def test_the_role_is_ours_to_give(behind: OpenOffice) -> None:
    answer = behind.visitor("10.1.1.1").get("/replies/1/edit", **{HEADER: "wang"})
    assert answer.status_code == 403


def test_guesses_are_counted_by_the_browser_s_own_address(behind: OpenOffice) -> None:
    """What stands before the last comma anybody can write."""
    for n in range(30):
        browser = behind.visitor("10.1.1.1")
        browser.client.headers["x-forwarded-for"] = f"8.8.8.{n}, 9.9.9.9"
        answer = browser.act("/sign-in", name=f"name{n}", password="guess")
    assert answer.status_code == 429
    other = behind.visitor("10.1.1.1")
    other.client.headers["x-forwarded-for"] = "9.9.9.10"
    assert other.act("/sign-in", name="name99", password="guess").status_code == 403


def test_the_name_it_is_reached_by_is_known(behind: OpenOffice) -> None:
    browser = behind.visitor("10.1.1.1")
    assert browser.get("/sign-in", host="baosong.example.cn").status_code == 200
    assert browser.get("/sign-in", host="BAOSONG.example.cn:443").status_code == 200
    assert browser.get("/sign-in", host="evil.example").status_code == 421
