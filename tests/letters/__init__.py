"""E-mails as they really come: people, machines, large attachments, and how headers are written."""

from tests.letters.clouds import baidu, coremail_big, netease_big, qiye_big, qq_big
from tests.letters.header import Style
from tests.letters.letter import (
    CHINA,
    NOON,
    ORGANISATION,
    OURS,
    PUBLICITY,
    SENDER,
    Enclosure,
    Files,
    letter,
    multipart,
)
from tests.letters.machines import (
    bounce_163,
    bounce_qq,
    calendar_reply,
    delivery_report,
    newsletter,
    out_of_office,
    qq_forwarded_by_rule,
    qq_vacation,
    recall,
)
from tests.letters.people import answer_to_ours, forwarded, forwarded_whole

__all__ = [
    "CHINA",
    "NOON",
    "ORGANISATION",
    "OURS",
    "PUBLICITY",
    "SENDER",
    "Enclosure",
    "Files",
    "Style",
    "answer_to_ours",
    "baidu",
    "bounce_163",
    "bounce_qq",
    "calendar_reply",
    "coremail_big",
    "delivery_report",
    "forwarded",
    "forwarded_whole",
    "letter",
    "multipart",
    "netease_big",
    "newsletter",
    "out_of_office",
    "qiye_big",
    "qq_big",
    "qq_forwarded_by_rule",
    "qq_vacation",
    "recall",
]
