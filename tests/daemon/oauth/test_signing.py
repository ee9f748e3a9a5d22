"""Signing in: with a code that is entered elsewhere, or with an address that is brought back."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from daemon.errors import ConfigError, Unavailable
from daemon.oauth.signing import SignIn, Step
from tests.daemon.oauth.test_access import WHO, an_access
from tests.servers.oauth import Provider


@pytest.fixture
def provider() -> Iterator[Provider]:
    with Provider() as server:
        server.device_account = WHO
        yield server


@dataclass
class Person:
    """At a browser. `brings` may change the address that is brought back."""

    provider: Provider
    brings: str = "{}"
    steps: list[Step] = field(default_factory=list)
    waited: list[float] = field(default_factory=list)

    def __call__(self, step: Step) -> str:
        self.steps.append(step)
        return "" if step.code else self.brings.format(self.provider.browse(step.page))


def by_page(person: Person, tokens: Path) -> SignIn:
    return SignIn(access=an_access(person.provider, tokens), tell=person)


def by_code(person: Person, tokens: Path) -> SignIn:
    access = an_access(person.provider, tokens, device_url=f"{person.provider.url}/device")
    return SignIn(access=access, tell=person, wait=person.waited.append)


def test_an_address_that_is_brought_back_is_a_sign_in(provider: Provider, tmp_path: Path) -> None:
    sign_in = by_page(Person(provider, brings="  {}\n"), tmp_path)
    grant = sign_in()
    assert sign_in.access.token() == grant.access
    assert provider.whose(grant.access) == WHO


def test_the_page_asks_for_what_is_needed_with_a_proof_of_who_asked(
    provider: Provider, tmp_path: Path
) -> None:
    person = Person(provider)
    by_page(person, tmp_path)()
    [step] = person.steps
    for words in ("code_challenge_method=S256", "response_type=code", "login_hint=office%40"):
        assert words in step.page


@pytest.mark.parametrize(
    ("brings", "said"),
    [("", "no code"), ("http://localhost/?state=x", "no code"), ("{}x", "another sign-in")],
)
def test_another_line_is_not_taken_for_the_address(
    provider: Provider, tmp_path: Path, brings: str, said: str
) -> None:
    with pytest.raises(ValueError, match=said):
        by_page(Person(provider, brings=brings), tmp_path)()
    assert list(tmp_path.iterdir()) == []


def test_a_person_who_says_no_is_told_so(provider: Provider, tmp_path: Path) -> None:
    provider.denied = "access_denied"
    with pytest.raises(ConfigError, match="access_denied"):
        by_page(Person(provider), tmp_path)()
    with pytest.raises(ConfigError, match="access_denied"):
        by_code(Person(provider), tmp_path)()


def test_a_code_is_waited_for_until_it_is_entered(provider: Provider, tmp_path: Path) -> None:
    provider.pending = 3
    person = Person(provider)
    sign_in = by_code(person, tmp_path)
    assert provider.whose(sign_in().access) == WHO
    assert person.steps == [Step(page=f"{provider.url}/enter", code="ABCD-EFGH")]
    assert person.waited == [1, 1, 1, 1]


def test_who_is_asked_to_slow_down_does_so(provider: Provider, tmp_path: Path) -> None:
    provider.pending, provider.too_fast = 2, 1
    person = Person(provider)
    by_code(person, tmp_path)()
    assert person.waited == [1, 6, 6, 6]


def test_a_code_that_nobody_enters_ends(provider: Provider, tmp_path: Path) -> None:
    provider.pending = 10_000
    person = Person(provider)
    with pytest.raises(ConfigError, match="expired_token"):
        by_code(person, tmp_path)()
    assert sum(person.waited) == 900


def test_a_grant_that_could_not_be_renewed_is_not_kept(provider: Provider, tmp_path: Path) -> None:
    provider.once = True
    with pytest.raises(ConfigError, match="no refresh token"):
        by_page(Person(provider), tmp_path)()
    assert not list(tmp_path.glob("*.json"))


@pytest.mark.parametrize("status", [503, 200])
def test_a_provider_in_trouble_is_the_worlds_fault(
    provider: Provider, tmp_path: Path, status: int
) -> None:
    provider.down = status
    for sign_in in (by_page(Person(provider), tmp_path), by_code(Person(provider), tmp_path)):
        with pytest.raises(Unavailable):
            sign_in()
