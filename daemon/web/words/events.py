"""What the history says happened. A word that is not here is shown as it stands."""

WORDS = {
    "event.accepted": ("判为合规", "accepted"),
    "event.returned": ("判为需补正", "returned"),
    "event.held": ("转人工", "held for a person"),
    "event.ignored": ("不处理", "not for us"),
    "event.reply approved": ("放行回复", "approved the reply"),
    "event.reply edited": ("修改回复", "changed the reply"),
    "event.reply dropped": ("决定不发送回复", "dropped the reply"),
    "event.reply sent": ("回复已发出", "reply sent"),
    "event.reply failed": ("回复发送失败", "reply failed"),
    "event.bounce": ("回复被退回", "the reply came back"),
    "event.displaced": ("服务器换了编号", "numbered anew by the server"),
    "event.moved": ("在邮箱里移动", "moved in the mailbox"),
    "event.filed anew": ("重新归入素材库", "filed anew"),
    "event.raw copy restored": ("原始邮件已找回", "raw copy restored"),
    "event.baosong": ("系统", "baosong"),
}
