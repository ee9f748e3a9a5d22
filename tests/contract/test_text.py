"""The manuscript: Word, told by its bytes; and the contact of the people who wrote it."""

from tests import material
from tests.contract.outside import Examiner, all_are
from tests.contract.ready import STORY, WALL, article, stock, story, story_files, wall

CONTACTS = (
    "联系人：张老师 联系方式：13800138000",
    "联系人及电话：张老师 020-85285143",
    "联 系 人：张 三   电 话：13800138000",
    "（联系人：张三；手机：138 0013 8000）",
    "联系人：张三 邮箱：zhangsan@qq.com",
    "联系人：张三，QQ：12345678",
    "联系人：张三 微信：zhangsan88",
    "联系人：张三 联系电话：(020)85285143",
    "联系人：张三 联系电话：０２０－８５２８５１４３",
    "联系人：张三  联系方式：85285143",
    "联系人：古丽米热·买买提 13800138000",
    "供稿：张三，电话 13800138000",
)
NO_CONTACTS = (
    "",
    "联系人：张三",
    "电话：13800138000",
    "联系人：____ 联系方式：____",
    "值守至20200701，共13800小时",
)
WORD97 = material.doc("麦田边的先锋岗", material.body_text(300), material.CONTACT)


def with_text(name: str, data: bytes) -> bytes:
    return story(story_files(text=(name, data)))


def test_a_text_that_is_not_word_is_named_as_what_it_is_and_nothing_more(
    examiner: Examiner,
) -> None:
    prose = material.body_text(300)
    mails = {
        "pdf": with_text(f"{STORY}.pdf", material.pdf()),
        "scan": with_text(f"{STORY}.pdf", material.scan_pdf()),
        "pdf_named_docx": with_text(f"{STORY}.docx", material.pdf()),
        "rtf": with_text(f"{STORY}.rtf", material.rtf(prose)),
        "rtf_named_doc": with_text(f"{STORY}.doc", material.rtf(prose)),
        "html_named_doc": with_text(f"{STORY}.doc", material.html_document(prose)),
        "plain": with_text(f"{STORY}.txt", prose.encode("gbk")),
        "ofd": with_text(f"{STORY}.ofd", material.ofd()),
    }
    seen = examiner.look(**mails)
    assert all_are("returned: text-not-word", {name: s.verdict for name, s in seen.items()})
    assert seen["rtf_named_doc"].file(f"{STORY}.doc")["format"] == "rtf"
    assert "RTF" in seen["rtf_named_doc"].text


def test_word_under_another_name_is_word_and_the_name_is_remarked(examiner: Examiner) -> None:
    docx = material.manuscript()
    mails = {
        "wps_of_word97": with_text(f"{STORY}.wps", WORD97),
        "wps_of_docx": with_text(f"{STORY}.wps", docx),
        "docx_named_doc": with_text(f"{STORY}.doc", docx),
        "word97_named_docx": with_text(f"{STORY}.docx", WORD97),
    }
    seen = examiner.look(**mails)
    assert all_are("accepted", {name: s.verdict for name, s in seen.items()})
    assert all("extension-mismatch" in s.remarks for s in seen.values())


def test_word97_and_a_name_without_ending_are_fine(examiner: Examiner) -> None:
    mails = {"word97": with_text(f"{STORY}.doc", WORD97), "bare": with_text(STORY, article())}
    assert all_are("accepted", examiner.verdicts(**mails))


def test_one_fault_of_the_text_is_one_finding(examiner: Examiner) -> None:
    mails = {
        "locked": with_text(f"{STORY}.docx", material.encrypted_office()),
        "locked97": with_text(f"{STORY}.doc", material.doc("x" * 99, encrypted=True)),
        "cut": with_text(f"{STORY}.docx", material.truncated(material.manuscript())),
        "empty": with_text(f"{STORY}.docx", b""),
        "lock_file": with_text(f"~${STORY[2:]}.docx", material.lock_file()),
        "wall_locked": wall((f"{WALL}.docx", material.encrypted_office())),
        "wall_cut": wall((f"{WALL}.docx", material.truncated(material.manuscript()))),
        "wall_scan": wall((f"{WALL}.pdf", material.scan_pdf())),
        "wall_empty": wall((f"{WALL}.docx", b"")),
    }
    assert examiner.verdicts(**mails) == {
        "locked": "returned: word-encrypted",
        "locked97": "returned: word-encrypted",
        "cut": "returned: word-damaged",
        "empty": "returned: file-empty",
        "lock_file": "returned: file-empty",
        "wall_locked": "returned: word-encrypted",
        "wall_cut": "returned: word-damaged",
        "wall_scan": "returned: text-not-word",
        "wall_empty": "returned: file-empty",
    }


def test_macros_are_held_for_a_person_and_stand_alone(examiner: Examiner) -> None:
    mails = {
        "docm": with_text(f"{STORY}.docm", material.docm()),
        "docm_named_docx": with_text(f"{STORY}.docx", material.docm()),
        "word97": with_text(f"{STORY}.doc", material.doc("x" * 99, macros=True)),
        "remote": with_text(f"{STORY}.docx", material.docx_with_remote_template()),
        "wall": wall((f"{WALL}.docm", material.docm())),
    }
    assert all_are("held: word-macros", examiner.verdicts(**mails))


def test_a_story_without_text_or_without_anything_is_told_what_is_missing(
    examiner: Examiner,
) -> None:
    mails = {
        "text": story(story_files(text=None)),
        "one_picture": story(story_files(second=None)),
        "same_picture_twice": story(story_files(second=("b.jpg", material.jpeg(640, 480, seed=1)))),
        "stock": stock(None),
        "all_of_it": story([]),
        "stock_all": stock(None, None),
    }
    assert examiner.verdicts(**mails) == {
        "text": "returned: part-missing",
        "one_picture": "returned: part-missing",
        "same_picture_twice": "returned: part-missing",
        "stock": "returned: part-missing",
        "all_of_it": "returned: no-attachment",
        "stock_all": "returned: no-attachment",
    }


def test_a_name_and_a_way_are_a_contact_in_the_manuscript_and_in_the_mail(
    examiner: Examiner,
) -> None:
    in_text = {f"text{i}": wall((f"{WALL}.docx", article(c))) for i, c in enumerate(CONTACTS)}
    bare = (f"{WALL}.docx", article())
    in_mail = {f"mail{i}": wall(bare, body=f"请查收。\n{c}") for i, c in enumerate(CONTACTS)}
    assert all_are("accepted", examiner.verdicts(**in_text, **in_mail))


def test_a_contact_may_stand_in_a_table_a_footer_or_a_form(examiner: Examiner) -> None:
    table = article(table=[("作者", "张三"), ("联系人", "李老师"), ("联系电话", "13512345678")])
    footer = article(footer="联系人：李老师 13512345678")
    mails = {
        "table": wall((f"{WALL}.docx", table)),
        "footer": wall((f"{WALL}.docx", footer)),
        "form": wall((f"{WALL}.docx", article()), extra=[("推荐表.docx", material.form())]),
        "not_asked": story(story_files(text=(f"{STORY}.docx", article()))),
    }
    assert all_are("accepted", examiner.verdicts(**mails))


def test_half_a_contact_is_none(examiner: Examiner) -> None:
    mails = {f"mail{i}": wall((f"{WALL}.docx", article(c))) for i, c in enumerate(NO_CONTACTS)}
    assert all_are("returned: contact-missing", examiner.verdicts(**mails))
