"""What a page says when it does not open."""

WORDS = {
    "refused.400": ("这个请求无法理解", "This request makes no sense"),
    "refused.401": ("请先登录", "Please sign in first"),
    "refused.403": ("没有权限", "Not allowed"),
    "refused.404": ("没有这个页面", "No such page"),
    "refused.405": ("这个页面不接受这样的请求", "This page takes no such request"),
    "refused.408": ("等待太久，没有收全", "It took too long to arrive"),
    "refused.409": ("别人已先处理", "Somebody was first"),
    "refused.413": ("提交的内容太长", "What was sent is too long"),
    "refused.415": ("提交的格式不对", "What was sent has the wrong type"),
    "refused.429": ("尝试太多，请稍候", "Too many attempts, please wait"),
    "refused.500": ("程序出错", "A fault of the program"),
    "refused.503": ("暂时无法读取台账", "The ledger cannot be read right now"),
    "refused.token": (
        "页面已过期，或不是从本系统发出的。请返回上一页，刷新后再试，什么都没有改变。",
        "The page is too old, or this did not come from a page of ours. Go back, reload, try "
        "again; nothing was changed.",
    ),
    "refused.role": (
        "你的账号没有这项权限；需要时请管理员调整。",
        "Your account may not do this; an administrator can change that.",
    ),
    "refused.stranger": (
        "登录代理认识你，但这里还没有你的账号；请管理员运行 baosong user add。",
        "The proxy knows you, but there is no account of yours here; an administrator adds it "
        "with baosong user add.",
    ),
    "refused.own": (
        "已记入日志，请告诉管理员；你的数据没有受影响。",
        "It is in the log, please tell an administrator; your data is not affected.",
    ),
    "refused.home": ("回到总览", "Back to the overview"),
}
