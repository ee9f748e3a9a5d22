"""The provider's endpoints, spoken to through Authlib over httpx: the only importer of both."""

import ssl
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

from daemon import clock
from daemon.config.crosscheck import EXTRA
from daemon.config.secret import OAuth
from daemon.errors import ConfigError, Problem, Unavailable
from daemon.log import plain

TIMEOUT = 30.0  # seconds for each step of an answer
DEADLINE = timedelta(seconds=60)  # for the whole of it: a server that drips meets no time-out
LARGEST = 1 << 20  # bytes of an answer
_PASSING = {"temporarily_unavailable", "server_error", "slow_down"}  # RFC 6749, 8628
_OVER = {"invalid_grant", "interaction_required", "consent_required", "login_required"}
_UNKNOWN = {"invalid_client", "unauthorized_client"}


class Denied(Exception):
    """The provider says no, by a word of the standard."""

    def __init__(self, word: str, said: str) -> None:
        self.word = word
        super().__init__(f"{word} ({said})" if said else word)


class Endpoint:
    """One application at one provider. A context manager; its methods raise Denied, Unavailable.

    Raises ConfigError when the libraries are not installed or the secret is not there.
    """

    def __init__(self, oauth: OAuth) -> None:
        self.oauth = oauth
        self.where = oauth.token_at()
        try:
            import httpx
            from authlib.oauth2 import OAuth2Client  # type: ignore[import-untyped]
        except ImportError as error:  # the extra was left out when this was installed
            raise ConfigError([Problem("oauth", EXTRA)]) from error
        secret = oauth.client_secret.reveal() if oauth.client_secret else None
        self._http = httpx.Client(verify=_trust(oauth), timeout=TIMEOUT)
        self._client: Any = OAuth2Client(
            session=self,
            client_id=oauth.client_id,
            client_secret=secret,
            token_endpoint_auth_method="client_secret_post" if secret else "none",
            scope=oauth.scopes(),
            redirect_uri=oauth.redirect_url,
            code_challenge_method="S256",
        )

    def __enter__(self) -> "Endpoint":
        return self

    def __exit__(self, *_: object) -> None:
        self._http.close()

    def renewed(self, refresh: str) -> Mapping[str, Any]:
        """The answer to a refresh token."""
        if not refresh:  # edited by hand: a sign-in without one is never kept
            raise Denied("invalid_grant", "there is no refresh token")
        with self._asking("renewing the sign-in at"):
            return dict(self._client.refresh_token(self.where, refresh_token=refresh))

    def redeemed(self, came_to: str, *, state: str, verifier: str) -> Mapping[str, Any]:
        """The answer to the address that the browser was sent to after the sign-in."""
        with self._asking("finishing the sign-in at"):
            answer = self._client.fetch_token(
                self.where, authorization_response=came_to, state=state, code_verifier=verifier
            )
            return dict(answer)

    def granted(self, device_code: str) -> Mapping[str, Any]:
        """The answer once somebody has entered the code. Denied("authorization_pending") before."""
        kind = "urn:ietf:params:oauth:grant-type:device_code"
        with self._asking("finishing the sign-in at"):
            found = self._client.fetch_token(self.where, grant_type=kind, device_code=device_code)
            return dict(found)

    def device(self) -> Mapping[str, Any]:
        """A code to be entered in a browser (RFC 8628, section 3.2)."""
        asked = {"client_id": self.oauth.client_id, "scope": self.oauth.scopes()}
        with self._asking("beginning the sign-in at"):
            response = self._posted(self.oauth.device_at(), urlencode(asked), {})
            return dict(self._client.parse_response_token(response))

    def page(self, account: str, *, verifier: str) -> tuple[str, str]:
        """Where a browser signs in, and the state that it must come back with."""
        # Google hands out a refresh token for the asking only, and the second time on consent.
        extra = {"access_type": "offline", "prompt": "consent"}
        wanted = extra if self.oauth.provider == "google" else {}
        address, state = self._client.create_authorization_url(
            self.oauth.authorize_at(), code_verifier=verifier, login_hint=account, **wanted
        )
        return str(address), str(state)

    def post(
        self, url: str, *, data: Mapping[str, str], headers: Mapping[str, str], auth: Any
    ) -> Any:
        """What Authlib asks of a session; `auth` adds who we are."""
        url, added, body = auth.prepare("POST", url, dict(headers), urlencode(data))
        return self._posted(url, body, added)

    def _posted(self, url: str, body: str, headers: Mapping[str, str]) -> Any:
        import httpx

        form = {"Content-Type": "application/x-www-form-urlencoded", "Accept": "application/json"}
        end, content = clock.now() + DEADLINE, b""
        with self._http.stream("POST", url, content=body, headers={**headers, **form}) as response:
            for chunk in response.iter_bytes():
                content += chunk
                if len(content) > LARGEST or clock.now() > end:
                    raise httpx.ReadError("its answer has no end")
        return httpx.Response(response.status_code, content=content, request=response.request)

    @contextmanager
    def _asking(self, doing: str) -> Iterator[None]:
        """Not chained: neither a token nor a code must come into a log by way of a traceback."""
        import httpx
        from authlib.common.errors import AuthlibBaseError  # type: ignore[import-untyped]

        attempt = f"{doing} {self.where}"
        try:
            yield
        except AuthlibBaseError as error:  # refused in the words of the standard
            word, said = plain(error.error, limit=60), plain(error.description or "", limit=300)
            if word in _PASSING:
                raise Unavailable(attempt, f"{word} {said}") from None
            raise Denied(word, said) from None
        except (httpx.HTTPError, ValueError) as error:
            # no network, an error page, an answer that is no JSON
            raise Unavailable(attempt, plain(error, limit=300)) from None


def _trust(oauth: OAuth) -> ssl.SSLContext:
    try:
        return ssl.create_default_context(cafile=oauth.ca)
    except OSError as error:  # the own authority's file is missing, or holds no certificate
        raise Unavailable(f"reading the certificates in {oauth.ca}", error) from error


def refused(denied: Denied, account: str) -> ConfigError:
    """What a refusal means for whoever looks after this, and what to do."""
    if denied.word in _OVER:
        text = f"the sign-in of {account} has ended: {denied}; sign in anew: baosong oauth sign-in"
    elif denied.word in _UNKNOWN:
        text = f"the provider does not know this client_id, or not this client_secret: {denied}"
    else:
        text = f"the provider does not let {account} sign in: {denied}"
    return ConfigError([Problem("oauth", text)])
