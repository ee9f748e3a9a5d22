"""素材库."""

WORDS = {
    "library.title": ("素材库", "Library"),
    "library.hint": (
        "合规材料逐个文件；同一文件只显示最新一版。",
        "Accepted material, file by file; the same bytes once.",
    ),
    "library.words": ("题目、正文、文件名、作者", "title, text, file, author"),
    "library.kind": ("形式", "Kind"),
    "library.selected": ("遴选", "Selected"),
    "library.pick": ("☆ 遴选", "☆ Select"),
    "library.unpick": ("★ 取消遴选", "★ Take back"),
    "library.only": ("只看遴选", "selected only"),
    "library.none": (
        "没有符合条件的素材。合规的报送会自动出现在这里。",
        "Nothing fits. What is accepted appears here by itself.",
    ),
}
