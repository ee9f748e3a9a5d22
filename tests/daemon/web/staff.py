"""A small filled office with its pages open, and persons of several roles who look at them.

The fixtures `office` and `clerk` are there for every test in this folder; `office.sign_in(...)`
gives other persons, `office.visitor()` nobody.
"""

import shutil
import warnings
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

import pytest
from argon2 import PasswordHasher

from daemon.config import Config, load
from daemon.ledger import Ledger, Person
from daemon.ledger.people import Role
from daemon.office import Office
from daemon.web import tokens
from daemon.web.app import build
from daemon.web.cookies import SECRET
from daemon.web.desk import Desk
from daemon.web.passwords import Passwords
from tests import material
from tests.daemon.offices import NOON, Clock, an_office, post
from tests.letters import letter

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # starlette would rather have httpx2, which nobody else needs
    from httpx import Response
    from starlette.testclient import TestClient

SECOND = """
[[mailbox]]
name = "xuanchuanbu"
department = "宣传部"
address = "xcb@scau.edu.cn"
phone = "020-85285143"
  [mailbox.maildir]
  path = "in2"
  [mailbox.outbox]
  maildir = "out2"
"""
QUICK = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
HERE = "http://127.0.0.1:8765"
STORY = "农学院党委+战疫故事汇+20200701"
NASTY = "<script>alert(1)</script>"


@dataclass
class Staff:
    """One browser. `act` sends a form as a page of ours would."""

    client: TestClient
    person: Person | None = None

    def get(self, path: str, **headers: str) -> Response:
        given = {name.replace("_", "-"): value for name, value in headers.items()}
        response: Response = self.client.get(path, headers=given, follow_redirects=False)
        return response

    def act(self, path: str, **form: str | list[str]) -> Response:
        """POST with the form's token; the answer itself, not the page it leads to."""
        return self.send(path, {"csrf": self.token, **form})

    def send(
        self, path: str, form: dict[str, str | list[str]], headers: dict[str, str] | None = None
    ) -> Response:
        """POST as it is, without a token unless `form` has one."""
        response: Response = self.client.post(
            path, data=form, headers=headers, follow_redirects=False
        )
        return response

    def text(self, path: str) -> str:
        """The page, which must open."""
        answer = self.get(path)
        assert answer.status_code == 200, f"{path}: {answer.status_code}\n{answer.text[:2000]}"
        return answer.text

    def follow(self, answer: Response) -> str:
        """The page that an act leads to."""
        assert answer.status_code == 303, f"{answer.status_code}\n{answer.text[:2000]}"
        return self.text(answer.headers["location"])

    @property
    def token(self) -> str:
        """What the forms of this browser carry."""
        if SECRET not in self.client.cookies:
            self.get("/sign-in")
        return tokens.seal(self.client.cookies[SECRET], "form")


@dataclass
class OpenOffice:
    """`root` with its `config`; `ledger` is the one the pages use; `clock` stands at noon."""

    root: Path
    config: Config
    ledger: Ledger
    desk: Desk
    clock: Clock
    open: ExitStack = field(default_factory=ExitStack)

    def visitor(self, address: str = "127.0.0.1") -> Staff:
        """A browser that nobody has signed in with."""
        app = build(self.desk, Passwords(QUICK))
        client = TestClient(
            app, base_url=HERE, client=(address, 50000), raise_server_exceptions=False
        )
        return Staff(client)

    def sign_in(self, role: Role = "act", *mailboxes: str, name: str = "") -> Staff:
        """A person of that role; without mailboxes, of all departments."""
        boxes = frozenset(mailboxes) if mailboxes else None
        person = Person(name=name or f"{role}-{'-'.join(mailboxes)}", role=role, mailboxes=boxes)
        self.ledger.people.add(person, "no password", self.clock())
        browser, token = self.visitor(), tokens.fresh()
        self.ledger.sessions.begin(tokens.digest(token), person.name, self.clock())
        browser.client.cookies.set(SECRET, token)
        browser.person = person
        return browser


@pytest.fixture(scope="session")
def furnished(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An office that has read its mail once: tests take copies of it."""
    root = tmp_path_factory.mktemp("furnished")
    replies = 'mode = "approve"\nmax_age = "36500 days"'
    config = load(an_office(root, top=SECOND, replies=replies))
    for name in ("new", "cur", "tmp"):
        (root / "in2" / name).mkdir(parents=True)
    _mail(root)
    with Office(config, clock=Clock()) as office:
        for box in reversed(config.mailboxes):  # 组织部 has the first numbers
            office.poll(box)
    return root


@pytest.fixture
def office(furnished: Path, tmp_path: Path) -> Iterator[OpenOffice]:
    """A copy of its own. Raw letters stay where they were read."""
    root = tmp_path / "office"
    shutil.copytree(furnished, root, ignore=shutil.ignore_patterns("spool"))
    config, clock = load(root / "config.toml"), Clock(NOON + timedelta(hours=1))
    with Office(config, clock=clock) as behind, Ledger(config.ledger) as ledger:
        desk = desk_for(config, ledger, behind)
        yield OpenOffice(root, config, ledger, desk, clock)


def desk_for(config: Config, ledger: Ledger, office: Office) -> Desk:
    return Desk(
        config=config,
        ledger=ledger,
        acts=office.acts,
        inspector=office.inspector,
        clock=office.clock,
    )


@pytest.fixture
def clerk(office: OpenOffice) -> Staff:
    """Decides for 组织部."""
    return office.sign_in("act", "zuzhibu", name="clerk")


def _mail(root: Path) -> None:
    """One submission that is right, one that is not, one held, one with a hostile subject."""
    photos = [(f"农学院党委+战疫故事汇+20200701-{n}.jpg", material.jpeg(seed=n)) for n in (1, 2)]
    text = ("农学院党委+战疫故事汇+20200701.docx", material.manuscript())
    form = ("农学院党委+战疫故事汇+20200701附件1.docx", material.form())
    right = letter(subject=STORY, files=[text, form, *photos], message_id="right@example.org")
    post(root, "1", right)
    lacking = letter(
        subject="园艺学院党委+战疫故事汇+20200701",
        files=[("照片.png", material.png())],
        message_id="lacking@example.org",
    )
    post(root, "2", lacking)
    unknown = letter(
        subject="蓬莱学院党委+战疫故事汇+20200701",
        files=[("稿件.docx", material.manuscript())],
        message_id="unknown@example.org",
    )
    post(root, "3", unknown)
    hostile = letter(
        subject=f"{NASTY}+战疫故事汇+20200701",
        sender=f'"{NASTY}" <nasty@example.org>',
        text=NASTY,
        files=[(f"{NASTY}.docx", material.manuscript())],
        message_id="nasty@example.org",
    )
    post(root, "4", hostile)
    wall = letter(
        subject="农学院党委+红色防火墙",
        to="xcb@scau.edu.cn",
        files=[("农学院党委+红色防火墙.docx", material.manuscript())],
        message_id="wall@example.org",
    )
    path = post(root, "5", wall)
    path.rename(root / "in2" / "new" / "5")
