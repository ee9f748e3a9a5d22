"""May this message be answered automatically at all? Every reason for silence, in words.

Sources: RFC 3834, RFC 5230, and what Chinese providers really send (their vacation replies carry
no Auto-Submitted).
"""

import re
from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from rules.submission import Message

MARKER = "X-Baosong"  # our own header; its value names the instance

_ROBOT = re.compile(
    r"(postmaster|mailer-?daemon|no-?_?reply|do-?_?not-?_?reply|donotreply|bounces?|系统管理员)"
    r"([+_=.-].*)?",
    re.IGNORECASE,
)
_QQ_VACATION = re.compile(r"\+auto_=", re.IGNORECASE)
_AUTOMATIC_SUBJECT = re.compile(
    r"\s*[（(\[【]?\s*(?:自动回复|自动答复|自動回覆|来自.{0,60}的自动回复|"
    r"auto(?:matic)?[ -]?(?:reply|response)|out of (?:the )?office|"
    r"系统退信|退信[:：]|[^+＋]{0,60}的退信\s*$|邮件投递失败|"
    r"undeliver(?:able|ed mail)|returned mail|"
    r"delivery status notification|mail delivery (?:failed|failure)|failure notice)",
    re.IGNORECASE,
)
_RECALLED = re.compile(
    r"\s*[（(\[【]?\s*(?:发信方已撤回邮件|发件人已?撤回|邮件撤回|撤回[:：]|recall[:：])",
    re.IGNORECASE,
)
_LISTS = frozenset({"list-id", "list-unsubscribe", "list-post", "feedback-id"})
_VACATION = frozenset({"x-qq-auto-reply", "x-qq-holidayreply", "x-autoreply", "x-autorespond"})
_FAILURE = frozenset({"x-failed-recipients", "hmm-notify", "x-cm-original-message-id"})
_PRECEDENCE = frozenset({"bulk", "list", "junk", "auto_reply", "auto-reply"})
_TO_A_CALENDAR = frozenset({"REPLY", "REQUEST", "CANCEL", "COUNTER", "DECLINECOUNTER", "REFRESH"})
_SILENCE = frozenset({"all", "autoreply"})
# What SMTP without its extension for other alphabets can carry.
_ADDRESS = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]+@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)*")
_SAID = re.compile(r'"(?:[^"\\]|\\.)*"|\([^()]*\)')  # quoted words and comments
_FAILED = frozenset({"fail", "reject", "quarantine"})  # of DMARC


@dataclass(frozen=True, slots=True)
class Answer:
    """`automatic`: a machine wrote it, so it is no submission. `reason` is "" when allowed."""

    allowed: bool
    reason: str = ""
    automatic: bool = False


ALLOWED = Answer(True)


def answer(
    message: Message, *, ours: Collection[str] = (), authserv: str = "", junk: bool = False
) -> Answer:
    """What the message itself says. `ours`: the addresses of our mailboxes; `authserv`: the
    authserv-id of our own server, the only one whose Authentication-Results are believed."""
    if recalled(message):
        return Answer(False, "来件撤回了先前的邮件")
    for automatic in _AUTOMATIC:
        if reason := automatic(message):
            return Answer(False, reason, automatic=True)
    if reason := _own(message, ours):  # our own echo: a forward to oneself, another instance
        return Answer(False, reason, automatic=True)
    reasons = (
        "来件在垃圾邮件箱" if junk else "",
        "" if addressable(message.sender) else "没有可以回复的发件人地址",
        _suppressed(message),
        _forged(message, authserv),
    )
    reason = next(filter(None, reasons), "")
    return Answer(False, reason) if reason else ALLOWED


def addressable(address: str) -> bool:
    """Whether an answer can be sent there."""
    return _ADDRESS.fullmatch(address) is not None


def replied(message: Message) -> bool:
    """A machine answers with it, as absence notes do: what it says besides is quoted."""
    said = message.header("Auto-Submitted").strip().lower()
    return said.startswith("auto-replied") or bool(_vacation(message) or _subject(message))


def recalled(message: Message) -> bool:
    """The sender takes an earlier mail back: a person looks at it."""
    return _RECALLED.match(message.subject) is not None


def _bounce(message: Message) -> str:
    path = message.named.get("return-path")
    if path and path[0].strip() in {"<>", ""}:
        return "退信地址为空（Return-Path: <>）"
    if message.report:
        return "投递状态报告（multipart/report）"
    return _present(message, _FAILURE, what="退信标记")


