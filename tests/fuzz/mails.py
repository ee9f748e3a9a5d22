"""Mails for Hypothesis: near the naming rule and far from it, files sound, damaged and misnamed."""

from typing import Any

from hypothesis import strategies as st

from tests import letters, material
from tests.contract import ready
from tests.letters import Enclosure, Style, letter

STYLES: tuple[Style, ...] = ("utf-8", "gbk", "gb2312", "raw", "raw-utf8", "split")
HOSTILE = (
    "材料\r\nBcc: all@example.com",
    "=?utf-8?B?5p2Q5paZDQpCY2M6IGFAYi5jbg==?=",
    "\u202e料材",
    "【需要补正】{0}{{subject}}%s",
    "<b>农学院</b>&amp;<script>alert(1)</script>",
    "=cmd|' /C calc'!A0",
    "https://pan.baidu.com/s/1abc 提取码 ab12",
    "../../etc/passwd",
    "长" * 3000,
    "\x00\x07",
    "",
)
_UNITS = (
    "农学院党委",
    "农学院",
    "園藝學院黨委",
    "华农兽医学院分党委",
    "某某学院",
    "机关党委、农学院",
)
_KINDS = ("战疫故事汇", "“教育素材”", "党建特色案例", "红色防火墙", "战疫故事会", "先进事迹", "")
_DAYS = ("20200710", "２０２０．７．１０", "2020年7月10日", "7.10", "20201340", "昨天", "")
_PREFIXES = ("", "回复：", "Fwd: Re: ", "转发:", "【外部邮件】", "自动回复: ")
_SEPARATORS = ("+", "＋", "-", " ", "_", "")
_PEOPLE = (
    letters.SENDER, "postmaster@qq.com", "zzbdj@scau.edu.cn", "noreply@example.cn",
    "张三 <10001+auto_=zzbdj=scau.edu.cn@qq.com>", "a b@c.cn", "nxy@example.edu.cn", "@",
)  # fmt: skip
_HEADERS = (
    ("Auto-Submitted", "auto-replied"), ("Auto-Submitted", "no"), ("Precedence", "bulk"),
    ("List-Id", "<a.example.cn>"), ("Return-Path", "<>"), ("X-Baosong", "other; status=returned"),
    ("Reply-To", "zzbdj@scau.edu.cn"), ("Reply-To", "nxy2@example.edu.cn"), ("Reply-To", "“@"),
    ("In-Reply-To", f"<{letters.OURS}>"), ("References", "<a@b> <c\u3000@d>"),
    ("X-Auto-Response-Suppress", "All"), ("Subject", "第二个主题"), ("X-QQ-AUTO-FWD", "true"),
    ("Received", "from x by y; Thu, 99 Foo 2020 25:61:00 +9999"), ("Content-Type", "text/calendar"),
)  # fmt: skip
_TEXTS = (
    "请查收附件。", "", "请问材料收到了吗？", "联系人：张三，13800138000", letters.baidu(),
    "------ 原始邮件 ------\n主题: 农学院党委+战疫故事汇+20200710\n\n您好",
    "超大附件：http://a.cn/x 提取码",
)  # fmt: skip
_PAGES = (
    "", "<p>x</p><img src='cid:c1'>", letters.qq_big("课.mp4"), letters.netease_big("a.zip"),
    letters.qiye_big("课.mp4"), letters.coremail_big("课.mp4", code=""), "<" * 99,
    "<blockquote>" * 99,
)  # fmt: skip
_SMALL = material.jpeg(320, 240, seed=1)
_DATA = (
    material.manuscript(), material.form("1"), material.form("2", filled=False), _SMALL,
    material.jpeg(320, 240, seed=2, exif=False), material.png(90, 60), material.heic(size=99),
    material.page(310, 438), material.pdf(), material.scan_pdf(), material.locked_pdf(),
    material.mp4(3), material.mov(), material.avi(), material.mp3(), material.docm(),
    material.encrypted_office(), material.rtf("稿"), material.html_document("稿"),
    material.doc("稿"),
    material.exe(), material.lnk(), material.ofd(), material.lock_file(), b"", b"x", bytes(900),
    material.nested_zip({"图.jpg": _SMALL}, 4), material.rar({"图.jpg": _SMALL}),
    material.zip_of({"a/稿.docx": material.manuscript(), "__MACOSX/._a": b"x"}, gbk=True),
    material.zip_of({"图.jpg": _SMALL}, encrypted=True),
    material.manuscript(pictures=(material.jpeg(),)),
)  # fmt: skip
_NAMES = (
    f"{ready.STORY}.docx", "附件1“战疫故事汇”推荐表.docx", "推荐表盖章.pdf", "照片.jpg",
    "IMG_1.HEIC",
    "mmexport1594000000000.jpg", "课.mp4", "材料.zip", "~$稿.docx", "稿.docx.lnk", "a.exe",
    "winmail.dat",
    "smime.p7s", "扫描件.jpg", "附件2.doc", "a.wps", "稿.doc", "原始邮件.eml",
)  # fmt: skip


