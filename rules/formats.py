"""What formats are: which family they belong to, how their names end, what people call them."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal

from rules.verdict import Phrase

Family = Literal["text", "page", "image", "video", "audio", "archive", "office", "program", ""]


@dataclass(frozen=True, slots=True)
class Format:
    """`endings` are lower-case, without the dot."""

    family: Family
    endings: tuple[str, ...]
    zh: str
    en: str


_TABLE: tuple[tuple[str, Family, str, str, str], ...] = (
    ("docx", "text", "docx", "Word 文档（.docx）", "a Word document (.docx)"),
    ("doc", "text", "doc", "Word 97-2003 文档（.doc）", "a Word 97-2003 document (.doc)"),
    ("docm", "text", "docm", "带宏的 Word 文档（.docm）", "a Word document with macros (.docm)"),
    ("dotx", "text", "dotx dot dotm", "Word 模板", "a Word template"),
    ("wps", "text", "wps wpt", "WPS 文字格式（.wps）", "the WPS Writer format (.wps)"),
    ("rtf", "text", "rtf", "RTF 格式", "RTF"),
    ("html", "text", "html htm mht mhtml", "网页（HTML）格式", "a web page (HTML)"),
    ("mhtml", "text", "mht mhtml", "网页存档（MHT）格式", "a web archive (MHT)"),
    ("odt", "text", "odt", "OpenDocument 文本（.odt）", "OpenDocument text (.odt)"),
    ("pages", "text", "pages", "苹果 Pages 格式", "Apple Pages"),
    ("txt", "text", "txt text md", "纯文本（.txt）", "plain text (.txt)"),
    ("xml", "text", "xml", "XML 格式", "XML"),
    ("pdf", "page", "pdf", "PDF 格式", "PDF"),
    ("ofd", "page", "ofd", "OFD 版式文件", "OFD"),
    ("jpeg", "image", "jpg jpeg jpe jfif", "JPG 图片", "a JPG picture"),
    ("png", "image", "png", "PNG 图片", "a PNG picture"),
    ("heic", "image", "heic heif hif", "苹果 HEIC 照片", "an Apple HEIC photograph"),
    ("webp", "image", "webp", "WEBP 图片", "a WEBP picture"),
    ("avif", "image", "avif", "AVIF 图片", "an AVIF picture"),
    ("gif", "image", "gif", "GIF 图片", "a GIF picture"),
    ("bmp", "image", "bmp dib", "BMP 位图", "a BMP bitmap"),
    ("tiff", "image", "tif tiff", "TIFF 图片", "a TIFF picture"),
    ("psd", "image", "psd", "Photoshop 文件（.psd）", "a Photoshop file (.psd)"),
    ("raw", "image", "raw cr2 cr3 nef arw dng", "相机 RAW 原片", "a camera RAW file"),
    ("svg", "image", "svg", "SVG 矢量图", "an SVG drawing"),
    ("mp4", "video", "mp4 m4v", "MP4 视频", "an MP4 video"),
    ("mov", "video", "mov qt", "MOV（QuickTime）视频", "a MOV (QuickTime) video"),
    ("avi", "video", "avi", "AVI 视频", "an AVI video"),
    ("wmv", "video", "wmv asf", "WMV 视频", "a WMV video"),
    ("mkv", "video", "mkv", "MKV 视频", "an MKV video"),
    ("webm", "video", "webm", "WEBM 视频", "a WEBM video"),
    ("flv", "video", "flv f4v", "FLV 视频", "an FLV video"),
    ("3gp", "video", "3gp 3g2", "3GP 视频", "a 3GP video"),
    ("mpeg", "video", "mpg mpeg vob", "MPEG 视频", "an MPEG video"),
    ("ts", "video", "ts mts m2ts", "TS/MTS 视频", "a TS/MTS video"),
    ("rm", "video", "rm rmvb", "RMVB 视频", "an RMVB video"),
    ("mp3", "audio", "mp3", "MP3 音频", "an MP3 recording"),
    ("wav", "audio", "wav", "WAV 音频", "a WAV recording"),
    ("m4a", "audio", "m4a", "M4A 音频", "an M4A recording"),
    ("aac", "audio", "aac", "AAC 音频", "an AAC recording"),
    ("flac", "audio", "flac", "FLAC 音频", "a FLAC recording"),
    ("ogg", "audio", "ogg oga opus", "OGG 音频", "an OGG recording"),
    ("amr", "audio", "amr", "AMR 录音", "an AMR recording"),
    ("wma", "audio", "wma", "WMA 音频", "a WMA recording"),
    ("zip", "archive", "zip", "ZIP 压缩包", "a ZIP archive"),
    ("rar", "archive", "rar", "RAR 压缩包", "a RAR archive"),
    ("7z", "archive", "7z", "7z 压缩包", "a 7z archive"),
    ("tar", "archive", "tar", "TAR 包", "a TAR archive"),
    ("gzip", "archive", "gz tgz", "GZIP 压缩包", "a GZIP archive"),
    ("bzip2", "archive", "bz2 tbz", "BZIP2 压缩包", "a BZIP2 archive"),
    ("xz", "archive", "xz txz", "XZ 压缩包", "an XZ archive"),
    ("tnef", "archive", "dat", "Outlook 的 winmail.dat", "Outlook's winmail.dat"),
    ("pptx", "office", "pptx ppsx", "PowerPoint 演示文稿（.pptx）", "PowerPoint slides (.pptx)"),
    ("ppt", "office", "ppt pps", "PowerPoint 97-2003 演示文稿", "PowerPoint 97-2003 slides"),
    ("xlsx", "office", "xlsx xlsm", "Excel 表格（.xlsx）", "an Excel workbook (.xlsx)"),
    ("xls", "office", "xls", "Excel 97-2003 表格", "an Excel 97-2003 workbook"),
    ("et", "office", "et", "WPS 表格（.et）", "a WPS spreadsheet (.et)"),
    ("dps", "office", "dps", "WPS 演示（.dps）", "WPS slides (.dps)"),
    ("exe", "program", "exe scr com dll msi apk", "Windows 程序", "a Windows program"),
    ("elf", "program", "so bin run", "程序", "a program"),
    ("script", "program", "bat cmd vbs js jse wsf ps1 sh jar py hta", "脚本", "a script"),
    ("shortcut", "", "lnk url", "快捷方式", "a shortcut"),
    ("empty", "", "", "空文件", "an empty file"),
    ("unknown", "", "", "无法识别的格式", "an unknown format"),
)

FORMATS: Mapping[str, Format] = MappingProxyType(
    {name: Format(family, tuple(e.split()), zh, en) for name, family, e, zh, en in _TABLE}
)
_BY_ENDING: Mapping[str, str] = MappingProxyType(
    {ending: name for name, form in reversed(list(FORMATS.items())) for ending in form.endings}
)


def ending(name: str) -> str:
    """What follows the last dot, in lower case: “照片.JPG” → “jpg”."""
    stem, dot, tail = name.strip().rpartition(".")
    return tail.strip().lower() if dot and stem else ""


def by_name(name: str) -> str:
    """The format that a file name promises, "" when it promises none."""
    return _BY_ENDING.get(ending(name), "")


def family(format_: str) -> Family:
    known = FORMATS.get(format_)
    return known.family if known else ""


def called(format_: str) -> Phrase:
    known = FORMATS.get(format_)
    return Phrase(known.zh, known.en) if known else Phrase(f"{format_} 格式", f"{format_} format")
