"""winmail.dat, whole and hostile."""

import struct
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from daemon.mime.limits import Excess, Limits
from daemon.mime.source import Source
from daemon.mime.tnef import read
from tests.daemon.mime.raw import file, mail, opened, text
from tests.daemon.mime.tnefs import (
    GUID,
    LONG_NAME,
    OBJECT,
    SHORT_NAME,
    attribute,
    properties,
    property_,
    winmail,
    wrapped,
)

NAME = "农学院+战疫故事汇.docx"
LONG = property_(LONG_NAME, 0x1F, NAME.encode("utf-16-le") + b"\x00\x00")


def unwrapped(raw: bytes, folder: Path, limits: Limits | None = None) -> list[tuple[str, bytes]]:
    path = folder / "winmail.dat"
    path.write_bytes(raw)
    with Source(path, limits or Limits()) as source:
        found = list(read(source))
        return [(w.name, b"".join(source.blocks(w.data))) for w in found]


def test_files_come_with_their_long_names(tmp_path: Path) -> None:
    raw = winmail(wrapped(b"NXY~1.DOC", b"one", LONG), wrapped(b"b.jpg", b"two"))
    assert unwrapped(raw, tmp_path) == [(NAME, b"one"), ("b.jpg", b"two")]


def test_a_short_name_is_read_in_the_files_own_codepage(tmp_path: Path) -> None:
    title = "报告.doc".encode("gbk")
    assert unwrapped(winmail(wrapped(title, b"x")), tmp_path) == [("报告.doc", b"x")]


def test_properties_of_every_kind_are_passed_over(tmp_path: Path) -> None:
    fixed = struct.pack("<HHI", 0x3, 0x0E21, 7) + struct.pack("<HHQ", 0x40, 0x3007, 9)
    many = struct.pack("<HHIII", 0x1003, 0x6001, 2, 1, 2)
    named = struct.pack("<HH", 0x1E, 0x8000) + bytes(16) + struct.pack("<I", 1) + padded_name()
    named += struct.pack("<I", 1) + padded(b"abc")
    short = property_(SHORT_NAME, 0x1E, b"short.doc\x00")
    raw = winmail(wrapped(b"", b"x", fixed, many, named, short))
    assert unwrapped(raw, tmp_path) == [("short.doc", b"x")]


def padded(data: bytes) -> bytes:
    return struct.pack("<I", len(data)) + data + bytes(-len(data) % 4)


def padded_name() -> bytes:
    return padded("label".encode("utf-16-le"))


@pytest.mark.parametrize(("value", "data"), [(GUID + b"\xd0\xcf", b"\xd0\xcf"), (b"%PDF", b"%PDF")])
def test_an_embedded_object_is_the_data_when_there_is_no_other(
    value: bytes, data: bytes, tmp_path: Path
) -> None:
    raw = winmail(wrapped(b"a", b"", property_(OBJECT, 0x102, value)))
    assert unwrapped(raw, tmp_path) == [("a", data)]


def test_a_broken_attribute_ends_the_reading(tmp_path: Path) -> None:
    raw = winmail(wrapped(b"a.doc", b"one"), b"\x02\x0f\x80\x06\x00\xff\xff\xff\xff")
    assert unwrapped(raw, tmp_path) == [("a.doc", b"one")]


def test_a_count_of_four_billion_costs_nothing(tmp_path: Path) -> None:
    # tnefparse loops as often as these bytes say.
    block = struct.pack("<IHHI", 0xFFFFFFFF, 0x1003, 0x6001, 0xFFFFFFFF)
    raw = winmail(wrapped(b"a.doc", b"x") + attribute(2, 0x9005, block))
    assert unwrapped(raw, tmp_path) == [("a.doc", b"x")]


def test_the_limits_of_attributes_and_properties(tmp_path: Path) -> None:
    with pytest.raises(Excess, match="过多"):
        unwrapped(winmail(*[attribute(1, 1, b"")] * 30), tmp_path, Limits(parts=1))
    with pytest.raises(Excess, match="过大"):
        unwrapped(winmail(wrapped(b"a", b"x", LONG)), tmp_path, Limits(properties=20))


def test_what_is_no_tnef_holds_nothing(tmp_path: Path) -> None:
    assert unwrapped(b"PK\x03\x04" * 10, tmp_path) == []


def test_a_winmail_dat_in_a_mail_is_opened(tmp_path: Path) -> None:
    raw = winmail(wrapped(b"short.doc", b"data", LONG))
    kind = "application/ms-tnef"
    found = opened(mail(parts=[text("x"), file("winmail.dat", raw, kind)]), tmp_path)
    assert [(f.name, f.path, f.ignored) for f in found.files] == [
        ("winmail.dat", (), "opened"),
        (NAME, ("winmail.dat",), ""),
    ]
    assert found.files[1].disk.read_bytes() == b"data"


@pytest.mark.parametrize(
    ("name", "kind"),
    [("数据.dat", "application/octet-stream"), ("稿件.docx", "application/ms-tnef")],
)
def test_a_file_that_is_no_tnef_stays_a_file(name: str, kind: str, tmp_path: Path) -> None:
    [found] = opened(mail(parts=[text("x"), file(name, b"other", kind)]), tmp_path).files
    assert (found.name, found.ignored, found.undecodable) == (name, "", "")


WHOLE = winmail(wrapped(b"a.doc", b"one"), wrapped(b"b.doc", b"two" * 99))


@pytest.mark.parametrize(
    ("raw", "inside"),
    [
        (WHOLE[:-100], ["a.doc"]),
        (WHOLE[: WHOLE.index(b"one")], []),
        (WHOLE + b"\x02\x0f\x80\x06\x00\xff\xff\xff\xff", ["a.doc", "b.doc"]),
        (b"no TNEF at all" * 9, []),
        (b"", []),
    ],
)
def test_a_winmail_dat_that_is_not_whole_is_a_file_that_the_transfer_has_spoilt(
    raw: bytes, inside: list[str], tmp_path: Path
) -> None:
    box, *rest = opened(mail(parts=[text("x"), file("winmail.dat", raw)]), tmp_path).files
    assert (box.ignored, bool(box.undecodable)) == ("", True)
    assert [(f.name, f.undecodable) for f in rest] == [(name, "") for name in inside]


@pytest.mark.parametrize("behind", [b"", b"\r\n", bytes(400)])
def test_what_stands_behind_a_whole_winmail_dat_does_no_harm(behind: bytes, tmp_path: Path) -> None:
    found = opened(mail(parts=[text("x"), file("winmail.dat", WHOLE + behind)]), tmp_path).files
    assert [(f.name, f.ignored, f.undecodable) for f in found] == [
        ("winmail.dat", "opened", ""),
        ("a.doc", "", ""),
        ("b.doc", "", ""),
    ]


@given(st.binary(max_size=300), st.integers(0, 200))
def test_no_bytes_make_it_raise(
    tmp_path_factory: pytest.TempPathFactory, noise: bytes, cut: int
) -> None:
    whole = winmail(wrapped(b"a.doc", b"x", LONG))
    raw = whole[:cut] + noise + whole[cut + len(noise) :]
    assert isinstance(unwrapped(raw, tmp_path_factory.mktemp("tnef")), list)


def test_an_empty_property_block_is_read(tmp_path: Path) -> None:
    raw = winmail(wrapped(b"a.doc", b"x") + attribute(2, 0x9005, properties()))
    assert unwrapped(raw, tmp_path) == [("a.doc", b"x")]
