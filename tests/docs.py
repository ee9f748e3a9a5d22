"""The generated parts of README.md: cog runs these, and `make check` compares."""

from daemon.cli import COMMANDS
from daemon.config.notices import SHIPPED, load
from rules.catalogue import RULES
from rules.rule import words_of


def commands() -> str:
    lines = [f"| `baosong {name}` | {line} |" for name, (_, line) in COMMANDS.items()]
    return _table("| command | what it does |", lines)


def clauses() -> str:
    """Each sentence of the first notice, and where mail is held to it."""
    notice = load(SHIPPED)
    lines = [
        f"| {clause.text} | {clause.enforced}{_codes(clause.rules)} |" for clause in notice.clauses
    ]
    return _table("| the notice says | where it is enforced |", lines)


def rules() -> str:
    notice = load(SHIPPED)
    lines = [
        f"| `{rule.code}` | {notice.severities.get(rule.code, rule.severity)} "
        f"| {words_of(rule, notice, 'zh').title} | {words_of(rule, notice, 'en').title} |"
        for rule in RULES
    ]
    return _table("| code | severity | 中文 | English |", lines)


def _codes(codes: tuple[str, ...]) -> str:
    return "".join(f" `{code}`" for code in codes)


def _table(head: str, lines: list[str]) -> str:
    rule = "|".join("---" for _ in head.strip("|").split("|"))
    return "\n".join([head, f"|{rule}|", *lines])
