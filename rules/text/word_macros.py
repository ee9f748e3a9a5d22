"""The document carries macros or fetches a template from elsewhere."""

from rules.files import sound
from rules.notice import Notice
from rules.rule import Words, rule
from rules.submission import Submission
from rules.verdict import Evidence, Phrase, Seen, Severity


@rule(
    "word-macros",
    Severity.HOLD,
    zh=Words(
        title="文档带有宏，需要人工查看",
        why="宏和远程模板可能是病毒，为了大家的电脑安全，由老师确认后再打开。",
        saw="{where}里{told}。",
        required="文档不带宏，也不引用外部模板。",
        fix=(
            "老师会查看，不是必须重发；想更快，可以在 Word 里“另存为”类型选“Word 文档（*.docx）”"
            "（不要选“启用宏的文档”），回复本邮件发来。"
        ),
    ),
    en=Words(
        title="The document carries macros; a person looks at it",
        why="Macros and remote templates may be malware; a person looks before anyone opens it.",
        saw="{where} {told}.",
        required="Documents carry no macros and fetch no template.",
        fix=(
            "If they are not meant to be there, save it as “Word document (*.docx)”, not “"
            "macro-enabled”, and reply with that: it will be quicker."
        ),
    ),
)
def word_macros(submission: Submission, _notice: Notice) -> Seen:
    for file in sound(submission, "text", "form", "other"):
        if file.facts.macros or file.facts.format == "docm":
            yield Evidence(file.name, {"told": Phrase("带有宏", "carries macros")})
        elif file.facts.remote_template:
            told = Phrase("引用了网络上的模板", "fetches a template from the network")
            yield Evidence(file.name, {"told": told})
