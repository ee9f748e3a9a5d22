"""`baosong explain CODE`: one rule in full."""

from pathlib import Path

import click

from daemon.cli.options import language_option, notice_of, notice_option
from rules.catalogue import RULES, by_code
from rules.notice import Language
from rules.rule import words_of

LABELS = {
    "zh": ("级别", "为什么", "我们看到", "要求", "怎么改"),
    "en": ("severity", "why", "what we saw", "required", "how to fix"),
}


@click.command("explain")
@click.argument("code")
@notice_option
@language_option
def command(code: str, notice_path: Path | None, language: Language) -> None:
    """Say what the rule CODE requires, why, and how to mend it.

    Words in {braces} stand for what is measured in the mail. `baosong rules` lists every code.
    """
    rule = by_code(code)
    if rule is None:
        raise click.UsageError(f"no rule has the code {code!r}{_nearest(code)}")
    notice = notice_of(notice_path)
    words = words_of(rule, notice, language)
    severity = notice.severities.get(rule.code, rule.severity)
    click.secho(f"{rule.code}  {words.title}", bold=True)
    said = (severity, words.why, words.saw, words.required, words.fix)
    for label, text in zip(LABELS[language], said, strict=True):
        click.echo(f"  {label}：{text}" if language == "zh" else f"  {label}: {text}")


def _nearest(code: str) -> str:
    from difflib import get_close_matches

    near = get_close_matches(code, [r.code for r in RULES], n=3)
    return f"; did you mean {', '.join(near)}?" if near else "; `baosong rules` lists them all"
