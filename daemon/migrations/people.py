"""Who may see the pages, who is signed in, and who guessed wrong."""

# `mailboxes` is a JSON list of names, or null for all
PERSON = """
create table person (
  name text primary key collate nocase,
  role text not null check (role in ('read', 'act', 'admin')),
  mailboxes text check (mailboxes is null or json_valid(mailboxes)),
  hash text not null,
  made text not null,
  changed text not null
) strict
"""

# `digest` is the SHA-256 of the token in the cookie: the ledger lets nobody in by itself
SESSION = """
create table session (
  digest text primary key,
  person text not null collate nocase references person (name) on delete cascade,
  begun text not null,
  seen text not null
) strict
"""
SESSION_PERSON = "create index session_person on session (person)"

# `kind` is name or address
FAILURE = """
create table failure (
  kind text not null check (kind in ('name', 'address')),
  subject text not null,
  count integer not null,
  last text not null,
  primary key (kind, subject)
) strict
"""
