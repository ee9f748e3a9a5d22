"""What Datasette is told of the ledger: true of the tables as they are, and nobody's password."""

import json
from pathlib import Path
from typing import Any

import pytest

import daemon.report
from daemon.ledger import Ledger
from tests.daemon.ledger.entries import a_ledger

METADATA = Path(daemon.report.__file__).parent / "datasette.json"


def told() -> dict[str, Any]:
    whole: dict[str, Any] = json.loads(METADATA.read_text(encoding="utf-8"))
    (ledger,) = whole["databases"].values()
    return dict(ledger)


def columns(ledger: Ledger, table: str) -> set[str]:
    with ledger._store.reading() as connection:
        return {row[1] for row in connection.execute(f"pragma table_info({table})").fetchall()}


def test_every_table_and_column_it_names_is_there(tmp_path: Path) -> None:
    with a_ledger(tmp_path) as ledger:
        for table, about in told()["tables"].items():
            known = columns(ledger, table)
            assert known, f"there is no table {table}"
            named = {*about.get("facets", ()), *about.get("columns", ())}
            named |= {about[key] for key in ("sort", "sort_desc", "label_column") if key in about}
            assert named <= known, table


@pytest.mark.parametrize("table", ["person", "session", "failure"])
def test_who_may_sign_in_is_nobodys_business(table: str) -> None:
    assert told()["tables"][table] == {"hidden": True, "allow": False}
    assert told()["allow_sql"] is False, "a question of one's own would reach them"


def test_its_questions_can_be_asked(tmp_path: Path) -> None:
    with a_ledger(tmp_path) as ledger, ledger._store.reading() as connection:
        for name, query in told()["queries"].items():
            found = connection.execute(query["sql"]).fetchall()
            assert bool(found) == (name == "missing")
