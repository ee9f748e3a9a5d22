"""`python -m tests.demo [--into FOLDER] [--pages] [--pictures]`: mail in, verdicts, replies out."""

import argparse
import sys
from pathlib import Path

from rich.console import Console

from tests.demo import show
from tests.demo.play import one_pass
from tests.demo.played import Played, content
from tests.demo.stage import deliver, set_up
from tests.demo.submissions import submissions

# The submissions whose answers are shown, by the beginning of what they are here for.
RETURNED, ACCEPTED = "没写日期，文档加密", "合规的故事"


def main() -> int:
    options = _options()
    console = Console(width=options.width, highlight=False)
    console.print("\n[bold]报送 · 演示[/]  两个部门的收件箱，时钟拨到 2020年10月12日 08:30\n")
    stage = set_up(options.into)
    with console.status("写信：真实的 Word、JPG、PDF、MP4、ZIP …"):
        sent = submissions()
        deliver(stage, sent)
    status = one_pass(stage, len(sent), console)
    played = Played.read(stage, sent)
    _tell(console, played)
    if options.pictures:
        _picture(played)
    if options.pages:
        from tests.demo import pages

        pages.keep_open(stage, console)
    return status


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.demo")
    parser.add_argument("--into", type=Path, default=Path("demo"), help="written anew each time")
    parser.add_argument("--pages", action="store_true", help="then open the staff's pages over it")
    parser.add_argument("--pictures", action="store_true", help="take the pictures of the README")
    parser.add_argument("--width", type=int, help="columns of the terminal")
    return parser.parse_args()


def _tell(console: Console, played: Played) -> None:
    show.heading(console, "谁交了什么")
    console.print(played.matrix())
    show.heading(console, "每封来件和它的问题")
    console.print(show.mail(played))
    show.heading(console, "一封回复的全文")
    console.print(show.reply(played.letter(RETURNED), console.width))
    show.heading(console, "都在哪里")
    console.print(show.places(played.stage))


def _picture(played: Played) -> None:
    from tests.demo import camera, pages

    camera.terminal("matrix", 128, played.matrix())
    camera.terminal("mail", 122, show.mail(played))
    for name, about in (("reply", RETURNED), ("receipt", ACCEPTED)):
        camera.page_of(name, content(played.letter(about), "html"), 700)
    pages.picture(played.stage)


if __name__ == "__main__":
    sys.exit(main())
