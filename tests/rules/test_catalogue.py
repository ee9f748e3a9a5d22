"""What every rule owes: a place in the catalogue, words in two languages, and tests."""

import ast
from collections.abc import Iterator
from dataclasses import asdict
from importlib import import_module
from pathlib import Path

import pytest

import rules
from rules.catalogue import ALONE, RULES, by_code
from rules.rule import Rule

HOME = Path(rules.__file__).parent
FILES = sorted(p for p in HOME.glob("*/*.py") if p.name != "__init__.py")


def _calls() -> Iterator[tuple[str, str]]:
    """Every fires("code", …) and quiet("code", …) in the tests beside this one."""
    for path in Path(__file__).parent.glob("test_*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.args:
                first = node.args[0]
                if isinstance(first, ast.Constant) and isinstance(first.value, str):
                    yield node.func.id, first.value


CALLS = frozenset(_calls())


@pytest.mark.parametrize("path", FILES, ids=lambda p: p.stem)
def test_every_rule_file_holds_one_listed_rule_of_its_name(path: Path) -> None:
    module = import_module(f"rules.{path.parent.name}.{path.stem}")
    held = [value for value in vars(module).values() if isinstance(value, Rule)]
    assert [rule.code.replace("-", "_") for rule in held] == [path.stem]
    assert held[0] in RULES


def test_every_listed_rule_has_a_file_and_a_code_of_its_own() -> None:
    codes = [rule.code for rule in RULES]
    assert sorted(codes) == sorted(path.stem.replace("_", "-") for path in FILES)
    assert set(ALONE) <= set(RULES)


@pytest.mark.parametrize("rule", RULES, ids=lambda r: r.code)
def test_every_rule_is_explained_in_both_languages(rule: Rule) -> None:
    assert all(text.strip() for text in asdict(rule.zh).values())
    assert all(text.strip() for text in asdict(rule.en).values())
    for text in (rule.zh.title, rule.zh.why, rule.zh.required, rule.zh.fix):
        assert any("\u4e00" <= c <= "\u9fff" for c in text)


@pytest.mark.parametrize("rule", RULES, ids=lambda r: r.code)
def test_every_rule_is_seen_to_fire_and_to_stay_quiet(rule: Rule) -> None:
    """`fires` asserts that judging emits the finding and that its words can be said."""
    assert ("fires", rule.code) in CALLS
    assert ("quiet", rule.code) in CALLS


def test_a_code_that_is_no_rule_finds_none() -> None:
    assert by_code("no-such-rule") is None


# The codes of the published table: stable, never reused.
TABLE = """
subject-unreadable subject-tolerated unit-unknown category-unknown date-missing date-invalid
date-differs wrong-mailbox late no-attachment part-missing form-missing form-incomplete
contact-missing text-not-word word-encrypted word-damaged word-macros images-not-separate
image-not-jpeg image-too-large image-damaged image-not-original scan-format scan-too-large
pdf-encrypted pdf-damaged video-not-mp4 video-too-long video-too-large video-damaged
duration-unknown extension-mismatch file-name file-empty format-not-listed archive-opened
archive-encrypted archive-unreadable archive-bomb link-only link-no-code link-expired executable
malware unreadable-message duplicate-file withdrawn
"""


@pytest.mark.parametrize("code", TABLE.split())
def test_published_codes_stay(code: str) -> None:
    assert by_code(code) is not None
