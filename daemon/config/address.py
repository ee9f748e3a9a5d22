"""A mail address, as far as a configuration needs to know."""

from typing import Annotated

from pydantic import AfterValidator


def address(text: str) -> str:
    local, at, domain = text.rpartition("@")
    if not (local and at and domain) or any(c.isspace() or c in '<>,;"' for c in text):
        raise ValueError(f"{text!r} is no mail address")
    return text


Address = Annotated[str, AfterValidator(address)]
