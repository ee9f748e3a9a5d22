"""A mailbox of an office's season: 2,000 letters of 1.2 GB, in the forms that clients write.

Each has a manuscript of about 53 KB; every fourth a photograph of 1.4 MB, every twenty-fifth a
PDF, every twentieth a film. Every other letter follows the notice's rule and is accepted; the
others name things in their own words and are returned. `notice` writes the notice they answer.
A `Season` says otherwise: with manuscripts alone, ten times as many letters fit on a disk.
"""

import base64
import io
import os
import random
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path

from PIL import Image

from tests import material
from tests.letters import letter
from tests.letters.header import Style

BEGUN = datetime(2020, 6, 1, 1, tzinfo=UTC)
UNITS = 46
STYLES: tuple[Style, ...] = ("utf-8", "gbk", "gb2312", "raw", "split")
HAN = (
    "的一是在不了有和人这中大为上个国我以要他时来用们生到作地于出就分"
    "对成会可主发年动同工也能下过子说产种面而方后多定行学法所"
)
TITLES = ("春天的校园", "平凡的一天", "我与图书馆", "奋进新征程", "光影记忆", "青年说")

Mails = Iterator[tuple[bytes, datetime]]
"""Raw, each with the instant at which it came."""

NOTICE = """
id = "season"
title = "关于报送工作简报的通知"
year = 2020
roster = "season.roster.toml"
naming = "{unit}+{category}+{date}"
unit_word = "二级党组织"
category_word = "类别"
date_word = "报送日期"
[[mailbox]]
name = "zuzhibu"
department = "组织部"
address = "zuzhibu@example.org"
phone = "020-12345678"
"""
KINDS = (
    ("text", "文字材料", "docx", "Word 格式"),
    ("image", "图片材料", "jpeg", "JPG 格式"),
    ("scan", "扫描件", "pdf", "PDF 格式"),
    ("video", "视频材料", "mp4", "MP4 格式"),
)


@dataclass(frozen=True, slots=True)
class Season:
    """Places enough (units by issues) for every accepted letter to be the first of its place.

    `each` is the time between two letters: all come before the window closes. `light`: each has
    its manuscript alone, one of a few with bytes of its own: 20,000 letters are 1.3 GB, and are
    written in a minute.
    """

    issues: int = 23
    each: timedelta = timedelta(minutes=7)
    light: bool = False


ORDINARY = Season()
LONG = Season(issues=230, each=timedelta(minutes=2), light=True)


def notice(folder: Path, season: Season = ORDINARY) -> Path:
    """Write the notice and its roster; the notice's path."""
    folder.mkdir(parents=True, exist_ok=True)
    kinds = "".join(
        f'[[kind]]\nname = "{name}"\ntitle = "{title}"\nformats = ["{word}"]\nwanted = "{wanted}"\n'
        for name, title, word, wanted in KINDS
    )
    categories = "".join(
        f'[[category]]\nname = "{issue(n)}"\nmailbox = "zuzhibu"\n'
        '[[category.window]]\nname = "七月"\ncloses = 2020-07-31\n'
        '[[category.part]]\nkind = "text"\ntitle = "简报"\nmin = 1\n'
        for n in range(season.issues)
    )
    path = folder / "season.toml"
    path.write_text(NOTICE + kinds + categories, encoding="utf-8")
    roster = "".join(f'[[unit]]\nname = "{unit(n)}"\n' for n in range(UNITS))
    (folder / "season.roster.toml").write_text(roster, encoding="utf-8")
    return path


def unit(number: int) -> str:
    """第十二学院党委."""
    tens, ones = divmod(number + 1, 10)
    figures = " 一二三四五六七八九"
    ten = f"{figures[tens] if tens > 1 else ''}十" if tens else ""
    return f"第{ten}{figures[ones].strip()}学院党委"


def issue(number: int) -> str:
    return f"第{number + 1}期简报"


def letters(count: int, season: Season = ORDINARY) -> Mails:
    """Equal counts give equal bytes."""
    for number in range(count):
        yield one(number, season), BEGUN + season.each * number


