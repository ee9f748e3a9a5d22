"""What a person finds wrong, in that person's own words: no rule looks for it."""

from collections.abc import Iterator

from rules.notice import Notice
from rules.rule import MEND_EN, MEND_ZH, Rule, Words
from rules.submission import Submission
from rules.verdict import Evidence, Severity

CODE = "by-hand"


def _never(submission: Submission, notice: Notice) -> Iterator[Evidence]:
    return iter(())


BY_HAND = Rule(
    code=CODE,
    severity=Severity.ERROR,
    zh=Words(
        title="老师审阅后的意见",
        why="材料由老师看过；有些要求程序查不出来，要由人判断。",
        saw="见老师的意见。",
        required="按通知的要求报送。",
        fix=MEND_ZH,
    ),
    en=Words(
        title="What a person found on reading it",
        why="A person has read the material; some requirements no program can check.",
        saw="See what the person wrote.",
        required="Hand in as the notice asks.",
        fix=MEND_EN,
    ),
    check=_never,
)
