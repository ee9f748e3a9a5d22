"""The matrix in colour."""

from collections.abc import Iterable
from datetime import date

from rich.box import SIMPLE_HEAD
from rich.console import Group
from rich.table import Table
from rich.text import Text

from daemon.ledger import Standing
from daemon.report.matrix import Column, Matrix, matrices
from daemon.report.words import Words, cell, plain, state, words
from rules.notice import Language

STYLES = {
    "accepted": "green",
    "returned": "yellow",
    "held": "magenta",
    "missing": "dim",
    "overdue": "bold red",
    "waived": "dim italic",
    "not-applicable": "dim italic",
}


def to_terminal(standings: Iterable[Standing], language: Language, today: date) -> Group:
    """A table for each notice; nothing in it is read as markup."""
    return Group(*(_table(matrix, language, today) for matrix in matrices(standings)))


def _table(matrix: Matrix, language: Language, today: date) -> Table:
    said = words(language)
    title = Text(plain(matrix.title), style="bold")
    table = Table(title=title, title_justify="left", box=SIMPLE_HEAD, pad_edge=False)
    table.add_column(Text(said["unit"]), footer=Text(said["accepted"]), no_wrap=True)
    for column in matrix.columns:
        heading, footer = _heading(column, said), _footer(matrix, column)
        table.add_column(heading, footer=footer, overflow="fold")  # never cut with an ellipsis
    # how many are in, for each due time
    table.show_footer = True
    for unit in matrix.units:
        cells = (_cell(standing, language, today) for standing in matrix.row(unit))
        table.add_row(Text(plain(unit)), *cells)
    return table


def _heading(column: Column, said: Words) -> Text:
    lines = [plain(column.category), plain(column.window)]
    if column.closes:
        lines.append(f"{said['closes']} {column.closes[5:]}")
    return Text("\n".join(line for line in lines if line), overflow="fold")


def _footer(matrix: Matrix, column: Column) -> Text:
    cells = matrix.column(column)
    return Text(f"{sum(s.state == 'accepted' for s in cells)} / {len(cells)}")


def _cell(standing: Standing | None, language: Language, today: date) -> Text:
    if standing is None:
        return Text("")
    style = STYLES[state(standing, today)]
    return Text(cell(standing, language, today), style=style, overflow="fold")
