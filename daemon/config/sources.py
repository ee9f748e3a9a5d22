"""The files that a configuration is made of, for whoever has to build the office again."""

import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from daemon.config import Config, load, notice_files
from daemon.config.crosscheck import secrets
from daemon.errors import ConfigError, Problem, Unavailable

BLANK = "(kept out of the backup)"
ELSEWHERE = "elsewhere"  # for files that do not lie below the configuration's folder


def sources(path: Path) -> dict[str, bytes]:
    """The configuration, its notices with their rosters, and its tables of links, by name.

    Passwords in plain sight are blanked. Raises ConfigError when the files cannot be used, or when
    a password is written so that it could not be blanked; Unavailable when one cannot be read.
    """
    config, base = load(path), path.parent.absolute()
    found = {path.name: _blanked(_read(path).decode("utf-8-sig"), config).encode()}
    for file in (*_notices(path), *config.links):
        inside = file.is_relative_to(base)
        name = file.relative_to(base).as_posix() if inside else f"{ELSEWHERE}/{file.name}"
        found.setdefault(name, _read(file))
    return found


def _notices(path: Path) -> Iterator[Path]:
    for notice in notice_files(path):
        yield notice
        roster = tomllib.loads(_read(notice).decode("utf-8-sig")).get("roster")
        if isinstance(roster, str):
            yield notice.parent / roster


def _blanked(text: str, config: Config) -> str:
    words = {s.reveal() for _, s in secrets(config) if s.literal is not None} - {""}
    for word in words:
        escaped = word.replace("\\", "\\\\").replace('"', '\\"')
        text = text.replace(f'"{escaped}"', f'"{BLANK}"').replace(f"'{word}'", f'"{BLANK}"')
    if words.intersection(_texts(tomllib.loads(text))):  # written with escapes, or as many lines
        said = "a password in plain sight cannot be blanked: give it by { file = … }"
        raise ConfigError([Problem("password", said)])
    return text


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        value = list(value.values())
    if isinstance(value, list):
        for inner in value:
            yield from _texts(inner)
    elif isinstance(value, str):
        yield value


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:  # taken away meanwhile, a disk that fails
        raise Unavailable(f"reading {path}", error) from error
