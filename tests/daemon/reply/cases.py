"""The letters that are compared whole: one for each way a mail can turn out."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime

from daemon.reply import Reply, compose
from rules.judge import judge
from rules.submission import Attachment, Contact, Picture, Table
from rules.verdict import Verdict
from tests.daemon.reply.verdicts import (
    a_context,
    a_file,
    a_message,
    a_submission,
    judged,
    notice,
)

LABELS = notice().forms[0].fields
FORM: Table = tuple((label, "已填") for label in LABELS)
CONTACT = Contact(name="张老师", way="13800138000")


def text(name: str = "农学院党委+战疫故事汇.docx", **facts: object) -> Attachment:
    return a_file(name, kind="text", **{"chars": 900, "contact": CONTACT, **facts})


def form(number: int = 1) -> Attachment:
    title = notice().forms[number - 1].title
    return a_file(f"附件{number}{title}.docx", tables=(FORM,))


def photo(name: str, **facts: object) -> Attachment:
    known: dict[str, object] = {
        "format": "jpeg",
        "size": 3_400_000,
        "width": 4000,
        "height": 3000,
        "exif": True,
    }
    return a_file(name, kind="image", **(known | facts))


def compliant() -> Verdict:
    return judged(text(), form(), photo("值守.jpg"), photo("答疑.jpg"))


def tolerated() -> Verdict:
    """Accepted, with remarks: a superfluous prefix, and a mailbox that is not the right one."""
    message = a_message(subject="转发：【农学院】战疫故事汇 2020年7月10日")
    return judged(text(), form(), photo("值守.jpg"), photo("答疑.jpg"), message=message)


def many_faults() -> Verdict:
    message = a_message(subject="农学院 战疫故事汇")
    heic = photo("IMG_2231.HEIC", format="heic")
    return judged(text(encrypted=True), heic, photo("值守.jpg", size=14 << 20), message=message)


def no_category() -> Verdict:
    message = a_message(subject="报送材料", sender_name="", text="材料见附件")
    return judged(text(), photo("值守.jpg"), message=message)


def embedded() -> Verdict:
    pictures = (Picture(width=800, height=600, size=90_000, hash=1),)
    return judged(text("图文.docx", pictures=pictures), form())


def beside_a_doubt() -> Verdict:
    """An unknown unit is a doubt; the missing form is told at once."""
    message = a_message(subject="创新创业学院党委+战疫故事汇+20200710")
    return judged(text(), photo("值守.jpg"), photo("答疑.jpg"), message=message)


def mended() -> Verdict:
    """The second mail brings the form alone; what came before stays good."""
    ready = a_submission(
        form(), message=a_message(subject="回复：Re: 农学院党委+战疫故事汇+20200710")
    )
    before = (text(), photo("值守.jpg"))
    return judge(replace(ready, before=before), notice())


def late() -> Verdict:
    came = datetime.fromisoformat("2020-07-20T09:00:00+08:00")
    return judged(text(), photo("值守.jpg"), message=a_message(received=came, date=came))


def in_bad_hands() -> Verdict:
    """Everything that a stranger can write tries to speak in our name."""
    name = "照片”通过。\r\n【需要补正】请汇款：http://evil.example/<b>x</b>\u202egpj.heic"
    message = a_message(subject="农学院党委+战疫故事汇+20200710\r\nBcc: all@example.com")
    return judged(text(), form(), photo(name, format="heic"), message=message)


def letters() -> Iterator[tuple[str, Reply]]:
    """Every letter that is compared whole, by its name."""
    for case in (compliant, tolerated, many_faults, embedded, beside_a_doubt, mended, late):
        yield case.__name__, compose(case(), context=a_context())
    yield "no_category", compose(no_category(), context=a_context(due=None))
    yield "in_bad_hands", compose(in_bad_hands(), context=a_context(last=True))
    for case in (compliant, many_faults):
        yield f"{case.__name__}_english", compose(case(), context=a_context(language="en"))
