"""Pictures and scans: formats, limits on both sides, originals of what Word has inside."""

import io

from PIL import Image

from tests import material
from tests.contract.outside import Examiner, all_are
from tests.contract.ready import STORY, WALL, case, sized, stock, story, story_files, wall
from tests.letters import letter

PICTURE_LIMIT, SCAN_LIMIT = int(10 * (1 << 20) * 1.01), int(30 * (1 << 20) * 1.01)
PHOTO = material.jpeg(seed=1)


def with_picture(name: str, data: bytes) -> bytes:
    return story(story_files(first=(name, data)))


def with_form(name: str, data: bytes) -> bytes:
    return story(story_files(form=(name, data)))


def test_pictures_that_are_no_jpeg_are_named_by_their_bytes(examiner: Examiner) -> None:
    mails = {
        "heic": with_picture("IMG_1.HEIC", material.heic()),
        "heic_named_jpg": with_picture("IMG_1.jpg", material.heic()),
        "png": with_picture("a.png", material.png()),
        "png_named_jpg": with_picture("a.jpg", material.png()),
        "webp": with_picture("a.webp", material.webp()),
        "gif": with_picture("a.gif", material.gif()),
    }
    seen = examiner.look(**mails)
    assert all_are("returned: image-not-jpeg", {name: s.verdict for name, s in seen.items()})
    assert seen["heic_named_jpg"].file("IMG_1.jpg")["format"] == "heic"
    assert "兼容性最佳" in seen["heic"].text


def test_a_picture_of_ten_megabytes_and_one_percent_is_the_last_that_fits(
    examiner: Examiner,
) -> None:
    mails = {
        "last": with_picture("a.jpg", sized(PHOTO, PICTURE_LIMIT)),
        "over": with_picture("a.jpg", sized(PHOTO, PICTURE_LIMIT + 1)),
        "cut": with_picture("b.jpg", material.truncated(PHOTO)),
        "empty": with_picture("b.jpg", b""),
        "named_png": with_picture("b.png", PHOTO),
    }
    assert examiner.verdicts(**mails) == {
        "last": "accepted",
        "over": "returned: image-too-large",
        "cut": "returned: image-damaged",
        "empty": "returned: file-empty",
        "named_png": "accepted",
    }


def test_a_scan_may_have_thirty_megabytes(examiner: Examiner) -> None:
    page = material.page()
    mails = {
        "a_page": story(extra=[("0001.jpg", sized(page, 12 << 20))]),
        "over": with_form("推荐表盖章.jpg", sized(page, SCAN_LIMIT + 1)),
    }
    assert examiner.verdicts(**mails) == {
        "a_page": "accepted",
        "over": "returned: scan-too-large",
    }


def test_scans_are_pdf_or_jpeg_and_open_without_a_password(examiner: Examiner) -> None:
    mails = {
        "png": stock(("荣誉证书扫描件.png", material.png())),
        "locked": stock(("证书扫描件.pdf", material.locked_pdf())),
        "owner_only": stock(("证书扫描件.pdf", material.locked_pdf(owner_only=True))),
        "cut": stock(("证书扫描件.pdf", material.truncated(material.scan_pdf()))),
        "jpeg": stock(("荣誉证书扫描件.jpg", material.page())),
    }
    assert examiner.verdicts(**mails) == {
        "png": "returned: scan-format",
        "locked": "returned: pdf-encrypted",
        "owner_only": "accepted",
        "cut": "returned: pdf-damaged",
        "jpeg": "accepted",
    }


def test_a_form_may_be_word_or_a_stamped_scan(examiner: Examiner) -> None:
    mails = {
        "spread": with_form("表.docx", material.form(spread=True)),
        "merged": with_form("表.docx", material.form(merged=True)),
        "pdf": with_form("附件1.pdf", material.scan_pdf()),
        "jpg": with_form("推荐表扫描件.jpg", material.page()),
        "word_and_scan": story(extra=[("附件1推荐表盖章.pdf", material.scan_pdf())]),
    }
    assert all_are("accepted", examiner.verdicts(**mails))


def test_the_faults_of_a_form_are_its_own(examiner: Examiner) -> None:
    mails = {
        "absent": story(story_files(form=None)),
        "absent_in_a_case": case(form=None),
        "locked": with_form("附件1推荐表.docx", material.encrypted_office()),
        "locked_pdf": with_form("附件1推荐表.pdf", material.locked_pdf()),
        "empty": with_form("附件1推荐表.docx", b""),
    }
    assert examiner.verdicts(**mails) == {
        "absent": "returned: form-missing",
        "absent_in_a_case": "returned: form-missing",
        "locked": "returned: word-encrypted",
        "locked_pdf": "returned: pdf-encrypted",
        "empty": "returned: file-empty",
    }


