"""催交."""

WORDS = {
    "reminders.title": ("催交", "Reminders"),
    "reminders.notice": ("通知", "Notice"),
    "reminders.pick": ("选择 {unit} 的“{category}”", "Pick {category} of {unit}"),
    "reminders.due": ("截止", "Due"),
    "reminders.none": ("没有要催的：都交齐了，或者还没到时候。", "Nobody owes anything just now."),
    "reminders.make": ("生成催交文字", "Write the text"),
    "reminders.text": ("发到群里的文字（{n} 项）", "Text for the group chat ({n} chosen)"),
    "reminders.copy": ("复制文字", "Copy the text"),
    "reminders.no-text": (
        "勾选左边的单位，再点“生成催交文字”。",
        "Tick units, then write the text.",
    ),
    "reminders.mail": ("按日程的催交邮件", "Reminders by mail"),
    "reminders.off": (
        "没有开启。管理员在配置里写上 [[reminders]]，系统就按日程给未交的单位发邮件。",
        "Off. With [[reminders]] in the configuration, units that owe something get a mail.",
    ),
    "reminders.coming": ("接下来", "Next"),
    "reminders.units": ("{n} 家", "{n} units"),
    "reminders.preview": ("预览", "Preview"),
    "reminders.no-coming": ("没有将要发出的催交邮件。", "No reminder lies ahead."),
    "reminders.written": ("已写好的催交邮件", "Reminders so far"),
    "reminders.created": ("写成", "Written"),
    "reminders.approve": ("放行", "Approve"),
    "reminders.drop": ("不发送", "Do not send"),
    "reminders.drop-sure": ("这封催交邮件不再发送，确定吗？", "Never send this reminder?"),
    "reminders.approved": ("已放行，随即发出。", "Approved; it goes at once."),
    "reminders.dropped": ("这封催交邮件不会发送。", "This reminder will not be sent."),
    "reminders.past": (
        "晚了一步：它已经发出，或者别人已先处理。",
        "Too late: it has gone, or was decided on.",
    ),
    "reminders.preview-title": ("{at} 会发出的催交邮件", "Reminders that would go at {at}"),
    "reminders.as-things-stand": (
        "按现在的情况；到时已经交齐的单位不会收到。",
        "As things stand: who has handed in by then gets none.",
    ),
    "reminders.nobody": (
        "有 {n} 家没有收件地址：请在名册里写上 mail，或者打电话。",
        "{n} units have no address: give `mail` in the roster, or call.",
    ),
    "reminders.no-mails": ("这个时候没有要发的。", "None at that moment."),
}
