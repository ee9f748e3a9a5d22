"""Messages that a pass had to leave: they are taken up again, and hold up nobody."""

# `again` is when the next attempt is due
SKIPPED = """
create table skipped (
  mailbox text not null,
  folder text not null,
  uidvalidity text not null,
  uid integer not null,
  failures integer not null,
  again text not null,
  why text not null,
  primary key (mailbox, folder, uidvalidity, uid)
) strict
"""
