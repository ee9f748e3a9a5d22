"""How long a film is, and whether all of it is there."""

import struct
from pathlib import Path

import pytest

from daemon.inspection import film
from tests import material
from tests.daemon.inspection.files import facts_of, written
from tests.material import box

HALF_HOUR = 30 * 60


def _duration(folder: Path, data: bytes, name: str = "微党课.mp4") -> int | None:
    return facts_of(folder, name, data).duration_ms


def mvhd(duration: int, *, scale: int = 1000, wide: bool = False) -> bytes:
    if wide:
        return box(b"mvhd", b"\x01" + bytes(19), struct.pack(">IQ", scale, duration), bytes(80))
    return box(b"mvhd", bytes(12), struct.pack(">II", scale, duration), bytes(80))


def track(
    kind: bytes = b"vide",
    *,
    samples: int = 0,
    said: int = 0,
    scale: int = 1000,
    edit: int | None = None,
) -> bytes:
    """A track that says `said` and has one run of samples of one second, in units of `scale`."""
    table = box(b"stts", bytes(4), struct.pack(">III", 1, samples, scale))
    stsd = box(b"stsd", bytes(4), struct.pack(">I", 1), box(b"avc1", bytes(78)))
    edits = b"" if edit is None else box(b"elst", bytes(4), struct.pack(">IIiI", 1, edit, 0, 65536))
    return box(
        b"trak",
        box(b"edts", edits) if edits else b"",
        box(
            b"mdia",
            box(b"mdhd", bytes(12), struct.pack(">II", scale, said), bytes(4)),
            box(b"hdlr", bytes(8), kind, bytes(12)),
            box(b"minf", box(b"stbl", stsd, table)),
        ),
    )


def movie(*inside: bytes) -> bytes:
    head = box(b"ftyp", b"isom", bytes(4), b"isom", b"mp42")
    return head + box(b"mdat", bytes(64)) + box(b"moov", *inside)


def walked(folder: Path, data: bytes) -> film.Film:
    return film.read(written(folder, "a.mp4", data).disk)


@pytest.mark.parametrize("layout", ["plain", "faststart", "fragmented"])
def test_a_film_is_as_long_as_it_is_wherever_its_index_stands(tmp_path: Path, layout: str) -> None:
    data = material.mp4(90, layout="plain")
    match layout:
        case "faststart":
            data = material.mp4(90, layout="faststart")
        case "fragmented":
            data = material.mp4(90, layout="fragmented")
    facts = facts_of(tmp_path, "微党课.mp4", data)
    assert facts.format == "mp4"
    assert facts.duration_ms is not None
    assert abs(facts.duration_ms - 90_000) < 100
    assert facts.damaged == ""


@pytest.mark.parametrize("seconds", [HALF_HOUR, HALF_HOUR + 1, HALF_HOUR + 2])
def test_around_half_an_hour_every_second_counts(tmp_path: Path, seconds: int) -> None:
    assert _duration(tmp_path, material.mp4(seconds)) == seconds * 1000


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("片.mov", material.mov()),
        ("片.avi", material.avi()),
        ("片.mkv", material.video(container="matroska")),
        ("片.wmv", material.video(container="asf")),
    ],
)
def test_other_containers_have_a_duration_too(tmp_path: Path, name: str, data: bytes) -> None:
    duration = _duration(tmp_path, data, name)
    assert duration is not None
    assert 75_000 < duration < 105_000


def test_a_recording_has_its_duration(tmp_path: Path) -> None:
    assert _duration(tmp_path, material.wav(2), "声.wav") == 2000


def test_codec_and_size_are_told(tmp_path: Path) -> None:
    facts = facts_of(tmp_path, "a.mp4", material.mp4())
    assert (facts.codec, facts.width, facts.height) == ("mpeg4", 64, 48)


@pytest.mark.parametrize("keep", [0.5, 0.8, 0.99])
def test_a_film_with_its_index_first_is_truncated_when_cut(tmp_path: Path, keep: float) -> None:
    data = material.truncated(material.mp4(layout="faststart"), keep=keep)
    assert facts_of(tmp_path, "a.mp4", data).damaged == "truncated"


def test_a_film_with_its_index_last_has_none_when_cut(tmp_path: Path) -> None:
    data = movie(mvhd(90_000), track(samples=90))
    cut = data[: data.index(b"moov") - 4]
    facts = facts_of(tmp_path, "a.mp4", cut)
    assert (facts.damaged, facts.duration_ms) == ("no-moov", None)


def test_a_head_and_its_samples_that_agree_are_believed(tmp_path: Path) -> None:
    seen = walked(tmp_path, movie(mvhd(90_000), track(samples=90)))
    assert (seen.duration_ms, seen.sure) == (90_000, True)


@pytest.mark.parametrize("said", [600_000, 60_000, 0, 0xFFFFFFFF])
def test_a_head_that_lies_is_not_believed(tmp_path: Path, said: int) -> None:
    seen = walked(tmp_path, movie(mvhd(said), track(samples=90)))
    assert (seen.duration_ms, seen.sure) == (90_000, False)


def test_a_wide_head_is_read(tmp_path: Path) -> None:
    seen = walked(tmp_path, movie(mvhd(90_000, wide=True), track(samples=90)))
    assert (seen.duration_ms, seen.sure) == (90_000, True)


def test_a_trimmed_film_is_as_long_as_it_is_shown(tmp_path: Path) -> None:
    """Telephones trim by an edit list: 40 minutes lie there, 20 are shown."""
    shown = 20 * 60_000
    seen = walked(tmp_path, movie(mvhd(shown), track(samples=2400, edit=shown)))
    assert (seen.duration_ms, seen.sure) == (shown, True)


def test_a_film_that_nowhere_says_how_long_it_is_has_no_duration(tmp_path: Path) -> None:
    assert _duration(tmp_path, movie(mvhd(0), track())) is None


def test_sound_alone_in_a_film_is_a_recording(tmp_path: Path) -> None:
    facts = facts_of(tmp_path, "a.mp4", movie(mvhd(90_000), track(b"soun", samples=90)))
    assert (facts.format, facts.duration_ms) == ("m4a", 90_000)


def test_boxes_that_end_in_themselves_end_the_walk(tmp_path: Path) -> None:
    head = box(b"ftyp", b"isom", bytes(4), b"isom")
    loop = head + struct.pack(">I4s", 4, b"moov") * 1000
    assert walked(tmp_path, loop).damaged == "no-moov"


def test_a_box_shorter_than_its_kind_needs_is_no_crash(tmp_path: Path) -> None:
    assert walked(tmp_path, movie(box(b"mvhd", bytes(3)))).duration_ms is None


def test_two_gigabytes_are_never_read_whole(tmp_path: Path) -> None:
    path = tmp_path / "大.mp4"
    index = box(b"moov", mvhd(1_800_000), track(samples=1800))
    with path.open("wb") as file:
        file.write(box(b"ftyp", b"isom", bytes(4), b"isom"))
        file.write(struct.pack(">I4sQ", 1, b"mdat", (2 << 30) + 16))
        file.seek(2 << 30, 1)
        file.write(index)
    seen = film.read(path)
    assert (seen.duration_ms, seen.sure, seen.damaged) == (1_800_000, True, "")
