"""The staff's pages over what the demo left: to look at, and for the camera."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.error import URLError
from urllib.request import urlopen

from playwright.sync_api import Page
from rich.console import Console

from daemon.config import load
from daemon.ledger import Person
from daemon.office import Office
from daemon.web.passwords import Passwords
from daemon.web.server import serving
from tests.demo.camera import ALBUM, shrink
from tests.demo.play import clock
from tests.demo.stage import Stage
from tests.servers.browser import chromium

NAME, WORD = "demo", "demo demo"
SOON = 10.0  # seconds in which the pages have to open
WIDE = {"width": 1280, "height": 860}


@contextmanager
def opened(stage: Stage) -> Iterator[str]:
    """The address of the pages; `NAME` may decide everything."""
    with Office(load(stage.config), clock=clock) as office:
        person = Person(name=NAME, role="admin")
        office.ledger.people.add(person, Passwords().hash(WORD), clock())
        with serving(office):
            address = f"http://{office.config.web.listen}/"
            _reach(address)
            yield address


def keep_open(stage: Stage, console: Console) -> None:
    """Until Ctrl-C."""
    with opened(stage) as address:
        console.print(f"\n页面已打开：{address}  姓名 {NAME}，密码 {WORD}；按 Ctrl-C 结束\n")
        try:
            while True:
                time.sleep(1)
        except KeyboardInterrupt:
            console.print("再见")


def picture(stage: Stage) -> None:
    """Matrix, one submission, gallery."""
    with opened(stage) as address, chromium() as browser:
        page = browser.new_page(viewport=WIDE, device_scale_factor=1.5, locale="zh-CN")  # type: ignore[arg-type]
        sign_in(page, address)
        _shoot(page, "overview")
        page.goto(f"{address}messages?status=returned")
        page.locator("main a[href^='/messages/']").first.click()
        _shoot(page, "detail")
        page.goto(f"{address}library")
        _shoot(page, "library")


def sign_in(page: Page, address: str) -> None:
    page.goto(address)
    page.fill("[name=name]", NAME)
    page.fill("[name=password]", WORD)
    page.press("[name=password]", "Enter")
    page.wait_for_url(address)


def _shoot(page: Page, name: str) -> None:
    page.wait_for_load_state("networkidle")  # small pictures come after the page
    page.screenshot(path=ALBUM / f"{name}.png")
    shrink(ALBUM / f"{name}.png")


def _reach(address: str) -> None:
    until = time.monotonic() + SOON
    while True:
        try:
            with urlopen(address, timeout=SOON):
                return
        except URLError:  # the thread is still on its way
            if time.monotonic() > until:
                raise
            time.sleep(0.1)
