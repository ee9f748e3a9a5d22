"""Files as secretaries send them."""

from tests import material
from tests.contract.desks import (
    ACCEPTED,
    ALL,
    FORM,
    FORM2,
    OTHER,
    PHOTO,
    TEXT,
    Cases,
    check,
    stock,
    story,
)
from tests.contract.outside import Examiner
from tests.letters import Enclosure

FIELDS = [[label, value] for label, value in material.FIELDS.items()]


def test_the_forms_of_a_form(examiner: Examiner) -> None:
    page = material.page()
    cases: Cases = {
        "scanned_pdf": (
            story([TEXT, ("推荐表（盖章）.pdf", material.scan_pdf()), PHOTO, OTHER]),
            ACCEPTED,
        ),
        "scan_beside": (story([*ALL, ("推荐表盖章扫描.jpg", page)]), ACCEPTED),
        "last_page_of_the_text": (
            story(
                [
                    ("故事.docx", material.docx("题", material.body_text(700), tables=[FIELDS])),
                    PHOTO,
                    OTHER,
                ]
            ),
            ACCEPTED,
        ),
        "wps_by_name": (
            story([TEXT, ("附件1.wps", material.doc("推荐单位")), PHOTO, OTHER]),
            ACCEPTED,
        ),
        "nameless_scan": (
            story([TEXT, ("扫描0001.pdf", material.scan_pdf()), PHOTO, OTHER]),
            "held: form-unclear",
        ),
        "photographed": (
            story([TEXT, ("IMG_20200710.jpg", page), PHOTO, OTHER]),
            "held: form-unclear",
        ),
        "of_another_kind": (
            story([TEXT, ("附件2“教育素材库”推荐表.docx", FORM2[1]), PHOTO, OTHER]),
            "returned: form-missing",
        ),
    }
    check(examiner, cases)


def test_names_that_say_little(examiner: Examiner) -> None:
    def named(*names: str) -> bytes:
        return story([(name, data) for name, (_, data) in zip(names, ALL, strict=True)])

    cases: Cases = {
        "numbers": (named("1.docx", "2.docx", "3.jpg", "4.jpg"), ACCEPTED),
        "enclosures": (named("附件1.docx", "附件2.docx", "附件3.jpg", "附件4.jpg"), ACCEPTED),
        "untitled": (named("无标题.docx", "无标题(1).docx", "a.jpg", "b.jpg"), ACCEPTED),
        "no_endings": (named("故事", "推荐表", "照片1", "照片2"), ACCEPTED),
        "two_endings": (named("故事.docx", "推荐表.docx", "1.jpg.jpg", "2.JPEG"), ACCEPTED),
    }
    check(examiner, cases)


def test_packed_and_beside(examiner: Examiner) -> None:
    folder = {f"农学院战疫故事汇/{name}": data for name, data in ALL}
    lock = ("~$间地头的党旗.docx", material.lock_file())
    cases: Cases = {
        "windows_folder": (story([("材料.zip", material.zip_of(folder, gbk=True))]), ACCEPTED),
        "rar": (story([("材料.rar", material.rar(dict(ALL)))]), ACCEPTED),
        "packed_twice": (
            story([("外.zip", material.zip_of({"内.zip": material.zip_of(dict(ALL), gbk=True)}))]),
            ACCEPTED,
        ),
        "with_its_lock": (story([*ALL, lock]), ACCEPTED),
        "with_a_lock_packed": (
            story([("材料.zip", material.zip_of({**dict(ALL), lock[0]: lock[1]}, gbk=True))]),
            ACCEPTED,
        ),
        "only_the_lock": (story([lock, FORM, PHOTO, OTHER]), "returned: file-empty"),
        "a_pdf_of_the_text": (story([*ALL, ("田间地头的党旗.pdf", material.pdf())]), ACCEPTED),
        "two_stories": (
            story([*ALL, ("春耕.docx", material.manuscript(title="春耕", chars=800))]),
            ACCEPTED,
        ),
        "locked": (
            story([("材料.zip", material.zip_of(dict(ALL), encrypted=True))]),
            "returned: archive-encrypted",
        ),
    }
    check(examiner, cases)


def test_pictures_from_everywhere(examiner: Examiner) -> None:
    pasted = Enclosure("image001.png", material.png(900, 700), "image/png", inline=True, cid="a")
    shown = "<p>材料见附件</p><img src='cid:a'>"
    screens = [("屏幕截图.png", material.png(seed=1)), ("屏幕截图2.png", material.png(seed=2))]
    cases: Cases = {
        "a_screenshot_in_the_text": (story([*ALL, pasted], text="", html=shown), ACCEPTED),
        "only_in_the_text": (
            story([TEXT, FORM, PHOTO, pasted], text="", html=shown),
            "returned: image-not-jpeg",
        ),
        "screenshots": (story([TEXT, FORM, *screens]), "returned: image-not-jpeg"),
        "no_end_mark": (story([TEXT, FORM, PHOTO, ("b.jpg", OTHER[1][:-2])]), ACCEPTED),
        "cut": (
            story([TEXT, FORM, PHOTO, ("b.jpg", OTHER[1][:30_000])]),
            "returned: image-damaged",
        ),
        "the_same_twice": (
            story([TEXT, FORM, PHOTO, ("值守(1).jpg", PHOTO[1])]),
            "returned: part-missing",
        ),
        "in_a_pdf": (
            story([TEXT, FORM, ("照片.pdf", material.scan_pdf(pages=2))]),
            "returned: part-missing",
        ),
    }
    check(examiner, cases)


def test_texts_that_are_no_word_documents(examiner: Examiner) -> None:
    def text(name: str, data: bytes) -> bytes:
        return story([(name, data), FORM, PHOTO, OTHER])

    cases: Cases = {
        "word_named_wps": (text("文字材料.wps", material.doc("稿件内容" * 90)), ACCEPTED),
        "docx_named_doc": (text("稿件.doc", TEXT[1]), ACCEPTED),
        "pdf": (text("文字材料.pdf", material.pdf(pages=2)), "returned: text-not-word"),
        "plain": (text("稿件.txt", ("稿件" * 200).encode("gbk")), "returned: text-not-word"),
        "web_page": (
            text("稿件.doc", material.html_document("稿件" * 300)),
            "returned: text-not-word",
        ),
        "locked": (text("稿件.docx", material.encrypted_office()), "returned: word-encrypted"),
        "shortcut": (text("稿件.docx.lnk", material.lnk()), "returned: file-empty"),
    }
    check(examiner, cases)


def test_material_of_many_kinds(examiner: Examiner) -> None:
    pack = {"素材/1.jpg": PHOTO[1], "素材/2.mp4": material.mp4(60), "素材/Thumbs.db": b"x"}
    cases: Cases = {
        "film": (stock(("微党课.mp4", material.mp4(300))), ACCEPTED),
        "diary": (stock(("抗疫日记.pdf", material.pdf())), ACCEPTED),
        "folder": (stock(("素材.zip", material.zip_of(pack, gbk=True))), ACCEPTED),
        "telephone_film": (stock(("微党课.mov", material.mov())), "returned: video-not-mp4"),
        "long_film": (stock(("微党课.mp4", material.mp4(1900))), "returned: video-too-long"),
        "poster": (stock(("海报.png", material.png())), "returned: image-not-jpeg"),
    }
    check(examiner, cases)
