"""Chinese beside Latin letters and figures."""

import pytest

from rules.rule import named
from rules.spacing import fill, spaced


@pytest.mark.parametrize(
    ("text", "set_apart"),
    [
        ("用WORD格式", "用 WORD 格式"),
        ("不超过10M，共3天", "不超过 10M，共 3 天"),
        ("QQ邮箱超大附件", "QQ 邮箱超大附件"),
        ("用 PDF、JPG 都行", "用 PDF、JPG 都行"),
        ("in English only", "in English only"),
    ],
)
def test_there_is_one_blank_between_them(text: str, set_apart: str) -> None:
    assert spaced(text) == set_apart == spaced(set_apart)


def test_values_are_set_apart_and_not_changed() -> None:
    values = {"where": "“农学院2020稿.docx”", "size": "10M", "span": "30 分钟", "n": "2"}
    said = fill("{where}有{size}，{n}个，剪到{span}以内", values)
    assert said == "“农学院2020稿.docx”有 10M，2 个，剪到 30 分钟以内"


def test_what_looks_like_a_template_in_a_value_is_none() -> None:
    assert fill("{where} 是{{n}}", {"where": "“{size}”"}) == "“{size}”是{n}"


def test_a_name_with_quotation_marks_stands_in_others() -> None:
    assert named("故事.docx") == "“故事.docx”"
    assert named("附件1“战疫”.docx") == "「附件1“战疫”.docx」"
