"""Signing in, once: a person at a browser, anywhere, and we at a terminal without one."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from secrets import token_urlsafe
from threading import Event
from typing import Any
from urllib.parse import parse_qs, urlsplit

from daemon.errors import Unavailable
from daemon.log import plain
from daemon.oauth.access import Access
from daemon.oauth.endpoint import Denied, Endpoint, refused
from daemon.oauth.grant import Grant, seconds

PATIENCE = 900  # seconds for a code whose end the provider does not tell
PAUSE = 5  # seconds between two questions, and more each time we are asked to slow down


@dataclass(frozen=True, kw_only=True, slots=True)
class Step:
    """Open `page`; enter `code` there, or without one bring back the address that it ends at."""

    page: str
    code: str = ""


Tell = Callable[[Step], str]


@dataclass(frozen=True, kw_only=True, slots=True)
class SignIn:
    """`tell` shows a step to the person, and returns the address they bring back, if any."""

    access: Access
    tell: Tell
    wait: Callable[[float], object] = Event().wait

    def __call__(self) -> Grant:
        """The grant, which is kept.

        Raises ConfigError when the provider refuses, ValueError when what was brought back is no
        answer to this question, Unavailable for the world.
        """
        with Endpoint(self.access.oauth) as endpoint:
            try:
                by_code = bool(self.access.oauth.device_at())
                answer = self._by_code(endpoint) if by_code else self._by_page(endpoint)
                grant = self._issued(answer)
            except Denied as denied:  # somebody pressed "no", the code ran out, an unknown client
                raise refused(denied, self.access.account) from None
        self.access.keep(grant)
        return grant

    def _issued(self, answer: Mapping[str, Any]) -> Grant:
        try:
            grant = Grant.issued(answer, self.access.clock())
        except ValueError as error:  # 200, and something else than a token
            raise Unavailable(f"signing in at {self.access.oauth.token_at()}", error) from None
        if not grant.refresh:
            raise Denied("invalid_scope", "no refresh token: ask for one in scope")
        return grant

    def _by_page(self, endpoint: Endpoint) -> Mapping[str, Any]:
        verifier = token_urlsafe(64)
        page, state = endpoint.page(self.access.account, verifier=verifier)
        came_to = _checked(self.tell(Step(page=page)).strip(), state)
        return endpoint.redeemed(came_to, state=state, verifier=verifier)

    def _by_code(self, endpoint: Endpoint) -> Mapping[str, Any]:
        asked = endpoint.device()
        self.tell(_step(asked))
        pause = seconds(asked.get("interval")) or PAUSE
        left = seconds(asked.get("expires_in")) or PATIENCE
        while left > 0:
            self.wait(pause)
            left -= pause
            try:
                return endpoint.granted(str(asked["device_code"]))
            except Denied as denied:  # not entered yet; any other word is an end
                if denied.word != "authorization_pending":
                    raise
            except Unavailable as fault:  # "slow_down", or a line that broke: asked again later
                pause += PAUSE
                if left <= 0:
                    raise fault from None
        raise Denied("expired_token", "nobody entered the code in time")


def _step(asked: Mapping[str, Any]) -> Step:
    """`verification_url` is what Google wrote before there was a standard."""
    page = asked.get("verification_uri") or asked.get("verification_url")
    if not (page and asked.get("user_code") and asked.get("device_code")):
        raise Unavailable("beginning the sign-in", "the provider's answer has no code")
    return Step(page=plain(page), code=plain(asked["user_code"]))


def _checked(came_to: str, state: str) -> str:
    """Before it goes anywhere: it must be the answer to this very question."""
    answer = parse_qs(urlsplit(came_to).query)
    if "error" in answer:
        raise Denied(plain(answer["error"][0]), plain(answer.get("error_description", [""])[0]))
    if "code" not in answer:
        raise ValueError("this address has no code=…: copy the whole line, to its end")
    if answer.get("state") != [state]:
        raise ValueError("this address belongs to another sign-in: begin anew")
    return came_to
