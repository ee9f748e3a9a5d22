"""The material is what its makers say it is."""

import io
import zipfile
from fractions import Fraction

import av
import olefile  # type: ignore[import-untyped]
import pytest
from PIL import Image
from pypdf import PdfReader

from tests import material


@pytest.mark.parametrize("seconds", [3, 90, 1800, 1801])
def test_a_video_lasts_exactly_as_long_as_asked(seconds: int) -> None:
    with av.open(io.BytesIO(material.mp4(seconds)), "r") as film:
        assert film.duration is not None
        assert Fraction(film.duration, 1_000_000) == seconds


def test_a_padded_picture_is_whole_and_as_heavy_as_asked() -> None:
    data = material.jpeg(400, 300, at_least=11 << 20)
    assert len(data) >= 11 << 20
    with Image.open(io.BytesIO(data)) as picture:
        picture.load()
        assert picture.size == (400, 300)


def test_a_word_97_document_holds_its_text_as_the_format_says() -> None:
    with olefile.OleFileIO(io.BytesIO(material.doc("联系人：张老师"))) as file:
        stream = file.openstream("WordDocument").read()
    assert stream[:2] == b"\xec\xa5"
    assert "联系人：张老师".encode("utf-16-le") in stream


def test_names_in_a_windows_archive_are_gbk_without_a_flag() -> None:
    with zipfile.ZipFile(
        io.BytesIO(material.zip_of({"照片.jpg": b"1", "a": b"2"}, gbk=True))
    ) as box:
        names = [entry.filename.encode("cp437").decode("gbk") for entry in box.infolist()]
    assert names == ["照片.jpg", "a"]


def test_a_locked_pdf_asks_for_a_password_and_an_owned_one_does_not() -> None:
    assert not PdfReader(io.BytesIO(material.locked_pdf())).decrypt("")
    assert PdfReader(io.BytesIO(material.locked_pdf(owner_only=True))).decrypt("")
