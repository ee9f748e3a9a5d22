"""A picture is decoded fully, and refused before it can grow."""

import io
import struct
import zlib
from functools import cache
from pathlib import Path

import pytest
from PIL import Image, ImageDraw, ImageFilter

from rules.submission import Facts
from tests import material
from tests.daemon.inspection.files import facts_of

ORIENTATION = 0x0112


def saved(picture: Image.Image, form: str = "JPEG", **options: object) -> bytes:
    out = io.BytesIO()
    picture.save(out, form, **options)
    return out.getvalue()


def opened(data: bytes) -> Image.Image:
    return Image.open(io.BytesIO(data))


@cache
def grain() -> bytes:
    """A JPEG of more than two megabytes."""
    return saved(Image.effect_noise((2400, 1600), 90).convert("RGB"), quality=92)


def png_of_size(width: int, height: int) -> bytes:
    """A PNG that only says how large it is: the pixels are missing."""
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    chunk = b"IHDR" + head
    return b"".join(
        (
            b"\x89PNG\r\n\x1a\n",
            struct.pack(">I", len(head)) + chunk + struct.pack(">I", zlib.crc32(chunk)),
            struct.pack(">I", 9) + b"IDAT" + zlib.compress(b"\0") + bytes(4),
        )
    )


def picture(folder: Path, data: bytes, name: str = "照片.jpg") -> Facts:
    return facts_of(folder, name, data)


def distance(one: Facts, other: Facts) -> int:
    assert one.hash is not None
    assert other.hash is not None
    return (one.hash ^ other.hash).bit_count()


def test_a_whole_photograph_has_its_size_and_exif(tmp_path: Path) -> None:
    facts = picture(tmp_path, material.jpeg(1600, 1200))
    assert (facts.width, facts.height, facts.exif, facts.damaged) == (1600, 1200, True, "")


def test_a_photograph_from_a_chat_program_has_no_exif(tmp_path: Path) -> None:
    assert picture(tmp_path, material.jpeg(exif=False)).exif is False


@pytest.mark.parametrize("keep", [0.3, 0.6, 0.95])
def test_a_photograph_cut_short_is_truncated(tmp_path: Path, keep: float) -> None:
    facts = picture(tmp_path, material.truncated(material.jpeg(), keep=keep))
    assert (facts.format, facts.damaged) == ("jpeg", "truncated")


