"""The department's day, in a real browser: the daemon with its pages, Dovecot, SMTP, Chromium."""

import re
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import openpyxl
import pytest
from playwright.sync_api import Browser, Page, expect

from tests.journeys.bureau import PATIENCE, Bureau
from tests.journeys.post import CATEGORY, JULY_2, faulty, good
from tests.letters import PUBLICITY, letter
from tests.servers.browser import barriers
from tests.servers.dovecot import free_port

WORD = "a long password"
GOOD, FAULTY, MISSING = "农学院党委", "园艺学院党委", "兽医学院党委"
SIZES = {"desk": (1280, 800), "phone": (390, 844)}
PAGES = (
    "/",
    "/messages",
    "/messages/1",
    "/messages/2",
    "/messages/3",
    "/library",
    "/replies",
    "/replies/2",
    "/replies/2/edit",
    "/reminders",
    "/history",
    "/export",
    "/rules",
    "/running",
)


@pytest.fixture
def office(bureau: Bureau) -> Iterator[str]:
    """The address of the pages of a running daemon that has read three mails."""
    bureau.mode, bureau.listen = "approve", f"127.0.0.1:{free_port()}"
    bureau.xuanchuanbu.put(good(GOOD), received=JULY_2)
    bureau.xuanchuanbu.put(faulty(FAULTY), received=JULY_2)
    bureau.xuanchuanbu.put(stranger(), received=JULY_2)
    word = bureau.root / "word"
    word.write_text(WORD, encoding="utf-8")
    bureau.once()
    for name, role in (("clerk", "act"), ("guest", "read")):
        added = bureau.says("user", "add", name, "--role", role, "--password-file", str(word))
        assert added[0] == 0, added
    with bureau.serving():
        until(lambda: "the pages are at" in bureau.log)
        yield f"http://{bureau.listen}"


@pytest.fixture
def page(browser: Browser, office: str) -> Iterator[Page]:
    """A tab on the office, of somebody who has signed in."""
    with browser.new_context(base_url=office, accept_downloads=True, locale="zh-CN") as context:
        tab = context.new_page()
        faults: list[str] = []
        tab.on("console", lambda said: faults.append(said.text) if said.type == "error" else None)
        tab.on("pageerror", lambda error: faults.append(str(error)))
        sign_in(tab, "clerk")
        yield tab
        assert faults == []


def test_a_clerk_finds_who_is_missing_releases_an_answer_extends_a_unit_and_takes_a_table_home(
    page: Page, bureau: Bureau, tmp_path: Path
) -> None:
    matrix = page.get_by_role("table")
    row = matrix.get_by_role("row").filter(has_text=MISSING)
    expect(row.get_by_text("逾期未交")).to_have_count(5)  # no window of 2020 is open any more
    row_of_faulty = matrix.get_by_role("row").filter(has_text=FAULTY)

    row_of_faulty.get_by_role("link", name="需补正").click()
    expect(page.get_by_role("heading", name=f"{FAULTY}+{CATEGORY}")).to_be_visible()
    expect(page.get_by_text("没有注明联系人和联系方式").first).to_be_visible()

    assert bureau.mails == []
    page.get_by_role("link", name="去放行、修改").click()
    page.get_by_role("button", name="放行").click()
    until(lambda: len(bureau.mails) == 1)
    assert bureau.mails[0].to == ("nxy@example.edu.cn",)

    page.goto("/")
    cell = matrix.get_by_role("row").filter(has_text=MISSING).get_by_role("link").first
    cell.click()
    extend(page)
    page.goto("/")
    expect(matrix.get_by_role("row").filter(has_text=MISSING).get_by_text("延至")).to_be_visible()

    page.goto("/export")
    with page.expect_download() as download:
        page.get_by_role("link", name=re.compile("Excel|XLSX")).first.click()
    download.value.save_as(tmp_path / "table.xlsx")
    book = openpyxl.load_workbook(tmp_path / "table.xlsx")
    cells = {str(c.value) for s in book for line in s.iter_rows() for c in line if c.value}
    assert {GOOD, FAULTY, MISSING} <= cells


@pytest.mark.parametrize("size", SIZES)
def test_no_page_has_a_serious_barrier_or_is_wider_than_the_screen(page: Page, size: str) -> None:
    width, height = SIZES[size]
    page.set_viewport_size({"width": width, "height": height})
    found = []
    for path in PAGES:
        answer = page.goto(path)
        assert answer is not None
        found += [f"{path}: {answer.status}"] * (answer.status != 200)
        found += barriers(page)
        wide = page.evaluate("document.documentElement.scrollWidth")
        found += [f"{path} is {wide} wide"] * (wide > width)
    assert found == []


def test_who_may_only_look_is_offered_nothing_to_decide(browser: Browser, office: str) -> None:
    with browser.new_context(base_url=office) as context:
        tab = context.new_page()
        sign_in(tab, "guest")
        for path in ("/messages/2", "/replies/2", "/messages/3"):
            tab.goto(path)
            buttons = tab.locator("main button").all_inner_texts()
            assert [text for text in buttons if text.strip() not in {"复制", "退出"}] == []


def test_the_pages_work_without_any_script(browser: Browser, office: str, bureau: Bureau) -> None:
    with browser.new_context(base_url=office, java_script_enabled=False) as context:
        tab = context.new_page()
        sign_in(tab, "clerk")
        tab.goto("/replies/2")
        tab.get_by_role("button", name="放行").click()
        until(lambda: len(bureau.mails) == 1)


def test_after_signing_out_the_page_before_shows_nothing(page: Page) -> None:
    page.goto("/messages/2")
    page.get_by_role("button", name="退出").click()
    page.goto("/messages/2")
    expect(page.get_by_label("密码")).to_be_visible()
    expect(page.get_by_text(FAULTY)).to_have_count(0)


def sign_in(tab: Page, name: str) -> None:
    tab.goto("/")
    tab.fill("[name=name]", name)
    tab.fill("[name=password]", WORD)
    tab.press("[name=password]", "Enter")
    expect(tab.get_by_role("heading", name="总览")).to_be_visible()


def extend(page: Page) -> None:
    """On the page of one place: a month more."""
    form = page.locator("form", has=page.locator("input[type=date]")).first
    if not form.is_visible():
        page.locator("summary", has_text="延").first.click()
    form.locator("input[type=date]").fill("2030-01-31")
    form.locator("[name=why]").fill("汛期抢险，来信说明")
    form.get_by_role("button").click()


def stranger() -> bytes:
    """A unit that no roster knows: a person decides."""
    return letter(subject=f"蓬莱学院党委+{CATEGORY}", to=PUBLICITY, date=JULY_2)


def until(there: Callable[[], bool]) -> None:
    end = time.monotonic() + PATIENCE
    while not there():
        assert time.monotonic() < end, "it did not happen"
        time.sleep(0.2)
