"""What the demo prints: the matrix, the mail with its findings, one reply, and where all lies."""

from collections.abc import Iterator
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import SMTP
from pathlib import Path
from typing import Any

from rich import box
from rich.console import Console, Group
from rich.panel import Panel
from rich.rule import Rule as Line
from rich.table import Table
from rich.text import Text

from daemon.cli.show import SEVERITY, STATUS
from rules.catalogue import by_code
from tests.demo.stage import Stage
from tests.demo.submissions import Sent


def heading(console: Console, words: str) -> None:
    console.print()
    console.print(Line(f"[bold]{words}", align="left", style="blue"))
    console.print()


def mail(rows: list[dict[str, Any]], sent: list[Sent]) -> Table:
    """Every message with its verdict; `sent` tells why it is in the demo."""
    table = Table(box=box.SIMPLE_HEAD, expand=True, padding=(0, 1))
    for title, ratio in (("收到", None), ("结论", None), ("来件", 3), ("问题", 4)):
        table.add_column(title, ratio=ratio, no_wrap=ratio is None)
    for row, one in zip(rows, sent, strict=True):
        table.add_row(
            f"{one.received:%m-%d %H:%M}", _status(row), _letter(row, one), _findings(row)
        )
        table.add_row()
    return table


def _status(row: dict[str, Any]) -> Text:
    colour, words, _ = STATUS[row["status"]]
    late = Text(" 逾期", "magenta") if row["late"] else Text()
    return Text(words, f"bold {colour}") + late


def _letter(row: dict[str, Any], sent: Sent) -> Text:
    version = f" 第{row['version']}版" if (row["version"] or 1) > 1 else ""
    return Text(row["subject"], "bold") + Text(version, "cyan") + Text(f"\n{sent.about}", "dim")


def _findings(row: dict[str, Any]) -> Group:
    return Group(*(_finding(code) for code in row["codes"])) if row["codes"] else Group("—")


def _finding(code: str) -> Text:
    rule = by_code(code)
    assert rule is not None
    title = rule.zh.title if "{" not in rule.zh.title else ""
    return Text("● ", SEVERITY[rule.severity]) + Text(f"{code} ") + Text(title, "dim")


def opened(path: Path) -> EmailMessage:
    found = message_from_bytes(path.read_bytes(), policy=SMTP)
    assert isinstance(found, EmailMessage)
    return found


def reply(path: Path) -> Panel:
    """One letter as its receiver reads it, in plain text."""
    letter = opened(path)
    body = letter.get_body(("plain",))
    assert body is not None
    head = [Text(f"{name}: {letter[name]}", "dim") for name in ("From", "To", "Subject")]
    text = body.get_content().replace("\r\n", "\n").strip()
    return Panel(Group(*head, Text(), Text(text)), border_style="yellow", padding=(1, 2))


def places(stage: Stage) -> Iterator[Text]:
    """Where ledger, library and replies lie."""
    here = (
        ("台账", stage.state / "ledger.db", "SQLite；视图 status 就是上面的表"),
        ("素材库", stage.state / "library", "合规材料，旁边是原信"),
        ("回复", stage.root / "replies", f"{len(stage.replies())} 封，可用任何邮件程序打开"),
        ("来件", stage.root / "mail", "两个部门邮箱（Maildir）"),
        ("配置", stage.config, "baosong status --config …"),
    )
    for name, path, words in here:
        yield Text(f"{name}\t", "bold") + Text(f"{path}\t", "blue") + Text(words, "dim")
