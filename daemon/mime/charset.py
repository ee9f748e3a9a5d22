"""Bytes in a named, misnamed or unnamed charset → text."""

import codecs
import re
from functools import lru_cache

# Labels are matched without case and punctuation. Chinese clients write gb2312 and mean GBK,
# whose superset gb18030 reads all three.
_GB = re.compile(r"gb|cp936|ms936|windows936|euccn|chinese|csiso58")
_BIG5 = re.compile(r"big5|cp950")
_UTF8 = re.compile(r"(x?unicode11)?utf0?8")
_WESTERN = frozenset({"ascii", "iso8859-1", "iso8859-15", "cp1252"})
# The codecs that a label may choose: no zip bombs, no punycode (quadratic), no escapes.
_TEXT = re.compile(
    r"ascii|utf-(7|8|8-sig|16|16-le|16-be|32|32-le|32-be)|iso8859-\d+|cp\d+|koi8-[rut]|hz|"
    r"mac-\w+|euc_\w+|iso2022_\w+|shift_ji\w+|johab|tis-620|big5hkscs|hp-roman8|ptcp154|kz1048"
)
_SURROGATE = re.compile("[\ud800-\udfff]")
# Three-byte UTF-8 of Chinese text: punctuation, ideographs, full-width forms.
_CHINESE_UTF8 = re.compile(rb"(?:[\x00-\x7f]|\xe2[\x80-\xbf]{2}|[\xe3-\xe9\xef][\x80-\xbf]{2})*")
_IMPLAUSIBLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ue000-\uf8ff\ufffd]")
_BIG5_PAIR = re.compile(rb"[\x81-\xfe][\x40-\x7e\xa1-\xfe]")
_HIGH = re.compile(rb"[\x80-\xff]+")
_ASCII = bytes(range(0x80))
_TAIL = re.compile(rb"(?:[\xc2-\xdf]|[\xe0-\xef][\x80-\xbf]?|[\xf0-\xf4][\x80-\xbf]{0,2})\Z")


def decode(data: bytes, label: str = "") -> str:
    """The text. U+FFFD stands only for bytes that no plausible charset can read."""
    codec = codec_for(label)
    if not codec or (codec in _WESTERN and data.isascii()):
        return guess(data)
    if codec == "gb18030" and utf8_inside(data):
        codec = "utf-8"
    if codec in _WESTERN and not data.isascii():
        return _western(data, codec)
    text = strictly(data, codec)
    return guess(data, codec) if text is None else text


@lru_cache(maxsize=256)
def codec_for(label: str) -> str:
    """The name of the Python codec that reads what this label really means; "" = none."""
    bare = re.sub(r"[^a-z0-9]", "", label.lower()[:60])
    if _UTF8.fullmatch(bare):
        return "utf-8"
    if _BIG5.match(bare) and "hkscs" not in bare:
        return "big5hkscs"
    if _GB.search(bare) and not bare.startswith("hz"):
        return "gb18030"
    return _known(label)


def _known(label: str) -> str:
    try:
        name = codecs.lookup(label.strip()[:60]).name if label.strip().isascii() else ""
    except LookupError:  # charset=default, charset=unknown-8bit, charset=中文
        return ""
    except ValueError:  # a NUL in the label
        return ""
    return name if _TEXT.fullmatch(name) else ""


def guess(data: bytes, declared: str = "") -> str:
    """Raw 8-bit text: UTF-8, then GB18030, then Big5. Each strictly."""
    if data.isascii():
        return data.decode("ascii")
    whole = strictly(data, "utf-8")
    if whole is not None:
        return _gbk_that_looks_like_utf8(data, whole) or whole
    if utf8_inside(_TAIL.sub(b"", data)):
        return _loosely(data, "utf-8")  # cut in the middle of a character by a length limit
    text = _accented(data) or _chinese(data)
    if text is not None:
        return text
    choices = [_loosely(data, codec) for codec in (declared or "gb18030", "gb18030", "utf-8")]
    return min(choices, key=lambda text: text.count("\ufffd"))


def _accented(data: bytes) -> str:
    """Western text: most of its high bytes stand alone between letters. "" = it is none."""
    runs = _HIGH.findall(data[:4096])
    alone = sum(len(run) == 1 for run in runs)
    western = len(runs) >= 3 and alone > 0.6 * len(runs)
    return (strictly(data, "cp1252") or "") if western else ""


def _chinese(data: bytes) -> str | None:
    """GB18030 accepts nearly all of Big5, and turns it into rare characters."""
    mainland, taiwan = strictly(data, "gb18030"), strictly(data, "big5hkscs")
    if mainland is None or taiwan is None:
        return taiwan if mainland is None else mainland
    pairs = _BIG5_PAIR.findall(data)
    everyday = sum(0xA4 <= pair[0] <= 0xC6 for pair in pairs) / len(pairs) if pairs else 0
    return taiwan if commonness(mainland) < 0.6 and everyday > 0.7 else mainland


def _gbk_that_looks_like_utf8(data: bytes, text: str) -> str:
    """农学 in GBK is also ũѧ in UTF-8. Two everyday ideographs side by side are Chinese; a
    single one may be an accent. "" = it is UTF-8."""
    if max(text) >= "\u0800" or any(len(run) < 4 for run in _HIGH.findall(data)):
        return ""
    chinese = strictly(data, "gb18030") or ""
    return chinese if commonness(chinese) == 1.0 else ""


def utf8_inside(data: bytes) -> bool:
    """At least two characters, and every one Chinese in UTF-8: GBK almost never looks like that."""
    high = data[:64].translate(None, _ASCII)
    return len(high) >= 6 and _CHINESE_UTF8.fullmatch(data) is not None


def plausibility(text: str) -> tuple[int, float]:
    """The greater, the more likely the bytes were read in the right way."""
    return -len(_IMPLAUSIBLE.findall(text)), commonness(text)


def commonness(text: str) -> float:
    """How much of what is not ASCII, 0 to 1, is everyday Chinese. Bytes read in a wrong way
    turn into rare characters."""
    high = [c for c in text if c > "\x7f"]
    known = "".join(high).encode("gb2312", "ignore").decode("gb2312")
    return len(known) / len(high) if high else 1.0


def _western(data: bytes, codec: str) -> str:
    """Latin-1 decodes anything, so its label proves nothing when the bytes are Chinese."""
    text = strictly(data, "utf-8")
    if text is not None:
        return text
    chinese = strictly(data, "gb18030") or ""
    if sum(c > "\x7f" for c in chinese) >= 2 and commonness(chinese) > 0.6:
        return chinese
    text = strictly(data, "cp1252" if codec == "iso8859-1" else codec)
    return guess(data) if text is None else text


def strictly(data: bytes, codec: str) -> str | None:
    try:
        text = data.decode(codec)
    except UnicodeError:  # bytes that are not in the charset they claim
        return None
    return _SURROGATE.sub("\ufffd", text)


def _loosely(data: bytes, codec: str) -> str:
    return _SURROGATE.sub("\ufffd", data.decode(codec, "replace"))
