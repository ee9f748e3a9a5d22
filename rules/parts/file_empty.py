"""A file with nothing in it, or not the file that was meant."""

from types import MappingProxyType

from rules.notice import Notice
from rules.rule import Words, rule
from rules.signs import dangerous, debris
from rules.submission import Submission
from rules.verdict import Evidence, Phrase, Seen, Severity

_TOLD = MappingProxyType(
    {
        "lock": (
            Phrase(
                "是 Word 打开文档时的临时锁文件，不是文档本身",
                "is the lock file that Word keeps while a document is open",
            ),
            Phrase(
                "请先关闭 Word，再选没有“~$”开头的那个文档，",
                "Close Word and pick the document whose name does not begin with ~$.",
            ),
        ),
        "link": (
            Phrase("是桌面快捷方式，里面没有文件内容", "is a shortcut without the file behind it"),
            Phrase(
                "请右键快捷方式选“打开文件所在的位置”，附上真正的文件，",
                "Open the location of the file from the shortcut and attach the file itself.",
            ),
        ),
        "part": (
            Phrase("是没有存完或没有下载完的临时文件", "is a temporary file, not finished"),
            Phrase("请等文件保存或下载完成，", "Wait until the file is saved or downloaded."),
        ),
        "": (
            Phrase("是 0 字节的空文件", "has 0 bytes"),
            Phrase(
                "请在电脑上打开确认有内容，等上传完成，",
                "Check that it opens on your computer and wait for the upload.",
            ),
        ),
    }
)


@rule(
    "file-empty",
    Severity.ERROR,
    zh=Words(
        title="附件是空的或不是真正的文件",
        why="这样的附件打不开、也没有内容，多半是添加附件时选错了。",
        saw="{where} {told}。",
        required="附件是能打开、有内容的文件。",
        fix="{advice}然后回复本邮件重新发送。",
    ),
    en=Words(
        title="An attachment is empty or no real file",
        why="Such a file cannot be opened or has nothing in it; mostly the wrong one was picked.",
        saw="{where} {told}.",
        required="Attachments are files that open and have content.",
        fix="{advice} Then reply with the right file.",
    ),
)
def file_empty(submission: Submission, _notice: Notice) -> Seen:
    for file in submission.distinct:
        if not debris(file) or dangerous(file) or file.undecodable:
            continue
        told, advice = _TOLD[_kind(file.name.lower())]
        yield Evidence(file.name, {"told": told, "advice": advice})


def _kind(name: str) -> str:
    if name.startswith("~$"):
        return "lock"
    if name.endswith(".lnk"):
        return "link"
    return "part" if name.endswith((".tmp", ".crdownload", ".part")) else ""
