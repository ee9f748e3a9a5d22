"""The doctor before real servers: each line is ok, or says what to do."""

from datetime import timedelta
from pathlib import Path

import pytest

from daemon import clock
from daemon.doctor import Check, examine, exit_status
from tests.daemon.config.files import written
from tests.daemon.offices import an_office
from tests.servers import dovecot, postbox
from tests.servers.dovecot import free_port
from tests.servers.letterbox import NOON, Letterbox
from tests.servers.postbox import Postbox

LETTER = b"Subject: one\r\n\r\ntext\r\n"
FILE = """
state = "state"
notices = ["notices/2020-four-ones.toml"]
[[mailbox]]
name = "zuzhibu"
department = "组织部"
address = "zuzhibu@example.org"
  [mailbox.imap]
  host = "localhost"
  port = {imap}
  tls = "{tls}"
  ca = "{ca}"
  username = "{user}"
  password = '{word}'
  [mailbox.smtp]
  host = "localhost"
  port = {smtp}
  tls = "none"
  username = "{login}"
  password = "{smtp_word}"
[replies]
envelope = "{envelope}"
"""


def words(letterbox: Letterbox, postbox_: Postbox) -> dict[str, object]:
    """What makes everything in FILE right."""
    server = letterbox.server
    return {
        "imap": server.tls_port,
        "tls": "implicit",
        "ca": server.certificate,
        "user": letterbox.user,
        "word": dovecot.PASSWORD,
        "smtp": postbox_.port,
        "login": postbox.LOGIN,
        "smtp_word": postbox.PASSWORD,
        "envelope": "self",
    }


def seen(folder: Path, given: dict[str, object]) -> dict[str, Check]:
    """Every check by what it looked at, a bad one before a good one."""
    checks = list(examine(written(folder, FILE.format(**given))))
    return {c.what: c for c in sorted(checks, key=lambda c: c.status)}


def test_each_step_of_a_good_mailbox_is_ok(
    letterbox: Letterbox, postbox: Postbox, tmp_path: Path
) -> None:
    letterbox.put(LETTER)
    checks = seen(tmp_path, words(letterbox, postbox))
    steps = ("name", "connection", "login", "ID", "certificate", "folder", "envelope")
    assert {checks[f"zuzhibu {step}"].grade for step in steps} == {"ok"}
    assert checks["zuzhibu SMTP login"].grade == "ok"
    assert "1 messages" in checks["zuzhibu folder"].said
    assert exit_status(checks.values()) == 0


def test_looking_changes_no_flag_and_sends_nothing(
    letterbox: Letterbox, postbox: Postbox, tmp_path: Path
) -> None:
    letterbox.put(LETTER)
    before = letterbox.flags()
    seen(tmp_path, words(letterbox, postbox))
    assert letterbox.flags() == before
    assert postbox.mails == []
    assert not (tmp_path / "state").exists()


@pytest.mark.parametrize(
    ("change", "what", "said"),
    [
        ({"user": "nobody"}, "zuzhibu login", "logging in to"),
        ({"imap": free_port()}, "zuzhibu connection", "refused"),
        ({"ca": "/nonexistent.pem"}, "zuzhibu connection", "certificates in /nonexistent.pem"),
        ({"smtp": free_port()}, "zuzhibu SMTP login", "refused"),
        ({"smtp_word": "wrong"}, "zuzhibu SMTP login", "535"),
    ],
)
def test_the_step_that_fails_is_named_with_what_to_do(
    letterbox: Letterbox,
    postbox: Postbox,
    tmp_path: Path,
    change: dict[str, object],
    what: str,
    said: str,
) -> None:
    checks = seen(tmp_path, words(letterbox, postbox) | change)
    assert checks[what].grade == "bad"
    assert said in checks[what].said
    assert checks[what].cure
    assert exit_status(checks.values()) == 1


def test_a_folder_that_is_not_there_is_named(
    letterbox: Letterbox, postbox: Postbox, tmp_path: Path
) -> None:
    given = words(letterbox, postbox)
    text = FILE.format(**given).replace("[mailbox.imap]", '[mailbox.imap]\n  folder = "报送"')
    checks = {c.what: c for c in examine(written(tmp_path, text))}
    assert "opening the folder 报送" in checks["zuzhibu folder"].said
    assert checks["zuzhibu folder"].grade == "bad"


def test_an_envelope_that_the_server_refuses_is_told_with_the_one_it_takes(
    letterbox: Letterbox, postbox: Postbox, tmp_path: Path
) -> None:
    postbox.envelope = lambda sender: "250 OK" if sender else "553 no null sender"
    checks = seen(tmp_path, words(letterbox, postbox) | {"envelope": "null"})
    check = checks["zuzhibu envelope"]
    assert check.grade == "bad"
    assert check.said == '"null" is refused: 553 no null sender'
    assert check.cure == 'set replies.envelope = "self"'


def test_a_server_that_takes_no_envelope_of_ours_wants_the_logins_address(
    letterbox: Letterbox, postbox: Postbox, tmp_path: Path
) -> None:
    postbox.envelope = lambda _sender: "553 Mail from must equal authorized user"
    check = seen(tmp_path, words(letterbox, postbox))["zuzhibu envelope"]
    assert check.cure == "the address must be that of the login"


def test_mail_that_is_younger_than_the_notice_asks_about_hidden_mail(
    letterbox: Letterbox, postbox: Postbox, tmp_path: Path
) -> None:
    for _ in range(2):
        letterbox.put(LETTER, received=clock.now())
    text = "go_live = 2020-06-01T00:00:00+08:00" + FILE.format(**words(letterbox, postbox))
    check = {c.what: c for c in examine(written(tmp_path, text))}["zuzhibu history"]
    assert "收取全部邮件" in check.cure


def test_mail_from_the_future_asks_for_the_clock(
    letterbox: Letterbox, postbox: Postbox, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    letterbox.put(LETTER)
    monkeypatch.setattr(clock, "now", lambda: NOON - timedelta(minutes=6))
    assert "zuzhibu clock" in seen(tmp_path, words(letterbox, postbox))


def test_a_bad_configuration_is_told_line_by_line_with_status_78(tmp_path: Path) -> None:
    checks = list(examine(written(tmp_path, 'colour = "red"')))
    assert [c.what for c in checks if c.status == 78].count("configuration") >= 3
    assert exit_status(checks) == 78


def test_what_deserves_a_look_is_told_under_its_key(tmp_path: Path) -> None:
    """In Chinese the notice is named, not the key for it."""
    told = [check.spoken("zh") for check in examine(an_office(tmp_path)) if check.grade == "look"]
    cure = "若非有意，请修改"
    said = "通知 2020-four-ones 提到的信箱 'xuanchuanbu' 没有配置"
    assert f"留意 配置：mailbox：{said} → {cure}" in told


def test_a_password_that_is_not_there_is_a_line_of_its_own(tmp_path: Path) -> None:
    text = FILE.replace("password = '{word}'", 'password = {{ env = "BAOSONG_NO_WORD" }}')
    given = dict.fromkeys(("ca", "word", "user", "login", "smtp_word"), "x")
    ports = {"imap": free_port(), "smtp": free_port(), "tls": "implicit", "envelope": "self"}
    checks = list(examine(written(tmp_path, text.format(**given, **ports))))
    assert "BAOSONG_NO_WORD" in next(c for c in checks if c.what == "password").said


def test_a_line_shows_its_mark_and_what_to_do() -> None:
    assert str(Check("disk", "ok", "9 GiB")) == "ok    disk: 9 GiB"
    assert str(Check("disk", "bad", "full", "make room")) == "TO DO disk: full → make room"
