"""PDF files: written, scanned, locked."""

import io
from functools import cache

from PIL import Image
from pypdf import PdfReader, PdfWriter
from pypdf.generic import (
    ArrayObject,
    ByteStringObject,
    DecodedStreamObject,
    DictionaryObject,
    NameObject,
)

from tests.material.pictures import page


def _written(writer: PdfWriter) -> bytes:
    # pypdf makes up a random identifier otherwise, and the bytes would differ at every run.
    writer._ID = None
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


@cache
def pdf(text: str = "Report of the branch", *, pages: int = 1) -> bytes:
    """A PDF with a text layer (ASCII)."""
    writer = PdfWriter()
    font = DictionaryObject(
        {
            NameObject("/Type"): NameObject("/Font"),
            NameObject("/Subtype"): NameObject("/Type1"),
            NameObject("/BaseFont"): NameObject("/Helvetica"),
        }
    )
    fonts = DictionaryObject({NameObject("/F1"): writer._add_object(font)})
    for number in range(1, pages + 1):
        sheet = writer.add_blank_page(595, 842)
        sheet[NameObject("/Resources")] = DictionaryObject({NameObject("/Font"): fonts})
        content = DecodedStreamObject()
        content.set_data(f"BT /F1 14 Tf 72 760 Td ({text}, page {number}) Tj ET".encode("ascii"))
        sheet[NameObject("/Contents")] = writer._add_object(content)
    return _written(writer)


@cache
def scan_pdf(
    *, pages: int = 1, at_least: int = 0, producer: str = "intsig.com pdf producer"
) -> bytes:
    """A scanned PDF as a phone application writes it: pictures only, no text."""
    sheets = [Image.open(io.BytesIO(page())) for _ in range(pages)]
    out = io.BytesIO()
    sheets[0].save(out, "PDF", save_all=True, append_images=sheets[1:], resolution=150)
    writer = PdfWriter(clone_from=PdfReader(out))
    writer.metadata = {"/Producer": producer}
    if at_least:
        writer.add_attachment("filling.bin", bytes(range(256)) * (at_least // 256 + 1))
    return _written(writer)


@cache
def locked_pdf(*, owner_only: bool = False) -> bytes:
    """A PDF under a password. `owner_only` forbids printing, and still opens."""
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(pdf())))
    identifiers = [ByteStringObject(b"0123456789abcdef")] * 2
    writer._ID = ArrayObject(identifiers)
    writer.encrypt("" if owner_only else "secret", "owner", algorithm="RC4-128")
    # Encrypting draws a second identifier by chance; the key depends on the first alone.
    writer._ID = ArrayObject(identifiers)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def truncated(data: bytes, *, keep: float = 0.6) -> bytes:
    """The first part of a file, as an interrupted upload leaves it."""
    return data[: int(len(data) * keep)]
