"""Every rule, as one explicit ordered tuple: the order in which a submitter reads them."""

from types import MappingProxyType

from rules.archive.archive_bomb import archive_bomb
from rules.archive.archive_encrypted import archive_encrypted
from rules.archive.archive_opened import archive_opened
from rules.archive.archive_unreadable import archive_unreadable
from rules.byhand import BY_HAND
from rules.deadline.late import late
from rules.image.image_damaged import image_damaged
from rules.image.image_not_jpeg import image_not_jpeg
from rules.image.image_not_original import image_not_original
from rules.image.image_or_scan import image_or_scan
from rules.image.image_pasted import image_pasted
from rules.image.image_too_large import image_too_large
from rules.image.image_too_small import image_too_small
from rules.image.images_not_separate import images_not_separate
from rules.image.images_unclear import images_unclear
from rules.link.link_beside import link_beside
from rules.link.link_expired import link_expired
from rules.link.link_no_code import link_no_code
from rules.link.link_only import link_only
from rules.parts.contact_missing import contact_missing
from rules.parts.duplicate_file import duplicate_file
from rules.parts.extension_mismatch import extension_mismatch
from rules.parts.file_damaged import file_damaged
from rules.parts.file_empty import file_empty
from rules.parts.file_name import file_name
from rules.parts.form_incomplete import form_incomplete
from rules.parts.form_missing import form_missing
from rules.parts.form_unclear import form_unclear
from rules.parts.format_not_listed import format_not_listed
from rules.parts.no_attachment import no_attachment
from rules.parts.part_missing import part_missing
from rules.parts.too_many_files import too_many_files
from rules.rule import Rule
from rules.safety.executable import executable
from rules.safety.file_undecodable import file_undecodable
from rules.safety.malware import malware
from rules.safety.not_inspected import not_inspected
from rules.safety.unreadable_message import unreadable_message
from rules.safety.withdrawn import withdrawn
from rules.scan.pdf_damaged import pdf_damaged
from rules.scan.pdf_encrypted import pdf_encrypted
from rules.scan.scan_format import scan_format
from rules.scan.scan_too_large import scan_too_large
from rules.subject.category_unknown import category_unknown
from rules.subject.date_differs import date_differs
from rules.subject.date_invalid import date_invalid
from rules.subject.date_missing import date_missing
from rules.subject.question import question
from rules.subject.subject_tolerated import subject_tolerated
from rules.subject.subject_unreadable import subject_unreadable
from rules.subject.unit_unknown import unit_unknown
from rules.subject.wrong_mailbox import wrong_mailbox
from rules.text.text_length import text_length
from rules.text.text_not_word import text_not_word
from rules.text.word_damaged import word_damaged
from rules.text.word_encrypted import word_encrypted
from rules.text.word_macros import word_macros
from rules.video.duration_unknown import duration_unknown
from rules.video.video_damaged import video_damaged
from rules.video.video_not_mp4 import video_not_mp4
from rules.video.video_too_large import video_too_large
from rules.video.video_too_long import video_too_long

# Each of these speaks of the mail as a whole: where one fires, no other rule is heard.
ALONE: tuple[Rule, ...] = (
    unreadable_message,
    withdrawn,
    question,
)

# These are all held against it, and every one is heard.
TOGETHER: tuple[Rule, ...] = (
    subject_unreadable,
    unit_unknown,
    category_unknown,
    date_missing,
    date_invalid,
    subject_tolerated,
    date_differs,
    wrong_mailbox,
    late,
    no_attachment,
    part_missing,
    too_many_files,
    form_missing,
    form_unclear,
    form_incomplete,
    contact_missing,
    file_empty,
    format_not_listed,
    file_damaged,
    extension_mismatch,
    file_name,
    duplicate_file,
    text_not_word,
    word_encrypted,
    word_damaged,
    word_macros,
    text_length,
    images_not_separate,
    images_unclear,
    image_not_jpeg,
    image_too_large,
    image_or_scan,
    image_too_small,
    image_damaged,
    image_not_original,
    image_pasted,
    scan_format,
    scan_too_large,
    pdf_encrypted,
    pdf_damaged,
    video_not_mp4,
    video_too_long,
    video_too_large,
    video_damaged,
    duration_unknown,
    archive_opened,
    archive_encrypted,
    archive_unreadable,
    archive_bomb,
    link_only,
    link_beside,
    link_no_code,
    link_expired,
    executable,
    malware,
    not_inspected,
    file_undecodable,
)

RULES: tuple[Rule, ...] = (*ALONE, *TOGETHER)

_BY_CODE = MappingProxyType({rule.code: rule for rule in (*RULES, BY_HAND)})


def by_code(code: str) -> Rule | None:
    """A rule of the catalogue, or the word for what a person found."""
    return _BY_CODE.get(code)
