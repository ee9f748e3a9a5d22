"""What an address asks for: filters by name, bounded, and never an error."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from starlette.requests import Request

LONGEST = 300  # characters of one value


class Asked:
    """The query of a request. What makes no sense is as if it had not been said."""

    def __init__(self, request: Request, zone: str) -> None:
        self._path = request.url.path
        self._pairs = tuple((k, v.strip()[:LONGEST]) for k, v in request.query_params.multi_items())
        self._zone = ZoneInfo(zone)

    def text(self, name: str) -> str:
        return next((value for key, value in reversed(self._pairs) if key == name), "")

    @property
    def names(self) -> frozenset[str]:
        """What is asked for at all."""
        return frozenset(key for key, value in self._pairs if value)

    def all(self, name: str) -> tuple[str, ...]:
        """Each value of that name once."""
        return tuple(dict.fromkeys(value for key, value in self._pairs if key == name and value))

    def choice(self, name: str, known: Iterable[str]) -> str:
        """ "" unless it is one of these."""
        value = self.text(name)
        return value if value in set(known) else ""

    def flag(self, name: str) -> bool | None:
        """yes, no, or None for neither."""
        return {"yes": True, "no": False}.get(self.text(name))

    def since(self, name: str) -> datetime | None:
        """A day's first instant in the office's zone, or the instant that was written."""
        try:
            found = datetime.fromisoformat(self.text(name))
        except ValueError:  # an empty field, a date that does not exist
            return None
        return found if found.tzinfo else found.replace(tzinfo=self._zone)

    def until(self, name: str) -> datetime | None:
        """The first instant after that day; an instant with an hour stands as it is."""
        found = self.since(name)
        whole_day = found is not None and len(self.text(name)) <= len("2020-07-15")
        try:
            return found + timedelta(days=1) if found and whole_day else found
        except OverflowError:  # 9999-12-31
            return found

    def address(self, **changes: str) -> str:
        """This page with other filters, from its beginning; "" takes a filter away."""
        gone = {*changes, "after"}
        pairs = [(key, value) for key, value in self._pairs if key not in gone and value]
        pairs += [(key, value) for key, value in changes.items() if value]
        return f"{self._path}?{urlencode(pairs)}" if pairs else self._path
