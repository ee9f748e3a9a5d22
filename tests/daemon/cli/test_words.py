"""`explain`, `rules`, the overview: what a newcomer reads first."""

import json

import pytest

from daemon.cli import COMMANDS, main
from rules.catalogue import RULES


def test_the_overview_names_every_command(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--help"]) == 0
    said = capsys.readouterr().out
    assert all(name in said for name in COMMANDS)


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_explains_itself(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([name, "--help"]) == 0
    assert f"Usage: baosong {name}" in capsys.readouterr().out


@pytest.mark.parametrize("code", [rule.code for rule in RULES])
@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_rule_is_explained_in_both_languages(
    code: str, language: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["explain", code, "--language", language]) == 0
    assert code in capsys.readouterr().out


def test_an_unknown_code_ends_in_64_and_proposes(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["explain", "part-mising"]) == 64
    assert "part-missing" in capsys.readouterr().err


def test_an_unknown_command_ends_in_64(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["tri"]) == 64
    assert "tri" in capsys.readouterr().err


def test_rules_lists_every_code_in_order(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["rules", "--json"]) == 0
    said = [json.loads(line)["code"] for line in capsys.readouterr().out.splitlines()]
    assert said == [rule.code for rule in RULES]
