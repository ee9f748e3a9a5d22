"""XML is told as it streams by, and what would leave the document is refused."""

import io
from collections.abc import Mapping
from xml.etree.ElementTree import ParseError

import pytest
from defusedxml.common import DefusedXmlException

from daemon.inspection.word import markup


def told(xml: str) -> list[str]:
    heard: list[str] = []

    def began(tag: str, attributes: Mapping[str, str]) -> None:
        heard.append(f"<{markup.local(tag)}{sorted(attributes.values())}")

    markup.read(
        io.BytesIO(xml.encode()),
        began,
        ended=lambda tag: heard.append(f">{markup.local(tag)}"),
        said=heard.append,
    )
    return heard


def test_elements_attributes_and_text_come_in_their_order() -> None:
    xml = '<w:p xmlns:w="urn:w"><w:t w:val="1">一 &amp; 二</w:t></w:p>'
    assert told(xml) == ["<p[]", "<t['1']", "一 & 二", ">t", ">p"]


@pytest.mark.parametrize(
    "declared",
    ['<!ENTITY a "b">', '<!ENTITY % a "b">', '<!ENTITY a SYSTEM "file:///etc/passwd">'],
)
def test_entities_are_refused_where_they_are_declared(declared: str) -> None:
    with pytest.raises(DefusedXmlException):
        told(f"<!DOCTYPE p [{declared}]><p/>")


@pytest.mark.parametrize("xml", ["", "<p>", "<p/><p/>", "<p>&nbsp;</p>", "<p a=1/>", "\0"])
def test_what_is_no_xml_is_said_to_be_none(xml: str) -> None:
    with pytest.raises(ParseError):
        told(xml)
