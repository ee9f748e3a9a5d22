"""Reading and answering with tokens in place of passwords, from the first sign-in to its end."""

import json
import shlex
import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from tests.journeys.bureau import Bureau, until
from tests.journeys.post import JULY_2, faulty, good
from tests.servers.letterbox import Letterbox
from tests.servers.oauth import CLIENT, SECRET
from tests.servers.vouched import Vouched

MAILBOX = """
[[mailbox]]
name = "{name}"
department = "{name}"
address = "{name}@example.org"
phone = "020-12345678"
poll = "1 s"
  [mailbox.imap]
  host = "127.0.0.1"
  port = {imap}
  tls = "none"
  username = "{user}"
  password = {{ oauth = {oauth} }}
  [mailbox.smtp]
  host = "127.0.0.1"
  port = {smtp}
  tls = "none"
  username = "{user}"
  password = {{ oauth = {oauth} }}
"""
OAUTH = (
    '{{ provider = "other", client_id = "{client}", client_secret = "{secret}", scope = "mail", '
    'token_url = "{url}/token", device_url = "{url}/device" }}'
)
LISTEN = "import sys; open({!r}, 'a').write(sys.stdin.readline())"


@dataclass
class Vouching(Bureau):
    """Both mailboxes are on servers that take tokens; `told` is what the alarms said."""

    vouched: Vouched = field(kw_only=True)

    @property
    def told(self) -> list[str]:
        path = self.root / "told"
        return path.read_text(encoding="utf-8").splitlines() if path.exists() else []

    def alarmed(self) -> None:
        """Alarms are written to a file; each pass looks."""
        command = [sys.executable, "-c", LISTEN.format(str(self.root / "told"))]
        self.extra = f"[alarm]\ncommand = {json.dumps(shlex.join(command))}\n"

    def sign_in(self, *names: str) -> None:
        for name in names or ("zuzhibu", "xuanchuanbu"):
            letterbox: Letterbox = getattr(self, name)
            self.vouched.provider.device_account = letterbox.user
            status, said = self.says("oauth", "sign-in", name)
            assert status == 0, said
            assert "ABCD-EFGH" in said
            assert "access-" not in said

    def end_tokens(self) -> None:
        for letterbox in (self.zuzhibu, self.xuanchuanbu):
            self.vouched.provider.expire(letterbox.user)

    def _mailbox(self, name: str, letterbox: Letterbox) -> str:
        url = self.vouched.provider.url
        return MAILBOX.format(
            name=name,
            imap=self.vouched.dovecot.port,
            smtp=self.vouched.postbox.port,
            user=letterbox.user,
            oauth=OAUTH.format(client=CLIENT, secret=SECRET, url=url),
        )


@pytest.fixture
def office(tmp_path: Path, vouched: Vouched) -> Vouching:
    both = vouched.account(), vouched.account()
    return Vouching(tmp_path, *both, vouched.postbox, vouched=vouched)


def test_nothing_runs_before_somebody_has_signed_in(office: Vouching) -> None:
    said = office.once(exits=78)
    assert "baosong oauth sign-in zuzhibu" in said
    assert "baosong oauth sign-in xuanchuanbu" in said
    assert office.says("oauth", "status")[0] == 1


def test_a_mail_is_read_and_answered_with_tokens(office: Vouching) -> None:
    office.sign_in()
    office.xuanchuanbu.put(good(), received=JULY_2)
    said = office.once()
    assert [r["status"] for r in office.messages()] == ["accepted"]
    assert office.vouched.postbox.seen == [(office.xuanchuanbu.user, True)]
    assert len(office.mails) == 1
    status, told = office.says("oauth", "status")
    assert (status, told.count("signed in")) == (0, 2)
    assert "access-" not in said + told
    assert "refresh-" not in said + told


def answered(office: Vouching, count: int) -> Callable[[], bool]:
    return lambda: len(office.mails) == count


@pytest.mark.timeout(240)
def test_tokens_end_under_a_running_daemon_which_is_then_killed(office: Vouching) -> None:
    office.sign_in()
    provider, account = office.vouched.provider, office.xuanchuanbu.user
    renewed = provider.renewals
    with office.serving() as daemon:
        office.xuanchuanbu.put(faulty("农学院党委"), received=JULY_2)
        until(answered(office, 1), "the first answer")
        office.end_tokens()
        office.xuanchuanbu.put(faulty("园艺学院党委"), received=JULY_2)
        until(answered(office, 2), "an answer with a renewed token")
        assert provider.renewals > renewed
        daemon.kill()
    office.end_tokens()
    office.xuanchuanbu.put(faulty("食品学院党委"), received=JULY_2)
    office.once()
    # SIGKILL may fall between the server's word and ours: that one comes twice, the same
    assert len({mail.message["Message-ID"] for mail in office.mails}) == 3
    assert not provider.grant(account).revoked
    assert "access-" not in office.log
    assert "refresh-" not in office.log


@pytest.mark.timeout(240)
def test_a_revoked_sign_in_is_told_once_and_once_when_it_is_there_again(office: Vouching) -> None:
    office.alarmed()
    office.sign_in()
    office.once()
    office.vouched.provider.revoke(office.xuanchuanbu.user)
    office.xuanchuanbu.put(good(), received=JULY_2)
    for _ in range(3):
        assert "baosong oauth sign-in" in office.once(exits=75)
    [alarm] = office.told
    assert "报警" in alarm
    assert "xuanchuanbu" in alarm
    assert office.messages() == []
    office.sign_in("xuanchuanbu")
    for _ in range(2):
        office.once()
    assert [r["status"] for r in office.messages()] == ["accepted"]
    assert ["解除" in line for line in office.told] == [False, True]


def test_a_provider_that_is_away_makes_nobody_wrong(office: Vouching) -> None:
    office.alarmed()
    office.sign_in()
    office.xuanchuanbu.put(good(), received=JULY_2)
    office.vouched.provider.down = 503
    office.end_tokens()
    for _ in range(3):
        assert "renewing the sign-in at" in office.once(exits=75)
    assert (office.messages(), office.mails, office.told) == ([], [], [])
    office.vouched.provider.down = 0
    office.once()
    assert [r["status"] for r in office.messages()] == ["accepted"]
    assert len(office.mails) == 1


def test_an_end_that_the_provider_tells_is_told_some_days_before(office: Vouching) -> None:
    office.alarmed()
    office.sign_in()
    office.vouched.provider.ends = 6 * 86_400
    office.sign_in("zuzhibu")
    office.once()
    [alarm] = office.told
    assert "zuzhibu" in alarm
    assert "到期" in alarm
