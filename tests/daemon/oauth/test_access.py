"""Tokens are renewed in time, by one at a time, and never lost."""

import json
import os
import stat
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from daemon.clock import now
from daemon.config.secret import OAuth
from daemon.errors import ConfigError, Unavailable
from daemon.oauth import Access
from daemon.oauth.grant import Grant
from tests.servers.oauth import CLIENT, SECRET, Provider

WHO = "office@example.org"


@pytest.fixture
def provider() -> Iterator[Provider]:
    with Provider() as server:
        yield server


def an_access(provider: Provider, tokens: Path, **more: object) -> Access:
    usual = {"token_url": f"{provider.url}/token", "authorize_url": f"{provider.url}/authorize"}
    words = {"provider": "other", "client_id": CLIENT, "client_secret": SECRET, **usual, **more}
    return Access(oauth=OAuth.model_validate({**words, "tokens": tokens}), account=WHO)


def signed(provider: Provider, tokens: Path, **more: object) -> Access:
    access = an_access(provider, tokens, **more)
    access.keep(Grant.issued(provider.agree(WHO), now()))
    return access


def later(access: Access, **span: float) -> Access:
    """The same, so much later."""
    return replace(access, clock=lambda: now() + timedelta(**span))


def test_a_token_is_used_until_five_minutes_before_its_end(
    provider: Provider, tmp_path: Path
) -> None:
    access = signed(provider, tmp_path)
    first = access.token()
    assert later(access, minutes=54).token() == first
    assert later(access, minutes=55, seconds=1).token() != first
    assert provider.renewals == 1


def test_a_short_token_is_used_for_nine_tenths_of_its_life(
    provider: Provider, tmp_path: Path
) -> None:
    provider.lifetime = 100
    access = signed(provider, tmp_path)
    first = access.token()
    assert later(access, seconds=85).token() == first
    assert later(access, seconds=91).token() != first


def test_every_rotated_token_is_kept(provider: Provider, tmp_path: Path) -> None:
    access = signed(provider, tmp_path)
    for _ in range(5):
        access.another(access.token())
    assert (provider.renewals, provider.grants[0].revoked) == (5, False)
    assert access.grant().refresh == provider.grants[0].refreshes[-1]


def test_a_provider_that_does_not_rotate_keeps_the_first_refresh_token(
    provider: Provider, tmp_path: Path
) -> None:
    provider.rotates = False
    access = signed(provider, tmp_path)
    for _ in range(3):
        access.another(access.token())
    assert access.grant().refresh == provider.grants[0].refreshes[0]


def test_of_many_who_find_the_same_token_refused_one_renews_it(
    provider: Provider, tmp_path: Path
) -> None:
    access = signed(provider, tmp_path)
    refused = access.token()
    with ThreadPoolExecutor(8) as pool:
        tokens = set(pool.map(access.another, [refused] * 8))
    assert (len(tokens), provider.renewals, provider.grants[0].revoked) == (1, 1, False)


RENEW = """
import sys
from pathlib import Path
from daemon.config.secret import OAuth
from daemon.oauth import Access
access = Access(oauth=OAuth.model_validate_json(sys.argv[1]), account=sys.argv[2])
for _ in range(10):
    access.another(access.token())
"""


def test_two_processes_do_not_lose_a_rotated_token(provider: Provider, tmp_path: Path) -> None:
    access = signed(provider, tmp_path)
    words = access.oauth.model_dump(mode="json") | {"client_secret": SECRET}
    command = [sys.executable, "-c", RENEW, json.dumps(words), WHO]
    children = [subprocess.Popen(command) for _ in range(2)]
    assert [child.wait(60) for child in children] == [0, 0]
    assert (provider.renewals >= 10, provider.grants[0].revoked) == (True, False)
    assert access.grant().refresh == provider.grants[0].refreshes[-1]


def test_what_is_kept_is_for_the_service_alone(provider: Provider, tmp_path: Path) -> None:
    folder = tmp_path / "state" / "oauth"
    access = signed(provider, folder)
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert {stat.S_IMODE(p.stat().st_mode) for p in folder.iterdir()} == {0o600}
    assert sorted(p.suffix for p in folder.iterdir()) == [".json", ".lock"]
    assert access.token() not in repr(access.grant())


def test_a_full_disk_is_noticed_before_the_provider_is_asked(
    provider: Provider, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    access = signed(provider, tmp_path)

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "posix_fallocate", full)
    with pytest.raises(Unavailable, match="No space left"):
        access.another(access.token())
    monkeypatch.undo()
    assert provider.renewals == 0
    assert access.another(access.token())


