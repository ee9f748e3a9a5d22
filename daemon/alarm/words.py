"""What an alarm says: the matter, then what to do about it."""

from collections.abc import Mapping

from daemon.alarm.condition import Condition
from daemon.ledger import Alarm
from daemon.log import plain
from daemon.speech import said
from rules.notice import Language

SENTENCES: Mapping[str, Mapping[Language, str]] = {
    "silence": {
        "zh": "信箱 {subject} 自 {since} 起读不到：{error}\n请检查网络和邮件服务器；"
        "邮件留在信箱里，恢复后自动补读。",
        "en": "The mailbox {subject} has not been read since {since}: {error}\n"
        "Look at the network and the mail server; mail stays there and is read later.",
    },
    "login": {
        "zh": "信箱 {subject} 拒绝登录：{error}\n请核对授权码，或到网页邮箱查看是否被限制登录。",
        "en": "The mailbox {subject} refuses the login: {error}\n"
        "Check the password (授权码), and in the web mail whether logins are limited.",
    },
    "quota": {
        "zh": "信箱 {subject} 已用 {percent}%（共 {mib} MiB）\n请归档旧邮件：装满后来件会被退回。",
        "en": "The mailbox {subject} is {percent} % full (of {mib} MiB)\n"
        "Archive old mail: a full mailbox sends new mail back.",
    },
    "expiry": {
        "zh": "信箱 {subject} 的登录授权将在 {expires} 到期\n请重新授权。",
        "en": "The sign-in of the mailbox {subject} ends at {expires}\nSign in anew.",
    },
    "disk": {
        "zh": "磁盘剩余空间不足 {room} GiB\n请清理：空间用尽后来件留在信箱里，不再处理。",
        "en": "Less than {room} GiB are free on the disk\n"
        "Make room: without it mail stays in the mailbox.",
    },
    "queue": {
        "zh": "信箱 {subject} 有 {since} 起没有发出的回复\n请查看发信服务器和每日发信上限："
        "baosong doctor",
        "en": "A reply of the mailbox {subject} has been waiting to go since {since}\n"
        "Look at the SMTP server and the daily cap: baosong doctor",
    },
    "failed": {
        "zh": "信箱 {subject} 有 {count} 封回复被拒收，最早 {since}\n请处理：{page}baosong replies",
        "en": "{count} replies of the mailbox {subject} were refused, the first of {since}\n"
        "See to them: {page}baosong replies",
    },
    "held": {
        "zh": "信箱 {subject} 有 {count} 封来件待人工处理，最早 {since}\n"
        "请查看：{page}baosong messages",
        "en": "{count} messages in {subject} wait for a person, the first of {since}\n"
        "Look at them: {page}baosong messages",
    },
    "reconcile": {
        "zh": "夜间核对发现 {count} 处不一致\n{lines}\n请处理：baosong reconcile --repair",
        "en": "Last night's reconciliation found {count} differences\n{lines}\n"
        "See to them: baosong reconcile --repair",
    },
    "ledger": {
        "zh": "台账写不进去：{error}\n请检查磁盘；来件留在信箱里，恢复后自动补读。",
        "en": "The ledger cannot be written: {error}\n"
        "Look at the disk; mail stays in the mailbox and is read later.",
    },
}
PAGES: Mapping[str, Mapping[Language, str]] = {
    "failed": {"zh": "网页“回复”，或 ", "en": "the page “Replies”, or "},
    "held": {"zh": "网页“来件”，或 ", "en": "the page “Messages”, or "},
}
SILENT: Mapping[Language, str] = {"zh": "没有回音", "en": "no answer"}
RAISED: Mapping[Language, str] = {"zh": "【报送】报警：", "en": "[Baosong] Alarm: "}
OVER: Mapping[Language, str] = {"zh": "【报送】解除：", "en": "[Baosong] Over: "}


def words(condition: Condition, language: Language, *, pages: bool = False) -> str:
    """The matter on the first line, then what to do; `pages`: there are some to do it on."""
    known = {k: plain(v) if isinstance(v, str) else v for k, v in condition.words.items()}
    known["error"] = said(str(known.get("error") or ""), language) or SILENT[language]
    if "lines" in known:
        known["lines"] = str(condition.words["lines"])
    page = PAGES[condition.kind][language] if pages and condition.kind in PAGES else ""
    sentence = SENTENCES[condition.kind][language]
    return sentence.format(subject=condition.subject, page=page, **known)


def headline(alarm: Alarm, language: Language) -> str:
    mark = RAISED if alarm.over is None else OVER
    return mark[language] + alarm.words.partition("\n")[0]


def letter(alarm: Alarm, language: Language, since: str, over: str) -> str:
    """The whole text. An alarm that is over no longer says what to do."""
    matter = alarm.words if alarm.over is None else alarm.words.partition("\n")[0]
    first = RAISED if alarm.over is None else OVER
    if language == "zh":
        times = f"自 {since} 至 {over}。" if over else f"自 {since}。解除时会再通知一次。"
    else:
        times = f"From {since} to {over}." if over else f"Since {since}. Its end will be told."
    return f"{first[language]}{matter}\n\n{times}\n"
