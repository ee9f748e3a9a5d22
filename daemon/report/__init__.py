"""The ledger's tables, for every kind of reader: terminal, JSON, CSV, XLSX."""

from daemon.report.comma import to_csv
from daemon.report.export import TABLES, Export
from daemon.report.jsonlines import to_json
from daemon.report.matrix import Column, Matrix, matrices, missing
from daemon.report.workbook import to_xlsx

__all__ = [
    "TABLES",
    "Column",
    "Export",
    "Matrix",
    "matrices",
    "missing",
    "to_csv",
    "to_json",
    "to_xlsx",
]
