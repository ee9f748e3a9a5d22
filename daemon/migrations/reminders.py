"""Mail of our own accord: reminders and digests, and which moments they answered."""

# Queued like a reply; it answers no message. `message_id` follows from what it is about, so the
# same mail is never written twice. What waits for a person has no next_attempt_at.
DISPATCH = """
create table dispatch (
  id integer primary key,
  kind text not null check (kind in ('reminder', 'digest')),
  mailbox text not null,
  notice text not null,
  unit text not null,
  message_id text not null unique,
  state text not null check (state in ('waiting', 'approved', 'sent', 'failed', 'dropped')),
  to_address text not null collate nocase,
  subject text not null,
  attempts integer not null default 0,
  created text not null,
  next_attempt_at text,
  sending_since text,
  sent_at text,
  error text not null,
  raw blob not null
) strict
"""

# the places that a reminder speaks of: when none of them is open any more, it does not go
DISPATCH_PLACE = """
create table dispatch_place (
  dispatch integer not null references dispatch (id),
  notice text not null,
  unit text not null,
  category text not null,
  window text not null,
  primary key (dispatch, notice, unit, category, window)
) strict, without rowid
"""

# `moment` is the due instant and the days from it, so that another due time has moments of its own
REMINDER = """
create table reminder (
  notice text not null,
  unit text not null,
  category text not null,
  window text not null,
  moment text not null,
  dispatch integer not null references dispatch (id),
  primary key (notice, unit, category, window, moment)
) strict, without rowid
"""

TABLES = (DISPATCH, DISPATCH_PLACE, REMINDER)

INDEXES = (
    "create index act_event on act (event)",
    "create index dispatch_due on dispatch (mailbox, next_attempt_at)"
    " where state in ('waiting', 'approved')",
    "create index dispatch_state on dispatch (state, id)",
    "create index dispatch_unit on dispatch (notice, unit, created)",
    "create index dispatch_sent_from on dispatch (mailbox, sent_at) where sent_at is not null",
    "create index dispatch_sent_to on dispatch (to_address, sent_at) where sent_at is not null",
)
