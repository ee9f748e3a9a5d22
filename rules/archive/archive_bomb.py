"""An archive expands beyond what is safe to open."""

from types import MappingProxyType

from rules.notice import Notice
from rules.rule import Words, rule
from rules.submission import Submission
from rules.verdict import Evidence, Phrase, Seen, Severity

_TOLD = MappingProxyType(
    {
        "depth": Phrase("压缩包套压缩包，层数太多", "nests archives too deep"),
        "entries": Phrase("里面的文件太多", "holds too many files"),
        "ratio": Phrase("压缩比异常，解开后会膨胀很多倍", "expands many times over"),
        "bytes": Phrase("解开后太大", "is too large when unpacked"),
    }
)


@rule(
    "archive-bomb",
    Severity.HOLD,
    zh=Words(
        title="压缩包超出安全限度，由老师处理",
        why="层数太多、文件太多或膨胀过大的压缩包可能拖垮电脑，不自动打开。",
        saw="{where} {told}，没有继续打开。",
        required="压缩包不超过三层，文件不超过一千个，解压后大小正常。",
        fix="老师会查看；请直接把要报送的文件逐个添加为附件重新发送，会更快。",
    ),
    en=Words(
        title="An archive expands beyond the limits; a person looks at it",
        why="Too many levels, files or bytes can bring a computer down; it is left closed.",
        saw="{where} {told}; it was not opened further.",
        required="At most three levels and a thousand files, and an ordinary size when unpacked.",
        fix="A person will look; attaching the files themselves is quicker.",
    ),
)
def archive_bomb(submission: Submission, _notice: Notice) -> Seen:
    for box in submission.attachments:
        if box.facts.bomb and not box.ignored:
            told = _TOLD.get(box.facts.bomb, _TOLD["bytes"])
            yield Evidence(box.name, {"told": told})
