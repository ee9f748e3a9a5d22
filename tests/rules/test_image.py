"""Rules about pictures."""

import io
from itertools import combinations

import pytest
from PIL import Image
from PIL.Image import Transpose

from daemon.inspection import perceptual
from rules.filling import spoiled
from rules.judge import judge
from rules.likeness import alike
from rules.submission import Attachment
from rules.verdict import Status
from tests import material
from tests.rules.builders import (
    FORM,
    MB,
    NOTICE,
    PHOTOS,
    TEXT,
    a_file,
    a_link,
    a_picture,
    a_story,
    a_submission,
    codes,
    earlier,
    faults,
    fires,
    quiet,
    spoken,
    story_with,
    with_kind,
)

LOOK, OTHER = 0, (1 << 32) - 1  # hashes: 32 bits apart
NEAR, FAR = (1 << 12) - 1, (1 << 13) - 1  # 12 and 13 bits from LOOK


def illustrated(*pictures: object, **other: object) -> Attachment:
    return a_file("故事.docx", pictures=pictures or (a_picture(hash=LOOK),), **other)


def beside(*hashes: int | None) -> tuple[Attachment, ...]:
    return tuple(a_file(f"图{n}.jpg", hash=h) for n, h in enumerate(hashes))


def test_a_picture_in_the_text_without_its_original_is_missed() -> None:
    submission = a_submission(illustrated(), *beside(OTHER, OTHER << 1))
    said = spoken(fires("images-not-separate", submission))
    assert "1920×1080" in said
    assert "图0.jpg（4000×3000）" in said


def test_the_original_beside_the_text_is_enough() -> None:
    quiet("images-not-separate", a_submission(illustrated(), *beside(LOOK, OTHER)))


def test_recompression_changes_a_few_bits_and_another_picture_many() -> None:
    quiet("images-not-separate", a_submission(illustrated(), *beside(NEAR)))
    fires("images-not-separate", a_submission(illustrated(), *beside(FAR)))


@pytest.mark.parametrize("turn", [Transpose.ROTATE_90, Transpose.ROTATE_180, Transpose.ROTATE_270])
def test_a_turned_picture_has_its_original(turn: Transpose) -> None:
    with Image.open(io.BytesIO(material.jpeg(1200, 800, seed=4))) as photograph:
        shown, came = perceptual.of(photograph), perceptual.of(photograph.transpose(turn))
    assert alike(shown, came)
    quiet("images-not-separate", a_submission(illustrated(a_picture(hash=shown)), *beside(came)))


def test_turning_makes_no_pictures_alike() -> None:
    seen = []
    for seed in range(6):
        with Image.open(io.BytesIO(material.jpeg(600, 400, seed=seed))) as photograph:
            seen.append(perceptual.of(photograph))
    assert not any(alike(one, other) for one, other in combinations(seen, 2))


@pytest.mark.parametrize("format_", ["png", "webp", "tiff", "bmp", "gif"])
def test_an_original_in_another_format_is_that_one_fault(format_: str) -> None:
    original = a_file(f"图.{format_}", hash=LOOK)
    submission = a_submission(illustrated(), original, *PHOTOS, FORM)
    assert faults(submission) == {"image-not-jpeg"}


@pytest.mark.parametrize(
    "small", [{"width": 199}, {"height": 199}, {"size": 20 * 1024 - 1}], ids=str
)
def test_emblems_and_bullets_need_no_original(small: dict[str, int]) -> None:
    emblem = a_picture(**{"width": 200, "height": 200, "size": 20 * 1024} | small)
    quiet("images-not-separate", a_submission(illustrated(emblem)))


def test_a_picture_just_large_enough_needs_one() -> None:
    least = a_picture(200, 200, size=20 * 1024)
    fires("images-not-separate", a_submission(illustrated(least)))


def test_what_cannot_be_compared_may_be_the_original() -> None:
    quiet("images-not-separate", a_submission(illustrated(), a_file("图.heic", hash=None)))
    unsure = illustrated(a_picture(hash=None))
    quiet("images-not-separate", a_submission(unsure, *beside(OTHER)))
    fires("images-not-separate", a_submission(unsure))


def test_a_link_may_hold_the_originals() -> None:
    for name in ("图片.zip", "", "照片.jpg"):
        quiet("images-not-separate", a_submission(illustrated(), links=(a_link(name),)))
    fires("images-not-separate", a_submission(illustrated(), links=(a_link("片.mp4"),)))


def test_pictures_in_the_text_stand_for_the_part_that_asks_for_pictures() -> None:
    two = illustrated(a_picture(hash=LOOK), a_picture(hash=OTHER))
    assert faults(a_submission(two, FORM)) == {"images-not-separate"}
    assert faults(a_submission(illustrated(), FORM)) == {"images-not-separate", "part-missing"}


def test_pictures_of_an_earlier_text_still_want_their_originals() -> None:
    verdict = judge(a_submission(illustrated(), FORM), NOTICE)
    assert "故事.docx" not in spoiled(verdict.findings)
    before = verdict.submission.attachments
    fires("images-not-separate", a_submission(*beside(OTHER, OTHER << 1), before=before))
    assert faults(a_submission(*beside(LOOK, OTHER), before=before)) == set()


def test_an_original_of_an_earlier_version_counts() -> None:
    before = earlier(TEXT, *beside(LOOK, OTHER))
    quiet("images-not-separate", a_submission(illustrated(), before=before))


