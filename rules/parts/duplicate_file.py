"""The same bytes came before, or twice in this mail."""

from rules import calendar
from rules.notice import Notice
from rules.rule import Words, named, rule
from rules.submission import Sighting, Submission
from rules.verdict import Evidence, Phrase, Seen, Severity


@rule(
    "duplicate-file",
    Severity.REMARK,
    zh=Words(
        title="有重复的文件",
        why="内容完全相同的文件只算一份；提前说明，免得误以为已经够数。",
        saw="{where} {told}。",
        required="同一个文件报送一次即可。",
        fix="如果是有意重发，不用理会；如果发错了文件，请回复本邮件换成正确的。",
    ),
    en=Words(
        title="A file came twice",
        why="Files with the same content count once, so there may be fewer than it seems.",
        saw="{where} {told}.",
        required="Send a file once.",
        fix="If this was meant, ignore it; if it is the wrong file, reply with the right one.",
    ),
)
def duplicate_file(submission: Submission, notice: Notice) -> Seen:
    first: dict[str, str] = {}
    for file in submission.files():
        digest = file.facts.sha256
        if not file.facts.size:
            continue
        if digest in first:
            zh, en = (
                f"与同一封邮件里的{named(first[digest])}完全相同",
                f"is the same as {named(first[digest])}",
            )
            yield Evidence(file.name, {"told": Phrase(zh, en)})
        elif sighting := next((s for s in submission.seen if s.sha256 == digest), None):
            yield Evidence(file.name, {"told": _before(sighting, notice)})
        first.setdefault(digest, file.name)


def _before(sighting: Sighting, notice: Notice) -> Phrase:
    unit, came = sighting.unit, sighting.received
    day = f"{calendar.local(came, notice):%Y-%m-%d}" if came else ""
    zh = f"与{unit or '其他单位'}{day and f' {day} '}报送过的文件完全相同"
    return Phrase(zh, f"is the same as a file from {unit or 'another unit'}{day and f' of {day}'}")
