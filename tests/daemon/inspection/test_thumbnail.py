"""Small pictures for people who look through the library."""

from pathlib import Path

import pytest
from PIL import Image

from daemon.inspection import Inspector
from tests import material
from tests.daemon.inspection.files import written


def small(inspector: Inspector, folder: Path, name: str, data: bytes) -> Path | None:
    file = written(folder, name, data)
    (found,) = inspector.inspect([file], folder)
    into = folder / "small.jpg"
    made = inspector.thumbnail(file.disk, found.attachment.facts, into)
    assert made == into.exists()
    return into if made else None


@pytest.mark.parametrize(
    ("name", "data", "size"),
    [
        ("照片.jpg", material.jpeg(1600, 1200), (320, 240)),
        ("照片.png", material.png(300, 600), (160, 320)),
        ("推荐表.pdf", material.scan_pdf(), (227, 320)),
        ("稿件.pdf", material.pdf(), (227, 320)),
    ],
)
def test_a_picture_or_a_scan_is_made_small(
    inspector: Inspector, tmp_path: Path, name: str, data: bytes, size: tuple[int, int]
) -> None:
    path = small(inspector, tmp_path, name, data)
    assert path is not None
    with Image.open(path) as picture:
        assert (picture.format, picture.size) == ("JPEG", size)


def test_a_film_shows_its_first_frame(inspector: Inspector, tmp_path: Path) -> None:
    pytest.importorskip("av")
    path = small(inspector, tmp_path, "片.mp4", material.mp4())
    assert path is not None
    with Image.open(path) as picture:
        assert picture.size == (64, 48)


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("稿件.docx", material.docx("x")),
        ("照片.jpg", b"\xff\xd8\xff" + bytes(99)),
        ("稿件.pdf", b"%PDF-1.4 nothing"),
        ("片.mp4", material.box(b"ftyp", b"isom", bytes(4))),
    ],
)
def test_what_shows_nothing_has_no_small_picture(
    inspector: Inspector, tmp_path: Path, name: str, data: bytes
) -> None:
    assert small(inspector, tmp_path, name, data) is None
