"""Passwords: where they come from, and that they are told apart from the file."""

from pathlib import Path

import pytest

from daemon.config import Config, load
from daemon.config.crosscheck import unreadable_secrets, warnings
from tests.daemon.config.files import faults, imap, written


def test_a_password_in_plain_sight_works_with_a_warning(tmp_path: Path) -> None:
    config = load(written(tmp_path, imap('host = "localhost"')))
    assert "mailbox.0.imap.password" in {p.key for p in warnings(config)}
    assert "SecretStr('p')" not in repr(config)


def _with_password(folder: Path, words: str) -> Config:
    text = imap('host = "localhost"').replace('password = "p"', f"password = {words}")
    return load(written(folder, text))


def test_a_password_comes_from_a_file_without_its_last_line_break(tmp_path: Path) -> None:
    (tmp_path / "word").write_text(" pass word \n", encoding="utf-8")
    server = _with_password(tmp_path, '{ file = "word" }').mailboxes[0].imap
    assert server is not None
    assert server.password.reveal() == " pass word "


def test_a_password_comes_from_the_environment(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("WORD", "secret")
    server = _with_password(tmp_path, '{ env = "WORD" }').mailboxes[0].imap
    assert server is not None
    assert server.password.reveal() == "secret"


@pytest.mark.parametrize(
    ("words", "key", "said"),
    [
        ('{ file = "gone" }', "file", "cannot be read: No such file"),
        ('{ file = "notices" }', "file", "cannot be read: Is a directory"),
        ('{ env = "BAOSONG_NO_SUCH_WORD" }', "env", "is not set"),
    ],
)
def test_a_password_that_is_not_there_is_told_with_its_key(
    tmp_path: Path, words: str, key: str, said: str
) -> None:
    [problem] = unreadable_secrets(_with_password(tmp_path, words))
    assert problem.key == f"mailbox.0.imap.password.{key}"
    assert said in problem.text


@pytest.mark.parametrize("words", ["{}", '{ file = "a", env = "B" }', '{ literal = "x" }'])
def test_a_password_is_given_in_exactly_one_way(tmp_path: Path, words: str) -> None:
    text = imap('host = "localhost"').replace('password = "p"', f"password = {words}")
    assert set(faults(tmp_path, text)) == {"mailbox.0.imap.password"}


@pytest.mark.parametrize(
    ("words", "token_at", "device"),
    [
        ('tenant = "t", client_id = "c", client_secret = "s"', "microsoftonline.com/t/", True),
        ('client_id = "c"', "microsoftonline.com/common/", True),
        ('provider = "google", client_id = "c"', "oauth2.googleapis.com/token", False),
        (
            'provider = "other", client_id = "c", token_url = "https://a.cn/t", '
            'authorize_url = "https://a.cn/a"',
            "https://a.cn/t",
            False,
        ),
    ],
)
def test_where_a_provider_is_asked(tmp_path: Path, words: str, token_at: str, device: bool) -> None:
    server = _with_password(tmp_path, f"{{ oauth = {{ {words} }} }}").mailboxes[0].imap
    assert server is not None
    assert server.password.oauth is not None
    assert token_at in server.password.oauth.token_at()
    assert bool(server.password.oauth.device_at()) is device
    assert server.password.oauth.tokens == tmp_path / "state" / "oauth"


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ('tenant = "t"', "is missing"),
        ('client_id = ""', "at least 1 character"),
        ('client_id = "c", token_url = "http://a.cn/t"', "no https:// address"),
        ('client_id = "c", tenant = "../evil"', "match pattern"),
        ('client_id = "c", provider = "other"', "needs a token_url"),
        ('client_id = "c", provider = "other", token_url = "https://a.cn"', "or a device_url"),
    ],
)
def test_a_sign_in_that_cannot_be_is_told(tmp_path: Path, words: str, said: str) -> None:
    text = imap('host = "localhost"')
    found = faults(tmp_path, text.replace('"p"', f"{{ oauth = {{ {words} }} }}"))
    assert said in " ".join(found.values())


def test_the_secret_of_an_application_is_looked_for_like_a_password(tmp_path: Path) -> None:
    words = '{ oauth = { client_id = "c", client_secret = { file = "gone" } } }'
    [problem] = unreadable_secrets(_with_password(tmp_path, words))
    assert problem.key == "mailbox.0.imap.password.oauth.client_secret.file"
