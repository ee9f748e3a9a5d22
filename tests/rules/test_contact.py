"""A name and a way to reach it, however a secretary writes them."""

import pytest

from rules import contact
from rules.submission import Contact

FOUND = (
    ("联系人：张老师 13800138000", "张老师", "13800138000"),
    ("联系人:张三,联系电话:020-83226783", "张三", "020-83226783"),
    ("联 系 人：张 三　　联系电话：138 0013 8000", "张三", "138 0013 8000"),
    ("联系人：张三\n联系方式：13800138000", "张三", "13800138000"),
    ("（联系人：欧阳老师，电话：85285143）", "欧阳老师", "85285143"),
    ("联系人及联系方式：张三 13800138000", "张三", "13800138000"),
    ("联系人及电话：李四，020-83226783", "李四", "020-83226783"),
    ("联系人（电话）：李四（13800138000）", "李四", "13800138000"),
    ("联系人：李四；邮箱：lisi@example.cn", "李四", "lisi@example.cn"),
    ("联系人：李四 QQ：12345678", "李四", "QQ:12345678"),
    ("联系人：李四，微信：lisi_2020", "李四", "微信:lisi_2020"),
    ("联系人：李四 短号：661234 手机：13800138000", "李四", "13800138000"),
    ("联系人：李四\n电话：8322 6783", "李四", "8322 6783"),
    ("供稿：王老师\n手机：13800138000", "王老师", "13800138000"),
    ("（农学院党委 张三 13800138000）", "张三", "13800138000"),
    ("张老师：13800138000", "张老师", "13800138000"),
    ("张老师（联系电话：020-83226783）", "张老师", "020-83226783"),
    ("张老师\n13800138000", "张老师", "13800138000"),
    ("联系人：张老师　＋86 13800138000", "张老师", "+86 13800138000"),
    ("联系人：张老师，１３８００１３８０００", "张老师", "13800138000"),
    ("Contact: Zhang San, zhangsan@example.cn", "Zhang San", "zhangsan@example.cn"),
)


@pytest.mark.parametrize(("text", "name", "way"), FOUND)
def test_a_contact_is_found(text: str, name: str, way: str) -> None:
    assert contact.find(text) == Contact(name=name, way=way)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "联系人：\n联系电话：",
        "联系人：______ 联系电话：______",
        "联系人：张老师",
        "联系电话：13800138000",
        "咨询电话020-83226783",
        "请拨打心理热线 020-83226783 求助",
        "联系人：张老师 2020年7月10日 20200710",
        "农学院党委 20200710",
        "编号 138001380001",
        "张老师捐款 83226783 元",
        "联系人：张老师 QQ 群里见",
    ],
)
def test_half_a_contact_is_none(text: str) -> None:
    assert contact.find(text) is None


def test_a_form_says_it_to_the_right() -> None:
    table = (("联系人", "张老师", "联系电话", "13800138000"),)
    assert contact.find_in_tables((table,)) == Contact(name="张老师", way="13800138000")


def test_a_form_says_it_below() -> None:
    table = (("联系人", "联系电话"), ("张老师", "13800138000"))
    assert contact.find_in_tables((table,)) == Contact(name="张老师", way="13800138000")


def test_a_merged_label_is_not_its_own_value() -> None:
    table = (("联系人", "联系人", "张老师"), ("联系电话", "联系电话", "83226783"))
    assert contact.find_in_tables((table,)) == Contact(name="张老师", way="83226783")


def test_spread_labels_are_read() -> None:
    table = (("联 系 人", "张 三"), ("联 系 电 话", "138 0013 8000"))
    assert contact.find_in_tables((table,)) == Contact(name="张三", way="138 0013 8000")


def test_an_empty_form_has_none() -> None:
    table = (("联系人", ""), ("联系电话", "____"), ("内容简介", "张老师值守"))
    assert contact.find_in_tables((table,)) is None


def test_a_long_text_is_looked_through_in_little_time() -> None:
    assert contact.find("联系人 " * 200_000) is None
    assert contact.find("1" * 200_000) is None
    assert contact.find("a.-+_" * 60_000) is None
