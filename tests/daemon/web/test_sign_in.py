"""Who gets in, who does not, and what the browser is told."""

from tests.daemon.web.staff import OpenOffice, Staff


def test_a_visitor_is_led_to_the_sign_in(office: OpenOffice) -> None:
    answer = office.visitor().get("/messages?state=held")
    assert answer.status_code == 303
    assert answer.headers["location"] == "/sign-in?next=/messages%3Fstate%3Dheld"


def test_whoever_is_signed_in_is_greeted_by_name(clerk: Staff) -> None:
    assert clerk.get("/sign-in").headers["location"] == "/"
    assert "clerk" in clerk.get("/nowhere").text
