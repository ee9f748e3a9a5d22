"""A ledger of many years: N made-up messages, written as plain rows in one go.

Each has a Chinese letter of some 250 characters, three files or four, a filled form, findings
where it was returned, a reply of 6 KB and its history: what real ones weigh.
"""

import random
from collections import Counter
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta

from daemon.config.notices import SHIPPED
from daemon.config.notices import load as load_notice
from daemon.ledger import Ledger
from daemon.migrations.search import fill
from rules.notice import Category, Notice, Window

Row = tuple[object, ...]

FIRST_YEAR, YEARS = 2011, 10
STATUS = ("accepted",) * 12 + ("returned",) * 5 + ("held",) + ("ignored",) * 2
CODES = ("part-missing", "form-missing", "image-not-jpeg", "video-too-long", "contact-missing")
REPLY = {"accepted": "sent", "returned": "sent", "held": "waiting"}
SURNAMES, GIVEN = (
    "张李王刘陈杨赵黄周吴徐孙胡朱高林何郭马罗",
    "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超兰霞平",
)
TALES = (
    "疫情就是命令，防控就是责任",
    "学院党员干部闻令而动、冲锋在前",
    "社区网格员挨家挨户登记体温",
    "辅导员每天线上点名，关心每一位滞留学生的心理状况",
    "志愿服务队把口罩和蔬菜送到隔离楼下",
    "科研攻关小组昼夜不停，三周内拿出检测试剂",
    "支部书记为毕业生逐一联系用人单位",
    "老党员自愿交纳特殊党费支持抗疫",
    "返校复学前完成了全部教室的通风消毒",
    "线上微党课吸引了三百多名师生参加",
)
FILES = (
    ("战疫故事.docx", "docx", "text", ""),
    ("现场照片01.jpg", "jpeg", "image", ""),
    ("附件1推荐表.docx", "docx", "form", "附件1"),
    ("微党课.mp4", "mp4", "video", ""),
)
INTO = {
    "message": "id, mailbox, folder, uidvalidity, uid, sha256, size, spool, message_id, received,"
    " sent, recorded, sender, sender_name, subject, status, late, reason, unanswered, notice, unit,"
    " category, window, version, suggested_subject, fault, body",
    "attachment": "id, message, ordinal, name, path, size, sha256, format, kind, role, form, good,"
    " duration_ms, width, height, encrypted, damaged, inline, ignored, declared_type, undecodable,"
    " facts",
    "form_field": "attachment, label, value",
    "finding": "message, ordinal, code, severity, location, saw, required, fix",
    "reply": "message, message_id, mailbox, state, to_address, subject, attempts, created, sent_at,"
    " error, headers, raw",
    "event": "message, at, who, what, why",
    "filing": "message, shelf, n, filed_at",
}


@dataclass(frozen=True)
class Post:
    """One made-up message."""

    number: int
    notice: Notice
    unit: str
    category: Category
    window: Window
    status: str
    name: str
    at: str
    tales: str

    @property
    def title(self) -> str:
        return f"{self.tales[:9]}——{self.unit}{self.category.name}"


def notices() -> tuple[Notice, ...]:
    """The shipped notice, as it might have been published every year."""
    shipped = load_notice(SHIPPED)
    return tuple(_published(shipped, FIRST_YEAR + n) for n in range(YEARS))


