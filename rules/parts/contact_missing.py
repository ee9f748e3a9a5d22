"""The manuscript names nobody to call."""

from rules.body import own_words
from rules.contact import find
from rules.files import allowed
from rules.filling import closed_box
from rules.measure import listed
from rules.notice import Notice
from rules.rule import Words, named, rule
from rules.submission import Facts, Submission
from rules.verdict import Evidence, Seen, Severity


@rule(
    "contact-missing",
    Severity.ERROR,
    zh=Words(
        title="没有注明联系人和联系方式",
        why="通知要求稿件注明联系人和联系方式，编辑核实、修改稿件时要能找到人。",
        saw="在{files}和邮件正文里都没有找到联系人姓名加电话（或邮箱）。",
        required="稿件注明联系人和联系方式：姓名，加电话、手机或邮箱。",
        fix="请在稿件末尾加一行“联系人：某老师，电话：020-8528xxxx”，或直接回复本邮件写明。",
    ),
    en=Words(
        title="Contact person and telephone are missing",
        why="The notice asks for a contact, so that the editors can check with someone.",
        saw="Neither {files} nor the mail gives a name with a telephone number or an address.",
        required="The manuscript gives a name, and a telephone number or e-mail address.",
        fix="Add a line “联系人：name，电话：number” to the manuscript, or reply with both.",
    ),
)
def contact_missing(submission: Submission, notice: Notice) -> Seen:
    category = submission.claim.category
    if category is None or not category.contact:
        return
    texts = [f for f in (*submission.distinct, *submission.before) if f.kind in {"text", "form"}]
    # What could not be read, or comes again in another format, has a finding of its own.
    excused = (_unread(f.facts) or not allowed(f, category, notice) for f in texts)
    if not texts or any(f.facts.contact for f in texts) or any(excused):
        return
    if closed_box(submission) or find(own_words(submission.message.text)):
        return
    yield Evidence("body", {"files": listed([named(f.name) for f in texts])})


def _unread(facts: Facts) -> bool:
    return facts.chars is None or facts.text_layer is False
