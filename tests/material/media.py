"""Videos and sound of any length, made cheaply: tiny frames, few of them."""

import io
import wave
from fractions import Fraction
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Literal

import av
from av.video.frame import VideoFrame

Container = Literal["mp4", "mov", "avi", "matroska", "asf"]
FRAMES = 8


@cache
def video(
    seconds: float = 90,
    *,
    container: Container = "mp4",
    layout: Literal["plain", "faststart", "fragmented"] = "plain",
    size: tuple[int, int] = (64, 48),
) -> bytes:
    """A video that lasts `seconds`. In "plain" files the moov box comes last."""
    options = {
        "plain": {},
        "faststart": {"movflags": "faststart"},
        "fragmented": {"movflags": "frag_keyframe+empty_moov+default_base_moof"},
    }[layout]
    with TemporaryDirectory() as folder:
        path = Path(folder) / "video"  # faststart writes the file twice: no memory file will do
        _encode(path, seconds, container, options, size)
        return path.read_bytes()


def _encode(
    path: Path, seconds: float, container: str, options: dict[str, str], size: tuple[int, int]
) -> None:
    options = {"fflags": "+bitexact", **options}
    with av.open(str(path), "w", format=container, options=options) as file:
        rate = Fraction(FRAMES * 1000, round(seconds * 1000))
        stream = file.add_stream("mpeg4", rate=max(rate, Fraction(1, 1000)))
        stream.width, stream.height, stream.pix_fmt = *size, "yuv420p"
        for number in range(FRAMES):
            frame = VideoFrame(*size, "yuv420p")
            for plane in frame.planes:
                plane.update(bytes([40 + number * 20]) * plane.buffer_size)
            file.mux(stream.encode(frame))
        file.mux(stream.encode(None))


def mp4(
    seconds: float = 90, *, layout: Literal["plain", "faststart", "fragmented"] = "plain"
) -> bytes:
    return video(seconds, layout=layout)


def mov(seconds: float = 90) -> bytes:
    return video(seconds, container="mov")


def avi(seconds: float = 90) -> bytes:
    return video(seconds, container="avi")


@cache
def wav(seconds: float = 2) -> bytes:
    out = io.BytesIO()
    with wave.open(out, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(8000)
        file.writeframes(bytes(int(8000 * seconds) * 2))
    return out.getvalue()


@cache
def mp3(seconds: float = 2) -> bytes:
    """Silence: MPEG-1 layer III frames of 26.122 ms, every one with empty side information."""
    frame = b"\xff\xfb\x10\xc4".ljust(104, b"\0")
    return frame * round(seconds * 44100 / 1152)
