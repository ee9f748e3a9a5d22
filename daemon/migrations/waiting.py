"""What waits for a person or a server, found without reading what does not."""

# the pages and each minute's watch count these: from the index alone
REPLY_OPEN = """
create index reply_open on reply (state, mailbox, created, error, next_attempt_at)
where state in ('waiting', 'approved', 'failed')
"""
MESSAGE_HELD = """
create index message_held on message (
  mailbox, received, notice, unit, category, window, version, status
) where status = 'held'
"""
# to judge again: in their order, and only what the rules alone decided. It stands for the index of
# status and time that nothing else asked, 49 MB of a million messages, each of which wrote into it
MESSAGE_OPEN = (
    "drop index message_status",
    "create index message_open on message (notice, id)"
    " where status in ('held', 'returned') and decided is null",
)
