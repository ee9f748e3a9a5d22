"""Debian's Cyrus IMAP, run from a folder of the test: a second real server, of another school.

Debian lets only one IMAP server be installed. So `cyrus-common` is, and the one program `imapd` of
the package cyrus-imapd is unpacked below /opt/cyrus-imapd (`.ci/run` does both).
"""

import getpass
import os
import shutil
import socket
import subprocess
import time
from contextlib import suppress
from pathlib import Path
from struct import pack, unpack
from threading import Thread
from typing import Self

from tests.servers.dovecot import PASSWORD, free_port

BIN = Path("/usr/lib/cyrus/bin")
IMAPD = Path("/opt/cyrus-imapd/usr/lib/cyrus/bin/imapd")

_IMAPD = """
configdirectory: {root}/lib
partition-default: {root}/mail
defaultpartition: default
servername: localhost
virtdomains: userid
unixhierarchysep: yes
altnamespace: yes
autocreate_quota: 0
autocreate_post: yes
allowplaintext: yes
sasl_mech_list: PLAIN LOGIN
sasl_pwcheck_method: saslauthd
sasl_saslauthd_path: {root}/mux
proc_path: {root}/proc
mboxname_lockpath: {root}/lock
duplicate_db_path: {root}/deliver.db
statuscache_db_path: {root}/statuscache.db
idlesocket: {root}/idle
lmtpsocket: {root}/lmtp
notifysocket: {root}/notify
syslog_prefix: baosong-test
"""
_MASTER = """
START {{
  recover cmd="{bin}/ctl_cyrusdb -C {root}/imapd.conf -r"
}}
SERVICES {{
  imap cmd="{imapd} -C {root}/imapd.conf" listen="127.0.0.1:{port}" proto="tcp4" prefork=0
}}
"""


def is_installed() -> bool:
    return IMAPD.is_file() and (BIN / "master").is_file()


class Cyrus:
    """A server in `root`. A context manager."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.port = free_port()
        self.users: dict[str, str] = {}
        self._process: subprocess.Popen[bytes] | None = None

    def account(self, user: str, password: str = PASSWORD) -> str:
        """Make a mailbox: Cyrus does so at the first login."""
        self.users[user] = password
        return user

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    def start(self) -> None:
        for name in ("lib", "mail", "proc", "lock", "lib/db", "lib/socket", "lib/log", "lib/msg"):
            (self.root / name).mkdir(parents=True, exist_ok=True)
        words = {"root": self.root, "port": self.port, "bin": BIN, "imapd": IMAPD}
        (self.root / "imapd.conf").write_text(_IMAPD.format(**words), encoding="utf-8")
        (self.root / "cyrus.conf").write_text(_MASTER.format(**words), encoding="utf-8")
        self._gate = _gate(self.root / "mux", self.users)
        self._owned()
        self._run()

    def stop(self) -> None:
        if self._process is not None:
            self._process.terminate()
            self._process.wait(60)
            self._process = None
            self._gate.close()

    def _owned(self) -> None:
        """Root's Cyrus becomes another user."""
        if os.geteuid() == 0:
            self.root.chmod(0o755)
            for path in (self.root, *self.root.rglob("*")):
                shutil.chown(path, _user(), "mail")

    def _run(self) -> None:
        files = ["-C", str(self.root / "imapd.conf"), "-M", str(self.root / "cyrus.conf")]
        more = ["-p", str(self.root / "pid"), "-D"]
        self._process = subprocess.Popen(
            [str(BIN / "master"), *files, *more], env={**os.environ, "CYRUS_USER": _user()}
        )
        for _ in range(400):
            with suppress(OSError), socket.create_connection(("127.0.0.1", self.port), 1) as line:
                line.settimeout(5)
                if line.recv(4) == b"* OK":
                    return
            time.sleep(0.05)
        raise TimeoutError("Cyrus does not answer; its log is in syslog")


def _user() -> str:
    return "cyrus" if os.geteuid() == 0 else getpass.getuser()


def _gate(path: Path, users: dict[str, str]) -> socket.socket:
    """What Cyrus asks whether a password is right: the protocol of saslauthd."""
    listener = socket.socket(socket.AF_UNIX)
    path.unlink(missing_ok=True)
    listener.bind(str(path))
    path.chmod(0o666)
    listener.listen()
    Thread(target=_vouch, args=(listener, users), daemon=True).start()
    return listener


def _vouch(listener: socket.socket, users: dict[str, str]) -> None:
    with suppress(OSError):  # closed at the end of the test
        while True:
            line, _ = listener.accept()
            with line:
                user, password, _, realm = _words(line)
                name = f"{user}@{realm}" if realm and "@" not in user else user
                good = users.get(name) == password
                line.sendall(pack("!H", 2) + (b"OK" if good else b"NO"))


def _words(line: socket.socket) -> list[str]:
    with line.makefile("rb") as answers:
        return [answers.read(*unpack("!H", answers.read(2))).decode() for _ in range(4)]
