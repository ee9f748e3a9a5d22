"""All routes are attacked, those that are added later too: the application is asked for them.

`pytest -s tests/daemon/web/test_security.py` tells how much was tried.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import closing

import pytest

from daemon.web import form
from daemon.web.cookies import SECRET
from tests.daemon.web.attack import EVERYBODY, ONLY_THERE, Figures, forms, runs, ways
from tests.daemon.web.staff import HERE, NASTY, OpenOffice

LONG = "x" * 10_000
QUIET = ("session", "failure")  # tables in which a visit leaves its mark
TRAVERSALS = (
    "/static/../app.py",
    "/static/..%2fapp.py",
    "/static/%2e%2e/app.py",
    "/static/%2e%2e%2fapp.py",
    "/static/..%5capp.py",
    "/static/....//app.py",
    "/static/%252e%252e/app.py",
    "/static//etc/passwd",
    "/static/%2fetc%2fpasswd",
    "/static/baosong.css/../../app.py",
    "/static/%00",
    "/files/..%2f..%2f..%2fetc%2fpasswd",
    "/files/../../etc/passwd",
    "/files/1%2f..%2f..%2fconfig.toml",
    "/files/1/../../../config.toml",
    "/files/%00",
    "/files/-1",
    "/files/99999999999999999999999",
    "/messages/../../etc/passwd",
    "/messages/%2e%2e%2fledger.db",
    "/replies/99999999999999999999999",
)


@pytest.fixture(scope="module")
def figures() -> Iterator[Figures]:
    counted = Figures()
    yield counted
    print(counted)


def kept(office: OpenOffice) -> dict[str, list[tuple[object, ...]]]:
    """Everything the ledger holds, but for who is signed in."""
    with closing(sqlite3.connect(office.ledger.path)) as db:
        names = [
            row[0] for row in db.execute("select name from sqlite_master where type = 'table'")
        ]
        return {
            name: db.execute(f'select * from "{name}"').fetchall()
            for name in names
            if name not in QUIET and not name.startswith("search")
        }


def test_without_a_sign_in_nothing_is_shown(office: OpenOffice, figures: Figures) -> None:
    visitor = office.visitor()
    for way in ways(visitor, "GET"):
        answer = figures.saw("pages without a sign-in", way.go(visitor))
        if way.path not in EVERYBODY:
            assert answer.status_code == 303, way
            assert answer.headers["location"].startswith("/sign-in"), way
            assert answer.text == "", way


def test_without_a_sign_in_nothing_is_done(office: OpenOffice, figures: Figures) -> None:
    before = kept(office)
    for way in ways(visitor := office.visitor(), "POST"):
        for form_ in ({}, {"csrf": visitor.token}):
            answer = figures.saw("acts without a sign-in", way.go(visitor, **form_))
            assert answer.status_code in {401, 403} or way.path == "/sign-out", way
    assert kept(office) == before


def test_a_script_that_is_not_signed_in_is_told_so(office: OpenOffice) -> None:
    assert office.visitor().get("/running", sec_fetch_dest="empty").status_code == 401


def test_an_act_without_the_right_token_is_refused(office: OpenOffice, figures: Figures) -> None:
    boss, other = office.sign_in("admin", name="boss"), office.sign_in("admin", name="other")
    before = kept(office)
    for way in ways(boss, "POST"):
        for token in ("", "wrong", other.token, boss.client.cookies[SECRET], boss.token[:-1]):
            answer = figures.saw("acts with a wrong token", way.go(boss, csrf=token))
            assert answer.status_code == 403, (way, token)
        answer = figures.saw("acts without a token", way.go(boss))
        assert answer.status_code == 403, way
    assert kept(office) == before


@pytest.mark.parametrize(
    "header",
    [
        {"origin": "https://evil.example"},
        {"origin": "null"},
        {"origin": "http://127.0.0.1:9999"},
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site"},
    ],
)
def test_an_act_from_another_site_is_refused(
    office: OpenOffice, header: dict[str, str], figures: Figures
) -> None:
    boss = office.sign_in("admin", name="boss")
    before = kept(office)
    for way in ways(boss, "POST"):
        answer = boss.send(way.path, {"csrf": boss.token}, header)
        assert figures.saw("acts from another site", answer).status_code == 403, way
    assert kept(office) == before


def test_a_form_from_our_own_page_is_taken(office: OpenOffice) -> None:
    boss = office.sign_in("admin", name="boss")
    header = {"origin": HERE, "sec-fetch-site": "same-origin"}
    assert boss.send("/sign-out", {"csrf": boss.token}, header).status_code == 303


def test_who_only_reads_does_nothing(office: OpenOffice, figures: Figures) -> None:
    reader = office.sign_in("read", name="reader")
    before = kept(office)
    for way in ways(reader, "POST"):
        if way.path not in EVERYBODY:
            answer = figures.saw("acts in the wrong role", way.go(reader, csrf=reader.token))
            assert answer.status_code in {403, 404}, way
    assert kept(office) == before


def test_another_department_s_mail_is_not_there(office: OpenOffice, figures: Figures) -> None:
    """Neither its pages nor its files; and no list tells of it."""
    other = office.sign_in("act", "xuanchuanbu", name="other")
    for way in ways(other, "GET"):
        answer = figures.saw("pages of another department", way.go(other))
        if any(part == "1" for part in way.path.split("/")):
            assert answer.status_code in {403, 404}, way
        told = [word for word in ONLY_THERE if word in answer.text]
        assert not told, (way, told)


def test_nothing_is_done_to_another_department_s_mail(office: OpenOffice, figures: Figures) -> None:
    other = office.sign_in("act", "xuanchuanbu", name="other")
    before = kept(office)
    for way in ways(other, "POST"):
        if any(part == "1" for part in way.path.split("/")):
            form_ = {"csrf": other.token, "why": "x", "reason": "x"}
            answer = figures.saw("acts on another department", way.go(other, **form_))
            assert answer.status_code in {403, 404}, way
    assert kept(office) == before


@pytest.mark.parametrize("path", TRAVERSALS)
def test_no_path_leads_out(office: OpenOffice, path: str, figures: Figures) -> None:
    boss = office.sign_in("admin", name="boss")
    answer = figures.saw("paths that lead out", boss.get(path))
    assert answer.status_code in {400, 404, 405}, answer.text
    assert "root:" not in answer.text
    assert "import" not in answer.text


def test_what_strangers_write_is_never_code(office: OpenOffice, figures: Figures) -> None:
    """The same letter has a script as its unit, its sender, its text and the name of its file."""
    boss = office.sign_in("admin", name="boss")
    hostile = [way.path.replace("/1", "/4") for way in ways(boss, "GET")]
    escaped = 0
    for path in {*hostile, *(way.path for way in ways(boss, "GET")), f"/messages?q={NASTY}"}:
        answer = figures.saw("pages with a script in the mail", boss.get(path))
        if "text/html" in answer.headers.get("content-type", ""):
            assert not runs(answer.text), path
            escaped += answer.text.count("&lt;script&gt;")
    assert escaped > 0


def test_what_is_asked_for_is_never_code(office: OpenOffice, figures: Figures) -> None:
    boss = office.sign_in("admin", name="boss")
    for asking in forms(boss):
        for name in asking.fields - {"csrf"}:
            given = {name: f'"><img src=x onerror="alert(1)">{NASTY}'}
            if asking.method == "get":
                answer = boss.client.get(asking.action, params=given, follow_redirects=False)
            else:
                answer = boss.act(asking.action, **given)
            figures.saw("fields with a script in them", answer)
            assert answer.status_code < 500, (asking, name)
            assert not runs(answer.text), (asking, name)


def test_a_field_of_ten_thousand_characters_is_refused_or_cut(
    office: OpenOffice, figures: Figures
) -> None:
    boss = office.sign_in("admin", name="boss")
    for asking in forms(boss):
        for name in asking.fields - {"csrf"}:
            if asking.method == "get":
                answer = boss.client.get(asking.action, params={name: LONG}, follow_redirects=False)
            else:
                answer = boss.act(asking.action, **{name: LONG})
            figures.saw("fields of 10,000 characters", answer)
            assert answer.status_code < 500, (asking, name)
    rows = kept(office)
    rows.pop("reply")  # the text of a letter may be long
    assert not any(LONG in str(row) for table in rows.values() for row in table)


def test_a_form_may_have_256_kib_and_not_a_byte_more(office: OpenOffice) -> None:
    boss = office.sign_in("admin", name="boss")
    begun = f"csrf={boss.token}&x="
    for size, status in ((form.BODY_BYTES, 303), (form.BODY_BYTES + 1, 413)):
        body = begun + "x" * (size - len(begun))
        headers = {"content-type": form.TYPE}
        answer = boss.client.post(
            "/replies/approve", content=body, headers=headers, follow_redirects=False
        )
        assert answer.status_code == status, size


def test_a_form_with_too_many_fields_is_no_form(office: OpenOffice) -> None:
    boss = office.sign_in("admin", name="boss")
    answer = boss.act("/replies/approve", reply=["1"] * (form.FIELDS + 1))
    assert answer.status_code == 400


def test_what_is_no_form_is_refused(office: OpenOffice) -> None:
    boss = office.sign_in("admin", name="boss")
    answer = boss.client.post("/replies/approve", json={"csrf": boss.token})
    assert answer.status_code == 415


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "BREW"])
def test_other_methods_do_nothing(office: OpenOffice, method: str) -> None:
    boss = office.sign_in("admin", name="boss")
    assert boss.client.request(method, "/replies/1/approve").status_code == 405


def test_a_page_that_called_itself_by_our_address_is_a_stranger(office: OpenOffice) -> None:
    """DNS rebinding: a name of theirs leads to our address, and the browser brings the cookie."""
    boss = office.sign_in("admin", name="boss")
    for host in ("evil.example", "127.0.0.1.evil.example:8765", "localhost.evil.example", ""):
        assert boss.get("/rules", host=host).status_code == 421
    for host in ("localhost:8765", "127.0.0.1", "[::1]:8765", "LOCALHOST"):
        assert boss.get("/rules", host=host).status_code == 200


def test_static_files_are_for_everybody_and_only_they(office: OpenOffice) -> None:
    visitor = office.visitor()
    assert visitor.get("/static/baosong.css").status_code == 200
    assert visitor.get("/static/nothing.css").status_code == 404
    assert visitor.get("/staticbaosong.css").status_code == 303
    assert visitor.get("/sign-in/../messages").status_code == 303
