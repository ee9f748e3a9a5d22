"""Ways are looked for only where one may begin: that finds what looking everywhere finds."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules import calling, contact

# Words, numbers and marks of contacts, whole and in pieces, so that they meet in every way.
PIECES = (
    "联系电话", "联 系 电话", "办公电话", "手机号码", "手 机", "座机", "长号", "内线", "TEL",
    "Phone", "mobile", "QQ", "qq号", "微信", "微", "WeChat", "vx", "WX", "V信", "联系人", "联络人",
    "负责人", "通讯员", "责任编辑", "责 编", "作者", "作 者", "Contact", "contact person", "摄影",
    "工作", "张老师", "王小明", "Zhang San", "13800138000", "138 0013 8000", "+86", "86-", "020",
    "(020)", "85285143", "8528-5143", "5143", "zs_123456", "zhang@example.cn", "@", "a.-+_",
    "(办)", "0", "1", "8", "+", "(", ")", ":", " ", "\t", "-", "—", "\n", "2020年7月10日",
)  # fmt: skip
PIECED = st.lists(st.sampled_from(PIECES), max_size=12).map("".join)


def everywhere(pattern: re.Pattern[str], text: str) -> list[tuple[int, int]]:
    return [found.span() for found in pattern.finditer(text)]


@given(PIECED)
def test_every_way_is_found(text: str) -> None:
    found = [(start, end) for start, end, _ in calling.ways(text)]
    assert found == everywhere(calling.WAY, text)


@given(PIECED)
def test_every_labelled_name_is_found(text: str) -> None:
    found = calling.tried(contact.LABELLED, contact.BEGINS, text)
    assert [one.span() for one in found] == everywhere(contact.LABELLED, text)


@pytest.mark.parametrize(
    ("text", "way"),
    [
        ("电话85285143", "85285143"),
        ("号码(020)85285143", "(020)85285143"),
        ("xTel:85285143", "85285143"),
        ("QQ12345678", "QQ12345678"),
        ("2020 13800138000", "13800138000"),
        ("写信到 zhang@example.cn 或打 020-85285143", "zhang@example.cn"),
    ],
)
def test_a_way_begins_where_it_may(text: str, way: str) -> None:
    assert next(calling.ways(text))[2] == way
