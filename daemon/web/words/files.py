"""The warning before a dangerous file is handed out."""

WORDS = {
    "files.quarantine": ("这封来件的文件可能有害", "The files of this message may do harm"),
    "files.why": (
        "检查时发现其中有病毒、可执行程序或会撑爆磁盘的压缩包。文件已隔离，只有办理人员可以取出。",
        "Inspection found a virus, a program, or an archive that would fill the disk. The files "
        "are kept apart; only those who decide may take them out.",
    ),
    "files.how": (
        "不要在办公电脑上打开。确有需要时，取到隔离的机器上再看。",
        "Do not open them on an office computer. If you must, use a machine that is kept apart.",
    ),
    "files.anyway": ("我知道风险，仍要下载", "I know the risk: download"),
    "files.back": ("返回来件", "Back to the message"),
}
