"""Answers: where a redirect may lead, what a file is called, what is said once."""

from hypothesis import given
from hypothesis import strategies as st
from starlette.datastructures import MutableHeaders

from daemon.web.headers import ALWAYS, harden
from daemon.web.page import disposition, local
from tests.daemon.web.staff import OpenOffice, Staff


@given(st.text(max_size=50))
def test_a_redirect_never_leaves_the_house(where: str) -> None:
    found = local(where)
    assert found.startswith("/")
    assert not found.startswith(("//", "/\\"))
    assert not set(found) & set(" \t\r\n\0")


@given(st.text(st.characters(codec=None), max_size=300))
def test_a_file_name_is_one_header_line_of_ascii(name: str) -> None:
    said = disposition(name)
    assert said.isascii()
    assert said.startswith("attachment; filename*=utf-8''")
    assert not set(said[len("attachment; ") :]) & set('\r\n"\\/;, ')


def test_a_path_of_ours_is_kept() -> None:
    for where in ("/", "/messages?q=战疫&status=held", "/replies/1#text"):
        assert local(where) == where


def test_a_file_may_be_shown_where_it_is() -> None:
    assert disposition("战疫.jpg", inline=True) == "inline; filename*=utf-8''%E6%88%98%E7%96%AB.jpg"
    assert disposition("") == "attachment; filename*=utf-8''file"
    assert disposition("../../etc/passwd") == "attachment; filename*=utf-8''.._.._etc_passwd"


def test_a_page_may_have_a_policy_of_its_own_and_no_laxer_headers() -> None:
    headers = MutableHeaders({"content-security-policy": "sandbox", "x-frame-options": "ALLOW"})
    harden(headers)
    assert headers["content-security-policy"] == "sandbox"
    assert {name: headers[name] for name in ALWAYS} == ALWAYS


def test_what_is_said_for_the_next_page_cannot_be_put_there_by_others(clerk: Staff) -> None:
    mark = "0" * 64
    clerk.client.cookies.set("baosong-said", f"{mark}.evil%20words")
    assert "evil words" not in clerk.text("/rules")


def test_a_fault_of_ours_says_nothing_of_it(office: OpenOffice) -> None:
    """The traceback is for the log."""
    boss = office.sign_in("admin", name="boss")
    office.ledger.close()
    answer = boss.get("/rules")
    assert answer.status_code in {500, 503}
    assert "Traceback" not in answer.text
    assert "sqlite" not in answer.text.lower()
    assert answer.headers["x-frame-options"] == "DENY"
