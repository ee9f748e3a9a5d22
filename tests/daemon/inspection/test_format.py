"""The container decides what a file is; its name only breaks ties."""

import io
import struct
import tarfile
import zipfile
from pathlib import Path

import pytest

from tests import material
from tests.daemon.inspection.files import facts_of


def _ftyp(major: bytes, *compatible: bytes) -> bytes:
    return material.box(b"ftyp", major, bytes(4), *compatible) + material.box(b"mdat", bytes(64))


def _pe(flags: int = 0) -> bytes:
    head = b"MZ".ljust(0x3C, b"\0") + struct.pack("<I", 64)
    return head + b"PE\0\0" + bytes(18) + struct.pack("<H", flags) + bytes(64)


def _office(content_type: str, *extra: str) -> bytes:
    types = f'<Types><Override PartName="/x" ContentType="application/vnd.{content_type}+xml"/>'
    members = {"[Content_Types].xml": types.encode(), **dict.fromkeys(extra, b"x")}
    return material.zip_of(members)


def _tar() -> bytes:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w", format=tarfile.USTAR_FORMAT) as archive:
        archive.addfile(tarfile.TarInfo("a.txt"))
    return out.getvalue()


def _old_tar() -> bytes:
    """Before "ustar": only the checksum tells."""
    head = b"a.txt".ljust(100, b"\0") + b"000644 \0" * 3 + b"0" * 12 + b"0" * 12
    head = head.ljust(148, b"\0")
    total = sum(head) + 8 * 0x20
    return (head + b"%06o\0 " % total).ljust(512, b"\0") + bytes(1024)


WORD = "openxmlformats-officedocument.wordprocessingml"

