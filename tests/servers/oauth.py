"""An OAuth 2 authorization server on loopback: it issues tokens, rotates, revokes, and vouches.

What the large providers do and a test must see: a refresh token is good for one renewal, and
whoever comes with an old one loses the grant (RFC 9700, section 4.14).
"""

import json
from base64 import urlsafe_b64encode
from dataclasses import dataclass, field
from hashlib import sha256
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import count
from secrets import token_urlsafe
from threading import Lock, Thread
from time import monotonic
from typing import TYPE_CHECKING, Any, Self
from urllib.parse import parse_qs, urlencode, urlsplit

if TYPE_CHECKING:
    from collections.abc import Callable

CLIENT, SECRET = "baosong-test", "the application's own word"
Form = dict[str, str]


@dataclass
class Grant:
    """What one account has agreed to. `refreshes` in the order they were given out."""

    account: str
    refreshes: list[str] = field(default_factory=list)
    access: dict[str, float] = field(default_factory=dict)  # token: its end
    revoked: bool = False


@dataclass
class Vouching:
    """Everything a provider has in its head. `lifetime` of access tokens in seconds.

    `ends` is told of refresh tokens, in seconds. `pending` questions of a device come too early,
    `too_fast` of them too soon after each other. `once`: no refresh tokens at all.
    `denied` is what a person presses, `refusal` what every renewal gets.
    `down`: the status that every request gets instead of an answer, 0 when it works.
    """

    lifetime: float = 3600
    ends: int | None = None
    rotates: bool = True
    pending: int = 0
    too_fast: int = 0
    denied: str = ""
    refusal: str = ""
    down: int = 0
    grants: list[Grant] = field(default_factory=list)
    codes: dict[str, dict[str, str]] = field(default_factory=dict)
    once: bool = False
    renewals: int = 0
    lock: Lock = field(default_factory=Lock)
    number: "count[int]" = field(default_factory=lambda: count(1))

    def grant(self, account: str) -> Grant:
        return next(g for g in reversed(self.grants) if g.account == account)

    def revoke(self, account: str) -> None:
        """The person, or the administrator, takes it all back."""
        self.grant(account).revoked = True

    def expire(self, account: str) -> None:
        """The access tokens end now; the grant does not."""
        self.grant(account).access = dict.fromkeys(self.grant(account).access, 0.0)

    def whose(self, token: str) -> str:
        """The account that an access token is good for; "" for none."""
        for grant in self.grants:
            if not grant.revoked and grant.access.get(token, 0) > monotonic():
                return grant.account
        return ""

    def issue(self, grant: Grant) -> dict[str, Any]:
        access, first = f"access-{next(self.number)}-{token_urlsafe(32)}", not grant.refreshes
        grant.access[access] = monotonic() + self.lifetime
        answer: dict[str, Any] = {"token_type": "Bearer", "access_token": access}
        answer |= {"expires_in": max(int(self.lifetime), 1)}
        if (first or self.rotates) and not self.once:
            grant.refreshes.append(f"refresh-{next(self.number)}-{token_urlsafe(32)}")
            answer["refresh_token"] = grant.refreshes[-1]
        return answer | ({"refresh_token_expires_in": self.ends} if self.ends else {})

    def token(self, form: Form) -> tuple[int, dict[str, Any]]:
        if (form.get("client_id"), form.get("client_secret")) != (CLIENT, SECRET):
            return 401, {"error": "invalid_client"}
        kind = form.get("grant_type", "").rpartition(":")[2]
        answers: dict[str, Callable[[Form], tuple[int, dict[str, Any]]]] = {
            "refresh_token": self._renew,
            "authorization_code": self._redeem,
            "device_code": self._entered,
        }
        with self.lock:
            return answers[kind](form)

    def _renew(self, form: Form) -> tuple[int, dict[str, Any]]:
        if self.refusal:
            return 400, {"error": self.refusal}
        token = form["refresh_token"]
        grant = next((g for g in self.grants if token in g.refreshes), None)
        if grant is None or grant.revoked:
            return 400, {"error": "invalid_grant", "error_description": "revoked or unknown"}
        if self.rotates and token != grant.refreshes[-1]:
            grant.revoked = True  # stolen: two have it
            return 400, {"error": "invalid_grant", "error_description": "used before"}
        self.renewals += 1
        return 200, self.issue(grant)

    def _redeem(self, form: Form) -> tuple[int, dict[str, Any]]:
        asked = self.codes.pop(form["code"], None)
        digest = sha256(form.get("code_verifier", "").encode()).digest()
        proof = urlsafe_b64encode(digest).decode().rstrip("=")
        if asked is None or proof != asked["code_challenge"]:
            return 400, {"error": "invalid_grant"}
        if form["redirect_uri"] != asked["redirect_uri"]:
            return 400, {"error": "invalid_grant", "error_description": "another redirect_uri"}
        return 200, self.agree(asked["login_hint"])

    def _entered(self, form: Form) -> tuple[int, dict[str, Any]]:
        if self.denied:
            return 400, {"error": self.denied}
        if self.too_fast:
            self.too_fast -= 1
            return 400, {"error": "slow_down"}
        if self.pending:
            self.pending -= 1
            return 400, {"error": "authorization_pending"}
        return 200, self.agree(self.codes.pop(form["device_code"])["account"])

    def agree(self, account: str) -> dict[str, Any]:
        """Somebody signs in and agrees; the first tokens."""
        self.grants.append(Grant(account))
        return self.issue(self.grants[-1])

    def browse(self, page: str) -> str:
        """A person opens this page, signs in, agrees; the address that the browser ends at."""
        asked = {k: v[0] for k, v in parse_qs(urlsplit(page).query).items()}
        if self.denied:
            back = {"error": self.denied, "state": asked["state"]}
        else:
            back = {"code": token_urlsafe(16), "state": asked["state"]}
            self.codes[back["code"]] = asked
        return f"{asked['redirect_uri']}/?{urlencode(back)}"


