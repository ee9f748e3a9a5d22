"""The columns of every table: what they are called, what is in them, how wide they stand."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from rules.notice import Language

Sort = Literal["text", "number", "instant", "day", "flag", "state"]


@dataclass(frozen=True, slots=True)
class Heading:
    """`sort` tells how a value of SQLite is read; `width` is in characters of the sheet."""

    zh: str
    en: str
    sort: Sort = "text"
    width: int = 16

    def said(self, language: Language) -> str:
        return self.zh if language == "zh" else self.en


HEADINGS: Mapping[str, Heading] = {
    "id": Heading("编号", "No.", "number", 8),
    "message": Heading("来件编号", "Message", "number", 10),
    "attachment": Heading("附件编号", "Attachment", "number", 10),
    "mailbox": Heading("信箱", "Mailbox", width=14),
    "notice": Heading("通知", "Notice", width=18),
    "unit": Heading("单位", "Unit", width=26),
    "category": Heading("类别", "Category"),
    "window": Heading("批次", "Window", width=20),
    "version": Heading("版本", "Version", "number", 8),
    "received": Heading("收到", "Received", "instant", 20),
    "sent": Heading("发件人所写时间", "Sent", "instant", 20),
    "sender": Heading("发件人", "From", width=28),
    "sender_name": Heading("发件人姓名", "From (name)"),
    "subject": Heading("主题", "Subject", width=44),
    "status": Heading("状态", "State", "state", 12),
    "state": Heading("状态", "State", "state", 12),
    "late": Heading("逾期", "Late", "flag", 8),
    "claim_date": Heading("报送日期", "Date claimed", "day", 12),
    "codes": Heading("问题", "Findings", width=36),
    "reply": Heading("回复", "Reply", "state", 12),
    "unanswered": Heading("未回复原因", "Why unanswered", width=36),
    "reason": Heading("处理原因", "Reason", width=36),
    "message_id": Heading("Message-ID", "Message-ID", width=40),
    "size": Heading("大小（字节）", "Size (bytes)", "number", 14),
    "decided_by": Heading("人工决定", "Decided by", width=12),
    "selected": Heading("遴选", "Selected", "flag", 8),
    "file": Heading("文件名", "File", width=44),
    "path": Heading("所在压缩包", "In archive", width=24),
    "kind": Heading("形式", "Kind", "state", 10),
    "role": Heading("用途", "Role", "state", 10),
    "form": Heading("表格", "Form", width=10),
    "format": Heading("格式", "Format", width=10),
    "sha256": Heading("SHA-256", "SHA-256", width=66),
    "good": Heading("可用", "Good", "flag", 8),
    "duration_ms": Heading("时长（毫秒）", "Duration (ms)", "number", 14),
    "width": Heading("宽（像素）", "Width (px)", "number", 12),
    "height": Heading("高（像素）", "Height (px)", "number", 12),
    "pages": Heading("页数", "Pages", "number", 8),
    "encrypted": Heading("加密", "Encrypted", "flag", 8),
    "damaged": Heading("损坏", "Damaged", width=14),
    "ignored": Heading("不计原因", "Ignored as", width=12),
    "provider": Heading("网盘", "Provider"),
    "url": Heading("链接", "Link", width=44),
    "expires": Heading("到期", "Expires", "instant", 20),
    "word": Heading("提取码", "Code", width=10),
    "code": Heading("规则", "Rule", width=22),
    "severity": Heading("轻重", "Severity", "state", 10),
    "location": Heading("所在", "Where", width=36),
    "saw": Heading("看到", "Saw", width=50),
    "required": Heading("要求", "Required", width=50),
    "fix": Heading("办法", "Fix", width=50),
    "to_address": Heading("收件人", "To", width=28),
    "attempts": Heading("尝试次数", "Attempts", "number", 10),
    "created": Heading("写成", "Written", "instant", 20),
    "sent_at": Heading("发出", "Sent", "instant", 20),
    "error": Heading("未发出原因", "Error", width=44),
    "label": Heading("栏目", "Field"),
    "value": Heading("内容", "Value", width=50),
    "sort": Heading("类型", "Sort", "state", 10),
    "at": Heading("时间", "At", "instant", 20),
    "who": Heading("何人", "Who", width=14),
    "what": Heading("何事", "What", width=24),
    "why": Heading("原因", "Why", width=50),
    "undoes": Heading("撤销的操作", "Undoes", "number", 12),
    "undone_by": Heading("被撤销于", "Undone by", "number", 12),
}

TITLES: Mapping[str, tuple[str, str]] = {
    "matrix": ("总表", "Matrix"),
    "messages": ("来件", "Messages"),
    "attachments": ("附件", "Attachments"),
    "links": ("链接附件", "Links"),
    "findings": ("问题", "Findings"),
    "replies": ("回复", "Replies"),
    "fields": ("表格内容", "Form fields"),
    "reminders": ("催交和日报", "Reminders"),
    "acts": ("人工操作", "Acts"),
    "history": ("历史", "History"),
}

# the words of the ledger, as people say them
STATES: Mapping[str, tuple[str, str]] = {
    "accepted": ("合规", "accepted"),
    "returned": ("需补正", "to be mended"),
    "held": ("待人工", "with a person"),
    "ignored": ("不处理", "ignored"),
    "waiting": ("等待", "waiting"),
    "approved": ("已批准", "approved"),
    "sent": ("已发出", "sent"),
    "failed": ("未送达", "failed"),
    "dropped": ("不发送", "dropped"),
    "error": ("须改正", "error"),
    "hold": ("待人工", "hold"),
    "remark": ("提醒", "remark"),
    "reminder": ("催交", "reminder"),
    "digest": ("日报", "digest"),
    "text": ("文字", "text"),
    "image": ("图片", "image"),
    "scan": ("扫描件", "scan"),
    "video": ("视频", "video"),
    "audio": ("音频", "audio"),
    "form": ("表格", "form"),
    "other": ("其他", "other"),
    "archive": ("压缩包", "archive"),
    "part": ("构成", "part"),
    "extra": ("附带", "extra"),
    "container": ("容器", "container"),
}
FLAGS = (("", ""), ("是", "yes"))


def title(table: str, language: Language) -> str:
    return TITLES[table][language != "zh"]
