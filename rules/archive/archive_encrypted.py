"""An archive needs a password."""

from rules.notice import Notice
from rules.rule import Words, rule
from rules.submission import Submission
from rules.verdict import Evidence, Seen, Severity


@rule(
    "archive-encrypted",
    Severity.ERROR,
    zh=Words(
        title="压缩包设了密码",
        why="有密码的压缩包打不开，里面的材料无法核对。",
        saw="{where}需要密码才能打开。",
        required="压缩包不设密码。",
        fix="请去掉密码重新压缩，或直接把文件逐个添加为附件，回复本邮件发来；不要在邮件里写密码。",
    ),
    en=Words(
        title="An archive needs a password",
        why="It cannot be opened, so what is in it cannot be checked.",
        saw="{where} opens only with a password.",
        required="Archives have no password.",
        fix=(
            "Pack it again without a password, or attach the files themselves, and reply with "
            "that; please do not send the password."
        ),
    ),
)
def archive_encrypted(submission: Submission, _notice: Notice) -> Seen:
    for box in submission.attachments:
        if box.role == "container" and box.facts.encrypted and not box.facts.bomb:
            yield Evidence(box.name)
