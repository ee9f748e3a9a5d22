"""Who gets in, who does not, and what the browser is told."""

from datetime import timedelta

import pytest
from argon2 import PasswordHasher
from httpx import Response

from daemon.ledger import Person
from daemon.web.cookies import SECRET
from daemon.web.door import FIRST, FREE, LAST, pause
from daemon.web.passwords import Passwords
from tests.daemon.web.staff import QUICK, OpenOffice, Staff

WORD = "correct horse"
MOMENT = timedelta(milliseconds=1)


@pytest.fixture
def wang(office: OpenOffice) -> Person:
    person = Person(name="wang", role="act")
    office.ledger.people.add(person, Passwords(QUICK).hash(WORD), office.clock())
    return person


def enter(browser: Staff, name: str = "wang", password: str = WORD, **more: str) -> Response:
    return browser.act("/sign-in", name=name, password=password, **more)


def test_a_visitor_is_led_to_the_sign_in(office: OpenOffice) -> None:
    answer = office.visitor().get("/messages?status=held")
    assert answer.status_code == 303
    assert answer.headers["location"] == "/sign-in?next=/messages%3Fstatus%3Dheld"


@pytest.mark.usefixtures("wang")
def test_after_the_sign_in_one_is_where_one_wanted_to_be(office: OpenOffice) -> None:
    browser = office.visitor()
    assert 'value="/replies?state=failed"' in browser.text(
        "/sign-in?next=/replies%3Fstate%3Dfailed"
    )
    answer = enter(browser, next="/replies?state=failed")
    assert answer.headers["location"] == "/replies?state=failed"
    assert "wang" in browser.follow(answer)
    assert browser.get("/sign-in").headers["location"] == "/"


@pytest.mark.usefixtures("wang")
@pytest.mark.parametrize(
    "where",
    [
        "https://evil.example/",
        "//evil.example/",
        "/\\evil.example",
        "\\\\evil.example",
        "javascript:alert(1)",
        "/a\r\nset-cookie: x=1",
        " /",
        "replies",
    ],
)
def test_a_sign_in_leads_nowhere_else(office: OpenOffice, where: str) -> None:
    answer = enter(office.visitor(), next=where)
    assert answer.headers["location"] == "/"
    assert "x=1" not in str(answer.headers.multi_items())


@pytest.mark.usefixtures("wang")
def test_a_stranger_and_a_wrong_password_are_told_the_same(office: OpenOffice) -> None:
    browser = office.visitor()
    wrong, stranger = enter(browser, password="wrong horse"), enter(browser, name="li")
    assert wrong.status_code == stranger.status_code == 403
    assert wrong.text.replace('value="wang"', "") == stranger.text.replace('value="li"', "")
    assert browser.get("/rules").status_code == 303