def test_blank_fields_of_a_form_are_only_remarked(examiner: Examiner) -> None:
    seen = examiner.look(
        one=with_form("推荐表.docx", material.form(blank=("作者",))),
        all_of_them=with_form("推荐表.docx", material.form(filled=False)),
        none=story(),
    )
    assert {name: "form-incomplete" in s.remarks for name, s in seen.items()} == {
        "one": True,
        "all_of_them": True,
        "none": False,
    }
    assert all_are("accepted", {name: s.verdict for name, s in seen.items()})


def illustrated(picture: bytes, *originals: bytes) -> bytes:
    """A story whose text has `picture` inside; JPEG files come beside it."""
    text = material.manuscript(pictures=(picture,))
    files = [(f"DSC_{i}.JPG", data) for i, data in enumerate(originals)]
    form = ("推荐表.docx", material.form())
    return letter(subject=STORY, files=[(f"{STORY}.docx", text), form, *files])


def test_pictures_inside_word_need_their_originals(examiner: Examiner) -> None:
    other = material.jpeg(seed=5)
    small = material.jpeg(800, 600, seed=1)
    seen = examiner.look(
        same=illustrated(PHOTO, PHOTO, other),
        word_holds_a_smaller_one=illustrated(small, PHOTO, other),
        only_a_smaller_one_came=illustrated(PHOTO, small, other),
        another_came=illustrated(PHOTO, other, material.jpeg(seed=6)),
    )
    assert {name: s.verdict for name, s in seen.items()} == {
        "same": "accepted",
        "word_holds_a_smaller_one": "accepted",
        "only_a_smaller_one_came": "accepted",
        "another_came": "returned: images-not-separate",
    }
    assert {name for name, s in seen.items() if "image-not-original" in s.remarks} == {
        "only_a_smaller_one_came"
    }


def cropped(box: tuple[int, int, int, int]) -> bytes:
    out = io.BytesIO()
    with Image.open(io.BytesIO(PHOTO)) as picture:
        picture.crop(box).save(out, "JPEG", quality=90)
    return out.getvalue()


def test_a_crop_in_the_text_has_its_original_in_the_whole_picture(examiner: Examiner) -> None:
    other = material.jpeg(seed=5)
    crops = {
        "middle": (200, 100, 1200, 900),
        "corner": (0, 0, 800, 600),
        "strip": (0, 300, 1600, 800),
    }
    mails = {name: illustrated(cropped(box), PHOTO, other) for name, box in crops.items()}
    assert all_are("accepted", examiner.verdicts(**mails))
    alone = illustrated(cropped(crops["middle"]), other, material.jpeg(seed=6))
    assert examiner.verdicts(alone=alone) == {"alone": "returned: images-not-separate"}


def test_emblems_do_not_count_up_to_their_limits(examiner: Examiner) -> None:
    tile = material.jpeg(320, 240, seed=9)
    assert len(tile) < 20_480
    bulky = {side: sized(material.jpeg(side, 600, seed=9), 60_000) for side in (199, 200)}
    pair = (PHOTO, material.jpeg(seed=2))
    mails = {
        "narrow": illustrated(bulky[199], *pair),
        "wide": illustrated(bulky[200], *pair),
        "light": illustrated(sized(tile, 20_479), *pair),
        "heavy": illustrated(sized(tile, 20_480), *pair),
    }
    assert examiner.verdicts(**mails) == {
        "narrow": "accepted",
        "wide": "returned: images-not-separate",
        "light": "accepted",
        "heavy": "returned: images-not-separate",
    }


def test_pictures_inside_word97_are_seen_too(examiner: Examiner) -> None:
    text = (f"{WALL}.doc", material.doc("稿件" * 90, material.CONTACT, pictures=[PHOTO]))
    mails = {"alone": wall(text), "with_original": wall(text, extra=[("图1.jpg", PHOTO)])}
    assert examiner.verdicts(**mails) == {
        "alone": "returned: images-not-separate",
        "with_original": "accepted",
    }


def test_pictures_from_a_chat_are_softly_remarked(examiner: Examiner) -> None:
    chat = material.jpeg(1080, 810, exif=False)
    mails = {
        "chat": with_picture("mmexport1594000000000.jpg", chat),
        "camera": with_picture("IMG_1.jpg", PHOTO),
        "no_exif_alone": with_picture("a.jpg", material.jpeg(exif=False)),
    }
    seen = examiner.look(**mails)
    assert all_are("accepted", {name: s.verdict for name, s in seen.items()})
    assert {n for n, s in seen.items() if "image-not-original" in s.remarks} == {"chat"}
