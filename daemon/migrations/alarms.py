"""When each mailbox last spoke to us, and which alarms are raised."""

# `quota_*` in bytes; `expires` is when the sign-in ends, where it does
PULSE = """
create table pulse (
  mailbox text primary key,
  read_at text,
  failing_since text,
  refused integer not null default 0 check (refused in (0, 1)),
  error text not null default '',
  quota_used integer,
  quota_limit integer,
  expires text
) strict
"""

# A row stays until its end has been told.
ALARM = """
create table alarm (
  kind text not null,
  subject text not null,
  since text not null,
  words text not null,
  told text,
  over text,
  primary key (kind, subject)
) strict
"""

MESSAGE_ID = "create index message_message_id on message (mailbox, message_id)"
