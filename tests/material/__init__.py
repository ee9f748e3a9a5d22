"""Real files, made on the spot: deterministic, whole, and as people send them."""

from tests.material.media import avi, mov, mp3, mp4, video, wav
from tests.material.oddities import EMPTY, exe, ics, lnk, lock_file, ofd, vcf
from tests.material.ole import compound, encrypted_office
from tests.material.papers import locked_pdf, pdf, scan_pdf, truncated
from tests.material.pictures import box, gif, heic, jpeg, page, png, webp
from tests.material.word import (
    CONTACT,
    FIELDS,
    body_text,
    docm,
    docx,
    docx_with_remote_template,
    form,
    manuscript,
)
from tests.material.word97 import doc, html_document, rtf
from tests.material.zips import nested_zip, rar, zip_bomb, zip_of

__all__ = [
    "CONTACT",
    "EMPTY",
    "FIELDS",
    "avi",
    "body_text",
    "box",
    "compound",
    "doc",
    "docm",
    "docx",
    "docx_with_remote_template",
    "encrypted_office",
    "exe",
    "form",
    "gif",
    "heic",
    "html_document",
    "ics",
    "jpeg",
    "lnk",
    "lock_file",
    "locked_pdf",
    "manuscript",
    "mov",
    "mp3",
    "mp4",
    "nested_zip",
    "ofd",
    "page",
    "pdf",
    "png",
    "rar",
    "rtf",
    "scan_pdf",
    "truncated",
    "vcf",
    "video",
    "wav",
    "webp",
    "zip_bomb",
    "zip_of",
]
