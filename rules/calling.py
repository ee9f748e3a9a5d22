"""Ways to reach a person, as text in normal form NFKC writes them: telephone, e-mail, account.

Every repetition is bounded or begins at a boundary, so that no text takes longer than its length.
"""

import re
from collections.abc import Iterator

GAP = r"[ \t]{0,8}"
COLON = f"{GAP}:{GAP}"


def spread(*words: str) -> str:
    """Any of these words, 联系人 also as 联 系 人."""
    return "(?:" + "|".join(GAP.join(word) for word in words) + ")"


WORD = spread(
    "联系电话", "联系方式", "联系手机", "办公电话", "手机号码", "手机号", "手机", "电话号码",
    "电话", "座机", "tel", "phone", "mobile", "长号",
)  # fmt: skip
_INNER_WORD = spread("短号", "内线", "分机", "小号", "集团号")

_MOBILE = r"(?<!\d)(?:\+?86[- ]?)?1[3-9]\d(?:(?:[- ]?\d{4}){2}|\d[- ]\d{4}[- ]\d{3})(?!\d)"
_LANDLINE = r"(?<!\d)(?:\+?86[- ]?)?\(?0\d{2,3}\)?[-—– ]{0,3}\d{3,4}[- ]?\d{4}(?!\d)"
_MAIL = r"(?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,8}"
_ACCOUNT = (
    r"(?<![a-z\d_])(?:qq|微信|wechat|vx|wx|v信)(?:号码?)?"
    rf"(?:{COLON}[a-z\d_][\w-]{{4,19}}|{GAP}\d{{5,12}}(?!\d))"
)
_SHORT = r"\d{3,4}[- ]?\d{4}(?![- ]?\d)"
# 办公电话:85285143, 联系方式 内线 85285143, 电话(办)85285143
_BEHIND_WORD = rf"{WORD}{GAP}(?:\([^()\n]{{0,6}}\)|\))?:?{GAP}[\u4e00-\u9fff]{{0,4}}:?{GAP}"
_WAY = re.compile(
    f"(?P<way>{_MOBILE}|{_LANDLINE}|{_MAIL}|{_ACCOUNT})|{_BEHIND_WORD}(?P<short>{_SHORT})",
    re.ASCII | re.IGNORECASE,
)
_HINT = re.compile(r"[\d@]|qq|微信|wechat|vx|wx|v信", re.ASCII | re.IGNORECASE)
_INNER = re.compile(rf"{_INNER_WORD}(?:{COLON}|{GAP})(?P<way>\d{{3,6}})(?!\d)")
_DAY = re.compile(r"(?:19|20)\d\d(?:0[1-9]|1[0-2])(?:[0-2]\d|3[01])")
_ALONE = re.compile(rf"^{GAP}(?P<way>{_SHORT}){GAP}$", re.MULTILINE)
_BARE = re.compile(rf"(?<![\d.+-]){_SHORT}")


def ways(text: str) -> Iterator[tuple[int, int, str]]:
    """Each way with its place: start, end. Seven or eight bare digits only behind a label."""
    at = 0
    # No way goes on in the next line, and most lines have none.
    for line in text.split("\n") if _HINT.search(text) else ():
        for match in _WAY.finditer(line) if _HINT.search(line) else ():
            group = "way" if match["way"] else "short"
            yield at + match.start(), at + match.end(), match[group].strip()
        at += len(line) + 1


def inner(text: str) -> str:
    """A number within the house, beside its label."""
    found = _INNER.search(text)
    return found["way"] if found else ""


def alone(text: str) -> Iterator[tuple[int, int, str]]:
    """Seven or eight digits that fill a line, as in a signature, each with its place."""
    for match in _ALONE.finditer(text):
        if not _DAY.fullmatch(match["way"]):
            yield match.start("way"), match.end("way"), match["way"]


def bare(text: str) -> str:
    """Seven or eight digits that are no date; a telephone where a contact's label is near."""
    return next((hit[0] for hit in _BARE.finditer(text) if not _DAY.fullmatch(hit[0])), "")
