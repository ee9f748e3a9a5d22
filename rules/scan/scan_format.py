"""A scan is neither PDF nor JPG."""

from rules.files import sound
from rules.formats import family
from rules.limits import as_found, strangers
from rules.notice import Notice
from rules.rule import Words, rule
from rules.signs import format_of
from rules.submission import Submission
from rules.verdict import Evidence, Seen, Severity


@rule(
    "scan-format",
    Severity.ERROR,
    zh=Words(
        title="扫描件不是规定的格式",
        why="通知要求扫描件以 PDF 格式或 JPG 格式报送，其他格式不一定打得开。",
        saw="{where}是{format}。",
        required="{title}用{wanted}。",
        fix=(
            "扫描时把保存格式选为 PDF 或 JPG 重新保存；OFD 可用阅读器“导出/打印为 PDF”，PNG、"
            "TIFF 可用看图软件“另存为”JPG。回复本邮件发来即可。"
        ),
    ),
    en=Words(
        title="A scan in another format",
        why="The notice takes scans as PDF or JPG; other formats do not open everywhere.",
        saw="{where} is {format}.",
        required="{title}: {wanted}.",
        fix=(
            "Choose PDF or JPG when scanning; OFD is exported or printed as PDF by its reader, "
            "PNG and TIFF are saved as JPG by a viewer. A reply will do."
        ),
    ),
)
def scan_format(submission: Submission, notice: Notice) -> Seen:
    for file, kind in strangers(sound(submission, "scan", "form"), submission, notice):
        if family(format_of(file)) in {"page", "image"}:
            yield Evidence(file.name, as_found(file, kind))
