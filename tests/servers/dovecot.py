"""Debian's Dovecot, run from a folder of the test: any user name is a mailbox."""

import getpass
import grp
import os
import shutil
import socket
import subprocess
import time
from contextlib import suppress
from pathlib import Path
from typing import Self

PASSWORD = 'hush "quoted" \\ 1'

_SETTINGS = """
base_dir = {root}/run
state_dir = {root}/state
log_path = {root}/dovecot.log
protocols = imap
listen = 127.0.0.1
disable_plaintext_auth = no
auth_mechanisms = plain login{mechanisms}
auth_username_chars =
auth_failure_delay = 0
ssl = yes
ssl_cert = <{root}/cert.pem
ssl_key = <{root}/key.pem
{users}
mail_location = maildir:~/Maildir
mail_max_userip_connections = 100
imap_id_log = *
{vouching}
passdb {{
  driver = passwd-file
  args = scheme=PLAIN {root}/users/%u
}}
userdb {{
  driver = static
  args = uid={user} gid={group} home={root}/mail/%u
}}
namespace inbox {{
  inbox = yes
  separator = /
  mailbox 垃圾邮件 {{
    special_use = \\Junk
    auto = create
  }}
}}
service imap-login {{
  inet_listener imap {{
    port = {port}
  }}
  inet_listener imaps {{
    port = {tls_port}
    ssl = yes
  }}
}}
service anvil {{
  unix_listener anvil-auth-penalty {{
    mode = 0
  }}
}}
service stats {{
  unix_listener stats-writer {{
    mode = 0666
  }}
  unix_listener stats-reader {{
    mode = 0666
  }}
}}
"""

_VOUCHING = """
passdb {{
  driver = oauth2
  mechanisms = xoauth2 oauthbearer
  args = {root}/oauth2.conf
}}
"""
_INTROSPECTION = """
introspection_mode = post
introspection_url = {url}
username_attribute = username
active_attribute = active
active_value = true
timeout_msecs = 5000
"""

_AS_ROOT = """
default_internal_user = dovecot
default_login_user = dovenull
mail_access_groups = mail
first_valid_uid = 1
first_valid_gid = 1
"""

_AS_SOMEBODY = """
default_internal_user = {user}
default_internal_group = {group}
default_login_user = {user}
first_valid_uid = 1
first_valid_gid = 1
service anvil {{
  chroot =
}}
service stats {{
  chroot =
}}
service imap-login {{
  chroot =
}}
"""


def is_installed() -> bool:
    return shutil.which("dovecot", path=_PATH) is not None


_PATH = f"{os.environ.get('PATH', '')}:/usr/sbin:/sbin"


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port


class Dovecot:
    """A server in `root`. A context manager; `stop` and `start` make an outage in between.

    `vouching`: where it asks whose an OAuth 2 token is (RFC 7662); "" takes passwords alone.
    """

    def __init__(self, root: Path, *, vouching: str = "") -> None:
        self.root = root
        self.vouching = vouching
        self.port = free_port()
        self.tls_port = free_port()
        self._process: subprocess.Popen[bytes] | None = None
        self._prepare()

    @property
    def certificate(self) -> Path:
        return self.root / "cert.pem"

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    def account(self, user: str, password: str = PASSWORD) -> str:
        """Make a mailbox; the same name twice is the same mailbox."""
        # A file for each: Dovecot notices a changed one only a second later.
        line = f"{user}:{{PLAIN}}{password}\n"
        (self.root / "users" / user).write_text(line, encoding="utf-8")
        return user

    def start(self) -> None:
        command = ["dovecot", "-F", "-c", str(self._conf)]
        self._process = subprocess.Popen(command, env=self._environment)
        for _ in range(400):
            with suppress(OSError), socket.create_connection(("127.0.0.1", self.port), 1):
                return
            time.sleep(0.05)
        raise TimeoutError((self.root / "dovecot.log").read_text())

    def stop(self) -> None:
        if self._process is not None:
            self._process.terminate()
            self._process.wait(60)
            self._process = None

    @property
    def _conf(self) -> Path:
        return self.root / "dovecot.conf"

    @property
    def _environment(self) -> dict[str, str]:
        return {**os.environ, "PATH": _PATH}

    def _prepare(self) -> None:
        as_root = os.geteuid() == 0
        user = "mail" if as_root else getpass.getuser()
        group = "mail" if as_root else grp.getgrgid(os.getegid()).gr_name
        for name in ("run", "state", "mail", "users"):
            (self.root / name).mkdir(parents=True)
        if as_root:
            shutil.chown(self.root / "mail", user, group)
            self.root.chmod(0o755)  # the mail process is another user
        users = (_AS_ROOT if as_root else _AS_SOMEBODY).format(user=user, group=group)
        words = {"users": users, "user": user, "group": group, "root": self.root}
        words["mechanisms"] = " xoauth2 oauthbearer" if self.vouching else ""
        words["vouching"] = _VOUCHING.format(root=self.root) if self.vouching else ""
        introspection = _INTROSPECTION.format(url=self.vouching)
        (self.root / "oauth2.conf").write_text(introspection, encoding="utf-8")
        ports = {"port": self.port, "tls_port": self.tls_port}
        self._conf.write_text(_SETTINGS.format(**words, **ports), encoding="utf-8")
        self._certify()

    def _certify(self) -> None:
        names = ["-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost,IP:127.0.0.1"]
        files = ["-keyout", str(self.root / "key.pem"), "-out", str(self.certificate)]
        kind = ["-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"]
        subprocess.run(["openssl", "req", *kind, *names, *files], check=True, capture_output=True)
