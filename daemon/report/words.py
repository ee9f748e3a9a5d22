"""What the table says, in both languages, and text made safe to show."""

import unicodedata
from collections.abc import Mapping
from datetime import date, datetime
from zoneinfo import ZoneInfo

from daemon.ledger import Standing
from rules.notice import Language

Words = Mapping[str, str]

ZH: Words = {
    "accepted": "合规",
    "returned": "需补正",
    "held": "待人工",
    "missing": "未报送",
    "overdue": "逾期未报",
    "waived": "免报",
    "not-applicable": "不适用",
    "late": "逾期",
    "version": "第{}版",
    "unit": "单位",
    "notice": "通知",
    "category": "类别",
    "window": "批次",
    "closes": "截止",
    "state": "状态",
    "number": "版本",
    "received": "收到",
    "findings": "问题",
    "last_state": "最近来件",
    "last_received": "最近来件收到",
    "last_sender": "最近来件发件人",
    "last_subject": "最近来件主题",
    "matrix": "总表",
    "detail": "明细",
    "statistics": "统计",
    "expected": "应报单位",
    "share": "完成率",
}
EN: Words = {
    "accepted": "accepted",
    "returned": "to be mended",
    "held": "with a person",
    "missing": "not yet",
    "overdue": "missing",
    "waived": "waived",
    "not-applicable": "not applicable",
    "late": "late",
    "version": "version {}",
    "unit": "Unit",
    "notice": "Notice",
    "category": "Category",
    "window": "Window",
    "closes": "Due",
    "state": "State",
    "number": "Version",
    "received": "Received",
    "findings": "Findings",
    "last_state": "Last mail",
    "last_received": "Last mail received",
    "last_sender": "Last mail from",
    "last_subject": "Last mail's subject",
    "matrix": "Matrix",
    "detail": "Detail",
    "statistics": "Statistics",
    "expected": "Expected",
    "share": "Done",
}


def words(language: Language) -> Words:
    return ZH if language == "zh" else EN


def state(standing: Standing, today: date) -> str:
    """The state as the table tells it: a missing one is overdue or waived, too."""
    if standing.state != "missing":
        return standing.state
    if standing.waived:
        return standing.waived_as or "waived"
    due = standing.extended or standing.closes
    return "overdue" if due and due[:10] < today.isoformat() else "missing"


def cell(standing: Standing, language: Language, today: date) -> str:
    """合规 第2版 逾期"""
    said = words(language)
    marks = [said[state(standing, today)]]
    if (standing.version or 1) > 1:
        marks.append(said["version"].format(standing.version))
    if standing.late:
        marks.append(said["late"])
    return " ".join(marks)


def local(at: datetime | None, zone: str) -> datetime | None:
    if at is None:
        return None
    try:
        return at.astimezone(ZoneInfo(zone))
    except OverflowError:  # a server that says 31 December 9999
        return at


def plain(text: str) -> str:
    """No control or direction characters: what a sender wrote stays in its cell and its line."""
    shown = (" " if unicodedata.category(c) in _UNSHOWN else c for c in text)
    return " ".join("".join(shown).split())


_UNSHOWN = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})