class Provider(Vouching):
    """The same, served. A context manager; `device_account` is who enters the codes of devices."""

    def __init__(self, **knobs: Any) -> None:
        super().__init__(**knobs)
        self.device_account = ""
        self._server: ThreadingHTTPServer | None = None
        self.port = 0

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    def start(self) -> None:
        provider = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                length = int(self.headers.get("Content-Length", 0))
                form = {k: v[0] for k, v in parse_qs(self.rfile.read(length).decode()).items()}
                status, answer = provider.answer(urlsplit(self.path).path, form)
                body = answer if isinstance(answer, bytes) else json.dumps(answer).encode()
                self.send_response(status)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, format: str, *args: object) -> None:  # noqa: A002
                """Quiet."""

        self._server = ThreadingHTTPServer(("127.0.0.1", self.port), Handler)
        self._server.daemon_threads = True
        self.port = self._server.server_port
        Thread(target=self._server.serve_forever, args=(0.05,), daemon=True).start()

    def stop(self) -> None:
        if self._server is not None:
            self._server.shutdown()
            self._server.server_close()
            self._server = None

    def answer(self, path: str, form: Form) -> tuple[int, dict[str, Any] | bytes]:
        if self.down and path != "/introspect":  # whoever vouches still knows the tokens
            return self.down, b"<html>away for a while</html>"
        if path == "/token":
            return self.token(form)
        if path == "/device":
            return 200, self._device()
        if path == "/introspect":  # RFC 7662, as Dovecot asks
            account = self.whose(form.get("token", ""))
            return 200, {"active": bool(account), "username": account}
        return 404, b""

    def _device(self) -> dict[str, Any]:
        code = token_urlsafe(16)
        self.codes[code] = {"account": self.device_account}
        page = f"{self.url}/enter"
        more = {"user_code": "ABCD-EFGH", "expires_in": 900, "interval": 1}
        return {"device_code": code, "verification_uri": page} | more