def one(number: int, season: Season = ORDINARY) -> bytes:
    dice = random.Random(number)
    place = number // 2 % (UNITS * season.issues)
    who, what = unit(place % UNITS), issue(place // UNITS)
    by_rule = f"{who}+{what}+20200601"
    free = f"{who}-张{dice.choice(HAN)}-{dice.choice(TITLES)}"
    return letter(
        subject=by_rule if number % 2 else free,
        sender=f"张{dice.choice(HAN)} <user{number:05}@example.edu.cn>",
        to="zuzhibu@example.org",
        date=BEGUN + season.each * number,
        text=f"老师您好：\r\n附件请查收。\r\n{_prose(dice, 120)}",
        files=list((_manuscript if season.light else _files)(number, dice, who)),
        style=STYLES[number % len(STYLES)],
        message_id=f"{number}@example.edu.cn",
    )


def _manuscript(number: int, dice: random.Random, who: str) -> Iterator[tuple[str, bytes]]:
    remark = f"No {number}".encode()  # at the end of a ZIP, after the length of it
    data = _document(number % 64)[:-2] + len(remark).to_bytes(2, "little") + remark
    yield f"{who}-{dice.choice(TITLES)}.docx", data


@cache
def _document(seed: int) -> bytes:
    dice = random.Random(seed)
    return material.docx(*(_prose(dice, 600) for _ in range(14)), material.word.CONTACT)


def _files(number: int, dice: random.Random, who: str) -> Iterator[tuple[str, bytes]]:
    paragraphs = [_prose(dice, 600) for _ in range(14)]
    yield f"{who}-{dice.choice(TITLES)}.docx", material.docx(*paragraphs, material.word.CONTACT)
    if number % 4 == 0:
        mark = dice.randbytes(24).hex().encode()
        yield f"照片{number}.jpg", _own(_photograph(number % 12), mark)
    if number % 25 == 3:
        yield (
            "报名表.pdf",
            material.pdf(f"No {number % 80}") + b"%" + dice.randbytes(20_000).hex().encode(),
        )
    if number % 20 == 1:
        layout = ("plain", "faststart", "fragmented")[number // 20 % 3]
        film = material.mp4(3 + number % 9, layout=layout)  # type: ignore[arg-type]
        yield f"{who}.mp4", film + material.box(b"free", dice.randbytes(700_000))


def _prose(dice: random.Random, length: int) -> str:
    return "".join("，" if n % 11 == 10 else dice.choice(HAN) for n in range(length))


def _own(picture: bytes, mark: bytes) -> bytes:
    """No two letters carry the same bytes: a comment makes each its own."""
    return picture[:2] + b"\xff\xfe" + (len(mark) + 2).to_bytes(2) + mark + picture[2:]


@cache
def _photograph(seed: int) -> bytes:
    """About 1.4 MB: grain that compresses as badly as a real photograph."""
    dice, width, height = random.Random(seed), 2000 + 40 * seed, 1500
    coarse = dice.randbytes(width // 4 * (height // 4) * 3)
    picture = Image.frombytes("RGB", (width // 4, height // 4), coarse)
    picture = picture.resize((width, height), Image.Resampling.BICUBIC)
    for quality in range(80, 98):
        out = io.BytesIO()
        picture.save(out, "JPEG", quality=quality)
        if out.tell() >= 1_350_000:
            break
    return out.getvalue()


def small(count: int) -> Mails:
    """Letters of a few lines: what each costs whatever it carries."""
    for number in range(count):
        came = BEGUN + timedelta(seconds=number)
        sender = f"user{number:06}@example.edu.cn"
        yield letter(subject=f"第{number}封", sender=sender, text=f"{number}", date=came), came


def huge(path: Path, size: int) -> None:
    """One letter with a film of about `size` bytes on the wire, written piece by piece."""
    film = material.mp4(90)
    head = letter(subject=f"{unit(0)}+{issue(0)}+20200601", files=[("大.mp4", b"")], date=BEGUN)
    start, end = head.rsplit(b"\r\n--", 1)
    block = base64.encodebytes(bytes(57 << 14)).replace(b"\n", b"\r\n")
    filling = size // len(block)
    box = material.box(b"free") + b""
    first = film + (8 + filling * (57 << 14)).to_bytes(4) + box[4:8]
    first += bytes(-len(first) % 57)
    with path.open("wb") as file:
        file.write(start + b"\r\n" + base64.encodebytes(first).replace(b"\n", b"\r\n"))
        for _ in range(filling):
            file.write(block)
        file.write(b"\r\n--" + end)


def lay(maildir: Path, mails: Mails) -> int:
    """Into a Maildir of the mail server's user; how many bytes."""
    for name in ("new", "cur", "tmp"):
        (maildir / name).mkdir(parents=True, exist_ok=True)
    total = 0
    for number, (raw, came) in enumerate(mails):
        path = maildir / "new" / f"{int(came.timestamp())}.{number:06}.here"
        path.write_bytes(raw)
        os.utime(path, (came.timestamp(), came.timestamp()))
        total += len(raw)
    if os.geteuid() == 0:
        for path in (maildir.parent, maildir, *maildir.rglob("*")):
            shutil.chown(path, "mail", "mail")
    return total
