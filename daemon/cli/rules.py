"""`baosong rules`: every rule, one line each."""

import json
from pathlib import Path

import click

from daemon.cli.options import json_option, language_option, notice_of, notice_option
from rules.catalogue import RULES
from rules.notice import Language, Notice
from rules.rule import Rule, words_of

COLOURS = {"error": "yellow", "hold": "magenta", "remark": "cyan"}


@click.command("rules")
@notice_option
@language_option
@json_option
def command(notice_path: Path | None, language: Language, as_json: bool) -> None:
    """List every rule in the order a submitter reads them: code, severity, title."""
    notice = notice_of(notice_path)
    for rule in RULES:
        severity = notice.severities.get(rule.code, rule.severity)
        title = words_of(rule, notice, language).title
        if as_json:
            click.echo(json.dumps(_row(rule, notice), ensure_ascii=False))
        else:
            mark = click.style(f"{severity:8}", fg=COLOURS[severity])
            click.echo(f"{rule.code:24} {mark} {title}")


def _row(rule: Rule, notice: Notice) -> dict[str, object]:
    zh, en = words_of(rule, notice, "zh"), words_of(rule, notice, "en")
    severity = notice.severities.get(rule.code, rule.severity)
    return {
        "code": rule.code,
        "severity": severity,
        "zh": {"title": zh.title, "why": zh.why, "required": zh.required, "fix": zh.fix},
        "en": {"title": en.title, "why": en.why, "required": en.required, "fix": en.fix},
    }
