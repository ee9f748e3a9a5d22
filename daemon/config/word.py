"""A word that nobody else may know, and where it is: in a file, or in the environment."""

import os
from collections.abc import Mapping

from pydantic import SecretStr, model_validator

from daemon.config.model import Located, Section
from daemon.errors import ConfigError, Problem


class Word(Section):
    """Exactly one of its keys. `reveal` reads it anew each time, so a rotated file is noticed."""

    file: Located | None = None
    env: str | None = None
    literal: SecretStr | None = None

    @model_validator(mode="before")
    @classmethod
    def _plain_text(cls, value: object) -> object:
        if isinstance(value, str):
            return {"literal": value}
        if isinstance(value, Mapping) and (len(value) != 1 or "literal" in value):
            ways = [f"{{ {name} = … }}" for name in cls.model_fields if name != "literal"]
            raise ValueError(f"give one of {', '.join(ways)}, or a text")
        return value

    def reveal(self) -> str:
        """The password. Raises ConfigError when the file or variable is not there."""
        if self.file is not None:
            return self._from_file(self.file)
        if self.env is not None:
            return self._from_environment(self.env)
        return self.literal.get_secret_value() if self.literal else ""

    @staticmethod
    def _from_file(path: Located) -> str:
        try:
            text = path.read_text(encoding="utf-8").rstrip("\r\n")
        except (OSError, UnicodeDecodeError) as error:
            # Not there, not ours to read, a folder, or a key file that is no text.
            reason = error.strerror if isinstance(error, OSError) else "it is no UTF-8 text"
            raise ConfigError([Problem("file", f"{path} cannot be read: {reason}")]) from error
        if not text:
            raise ConfigError([Problem("file", f"{path} is empty")])
        return text

    @staticmethod
    def _from_environment(name: str) -> str:
        if not os.environ.get(name):
            raise ConfigError([Problem("env", f"the environment variable {name} is not set")])
        return os.environ[name]
