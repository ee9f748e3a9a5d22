"""Fields of the form are blank."""

from rules.files import sound
from rules.formats import family
from rules.forms import blanks
from rules.measure import listed
from rules.notice import Notice
from rules.rule import Words, rule
from rules.signs import format_of
from rules.submission import Submission
from rules.verdict import Evidence, Seen, Severity


@rule(
    "form-incomplete",
    Severity.REMARK,
    zh=Words(
        title="推荐表有空白栏",
        why="表里的信息是汇总和联系的依据，空着就要再打电话来问。",
        saw="{where}里还空着：{blank}。",
        required="推荐表各栏填写完整。",
        fix="这次不退回；方便时请在表里补填{blank}，回复本邮件发来。",
    ),
    en=Words(
        title="Fields of the form are blank",
        why="What stands in the form is what the office works with; a blank costs a call.",
        saw="In {where} these fields are blank: {blank}.",
        required="Every field of the form is filled in.",
        fix="It is not returned for that; please fill in {blank} and reply with the form.",
    ),
)
def form_incomplete(submission: Submission, notice: Notice) -> Seen:
    files = [f for f in sound(submission) if f.form]
    scanned = {f.form for f in files if family(format_of(f)) != "text"}
    for file in files:
        form = notice.form(file.form)
        # Beside a stamped scan of the same form, the Word version may have blanks.
        blank = blanks(file, form) if form and form.id not in scanned else ()
        if blank:
            yield Evidence(file.name, {"blank": listed([f"“{label}”" for label in blank])})
