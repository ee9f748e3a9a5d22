"""The systemd unit for this installation, as text to be looked at before it is installed."""

import shlex
import sys
from pathlib import Path

from daemon.config import Config
from daemon.config.crosscheck import secrets
from daemon.config.secret import Word

NAME = "baosong.service"
_STATE_ROOT = Path("/var/lib")
_HOMES = (Path("/home"), Path("/root"), Path("/run/user"))

_HEAD = """\
# baosong unit --config {source} | sudo tee /etc/systemd/system/{name}
# sudo systemctl daemon-reload && sudo systemctl enable --now {name}
[Unit]
Description=Baosong: takes in submissions by e-mail and answers them
Wants=network-online.target
After=network-online.target time-sync.target

[Service]
Type=notify
NotifyAccess=main
ExecStart={command}
ExecReload=/bin/kill -HUP $MAINPID
Restart=on-failure
RestartSec=10
# 78 is a configuration that cannot be used: starting again would not mend it.
RestartPreventExitStatus=78
# A ledger of an older version is carried forward first: a minute for each 100,000 messages.
TimeoutStartSec=1800
# A running message gets 8 seconds; then everything can be repeated.
TimeoutStopSec=15
KillMode=mixed
# Threads that each keep a heap of their own let a process grow for hours.
Environment=MALLOC_ARENA_MAX=2
"""


def unit(config: Config, source: Path, *, script: Path | None = None) -> str:
    """The unit that runs `source`. `script` is the console script, by default this one's."""
    program = script or console_script()
    command = shlex.join([str(program), "run", "--config", str(source)])
    head = _HEAD.format(source=source, name=NAME, command=_escaped(command))
    home = _home(program, program.resolve(), Path(sys.executable).resolve(), source)
    lines = [*_place(config), *_credentials(config), *home, *_HARDENING, *_INSTALL, ""]
    return head + "\n".join(lines)


def console_script() -> Path:
    """`baosong` by absolute path. Never `-m daemon`: a folder of that name may lie about."""
    return Path(sys.executable).absolute().parent / "baosong"


def _place(config: Config) -> list[str]:
    """Who it runs as, and the only folders that it may write."""
    lines = ["", "UMask=0027"]
    if config.state.is_relative_to(_STATE_ROOT):
        lines += ["DynamicUser=yes", f"StateDirectory={config.state.relative_to(_STATE_ROOT)}"]
        lines += ["StateDirectoryMode=0750"]
    else:
        lines += ["User=baosong", f"ReadWritePaths={config.state}"]
    for box in config.mailboxes:
        folders = [box.maildir.path] if box.maildir and box.maildir.after != "nothing" else []
        folders += [box.outbox.maildir] if box.outbox else []
        lines += [f"ReadWritePaths={folder}" for folder in folders]
    return lines


def _home(*needed: Path) -> list[str]:
    """Home folders are hidden, unless the program itself was installed in one."""
    inside = [p for p in needed if any(p.is_relative_to(home) for home in _HOMES)]
    if not inside:
        return ["ProtectHome=yes"]
    return [f"# {inside[0]} must be readable for the user of the service", "ProtectHome=read-only"]


def _credentials(config: Config) -> list[str]:
    """Passwords that the configuration expects in this unit's credentials folder."""
    given = Path("/run/credentials") / NAME
    files = {s.file for s in _all(config) if s.file is not None and s.file.parent == given}
    source = Path("/etc/baosong/credentials")
    return [f"LoadCredential={file.name}:{source / file.name}" for file in sorted(files)]


def _all(config: Config) -> list[Word]:
    return [secret for _, secret in secrets(config)]


def _escaped(command: str) -> str:
    return command.replace("%", "%%").replace("$", "$$")


_HARDENING = (
    "NoNewPrivileges=yes",
    "CapabilityBoundingSet=",
    "ProtectSystem=strict",
    "PrivateTmp=yes",
    "PrivateDevices=yes",
    "ProtectProc=invisible",
    "ProtectClock=yes",
    "ProtectHostname=yes",
    "ProtectKernelLogs=yes",
    "ProtectKernelModules=yes",
    "ProtectKernelTunables=yes",
    "ProtectControlGroups=yes",
    "RestrictAddressFamilies=AF_INET AF_INET6 AF_UNIX",
    "RestrictNamespaces=yes",
    "RestrictRealtime=yes",
    "RestrictSUIDSGID=yes",
    "LockPersonality=yes",
    "SystemCallArchitectures=native",
    "SystemCallFilter=@system-service",
    "SystemCallErrorNumber=EPERM",
)
_INSTALL = ("", "[Install]", "WantedBy=multi-user.target")
