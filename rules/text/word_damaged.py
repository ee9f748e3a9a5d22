"""The document does not open."""

from rules.files import allowed, sound
from rules.formats import family
from rules.measure import bytes_said
from rules.notice import Notice
from rules.rule import Words, rule
from rules.signs import format_of, garbled
from rules.submission import Submission
from rules.verdict import Evidence, Seen, Severity


@rule(
    "word-damaged",
    Severity.ERROR,
    zh=Words(
        title="Word 文档打不开",
        why="损坏的文档无法阅读和使用，多半是保存或上传时中断了。",
        saw="{where}（{size}）不是完整的 Word 文档，打不开。",
        required="文档完整、能用 Word 打开。",
        fix="请先用 Word 打开确认；能打开就“另存为”新的 .docx，打不开请找回上一版，回复发来即可。",
    ),
    en=Words(
        title="The Word document does not open",
        why="A damaged document cannot be read; mostly saving or uploading broke off.",
        saw="{where} ({size}) is no whole Word document.",
        required="The document is whole and opens in Word.",
        fix=(
            "Open it on your own computer; if that works, save it under a new name as .docx "
            "and send that; if not, go back to an earlier version. A reply will do."
        ),
    ),
)
def word_damaged(submission: Submission, notice: Notice) -> Seen:
    category = submission.claim.category
    for file in sound(submission, "text", "form"):
        broken = file.facts.damaged or garbled(file)
        word = family(format_of(file)) == "text" and allowed(file, category, notice)
        if broken and word and not file.facts.encrypted:
            yield Evidence(file.name, {"size": bytes_said(file.facts.size)})