def _robot(message: Message) -> str:
    local = message.sender.rpartition("@")[0]
    if _ROBOT.fullmatch(local) or _QQ_VACATION.search(message.sender):
        return f"发件人是系统地址（{message.sender}）"
    if message.sender_name in {"系统管理员", "Mail Delivery Subsystem", "Mail Delivery System"}:
        return f"发件人是系统（{message.sender_name}）"
    if "coremail mta server" in message.header("X-Mailer").lower():
        return "由邮件服务器发出（X-Mailer: Coremail MTA server）"
    return ""


def _submitted(message: Message) -> str:
    """`no` says that a person wrote it, also with a comment or parameter behind it."""
    values = message.named.get("auto-submitted", ())
    said = [re.split(r"[;(\s]", v.strip().lower())[0] for v in values]
    return next((f"自动发出（Auto-Submitted: {v}）" for v in said if v not in {"no", ""}), "")


def _vacation(message: Message) -> str:
    """X-QQ-AUTO-FWD is a person's mail, forwarded by the person's own rule."""
    return _present(message, _VACATION, what="自动回复标记")


def _bulk(message: Message) -> str:
    said = message.header("Precedence").strip().lower()
    if said in _PRECEDENCE:
        return f"群发邮件（Precedence: {said}）"
    return _present(message, _LISTS, what="邮件列表或群发标记")


def _calendar(message: Message) -> str:
    """An answer to an invitation, or one; a timetable that somebody publishes is a file."""
    if message.calendar in _TO_A_CALENDAR:
        return f"日程邮件（text/calendar; method={message.calendar}）"
    kind = message.header("Content-Type").strip().lower()
    by_class = "calendarmessage" in message.header("Content-Class").lower()
    return "日程邮件（text/calendar）" if kind.startswith("text/calendar") or by_class else ""


def _subject(message: Message) -> str:
    """Only a leading marker: `回复: 自动答复:` was written by a person."""
    found = _AUTOMATIC_SUBJECT.match(message.subject)
    return f"主题是自动邮件的样子（{found[0].strip()}）" if found else ""


_AUTOMATIC: tuple[Callable[[Message], str], ...] = (
    _bounce,
    _submitted,
    _vacation,
    _subject,
    _robot,
    _bulk,
    _calendar,
)


def _own(message: Message, ours: Collection[str]) -> str:
    if message.sender.lower() in {address.lower() for address in ours}:
        return "发件人就是本系统的信箱"
    return "带有本系统的标记" if message.header(MARKER) else ""


def _suppressed(message: Message) -> str:
    said = {word.strip().lower() for word in message.header("X-Auto-Response-Suppress").split(",")}
    return "来件要求不要自动回复（X-Auto-Response-Suppress）" if said & _SILENCE else ""


def _forged(message: Message, authserv: str) -> str:
    """Without DMARC's word, SPF and DKIM must both fail: forwarding alone breaks SPF."""
    for value in message.named.get("authentication-results", ()) if authserv else ():
        server, _, results = value.partition(";")
        if [word.lower() for word in server.split()[:1]] == [authserv.lower()]:
            dmarc, spf, dkim = (_results(results, name) for name in ("dmarc", "spf", "dkim"))
            if dmarc & _FAILED or (not dmarc and spf == dkim == {"fail"}):
                return "发件人未通过本站的身份核验，可能是冒用"
    return ""


def _results(text: str, method: str) -> set[str]:
    """Only at the head of an entry: behind it stand the sender's own words (smtp.mailfrom)."""
    entries = _SAID.sub("", text).lower().split(";")
    found = (re.match(rf"\s*{method}\s*=\s*([a-z]+)", entry) for entry in entries)
    return {result[1] for result in found if result}


def _present(message: Message, names: frozenset[str], *, what: str) -> str:
    """`names` in lower case; told is the first of them, as it is written there."""
    if names.isdisjoint(message.named):
        return ""
    found = next(name for name, _ in message.headers if name.lower() in names)
    return f"{what}（{found}）"


def before_go_live(received: datetime, go_live: datetime | None) -> Answer:
    """Older mail is recorded, never answered."""
    old = go_live is not None and received < go_live
    return Answer(False, "来件早于系统启用时间") if old else ALLOWED


def too_old(received: datetime, now: datetime, max_age: timedelta) -> Answer:
    old = now - received > max_age
    return Answer(False, f"来件已超过 {max_age.days} 天") if old else ALLOWED


def over_cap(sent: int, cap: int, what: str) -> Answer:
    """`sent` replies so far; `what` says, in words, to whom or from where. 0 = without limit."""
    return Answer(False, f"{what}的回复已达 {cap} 封") if 0 < cap <= sent else ALLOWED


def last_before_cap(sent: int, cap: int) -> bool:
    """Is the next reply the last one? It says so itself."""
    return sent + 1 == cap
