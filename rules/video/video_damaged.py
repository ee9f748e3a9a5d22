"""A video is cut off or lacks its index."""

from types import MappingProxyType

from rules.files import sound
from rules.measure import bytes_said
from rules.notice import Notice
from rules.rule import Words, rule
from rules.signs import garbled
from rules.submission import Submission
from rules.verdict import Evidence, Phrase, Seen, Severity

_TOLD = MappingProxyType(
    {
        "truncated": Phrase("后半部分缺失，没有传完", "is cut off: its end is missing"),
        "no-moov": Phrase(
            "缺少索引（moov），录制或导出没有正常结束",
            "lacks its index (moov): recording or exporting did not finish",
        ),
        "undecodable": Phrase("内容无法识别为视频", "cannot be read as a video"),
    }
)


@rule(
    "video-damaged",
    Severity.ERROR,
    zh=Words(
        title="视频损坏，无法播放",
        why="不完整的视频播放不了或播到一半就停，多半是导出或上传中断。",
        saw="{where}（{size}）{told}。",
        required="视频完整、能从头播放到尾。",
        fix=(
            "请先在自己电脑上从头到尾播放一遍；不正常的请重新导出 MP4，等进度到 100% 再发送。手"
            "机拍摄中途断电的视频需要重新导出。"
        ),
    ),
    en=Words(
        title="A video is damaged",
        why="An incomplete video does not play, or stops half way; mostly uploading broke off.",
        saw="{where} ({size}) {told}.",
        required="Videos are whole and play to the end.",
        fix=(
            "Play it from beginning to end on your own computer; if that fails, export the MP4 "
            "again and wait until it is done before sending."
        ),
    ),
)
def video_damaged(submission: Submission, _notice: Notice) -> Seen:
    for file in sound(submission, "video"):
        why = file.facts.damaged or ("undecodable" if garbled(file) else "")
        if why:
            told = _TOLD.get(why, _TOLD["undecodable"])
            yield Evidence(file.name, {"size": bytes_said(file.facts.size), "told": told})
