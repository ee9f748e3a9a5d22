"""The text is not a Word document."""

from types import MappingProxyType

from rules.files import noted, sound
from rules.formats import family
from rules.limits import as_found, strangers
from rules.notice import Notice
from rules.rule import Words, rule
from rules.signs import format_of
from rules.submission import Submission
from rules.verdict import Evidence, Phrase, Seen, Severity

_PAGE = Phrase(
    "请发编辑时用的 Word 原稿；没有原稿的，可用 WPS 或 Word 打开 PDF 转成 .docx 并校对，",
    "Send the Word document it was made from; without one, open the PDF in Word or WPS and save it"
    " as .docx.",
)
_ADVICE = MappingProxyType(
    {
        "page": _PAGE,
        "office": Phrase(
            "请把内容整理成 Word 文档，存为 .docx，",
            "Put the content into a Word document (.docx).",
        ),
        "text": Phrase(
            "请用 WPS 或 Word 打开它，点“文件›另存为”，类型选“Word 文档（*.docx）”，",
            "Open it in WPS or Word, choose File › Save as and the type Word document (*.docx).",
        ),
        "txt": Phrase(
            "请新建 Word 文档，把文字粘贴进去，存为 .docx，",
            "Paste the text into a new Word document and save it as .docx.",
        ),
    }
)


@rule(
    "text-not-word",
    Severity.ERROR,
    zh=Words(
        title="文字材料不是 Word 格式",
        why="通知要求文字材料以 WORD 格式报送，便于编辑、汇编；其他格式改起来会丢格式。",
        saw="{where}是{format}。",
        required="{title}用{wanted}。",
        fix="{advice}再回复本邮件发来。",
    ),
    en=Words(
        title="The text is not a Word document",
        why="The notice asks for texts as Word documents, so that they can be edited and compiled.",
        saw="{where} is {format}.",
        required="{title}: {wanted}.",
        fix="{advice} Then reply with it.",
    ),
)
def text_not_word(submission: Submission, notice: Notice) -> Seen:
    texts = sound(submission, "text", "form")
    for file, kind in strangers(texts, submission, notice):
        told = format_of(file)
        # A page (PDF, OFD) counts here only where it stands in the place of the text.
        fitting = file.kind == "text" or family(told) == "text"
        # Macros are a finding of their own; a note beside the text is of a format not listed.
        if fitting and told not in {"docm", "dotm"} and not noted(file, submission, notice):
            advice = _ADVICE.get(told, _ADVICE[family(told)])
            yield Evidence(file.name, {**as_found(file, kind), "advice": advice})
