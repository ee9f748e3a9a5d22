"""What a file is called: as the sender named it, or by its type and place."""

from daemon.mime import clean
from daemon.mime.split import Part

_ENDINGS = {
    "image/jpeg": "jpg",
    "image/jpg": "jpg",
    "image/pjpeg": "jpg",
    "image/png": "png",
    "image/gif": "gif",
    "image/bmp": "bmp",
    "image/tiff": "tif",
    "image/webp": "webp",
    "image/heic": "heic",
    "application/pdf": "pdf",
    "application/msword": "doc",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "docx",
    "application/vnd.ms-excel": "xls",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": "xlsx",
    "application/vnd.ms-powerpoint": "ppt",
    "application/vnd.openxmlformats-officedocument.presentationml.presentation": "pptx",
    "application/rtf": "rtf",
    "application/zip": "zip",
    "application/x-zip-compressed": "zip",
    "application/x-rar-compressed": "rar",
    "application/ms-tnef": "dat",
    "application/vnd.ms-tnef": "dat",
    "application/pkcs7-signature": "p7s",
    "application/x-pkcs7-signature": "p7s",
    "application/pgp-signature": "asc",
    "text/plain": "txt",
    "text/html": "html",
    "text/csv": "csv",
    "text/calendar": "ics",
    "text/vcard": "vcf",
    "text/x-vcard": "vcf",
    "text/rfc822-headers": "txt",
    "message/rfc822": "eml",
    "message/global": "eml",
    "message/delivery-status": "txt",
    "audio/mpeg": "mp3",
    "video/mp4": "mp4",
    "video/quicktime": "mov",
}


def given(part: Part) -> str:
    """The sender's name for the part, clean, or "". Disposition speaks before type."""
    disposition, kind = part.disposition, part.content_type
    spots = ((disposition, "filename"), (kind, "name"), (kind, "filename"), (disposition, "name"))
    names = (clean.file_name(value[name]) for value, name in spots if name in value.parameters)
    return next(filter(None, names), "")


def by_type(content_type: str, number: int) -> str:
    """The same message always yields the same names."""
    ending = _ENDINGS.get(content_type, "")
    stem = "正文图片" if content_type.startswith("image/") else "未命名附件"
    return f"{stem}{number}.{ending}" if ending else f"{stem}{number}"
