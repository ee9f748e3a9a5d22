"""What people decide: acts with their undo, and what each leaves behind."""

# `before` is what an undo puts back; `said` are the act's own values, for people to read.
ACT = """
create table act (
  id integer primary key,
  event integer not null references event (id),
  at text not null,
  who text not null,
  kind text not null,
  why text not null,
  mailbox text not null,
  message integer references message (id),
  notice text not null,
  unit text not null,
  category text not null,
  window text not null,
  said text not null check (json_valid(said)),
  before text not null check (json_valid(before)),
  undoes integer unique references act (id)
) strict
"""

# What a person put right in a claim; "" leaves to the subject what it says.
CORRECTION = """
create table correction (
  message integer primary key references message (id),
  unit text not null,
  category text not null,
  window text not null,
  date text not null
) strict
"""

# `key` is the alias without width, case and marks, as names are compared.
ALIAS = """
create table alias (
  notice text not null,
  key text not null,
  alias text not null,
  unit text not null,
  act integer not null references act (id),
  primary key (notice, key)
) strict
"""

SELECTION = """
create table selection (
  message integer primary key references message (id),
  act integer not null references act (id)
) strict
"""

# Folders of the library that belong there no more; a number is never given twice.
WITHDRAWN = """
create table withdrawn (
  shelf text not null,
  n integer not null,
  message integer not null references message (id),
  gone_at text,
  primary key (shelf, n)
) strict
"""

# Replies that a later one to the same message has replaced: they count, and are never sent.
FORMER_REPLY = """
create table former_reply (
  id integer primary key,
  message integer not null references message (id),
  message_id text not null unique,
  mailbox text not null,
  state text not null check (state in ('sent', 'failed', 'dropped')),
  to_address text not null collate nocase,
  subject text not null,
  attempts integer not null,
  created text not null,
  next_attempt_at text,
  sending_since text,
  sent_at text,
  error text not null,
  headers text not null check (json_valid(headers)),
  raw blob not null
) strict
"""

COLUMNS = (
    # the act by which a person gave this status; null: the rules did
    "alter table message add column decided integer references act (id)",
    # `waived`, or `not-applicable`: what is in the column `waived` is the reason
    "alter table place add column waived_as text not null default ''",
)

INDEXES = (
    "create index act_message on act (message, id) where message is not null",
    "create index act_place on act (notice, unit, category, window, id)",
    "create index former_reply_message on former_reply (message, id)",
    "create index former_reply_to_address on former_reply (to_address, created)",
    "create index former_reply_sent_from on former_reply (mailbox, sent_at)"
    " where sent_at is not null",
    "create index withdrawn_left on withdrawn (shelf) where gone_at is null",
)

# As before, and who decided: the effective row is the newest accepted version, else the newest.
# Whoever complied in time stays in time, however late a better version comes.
STATUS = """
create view status as
select
  place.notice, place.unit, place.category, place.window, place.closes,
  coalesce(effective.status, 'missing') as state,
  coalesce(effective.late and not exists (
    select 1 from message as m
    where m.notice = place.notice and m.unit = place.unit and m.category = place.category
      and m.window = place.window and m.version is not null and m.status = 'accepted'
      and not m.late
  ), 0) as late,
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
  place.waived, place.extended, place.unit_position, place.window_position,
  case when place.waived = '' then '' when place.waived_as = '' then 'waived'
    else place.waived_as end as waived_as,
  coalesce(act.who, '') as decided_by,
  act.at as decided_at,
  exists (select 1 from selection where selection.message = effective.id) as selected
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
left join act on act.id = effective.decided
left join message as last on last.id = (
  select id from message as m
  where m.notice = place.notice and m.unit = place.unit and m.category = place.category
    and m.window = place.window and m.version is not null
  order by m.version desc limit 1
)
where place.listed
"""

TABLES = (ACT, CORRECTION, ALIAS, SELECTION, WITHDRAWN, FORMER_REPLY)
VIEWS = ("drop view status", STATUS)
