"""One outcome on the terminal: status, claim, files, findings, answer."""

from rich.console import Console
from rich.markup import escape
from rich.padding import Padding

from daemon.intake import Outcome
from rules.catalogue import by_code
from rules.notice import Language
from rules.rule import say
from rules.submission import Attachment
from rules.verdict import Finding

STATUS = {
    "accepted": ("green", "合规", "accepted"),
    "returned": ("yellow", "需补正", "returned"),
    "held": ("magenta", "待人工", "held"),
    "ignored": ("dim", "不处理", "ignored"),
}
SEVERITY = {"error": "yellow", "hold": "magenta", "remark": "cyan"}


def show(file: str, outcome: Outcome, language: Language, console: Console | None = None) -> None:
    console = console or Console(highlight=False)
    _head(file, outcome, language, console)
    for attachment in outcome.verdict.submission.attachments:
        console.print(_file(attachment))
    for finding in outcome.verdict.findings:
        _finding(finding, outcome, language, console)
    if outcome.reply is not None:
        console.print(Padding(escape(outcome.reply.text), (1, 0, 1, 4)))
    elif outcome.answer.reason:
        console.print(f"  [dim]{escape(outcome.answer.reason)}[/]")


def _head(file: str, outcome: Outcome, language: Language, console: Console) -> None:
    verdict = outcome.verdict
    colour, zh, en = STATUS[verdict.status]
    claim = verdict.submission.claim
    place = (
        claim.unit.name if claim.unit else "?",
        claim.category.name if claim.category else "?",
        claim.window.name if claim.window else "",
    )
    late = {"zh": " 逾期", "en": " late"}[language] if verdict.late else ""
    console.print(f"[bold {colour}]{zh if language == 'zh' else en}{late}[/]  {escape(file)}")
    console.print(f"  {escape(' · '.join(p for p in place if p))}", style="bold")
    console.print(f"  {escape(verdict.submission.message.subject)}", style="dim")


def _file(attachment: Attachment) -> str:
    facts = attachment.facts
    name = escape(" › ".join((*attachment.path, attachment.name)))
    role = attachment.role if attachment.role == "ignored" else attachment.kind or "?"
    return f"  [dim]{facts.size:>13,} B  {facts.format:8} {role:8}[/] {name}"


def _finding(finding: Finding, outcome: Outcome, language: Language, console: Console) -> None:
    rule = by_code(finding.code)
    assert rule is not None, f"a finding without a rule: {finding.code}"
    said = say(rule, finding, outcome.notice, language)
    colour = SEVERITY[finding.severity]
    console.print(f"  [{colour}]● {finding.code}[/] [bold]{escape(said.title)}[/]")
    for line in (said.saw, said.required, said.fix):
        console.print(Padding(escape(line), (0, 0, 0, 4)))
