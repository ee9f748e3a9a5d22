"""The ledger as version 0.1.0 made it. Released: never edited again."""

MESSAGE = """
create table message (
  id integer primary key,
  mailbox text not null,
  folder text not null,
  uidvalidity text not null,
  uid integer not null,
  sha256 text not null,
  size integer not null,
  spool text not null,
  message_id text not null,
  received text not null,
  sent text,
  recorded text not null,
  sender text not null,
  sender_name text not null,
  subject text not null,
  status text not null check (status in ('accepted', 'returned', 'held', 'ignored')),
  late integer not null check (late in (0, 1)),
  reason text not null,
  unanswered text not null,
  notice text not null,
  unit text not null,
  category text not null,
  window text not null,
  version integer,
  claim_date text,
  suggested_subject text not null,
  mends integer references message (id),
  fault text not null,
  body text not null,
  unique (mailbox, folder, uidvalidity, uid)
) strict
"""

ATTACHMENT = """
create table attachment (
  id integer primary key,
  message integer not null references message (id),
  ordinal integer not null,
  name text not null,
  path text not null check (json_valid(path)),
  size integer not null,
  sha256 text not null,
  format text not null,
  kind text not null,
  role text not null,
  form text not null,
  good integer not null check (good in (0, 1)),
  duration_ms integer,
  width integer,
  height integer,
  pages integer,
  encrypted integer not null check (encrypted in (0, 1)),
  damaged text not null,
  inline integer not null check (inline in (0, 1)),
  ignored text not null,
  declared_type text not null,
  undecodable text not null,
  facts text not null check (json_valid(facts)),
  unique (message, ordinal)
) strict
"""

LINK = """
create table link (
  id integer primary key,
  message integer not null references message (id),
  ordinal integer not null,
  provider text not null,
  url text not null,
  name text not null,
  size integer,
  expires text,
  code text not null,
  unique (message, ordinal)
) strict
"""

FINDING = """
create table finding (
  id integer primary key,
  message integer not null references message (id),
  ordinal integer not null,
  code text not null,
  severity text not null check (severity in ('error', 'hold', 'remark')),
  location text not null,
  saw text not null,
  required text not null,
  fix text not null,
  unique (message, ordinal)
) strict
"""

# A reply that waits for a person has no next_attempt_at, so it is never due.
REPLY = """
create table reply (
  id integer primary key,
  message integer not null unique references message (id),
  message_id text not null unique,
  mailbox text not null,
  state text not null check (state in ('waiting', 'approved', 'sent', 'failed', 'dropped')),
  to_address text not null collate nocase,
  subject text not null,
  attempts integer not null default 0,
  created text not null,
  next_attempt_at text,
  sending_since text,
  sent_at text,
  error text not null,
  headers text not null check (json_valid(headers)),
  raw blob not null
) strict
"""

EVENT = """
create table event (
  id integer primary key,
  message integer references message (id),
  at text not null,
  who text not null,
  what text not null,
  why text not null
) strict
"""

NOTICE = """
create table notice (
  id text primary key,
  title text not null,
  zone text not null,
  synced text not null
) strict
"""

PLACE = """
create table place (
  notice text not null references notice (id),
  unit text not null,
  category text not null,
  window text not null,
  closes text,
  unit_position integer not null,
  window_position integer not null,
  listed integer not null check (listed in (0, 1)),
  waived text not null default '',
  extended text,
  primary key (notice, unit, category, window)
) strict
"""

FILING = """
create table filing (
  message integer primary key references message (id),
  shelf text not null,
  n integer not null,
  filed_at text,
  unique (shelf, n)
) strict
"""

PAUSE = """
create table pause (
  mailbox text primary key,
  failures integer not null,
  since text not null,
  until text not null,
  why text not null
) strict
"""

DEAD_ADDRESS = """
create table dead_address (
  address text primary key collate nocase,
  at text not null,
  why text not null
) strict
"""

TABLES = (
    MESSAGE,
    ATTACHMENT,
    LINK,
    FINDING,
    REPLY,
    EVENT,
    NOTICE,
    PLACE,
    FILING,
    PAUSE,
    DEAD_ADDRESS,
)

INDEXES = (
    "create index message_sha256 on message (mailbox, sha256)",
    "create index message_received on message (received, id)",
    "create index message_status on message (status, received)",
    "create unique index message_version on message (notice, unit, category, window, version)"
    " where version is not null",
    "create index message_accepted on message (notice, unit, category, window, version)"
    " where version is not null and status = 'accepted'",
    "create index attachment_sha256 on attachment (sha256)",
    "create index reply_due on reply (mailbox, next_attempt_at)"
    " where state in ('waiting', 'approved')",
    "create index reply_state on reply (state, id)",
    "create index reply_to_address on reply (to_address, created)",
    "create index reply_sent_to on reply (to_address, sent_at) where sent_at is not null",
    "create index reply_sent_from on reply (mailbox, sent_at) where sent_at is not null",
    "create index event_message on event (message, id)",
    "create index filing_unfiled on filing (message) where filed_at is null",
)

# The effective row of a place: its newest accepted version, else its newest.
STATUS = """
create view status as
select
  place.notice, place.unit, place.category, place.window, place.closes,
  coalesce(effective.status, 'missing') as state,
  coalesce(effective.late, 0) as late,
  effective.version as version,
  effective.received as received,
  effective.id as message,
  last.version as last_version,
  last.status as last_state,
  last.received as last_received,
  last.message_id as last_message_id,
  last.sender as last_sender,
  last.subject as last_subject,
  coalesce((
    select group_concat(code, ' ') from (
      select code from finding where finding.message = effective.id
      group by code order by min(ordinal)
    )
  ), '') as findings,
  place.waived, place.extended, place.unit_position, place.window_position
from place
left join message as effective on effective.id = coalesce(
  (
    select id from message as m
    where m.notice = place.notice and m.unit = place.unit and m.category = place.category
      and m.window = place.window and m.version is not null and m.status = 'accepted'
    order by m.version desc limit 1
  ), (
    select id from message as m
    where m.notice = place.notice and m.unit = place.unit and m.category = place.category
      and m.window = place.window and m.version is not null
    order by m.version desc limit 1
  )
)
left join message as last on last.id = (
  select id from message as m
  where m.notice = place.notice and m.unit = place.unit and m.category = place.category
    and m.window = place.window and m.version is not null
  order by m.version desc limit 1
)
where place.listed
"""
