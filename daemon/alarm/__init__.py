"""Alarms: silence, refused logins, disk, quota, queues, held mail: once, and once when over."""

from daemon.alarm.channel import Channel, Command, Mail, Telling, Way
from daemon.alarm.condition import Condition, conditions
from daemon.alarm.watch import Watch, facts
from daemon.alarm.words import words

__all__ = [
    "Channel",
    "Command",
    "Condition",
    "Mail",
    "Telling",
    "Watch",
    "Way",
    "conditions",
    "facts",
    "words",
]
