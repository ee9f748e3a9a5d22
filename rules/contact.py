"""Who to call about a manuscript: a name and a way, found in text or in the cells of a form.

A way is a telephone (mobile, or landline with area code; seven or eight bare digits only beside a
label), an e-mail address, or a labelled QQ or WeChat. A false "missing" costs more than a missed
one, so a name counts beside a label, and also right beside a way when it begins as names do.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from itertools import pairwise

from rules.submission import Contact, Table

_LONGEST = 200_000  # characters of text that are looked through
_LABEL = 20  # characters of a cell that can be a label

# The text is in normal form NFKC: colons, brackets and spaces are the narrow ones.
# Every repetition is bounded or begins at a boundary, so that no text takes longer than its length.
_GAP = r"[ \t]{0,8}"
_COLON = f"{_GAP}:{_GAP}"


def _spread(*words: str) -> str:
    """Any of these words, 联系人 also as 联 系 人."""
    return "(?:" + "|".join(_GAP.join(word) for word in words) + ")"


_CALLED = _spread(
    "联系人姓名", "联系人", "联络人", "联系老师", "联系教师", "联系同志", "contact person",
    "contact",
)  # fmt: skip
_ROLE = _spread(
    "负责人", "经办人", "报送人", "填报人", "填表人", "供稿人", "供稿", "撰稿人", "撰稿", "投稿人",
    "通讯员", "作者",
)  # fmt: skip
_WAY_WORD = _spread(
    "联系电话", "联系方式", "办公电话", "手机号码", "手机号", "手机", "电话号码", "电话", "座机",
    "tel", "phone", "mobile", "长号",
)  # fmt: skip
# 联系人及联系方式, 联系人（电话）, 联系人/电话
_AND_WAY = f"(?:{_GAP}[及和与、/(]?{_GAP}{_WAY_WORD}{_GAP}[)]?)?"

_MOBILE = r"(?<!\d)(?:\+?86[- ]?)?1[3-9]\d(?:[- ]?\d{4}){2}(?!\d)"
_LANDLINE = r"(?<!\d)(?:\+?86[- ]?)?\(?0\d{2,3}\)?[-— ]?\d{7,8}(?!\d)"
_MAIL = r"(?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,8}"
_ACCOUNT = rf"(?:qq|微信|wechat)(?:号码?)?{_COLON}[\w-]{{5,20}}"
_DIGITS = r"(?P<short>\d{3,4}[- ]?\d{4})(?![- ]?\d)"
_SHORT = f"{_WAY_WORD}{_GAP}[)]?(?:{_COLON}|{_GAP}){_DIGITS}"
_WAY = re.compile(
    f"(?P<way>{_MOBILE}|{_LANDLINE}|{_MAIL}|{_ACCOUNT})|{_SHORT}", re.ASCII | re.IGNORECASE
)

_HAN = r"[\u3400-\u9fff]"
_SPACED_NAME = rf"{_HAN}(?: {{1,2}}{_HAN}){{1,3}}(?!{_HAN})"
_NAME = rf"(?P<name>{_SPACED_NAME}|[\u3400-\u9fff·]{{1,12}}|[A-Za-z][A-Za-z.' -]{{1,30}})"
_LABELLED = re.compile(
    rf"(?:{_CALLED}{_AND_WAY}(?:{_COLON}|[ \t]{{1,8}})|{_ROLE}{_AND_WAY}{_COLON}){_NAME}",
    re.IGNORECASE,
)
# What stands behind an empty label is the next label.
_NEXT_LABEL = re.compile(
    r"(?:联系|办公|电子)?(?:电话|手机|方式|号码|邮箱|微信|短号|地址|单位)|职务|部门"
)

# The hundred most common surnames cover some 85 % of people, these some more.
_SURNAMES = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许韩邓冯曹彭曾肖田董潘袁蔡蒋余于杜叶程魏苏吕"
    "丁任卢姚沈钟姜崔谭陆范汪廖石金韦贾夏付方邹熊白孟秦邱侯江尹薛闫段雷龙黎史陶贺毛郝顾龚邵万覃武钱"
    "戴严莫孔向常汤温庄柯欧阮骆简古翁施伍麦关区冼巫凌洪詹蓝饶卓岑官章俞鲁葛柳纪聂游焦甘祝欧阳司徒"
)
_BESIDE = re.compile(
    rf"(?<![\u3400-\u9fff])(?P<name>[{_SURNAMES}][\u3400-\u9fff]{{1,3}})"
    rf"[\s:,;(/、,-]{{0,3}}(?:{_WAY_WORD}{_GAP}:?{_GAP})?\(?\Z"
)
_NO_NAME = re.compile(
    r"电话|手机|方式|号码|邮箱|微信|热线|单位|姓名|地址|签字|盖章|部门|职务|党委|支部|学院|以及|如下|可以"
)


def find(text: str) -> Contact | None:
    """The first contact in running text, or None."""
    plain = unicodedata.normalize("NFKC", text[:_LONGEST])
    ways = tuple(_ways(plain))
    if not ways:
        return None
    named = _labelled(plain)
    if named:
        return Contact(name=named, way=ways[0][1])
    for at, way in ways:
        beside = _BESIDE.search(plain[max(0, at - 30) : at])
        if beside and not _NO_NAME.search(beside["name"]):
            return Contact(name=beside["name"], way=way)
    return None


def find_in_tables(tables: Sequence[Table]) -> Contact | None:
    """The contact in a form: a label with its value to the right, or below."""
    for table in tables:
        lines = [f"{label}:{value}" for label, value in _pairs(table) if len(label) <= _LABEL]
        found = find("\n".join(lines))
        if found is not None:
            return found
    return None


def _ways(plain: str) -> Iterator[tuple[int, str]]:
    for match in _WAY.finditer(plain):
        group = "way" if match["way"] else "short"
        yield match.start(), match[group].strip()


def _labelled(plain: str) -> str:
    for match in _LABELLED.finditer(plain):
        name = match["name"].strip()
        if not _NEXT_LABEL.match(name):
            return name if name.isascii() else name.replace(" ", "")
    return ""


def _pairs(table: Table) -> Iterator[tuple[str, str]]:
    """Every cell with the next different cell to its right, then with the one below it."""
    for row in table:
        cells = [cell for i, cell in enumerate(row) if i == 0 or cell != row[i - 1]]
        for label, value in pairwise(cells):
            yield _one_line(label), _one_line(value)
    for upper, lower in pairwise(table):
        for label, value in zip(upper, lower, strict=False):
            if label != value:
                yield _one_line(label), _one_line(value)


def _one_line(cell: str) -> str:
    return " ".join(cell[:200].split()).rstrip(":：")
