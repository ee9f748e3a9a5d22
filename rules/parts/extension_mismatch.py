"""The name says one format and the bytes another, both fine."""

from rules.files import allowed, sound
from rules.formats import FORMATS, by_name, called, ending
from rules.notice import Notice
from rules.rule import Words, rule
from rules.signs import garbled
from rules.submission import Submission
from rules.verdict import Evidence, Seen, Severity, Values


@rule(
    "extension-mismatch",
    Severity.REMARK,
    zh=Words(
        title="文件扩展名与实际格式不一致",
        why="以文件的真实内容为准；但扩展名不对，别人的电脑上可能打不开。",
        saw="{where}的扩展名是 .{ending}，实际内容是{format}。",
        required="扩展名与内容一致，例如 .{right}。",
        fix="这次按实际内容收下，不用重发；下次请在软件里用“另存为”选择格式，不要直接改扩展名。",
    ),
    en=Words(
        title="The name says one format, the content another",
        why="The content counts; but under the wrong ending the file may not open elsewhere.",
        saw="{where} ends in .{ending}, its content is {format}.",
        required="The ending fits the content, here .{right}.",
        fix="It is taken as what it is. Next time use “save as” rather than renaming.",
    ),
)
def extension_mismatch(submission: Submission, notice: Notice) -> Seen:
    category = submission.claim.category
    for file in sound(submission):
        told, promised = file.facts.format, by_name(file.name)
        known = FORMATS.get(told)
        if known is None or not known.endings or not promised or ending(file.name) in known.endings:
            continue
        macros = file.facts.macros or told == "docm"
        if allowed(file, category, notice) and not macros and not garbled(file):
            values: Values = {
                "ending": ending(file.name),
                "format": called(told),
                "right": known.endings[0],
            }
            yield Evidence(file.name, values)