@pytest.mark.parametrize("tenths", range(1, 10))
def test_a_photograph_of_several_blocks_is_truncated_wherever_it_is_cut(
    tmp_path: Path, tenths: int
) -> None:
    """It is decoded by the megabyte; the cut may fall before, on or behind such a border."""
    whole = grain()
    facts = picture(tmp_path, whole[: len(whole) * tenths // 10])
    assert (facts.width, facts.damaged) == (2400, "truncated")
    assert picture(tmp_path, whole).damaged == ""


@pytest.mark.parametrize("kept", [1 << 20, 2 << 20])
def test_a_photograph_cut_where_a_block_ends_is_truncated(tmp_path: Path, kept: int) -> None:
    head = grain().index(b"\xff\xda")
    for at in (kept, head + kept):
        assert picture(tmp_path, grain()[:at]).damaged == "truncated"


def test_a_picture_that_makes_no_sense_is_undecodable(tmp_path: Path) -> None:
    assert picture(tmp_path, b"\xff\xd8\xff" + bytes(range(256)) * 8).damaged == "undecodable"


@pytest.mark.parametrize("mode", ["CMYK", "L", "RGB"])
@pytest.mark.parametrize("progressive", [True, False])
def test_print_and_progressive_pictures_are_fine(
    tmp_path: Path, mode: str, *, progressive: bool
) -> None:
    data = saved(opened(material.jpeg(320, 240)).convert(mode), progressive=progressive)
    facts = picture(tmp_path, data)
    assert (facts.width, facts.height, facts.damaged, facts.unknown) == (320, 240, "", "")


@pytest.mark.parametrize(("orientation", "size"), [(1, (320, 240)), (3, (320, 240))])
def test_a_picture_upright_or_upside_down_keeps_its_size(
    tmp_path: Path, orientation: int, size: tuple[int, int]
) -> None:
    exif = Image.Exif()
    exif[ORIENTATION] = orientation
    facts = picture(tmp_path, saved(opened(material.jpeg(320, 240)), exif=exif))
    assert (facts.width, facts.height) == size


@pytest.mark.parametrize(
    ("orientation", "turn"),
    [
        (6, Image.Transpose.ROTATE_90),
        (8, Image.Transpose.ROTATE_270),
        (3, Image.Transpose.ROTATE_180),
        (5, Image.Transpose.TRANSPOSE),
        (7, Image.Transpose.TRANSVERSE),
    ],
)
def test_a_telephone_held_sideways_gives_the_same_picture(
    tmp_path: Path, orientation: int, turn: Image.Transpose
) -> None:
    exif = Image.Exif()
    exif[ORIENTATION] = orientation
    upright = opened(material.jpeg(320, 240))
    facts = picture(tmp_path, saved(upright.transpose(turn), exif=exif))
    assert (facts.width, facts.height) == (320, 240)
    assert distance(facts, picture(tmp_path, saved(upright))) <= 4


@pytest.mark.parametrize("size", [(50_000, 50_000), (10_001, 10_000)])
def test_a_bomb_is_measured_and_not_decoded(tmp_path: Path, size: tuple[int, int]) -> None:
    facts = picture(tmp_path, png_of_size(*size), "炸弹.png")
    assert (facts.width, facts.height) == size
    assert (facts.unknown, facts.damaged) == ("limits", "")


def test_a_picture_as_large_as_may_be_is_decoded(tmp_path: Path) -> None:
    assert picture(tmp_path, png_of_size(10_000, 10_000), "大.png").unknown == ""


@pytest.mark.parametrize("quality", [30, 60, 95])
@pytest.mark.parametrize("size", [(1600, 1200), (1080, 810), (400, 300)])
def test_a_recompressed_or_scaled_copy_looks_the_same(
    tmp_path: Path, quality: int, size: tuple[int, int]
) -> None:
    original = material.jpeg(1600, 1200)
    copy = saved(opened(original).resize(size), quality=quality)
    assert distance(picture(tmp_path, original), picture(tmp_path, copy)) <= 4


def test_the_same_picture_as_png_looks_the_same(tmp_path: Path) -> None:
    jpeg, png = picture(tmp_path, material.jpeg(800, 600)), picture(tmp_path, material.png())
    assert distance(jpeg, png) <= 4


@pytest.mark.parametrize("seed", range(2, 12))
def test_another_photograph_looks_different(tmp_path: Path, seed: int) -> None:
    one, other = (picture(tmp_path, material.jpeg(seed=s)) for s in (1, seed))
    assert distance(one, other) > 14


def test_a_scanned_page_is_a_page(tmp_path: Path) -> None:
    assert picture(tmp_path, material.page()).page_like is True


def test_a_scanned_page_lying_on_its_side_is_a_page(tmp_path: Path) -> None:
    data = saved(opened(material.page()).transpose(Image.Transpose.ROTATE_90))
    assert picture(tmp_path, data).page_like is True


def test_a_photograph_is_no_page(tmp_path: Path) -> None:
    night = Image.new("RGB", (1600, 1200), (30, 60, 20))
    assert picture(tmp_path, saved(night)).page_like is False


def test_a_page_photographed_on_a_dark_desk_cannot_be_told(tmp_path: Path) -> None:
    desk = Image.new("RGB", (1240, 1754), (70, 50, 40))
    paper = opened(material.page()).resize((860, 1216))
    desk.paste(paper, (190, 269))
    assert picture(tmp_path, saved(desk)).page_like is None


def test_snow_in_a_wide_photograph_cannot_be_told(tmp_path: Path) -> None:
    snow = Image.new("RGB", (1920, 1080), (240, 240, 245))
    ImageDraw.Draw(snow).ellipse((300, 200, 700, 900), fill=(40, 60, 30))
    assert picture(tmp_path, saved(snow.filter(ImageFilter.BLUR))).page_like is None


def test_an_apple_picture_has_its_size_without_a_decoder(tmp_path: Path) -> None:
    facts = picture(tmp_path, material.heic(4032, 3024))
    assert (facts.format, facts.width, facts.height, facts.damaged) == ("heic", 4032, 3024, "")


def test_an_apple_picture_cut_short_is_truncated(tmp_path: Path) -> None:
    assert picture(tmp_path, material.truncated(material.heic())).damaged == "truncated"


def test_a_picture_one_pixel_wide_is_no_division_by_nothing(tmp_path: Path) -> None:
    facts = picture(tmp_path, saved(Image.new("RGB", (1, 7))))
    assert (facts.width, facts.height, facts.damaged) == (1, 7, "")