CASES: tuple[tuple[str, bytes, str], ...] = (
    ("稿件.docx", material.docx("正文"), "docx"),
    ("稿件.doc", material.docx("正文"), "docx"),
    ("稿件.docm", material.docm(), "docm"),
    ("稿件.docx", material.docm(), "docm"),
    ("a.dotx", _office(f"{WORD}.template.main"), "dotx"),
    ("a.xlsx", _office("openxmlformats-officedocument.spreadsheetml.sheet.main"), "xlsx"),
    ("a.pptx", _office("openxmlformats-officedocument.presentationml.presentation.main"), "pptx"),
    ("a.docx", _office("something", "word/document.xml"), "docx"),
    ("a.odt", material.zip_of({"mimetype": b"application/vnd.oasis.opendocument.text"}), "odt"),
    ("a.ofd", material.ofd(), "ofd"),
    ("a.jar", material.zip_of({"META-INF/MANIFEST.MF": b"", "A.class": b""}), "jar"),
    ("a.jar", material.zip_of({"META-INF/MANIFEST.MF": b"", "A.properties": b""}), "jar"),
    ("a.apk", material.zip_of({"AndroidManifest.xml": b""}), "apk"),
    ("a.zip", material.zip_of({"a.txt": b"x"}), "zip"),
    ("a.zip", b"junk before" + material.zip_of({"a.txt": b"x"}), "zip"),
    ("稿件.doc", material.doc("正文"), "doc"),
    ("稿件.wps", material.doc("正文"), "doc"),
    ("旧稿.wps", material.compound({"MatOST": b"x", "CONTENTS": b"y"}), "wps"),
    ("旧稿.wps", material.compound({"CONTENTS": b"y"}), "wps"),
    ("表.xls", material.compound({"Workbook": b"x"}), "xls"),
    ("表.et", material.compound({"Something": b"x"}), "et"),
    ("片.ppt", material.compound({"PowerPoint Document": b"x"}), "ppt"),
    ("片.dps", material.compound({"Something": b"x"}), "dps"),
    ("信.msg", material.compound({"__properties_version1.0": b"x"}), "msg"),
    ("稿件.docx", material.encrypted_office(), "docx"),
    ("稿件.doc", material.encrypted_office(), "docx"),
    ("表.xlsx", material.encrypted_office(), "xlsx"),
    ("稿件.doc", material.rtf("正文"), "rtf"),
    ("稿件.doc", material.html_document("正文"), "html"),
    ("稿件.doc", b"MIME-Version: 1.0\r\nContent-Type: multipart/related\r\n\r\n<html>", "mht"),
    ("信.eml", b"Received: from x\r\nSubject: y\r\n\r\nz", "eml"),
    ("a.svg", b'<?xml version="1.0"?><!-- x --><svg xmlns="x"/>', "svg"),
    ("a.xml", b'<?xml version="1.0"?><root/>', "xml"),
    ("a.txt", "正文".encode("gb18030"), "txt"),
    ("a.csv", b"a,b\r\n1,2\r\n", "csv"),
    ("照片.jpg", material.jpeg(40, 30), "jpeg"),
    ("照片.png", material.jpeg(40, 30), "jpeg"),
    ("照片.png", material.png(40, 30), "png"),
    ("照片.webp", material.webp(40, 30), "webp"),
    ("照片.gif", material.gif(), "gif"),
    ("照片.jpg", material.heic(), "heic"),
    ("照片.heic", _ftyp(b"mif1", b"mif1", b"heic"), "heic"),
    ("照片.heif", _ftyp(b"mif1", b"mif1"), "heif"),
    ("照片.avif", _ftyp(b"mif1", b"mif1", b"avif"), "avif"),
    ("扫描.pdf", material.pdf(), "pdf"),
    ("扫描.pdf", bytes(500) + material.pdf(), "pdf"),
    ("扫描.pdf", bytes(1024) + material.pdf(), "pdf"),
    ("扫描.pdf", bytes(1025) + material.pdf(), "unknown"),
    ("片.mp4", material.mp4(), "mp4"),
    ("片.mp4", material.mp4(layout="fragmented"), "mp4"),
    ("片.mp4", material.mov(), "mov"),
    ("片.mp4", _ftyp(b"XXXX", b"YYYY"), "mp4"),
    ("片.mp4", material.box(b"free", bytes(8)) + material.mp4(), "mp4"),
    ("片.mov", material.box(b"wide") + material.box(b"mdat", bytes(8)), "mov"),
    ("片.m4v", _ftyp(b"M4V ", b"mp42"), "mp4"),
    ("片.3gp", _ftyp(b"3gp5", b"isom"), "3gp"),
    ("声.m4a", _ftyp(b"M4A ", b"mp42"), "m4a"),
    ("片.mp4", material.avi(), "avi"),
    ("片.mkv", material.video(container="matroska"), "mkv"),
    ("片.mp4", material.video(container="asf"), "wmv"),
    ("片.flv", b"FLV\x01\x05" + bytes(20), "flv"),
    ("片.mpg", b"\0\0\x01\xba" + bytes(20), "mpeg"),
    ("声.wav", material.wav(), "wav"),
    ("声.mp3", material.mp3(), "mp3"),
    ("声.mp3", b"ID3\x03" + bytes(40), "mp3"),
    ("声.mp3", b"ID3\x03\0\0\0\0\0\x02xx" + material.mp3(), "mp3"),
    ("声.aac", b"ID3\x03\0\0\0\0\0\x02xx\xff\xf1\x50\x80", "aac"),
    ("旧表.xls", b"\x09\x04\x06\0" + bytes(20), "xls"),
    ("声.aac", b"\xff\xf1\x50\x80" + bytes(40), "aac"),
    ("声.amr", b"#!AMR\n" + bytes(20), "amr"),
    ("声.ogg", b"OggS" + bytes(20), "ogg"),
    ("声.flac", b"fLaC" + bytes(20), "flac"),
    ("a.rar", material.rar({"a.txt": b"x"}), "rar"),
    ("a.7z", b"7z\xbc\xaf\x27\x1c" + bytes(40), "7z"),
    ("a.gz", b"\x1f\x8b\x08" + bytes(20), "gz"),
    ("a.tar", _tar(), "tar"),
    ("a.tar", _old_tar(), "tar"),
    ("a.exe", material.exe(), "exe"),
    ("照片.jpg", _pe(), "exe"),
    ("a.dll", _pe(0x2000), "dll"),
    ("a.bin", b"\x7fELF" + bytes(20), "elf"),
    ("a", b"#!/bin/sh\n", "script"),
    ("a.bat", b"@echo off\r\n", "bat"),
    ("a.ps1", b"Get-Item x\r\n", "ps1"),
    ("a.vbs", b"MsgBox 1\r\n", "vbs"),
    ("a.js", b"alert(1)\r\n", "js"),
    ("a.hta", b"<html><script>x</script></html>", "script"),
    ("a.com", b"\xb4\x09\x00\xcd\x21", "com"),
    ("快捷方式.lnk", material.lnk(), "lnk"),
    ("空.docx", b"", "empty"),
    ("零.docx", bytes(4096), "unknown"),
    ("乱.docx", bytes(range(256)) * 9, "unknown"),
)


