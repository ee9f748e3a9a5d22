"""What is read of a ZIP without the standard library is what that would have read."""

import io
import zipfile
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import IO, TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from daemon.inspection.members import Members
from daemon.inspection.zipped import BROKEN

if TYPE_CHECKING:
    from _typeshed import ReadableBuffer

PARTS = {
    "[Content_Types].xml": b"<Types/>" * 90,
    "word/document.xml": "正文，".encode() * 300,
    "empty": b"",
}


class _Pipe(io.RawIOBase):
    """A stream of unknown length: sizes follow the members."""

    def __init__(self) -> None:
        self.written = bytearray()

    def writable(self) -> bool:
        return True

    def write(self, data: "ReadableBuffer") -> int:
        self.written += data
        return memoryview(data).nbytes


def zipped(parts: dict[str, bytes] | None = None, method: int = zipfile.ZIP_DEFLATED) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", method) as archive:
        for name, data in (parts or PARTS).items():
            archive.writestr(name, data)
    return target.getvalue()


def streamed() -> bytes:
    target = _Pipe()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in PARTS.items():
            archive.writestr(name, data)
    return bytes(target.written)


def _written(folder: Path, data: bytes | bytearray) -> Path:
    path = folder / "members.zip"
    path.write_bytes(data)
    return path


def _plainly(path: Path) -> object:
    """Names, and of each member its size, whether it is locked, and its bytes or what fails."""
    with path.open("rb") as file:
        try:
            archive = zipfile.ZipFile(file)
        except BROKEN as error:
            return type(error)

        def told(name: str) -> object:
            member = archive.getinfo(name)
            locked = bool(member.flag_bits & 1)
            return name, member.file_size, locked, _tried(lambda: archive.open(name))

        return [told(name) for name in archive.namelist()]


def _quickly(path: Path) -> object:
    with path.open("rb") as file:
        try:
            members = Members(file)
        except BROKEN as error:
            return type(error)

        def told(name: str) -> object:
            locked = members.locked(name)
            return name, members.size(name), locked, _tried(lambda: members.open(name))

        return [told(name) for name in members.names]


def _tried(begin: Callable[[], IO[bytes]]) -> object:
    try:
        with begin() as stream:
            return stream.read()
    except (RuntimeError, *BROKEN) as error:  # RuntimeError: it needs a password
        return type(error)


def _usual(path: Path) -> bool:
    """Has the standard library nothing to do?"""
    with path.open("rb") as file:
        members = Members(file)
        told = [_tried(partial(members.open, name)) for name in members.names]
        return "_archive" not in vars(members) and bool(told)


@pytest.mark.parametrize(
    "data", [zipped(), zipped(method=zipfile.ZIP_STORED), streamed()], ids=["", "stored", "stream"]
)
def test_what_nearly_every_program_writes_is_usual(tmp_path: Path, data: bytes) -> None:
    path = _written(tmp_path, data)
    assert _usual(path)
    assert _quickly(path) == _plainly(path)


def _with_comment() -> bytes:
    target = io.BytesIO(zipped())
    with zipfile.ZipFile(target, "a") as archive:
        archive.comment = b"by hand"
    return target.getvalue()


def _twice() -> bytes:
    target = io.BytesIO(zipped())
    with zipfile.ZipFile(target, "a") as archive, pytest.warns(UserWarning, match="Duplicate"):
        archive.writestr("empty", b"no more")
    return target.getvalue()


def _extra() -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        member = zipfile.ZipInfo("a.txt")
        member.extra = b"\x01\x00\x00\x00"
        archive.writestr(member, b"a")
    return target.getvalue()


def _changed(mark: bytes, at: int, value: bytes) -> bytes:
    """The first record with that mark, changed at a place of it."""
    data = bytearray(zipped())
    begin = data.index(mark) + at
    data[begin : begin + len(value)] = value
    return bytes(data)


ODD = {
    "comment": _with_comment(),
    "the same name twice": _twice(),
    "extra fields": _extra(),
    "a Chinese name": zipped({"图.xml": b"x"}),
    "something before it": b"MZ" + zipped(),
    "something behind it": zipped() + b"\n",
    "cut": zipped()[:-30],
    "many": zipped({f"{n}.xml": b"x" for n in range(300)}),
    "large": zipped({"a": bytes(3 << 20)}),
    "bzip2": zipped(method=zipfile.ZIP_BZIP2),
    "locked": _changed(b"PK\x01\x02", 8, b"\x01"),
    "patched": _changed(b"PK\x01\x02", 8, b"\x20"),
    "of another method": _changed(b"PK\x01\x02", 10, b"\x63"),
    "stored, it says": _changed(b"PK\x01\x02", 10, b"\x00"),
    "of a future version": _changed(b"PK\x01\x02", 6, b"\x7f"),
    "wrong checksum": _changed(b"PK\x01\x02", 16, b"\x00\x00\x00\x00"),
    "packed longer": _changed(b"PK\x01\x02", 20, b"\xff\xff"),
    "packed shorter": _changed(b"PK\x01\x02", 20, b"\x05"),
    "smaller than it is": _changed(b"PK\x01\x02", 24, b"\x05"),
    "larger than it is": _changed(b"PK\x01\x02", 24, b"\xff\xff"),
    "elsewhere": _changed(b"PK\x01\x02", 42, b"\x07"),
    "far elsewhere": _changed(b"PK\x01\x02", 42, b"\xff\xff\xff\xff"),
    "no member there": _changed(b"PK\x03\x04", 0, b"PK\x03\x05"),
    "another name there": _changed(b"PK\x03\x04", 31, b"c"),
    "a NUL in its name": _changed(b"PK\x01\x02", 50, b"\x00"),
    "a longer directory": _changed(b"PK\x05\x06", 12, b"\xff"),
    "a directory elsewhere": _changed(b"PK\x05\x06", 16, b"\x01"),
    "nothing": b"",
    "empty": b"PK\x05\x06" + bytes(18),
}


@pytest.mark.parametrize("data", ODD.values(), ids=ODD.keys())
def test_an_odd_one_is_the_standard_librarys(tmp_path: Path, data: bytes) -> None:
    path = _written(tmp_path, data)
    assert _quickly(path) == _plainly(path)


def test_members_that_overlap_are_the_standard_librarys(tmp_path: Path) -> None:
    """Many that share their bytes are how a small archive unpacks to a large one."""
    data = bytearray(zipped({"a": b"x" * 99, "b": b"x" * 99}))
    second = data.rindex(b"PK\x01\x02") + 42
    data[second : second + 4] = bytes(4)
    path = _written(tmp_path, data)
    assert not _usual(path)
    assert _quickly(path) == _plainly(path)


@given(st.data(), st.sampled_from([zipped(), streamed(), zipped(method=zipfile.ZIP_STORED)]))
def test_whatever_is_changed_both_say_the_same(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject, whole: bytes
) -> None:
    changed = bytearray(whole)
    places = st.integers(0, len(whole) - 1) | st.integers(
        whole.index(b"PK\x01\x02"), len(whole) - 1
    )
    for _ in range(data.draw(st.integers(1, 3))):
        changed[data.draw(places)] = data.draw(st.sampled_from([0, 1, 8, 0x20, 0x50, 0x7F, 0xFF]))
    path = _written(tmp_path_factory.getbasetemp(), changed)
    assert _quickly(path) == _plainly(path)
