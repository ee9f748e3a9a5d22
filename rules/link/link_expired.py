"""A link had expired when the mail came."""

from rules.linkage import described, expired, where
from rules.notice import Notice
from rules.rule import Words, rule
from rules.submission import Submission
from rules.verdict import Evidence, Seen, Severity


@rule(
    "link-expired",
    Severity.ERROR,
    zh=Words(
        title="链接已经过期",
        why="过期的链接打不开，材料取不到。",
        saw="{provider}{name}{expires}，收到时已过期。",
        required="链接在报送时有效，并留出下载的时间。",
        fix="请重新上传（超大附件可“续期”，网盘选“永久有效”或至少 30 天），回复本邮件发来新链接。",
    ),
    en=Words(
        title="A link has expired",
        why="An expired link does not open, and the material cannot be fetched.",
        saw="The link at {provider}{name}, {expires}, had expired when it came.",
        required="Links are valid when they are sent, with time left to fetch them.",
        fix="Upload it again (valid for 30 days at least) and reply with the new link.",
    ),
)
def link_expired(submission: Submission, notice: Notice) -> Seen:
    for link in submission.links:
        if expired(link, submission, notice) and not link.quoted:
            yield Evidence(where(link), described(link, notice))
