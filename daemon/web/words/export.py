"""导出."""

WORDS = {
    "export.title": ("导出", "Export"),
    "export.all": ("全部表格，一个 Excel 文件", "All tables in one Excel file"),
    "export.all-hint": (
        "总表带颜色，另有明细、统计和下面每一张表；时间是通知所在地的时间。",
        "The matrix in colour, details, figures, and every table below; times are the notice's.",
    ),
    "export.tables": ("单张表格", "One table"),
    "export.table": ("表格", "Table"),
    "export.tables-hint": (
        "CSV 用 Excel 打开不会乱码；以 = + - @ 开头的文字前面加了一个撇号，免得被当成公式。",
        "CSV opens in Excel as it is; text that begins with = + - @ has an apostrophe in front, so "
        "that it is not run as a formula.",
    ),
    "export.download": ("下载 {table}：{kind}", "Download {table} as {kind}"),
    "export.handover": ("移交包", "Hand-over package"),
    "export.handover-hint": (
        "已合规的材料，按通知的命名规则改好名，附清单、校验码（SHA256SUMS）和未完成单位。",
        "Accepted material, renamed by the notice's rule, with a list, its SHA-256 sums, and who "
        "is unfinished.",
    ),
    "export.everything": ("全部", "Everything"),
    "export.selected": ("只含遴选的", "Only the selected"),
    "export.package": ("下载“{category}”移交包", "Download the package of {category}"),
    "export.package-selected": (
        "下载“{category}”移交包，只含遴选的",
        "Download the package of {category}, only the selected",
    ),
}
