"""The staff's pages: whether they answer, and whether anybody may sign in."""

from collections.abc import Iterator
from http.client import HTTPConnection, HTTPException

from daemon.config import Config
from daemon.doctor.check import Check, look, ok
from daemon.errors import ConfigError, Unavailable
from daemon.ledger import Ledger

PATIENCE = 5.0  # seconds
EVERY_ADDRESS = {"0.0.0.0", "::", ""}  # noqa: S104 - nothing is bound here


def examine(config: Config) -> Iterator[Check]:
    if not config.web.listen:
        yield ok("pages", "none are served")
        return
    yield _answer(config.web.listen)
    yield from _people(config)


def _answer(listen: str) -> Check:
    host, _, port = listen.rpartition(":")
    bare = host.strip("[]")
    where = "localhost" if bare in EVERY_ADDRESS else bare
    connection = HTTPConnection(where, int(port), timeout=PATIENCE)
    try:
        connection.request("GET", "/sign-in")
        answer = connection.getresponse()
    except (OSError, HTTPException) as error:  # the service rests; another program has the port
        return look("pages", f"{listen} does not answer: {error}", "start the service")
    finally:
        connection.close()
    if answer.getheader("content-security-policy") is None:
        return look("pages", f"another program has {listen}", "give web.listen another port")
    return ok("pages", f"served at http://{listen}/")


def _people(config: Config) -> Iterator[Check]:
    path = config.state / "ledger.db"
    if not path.is_file():
        return
    try:
        with Ledger(path, readonly=True) as ledger:
            count = len(ledger.people.all())
    except (Unavailable, ConfigError):  # the line on alarms says so
        return
    if count or config.web.proxy_header:
        yield ok("pages", f"{count} may sign in")
    else:
        yield look("pages", "nobody may sign in", "baosong user add NAME")
