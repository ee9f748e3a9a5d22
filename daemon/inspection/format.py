"""Which format a file is, from its bytes: the container decides, its name only breaks ties."""

from collections.abc import Callable
from pathlib import Path
from typing import Final

from daemon.inspection import boxes, compound, plain, sieve, signature, zipped
from daemon.inspection.sort import Sample, Sort

_HEAD: Final = 64 << 10

# Each says what the file is, or nothing.
Recogniser = Callable[[Sample], Sort | None]

_RECOGNISERS: Final[tuple[Recogniser, ...]] = (
    signature.recognise,
    zipped.recognise,
    compound.recognise,
    boxes.recognise,
    signature.recognise_late,
    zipped.recognise_late,
    plain.recognise,
)


def recognise(path: Path, name: str, *, mime: str = "") -> Sort:
    """The sort of file at `path`, sent as `name`. `mime` is a second opinion, asked last."""
    with path.open("rb") as file:
        sample = Sample(path=path, head=file.read(_HEAD), name=name)
    if not sample.head:
        return Sort(format="empty")
    for recogniser in _RECOGNISERS:
        found = recogniser(sample)
        if found is not None:
            return found
    guess = sieve.FORMATS.get(mime, "unknown")
    return Sort(format=guess, executable=guess in {"exe", "macho"})
