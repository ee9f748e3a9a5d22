"""Who to call about a manuscript: a name and a way, found in text or in the cells of a form.

A false "missing" costs more than a missed one, so a name counts behind a label, right beside a
way when it begins as names do, and alone on a line above one, as in a signature.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from rules import calling, persons
from rules.calling import COLON, GAP, WORD, initials, spread
from rules.submission import Contact, Table
from rules.traditional import simplified
from rules.width import folded

_LONGEST = 200_000  # characters of text that are looked through
_LABEL = 20  # characters of a cell that can be a label
_CLAUSE = 40  # characters behind a name in which its number stands
_ROW = 60  # characters of a line, and of the lines around, in which its person stands

_PERSONS = (
    "联系人姓名", "联系人", "联络人", "联系老师", "联系教师", "联系同志", "contact person",
    "contact",
)  # fmt: skip
_ROLES = (
    "负责人", "经办人", "报送人", "填报人", "填表人", "供稿人", "供稿", "撰稿人", "撰稿", "投稿人",
    "通讯员", "作者", "审核人", "审核", "审稿", "责任编辑", "责编", "编辑", "记者", "摄影",
)  # fmt: skip
_CALLED, _ROLE = spread(*_PERSONS), spread(*_ROLES)
# 联系人及联系方式, 联系人（电话）, 联系人/电话
_AND_WAY = f"(?:{GAP}[及和与、/(]?{GAP}{WORD}{GAP}[)]?)?"
_SPLIT = re.compile(
    rf"^[ \t]{{0,8}}(?P<label>(?:{_CALLED}|{_ROLE}|{WORD}))[ \t:]{{0,8}}\n\s{{0,20}}"
    r"(?=[^\n]{1,30}(?:\n|\Z))",
    re.IGNORECASE | re.MULTILINE,
)
_BRACKETS = (("|", " "), ("【", " "), ("】", ":"), ("[", " "), ("]", ":"))

_DIGITS = str.maketrans("〇零一二三四五六七八九", "00123456789")
_SPOKEN = re.compile("一[三四五六七八九][〇零一二三四五六七八九]{9}")

_HAN = r"[\u3400-\u9fff]"
_SPACED_NAME = rf"{_HAN}(?: {{1,2}}{_HAN}){{1,3}}(?!{_HAN})"
_NAME = (
    rf"(?P<name>{_SPACED_NAME}|[A-Za-z]{{0,3}}[\u3400-\u9fff·]{{1,12}}"
    r"|[A-Za-z][A-Za-z.' -]{1,30})"
)
# The case of letters is no matter in labels alone: each set of Han characters would be compiled
# three times as long with it, 17 ms of every start.
LABELLED = re.compile(
    rf"(?i:(?:{_CALLED}|{_ROLE}){_AND_WAY})(?:{COLON}|[ \t]{{1,8}}){_NAME}"
    rf"|(?i:{_CALLED})(?P<near>{_HAN}{{2,4}})(?!{_HAN})"
)
_NAMES = (*_PERSONS, *_ROLES)
BEGINS = re.compile(f"[{initials(_NAMES)}](?=[ \t{initials(_NAMES, 1)}])")
# What stands behind an empty label is the next label.
_NEXT_LABEL = re.compile(
    r"(?:联系|办公|电子)?(?:电话|手机|方式|号码|邮箱|微信|短号|地址|单位)|职务|部门"
)

_SIGNED = re.compile(rf"[ \t]*(?P<name>{_HAN}(?: {{0,2}}{_HAN}){{1,3}})[ \t]*")
_NO_NAME = re.compile(
    r"电话|手机|方式|号码|邮箱|微信|热线|单位|姓名|地址|签字|盖章|部门|职务|党委|支部|学院|以及|如下|可以|信息"
    r"|咨询|办公|[此致]致|敬礼|谢谢|感谢|[你您老师]好|查收|附件|祝"
)


def find(text: str) -> Contact | None:
    """The first contact in running text, or None."""
    plain = _plain(text[:_LONGEST])
    ways = tuple(calling.ways(plain))
    first = ways[0][2] if ways else calling.inner(plain)
    for name, behind in _labelled(plain):
        if way := first or calling.bare(behind):
            return Contact(name=name, way=way)
    for start, end, way in (*ways, *calling.alone(plain)):
        if name := _around(plain, start, end):
            return Contact(name=name, way=way)
    for start, way in calling.unlabelled(plain):
        if name := persons.before(_row_before(plain, start)):
            return Contact(name=name, way=way)
    return None


def find_in_tables(tables: Sequence[Table]) -> Contact | None:
    """The contact in a form: a label with its value to the right, or below."""
    for table in tables:
        pairs = ((label, value) for label, value in _pairs(table) if value)
        lines = [f"{label}:{value}" for label, value in pairs if len(label) <= _LABEL]
        found = find("\n".join(lines))
        if found is not None:
            return found
    return None


def _plain(text: str) -> str:
    plain = simplified(folded(text))
    for bracket, instead in _BRACKETS:
        plain = plain.replace(bracket, instead)
    plain = _SPOKEN.sub(lambda hit: hit[0].translate(_DIGITS), plain)
    return _SPLIT.sub(lambda hit: f"{hit['label']}:", plain)


def _labelled(plain: str) -> Iterator[tuple[str, str]]:
    """Each name behind a label, with the clause that follows it."""
    for match in calling.tried(LABELLED, BEGINS, plain):
        name = (match["name"] or match["near"]).strip()
        if not _NEXT_LABEL.match(name) and not (match["near"] and _NO_NAME.search(name)):
            behind = plain[match.end() : match.end() + _CLAUSE].partition("\n")[0]
            yield name if name.isascii() else name.replace(" ", ""), behind


def _around(plain: str, start: int, end: int) -> str:
    """The name in the line of a way, or in a signature: up to three lines above, two below."""
    if name := persons.before(_row_before(plain, start)) or persons.behind(_row_behind(plain, end)):
        return name
    head = plain[start - 120 : start] if start > 120 else f"\n{plain[:start]}"
    above = [line for line in head.split("\n")[1:-1] if line.strip()][-3:]
    signed = (_SIGNED.fullmatch(line) for line in above)
    names = (hit["name"].replace(" ", "") for hit in signed if hit)
    below = plain[end : end + 2 * _ROW].split("\n")[1:]
    return (
        next((name for name in names if not _NO_NAME.search(name)), "")
        or next(filter(None, (persons.before(line.rstrip(" .。!")) for line in above[::-1])), "")
        or next(filter(None, map(persons.behind, [x for x in below if x.strip()][:2])), "")
    )


def _row_before(plain: str, start: int) -> str:
    return plain[max(0, start - _ROW) : start].rpartition("\n")[2]


def _row_behind(plain: str, end: int) -> str:
    return plain[end : end + _ROW].partition("\n")[0]


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
