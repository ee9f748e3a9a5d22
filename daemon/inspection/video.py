"""Film and sound: container, codec, whole milliseconds. Our own walker first, MediaInfo second.

MediaInfo can be hung for a minute by two kilobytes, and fetches paths with "://" over HTTP: it
runs in the sandbox, on absolute paths, and only where the boxes leave the duration open.
"""

import os
from dataclasses import replace
from typing import Any
from xml.etree.ElementTree import ParseError

from daemon.inspection import film
from daemon.inspection.sort import Sample
from rules.submission import Facts


def from_boxes(sample: Sample, facts: Facts) -> Facts:
    """What an MP4 or one of its relatives says of itself."""
    seen = film.read(sample.path)
    picture = next(film.pictures(seen.tracks), None)
    return replace(
        facts,
        format="m4a" if facts.format == "mp4" and seen.sound_alone else facts.format,
        duration_ms=seen.duration_ms,
        codec=(picture or next(iter(seen.tracks), film.Track())).codec,
        width=picture.width if picture else None,
        height=picture.height if picture else None,
        damaged=seen.damaged,
    )


def from_mediainfo_if_open(sample: Sample, facts: Facts) -> Facts:
    """A second opinion on a film whose boxes do not agree on its duration."""
    settled = facts.damaged or film.read(sample.path).sure
    return facts if settled else from_mediainfo(sample, facts)


def from_mediainfo(sample: Sample, facts: Facts) -> Facts:
    """What MediaInfo says fills what is not known. It needs no name, only an absolute path."""
    from pymediainfo import MediaInfo

    if not MediaInfo.can_parse():  # its library has no build for this machine
        return replace(facts, unknown="reader-missing")
    try:
        tracks: list[Any] = list(MediaInfo.parse(os.fspath(sample.path.absolute())).tracks)
    except ParseError:  # its own report is no XML when a file hides control characters in a tag
        return facts
    general = next((t for t in tracks if t.track_type == "General"), None)
    picture = next((t for t in tracks if t.track_type == "Video"), None)
    sound = next((t for t in tracks if t.track_type == "Audio"), None)
    if general is None:
        return facts
    return replace(
        facts,
        duration_ms=_duration(general, picture, sound) or facts.duration_ms,
        codec=facts.codec or _codec(picture or sound),
        width=facts.width or _whole(picture and picture.width),
        height=facts.height or _whole(picture and picture.height),
        damaged=facts.damaged or ("truncated" if picture and _is_cut(general) else ""),
    )


def _is_cut(general: Any) -> bool:
    """Said of many a sound file that plays to its end, so it is asked of films alone."""
    return bool(general.istruncated == "Yes")


def _duration(*tracks: Any) -> int | None:
    """The first duration given. Matroska's are text such as "3004.000000"; 0 is not known."""
    return next((d for t in tracks if t is not None and (d := _whole(t.duration))), None)


def _whole(value: Any) -> int | None:
    try:
        return int(float(value)) or None
    except (TypeError, ValueError, OverflowError):  # None, or a library's own words
        return None


def _codec(track: Any) -> str:
    words = {"AVC": "h264", "HEVC": "hevc", "MPEG-4 Visual": "mpeg4", "AAC": "aac"}
    name = str(track.format or "") if track is not None else ""
    return words.get(name, name.lower())
