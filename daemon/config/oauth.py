"""The table { oauth = … } in place of a password: who vouches for us, and as which application."""

from pathlib import Path
from typing import Annotated, Literal, Self
from urllib.parse import urlsplit

from pydantic import AfterValidator, Field, ValidationInfo, model_validator

from daemon.config.model import Located, Section
from daemon.config.word import Word

MICROSOFT = "https://login.microsoftonline.com/{tenant}/oauth2/v2.0/"
EXCHANGE = "https://outlook.office.com/"
MICROSOFT_SCOPE = f"{EXCHANGE}IMAP.AccessAsUser.All {EXCHANGE}SMTP.Send offline_access"
GOOGLE_AUTHORIZE = "https://accounts.google.com/o/oauth2/v2/auth"
GOOGLE_TOKEN = "https://oauth2.googleapis.com/token"  # noqa: S105 - an address
GOOGLE_SCOPE = "https://mail.google.com/"
LOOPBACK = {"localhost", "127.0.0.1", "::1"}


def _address(text: str) -> str:
    """Passwords and tokens go there: in plain text to this machine alone."""
    parts = urlsplit(text)
    plain = parts.scheme == "http" and parts.hostname in LOOPBACK
    if text and not (parts.hostname and text.isprintable() and (parts.scheme == "https" or plain)):
        raise ValueError(f"{text!r} is no https:// address")
    return text


def _in_state(path: Path, info: ValidationInfo) -> Path:
    return Path((info.context or {}).get("state", "")) / path.expanduser()


Address = Annotated[str, AfterValidator(_address)]


class OAuth(Section):
    """An application that was registered with a provider, and the account that it acts for.

    Without `account` it is the user name of the server. `tokens` is the folder in which the
    grants of all accounts are kept; a relative one starts in the state folder. Addresses and
    `scope` are known for the two providers; the addresses of any other must be given.
    """

    provider: Literal["microsoft", "google", "other"] = "microsoft"
    tenant: str = Field(default="common", pattern=r"^[\w.-]+$")
    client_id: str = Field(min_length=1)
    client_secret: Word | None = None
    account: str = ""
    scope: str = ""
    authorize_url: Address = ""
    token_url: Address = ""
    device_url: Address = ""
    redirect_url: str = "http://localhost"
    ca: Located | None = None
    tokens: Annotated[Path, AfterValidator(_in_state)] = Path("oauth")

    @model_validator(mode="after")
    def _knows_where(self) -> Self:
        if self.provider == "other" and not self.token_url:
            raise ValueError('provider = "other" needs a token_url')
        if self.provider == "other" and not (self.authorize_url or self.device_url):
            raise ValueError('provider = "other" needs an authorize_url or a device_url')
        return self

    def token_at(self) -> str:
        known = {"microsoft": self._microsoft("token"), "google": GOOGLE_TOKEN}
        return self.token_url or known[self.provider]

    def authorize_at(self) -> str:
        known = {"microsoft": self._microsoft("authorize"), "google": GOOGLE_AUTHORIZE}
        return self.authorize_url or known.get(self.provider, "")

    def device_at(self) -> str:
        """Empty where a person must come back with an address: Google gives devices no mail."""
        known = {"microsoft": self._microsoft("devicecode")}
        return self.device_url or ("" if self.authorize_url else known.get(self.provider, ""))

    def scopes(self) -> str:
        """What is asked for: reading by IMAP, sending by SMTP, and to be renewed."""
        known = {"microsoft": MICROSOFT_SCOPE, "google": GOOGLE_SCOPE}
        return self.scope or known.get(self.provider, "offline_access")

    def _microsoft(self, leaf: str) -> str:
        return MICROSOFT.format(tenant=self.tenant) + leaf
