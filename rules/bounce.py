"""Did a mail of ours come back, which one, and is its address dead? Pure.

Sources: RFC 3464 and RFC 3463 (status codes); the bounces of Coremail and QQ carry no report.
"""

import re
from dataclasses import dataclass

from rules.submission import Message

_POSTMASTER = re.compile(r"(postmaster|mailer-?daemon)([+_=.-].*)?", re.IGNORECASE)
_RETURNED = re.compile(
    r"退信|投递失败|undeliver|returned mail|delivery (?:status|failure|has failed)|"
    r"mail delivery failed|failure notice",
    re.IGNORECASE,
)
_CODE = re.compile(r"\b([245]\.\d{1,3}\.\d{1,3})\b")
_ANSWER = re.compile(r"\b([45])\d\d[ -]+(?=[A-Za-z45])")
# a full mailbox, too large a mail, a sender or content that is refused: the address is alive
_ALIVE = re.compile(r"5\.(2\.[23]|1\.[78]|[3567]\.)")
_FULL = re.compile(
    r"已满|超过.{0,6}容量|mailbox (?:is )?full|over ?quota|quota exceeded", re.IGNORECASE
)
_WAITING = re.compile(
    r"延迟|暂时|稍后|仍在尝试|delayed|will (?:be retried|retry|keep trying)", re.IGNORECASE
)
_NOBODY = re.compile(
    r"不存在|无此(?:用户|地址)|已(?:注销|停用|失效)|no such|unknown|does not exist|not found|"
    r"unavailable|disabled|invalid (?:recipient|mailbox)",
    re.IGNORECASE,
)
_ADDRESS = re.compile(r"[A-Za-z0-9._%+=-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+")
_SAID = 200  # characters


@dataclass(frozen=True, slots=True)
class Bounce:
    """`ids` may be Message-IDs of ours, `addresses` those it names; `dead`: given up for good."""

    ids: tuple[str, ...]
    addresses: tuple[str, ...]
    dead: bool
    why: str


def bounce(message: Message) -> Bounce | None:
    """None: it is no bounce. Read receipts and absence notes are none."""
    if not (message.report_status or _looks_returned(message)):
        return None
    ids = (message.reported_message_id, message.in_reply_to, *message.references)
    status = message.report_status or _status(message.text)
    return Bounce(
        ids=tuple(dict.fromkeys(i for i in ids if i)),
        addresses=_addresses(message),
        dead=_dead(status, message.text),
        why=" ".join(f"{status} {message.subject}".split())[:_SAID],
    )


def _looks_returned(message: Message) -> bool:
    local = message.sender.rpartition("@")[0]
    machine = _POSTMASTER.fullmatch(local) or message.header("X-Failed-Recipients")
    return bool(machine) and _RETURNED.search(message.subject) is not None


def _status(text: str) -> str:
    """The enhanced code that the text quotes; of a plain answer of SMTP its class alone."""
    if found := _CODE.search(text):
        return found[1]
    answer = _ANSWER.search(text)
    return f"{answer[1]}.0.0" if answer else ""


def _dead(status: str, text: str) -> bool:
    """When unsure: alive. A dead address is never answered again."""
    if status:
        general = status.endswith(".0.0") and bool(_FULL.search(text))
        return status.startswith("5.") and not _ALIVE.match(status) and not general
    doubtful = _FULL.search(text) or _WAITING.search(text)
    return not doubtful and _NOBODY.search(text) is not None


def _addresses(message: Message) -> tuple[str, ...]:
    named = message.header("X-Failed-Recipients") or message.text
    found = (address.lower() for address in _ADDRESS.findall(named))
    return tuple(dict.fromkeys(a for a in found if a != message.sender.lower()))
