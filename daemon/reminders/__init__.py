"""催交: what units owe, as a text for a group chat and as mail by schedule; the staff's digest."""

from daemon.reminders.digest import Digests
from daemon.reminders.gap import Gap, gaps
from daemon.reminders.group import group_text
from daemon.reminders.item import Speech
from daemon.reminders.plan import coming, scheduled
from daemon.reminders.run import Preview, Reminding

__all__ = [
    "Digests",
    "Gap",
    "Preview",
    "Reminding",
    "Speech",
    "coming",
    "gaps",
    "group_text",
    "scheduled",
]
