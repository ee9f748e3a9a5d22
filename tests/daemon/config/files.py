"""Configuration files for the tests, each with the shipped notices beside it."""

import shutil
from pathlib import Path

import pytest

import rules
from daemon.config import load
from daemon.errors import ConfigError

ROOT = Path(__file__).parents[3]
EXAMPLE = ROOT / "config.example.toml"
NOTICES = Path(rules.__file__).parent / "notices"
SMALLEST = """
state = "state"
notices = ["notices/2020-four-ones.toml"]
[[mailbox]]
name = "zuzhibu"
department = "组织部"
address = "zzbdj@scau.edu.cn"
  [mailbox.maildir]
  path = "mail"
  [mailbox.outbox]
  maildir = "replies"
"""


def written(folder: Path, text: str) -> Path:
    """A configuration file with the shipped notices beside it."""
    if not (folder / "notices").exists():
        shutil.copytree(NOTICES, folder / "notices")
    path = folder / "config.toml"
    path.write_text(text, encoding="utf-8")
    return path


def faults(folder: Path, text: str) -> dict[str, str]:
    """Key and words of every problem."""
    with pytest.raises(ConfigError) as refusal:
        load(written(folder, text))
    return {p.key: p.text for p in refusal.value.problems}


def changed(old: str, new: str, *, text: str = SMALLEST) -> str:
    assert old in text
    return text.replace(old, new)


def imap(words: str) -> str:
    """The smallest file, with a server in place of the Maildir."""
    login = 'username = "u"\npassword = "p"\n'
    return changed('[mailbox.maildir]\n  path = "mail"\n', f"[mailbox.imap]\n{login}{words}\n")
