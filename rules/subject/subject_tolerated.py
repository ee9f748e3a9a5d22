"""Every field is there, but the subject is not written by the rule."""

from types import MappingProxyType

from rules.notice import Notice
from rules.rule import Words, rule
from rules.submission import Submission
from rules.suggestion import suggest
from rules.verdict import Evidence, Phrase, Seen, Severity, Values

_ZH = MappingProxyType(
    {
        "forwarded": "没有写全，是按里面转发的原邮件主题认出的",
        "letters": "用了繁体字",
        "prefix": "带有回复或转发的前缀",
        "ending": "带有文件扩展名",
        "quotes": "多了引号",
        "date": "多写了日期",
        "words": "多了其他文字",
        "order": "各项的顺序不同",
        "separators": "没有用规定的分隔符",
    }
)
_EN = MappingProxyType(
    {
        "forwarded": "is not complete; the mail forwarded in it told the rest",
        "letters": "is written in traditional characters",
        "prefix": "begins with a reply or forward prefix",
        "ending": "ends like a file name",
        "quotes": "has quotation marks in it",
        "date": "has a date that is not asked for",
        "words": "has other words in it",
        "order": "has the fields in another order",
        "separators": "uses other separators",
    }
)


@rule(
    "subject-tolerated",
    Severity.REMARK,
    zh=Words(
        title="主题写法与规则略有不同，已收下",
        why="主题里单位、类别等都齐全、没有歧义，不因写法退回；按规则写，归档和查找更方便。",
        saw="主题“{subject}”{how}。",
        required="规则写法是“{suggested}”。",
        fix="这次不用重发；下次照“{suggested}”的样子写即可。",
    ),
    en=Words(
        title="The subject differs a little from the rule; it is accepted",
        why=(
            "Everything is there and unambiguous, so the writing is no reason to return it; by "
            "the rule it is easier to file and to find."
        ),
        saw="The subject “{subject}”{how}.",
        required="By the rule it is “{suggested}”.",
        fix="Nothing to send again; next time write it like “{suggested}”.",
    ),
)
def subject_tolerated(submission: Submission, notice: Notice) -> Seen:
    claim = submission.claim
    # A reply to ours carries “Re:” because we asked for a reply.
    answers = claim.mends or submission.message.in_reply_to or submission.message.references
    odd = [] if answers and claim.deviations == ("prefix",) else claim.deviations
    if odd:
        values: Values = {
            "subject": submission.message.subject.strip(),
            "how": Phrase("、".join(_ZH[d] for d in odd), ", ".join(_EN[d] for d in odd)),
            "suggested": suggest(submission, notice),
        }
        yield Evidence("subject", values)
