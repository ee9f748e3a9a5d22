"""A net-disk link came without its extraction code."""

from rules.linkage import described, expired, where
from rules.notice import Notice
from rules.rule import Words, rule
from rules.submission import Submission
from rules.verdict import Evidence, Seen, Severity


@rule(
    "link-no-code",
    Severity.ERROR,
    zh=Words(
        title="网盘链接没有提取码",
        why="没有提取码就打不开链接，材料取不到。",
        saw="{provider}{name} {url} 没有写提取码。",
        required="链接要同时写明提取码。",
        fix="请回复本邮件，把链接和提取码一起写上；或在网盘里重新分享并选“无需提取码”。",
    ),
    en=Words(
        title="A link without its extraction code",
        why="Without the code the link does not open, and the material cannot be fetched.",
        saw="The link at {provider}{name}, {url}, came without its code.",
        required="A link comes with its code.",
        fix="Reply with link and code, or share it again without a code.",
    ),
)
def link_no_code(submission: Submission, notice: Notice) -> Seen:
    for link in submission.links:
        lacking = link.code_needed and not link.code
        if lacking and not (link.quoted or expired(link, submission, notice)):
            yield Evidence(where(link), described(link, notice))