@pytest.mark.parametrize("status", [500, 503, 429, 404, 302, 200])
def test_a_provider_in_trouble_is_the_worlds_fault(
    provider: Provider, tmp_path: Path, status: int
) -> None:
    access = signed(provider, tmp_path)
    provider.down = status
    with pytest.raises(Unavailable, match="renewing the sign-in at"):
        access.another(access.token())
    provider.down = 0
    assert access.another(access.token())


def test_a_provider_that_is_away_is_no_matter_while_the_token_lasts(
    provider: Provider, tmp_path: Path
) -> None:
    access = signed(provider, tmp_path)
    first = access.token()
    provider.stop()
    assert later(access, minutes=59).token() == first
    with pytest.raises(Unavailable):
        later(access, minutes=60).token()


@pytest.mark.parametrize(
    ("word", "said"),
    [
        ("invalid_grant", "sign in anew"),
        ("interaction_required", "sign in anew"),
        ("invalid_client", "client_id"),
        ("invalid_scope", "does not let"),
    ],
)
def test_a_refusal_says_whom_it_is_up_to(
    provider: Provider, tmp_path: Path, word: str, said: str
) -> None:
    access = signed(provider, tmp_path)
    provider.refusal = word
    with pytest.raises(ConfigError, match=f"{said}.*{word}|{word}.*{said}"):
        access.another(access.token())


def test_a_refusal_that_passes_is_no_refusal(provider: Provider, tmp_path: Path) -> None:
    access = signed(provider, tmp_path)
    provider.refusal = "temporarily_unavailable"
    with pytest.raises(Unavailable, match="temporarily_unavailable"):
        access.another(access.token())


def test_a_wrong_application_secret_is_told_as_such(provider: Provider, tmp_path: Path) -> None:
    access = signed(provider, tmp_path, client_secret="another")
    with pytest.raises(ConfigError, match="client_secret: invalid_client"):
        access.another(access.token())


@pytest.mark.parametrize("text", ["", "{}", "[1]", '{"access": 1}', "\udcff"])
def test_a_file_that_is_no_sign_in_is_told_and_not_shown(
    provider: Provider, tmp_path: Path, text: str
) -> None:
    access = signed(provider, tmp_path)
    access.store.path.write_bytes(text.encode("utf-8", "surrogateescape"))
    with pytest.raises(ConfigError, match="is no sign-in") as said:
        access.token()
    assert said.value.__cause__ is None


def test_what_is_kept_comes_back_as_it_was(provider: Provider, tmp_path: Path) -> None:
    provider.ends = 86_400
    grant = Grant.issued(provider.agree(WHO), now())
    assert Grant.from_json(grant.to_json()) == grant
    assert Grant.from_json(json.dumps({**json.loads(grant.to_json()), "ends": None})).ends is None


def test_an_end_that_moves_with_each_renewal_is_none(provider: Provider, tmp_path: Path) -> None:
    provider.ends = 86_400
    access = signed(provider, tmp_path)
    assert access.grant().ends is not None
    assert not access.grant().slides
    hence = later(access, hours=2)
    hence.another(hence.token())
    assert access.grant().slides


def test_an_end_that_stays_is_told(provider: Provider, tmp_path: Path) -> None:
    provider.ends = 86_400
    access = signed(provider, tmp_path)
    first = access.grant().ends
    provider.ends = None
    access.another(access.token())
    assert (access.grant().ends, access.grant().slides) == (first, False)


@pytest.mark.parametrize("library", ["authlib.oauth2", "httpx"])
def test_without_the_extra_it_says_what_to_install(
    provider: Provider, tmp_path: Path, library: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    access = signed(provider, tmp_path)
    first = access.token()
    monkeypatch.setitem(sys.modules, library, None)
    assert access.token() == first
    with pytest.raises(ConfigError, match=r"install baosong\[oauth\]"):
        access.another(first)


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can write for others")
def test_what_root_writes_belongs_to_the_service(provider: Provider, tmp_path: Path) -> None:
    os.chown(tmp_path, 8, 8)
    signed(provider, tmp_path / "oauth")
    written = [tmp_path / "oauth", *(tmp_path / "oauth").iterdir()]
    assert {(p.stat().st_uid, p.stat().st_gid) for p in written} == {(8, 8)}
