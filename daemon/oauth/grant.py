"""What a provider gave us: an access token for an hour, and a refresh token that buys the next."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any, Self

HOUR = 3600  # seconds that an access token is good for when the provider does not tell
MARGIN = timedelta(minutes=5)  # before its end a token is renewed; a tenth of a shorter life
NOISE = timedelta(minutes=1)  # by which one and the same end may be told differently
_ENDS = ("refresh_token_expires_in", "refresh_expires_in")  # Google; Keycloak


@dataclass(frozen=True, kw_only=True, slots=True)
class Grant:
    """`ends`: when the refresh token does, as far as the provider tells.

    `slides`: each renewal puts that end off, so that a daemon which works never meets it.
    """

    access: str = field(repr=False)
    refresh: str = field(repr=False)
    signed: datetime
    renewed: datetime
    expires: datetime
    ends: datetime | None = None
    slides: bool = False

    @classmethod
    def issued(cls, answer: Mapping[str, Any], now: datetime) -> Self:
        """From a token response of RFC 6749, section 5.1. Raises ValueError: it holds no token."""
        access = answer.get("access_token")
        if not isinstance(access, str) or not access.isascii() or not access.isprintable():
            raise ValueError("its answer holds no access token")
        return cls(
            access=access,
            refresh=str(answer.get("refresh_token") or ""),
            signed=now,
            renewed=now,
            expires=now + timedelta(seconds=seconds(answer.get("expires_in")) or HOUR),
            ends=_end(answer, now),
        )

    def followed(self, later: Self) -> Self:
        """The grant after a renewal: a provider that sends no new refresh token keeps the old."""
        moved = bool(later.ends and self.ends and later.ends - self.ends > NOISE)
        return replace(
            later,
            refresh=later.refresh or self.refresh,
            signed=self.signed,
            ends=later.ends or self.ends,
            slides=self.slides or moved,
        )

    def fresh(self, now: datetime) -> bool:
        """Whether the token is good for a while yet."""
        return now < self.expires - min(MARGIN, (self.expires - self.renewed) / 10)

    def to_json(self) -> str:
        return json.dumps(asdict(self), default=datetime.isoformat, indent=1)

    @classmethod
    def from_json(cls, written: str | bytes) -> Self:
        """Raises ValueError, TypeError or KeyError for anything that `to_json` did not write."""
        raw: dict[str, Any] = dict(json.loads(written))
        for name in ("signed", "renewed", "expires"):
            raw[name] = datetime.fromisoformat(raw[name])
        raw["ends"] = datetime.fromisoformat(raw["ends"]) if raw["ends"] else None
        return cls(**raw)


def _end(answer: Mapping[str, Any], now: datetime) -> datetime | None:
    told = (seconds(answer.get(name)) for name in _ENDS)
    left = next(filter(None, told), 0)
    return now + timedelta(seconds=left) if left else None


def seconds(value: object) -> int:
    """Some providers write the number as text. 0: not told, or for ever."""
    return min(int(str(value)), 10**9) if str(value).isdecimal() else 0