@pytest.mark.parametrize(("name", "data", "word"), CASES, ids=lambda c: str(c)[:24])
def test_a_file_is_what_its_bytes_are(tmp_path: Path, name: str, data: bytes, word: str) -> None:
    assert facts_of(tmp_path, name, data).format == word


PROGRAMS = {"exe", "dll", "elf", "script", "bat", "ps1", "vbs", "js", "com", "jar", "apk"}


@pytest.mark.parametrize(("name", "data", "word"), CASES, ids=lambda c: str(c)[:24])
def test_programs_and_scripts_are_marked_and_nothing_else(
    tmp_path: Path, name: str, data: bytes, word: str
) -> None:
    assert facts_of(tmp_path, name, data).executable == (word in PROGRAMS)


def test_a_word_file_cut_short_is_still_a_word_file(tmp_path: Path) -> None:
    facts = facts_of(tmp_path, "稿件.docx", material.truncated(material.docx("正文")))
    assert (facts.format, facts.damaged) == ("docx", "truncated")


def test_a_zip_that_only_holds_a_document_part_is_a_word_file_that_does_not_open(
    tmp_path: Path,
) -> None:
    facts = facts_of(tmp_path, "稿件.docx", material.zip_of({"word/document.xml": b"<x/>"}))
    assert (facts.format, facts.damaged) == ("docx", "unopenable")


def test_a_compound_file_cut_short_is_known_by_the_names_still_in_it(tmp_path: Path) -> None:
    whole = material.doc("正文" * 4000)
    facts = facts_of(tmp_path, "稿件.bin", whole[: len(whole) // 2])
    assert facts.format in {"doc", "ole"}
    assert facts.damaged == "unopenable"


def test_a_polyglot_is_what_its_first_bytes_are(tmp_path: Path) -> None:
    both = material.jpeg(40, 30) + material.zip_of({"a.exe": material.exe()})
    assert facts_of(tmp_path, "照片.jpg", both).format == "jpeg"


def test_a_zip_whose_names_lie_about_their_charset_is_still_a_zip(tmp_path: Path) -> None:
    data = bytearray(material.zip_of({"x.txt": b"x"}))
    for mark, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.find(mark) + at + 1] |= 0x08  # "these names are UTF-8"
    data = bytearray(bytes(data).replace(b"x.txt", b"\xff\xfe.tx"))
    assert facts_of(tmp_path, "a.zip", bytes(data)).format == "zip"


def test_libmagic_is_asked_what_no_structure_told(tmp_path: Path) -> None:
    facts = facts_of(tmp_path, "a.docx", material.docx("x"))
    assert facts.mime.startswith("application/")


def test_an_archive_with_backslashes_in_its_names_is_word_all_the_same(tmp_path: Path) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, data in (
            ("[Content_Types].xml", f"<Types>application/vnd.{WORD}ml.document.main+xml"),
            ("word\\document.xml", "<x/>"),
        ):
            entry = zipfile.ZipInfo()
            entry.filename = name
            archive.writestr(entry, data)
    assert facts_of(tmp_path, "a.docx", out.getvalue()).format == "docx"
