"""XML as it streams by: no tree is built. Entities and what lies outside are refused.

The same refusals as defusedxml's, on expat itself: its tree of Python objects took most of the
time that a document took.
"""

from collections.abc import Callable, Mapping
from typing import IO, Any, Final, NoReturn
from xml.etree.ElementTree import ParseError
from xml.parsers import expat

from defusedxml.common import EntitiesForbidden, ExternalReferenceForbidden

Began = Callable[[str, Mapping[str, str]], None]

_CHUNK: Final = 64 << 10


def read(
    stream: IO[bytes],
    began: Began,
    *,
    ended: Callable[[str], None] | None = None,
    said: Callable[[str], None] | None = None,
) -> None:
    """Tell what comes: tags as `namespace}name`, attributes likewise, text.

    Raises ParseError, DefusedXmlException, and what a broken ZIP member raises.
    """
    parser = expat.ParserCreate(namespace_separator="}")
    parser.buffer_text = True
    parser.StartElementHandler = began
    parser.EndElementHandler = ended
    parser.CharacterDataHandler = said
    _refuse(parser)
    try:
        while chunk := stream.read(_CHUNK):
            parser.Parse(chunk, False)
        parser.Parse(b"", True)
    except expat.ExpatError as error:
        raise ParseError(str(error)) from error


def local(tag: str) -> str:
    """The name without its namespace."""
    return tag[tag.rfind("}") + 1 :]


class Names(dict[str, str]):
    """Tag → name without its namespace: a document has thousands of elements, and few tags."""

    def __missing__(self, tag: str) -> str:
        name = self[tag] = local(tag)
        return name


def _refuse(parser: Any) -> None:
    parser.EntityDeclHandler = _declared
    parser.UnparsedEntityDeclHandler = _unparsed
    parser.ExternalEntityRefHandler = _outside
    parser.SkippedEntityHandler = _skipped


def _declared(name: str, _parameter: bool, value: str | None, *place: str | None) -> NoReturn:
    raise EntitiesForbidden(name, value, *place)


def _unparsed(name: str, *place: str | None) -> NoReturn:
    raise EntitiesForbidden(name, None, *place)


def _outside(context: str, base: str | None, system: str | None, public: str | None) -> NoReturn:
    raise ExternalReferenceForbidden(context, base, system, public)


def _skipped(name: str, _parameter: bool) -> NoReturn:
    raise ParseError(f"undefined entity {name}")
