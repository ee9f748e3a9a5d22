"""What the demo prints: the matrix, the mail with its findings, one reply, and where all lies."""

from email.message import EmailMessage
from typing import Any

from rich import box
from rich.cells import chop_cells
from rich.console import Console, Group
from rich.panel import Panel
from rich.rule import Rule as Line
from rich.table import Table
from rich.text import Text

from daemon.cli.show import SEVERITY
from daemon.report.terminal import STYLES
from daemon.report.words import words
from rules.catalogue import by_code
from tests.demo.mailing import Sent
from tests.demo.played import Played, content
from tests.demo.stage import Stage


def heading(console: Console, words: str) -> None:
    console.print()
    console.print(Line(f"[bold]{words}", align="left", style="blue"))
    console.print()


def mail(played: Played) -> Table:
    """Every message with its verdict, and why it is in the demo."""
    table = Table(box=box.SIMPLE_HEAD, expand=True, padding=(0, 1))
    for title, ratio in (("收到", None), ("结论", None), ("来件", 3), ("问题", 4)):
        table.add_column(title, ratio=ratio, no_wrap=ratio is None)
    for row, one in zip(played.rows, played.sent, strict=True):
        table.add_row(
            f"{one.received:%m-%d %H:%M}", _status(row), _letter(row, one), _findings(row)
        )
        table.add_row()
    return table


def _status(row: dict[str, Any]) -> Text:
    said, status = words("zh"), row["status"]
    late = f" {said['late']}" if row["late"] else ""
    verdict = said.get(status, "不处理"), STYLES.get(status, "dim")
    return Text.assemble(verdict, (late, "red"))


def _letter(row: dict[str, Any], sent: Sent) -> Text:
    version = f" 第{row['version']}版" if (row["version"] or 1) > 1 else ""
    return Text.assemble((row["subject"], "bold"), (version, "cyan"), (f"\n{sent.about}", "dim"))


def _findings(row: dict[str, Any]) -> Group:
    return Group(*(_finding(code) for code in row["codes"])) if row["codes"] else Group("—")


def _finding(code: str) -> Text:
    rule = by_code(code)
    assert rule is not None
    title = rule.zh.title if "{" not in rule.zh.title else ""
    return Text.assemble(("● ", SEVERITY[rule.severity]), f"{code} ", (title, "dim"))


def reply(letter: EmailMessage, width: int) -> Panel:
    """One letter as its receiver reads it, in plain text."""
    head = [Text(f"{name}: {letter[name]}", "dim") for name in ("From", "To", "Subject")]
    lines = content(letter, "plain").strip().split("\n")
    text = Text("\n".join(_wrapped(line, width - 10) for line in lines))
    return Panel(Group(*head, Text(), text), border_style="yellow", padding=(1, 2))


def _wrapped(line: str, width: int) -> str:
    """Chinese breaks anywhere; rich looks for blanks. Further lines keep the indent."""
    indent = " " * (len(line) - len(line.lstrip(" ·●")))
    first, *more = chop_cells(line, width) or [""]
    if not more:
        return first
    rest = "".join(more)
    hanging = len(rest) - len(rest.lstrip("，。；：、！？）”"))  # none of them begins a line
    return f"{first}{rest[:hanging]}\n" + _wrapped(indent + rest[hanging:], width)


def places(stage: Stage) -> Table:
    """Where ledger, library and replies lie."""
    table = Table.grid(padding=(0, 3))
    here = (
        ("台账", stage.state / "ledger.db", "SQLite，视图 status 就是上面的表"),
        ("素材库", stage.state / "library", "合规材料按通知、类别、单位存放，原信在旁"),
        ("回复", stage.root / "replies", f"{len(stage.replies())} 封，Maildir"),
        ("来件", stage.root / "mail", "两个部门邮箱，Maildir"),
        ("配置", stage.config, "baosong status --config 用的就是它"),
    )
    for name, path, about in here:
        table.add_row(Text(name, "bold"), Text(str(path), "blue"), Text(about, "dim"))
    return table
