"""Mails as forty secretaries write them, each with the verdict that a fair reader would give."""

from datetime import datetime

from tests import material
from tests.contract.outside import Examiner
from tests.contract.ready import STOCK, STORY, UNIT, WALL, Named, at
from tests.letters import PUBLICITY, Files, letter

Cases = dict[str, tuple[bytes, str]]  # the mail, and its verdict as `Seen.verdict` says it

ACCEPTED = "accepted"
TEXT: Named = ("田间地头的党旗.docx", material.manuscript())
FORM: Named = ("附件1“战疫故事汇”推荐表.docx", material.form("1"))
FORM2: Named = ("附件2.docx", material.form("2"))
PHOTO: Named = ("值守.jpg", material.jpeg(640, 480, seed=1))
OTHER: Named = ("答疑.jpg", material.jpeg(640, 480, seed=2))
ALL = (TEXT, FORM, PHOTO, OTHER)


def story(
    files: Files = ALL,
    *,
    subject: str = STORY,
    text: str = "请查收附件。",
    html: str = "",
    date: datetime | None = None,
) -> bytes:
    return letter(subject=subject, files=files, text=text, html=html, date=date or at(7, 10))


def stock(*files: Named, text: str = "请查收附件。", html: str = "") -> bytes:
    sent = [*files, FORM2]
    return letter(subject=STOCK, files=sent, text=text, html=html, date=at(7, 15))


def wall(*lines: str, text: str = "请查收附件。", html: str = "") -> bytes:
    """A manuscript for 红色防火墙 that ends with these lines."""
    document = material.docx("烈火真金", material.body_text(600), *lines)
    files = [(f"{UNIT}+红色防火墙.docx", document)]
    return letter(subject=WALL, to=PUBLICITY, files=files, text=text, html=html, date=at(6, 28))


def check(examiner: Examiner, cases: Cases) -> None:
    """Compared as dictionaries, so that a failure names the mails that differ."""
    found = examiner.verdicts(**{name: mail for name, (mail, _) in cases.items()})
    assert found == {name: verdict for name, (_, verdict) in cases.items()}
