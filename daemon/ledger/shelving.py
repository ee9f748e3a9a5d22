"""Which folder of the library is a message's, and which are nobody's any more."""

import sqlite3

# a number is never given twice: a folder may still be on its way out
SHELVE = """
insert into filing (message, shelf, n)
values (:message, :shelf, 1 + max(
  (select coalesce(max(n), 0) from filing where shelf = :shelf),
  (select coalesce(max(n), 0) from withdrawn where shelf = :shelf)
))
"""
SHELF = "select shelf, n from filing where message = ?"
WITHDRAW = """
insert into withdrawn (shelf, n, message)
select shelf, n, message from filing where message = ?
"""
UNSHELVE = "delete from filing where message = ?"


def shelve(connection: sqlite3.Connection, message: int, shelf: str) -> None:
    """The message's folder belongs on this shelf; "" for none."""
    row = connection.execute(SHELF, (message,)).fetchone()
    if row is not None and row["shelf"] == shelf:
        return
    if row is not None:
        connection.execute(WITHDRAW, (message,))
        connection.execute(UNSHELVE, (message,))
    if shelf:
        connection.execute(SHELVE, {"message": message, "shelf": shelf})


def shelf_of(connection: sqlite3.Connection, message: int) -> str:
    row = connection.execute(SHELF, (message,)).fetchone()
    return "" if row is None else str(row["shelf"])
