"""A scan is larger than the notice takes."""

from rules.files import sound
from rules.formats import family
from rules.limits import oversize
from rules.notice import Notice
from rules.rule import Words, rule
from rules.signs import format_of
from rules.submission import Submission
from rules.verdict import Seen, Severity


@rule(
    "scan-too-large",
    Severity.ERROR,
    zh=Words(
        title="扫描件太大",
        why="通知规定了扫描件大小上限，太大的文件收发、汇总都会卡住。",
        saw="{where}有{size}，超出{over}。",
        required="{title}不超过{limit}。",
        fix=(
            "请把扫描分辨率设为 200–300 dpi（彩色文字页足够清晰）重新扫描，或用 WPS“PDF 压缩”压"
            "到{limit}以内，回复本邮件发来。"
        ),
    ),
    en=Words(
        title="A scan is too large",
        why="The notice limits the size of scans, so that they can be sent and collected.",
        saw="{where} has {size}, {over} too much.",
        required="{title}: at most {limit}.",
        fix="Scan again at 200–300 dpi or compress the PDF below {limit}; reply with it.",
    ),
)
def scan_too_large(submission: Submission, notice: Notice) -> Seen:
    files = sound(submission, "scan", "form")
    pages = [f for f in files if family(format_of(f)) in {"page", "image"}]
    yield from oversize(pages, submission, notice)
