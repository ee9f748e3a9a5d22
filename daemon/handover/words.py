"""What the papers of a package are called and say."""

from collections.abc import Mapping
from types import MappingProxyType

from rules.notice import Language

ZH: Mapping[str, str] = MappingProxyType(
    {
        "list": "清单",
        "list.file": "清单.xlsx",
        "unfinished.file": "未完成.txt",
        "files": "文件",
        "unfinished": "未完成",
        "folder": "文件夹",
        "contact": "联系人（稿件内）",
        "sender_name": "发件人姓名",
        "sender": "发件人",
        "count": "文件数",
        "selected": "遴选",
        "yes": "是",
        "name": "新文件名",
        "original": "原文件名",
        "purpose": "用途",
        "size": "大小（字节）",
        "version": "来自第几版",
        "due": "截止",
        "granted": "延期至",
        "waived": "免报原因",
        "title": "《{notice}》“{category}”尚未完成的单位",
        "none": "全部完成。",
        "states.missing": "未报送",
        "states.returned": "需补正",
        "states.held": "待人工核对",
        "states.accepted": "合规，尚未归档",
        "states.waived": "免报",
        "states.not-applicable": "不适用",
        "last": "最近来件",
    }
)
EN: Mapping[str, str] = MappingProxyType(
    {
        "list": "List",
        "list.file": "list.xlsx",
        "unfinished.file": "unfinished.txt",
        "files": "Files",
        "unfinished": "Unfinished",
        "folder": "Folder",
        "contact": "Contact (in the text)",
        "sender_name": "From (name)",
        "sender": "From",
        "count": "Files",
        "selected": "Selected",
        "yes": "yes",
        "name": "New name",
        "original": "Original name",
        "purpose": "Purpose",
        "size": "Size (bytes)",
        "version": "From version",
        "due": "Due",
        "granted": "Extended to",
        "waived": "Why waived",
        "title": "{notice}, {category}: what is unfinished",
        "none": "Everything is here.",
        "states.missing": "missing",
        "states.returned": "to be mended",
        "states.held": "with a person",
        "states.accepted": "accepted, not yet filed",
        "states.waived": "waived",
        "states.not-applicable": "not applicable",
        "last": "Last mail",
    }
)


def words(language: Language) -> Mapping[str, str]:
    return ZH if language == "zh" else EN
