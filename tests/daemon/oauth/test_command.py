"""`baosong oauth`, by the way of an address that is brought back."""

from pathlib import Path

import pytest

from daemon.cli import main
from tests.daemon.config.files import imap, written
from tests.servers.letterbox import Letterbox
from tests.servers.oauth import CLIENT, SECRET
from tests.servers.vouched import Vouched

OAUTH = (
    '{{ oauth = {{ provider = "other", client_id = "{client}", client_secret = "{secret}", '
    'token_url = "{url}/token", authorize_url = "{url}/authorize" }} }}'
)


@pytest.fixture
def letterbox(vouched: Vouched) -> Letterbox:
    return vouched.account()


@pytest.fixture
def config(vouched: Vouched, letterbox: Letterbox, tmp_path: Path) -> Path:
    server = f'host = "127.0.0.1"\nport = {vouched.dovecot.port}\ntls = "none"'
    oauth = OAUTH.format(client=CLIENT, secret=SECRET, url=vouched.provider.url)
    text = imap(server).replace('username = "u"', f'username = "{letterbox.user}"')
    return written(tmp_path, text.replace('password = "p"', f"password = {oauth}"))


@pytest.fixture
def person(
    vouched: Vouched, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> list[str]:
    """At a browser; what was shown. The line that is brought back may be set to another."""
    shown: list[str] = []

    def brings(*_: object, **__: object) -> str:
        shown.append(capsys.readouterr().out)
        page = next(line for line in shown[-1].splitlines() if "/authorize?" in line)
        return vouched.provider.browse(page.strip())

    monkeypatch.setattr("click.prompt", brings)
    return shown


def test_a_sign_in_ends_with_the_mailbox_letting_us_in(
    vouched: Vouched, config: Path, person: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["oauth", "status", "--config", str(config)]) == 1
    assert "oauth sign-in zuzhibu" in capsys.readouterr().out
    assert main(["oauth", "sign-in", "zuzhibu", "--config", str(config)]) == 0
    assert "Open this page" in person[0]
    assert "zuzhibu lets us in" in capsys.readouterr().out
    assert vouched.provider.renewals == 1
    assert main(["oauth", "status", "--config", str(config)]) == 0


def test_a_sign_in_with_another_account_is_noticed(
    vouched: Vouched,
    config: Path,
    person: list[str],
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    agree = vouched.provider.agree
    monkeypatch.setattr(vouched.provider, "agree", lambda _: agree("another@example.org"))
    assert main(["oauth", "sign-in", "zuzhibu", "--config", str(config)]) == 1
    assert "does not let us in" in capsys.readouterr().out


def test_a_line_that_is_no_answer_is_refused(
    config: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("click.prompt", lambda *_, **__: "https://example.org/")
    assert main(["oauth", "sign-in", "zuzhibu", "--config", str(config)]) == 1
    assert "copy the whole line" in capsys.readouterr().err


@pytest.mark.parametrize("name", ["nobody", ""])
def test_a_mailbox_that_is_not_there_is_told_with_those_that_are(
    config: Path, name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["oauth", "sign-in", name, "--config", str(config)]) == 64
    assert "there are zuzhibu" in capsys.readouterr().err


def test_a_mailbox_with_a_password_needs_no_sign_in(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    config = written(tmp_path, imap('host = "localhost"'))
    assert main(["oauth", "sign-in", "zuzhibu", "--config", str(config)]) == 64
    assert main(["oauth", "status", "--config", str(config)]) == 0
    assert "no mailbox signs in by OAuth 2" in capsys.readouterr().out