class Raw(bytes):
    """The bytes of a mail; a failure shows how it begins."""

    def __repr__(self) -> str:
        return f"<mail of {len(self)} bytes: {bytes(self[:600])!r} …>"


def subjects() -> st.SearchStrategy[str]:
    """By the rule, nearly by it, and nothing of the kind."""
    parts = (_PREFIXES, _UNITS, _SEPARATORS, _KINDS, _SEPARATORS, _DAYS)
    near = st.tuples(*map(st.sampled_from, parts)).map("".join)
    exact = st.sampled_from([ready.STORY, ready.CASE, ready.STOCK, ready.WALL])
    return st.one_of(exact, near, st.sampled_from(HOSTILE), st.text(max_size=30))


def _bytes() -> st.SearchStrategy[bytes]:
    whole = st.sampled_from(_DATA)
    shares = st.floats(0, 1)
    cut = st.tuples(whole, shares).map(lambda pair: pair[0][: int(len(pair[0]) * pair[1])])
    return st.one_of(whole, whole, cut, st.tuples(whole, shares, st.integers(0, 255)).map(_bitten))


def _bitten(damage: tuple[bytes, float, int]) -> bytes:
    """One byte is another."""
    data, place, byte = damage
    at = int(len(data) * place)
    return data[:at] + bytes([byte]) + data[at + 1 :]


def files() -> st.SearchStrategy[Enclosure]:
    types = ("application/octet-stream", "image/jpeg", "text/plain", "message/rfc822", "x/y; z")
    return st.builds(
        Enclosure,
        name=st.one_of(st.sampled_from(_NAMES), st.sampled_from(HOSTILE), st.text(max_size=12)),
        data=_bytes(),
        type=st.sampled_from(types),
        inline=st.booleans(),
        cid=st.sampled_from(["", "", "c1"]),
        encoding=st.sampled_from(["base64", "base64", "8bit", "quoted-printable", "x-uuencode"]),
    )


@st.composite
def raw_mails(draw: st.DrawFn) -> Raw:
    """The bytes of a mail; one in four is damaged afterwards."""
    said: dict[str, Any] = {
        "subject": draw(subjects()),
        "sender": draw(st.sampled_from(_PEOPLE)),
        "text": draw(st.sampled_from(_TEXTS)),
        "html": draw(st.sampled_from(_PAGES)),
        "files": draw(st.lists(files(), max_size=5)),
        "headers": draw(st.lists(st.sampled_from(_HEADERS), max_size=3)),
        "style": draw(st.sampled_from(STYLES)),
    }
    raw = _written(said)
    if draw(st.integers(0, 5)) == 0:
        raw = letter(subject=draw(subjects()), files=[Enclosure("信.eml", raw, "message/rfc822")])
    damaged = _bitten((raw, draw(st.floats(0, 1)), draw(st.integers(0, 255))))
    return Raw(damaged if draw(st.integers(0, 3)) == 0 else raw)


def _written(said: dict[str, Any]) -> bytes:
    try:
        return letter(**said)
    except UnicodeEncodeError:  # the charset of this style lacks a letter
        return letter(
            **said
            | {"style": "utf-8", "subject": said["subject"].encode("utf-8", "replace").decode()}
        )
