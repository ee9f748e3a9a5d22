"""What both the configuration and its secrets are made of: frozen, and closed to unknown keys."""

from pathlib import Path
from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict, ValidationInfo


class Section(BaseModel):
    """One table of the file. Defaults are checked too: they meet rules about other keys.

    A validator is built when it is first asked: that of the whole file holds those of its tables,
    which are not asked alone. 15 ms of every command.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", validate_default=True, defer_build=True)


def _beside(path: Path, info: ValidationInfo) -> Path:
    if "\0" in str(path):
        raise ValueError("no file name has a NUL in it")
    base: Path = info.context["base"] if info.context else Path()
    return base / path.expanduser()


Located = Annotated[Path, AfterValidator(_beside)]
"""A path; a relative one starts where the configuration file lies."""