def test_a_stranger_s_password_is_hashed_too(
    office: OpenOffice, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The same work as for a person: the time tells nobody who there is."""
    hashed: list[bytes] = []
    real = PasswordHasher.hash

    def counting(self: PasswordHasher, word: bytes) -> str:
        hashed.append(word)
        return real(self, word)

    browser = office.visitor()
    monkeypatch.setattr(PasswordHasher, "hash", counting)
    enter(browser, name="nobody")
    assert hashed == [WORD.encode()]


@pytest.mark.usefixtures("wang")
def test_the_cookie_is_for_nobody_but_us(office: OpenOffice) -> None:
    cookie = enter(office.visitor()).headers["set-cookie"]
    assert cookie.startswith(f"{SECRET}=")
    assert {"HttpOnly", "Path=/", "SameSite=lax"} <= set(cookie.split("; "))
    assert "Domain" not in cookie
    assert "Secure" not in cookie, "this browser came by http"


@pytest.mark.usefixtures("wang")
def test_behind_https_the_cookie_is_for_https_alone(office: OpenOffice) -> None:
    browser = office.visitor()
    browser.client.headers["x-forwarded-proto"] = "https"
    cookie = browser.get("/sign-in").headers["set-cookie"]
    assert cookie.startswith(f"__Host-{SECRET}=")
    assert "Secure" in cookie.split("; ")


@pytest.mark.usefixtures("wang")
def test_a_secret_put_into_the_browser_before_is_worth_nothing(office: OpenOffice) -> None:
    browser = office.visitor()
    browser.get("/sign-in")
    planted = browser.client.cookies[SECRET]
    enter(browser)
    assert browser.client.cookies[SECRET] != planted
    thief = office.visitor()
    thief.client.cookies.set(SECRET, planted)
    assert thief.get("/rules").status_code == 303


@pytest.mark.usefixtures("wang")
def test_the_ledger_does_not_hold_what_the_cookie_holds(office: OpenOffice) -> None:
    browser = office.visitor()
    enter(browser)
    secret = browser.client.cookies[SECRET].encode()
    for path in (office.ledger.path, office.ledger.path.with_name("ledger.db-wal")):
        assert secret not in path.read_bytes()


@pytest.mark.usefixtures("wang")
def test_signing_out_ends_the_session_itself(office: OpenOffice) -> None:
    browser = office.visitor()
    enter(browser)
    kept = browser.client.cookies[SECRET]
    assert "已退出" in browser.follow(browser.act("/sign-out"))
    thief = office.visitor()
    thief.client.cookies.set(SECRET, kept)
    assert thief.get("/rules").status_code == 303


@pytest.mark.usefixtures("wang")
def test_a_new_password_and_a_removal_end_every_session(office: OpenOffice) -> None:
    first, second = office.visitor(), office.visitor()
    enter(first)
    office.ledger.people.password("wang", Passwords(QUICK).hash("another"), office.clock())
    assert first.get("/rules").status_code == 303
    enter(second, password="another")
    assert second.get("/rules").status_code == 200
    office.ledger.people.remove("wang")
    assert second.get("/rules").status_code == 303


@pytest.mark.usefixtures("wang")
def test_a_session_rests_no_longer_than_the_setting(office: OpenOffice) -> None:
    browser = office.visitor()
    enter(browser)
    office.clock.pass_(office.config.web.idle - MOMENT)
    assert browser.get("/rules").status_code == 200
    office.clock.pass_(office.config.web.idle)
    assert browser.get("/rules").status_code == 303


def test_another_role_counts_from_the_next_page_on(office: OpenOffice) -> None:
    boss = office.sign_in("act", name="boss")
    assert boss.get("/replies/1/edit").status_code == 200
    office.ledger.people.grant(Person(name="boss", role="read"))
    assert boss.get("/replies/1/edit").status_code == 403


@pytest.mark.usefixtures("wang")
def test_who_guesses_a_password_waits_even_with_the_right_one(office: OpenOffice) -> None:
    browser = office.visitor()
    for _ in range(FREE["name"]):
        assert enter(browser, password="guess").status_code == 403
    answer = enter(browser)
    assert answer.status_code == 429
    assert "不到 1 分钟" in answer.text
    office.clock.pass_(FIRST - MOMENT)
    assert enter(browser).status_code == 429
    office.clock.pass_(MOMENT)
    assert enter(browser).status_code == 303


@pytest.mark.usefixtures("wang")
def test_a_name_is_the_same_name_however_it_is_written(office: OpenOffice) -> None:
    browser = office.visitor()
    for name in ("wang", "WANG", "Wang", "ｗａｎｇ", "wAnG"):
        assert enter(browser, name=name, password="guess").status_code == 403
    assert enter(browser).status_code == 429


def test_a_stranger_s_name_waits_as_long(office: OpenOffice) -> None:
    browser = office.visitor()
    for _ in range(FREE["name"]):
        assert enter(browser, name="nobody").status_code == 403
    assert enter(browser, name="nobody").status_code == 429


@pytest.mark.usefixtures("wang")
def test_who_tries_many_names_waits_by_address(office: OpenOffice) -> None:
    browser = office.visitor("10.0.0.9")
    for n in range(FREE["address"]):
        assert enter(browser, name=f"name{n}").status_code == 403
    assert enter(browser).status_code == 429
    assert enter(office.visitor("10.0.0.10")).status_code == 303


@pytest.mark.usefixtures("wang")
def test_getting_in_wipes_the_slate(office: OpenOffice) -> None:
    for _ in range(3):
        browser = office.visitor()
        for _ in range(FREE["name"] - 1):
            assert enter(browser, password="guess").status_code == 403
        assert enter(browser).status_code == 303


def test_the_wait_doubles_up_to_a_quarter_of_an_hour() -> None:
    assert [pause("name", n) for n in (4, 5, 6, 7)] == [timedelta(), FIRST, 2 * FIRST, 4 * FIRST]
    assert pause("name", 9) == 16 * FIRST < LAST
    assert pause("name", 10) == pause("name", 10_000) == LAST
    assert pause("address", 19) == timedelta()


def test_a_hash_with_older_parameters_is_renewed(office: OpenOffice) -> None:
    older = PasswordHasher(time_cost=2, memory_cost=8, parallelism=1).hash(WORD)
    office.ledger.people.add(Person(name="wang", role="act"), older, office.clock())
    assert enter(office.visitor()).status_code == 303
    renewed = office.ledger.people.hash("wang")
    assert renewed is not None
    assert "t=1" in renewed
    assert QUICK.verify(renewed, WORD)


@pytest.mark.parametrize("word", ["", "x" * 1_001, WORD + "\0", " " + WORD, "\ud800"])
@pytest.mark.usefixtures("wang")
def test_no_other_password_fits(office: OpenOffice, word: str) -> None:
    safe = word.encode("utf-8", "replace").decode()
    assert enter(office.visitor(), password=safe).status_code == 403


def test_a_hash_that_somebody_edited_lets_nobody_in(office: OpenOffice) -> None:
    office.ledger.people.add(Person(name="wang", role="act"), "plain text", office.clock())
    assert enter(office.visitor(), password="plain text").status_code == 403
