"""What a page's form sent: text by name, bounded."""

from collections.abc import Iterator, Mapping
from urllib.parse import parse_qsl

from starlette.exceptions import HTTPException

BODY_BYTES = 256 << 10
FIELDS = 5_000
TYPE = "application/x-www-form-urlencoded"


class Form(Mapping[str, str]):
    """`form["reason"]` is the last value of that name, `form.all("id")` are all of them."""

    def __init__(self, pairs: tuple[tuple[str, str], ...] = ()) -> None:
        self._pairs = pairs
        self._last = dict(pairs)

    def __getitem__(self, name: str) -> str:
        return self._last[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._last)

    def __len__(self) -> int:
        return len(self._last)

    def all(self, name: str) -> tuple[str, ...]:
        return tuple(value for key, value in self._pairs if key == name)

    def text(self, name: str, limit: int = 1_000) -> str:
        """One field, trimmed; "" when it is not there. 400 when it is longer than `limit`."""
        value = self._last.get(name, "").replace("\r\n", "\n").strip()
        if len(value) > limit:
            raise HTTPException(400, f"{name}: at most {limit} characters")
        return value

    def number(self, name: str) -> int | None:
        """A whole number that fits SQLite; None when it is none."""
        value = self._last.get(name, "")
        return int(value) if value.isascii() and value.isdigit() and len(value) < 19 else None


def parse(body: bytes) -> Form:
    """Raises HTTPException 400 for what is no form, or one with too many fields."""
    try:
        pairs = parse_qsl(
            body.decode("ascii"), keep_blank_values=True, max_num_fields=FIELDS, errors="replace"
        )
    except ValueError as error:  # bytes that are no ASCII, or more fields than any page has
        raise HTTPException(400, "no form") from error
    return Form(tuple(pairs))
