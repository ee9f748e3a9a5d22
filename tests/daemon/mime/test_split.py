"""Where the parts are, whatever the boundaries do."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from daemon.mime.limits import Excess, Limits
from daemon.mime.source import Source
from daemon.mime.split import split
from tests.daemon.mime.raw import mail, mixed, part, text


def bodies(raw: bytes, folder: Path, limits: Limits | None = None) -> list[bytes]:
    path = folder / "mail.eml"
    path.write_bytes(raw)
    with Source(path, limits or Limits()) as source:
        return [source.read(p.body.start, p.body.end - p.body.start) for p in split(source)]


def nested(depth: int) -> bytes:
    inner = text("deep")
    for n in range(depth):
        mark = f"m{n}"
        inner = part(
            f"Content-Type: multipart/mixed; boundary={mark}", body=mixed(inner, mark=mark.encode())
        )
    return inner


def test_the_parts_of_a_multipart_come_in_order(tmp_path: Path) -> None:
    raw = mail(parts=[text("one"), text("two\r\n"), part("X: y")])
    assert bodies(raw, tmp_path) == [b"one", b"two\r\n", b""]


def test_a_mail_without_parts_is_one_part(tmp_path: Path) -> None:
    assert bodies(b"Subject: x\r\n\r\nbody\r\n", tmp_path) == [b"body\r\n"]


def test_a_missing_last_boundary_loses_nothing(tmp_path: Path) -> None:
    head = "Content-Type: multipart/mixed; boundary=b1"
    raw = part(head, body=mixed(text("one"), text("two"), last=False))
    assert bodies(raw, tmp_path) == [b"one", b"two\r\n"]


def test_an_inner_multipart_without_its_last_boundary_ends_at_the_outer_one(tmp_path: Path) -> None:
    inner = part(
        "Content-Type: multipart/alternative; boundary=b2",
        body=mixed(text("plain"), mark=b"b2", last=False),
    )
    assert bodies(mail(parts=[inner, text("next")]), tmp_path) == [b"plain\r\n", b"next"]


def test_parts_behind_the_last_boundary_are_still_parts(tmp_path: Path) -> None:
    raw = mail(parts=[text("one")]) + b"--b1\r\n" + text("late") + b"\r\n--b1--\r\n"
    assert bodies(raw, tmp_path) == [b"one", b"late"]


def test_preamble_and_epilogue_are_no_parts(tmp_path: Path) -> None:
    head = "Content-Type: multipart/mixed; boundary=b1"
    raw = part(head, body=b"preamble\r\n" + mixed(text("one")) + b"epilogue\r\n")
    assert bodies(raw, tmp_path) == [b"one"]


def test_a_longer_boundary_is_another_boundary(tmp_path: Path) -> None:
    inner = part("Content-Type: multipart/mixed; boundary=b11", body=mixed(text("in"), mark=b"b11"))
    assert bodies(mail(parts=[inner, text("out")]), tmp_path) == [b"in", b"out"]


def test_the_same_boundary_inside_and_outside_still_yields_every_part(tmp_path: Path) -> None:
    inner = part("Content-Type: multipart/mixed; boundary=b1", body=mixed(text("in")))
    assert bodies(mail(parts=[inner, text("out")]), tmp_path) == [b"in", b"out"]


@pytest.mark.parametrize("head", ["multipart/mixed", "multipart/mixed; boundary=wrong"])
def test_a_boundary_that_is_missing_or_wrong_is_found_in_the_body(
    head: str, tmp_path: Path
) -> None:
    raw = part(f"Content-Type: {head}", body=mixed(text("one"), text("two")))
    assert bodies(raw, tmp_path) == [b"one", b"two"]


def test_a_multipart_without_any_boundary_is_one_part(tmp_path: Path) -> None:
    raw = part("Content-Type: multipart/mixed; boundary=b1", body=b"just text")
    assert bodies(raw, tmp_path) == [b"just text"]


@pytest.mark.parametrize("end", [b"\n", b"\r\n"])
def test_line_ends_may_be_bare(end: bytes, tmp_path: Path) -> None:
    raw = mail(parts=[text("one"), text("two")]).replace(b"\r\n", end)
    assert bodies(raw, tmp_path) == [b"one", b"two"]


def test_blanks_behind_a_boundary_are_allowed(tmp_path: Path) -> None:
    raw = mail(parts=[text("one"), text("two")]).replace(b"--b1\r\n", b"--b1 \t\r\n")
    assert bodies(raw, tmp_path) == [b"one", b"two"]


@pytest.mark.parametrize(("count", "held"), [(9, False), (10, True)])
def test_the_limit_of_parts(count: int, held: bool, tmp_path: Path) -> None:
    # The multipart itself is one of the ten.
    raw = mail(parts=[text("x")] * count)
    if not held:
        assert len(bodies(raw, tmp_path, Limits(parts=10))) == count
    else:
        with pytest.raises(Excess, match="10 个部分"):
            bodies(raw, tmp_path, Limits(parts=10))


@pytest.mark.parametrize(("depth", "held"), [(5, False), (6, True)])
def test_the_limit_of_depth(depth: int, held: bool, tmp_path: Path) -> None:
    if not held:
        assert bodies(nested(depth), tmp_path, Limits(depth=5)) == [b"deep"]
    else:
        with pytest.raises(Excess, match="5 层"):
            bodies(nested(depth), tmp_path, Limits(depth=5))


@pytest.mark.parametrize(("size", "held"), [(4096, False), (4097, True)])
def test_the_limit_of_a_header(size: int, held: bool, tmp_path: Path) -> None:
    raw = b"X: " + b"a" * (size - 5) + b"\r\n" + b"\r\nbody" + b"." * 9000
    limits = Limits(header=4096)
    if not held:
        assert bodies(raw, tmp_path, limits) == [b"body" + b"." * 9000]
    else:
        with pytest.raises(Excess, match="信头"):
            bodies(raw, tmp_path, limits)


def test_the_limit_of_closing_boundaries(tmp_path: Path) -> None:
    raw = mail(parts=[text("x")]) + b"--b1--\r\n" * 11
    with pytest.raises(Excess, match="分隔行"):
        bodies(raw, tmp_path, Limits(parts=10))


_SAMPLES = (
    *b"--b1 --b2 --b1-- --b2-- --b11 text X:y \xff".split(),
    *(b"", b" fold", b"-" * 90, b"Content-Type: text/plain"),
    b"Content-Type: multipart/mixed; boundary=b2",
)
_LINES = st.lists(st.sampled_from(_SAMPLES), max_size=25)


@given(_LINES, st.sampled_from([b"\n", b"\r\n"]), st.integers(1, 60))
def test_blocks_of_any_size_find_the_same_parts(
    tmp_path_factory: pytest.TempPathFactory, lines: list[bytes], end: bytes, block: int
) -> None:
    folder = tmp_path_factory.mktemp("split")
    raw = part("Content-Type: multipart/mixed; boundary=b1", body=end.join(lines))
    assert bodies(raw, folder, Limits(block=block)) == bodies(raw, folder)


@given(st.lists(st.binary(max_size=200), min_size=1, max_size=8))
def test_what_was_joined_is_split_again(
    tmp_path_factory: pytest.TempPathFactory, contents: list[bytes]
) -> None:
    mark = b"=_never-in-the-data-%d" % len(contents)
    raw = part(
        b"Content-Type: multipart/mixed; boundary=" + b'"' + mark + b'"',
        body=mixed(*(b"X: y\r\n\r\n" + c for c in contents), mark=mark),
    )
    assert bodies(raw, tmp_path_factory.mktemp("split")) == contents
