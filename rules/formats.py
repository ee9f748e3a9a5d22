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
    ("dotx", "text", "dotx dot", "Word 模板", "a Word template"),
    ("dotm", "text", "dotm", "带宏的 Word 模板", "a Word template with macros"),
    ("wps", "text", "wps wpt", "WPS 文字格式（.wps）", "the WPS Writer format (.wps)"),
    ("rtf", "text", "rtf", "RTF 格式", "RTF"),
    ("html", "text", "html htm", "网页（HTML）格式", "a web page (HTML)"),
    ("mht", "text", "mht mhtml", "网页存档（MHT）格式", "a web archive (MHT)"),
    ("odt", "text", "odt", "OpenDocument 文本（.odt）", "OpenDocument text (.odt)"),
    ("pages", "text", "pages", "苹果 Pages 格式", "Apple Pages"),
    ("txt", "text", "txt text", "纯文本（.txt）", "plain text (.txt)"),
    ("md", "text", "md", "纯文本（.md）", "plain text (.md)"),
    ("xml", "text", "xml", "XML 格式", "XML"),
    ("wri", "text", "wri", "写字板旧格式（.wri）", "the old Windows Write format (.wri)"),
    ("hwp", "text", "hwp", "HWP 文档", "an HWP document"),
    ("pdf", "page", "pdf", "PDF 格式", "PDF"),
    ("ofd", "page", "ofd", "OFD 版式文件", "OFD"),
    ("djvu", "page", "djvu", "DJVU 扫描件", "DJVU"),
    ("jpeg", "image", "jpg jpeg jpe jfif", "JPG 图片", "a JPG picture"),
    ("png", "image", "png", "PNG 图片", "a PNG picture"),
    ("heic", "image", "heic heif hif", "苹果 HEIC 照片", "an Apple HEIC photograph"),
    ("heif", "image", "heif hif heic", "HEIF 照片", "a HEIF photograph"),
    ("webp", "image", "webp", "WEBP 图片", "a WEBP picture"),
    ("avif", "image", "avif", "AVIF 图片", "an AVIF picture"),
    ("gif", "image", "gif", "GIF 图片", "a GIF picture"),
    ("bmp", "image", "bmp dib", "BMP 位图", "a BMP bitmap"),
    ("tiff", "image", "tif tiff", "TIFF 图片", "a TIFF picture"),
    ("psd", "image", "psd", "Photoshop 文件（.psd）", "a Photoshop file (.psd)"),
    ("cr3", "image", "cr2 cr3 nef arw dng raw", "相机 RAW 原片", "a camera RAW file"),
    ("jp2", "image", "jp2 j2k", "JPEG 2000 图片", "a JPEG 2000 picture"),
    ("tga", "image", "tga", "TGA 图片", "a TGA picture"),
    ("ico", "image", "ico", "图标文件", "an icon"),
    ("wmf", "image", "wmf emf", "WMF 图形", "a WMF drawing"),
    ("emf", "image", "emf", "EMF 图形", "an EMF drawing"),
    ("cdr", "image", "cdr", "CorelDRAW 文件（.cdr）", "a CorelDRAW file (.cdr)"),
    ("ps", "image", "ps eps ai", "EPS/PS 图形", "an EPS/PS drawing"),
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
    ("aiff", "audio", "aif aiff", "AIFF 音频", "an AIFF recording"),
    ("au", "audio", "au", "AU 音频", "an AU recording"),
    ("midi", "audio", "mid midi", "MIDI 音乐", "MIDI music"),
    ("wma", "audio", "wma", "WMA 音频", "a WMA recording"),
    ("zip", "archive", "zip", "ZIP 压缩包", "a ZIP archive"),
    ("rar", "archive", "rar", "RAR 压缩包", "a RAR archive"),
    ("7z", "archive", "7z", "7z 压缩包", "a 7z archive"),
    ("tar", "archive", "tar", "TAR 包", "a TAR archive"),
    ("gz", "archive", "gz tgz", "GZIP 压缩包", "a GZIP archive"),
    ("bz2", "archive", "bz2 tbz", "BZIP2 压缩包", "a BZIP2 archive"),
    ("xz", "archive", "xz txz", "XZ 压缩包", "an XZ archive"),
    ("cab", "archive", "cab", "CAB 压缩包", "a CAB archive"),
    ("lha", "archive", "lzh lha", "LZH 压缩包", "an LZH archive"),
    ("tnef", "archive", "dat", "Outlook 的 winmail.dat", "Outlook's winmail.dat"),
    ("pptx", "office", "pptx ppsx potx", "PPT 演示文稿（.pptx）", "PowerPoint slides (.pptx)"),
    ("ppt", "office", "ppt pps pot", "PPT 演示文稿（.ppt）", "PowerPoint slides (.ppt)"),
    ("pptm", "office", "pptm ppsm", "带宏的 PPT 演示文稿", "PowerPoint slides with macros"),
    ("xlsx", "office", "xlsx xltx", "Excel 表格（.xlsx）", "an Excel workbook (.xlsx)"),
    ("xls", "office", "xls xlt", "Excel 表格（.xls）", "an Excel workbook (.xls)"),
    ("xlsm", "office", "xlsm xltm xlsb", "带宏的 Excel 表格", "an Excel workbook with macros"),
    ("xlsb", "office", "", "Excel 二进制表格（.xlsb）", "a binary Excel workbook (.xlsb)"),
    ("xltx", "office", "", "Excel 模板", "an Excel template"),
    ("xltm", "office", "", "带宏的 Excel 模板", "an Excel template with macros"),
    ("xlam", "office", "xlam xla", "Excel 加载宏", "an Excel add-in"),
    ("potx", "office", "", "PPT 模板", "a PowerPoint template"),
    ("ppsx", "office", "", "PPT 放映文件（.ppsx）", "a PowerPoint show (.ppsx)"),
    ("ppsm", "office", "", "带宏的 PPT 放映文件", "a PowerPoint show with macros"),
    ("vsdx", "office", "vsdx vsdm", "Visio 图（.vsdx）", "a Visio drawing (.vsdx)"),
    ("vsd", "office", "vsd vss vst", "Visio 图（.vsd）", "a Visio drawing (.vsd)"),
    ("pub", "office", "pub", "Publisher 文件（.pub）", "a Publisher file (.pub)"),
    ("mpp", "office", "mpp", "Project 文件（.mpp）", "a Project file (.mpp)"),
    ("mdb", "office", "mdb accdb", "Access 数据库", "an Access database"),
    ("xmind", "office", "xmind", "XMind 思维导图", "an XMind mind map"),
    ("epub", "page", "epub", "EPUB 电子书", "an EPUB book"),
    ("csv", "office", "csv", "CSV 表格", "a CSV table"),
    ("et", "office", "et ett", "WPS 表格（.et）", "a WPS spreadsheet (.et)"),
    ("dps", "office", "dps dpt", "WPS 演示（.dps）", "WPS slides (.dps)"),
    ("ods", "office", "ods", "OpenDocument 表格", "an OpenDocument spreadsheet"),
    ("odp", "office", "odp", "OpenDocument 演示文稿", "OpenDocument slides"),
    ("numbers", "office", "numbers", "苹果 Numbers 表格", "an Apple Numbers spreadsheet"),
    ("keynote", "office", "key", "苹果 Keynote 演示文稿", "Apple Keynote slides"),
    ("eml", "", "eml", "另存的邮件（.eml）", "a saved mail (.eml)"),
    ("msg", "", "msg", "另存的邮件（.msg）", "a saved mail (.msg)"),
    ("swf", "video", "swf", "Flash 动画", "a Flash film"),
    ("com", "program", "com", "DOS 程序", "a DOS program"),
    ("dex", "program", "dex", "安卓程序", "an Android program"),
    ("exe", "program", "exe scr pif", "Windows 程序", "a Windows program"),
    ("dll", "program", "dll", "程序组件", "a program library"),
    ("msi", "program", "msi", "安装程序", "an installer"),
    ("apk", "program", "apk", "手机安装包", "an Android package"),
    ("jar", "program", "jar", "Java 程序", "a Java program"),
    ("elf", "program", "so run", "Linux 程序", "a Linux program"),
    ("macho", "program", "dylib", "Mac 程序", "a Mac program"),
    ("bat", "program", "bat cmd", "批处理脚本", "a batch script"),
    ("vbs", "program", "vbs vbe", "VBS 脚本", "a VBS script"),
    ("js", "program", "js jse", "JS 脚本", "a JS script"),
    ("ps1", "program", "ps1", "PowerShell 脚本", "a PowerShell script"),
    ("script", "program", "sh py pl hta wsf reg", "脚本", "a script"),
    ("lnk", "", "lnk", "快捷方式", "a shortcut"),
    ("url", "", "url", "网址快捷方式", "a link to a web page"),
    ("iso", "", "iso", "光盘映像", "an image of a disc"),
    ("json", "", "json", "JSON 数据", "JSON data"),
    ("ole", "", "", "无法识别的旧版 Office 格式", "an old Office format that is not known"),
    ("empty", "", "", "空文件", "an empty file"),
    ("unknown", "", "", "无法识别的格式", "an unknown format"),
)

FORMATS: Mapping[str, Format] = MappingProxyType(
    {name: Format(family, tuple(e.split()), zh, en) for name, family, e, zh, en in _TABLE}
)
# These documents are ZIP archives of parts that nobody sent one by one.
BUNDLES = frozenset({"pages", "numbers", "keynote", "xmind", "cdr"})
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
