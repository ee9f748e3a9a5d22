"""`explain`, `rules`, the overview: what a newcomer reads first."""

import json
from collections.abc import Iterator

import click
import pytest

from daemon.cli import COMMANDS, baosong, main
from rules.catalogue import RULES


def test_the_overview_names_every_command(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--help"]) == 0
    said = capsys.readouterr().out
    assert all(name in said for name in COMMANDS)


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_explains_itself(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([name, "--help"]) == 0
    assert f"Usage: baosong {name}" in capsys.readouterr().out


def _commands(
    group: click.Command, path: tuple[str, ...] = ()
) -> Iterator[tuple[tuple[str, ...], click.Command]]:
    """Every command and subcommand, with the words that call it."""
    yield path, group
    if isinstance(group, click.Group):
        context = click.Context(group)
        for name in group.list_commands(context):
            inner = group.get_command(context, name)
            assert inner is not None
            yield from _commands(inner, (*path, name))


def test_help_fits_a_narrow_terminal_and_none_of_it_breaks_off() -> None:
    for path, command in _commands(baosong):
        said = command.get_help(click.Context(command, info_name="baosong", terminal_width=80))
        for line in said.splitlines()[1:]:  # the usage has dots of its own
            assert len(line) <= 80, path
            assert not line.endswith("..."), path


def test_help_shows_no_mark_that_was_meant_for_its_folding() -> None:
    for path, command in _commands(baosong):
        said = command.get_help(click.Context(command, info_name="baosong"))
        assert "\\b" not in said, path
        assert "\b" not in said, path


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
