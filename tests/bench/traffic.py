"""An office's mixed mail: right, wrong, archived, damaged, by machines, the same one again."""

from collections.abc import Callable

from tests import material
from tests.journeys.post import JULY_2, faulty, good
from tests.letters import letter, newsletter, out_of_office, qq_vacation

UNITS = ("农学院党委", "园艺学院党委", "资源环境学院党委", "动物科学学院党委", "机关党委")
STORY = "战疫故事汇+20200702"
TEXT = material.manuscript()
PHOTOS = [(f"{n}.jpg", material.jpeg(seed=n)) for n in (1, 2)]
FORM = ("附件1推荐表.docx", material.form())

Mailing = Callable[[int, str], bytes]


def story(number: int, unit: str) -> bytes:
    files = [(f"{unit}.docx", material.manuscript(title=f"第{number}篇")), *PHOTOS, FORM]
    return sent(number, unit, files)


def archived(number: int, unit: str) -> bytes:
    inside = dict([("文.docx", TEXT), *PHOTOS, FORM])
    return sent(number, unit, [("材料.zip", material.zip_of(inside))])


def damaged(number: int, unit: str) -> bytes:
    files = [("文.docx", TEXT[: len(TEXT) // 2]), ("1.jpg", PHOTOS[0][1][:500])]
    return sent(number, unit, files)


def sent(number: int, unit: str, files: list[tuple[str, bytes]]) -> bytes:
    sender = f"p{number}@example.edu.cn"
    return letter(subject=f"{unit}+{STORY}", sender=sender, date=JULY_2, files=files)


MIX: tuple[Mailing, ...] = (
    story,
    lambda number, unit: faulty(unit, title=f"第{number}稿").replace(b"nxy@", b"f%d@" % number),
    archived,
    lambda number, unit: good(unit, title=f"第{number}稿").replace(b"nxy@", b"g%d@" % number),
    damaged,
    lambda number, _unit: b"X-Number: %d\r\n" % number + out_of_office(),
    lambda number, _unit: b"X-Number: %d\r\n" % number + newsletter(),
    lambda number, _unit: b"X-Number: %d\r\n" % number + qq_vacation(),
    lambda _number, unit: good(unit),  # the same bytes again and again
)


def mail(number: int) -> bytes:
    return MIX[number % len(MIX)](number, UNITS[number // len(MIX) % len(UNITS)])
