"""Which format a file is, from its bytes: the container decides, its name only breaks ties."""

from collections.abc import Callable
from typing import Final

from daemon.inspection import boxes, compound, plain, sieve, signature, zipped
from daemon.inspection.sort import Sample, Sort

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


def recognise(sample: Sample) -> Sort:
    """The sort of file. libmagic's is a second opinion, asked last."""
    if not sample.head:
        return Sort(format="empty")
    for recogniser in _RECOGNISERS:
        found = recogniser(sample)
        if found is not None:
            return found
    guess = sieve.FORMATS.get(sample.mime, "unknown")
    return Sort(format=guess, executable=guess in {"exe", "macho"})
