"""An office as it is installed: a configuration, real servers, and the console script."""

import io
import json
import logging
import resource
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from dataclasses import dataclass, field
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Any

from daemon import clock
from daemon.cli import main
from daemon.office import Office
from daemon.service import Service
from daemon.systemd import console_script
from tests.servers import dovecot, postbox
from tests.servers.letterbox import Letterbox
from tests.servers.postbox import Mail, Postbox

NOTICES = Path(__file__).parents[2] / "rules" / "notices"
PATIENCE = 60  # seconds that a slow machine may take

HEAD = """
state = "state"
notices = ["{notices}/2020-four-ones.toml"]
go_live = 2020-06-01T00:00:00+08:00
[replies]
max_age = "36500 days"
mode = "{mode}"
[web]
listen = "{listen}"
[inspection]
workers = 1
"""
MAILBOX = """
[[mailbox]]
name = "{name}"
department = "{name}"
address = "{name}@example.org"
phone = "020-12345678"
poll = "1 s"
  [mailbox.imap]
  host = "127.0.0.1"
  port = {port}
  tls = "none"
  username = "{user}"
  password = '{word}'
  {imap}
  [mailbox.smtp]
  host = "127.0.0.1"
  port = {smtp}
  tls = "none"
  username = "{login}"
  password = "{smtp_word}"
"""


@dataclass
class Bureau:
    """`zuzhibu` and `xuanchuanbu`, two mailboxes on one server. `ports` may lead elsewhere."""

    root: Path
    zuzhibu: Letterbox
    xuanchuanbu: Letterbox
    postbox: Postbox
    ports: dict[str, int] = field(default_factory=dict)
    mode: str = "send"
    listen: str = ""  # where its pages are
    imap: str = ""  # further lines for [mailbox.imap]
    extra: str = ""  # further tables

    @property
    def config(self) -> Path:
        return self.root / "config.toml"

    @property
    def library(self) -> list[str]:
        """Every file of the library, by its place there."""
        base = self.root / "state" / "library"
        return sorted(str(p.relative_to(base)) for p in base.rglob("*") if p.is_file())

    @property
    def spooled(self) -> int:
        """How many messages are on disk."""
        return sum(1 for _ in (self.root / "state" / "spool").glob("??/*.eml"))

    def write(self) -> None:
        boxes = [self._mailbox("zuzhibu", self.zuzhibu)]
        boxes += [self._mailbox("xuanchuanbu", self.xuanchuanbu)]
        head = HEAD.format(notices=NOTICES, mode=self.mode, listen=self.listen)
        text = head + "".join(boxes) + self.extra
        self.config.write_text(text, encoding="utf-8")

    def once(self, *, exits: int = 0) -> str:
        """One pass; what it logged."""
        self.write()
        status, _, said = self._program("run", "--once")
        assert status == exits, said
        return said

    def once_later(self, wait: timedelta) -> None:
        """One pass of a daemon whose clock is ahead: what was put off is due by then."""
        self.write()
        with _log_put_back():
            office = partial(Office, clock=lambda: clock.now() + wait)
            assert Service(self.config, office).run_once() == 0

    def once_within(self, limit: int, value: int) -> tuple[int, str]:
        """One pass of a process of its own under a limit of setrlimit(2); status and log."""
        self.write()
        done = subprocess.run(
            [str(console_script()), "run", "--once", "--config", str(self.config)],
            capture_output=True,
            text=True,
            check=False,
            preexec_fn=lambda: resource.setrlimit(limit, (value, value)),
        )
        return done.returncode, done.stderr

    def messages(self) -> list[dict[str, Any]]:
        return self._rows("messages")

    def status(self) -> dict[tuple[str, str, str], dict[str, Any]]:
        """The rows of the status table by unit, category and window."""
        return {(r["unit"], r["category"], r["window"]): r for r in self._rows("status")}

    @property
    def mails(self) -> list[Mail]:
        return self.postbox.mails

    def says(self, *words: str) -> tuple[int, str]:
        """Exit status and output of a command other than `run`."""
        self.write()
        status, told, _ = self._program(*words)
        return status, told

    @contextmanager
    def serving(self) -> Iterator[subprocess.Popen[bytes]]:
        """The daemon, running. It is killed at the end if it is still there."""
        self.write()
        command = [str(console_script()), "run", "--config", str(self.config)]
        with (self.root / "log").open("ab") as log:
            process = subprocess.Popen(command, stderr=log)
        try:
            yield process
        finally:
            process.kill()
            process.wait(PATIENCE)

    @property
    def log(self) -> str:
        return (self.root / "log").read_text(encoding="utf-8")

    def _mailbox(self, name: str, letterbox: Letterbox) -> str:
        return MAILBOX.format(
            name=name,
            port=self.ports.get(name, letterbox.server.port),
            user=letterbox.user,
            word=dovecot.PASSWORD,
            imap=self.imap,
            smtp=self.postbox.port,
            login=postbox.LOGIN,
            smtp_word=postbox.PASSWORD,
        )

    def _rows(self, command: str) -> list[dict[str, Any]]:
        status, told, said = self._program(command, "--json")
        assert status == 0, said
        return [json.loads(line) for line in told.splitlines()]

    def _program(self, *words: str) -> tuple[int, str, str]:
        """The command line, in this process: a fresh one takes seconds to import everything."""
        out, err = io.StringIO(), io.StringIO()
        with _log_put_back(), redirect_stdout(out), redirect_stderr(err):
            status = main([*words, "--config", str(self.config)])
        return status, out.getvalue(), err.getvalue()


@contextmanager
def _log_put_back() -> Iterator[None]:
    root = logging.getLogger()
    handlers, level = list(root.handlers), root.level
    try:
        yield
    finally:
        root.handlers[:] = handlers
        root.setLevel(level)


def until(condition: Callable[[], object], what: str) -> None:
    """Wait for something that the daemon does in its own time."""
    for _ in range(PATIENCE * 20):
        if condition():
            return
        time.sleep(0.05)
    raise TimeoutError(what)
