"""`baosong user`: who may see the pages."""

import io
import re
import sys
from pathlib import Path

import pytest

from daemon.cli import main
from daemon.config import load
from daemon.ledger import Ledger, Person
from daemon.web.passwords import Passwords
from tests.daemon.offices import an_office

WORD = "long enough"


@pytest.fixture
def config(tmp_path: Path) -> Path:
    return an_office(tmp_path)


def says(config: Path, *words: str, capsys: pytest.CaptureFixture[str], status: int = 0) -> str:
    assert main(["user", *words, "--config", str(config)]) == status
    said = capsys.readouterr()
    return said.out if status == 0 else said.err


def password_file(config: Path, word: str = WORD) -> str:
    path = config.parent / "word"
    path.write_text(f"{word}\n", encoding="utf-8")
    return str(path)


def hash_of(config: Path, name: str) -> str:
    with Ledger(load(config).ledger, readonly=True) as ledger:
        return ledger.people.hash(name) or ""


def everybody(config: Path) -> tuple[Person, ...]:
    with Ledger(load(config).ledger, readonly=True) as ledger:
        return ledger.people.all()


def test_a_person_is_let_in(config: Path, capsys: pytest.CaptureFixture[str]) -> None:
    words = ("add", "王老师", "--mailbox", "zuzhibu", "--password-file", password_file(config))
    assert says(config, *words, capsys=capsys) == "王老师  act  zuzhibu\n"
    assert everybody(config) == (
        Person(name="王老师", role="act", mailboxes=frozenset({"zuzhibu"})),
    )
    kept = hash_of(config, "王老师")
    assert re.match(r"\$argon2id\$v=19\$m=\d{5,},t=\d,p=\d\$", kept)
    assert WORD not in kept
    assert Passwords().fits(WORD, kept)


def test_everybody_is_listed(config: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for name, role in (("wang", "admin"), ("li", "read")):
        words = ("add", name, "--role", role, "--password-file", password_file(config))
        says(config, *words, capsys=capsys)
    told = says(config, "list", capsys=capsys)
    assert told == "li  read  all departments\nwang  admin  all departments\n"


def test_the_password_is_asked_for_twice_and_not_shown(
    config: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []

    def answer(prompt: str, **_: object) -> str:
        asked.append(prompt)
        return WORD

    monkeypatch.setattr(sys.stdin, "isatty", lambda: True, raising=False)
    monkeypatch.setattr("click.termui.hidden_prompt_func", answer)
    assert WORD not in says(config, "add", "wang", capsys=capsys)
    assert len(asked) == 2
    assert Passwords().fits(WORD, hash_of(config, "wang"))


def test_the_password_may_come_from_standard_input(
    config: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(f"{WORD}\n".encode())))
    says(config, "add", "wang", "--password-file", "-", capsys=capsys)
    assert Passwords().fits(WORD, hash_of(config, "wang"))


@pytest.mark.parametrize(
    ("words", "why"),
    [
        (("add", "wang"), "no terminal to ask on"),
        (("add", "wang li", "--password-file", "x"), "a name has letters"),
        (("add", "a" * 65, "--password-file", "x"), "at most 64"),
        (("add", "<b>", "--password-file", "x"), "a name has letters"),
        (("add", "wang", "--mailbox", "nowhere"), "there is no mailbox nowhere; there are zuzhibu"),
        (("add", "wang", "--role", "admin", "--mailbox", "zuzhibu"), "has every department"),
        (("add", "wang", "--role", "king"), "king"),
    ],
)
def test_a_wrong_command_is_explained(
    config: Path, words: tuple[str, ...], why: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert why in says(config, *words, capsys=capsys, status=64)


@pytest.mark.parametrize(("length", "status"), [(7, 64), (8, 0), (1000, 0), (1001, 64)])
def test_a_password_has_8_to_1000_characters(
    config: Path, length: int, status: int, capsys: pytest.CaptureFixture[str]
) -> None:
    words = ("add", "wang", "--password-file", password_file(config, "x" * length))
    said = says(config, *words, capsys=capsys, status=status)
    assert ("characters" in said) == (status != 0)


def test_a_name_is_taken_once(config: Path, capsys: pytest.CaptureFixture[str]) -> None:
    words = ("add", "wang", "--password-file", password_file(config))
    says(config, *words, capsys=capsys)
    again = ("add", "WANG", "--password-file", password_file(config))
    assert "there is a WANG already" in says(config, *again, capsys=capsys, status=65)


def test_a_role_is_given_and_a_person_removed(
    config: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    says(config, "add", "wang", "--password-file", password_file(config), capsys=capsys)
    told = says(config, "grant", "wang", "--role", "read", capsys=capsys)
    assert told == "wang  read  all departments\n"
    assert says(config, "remove", "wang", capsys=capsys) == "wang: removed\n"
    assert everybody(config) == ()


def test_another_password_takes_the_place_of_the_first(
    config: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    says(config, "add", "wang", "--password-file", password_file(config), capsys=capsys)
    before = hash_of(config, "wang")
    file = password_file(config, "another word")
    says(config, "password", "wang", "--password-file", file, capsys=capsys)
    assert not Passwords().fits(WORD, hash_of(config, "wang"))
    assert Passwords().fits("another word", hash_of(config, "wang"))
    assert before != hash_of(config, "wang")


@pytest.mark.parametrize("act", [("grant", "li"), ("remove", "li"), ("password", "li")])
def test_nobody_is_changed_who_is_not_there(
    config: Path, act: tuple[str, ...], capsys: pytest.CaptureFixture[str]
) -> None:
    assert "there is no li" in says(config, *act, capsys=capsys, status=65)


def test_the_configuration_may_be_named_first(
    config: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["user", "--config", str(config), "list"]) == 0
    assert capsys.readouterr().out == ""


def test_a_password_file_that_is_not_there(
    config: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    words = ("add", "wang", "--password-file", "nowhere")
    assert "nowhere cannot be read" in says(config, *words, capsys=capsys, status=65)
