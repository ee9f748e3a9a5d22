"""Pictures for the README, taken from the running program. Needs Chromium and a Chinese font."""

import io
import re
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from PIL import Image, ImageChops
from rich.console import Console, RenderableType
from rich.terminal_theme import TerminalTheme

from tests.servers.browser import program

ALBUM = Path(__file__).parent / "pictures"
MARGIN = 24  # pixels left round what is shown
GROUND, INK = (13, 17, 23), (230, 237, 243)
_NORMAL = (
    *((72, 79, 88), (248, 81, 73), (63, 185, 80), (210, 153, 34)),
    *((88, 166, 255), (188, 140, 255), (57, 197, 207), (177, 186, 196)),
)
THEME = TerminalTheme(GROUND, INK, list(_NORMAL))
# Rich's own format fetches a font from the network. Here Chinese is exactly two columns wide, and
# so must be what frames it: the other font is made narrower, the frames taller.
FORMAT = """\
<!DOCTYPE html><meta charset="utf-8"><style>
@font-face {{ font-family: Narrow; src: local("DejaVu Sans Mono"); size-adjust: 83.05%;
  unicode-range: U+B7, U+2014, U+2500-257F, U+25CF; }}
body {{ margin: 0; background: {background}; }}
pre {{ margin: 0; padding: 24px; display: inline-block; color: {foreground};
  font: 15px/21px Narrow, "Noto Sans Mono CJK SC", monospace; }}
code {{ font: inherit; }}
i {{ display: inline-block; font-style: normal; transform: scaleY(1.5); }}
</style><pre><code>{code}</code></pre>
"""
FRAME = re.compile("[│┃┡┩├┤┼╇╈┳┏┓└┘┴┬╭╮╰╯]+")


def terminal(name: str, width: int, *shown: RenderableType) -> None:
    """What a terminal of that many columns shows."""
    console = Console(record=True, width=width, file=io.StringIO(), highlight=False)
    for one in shown:
        console.print(one)
    page = console.export_html(theme=THEME, inline_styles=True, code_format=FORMAT)
    page_of(name, FRAME.sub(lambda frame: f"<i>{frame[0]}</i>", page), width * 8 + 60)


def page_of(name: str, html: str, width: int) -> None:
    """The page, rendered by Chromium and cut to what is on it; laid into the album as PNG."""
    browser = program()
    if browser is None:
        sys.exit("no Chromium here: apt-get install -y chromium fonts-noto-cjk")
    ALBUM.mkdir(exist_ok=True)
    with TemporaryDirectory() as folder:
        (Path(folder) / "page.html").write_text(html, encoding="utf-8")
        shot = _shot(browser, Path(folder), width)
        with Image.open(shot) as picture:
            _cut(picture.convert("RGB")).save(ALBUM / f"{name}.png")
    shrink(ALBUM / f"{name}.png")


def shrink(path: Path) -> None:
    """256 colours will do."""
    with Image.open(path) as picture:
        few = picture.convert("RGB").quantize(256)
    few.save(path, optimize=True)


def _shot(browser: str, folder: Path, width: int) -> Path:
    shot = folder / "shot.png"
    command = [
        *(browser, "--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars"),
        *("--disable-background-networking", "--no-first-run", f"--user-data-dir={folder}/profile"),
        *("--force-device-scale-factor=1.5", f"--window-size={width},4000"),
        *(f"--screenshot={shot}", (folder / "page.html").as_uri()),
    ]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    return shot


def _cut(picture: Image.Image) -> Image.Image:
    """Without the empty ground beyond MARGIN; its colour is that of the last pixel."""
    corner = picture.getpixel((picture.width - 1, picture.height - 1))
    assert isinstance(corner, tuple)
    ground = Image.new("RGB", picture.size, corner)
    box = ImageChops.difference(picture, ground).getbbox()
    assert box is not None, "an empty page"
    left, top, right, bottom = box
    return picture.crop(
        (
            max(left - MARGIN, 0),
            max(top - MARGIN, 0),
            min(right + MARGIN, picture.width),
            min(bottom + MARGIN, picture.height),
        )
    )
