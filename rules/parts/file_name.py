"""A file is not named by the rule."""

from rules import naming, roster, subjectline
from rules.files import allowed, sound
from rules.measure import listed, too_big, too_long
from rules.notice import Category, Notice, Unit
from rules.rule import Words, named, rule
from rules.signs import garbled
from rules.submission import Attachment, Submission
from rules.suggestion import suggest
from rules.verdict import Evidence, Phrase, Seen, Severity, Values

# Photographs keep their captions, forms their titles.
_NAMED = frozenset({"text", "video", "audio", "other"})


@rule(
    "file-name",
    Severity.REMARK,
    zh=Words(
        title="文件没有按规则命名",
        why="材料下载后会和其他单位的放在一起，文件名带上单位和类别才不会混。",
        saw="{names}没有写明单位和类别。",
        required="文件名写作“{pattern}”。",
        fix="这次不用重发；下次请把文件命名为“{suggested}”。",
    ),
    en=Words(
        title="Files are not named by the rule",
        why="Files of many units end up together; unit and category in the name keep them apart.",
        saw="Unit and category are not told by {names}.",
        required="Name files “{pattern}”.",
        fix="Nothing to send again; next time name the file “{suggested}”.",
    ),
)
def file_name(submission: Submission, notice: Notice) -> Seen:
    claim = submission.claim
    if claim.category is None or claim.unit is None:
        return
    parts = [f for f in sound(submission) if f.role == "part" and f.kind in _NAMED]
    fine = [f for f in parts if _faultless(f, claim.category, notice)]
    odd = [f.name for f in fine if not _by_rule(f.name, claim.unit, claim.category, notice)]
    if odd:
        values: Values = {
            "names": _names(odd),
            "pattern": naming.pattern(claim.category, notice),
            "suggested": suggest(submission, notice),
        }
        yield Evidence(odd[0] if len(odd) == 1 else "message", values)


def _by_rule(name: str, unit: Unit, category: Category, notice: Notice) -> bool:
    categories = {hit.category.name for hit in subjectline.categories(name, notice)}
    return category.name in categories and unit in roster.mentioned(name, notice)


def _faultless(file: Attachment, category: Category, notice: Notice) -> bool:
    """What has to be sent again for another reason will have another name anyway."""
    facts, kind = file.facts, notice.kind(file.kind, category)
    broken = facts.damaged or facts.encrypted or garbled(file)
    if broken or kind is None or not allowed(file, category, notice):
        return False
    over = too_big(facts.size, kind.max_size) or too_long(facts.duration_ms, kind.max_duration)
    return not over


def _names(odd: list[str]) -> Phrase:
    if len(odd) == 1:
        return Phrase("文件名里", "the name of the file")
    told = listed([named(name) for name in odd])
    return Phrase(f"{told.zh}这些文件名里", told.en)
