"""A picture that is cut out of another is told from sketches alone."""

import random
from collections.abc import Iterator
from dataclasses import replace
from statistics import correlation

import pytest

from rules.cropping import SAME, UNSURE, likeness
from rules.submission import Attachment
from tests.rules.builders import FORM, PHOTOS, TEXT, a_file, a_picture, a_submission, fires, quiet

Grey = list[list[int]]


def ground(seed: int, width: int = 32, height: int = 24) -> Grey:
    """Hills of grey, as the broad light and shade of a photograph."""
    dice = random.Random(seed)
    hills = [(dice.uniform(0, 32), dice.uniform(0, 24), dice.uniform(9, 90)) for _ in range(9)]
    return [
        [round(max(15 - ((x - a) ** 2 + (y - b) ** 2) * 15 / c / 2 for a, b, c in hills) % 16) % 16
         for x in range(width)]
        for y in range(height)
    ]  # fmt: skip


def sketch(grey: Grey) -> str:
    return f"{len(grey[0])}:" + "".join(f"{point:x}" for row in grey for point in row)


def cut(grey: Grey, left: int, top: int, width: int, height: int) -> Grey:
    """Enlarged to 32 points across, as every sketch is."""
    lines = [row[left : left + width] for row in grey[top : top + height]]
    across = [x * width // 32 for x in range(32)]
    down = [y * width // 32 for y in range(height * 32 // width)]
    return [[lines[y][x] for x in across] for y in down]


@pytest.mark.parametrize("box", [(0, 0, 32, 24), (4, 3, 20, 15), (12, 8, 16, 12), (0, 10, 30, 14)])
def test_a_cut_fits_where_it_was_cut(box: tuple[int, int, int, int]) -> None:
    whole = ground(1)
    assert likeness(sketch(cut(whole, *box)), sketch(whole)) >= SAME


def test_other_pictures_do_not_fit() -> None:
    pairs = [(ground(n), ground(n + 50)) for n in range(6)]
    assert max(likeness(sketch(cut(a, 4, 3, 24, 18)), sketch(b)) for a, b in pairs) < SAME


def test_what_tells_nothing_is_neither_alike_nor_different() -> None:
    flat, whole = sketch([[9] * 32] * 24), sketch(ground(1))
    assert likeness(flat, whole) == UNSURE
    assert likeness(sketch(ground(1, 32, 2)), whole) == UNSURE
    assert likeness("", whole) == likeness(whole, "") == 0


def correlations(cut: Grey, whole: Grey) -> Iterator[float]:
    """Of the cut with what lies under it, at every place."""
    height, width = len(cut), len(cut[0])
    points = [point for row in cut for point in row]
    for top in range(len(whole) - height + 1):
        for left in range(len(whole[0]) - width + 1):
            rows = whole[top : top + height]
            yield correlation(points, [p for row in rows for p in row[left : left + width]])


@pytest.mark.parametrize("seed", range(8))
def test_it_is_laid_over_every_place_at_every_size(seed: int) -> None:
    dice = random.Random(seed)
    whole, small = ([[dice.randrange(16) for _ in range(14)] for _ in range(11)] for _ in range(2))
    sizes = [(width, round(width * 11 / 14)) for width in (11, 12, 13, 14)]
    best = max(
        one
        for width, height in sizes
        for one in correlations(
            [
                [small[y * 11 // height][x * 14 // width] for x in range(width)]
                for y in range(height)
            ],
            whole,
        )
    )
    assert likeness(sketch(small), sketch(whole)) == pytest.approx(best, abs=1e-9)


def illustrated(picture: str) -> Attachment:
    shown = a_picture(hash=(1 << 64) - 1, sketch=picture)
    return a_file(TEXT.name, pictures=(shown,), contact=TEXT.facts.contact)


def a_photo(shown: str) -> Attachment:
    return a_file("照片3.jpg", hash=0x5555555500000000, sketch=shown)


def test_the_whole_of_a_crop_is_its_original() -> None:
    whole = ground(1)
    crop = illustrated(sketch(cut(whole, 4, 3, 20, 15)))
    submission = a_submission(crop, *PHOTOS, FORM, a_photo(sketch(whole)))
    quiet("images-not-separate", submission)
    quiet("images-unclear", submission)


def test_in_doubt_a_person_compares_and_nobody_is_accused() -> None:
    crop = illustrated(sketch([[9] * 32] * 24))
    photos = [a_file(p.name, hash=0x5555555500000000) for p in PHOTOS]
    submission = a_submission(crop, *photos, FORM, a_photo(sketch(ground(1))))
    fires("images-unclear", submission)
    quiet("images-not-separate", submission)


def test_without_any_likeness_the_original_is_missing() -> None:
    crop = illustrated(sketch(ground(1)))
    photos = [a_file(p.name, hash=0x5555555500000000) for p in PHOTOS]
    fires("images-not-separate", a_submission(crop, *photos, FORM))


def test_of_a_picture_put_together_from_those_that_came_nobody_misses_the_original() -> None:
    """拼图: two photographs side by side in the text, each attached."""
    parts = [ground(1, 32, 24), ground(2, 32, 24)]
    both = [left + right for left, right in zip(*parts, strict=True)]
    collage = [row[::2] for row in both[::2]]
    photos = [
        replace(a_photo(sketch(part)), name=photo.name)
        for part, photo in zip(parts, PHOTOS, strict=True)
    ]
    submission = a_submission(illustrated(sketch(collage)), *photos, FORM)
    quiet("images-not-separate", submission)
    fires("images-unclear", submission)


def test_of_a_picture_put_together_from_others_the_original_is_missing() -> None:
    parts = [ground(1, 32, 24), ground(2, 32, 24)]
    collage = [(left + right)[::2] for left, right in zip(*parts, strict=True)][::2]
    other = replace(a_photo(sketch(ground(60))), name=PHOTOS[0].name)
    submission = a_submission(illustrated(sketch(collage)), other, FORM)
    fires("images-not-separate", submission)