def populate(ledger: Ledger, count: int) -> None:
    """Write `count` messages, spread over the years and units: the same ones each time."""
    published = notices()
    for notice in published:
        ledger.sync(notice, datetime(notice.year, 6, 1, tzinfo=UTC))
    dice, versions = random.Random(7), Counter[Row]()
    with ledger._store.writing() as connection:
        for number in range(1, count + 1):
            post = _post(number, published[(number - 1) * YEARS // count], count, dice)
            for table, row in _rows(post, versions):
                marks = ", ".join("?" * len(row))
                sql = f"insert into {table} ({INTO[table]}) values ({marks})"
                connection.execute(sql, row)
        fill(connection)


def _published(shipped: Notice, year: int) -> Notice:
    categories = tuple(
        replace(c, windows=tuple(_window(w, year) for w in c.windows)) for c in shipped.categories
    )
    return replace(shipped, id=f"{year}-call", year=year, categories=categories)


def _window(window: Window, year: int) -> Window:
    closes, opens = window.closes, window.opens
    assert closes is not None
    return replace(
        window, closes=closes.replace(year=year), opens=opens and opens.replace(year=year)
    )


def _post(number: int, notice: Notice, count: int, dice: random.Random) -> Post:
    category = dice.choice(notice.categories)
    since = timedelta(seconds=(number * YEARS % count) / count * 150 * 86_400)
    at = datetime.combine(date(notice.year, 6, 1), datetime.min.time()) + since
    return Post(
        number=number,
        notice=notice,
        unit=dice.choice(notice.roster).name,
        category=category,
        window=dice.choice(category.windows),
        status=dice.choice(STATUS),
        name=dice.choice(SURNAMES) + dice.choice(GIVEN) + dice.choice(GIVEN),
        at=at.isoformat(timespec="milliseconds") + "Z",
        tales="。".join(dice.choices(TALES, k=12)),
    )


def _rows(post: Post, versions: Counter[Row]) -> list[tuple[str, Row]]:
    files = FILES if post.number % 25 == 0 else FILES[:3]
    rows = [("message", _message(post, versions))]
    rows += [("attachment", _file(post, i, file)) for i, file in enumerate(files)]
    rows += [("form_field", row) for row in _filled(post)]
    if post.status == "returned":
        codes = CODES[post.number % 5 :][:2]
        said = ("只看到一个文件", "应有文字材料和两张图片", "请补齐后重新发送")
        for i, code in enumerate(codes):
            rows.append(("finding", (post.number, i, code, "error", "message", *said)))
    rows.append(("event", (post.number, post.at, "baosong", post.status, "")))
    return rows + _answered(post)


def _message(post: Post, versions: Counter[Row]) -> Row:
    place = (post.notice.id, post.unit, post.category.name, post.window.name)
    versions[place] += post.status != "ignored"
    number, sender = post.number, f"user{post.number % 4000}@example.edu.cn"
    raw = (f"{number:064x}", 524_288, f"spool/{number}.eml", f"m{number}@example.edu.cn")
    subject = f"{post.unit}+{post.category.name}+{post.notice.year}0710 第{number}号"
    body = f"组织部老师：\n您好！{post.tales}。\n联系人：{post.name} 020-{8_000_0000 + number}"
    letter = (post.at, post.at, post.at, sender, post.name, subject)
    version = None if post.status == "ignored" else versions[place]
    judged = (post.status, number % 9 == 0, "", "", *place, version, subject, "", body)
    return (number, post.category.mailbox, "", "1", number, *raw, *letter, *judged)


def _file(post: Post, ordinal: int, file: tuple[str, str, str, str]) -> Row:
    name, what, kind, form = file
    key, digest = post.number * 4 + ordinal, f"{post.number * 4 + ordinal:064x}"
    facts = f'{{"size":120000,"sha256":"{digest}","format":"{what}"}}'
    length = 600_000 if kind == "video" else None
    size = (1920, 1080) if kind in {"video", "image"} else (None, None)
    judged = (what, kind, "part", form, 1, length, *size, 0, "", 0, "", "", "", facts)
    return (key, post.number, ordinal, name, "[]", 120_000, digest, *judged)


def _filled(post: Post) -> list[Row]:
    form = post.number * 4 + 2
    values = {
        "推荐单位": post.unit,
        "材料题目": post.title,
        "联系人": post.name,
        "内容简介": post.tales[:80],
    }
    return [(form, label, value) for label, value in values.items()]


def _answered(post: Post) -> list[tuple[str, Row]]:
    rows: list[tuple[str, Row]] = []
    state, number = REPLY.get(post.status), post.number
    if state is not None:
        to = f"user{number % 4000}@example.edu.cn"
        said = (state, to, "回复：已收到", 1, post.at, post.at if state == "sent" else None, "")
        raw = b"x" * 6_000
        rows.append(("reply", (number, f"r{number}@x", post.category.mailbox, *said, "[]", raw)))
    if post.status == "accepted":
        shelf = f"{post.notice.id}/{post.category.name}/{post.unit}"
        rows.append(("filing", (number, shelf, number, post.at)))
    return rows
