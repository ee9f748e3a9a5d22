"""A long body in base64 is read once, and to the same end as one whose end is known."""

from base64 import b64encode, encodebytes
from pathlib import Path
from unittest import mock

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from daemon.mime import content
from daemon.mime.limits import Limits
from daemon.mime.source import Flow, Source
from daemon.mime.split import split

SMALL = Limits(block=61)
MARK = b"=_-mark"
BASE64 = b"Content-Type: application/x-thing; name=a\r\nContent-Transfer-Encoding: base64\r\n\r\n"
PLAIN = b"Content-Type: application/x-thing; name=b\r\nContent-Transfer-Encoding: binary\r\n\r\n"


def _mail(*parts: bytes, last: bytes = b"--") -> bytes:
    head = b'Content-Type: multipart/mixed; boundary="' + MARK + b'"\r\n\r\n'
    return head + b"".join(b"\r\n--" + MARK + b"\r\n" + p for p in parts) + b"\r\n--" + MARK + last


def _opened(folder: Path, raw: bytes, limits: Limits) -> object:
    """All that was found, each file with its bytes."""
    path = folder / "flow.eml"
    path.write_bytes(raw)
    found = content.read(path, folder, limits=limits)
    files = [(f.name, f.saved, f.saved.disk.read_bytes()) for f in found.stored]
    with Source(path, limits) as source:
        spans = [(p.number, p.body.start, p.body.end) for p in split(source)]
    return files, [b.text for b in found.bodies], found.unreadable, spans


def _standing(folder: Path, raw: bytes, limits: Limits) -> object:
    """The same, each end found before its body is read."""
    with mock.patch("daemon.mime.split._flow", return_value=None):
        return _opened(folder, raw, limits)


def _flows(folder: Path, raw: bytes) -> list[bool]:
    (folder / "flow.eml").write_bytes(raw)
    with Source(folder / "flow.eml", SMALL) as source:
        return [isinstance(part.body, Flow) for part in split(source)]


LINES = encodebytes(bytes(range(256))).replace(b"\n", b"\r\n")


@pytest.mark.parametrize(
    "raw",
    [
        _mail(BASE64 + LINES, BASE64 + LINES),
        _mail(BASE64 + LINES, last=b""),
        _mail(BASE64 + LINES)[:-20],
        BASE64 + LINES,
        _mail(BASE64 + LINES + b"\r\n-- \r\na list's footer\r\n" * 9, BASE64 + LINES),
        _mail(BASE64 + b"no-base64, but prose\r\n" * 20, PLAIN + LINES),
        _mail(BASE64 + b"no base64, but prose\r\n" * 20, PLAIN + LINES),
        _mail(BASE64 + b64encode(bytes(500)), BASE64 + LINES),
    ],
    ids=["two", "unclosed", "cut", "alone", "footer", "prose with a dash", "prose", "one line"],
)
def test_a_flow_ends_where_its_boundary_stands(tmp_path: Path, raw: bytes) -> None:
    assert _flows(tmp_path, raw)[0]
    assert _opened(tmp_path, raw, SMALL) == _standing(tmp_path, raw, SMALL)


def test_only_a_long_body_in_base64_flows(tmp_path: Path) -> None:
    assert _flows(tmp_path, _mail(PLAIN + LINES, BASE64 + LINES, BASE64 + b"AAAA")) == [
        False,
        True,
        False,
    ]


_PIECES = st.sampled_from([
    b"\r\n", b"\n", b"\r", b"-", b"--", b"\n--", MARK, b"\r\n--" + MARK, b"\xff", b" ", BASE64,
    b"\r\n--" + MARK + b"--\r\n", b"QUJD" * 19 + b"\r\n", b"QUJD" * 15 + b"\n", b"QUI=\r\n",
    b"QUJD", PLAIN,
])  # fmt: skip


@given(st.lists(_PIECES, max_size=30), st.integers(40, 90))
@example([b"QUJD" * 19 + b"\r\n"] * 3 + [b"\r\n--" + MARK + b"\r\n", BASE64], 78)
def test_blocks_of_any_length_lead_to_the_same(
    tmp_path_factory: pytest.TempPathFactory, pieces: list[bytes], block: int
) -> None:
    folder, raw = tmp_path_factory.getbasetemp(), _mail(BASE64 + b"".join(pieces))
    limits = Limits(block=block)
    assert _opened(folder, raw, limits) == _standing(folder, raw, limits)
