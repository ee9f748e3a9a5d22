"""Access to one account: a token that is good now, renewed in time by whoever comes first."""

import logging
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime

from daemon.clock import now
from daemon.config import Config, Mailbox
from daemon.config.secret import OAuth, Secret
from daemon.errors import ConfigError, Problem, Unavailable
from daemon.oauth.endpoint import Denied, Endpoint, refused
from daemon.oauth.grant import Grant
from daemon.oauth.store import Store, store

log = logging.getLogger(__name__)


@dataclass(frozen=True, kw_only=True, slots=True)
class Access:
    """The grant of `account`. Its methods raise Unavailable, and ConfigError when only a person
    who signs in again, or mends the configuration, can help."""

    oauth: OAuth
    account: str
    clock: Callable[[], datetime] = now

    @property
    def store(self) -> Store:
        return store(self.oauth, self.account)

    def token(self) -> str:
        """An access token that is good for a while."""
        grant = self.grant()
        return grant.access if grant.fresh(self.clock()) else self._renewed(grant)

    def another(self, token: str) -> str:
        """One in place of a token that a server has refused before its time."""
        return self._renewed(self.grant(), not_this=token)

    def grant(self) -> Grant:
        found = self.store.read()
        if found is None:
            text = f"nobody has signed in as {self.account} yet: baosong oauth sign-in"
            raise ConfigError([Problem("oauth", text)])
        return found

    def keep(self, grant: Grant) -> None:
        """A person has signed in; what was known before is forgotten."""
        with self.store.alone(), self.store.room() as replace:
            replace(grant)

    def _renewed(self, known: Grant, *, not_this: str = "") -> str:
        try:
            return self._renew(not_this)
        except Unavailable as error:
            # a provider that is away is no matter while the token lasts
            if not_this or self.clock() >= known.expires:
                raise
            log.warning("%s; the sign-in lasts until %s", error, known.expires)
            return known.access

    def _renew(self, not_this: str) -> str:
        with self.store.alone():
            grant = self.grant()  # anew: somebody else may have renewed it while we waited
            if grant.fresh(self.clock()) and grant.access != not_this:
                return grant.access
            with self.store.room() as replace, Endpoint(self.oauth) as endpoint:
                later = grant.followed(self._issued(endpoint, grant.refresh))
                replace(later)
        return later.access

    def _issued(self, endpoint: Endpoint, refresh: str) -> Grant:
        try:
            return Grant.issued(endpoint.renewed(refresh), self.clock())
        except Denied as denied:  # revoked, expired, the password changed; a client that is gone
            raise refused(denied, self.account) from None
        except ValueError as error:  # 200, and something else than a token
            raise Unavailable(f"renewing the sign-in at {endpoint.where}", error) from None


def access(
    secret: Secret | None, username: str | None, *, clock: Callable[[], datetime] = now
) -> Access | None:
    """None where the secret is a password."""
    if secret is None or secret.oauth is None:
        return None
    return Access(oauth=secret.oauth, account=secret.oauth.account or username or "", clock=clock)


def of(box: Mailbox) -> tuple[Access, ...]:
    """The grants that a mailbox needs: often one for reading and sending."""
    both = (access(s.password, s.username) for s in (box.imap, box.smtp) if s is not None)
    return tuple({a.store.path: a for a in both if a is not None}.values())


def ends(box: Mailbox) -> datetime | None:
    """When the first sign-in of this mailbox ends, as far as its provider tells."""
    grants = (a.store.read() for a in of(box))
    return min((g.ends for g in grants if g and g.ends and not g.slides), default=None)


def unsigned(config: Config) -> Iterator[Problem]:
    """Mailboxes that nobody has signed in to yet; sign-ins that cannot be read."""
    for box in config.mailboxes:
        for one in of(box):
            try:
                one.grant()
            except ConfigError as error:
                yield Problem(box.name, f"{error.problems[0].text} {box.name}")
