"""The subject names a unit, but no category that the notice knows, or several."""

from rules import naming
from rules.measure import listed
from rules.notice import Notice
from rules.rule import Words, rule
from rules.subjectline import categories, near_category
from rules.submission import Submission
from rules.suggestion import suggest
from rules.verdict import Evidence, Phrase, Seen, Severity, Values

_GUESSED = Phrase(
    "类别是我们按文件推测的，请先核对", "the category is guessed from the files: please check"
)
_OPEN = Phrase("类别从上面选", "with one of the categories above")
_SPLIT = Phrase("；两类材料请分两封", "; two categories go in two mails")
_NOTHING = Phrase("", "")


@rule(
    "category-unknown",
    Severity.ERROR,
    zh=Words(
        title="没有认出报送的类别",
        why="每一类材料的要求、截止时间和邮箱都不同，不知道类别就没法按要求核对。",
        saw="主题是“{subject}”：{told}",
        required="主题里的类别写以下之一：{categories}。",
        fix="请把主题改为“{suggested}”（{note}），连同附件重新发送{split}。",
    ),
    en=Words(
        title="The category could not be told",
        why=(
            "Each category has its own requirements, due time and mailbox; without it there is "
            "nothing to check the files against."
        ),
        saw="The subject is “{subject}”; {told}.",
        required="The category in the subject is one of: {categories}.",
        fix=(
            "Change the subject to “{suggested}” ({note}) and send it again with the files{split}."
        ),
    ),
)
def category_unknown(submission: Submission, notice: Notice) -> Seen:
    claim = submission.claim
    if claim.category or not (claim.unit or (claim.unit_text and claim.category_text)):
        return
    written = claim.category_text
    near = near_category(written, notice) if written else None
    several = len(categories(written, notice)) > 1
    if several:
        told = Phrase(f"同时写了几个类别：{written}。", f"it names several: {written}")
    elif written:
        zh = f"“{written}”不是通知里的类别{f'，是不是“{near.name}”？' if near else '。'}"
        en = f"“{written}” is no category of the notice{f'; “{near.name}”?' if near else ''}"
        told = Phrase(zh, en)
    else:
        told = Phrase("没有写类别。", "it names none")
    values: Values = {
        "subject": submission.message.subject.strip(),
        "told": told,
        "categories": listed([c.name for c in notice.categories]),
        "suggested": (suggested := suggest(submission, notice)),
        "note": _GUESSED if naming.whole(suggested, notice) else _OPEN,
        "split": _SPLIT if several else _NOTHING,
    }
    yield Evidence("subject", values)
