"""The category asks for files, and nothing came with the mail."""

from rules.body import IN_BODY, NOTHING, SAVE_BODY, own_words, promises, tells_much
from rules.contact import find
from rules.filling import brings, empty_handed, gaps, required
from rules.measure import listed
from rules.notice import Notice
from rules.rule import Words, rule
from rules.submission import Submission
from rules.verdict import Evidence, Phrase, Seen, Severity, Values

_SPOKEN_OF = Phrase(
    "（正文里提到了要发来的文件，可能没有添加上）", " (the text speaks of files; they may be lost)"
)
_STAYS = Phrase("此前收妥的文件不用重发。", "What came before need not be sent again. ")


@rule(
    "no-attachment",
    Severity.ERROR,
    zh=Words(
        title="邮件里没有附件",
        why="通知要求以文件形式报送；最常见的原因是附件没有传完就发出，或者忘了添加。",
        saw="邮件里没有附件，也没有超大附件或网盘链接{body}。",
        required="“{category}”需要：{parts}。",
        fix="{advice}请添加附件后直接回复本邮件，等上传完成再点发送；大文件可以用邮箱的“超大附件”。",
    ),
    en=Words(
        title="The mail has no attachment",
        why="The notice asks for files; mostly the mail was sent before the upload was done.",
        saw="There is no attachment, and no link to a large one{body}.",
        required="“{category}” needs: {parts}.",
        fix=(
            "{advice}Attach the files and send again (a reply will do); wait for the upload to "
            "finish. Large files may go as the mail service's large attachment."
        ),
    ),
)
def no_attachment(submission: Submission, notice: Notice) -> Seen:
    category = submission.claim.category
    forgotten = _forgotten(submission, notice)
    if category and (forgotten or empty_handed(submission)) and (titles := required(category)):
        much = tells_much(submission.message.text)
        values: Values = {
            "category": category.name,
            "parts": listed(titles),
            "body": _SPOKEN_OF if forgotten else IN_BODY if much else NOTHING,
            "advice": _STAYS if forgotten else SAVE_BODY if much else NOTHING,
        }
        yield Evidence("message", values)


def _forgotten(submission: Submission, notice: Notice) -> bool:
    """All is here from before, and yet the letter speaks of files and brings none: neither its
    subject nor a contact in it is what mends."""
    claim, words = submission.claim, own_words(submission.message.text)
    if not submission.before or brings(submission):
        return False
    if claim.righted or not promises(words) or gaps(submission, notice):
        return False
    asked = claim.category is not None and claim.category.contact
    known = any(f.facts.contact for f in submission.before)
    return not (asked and not known and find(words))
