"""No unit on the roster is called what the subject says."""

from rules import roster
from rules.notice import Notice
from rules.rule import Words, rule
from rules.submission import Claim, Submission
from rules.suggestion import suggest
from rules.verdict import Evidence, Phrase, Seen, Severity, Values


@rule(
    "unit-unknown",
    Severity.HOLD,
    zh=Words(
        title="单位名称需要人工核对",
        why="报送情况按名册逐个单位登记；名称对不上时，系统只提示、不替您决定。",
        saw="主题里的单位写作“{unit}”，{near}。",
        required="单位写名册上的名称，例如“{example}”。",
        fix=(
            "老师会人工核对，材料先保留，不必急着重发；如果写错了，请回复本邮件并把主题改为“"
            "{suggested}”（请先核对单位名称）。"
        ),
    ),
    en=Words(
        title="A person checks the name of the unit",
        why=(
            "Who has handed in is kept unit by unit, from the roster; where a name does not "
            "match, it is only proposed, never decided."
        ),
        saw="The subject says “{unit}”; {near}.",
        required="Write the unit as the roster does, for example “{example}”.",
        fix=(
            "A person will look at it and the material is kept; nothing needs to be sent again "
            "now. If the name is wrong, reply with the subject “{suggested}” (check the unit "
            "first)."
        ),
    ),
)
def unit_unknown(submission: Submission, notice: Notice) -> Seen:
    claim = submission.claim
    if claim.unit or not claim.unit_text or not (claim.category or claim.category_text):
        return
    values: Values = {
        "unit": claim.unit_text,
        "near": _near(claim, notice),
        "example": notice.roster[0].name if notice.roster else notice.unit_word,
        "suggested": suggest(submission, notice),
    }
    yield Evidence("subject", values)


def _near(claim: Claim, notice: Notice) -> Phrase:
    near = claim.proposals
    several = roster.mentioned(claim.unit_text, notice)
    if len(several) > 1 and "、" not in claim.unit_text:  # one name: 农学院与园艺学院联合党支部
        named = "、".join(unit.name for unit in notice.roster if unit in several)
        return Phrase(
            f"里面提到{named}，要由老师核对记在哪个单位名下",
            f"it speaks of {named}; a person tells whose it is",
        )
    if len(several) > 1:
        return Phrase(
            "是几个单位，请每个单位分别报送", "several units, each of which writes itself"
        )
    if near:
        return Phrase(f"名册上相近的有：{'、'.join(near)}", f"near it are: {', '.join(near)}")
    return Phrase("名册上没有这个单位", "the roster has no such unit")
