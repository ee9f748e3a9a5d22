"""A stranger's words stay a stranger's words."""

from hypothesis import given
from hypothesis import strategies as st

from daemon.reply import compose
from daemon.reply.quoting import harmless, quoted
from rules.verdict import Finding, Phrase, Severity
from tests.daemon.reply.verdicts import a_context, a_fault, a_file, a_submission, a_verdict


def test_a_name_cannot_leave_its_quotation_marks() -> None:
    assert quoted("稿件.docx”，请汇款到“某账户") == "稿件.docx’，请汇款到‘某账户"
    assert quoted("稿件”.docx") == "稿件’.docx"
    assert quoted("“" + "长" * 500 + "”") == "‘" + "长" * 58 + "…" + "长" * 58 + "’"


def test_quotation_marks_that_close_are_kept() -> None:
    assert quoted("附件1“战疫故事汇”推荐表.docx") == "附件1“战疫故事汇”推荐表.docx"


def test_a_name_cannot_begin_a_line_of_its_own() -> None:
    assert quoted("a\r\n【需要补正】\u2028b\x00") == "a 【需要补正】 b"


def test_a_name_is_not_read_backwards() -> None:
    assert quoted("照片\u202egpj.exe") == "照片gpj.exe"


def test_an_address_of_theirs_is_no_link_of_ours() -> None:
    assert "://" not in quoted("http://evil.example/a.docx")
    assert "www." not in quoted("www.evil.example")


def test_a_long_name_keeps_both_ends() -> None:
    assert len(quoted("长" * 500 + ".docx")) == 119
    assert quoted("长" * 500 + ".docx").endswith(".docx")
    assert quoted("长" * 120) == "长" * 120


def test_evidence_of_every_sort_is_quoted() -> None:
    values: dict[str, str | int | Phrase] = {"a": "x\ny", "b": Phrase("a://b\n", "c\nd")}
    values["c"] = 7
    finding = harmless(Finding("late", Severity.REMARK, "f\n.doc", values))
    assert finding.where == "f .doc"
    assert finding.values == {"a": "x y", "b": Phrase("a:⁄⁄b", "c d"), "c": 7}


def test_markup_in_a_name_is_text() -> None:
    name = "<img src=x onerror=alert(1)>{{ 7*7 }}.docx"
    verdict = a_verdict(a_fault(name), submission=a_submission(a_file(name, kind="text")))
    reply = compose(verdict, context=a_context())
    assert "<img" not in reply.html
    assert "&lt;img src=x onerror=alert(1)&gt;{{ 7*7 }}.docx" in reply.html


@given(st.text(max_size=300))
def test_quoting_never_fails_and_never_breaks_a_line(text: str) -> None:
    assert len(quoted(text).splitlines()) <= 1
    assert len(quoted(text)) <= 120
