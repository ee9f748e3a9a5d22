"""The configuration: one TOML file, read whole, all of its faults told at once."""

import tomllib
from collections.abc import Iterator, Mapping
from glob import glob
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from daemon.config import crosscheck
from daemon.config.notices import load as load_notice
from daemon.config.settings import Config, Mailbox
from daemon.errors import ConfigError, Problem
from rules.notice import Notice

__all__ = ["Config", "Mailbox", "load", "notice_files"]

_WORDS = {
    "extra_forbidden": "there is no such key",
    "missing": "is missing",
    "model_type": "must be a table",
    "model_attributes_type": "must be a table",
}


def load(path: Path) -> Config:
    """The configuration at `path`. Raises ConfigError with every problem and its key."""
    raw = _parse(path)
    found, problems = _notices(raw.get("notices"), path.parent.absolute())
    problems += crosscheck.mailboxes(raw)
    base = path.parent.absolute()
    try:
        config = Config.model_validate(
            {**raw, "notices": found}, context={"base": base, "state": _state(raw, base)}
        )
    except ValidationError as error:  # any key of the wrong name, type or value
        problems += _in_words(error)
    if problems:
        raise ConfigError(sorted(problems, key=lambda p: p.key), source=str(path))
    return config


def _state(raw: Mapping[str, Any], base: Path) -> Path:
    """Where sign-ins are kept; a state that is no text has a fault of its own."""
    return base / Path(str(raw.get("state", ""))).expanduser()


def _parse(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except OSError as error:  # not there, or not ours to read
        text = f"{path} cannot be read: {error.strerror}"
    except ValueError as error:  # no TOML, with its line; or no UTF-8 (saved by an old editor)
        text = f"{path} is no TOML file: {error}"
    raise ConfigError([Problem("", text)], source=str(path))


def _notices(globs: object, base: Path) -> tuple[tuple[Notice, ...], list[Problem]]:
    if not isinstance(globs, list) or not globs or not all(isinstance(g, str) for g in globs):
        return (), [Problem("notices", 'must list notice files, such as ["notices/*.toml"]')]
    found: dict[Path, Notice] = {}
    problems: list[Problem] = []
    for number, pattern in enumerate(globs):
        paths = list(_matching(pattern, base))
        if not paths:
            problems.append(Problem(f"notices.{number}", f"no file matches {base / pattern}"))
        for path in paths:
            problems += _take(path, found)
    return tuple(found.values()), problems + list(_same_ids(found))


def notice_files(path: Path) -> tuple[Path, ...]:
    """The notices that the configuration at `path` names, without their rosters."""
    base, globs = path.parent.absolute(), _parse(path)["notices"]
    return tuple(dict.fromkeys(file for pattern in globs for file in _matching(pattern, base)))


def _matching(pattern: str, base: Path) -> Iterator[Path]:
    for name in sorted(glob(pattern, root_dir=base)):  # noqa: PTH207 - may be absolute
        # A roster lies beside its notice and has an ending of its own.
        if not name.endswith(".roster.toml"):
            yield base / name


def _take(path: Path, found: dict[Path, Notice]) -> list[Problem]:
    try:
        found.setdefault(path, load_notice(path))
    except ConfigError as error:  # a notice with faults; the other notices are still looked at
        return [Problem(f"{path.name}: {p.key}".removesuffix(": "), p.text) for p in error.problems]
    return []


def _same_ids(found: Mapping[Path, Notice]) -> Iterator[Problem]:
    first: dict[str, Path] = {}
    for path, notice in found.items():
        if first.setdefault(notice.id, path) != path:
            yield Problem(f"{path.name}: id", f"{notice.id!r} is also that of {first[notice.id]}")


def _in_words(error: ValidationError) -> Iterator[Problem]:
    for fault in error.errors(include_url=False, include_input=False, include_context=False):
        key = ".".join(str(step) for step in fault["loc"])
        said = fault["msg"].removeprefix("Value error, ")
        yield Problem(key, _WORDS.get(fault["type"], said))
