"""A scan is neither PDF nor JPG."""

from collections.abc import Iterator

from rules.files import format_of, garbled, sound
from rules.formats import called, family
from rules.measure import wanted
from rules.notice import Notice
from rules.rule import Words, rule
from rules.submission import Submission
from rules.verdict import Evidence, Severity, Values


@rule(
    "scan-format",
    Severity.ERROR,
    zh=Words(
        title="扫描件不是规定的格式",
        why="通知要求扫描件以 PDF 格式或 JPG 格式报送，其他格式不一定打得开。",
        saw="{where} 是{format}。",
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
def scan_format(submission: Submission, notice: Notice) -> Iterator[Evidence]:
    category = submission.claim.category
    for file in sound(submission, "scan", "form"):
        kind, told = notice.kind(file.kind, category), format_of(file)
        if kind is None or family(told) not in {"page", "image"} or garbled(file):
            continue
        if told not in kind.formats:
            values: Values = {"format": called(told), "title": kind.title, "wanted": wanted(kind)}
            yield Evidence(file.name, values)
