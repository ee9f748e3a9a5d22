"""The document needs a password."""

from rules.files import allowed, sound
from rules.formats import family
from rules.notice import Notice
from rules.rule import Words, rule
from rules.signs import format_of
from rules.submission import Submission
from rules.verdict import Evidence, Seen, Severity


@rule(
    "word-encrypted",
    Severity.ERROR,
    zh=Words(
        title="文档设了打开密码",
        why="有密码的文档老师打不开，也无法汇编。",
        saw="{where}需要密码才能打开。",
        required="文档不设密码。",
        fix=(
            "请用 Word 或 WPS 打开，点“文件›信息›保护文档›用密码进行加密”，清空密码后保存（WPS "
            "在“文件›文档加密”里），再回复本邮件发来；不要把密码写在邮件里。"
        ),
    ),
    en=Words(
        title="The document needs a password",
        why="The office cannot open it, nor compile it with others.",
        saw="{where} opens only with a password.",
        required="Documents have no password.",
        fix=(
            "Open it in Word, File › Info › Protect document › Encrypt with password, empty "
            "the password and save (WPS: File › Document encryption); reply with it. Please do "
            "not send the password."
        ),
    ),
)
def word_encrypted(submission: Submission, notice: Notice) -> Seen:
    for file in sound(submission, "text", "form", "other"):
        told = format_of(file)
        if not file.facts.encrypted or family(told) == "page":
            continue
        if file.kind == "other" or allowed(file, submission.claim.category, notice):
            yield Evidence(file.name)
