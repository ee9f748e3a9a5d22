"""Small pictures of files, for people who look through them. Runs inside a worker.

Pictures by Pillow, the first page of a PDF by PDFium, a film by PyAV where that is installed.
"""

import contextlib
import warnings
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

from PIL import Image, ImageOps

from daemon.inspection import disk, image

_SIDE: Final = 320  # pixels, the longer one
_MOST_PIXELS: Final = 100_000_000

Loader = Callable[[Path], Image.Image | None]


def thumbnail_task(task: dict[str, Any]) -> dict[str, Any]:
    """The worker's side: {"made": whether a JPEG was written to `into`}."""
    loader = _LOADERS.get(task["format"])
    if loader is None:
        return {"made": False}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            found = loader(Path(task["path"]))
            if found is not None:
                with found:
                    _write(found, Path(task["into"]))
        except image.BROKEN as error:
            disk.pass_on(error)
            return {"made": False}
    return {"made": found is not None}


def _write(picture: Image.Image, into: Path) -> None:
    if picture.width * picture.height > _MOST_PIXELS:
        raise ValueError("too large to be looked at")
    picture.draft("RGB", (_SIDE, _SIDE))
    upright = ImageOps.exif_transpose(picture).convert("RGB")
    upright.thumbnail((_SIDE, _SIDE))
    upright.save(into, "JPEG", quality=82)


def _picture(path: Path) -> Image.Image:
    return Image.open(path)


def _first_page(path: Path) -> Image.Image | None:
    import pypdfium2  # type: ignore[import-untyped]

    try:
        with pypdfium2.PdfDocument(path) as document:
            page = document[0]
            picture: Image.Image = page.render(scale=_SIDE / max(1, *page.get_size())).to_pil()
            return picture.copy()  # the page's own memory ends with the document
    except pypdfium2.PdfiumError:  # locked, or no PDF after all
        return None


def _frame(path: Path) -> Image.Image | None:
    with contextlib.suppress(ImportError):  # an extra: it brings 30 MB of decoders
        import av

        try:
            with av.open(str(path)) as film:
                frame = next(film.decode(video=0), None)
                if frame is None:
                    return None
                picture: Image.Image = frame.to_image()  # type: ignore[no-untyped-call]
                return picture
        except av.FFmpegError:  # no film after all, or a codec of which there is no decoder
            return None
    return None


_LOADERS: Final[dict[str, Loader]] = {
    **dict.fromkeys(("jpeg", "png", "gif", "bmp", "webp", "tiff"), _picture),
    **dict.fromkeys(("mp4", "mov", "m4v", "3gp", "avi", "wmv", "mkv", "webm", "flv"), _frame),
    "pdf": _first_page,
}
