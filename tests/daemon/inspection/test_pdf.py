"""A PDF: does it open, for whom, how many pages, and is there text."""

import io
import zlib
from pathlib import Path

import pytest
from pypdf import PdfReader, PdfWriter
from pypdf.generic import DecodedStreamObject, NameObject

from daemon.inspection import aes, password
from tests import material
from tests.daemon.inspection.files import facts_of


def test_a_written_document_has_pages_and_text(tmp_path: Path) -> None:
    facts = facts_of(tmp_path, "稿件.pdf", material.pdf(pages=3))
    assert (facts.pages, facts.text_layer, facts.damaged, facts.encrypted) == (3, True, "", False)


def test_a_scan_has_pages_and_no_text_and_that_is_no_damage(tmp_path: Path) -> None:
    facts = facts_of(tmp_path, "推荐表.pdf", material.scan_pdf(pages=2))
    assert (facts.pages, facts.text_layer, facts.damaged) == (2, False, "")


def test_a_document_that_wants_a_password_is_encrypted(tmp_path: Path) -> None:
    facts = facts_of(tmp_path, "推荐表.pdf", material.locked_pdf())
    assert (facts.encrypted, facts.damaged) == (True, "")


def test_a_document_that_only_forbids_printing_is_not(tmp_path: Path) -> None:
    facts = facts_of(tmp_path, "推荐表.pdf", material.locked_pdf(owner_only=True))
    assert (facts.encrypted, facts.pages, facts.damaged) == (False, 1, "")


def test_a_document_cut_short_is_damaged(tmp_path: Path) -> None:
    facts = facts_of(tmp_path, "推荐表.pdf", material.truncated(material.pdf()))
    assert facts.damaged == "unopenable"


@pytest.mark.parametrize("junk", [b"\xef\xbb\xbf", b"\r\n" * 40, bytes(900)])
def test_junk_before_the_head_is_no_damage(tmp_path: Path, junk: bytes) -> None:
    facts = facts_of(tmp_path, "推荐表.pdf", junk + material.pdf())
    assert (facts.format, facts.pages, facts.damaged) == ("pdf", 1, "")


def test_the_lines_of_a_form_are_rows_of_label_and_value(tmp_path: Path) -> None:
    facts = facts_of(tmp_path, "form.pdf", material.pdf("Name   Zhang San"))
    assert facts.tables == ((("Name", "Zhang San, page 1"),),)


def _bomb(size: int) -> bytes:
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(material.pdf())))
    stream = DecodedStreamObject()
    stream.set_data(zlib.compress(zlib.compress(bytes(size), 9), 9))
    stream[NameObject("/Filter")] = NameObject("/FlateDecode")
    writer.pages[0][NameObject("/Contents")] = writer._add_object(stream)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def test_a_page_that_expands_without_end_costs_only_its_text(tmp_path: Path) -> None:
    facts = facts_of(tmp_path, "炸弹.pdf", _bomb(100 << 20))
    assert (facts.pages, facts.damaged) == (1, "")


def test_the_block_cipher_gives_the_published_answer() -> None:
    """NIST SP 800-38A, F.2.1."""
    key = bytes.fromhex("2b7e151628aed2a6abf7158809cf4f3c")
    plain = bytes.fromhex("6bc1bee22e409f96e93d7e117393172aae2d8a571e03ac9c9eb76fac45af8e51")
    secret = "7649abac8119b246cee98e9b12e9197d5086cb9b507219ee95db113a917678b2"
    assert aes.encrypt(plain, key=key, vector=bytes(range(16))).hex() == secret


# The /U entries of four blank documents, written with an empty password and with another one.
OPEN_6 = (
    "bd6d514de1598225e81bae67ecc35b93f2c1709d2071f3c4"
    "f5ac7c5145eff7fe38376af4158abf023bb4a37bb2a4ae86"
)
LOCKED_6 = (
    "f1b7f555222237e9a2e363394d321ad62ee24e761d7f87f7"
    "5b6946bbe8f362756438c5797289fd19d98bb4eb352350ef"
)
OPEN_5 = (
    "2b2652e3293e3fecf9a21c33b7db2a5abf77328c097da15a"
    "ef360652d97ddcf223b59fdd3f55d6b499bd1f613163bbf1"
)
LOCKED_5 = (
    "8a380d96fcffc7e4432a570324c436e8d0a5576666352a45"
    "c0b467b26beec76ce4044d5d07441b00e34e9875039f26a4"
)


@pytest.mark.parametrize(
    ("revision", "stored", "fits"),
    [(6, OPEN_6, True), (6, LOCKED_6, False), (5, OPEN_5, True), (5, LOCKED_5, False)],
)
def test_the_empty_password_is_tried_on_documents_under_aes_256(
    revision: int, stored: str, *, fits: bool
) -> None:
    encryption = {"/R": revision, "/U": bytes.fromhex(stored), "/StmF": "/StdCF"}
    assert password.is_empty(encryption) is fits


def test_a_document_with_locked_attachments_only_opens() -> None:
    assert password.is_empty({"/R": 6, "/U": bytes.fromhex(LOCKED_6)})
