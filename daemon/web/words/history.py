"""操作记录."""

WORDS = {
    "history.kind": ("操作", "Act"),
    "history.who": ("办理人", "By"),
    "history.about": ("对象", "About"),
    "history.act": ("操作", "Act"),
    "history.message": ("第 {n} 号来件", "message {n}"),
    "history.none": ("还没有人工操作。", "Nobody has decided anything yet."),
    "history.rejudge": (
        "通知改了：重新判定全部待定来件",
        "The notice has changed: judge all open mail",
    ),
    "history.rejudge-hint": (
        "只重判系统退回或转人工的来件，人工作出的结论不动；不会自动给发件人写信。每次二十封。",
        "Mail that the rules returned or held, never what a person decided; nobody is written to."
        " Twenty at a time.",
    ),
    "history.notice": ("通知", "Notice"),
    "history.go-on": ("继续", "Go on"),
    "history.judged": (
        "重新判定了 {n} 封，其中 {changed} 封结论有变化。",
        "{n} judged again, {changed} of them changed.",
    ),
    "history.more": ("还有更多，请点“继续”。", "There are more: go on."),
}
