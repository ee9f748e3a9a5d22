"""A program or script is among the files."""

from rules.notice import Notice
from rules.rule import Words, rule
from rules.signs import dangerous
from rules.submission import Submission
from rules.verdict import Evidence, Phrase, Seen, Severity


@rule(
    "executable",
    Severity.HOLD,
    zh=Words(
        title="附件里有程序或脚本，由老师处理",
        why="程序和脚本可能是病毒，通知也不收这类文件；为安全起见不打开、不转发。",
        saw="{where}是可执行的程序或脚本{inside}。",
        required="只报送通知要求的文字、图片、扫描件、视频等材料。",
        fix="请先给电脑杀毒；确认不需要这个文件后，去掉它重新发送。",
    ),
    en=Words(
        title="A program or script is among the files; a person looks at it",
        why="Programs and scripts may be malware; they are neither opened nor passed on.",
        saw="{where} is a program or script{inside}.",
        required="Only texts, pictures, scans and videos are handed in.",
        fix="Scan your computer for viruses first; then send it again without this file.",
    ),
)
def executable(submission: Submission, _notice: Notice) -> Seen:
    for file in submission.attachments:
        if not file.ignored and dangerous(file) and not file.facts.threat:
            box = file.path[-1] if file.path else ""
            inside = Phrase(f"（在 {box} 里）", f" (in {box})") if box else Phrase("", "")
            yield Evidence(file.name, {"inside": inside})
