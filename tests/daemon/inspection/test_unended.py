"""A JPEG without its end mark is whole exactly when nothing of the picture is missing."""

import io
import random
from typing import Any

import pytest
from PIL import Image

from daemon.inspection.image import look
from tests import material

END = b"\xff\xd9"
WAYS: dict[str, dict[str, Any]] = {
    "plain": {},
    "progressive": {"progressive": True},
    "restarts": {"restart_marker_rows": 1},
    "fine": {"subsampling": 0, "quality": 95},
}


def body(way: str) -> bytes:
    """A photograph written this way, without its last two bytes."""
    with Image.open(io.BytesIO(material.jpeg(320, 240, seed=3))) as picture:
        out = io.BytesIO()
        picture.save(out, "JPEG", **({"quality": 85} | WAYS[way]))
    data = out.getvalue()
    assert data.endswith(END)
    return data[:-2]


def damage(data: bytes) -> str:
    return look(io.BytesIO(data)).damaged


@pytest.mark.parametrize("way", WAYS)
def test_a_jpeg_that_lacks_only_its_end_mark_is_whole(way: str) -> None:
    seen, same = look(io.BytesIO(body(way))), look(io.BytesIO(body(way) + END))
    assert seen == same
    assert not seen.damaged


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("lost", [4, 12, 50, 400])
def test_a_jpeg_that_lacks_its_last_bytes_is_cut(way: str, lost: int) -> None:
    assert damage(body(way)[:-lost]) == "truncated"


def test_half_an_end_mark_and_zeros_behind_the_picture_do_not_matter() -> None:
    whole = body("plain")
    assert not damage(whole + b"\xff")
    assert not damage(whole + bytes(5000))
    assert not damage(whole + END + bytes(5000))


def test_zeros_where_the_picture_should_be_are_a_broken_transfer() -> None:
    data = body("plain")
    assert damage(data[: len(data) // 2] + bytes(100_000)) == "truncated"


@pytest.mark.parametrize("way", ["plain", "progressive", "restarts"])
def test_wherever_it_is_cut_it_is_seen(way: str) -> None:
    data, dice = body(way), random.Random(way)
    places = [dice.randrange(len(data) // 4, len(data) - 40) for _ in range(25)]
    assert {damage(data[:place]) for place in places} == {"truncated"}
