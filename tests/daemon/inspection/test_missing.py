"""A reader that is not on this machine is the world's fault: the program starts all the same."""

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

import pytest
from hypothesis import given
from hypothesis import strategies as st

from daemon.inspection import Inspector, sieve
from tests import material
from tests.daemon.inspection.files import written


def _anew(module: ModuleType) -> ModuleType:
    """The same module, imported once more under another name."""
    assert module.__file__ is not None
    spec = importlib.util.spec_from_file_location("anew", module.__file__)
    assert spec is not None
    assert spec.loader is not None
    again = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(again)
    return again


def test_without_libmagic_there_is_no_second_opinion(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "magic", None)
    with written(tmp_path, "a.pdf", material.pdf()).disk.open("rb") as file:
        assert _anew(sieve).opinion(file, b"%PDF-") == ""


def test_with_libmagic_there_is_one(tmp_path: Path) -> None:
    pytest.importorskip("magic")
    with written(tmp_path, "a.pdf", material.pdf()).disk.open("rb") as file:
        assert sieve.opinion(file, b"%PDF-") == "application/pdf"
        assert file.tell() == 0


_BEGUN = [
    b"PK\x03\x04\x14\0\0\0\x08\0", b"\xff\xd8\xff\xe0\0\x10JFIF\0", b"\0\0\0\x20ftypisom\0\0\0\0",
    b"%PDF-1.4\n", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"\x7fELF\x02\x01\x01", b"MZ\x90\0",
    b"RIFF\0\0\0\0WAVE",
    b"\xff\xfe", b"\xfe\xff", b"\xff\xfe\0\0", b"\0\0\xfe\xff", b"\xef\xbb\xbf", b"GIF89a", b"",
]  # fmt: skip
_FOLLOWING = [
    b"\0\0\0", b"\0\0\0\0\0", b"\0", "正文。\n".encode(), b"a,b\r\n1,2\r\n", b"{}",
    b"<?xml version='1.0'?>", "正文".encode("utf-16-le"), "text".encode("utf-32-be"),
    b"\x40\xc1\x25", b"#!/bin/sh\n", b"\xd5\xc5",
]  # fmt: skip


@given(st.sampled_from(_BEGUN), st.lists(st.sampled_from(_FOLLOWING), max_size=9))
def test_who_is_not_asked_for_an_encoding_has_the_same_opinion(
    tmp_path_factory: pytest.TempPathFactory, begun: bytes, following: list[bytes]
) -> None:
    magic = pytest.importorskip("magic")
    path = tmp_path_factory.getbasetemp() / "begun"
    path.write_bytes(b"".join([begun, *following, b" "]))
    with path.open("rb") as file:
        told = sieve.opinion(file, path.read_bytes())
        assert told == magic.Magic(mime=True).from_descriptor(file.fileno())


@pytest.mark.parametrize("begun", [*_BEGUN, b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR"])
def test_of_a_large_file_the_opinion_is_the_same(tmp_path: Path, begun: bytes) -> None:
    magic = pytest.importorskip("magic")
    path = tmp_path / "large"
    path.write_bytes(begun + b"0123456789abcdef\n" * 50_000 + bytes(100_000))
    with path.open("rb") as file:
        for _ in range(2):  # what it was told of the one before does not last
            told = sieve.opinion(file, path.read_bytes()[: 64 << 10])
        assert told == magic.Magic(mime=True).from_descriptor(file.fileno())


def test_without_libarchive_a_rar_waits_for_a_reader(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LIBARCHIVE", "libthere-is-none.so.1")
    files = [
        written(tmp_path, "a.rar", material.rar({"a.txt": b"x"})),
        written(tmp_path, "a.zip", material.zip_of({"a.txt": b"x"})),
        written(tmp_path, "b.zip", material.truncated(material.zip_of({"a.txt": b"x" * 99}))),
    ]
    with Inspector(workers=1) as inspector:
        found = inspector.inspect(files, tmp_path)
    facts = {e.attachment.name: e.attachment.facts for e in found}
    assert (facts["a.rar"].unknown, facts["a.rar"].damaged) == ("reader-missing", "")
    assert (facts["a.zip"].unknown, facts["a.zip"].entries) == ("", 1)
    assert (facts["b.zip"].unknown, facts["b.zip"].damaged) == ("", "unopenable")