@pytest.mark.parametrize(
    ("name", "format_", "words"),
    [
        ("照片3.heic", "heic", "兼容性最佳"),
        ("照片3.jpg", "heic", "苹果 HEIC"),
        ("照片3.heif", "heif", "兼容性最佳"),
        ("照片3.png", "png", "另存为"),
        ("照片3.jpg", "webp", "WEBP"),
    ],
)
def test_a_picture_that_is_not_jpg_is_told_how_to_become_one(
    name: str, format_: str, words: str
) -> None:
    assert words in spoken(fires("image-not-jpeg", a_story(a_file(name, format=format_))))


def test_a_jpg_under_any_name_is_a_jpg() -> None:
    quiet("image-not-jpeg", a_story(a_file("照片3.png", format="jpeg")))


def test_pictures_fill_their_part_whatever_their_format() -> None:
    photos = (a_file("1.heic"), a_file("2.heic"))
    assert codes(a_submission(TEXT, *photos, a_file("推荐表.docx"))) == ("image-not-jpeg",) * 2


TEN = 10 * MB  # and 1 % of slack


@pytest.mark.parametrize("size", [TEN, TEN * 101 // 100])
def test_ten_m_and_one_percent_are_within(size: int) -> None:
    quiet("image-too-large", a_story(a_file("照片3.jpg", size=size)))


def test_a_byte_more_is_too_large() -> None:
    submission = a_story(a_file("照片3.jpg", size=TEN * 101 // 100 + 1))
    said = spoken(fires("image-too-large", submission))
    assert "10.1M" in said
    assert "不超过 10M" in said


def test_a_large_page_is_a_scan_by_its_name_or_its_looks() -> None:
    for page in (
        a_file("证书扫描件.jpg", size=20 * MB),
        a_file("盖章.jpg", size=30 * MB),
        a_file("IMG_1.jpg", size=20 * MB, page_like=True),
    ):
        assert faults(a_story(page)) == set(), page.name


def test_a_large_jpg_of_which_nobody_can_tell_is_held() -> None:
    submission = a_story(a_file("IMG_1.jpg", size=20 * MB, page_like=None))
    assert "20M" in spoken(fires("image-or-scan", submission))
    quiet("image-too-large", submission)
    assert judge(submission, NOTICE).status is Status.HELD


def test_a_plain_photograph_is_no_scan() -> None:
    submission = a_story(a_file("IMG_1.jpg", size=20 * MB, page_like=False))
    quiet("image-or-scan", submission)
    fires("image-too-large", submission)


def test_what_is_too_large_for_a_scan_too_is_too_large() -> None:
    submission = a_story(a_file("IMG_1.jpg", size=31 * MB, page_like=None))
    fires("image-too-large", submission)
    quiet("image-or-scan", submission)


def test_a_jpg_called_a_scan_may_be_one_of_the_pictures() -> None:
    photos = (a_file("扫描0001.jpg"), a_file("扫描0002.jpg"))
    assert faults(a_submission(TEXT, *photos, a_file("推荐表.docx"))) == set()


SHARP = with_kind("image", min_width=1920, min_height=1080)


@pytest.mark.parametrize(("width", "height"), [(1919, 1080), (1920, 1079), (1079, 1920)])
def test_a_pixel_less_is_too_small(width: int, height: int) -> None:
    submission = a_story(a_file("照片3.jpg", width=width, height=height))
    said = spoken(fires("image-too-small", submission, SHARP), SHARP)
    assert f"{width}×{height}" in said
    assert "1920×1080" in said


@pytest.mark.parametrize(("width", "height"), [(1920, 1080), (1080, 1920), (None, None)])
def test_either_way_up_is_large_enough(width: int, height: int) -> None:
    quiet("image-too-small", a_story(a_file("照片3.jpg", width=width, height=height)), SHARP)


def test_a_picture_that_is_cut_off_is_damaged() -> None:
    said = spoken(fires("image-damaged", a_story(a_file("照片3.jpg", damaged="truncated"))))
    assert "没有传完整" in said
    fires("image-damaged", a_story(a_file("照片3.jpg", format="unknown")))
    fires("image-damaged", a_story(a_file("扫描件.jpg", damaged="undecodable")))


def test_a_damaged_heic_is_one_fault() -> None:
    assert codes(a_story(a_file("照片3.heic", damaged="undecodable"))) == ("image-not-jpeg",)


def test_a_whole_picture_is_not_damaged() -> None:
    quiet("image-damaged", a_story())


CHAT = {"exif": False, "size": MB - 1}


@pytest.mark.parametrize("name", ["mmexport1594345678901.jpg", "微信图片_20200710083000.jpg"])
def test_name_exif_and_size_together_tell_a_chat_app(name: str) -> None:
    submission = a_story(a_file(name, **CHAT))
    fires("image-not-original", submission)
    assert judge(submission, NOTICE).status is Status.ACCEPTED


@pytest.mark.parametrize(
    ("name", "facts"),
    [
        ("照片3.jpg", CHAT),
        ("mmexport1594345678901.jpg", CHAT | {"exif": True}),
        ("mmexport1594345678901.jpg", CHAT | {"exif": None}),
        ("mmexport1594345678901.jpg", CHAT | {"size": MB}),
    ],
)
def test_each_of_them_alone_tells_nothing(name: str, facts: dict[str, object]) -> None:
    quiet("image-not-original", a_story(a_file(name, **facts)))


def test_an_attachment_smaller_than_the_picture_in_the_text_is_remarked() -> None:
    small = a_file("图.jpg", hash=LOOK, width=800, height=450)
    submission = story_with(text=illustrated())
    larger = a_submission(illustrated(), small, PHOTOS[0])
    assert "还小" in spoken(fires("image-not-original", larger))
    quiet("images-not-separate", larger)
    quiet("image-not-original", submission)
