"""A large JPG is fine as a scan and too large as a photograph; which it is cannot be told."""

from rules.files import sound
from rules.measure import bytes_said, too_big
from rules.notice import Notice
from rules.roles import maybe_scan
from rules.rule import Words, rule
from rules.submission import Submission
from rules.verdict import Evidence, Seen, Severity, Values


@rule(
    "image-or-scan",
    Severity.HOLD,
    zh=Words(
        title="请老师确认是扫描件还是照片",
        why="扫描件和照片的大小上限不同，从文件名和画面都看不准的，不轻易说超限。",
        saw="{where}有{size}：作为图片超过{limit}，作为扫描件则合格。",
        required="图片不超过{limit}，扫描件不超过{scan}。",
        fix="老师会打开确认，不用重发；照片压缩到{limit}以内、扫描件在文件名里写明，会更快。",
    ),
    en=Words(
        title="A person confirms whether this is a scan or a photograph",
        why="Scans may be larger than photographs; in doubt nobody is told it is too large.",
        saw="{where} has {size}: too large for a picture (over {limit}), fine for a scan.",
        required="Pictures up to {limit}, scans up to {scan}.",
        fix="A person will look; a photograph below {limit} or a scan named 扫描件 is quicker.",
    ),
)
def image_or_scan(submission: Submission, notice: Notice) -> Seen:
    category = submission.claim.category
    image, scan = notice.kind("image", category), notice.kind("scan", category)
    if image is None or scan is None or image.max_size is None or scan.max_size is None:
        return
    for file in sound(submission, "image"):
        if too_big(file.facts.size, image.max_size) and maybe_scan(file, category, notice):
            values: Values = {
                "size": bytes_said(file.facts.size),
                "limit": bytes_said(image.max_size),
                "scan": bytes_said(scan.max_size),
            }
            yield Evidence(file.name, values)
