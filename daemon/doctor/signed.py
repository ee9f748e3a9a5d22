"""Sign-ins by OAuth 2: whether they are there, and until when. The login itself shows the rest."""

from collections.abc import Iterator

from daemon import clock, oauth
from daemon.config import Config
from daemon.doctor.check import CONFIG, Check, bad, look, ok
from daemon.errors import ConfigError, Unavailable
from daemon.oauth import Access

SOON = 14  # days
KEPT = "it lies in {folder} alone: no backup has it, after a restore sign in anew"


def examine(config: Config) -> Iterator[Check]:
    for box in config.mailboxes:
        for access in oauth.of(box):
            yield _sign_in(box.name, access)


def _sign_in(name: str, access: Access) -> Check:
    what, again = f"{name} sign-in", f"baosong oauth sign-in {name}"
    try:
        grant = access.grant()
    except ConfigError as error:  # nobody signed in; a file that is none of ours
        return bad(what, str(error), again, status=CONFIG)
    except Unavailable as error:  # too many open files, a disk that fails
        return bad(what, str(error), "look at the disk")
    if grant.ends and not grant.slides and (grant.ends - clock.now()).days < SOON:
        return look(what, f"of {access.account} ends at {grant.ends:%Y-%m-%d %H:%M %Z}", again)
    said = f"as {access.account} since {grant.signed:%Y-%m-%d}"
    return ok(what, f"{said}; {KEPT.format(folder=access.store.path.parent)}")
