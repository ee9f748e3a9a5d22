"""The mail came after the window was due."""

from types import MappingProxyType

from rules import calendar
from rules.measure import instant_said, span_said
from rules.notice import Notice, Window
from rules.rule import Words, rule
from rules.submission import Submission
from rules.verdict import Evidence, Phrase, Seen, Severity, Values

_NOW = MappingProxyType(
    {
        "accept": Phrase("材料已收下，记为逾期，不用重发。", "It is taken and marked as late."),
        "return": Phrase("本通知不再接收逾期材料。", "Late material is no longer taken."),
        "hold": Phrase("材料先保留，由老师决定是否接收。", "It is kept; a person decides on it."),
    }
)


@rule(
    "late",
    Severity.REMARK,
    zh=Words(
        title="逾期报送",
        why="通知规定了各类材料的报送时间，学校要据此汇总上报。",
        saw="来件时间{came}，晚于截止时间{due}（晚了{by}）。",
        required="“{category}”{window}请在{due}前报送。",
        fix="{now}如有特殊情况，请与接收部门联系说明。",
    ),
    en=Words(
        title="Handed in late",
        why="The notice says by when each category is due; the university reports onward then.",
        saw="It came at {came}, after it was due at {due} ({by} late).",
        required="“{category}”{window} is due before {due}.",
        fix="{now} If there is a reason, please tell the department.",
    ),
)
def late(submission: Submission, notice: Notice) -> Seen:
    claim, message = submission.claim, submission.message
    if not calendar.is_late(claim, message, notice, submission.extended):
        return
    came = calendar.moment(message, notice)
    end = calendar.due(claim.window, notice, submission.extended)
    if came is None or end is None or claim.category is None:
        return
    here = calendar.local(came, notice)
    values: Values = {
        "came": instant_said(here),
        "due": instant_said(end, closing=True),
        "by": span_said(here - end),
        "category": claim.category.name,
        "window": _called(claim.window) if len(claim.category.windows) > 1 else Phrase("", ""),
        "now": _NOW[notice.late],
    }
    yield Evidence("message", values)


def _called(window: Window | None) -> Phrase:
    return Phrase(window.name, f" ({window.name})") if window else Phrase("", "")
