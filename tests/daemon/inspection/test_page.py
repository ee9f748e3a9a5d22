"""A page is told from a photograph; the short way to say "photograph" agrees with the long one."""

from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageChops, ImageDraw

from daemon.inspection import page


def white(picture: Image.Image) -> float:
    """The share of points without colour and bright, every channel of HSV worked out."""
    small = picture.convert("HSV").resize((64, 64), Image.Resampling.BOX)
    _, saturation, value = small.split()
    pale = saturation.point([255 * (s < 45) for s in range(256)])
    bright = value.point([255 * (v > 190) for v in range(256)])
    return ImageChops.multiply(pale, bright).histogram()[255] / 4096


def sheet(width: int, height: int, paper: tuple[int, int, int]) -> Image.Image:
    picture = Image.new("RGB", (width, height), paper)
    pen = ImageDraw.Draw(picture)
    for y in range(height // 8, height * 7 // 8, 8):
        pen.line((width // 8, y, width * 7 // 8, y), fill=(40, 40, 44))
    return picture


colours = st.tuples(*[st.integers(0, 255) | st.sampled_from((189, 190, 191, 250))] * 3)


@settings(max_examples=200, deadline=None)
@given(
    st.lists(colours, min_size=1, max_size=12), st.sampled_from(((256, 192), (181, 256), (9, 256)))
)
def test_a_photograph_is_one_whichever_way_it_is_found(
    stripes: list[tuple[int, int, int]], size: tuple[int, int]
) -> None:
    picture = Image.new("RGB", (1, len(stripes)))
    picture.putdata(stripes)
    picture = picture.resize(size, Image.Resampling.BICUBIC)
    assert (page.is_page(picture) is False) == (white(picture) <= 0.25)


def test_paper_is_a_page() -> None:
    assert page.is_page(sheet(181, 256, (250, 250, 246))) is True


def test_bright_paper_of_a_strong_colour_is_no_page() -> None:
    assert page.is_page(sheet(181, 256, (250, 250, 120))) is False


def test_dark_paper_is_no_page() -> None:
    assert page.is_page(sheet(181, 256, (180, 180, 178))) is False


def test_white_of_another_shape_may_be_a_page_or_not() -> None:
    assert page.is_page(sheet(256, 256, (250, 250, 246))) is None
