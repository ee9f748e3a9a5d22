"""The text is shorter or longer than the notice allows."""

from rules.files import sound
from rules.notice import Notice
from rules.rule import Words, rule
from rules.submission import Submission
from rules.verdict import Evidence, Phrase, Seen, Severity, Values


@rule(
    "text-length",
    Severity.ERROR,
    zh=Words(
        title="文字材料的字数不符合要求",
        why="通知规定了字数范围，便于统一编排。",
        saw="{where}有{chars}字，{told}。",
        required="{title}字数：{range}。",
        fix="请增删后回复本邮件重新发送；字数按不含空格的字符计，Word 左下角“字数统计”可以看到。",
    ),
    en=Words(
        title="The text is too short or too long",
        why="The notice sets a range, so that texts can be laid out alike.",
        saw="{where} has {chars} characters, {told}.",
        required="{title}: {range} characters.",
        fix="Shorten or extend it and reply with it; characters are counted without spaces.",
    ),
)
def text_length(submission: Submission, notice: Notice) -> Seen:
    for file in sound(submission, "text"):
        kind, chars = notice.kind("text", submission.claim.category), file.facts.chars
        if kind is None or chars is None:
            continue
        low, high = kind.min_chars, kind.max_chars
        if low is not None and chars < low:
            told = Phrase(f"少了 {low - chars} 字", f"{low - chars} too few")
        elif high is not None and chars > high:
            told = Phrase(f"多了 {chars - high} 字", f"{chars - high} too many")
        else:
            continue
        span = f"{low or 0}–{high}" if high is not None else f"≥ {low}"
        values: Values = {"chars": chars, "told": told, "title": kind.title, "range": span}
        yield Evidence(file.name, values)
