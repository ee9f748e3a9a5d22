"""What was filled into the forms, label by label."""

FIELD = """
create table form_field (
  attachment integer not null references attachment (id),
  label text not null,
  value text not null,
  primary key (attachment, label)
) strict, without rowid
"""

# for staff and any SQLite tool: who answers, whom to call, what the material is called
FORM = """
create view form as
select message.notice, message.unit, message.category, message.window, message.version,
  attachment.name as file, attachment.form, form_field.label, form_field.value
from form_field
join attachment on attachment.id = form_field.attachment
join message on message.id = attachment.message
"""
