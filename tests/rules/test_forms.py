"""Reading a filled form by the places of its cells."""

import pytest

from rules.forms import blanks, read, which
from tests.rules.builders import NOTICE, a_file

FORM = NOTICE.forms[0]
Rows = tuple[tuple[str, ...], ...]


@pytest.mark.parametrize(
    "rows",
    [
        (("联系人", "张老师"),),
        (("联 系 人", "张老师"),),
        (("联系人：", "张老师"),),
        (("联系人：张老师",),),
        (("联系人（必填）", "张老师"),),
        (("联系人", "联系人", "张老师"),),  # the label's cell spans two columns
        (("联系人",), ("张老师",)),  # the value below a label alone in its row
    ],
)
def test_a_value_stands_right_of_its_label_within_it_or_below(rows: Rows) -> None:
    assert read(a_file("表.docx", tables=(rows,)), FORM)["联系人"] == "张老师"


@pytest.mark.parametrize("blank", ["", "  ", "____", "＿＿", "——", "/", "："])
def test_underscores_and_strokes_are_blanks(blank: str) -> None:
    assert blanks(a_file("表.docx", tables=((("联系人", blank),),)), FORM) == ("联系人",)


def test_a_label_within_a_longer_one_is_not_the_label() -> None:
    rows = ((("推荐单位意见", "同意"), ("推荐单位", "农学院")),)
    assert read(a_file("表.docx", tables=rows), FORM)["推荐单位"] == "农学院"


def test_a_label_that_is_not_in_the_file_is_not_called_blank() -> None:
    assert blanks(a_file("表.docx", tables=((("联系人", "张老师"),),)), FORM) == ()


def test_the_neighbouring_row_is_not_the_value_of_a_label_with_a_cell_beside() -> None:
    rows = ((("联系人", ""), ("联系电话", "1")),)
    assert read(a_file("表.docx", tables=rows), FORM) == {"联系人": "", "联系电话": "1"}


def test_among_forms_with_the_same_labels_the_number_tells() -> None:
    table = tuple((label, "x") for label in FORM.fields)
    for number, form in enumerate(NOTICE.forms, start=1):
        file = a_file(f"附件{number}.docx", tables=(table,))
        assert which(file, None, NOTICE) == form
    assert which(a_file("表.docx", tables=(table,)), None, NOTICE) == FORM
