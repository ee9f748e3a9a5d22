BEGIN TRANSACTION;
CREATE TABLE "_sqlite_migrations" (
   "id" INTEGER PRIMARY KEY,
   "migration_set" TEXT,
   "name" TEXT,
   "applied_at" TEXT
);
INSERT INTO "_sqlite_migrations" VALUES(1,'baosong','m001_the_ledger','2026-11-01 00:00:00.000000+00:00');
CREATE TABLE attachment (
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
;
INSERT INTO "attachment" VALUES(1,1,0,'故事.docx','[]',1000,'fc717b2f636fee2ae7652552a36e1892ee3963fb77ece1e0a9a5b91dabb9a5c3','docx','text','part','',1,NULL,NULL,NULL,NULL,0,'',0,'','','','{"size":1000,"sha256":"fc717b2f636fee2ae7652552a36e1892ee3963fb77ece1e0a9a5b91dabb9a5c3","format":"docx","mime":"","encrypted":false,"damaged":"","macros":false,"remote_template":false,"executable":false,"duration_ms":null,"codec":"","width":null,"height":null,"pages":null,"chars":null,"text_layer":null,"exif":null,"page_like":null,"hash":null,"pictures":[],"tables":[],"contact":null,"entries":null,"bomb":"","threat":"","unknown":""}');
INSERT INTO "attachment" VALUES(2,2,0,'照片.jpg','[]',1000,'352dd82c107ce4143021794098d8c7c78b47f19b69b58d9541df8cc34d258bfd','jpg','text','part','',1,NULL,NULL,NULL,NULL,0,'',0,'','','','{"size":1000,"sha256":"352dd82c107ce4143021794098d8c7c78b47f19b69b58d9541df8cc34d258bfd","format":"jpg","mime":"","encrypted":false,"damaged":"","macros":false,"remote_template":false,"executable":false,"duration_ms":null,"codec":"","width":null,"height":null,"pages":null,"chars":null,"text_layer":null,"exif":null,"page_like":null,"hash":null,"pictures":[],"tables":[],"contact":null,"entries":null,"bomb":"","threat":"","unknown":""}');
INSERT INTO "attachment" VALUES(3,3,0,'故事.docx','[]',1000,'fc717b2f636fee2ae7652552a36e1892ee3963fb77ece1e0a9a5b91dabb9a5c3','docx','text','part','',1,NULL,NULL,NULL,NULL,0,'',0,'','','','{"size":1000,"sha256":"fc717b2f636fee2ae7652552a36e1892ee3963fb77ece1e0a9a5b91dabb9a5c3","format":"docx","mime":"","encrypted":false,"damaged":"","macros":false,"remote_template":false,"executable":false,"duration_ms":null,"codec":"","width":null,"height":null,"pages":null,"chars":null,"text_layer":null,"exif":null,"page_like":null,"hash":null,"pictures":[],"tables":[],"contact":null,"entries":null,"bomb":"","threat":"","unknown":""}');
INSERT INTO "attachment" VALUES(4,4,0,'故事.docx','[]',1000,'fc717b2f636fee2ae7652552a36e1892ee3963fb77ece1e0a9a5b91dabb9a5c3','docx','text','part','',1,NULL,NULL,NULL,NULL,0,'',0,'','','','{"size":1000,"sha256":"fc717b2f636fee2ae7652552a36e1892ee3963fb77ece1e0a9a5b91dabb9a5c3","format":"docx","mime":"","encrypted":false,"damaged":"","macros":false,"remote_template":false,"executable":false,"duration_ms":null,"codec":"","width":null,"height":null,"pages":null,"chars":null,"text_layer":null,"exif":null,"page_like":null,"hash":null,"pictures":[],"tables":[],"contact":null,"entries":null,"bomb":"","threat":"","unknown":""}');
CREATE TABLE dead_address (
  address text primary key collate nocase,
  at text not null,
  why text not null
) strict
;
INSERT INTO "dead_address" VALUES('gone@example.com','2020-07-01T13:00:00.000Z','550 5.1.1');
CREATE TABLE event (
  id integer primary key,
  message integer references message (id),
  at text not null,
  who text not null,
  what text not null,
  why text not null
) strict
;
INSERT INTO "event" VALUES(1,1,'2020-07-01T12:00:00.000Z','baosong','accepted','');
INSERT INTO "event" VALUES(2,2,'2020-07-01T12:00:00.000Z','baosong','returned','');
INSERT INTO "event" VALUES(3,3,'2020-07-01T12:00:00.000Z','baosong','held','');
INSERT INTO "event" VALUES(4,4,'2020-07-01T12:00:00.000Z','baosong','ignored','');
INSERT INTO "event" VALUES(5,1,'2020-07-01T13:00:00.000Z','baosong','reply sent','');
INSERT INTO "event" VALUES(6,2,'2020-07-01T13:00:00.000Z','baosong','reply failed','550 no');
CREATE TABLE filing (
  message integer primary key references message (id),
  shelf text not null,
  n integer not null,
  filed_at text,
  unique (shelf, n)
) strict
;
INSERT INTO "filing" VALUES(1,'2020-four-ones/战疫故事汇/农学院党委/2020-07-01',1,'2020-07-01T13:00:00.000Z');
CREATE TABLE finding (
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
;
INSERT INTO "finding" VALUES(1,2,0,'part-missing','error','message','没有','应有','补上');
INSERT INTO "finding" VALUES(2,2,1,'form-missing','error','message','没有','应有','补上');
CREATE TABLE link (
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
;
INSERT INTO "link" VALUES(1,2,0,'qq','https://example.com/f','视频.mp4',1073741824,NULL,'');
CREATE TABLE message (
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
;
INSERT INTO "message" VALUES(1,'zuzhibu','','1',1,'dd4ed1ba54dbcd0c43a317667c86882b7e03948914d1fecbe9ccfe7e37ef8f3a',5000,'spool/1.eml','m1@example.com','2020-07-01T12:00:00.000Z','2020-07-01T12:00:00.000Z','2020-07-01T12:00:00.000Z','zhang@example.com','联系人','农学院党委+战疫故事汇+20200701','accepted',0,'','','2020-four-ones','农学院党委','战疫故事汇','7月15日前',1,NULL,'农学院党委+战疫故事汇+20200701',NULL,'','请查收');
INSERT INTO "message" VALUES(2,'zuzhibu','','1',2,'d4b012495eac6a500791adb10d1ca7db036f9814705484abae80d37bf7d6baeb',5000,'spool/2.eml','m1@example.com','2020-07-01T12:00:00.000Z','2020-07-01T12:00:00.000Z','2020-07-01T12:00:00.000Z','zhang@example.com','联系人','农学院党委+战疫故事汇+20200701','returned',0,'','','2020-four-ones','农学院党委','战疫故事汇','7月15日前',2,NULL,'农学院党委+战疫故事汇+20200701',NULL,'','请查收');
INSERT INTO "message" VALUES(3,'zuzhibu','','1',3,'aa3f9ccd5ccae3709d0318a01aed0a0122ef804f50343609604729c76fb82b32',5000,'spool/3.eml','m1@example.com','2020-07-01T12:00:00.000Z','2020-07-01T12:00:00.000Z','2020-07-01T12:00:00.000Z','zhang@example.com','联系人','农学院党委+战疫故事汇+20200701','held',0,'','','2020-four-ones','农学院党委','战疫故事汇','7月15日前',3,NULL,'农学院党委+战疫故事汇+20200701',NULL,'','请查收');
INSERT INTO "message" VALUES(4,'zuzhibu','','1',4,'81a0b4dec292d1c178da396c147202868a1dc9eac5ca2224872e1f7bab67089c',5000,'spool/4.eml','m1@example.com','2020-07-01T12:00:00.000Z','2020-07-01T12:00:00.000Z','2020-07-01T12:00:00.000Z','zhang@example.com','联系人','农学院党委+战疫故事汇+20200701','ignored',0,'','','2020-four-ones','农学院党委','战疫故事汇','7月15日前',NULL,NULL,'农学院党委+战疫故事汇+20200701',NULL,'','请查收');
CREATE TABLE notice (
  id text primary key,
  title text not null,
  zone text not null,
  synced text not null
) strict
;
INSERT INTO "notice" VALUES('2020-four-ones','四个一','Asia/Shanghai','2020-07-01T12:00:00.000Z');
CREATE TABLE pause (
  mailbox text primary key,
  failures integer not null,
  since text not null,
  until text not null,
  why text not null
) strict
;
INSERT INTO "pause" VALUES('zuzhibu',1,'2020-07-01T13:00:00.000Z','2020-07-01T14:00:00.000Z','SMTP down');
CREATE TABLE place (
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
;
INSERT INTO "place" VALUES('2020-four-ones','农学院党委','战疫故事汇','7月15日前','2020-07-15',0,0,1,'',NULL);
INSERT INTO "place" VALUES('2020-four-ones','农学院党委','红色防火墙','第一次','2020-07-03',0,1,1,'',NULL);
INSERT INTO "place" VALUES('2020-four-ones','农学院党委','红色防火墙','第二次','2020-09-30',0,2,1,'',NULL);
INSERT INTO "place" VALUES('2020-four-ones','园艺学院党委','战疫故事汇','7月15日前','2020-07-15',1,0,1,'','2020-07-03T12:00:00.000Z');
INSERT INTO "place" VALUES('2020-four-ones','园艺学院党委','红色防火墙','第一次','2020-07-03',1,1,1,'',NULL);
INSERT INTO "place" VALUES('2020-four-ones','园艺学院党委','红色防火墙','第二次','2020-09-30',1,2,1,'',NULL);
INSERT INTO "place" VALUES('2020-four-ones','机关党委','战疫故事汇','7月15日前','2020-07-15',2,0,1,'无党员参与',NULL);
INSERT INTO "place" VALUES('2020-four-ones','机关党委','红色防火墙','第一次','2020-07-03',2,1,1,'',NULL);
INSERT INTO "place" VALUES('2020-four-ones','机关党委','红色防火墙','第二次','2020-09-30',2,2,1,'',NULL);
CREATE TABLE reply (
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
;
INSERT INTO "reply" VALUES(1,1,'baosong.dc9cf213f1d5de3a4595f4de4074f98b@example.edu.cn','zuzhibu','sent','zhang@example.com','回复',1,'2020-07-01T12:00:00.000Z',NULL,NULL,'2020-07-01T13:00:00.000Z','','[]',X'546F3A207A68616E67406578616D706C652E636F6D0D0A4D6573736167652D49443A203C62616F736F6E672E6463396366323133663164356465336134353935663464653430373466393862406578616D706C652E6564752E636E3E0D0A0D0AE5B7B2E694B6E588B00D0A');
INSERT INTO "reply" VALUES(2,2,'baosong.895a592060e7851051ac4079bd0e2c14@example.edu.cn','zuzhibu','failed','zhang@example.com','回复',1,'2020-07-01T12:00:00.000Z',NULL,NULL,NULL,'550 no','[]',X'546F3A207A68616E67406578616D706C652E636F6D0D0A4D6573736167652D49443A203C62616F736F6E672E3839356135393230363065373835313035316163343037396264306532633134406578616D706C652E6564752E636E3E0D0A0D0AE5B7B2E694B6E588B00D0A');
INSERT INTO "reply" VALUES(3,3,'baosong.528c8812555e7c93a77e0ac8b7fbcab3@example.edu.cn','zuzhibu','waiting','zhang@example.com','回复',0,'2020-07-01T12:00:00.000Z',NULL,NULL,NULL,'','[]',X'546F3A207A68616E67406578616D706C652E636F6D0D0A4D6573736167652D49443A203C62616F736F6E672E3532386338383132353535653763393361373765306163386237666263616233406578616D706C652E6564752E636E3E0D0A0D0AE5B7B2E694B6E588B00D0A');
CREATE UNIQUE INDEX "idx__sqlite_migrations_migration_set_name"
    ON "_sqlite_migrations" ("migration_set", "name");
CREATE INDEX message_sha256 on message (mailbox, sha256);
CREATE INDEX message_received on message (received, id);
CREATE INDEX message_status on message (status, received);
CREATE UNIQUE INDEX message_version on message (notice, unit, category, window, version) where version is not null;
CREATE INDEX message_accepted on message (notice, unit, category, window, version) where version is not null and status = 'accepted';
CREATE INDEX attachment_sha256 on attachment (sha256);
CREATE INDEX reply_due on reply (mailbox, next_attempt_at) where state in ('waiting', 'approved');
CREATE INDEX reply_state on reply (state, id);
CREATE INDEX reply_to_address on reply (to_address, created);
CREATE INDEX reply_sent_to on reply (to_address, sent_at) where sent_at is not null;
CREATE INDEX reply_sent_from on reply (mailbox, sent_at) where sent_at is not null;
CREATE INDEX event_message on event (message, id);
CREATE INDEX filing_unfiled on filing (message) where filed_at is null;
CREATE VIEW status as
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
where place.listed;
COMMIT;
