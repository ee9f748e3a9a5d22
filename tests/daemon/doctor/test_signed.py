"""The doctor's line on a sign-in by OAuth 2."""

from pathlib import Path

import pytest

from daemon.clock import now
from daemon.config import Config, load
from daemon.doctor import signed
from daemon.doctor.check import Check
from daemon.oauth import of
from daemon.oauth.grant import Grant
from tests.daemon.config.files import imap, written
from tests.servers.oauth import CLIENT, Provider

OAUTH = f'{{ oauth = {{ client_id = "{CLIENT}" }} }}'


@pytest.fixture
def config(tmp_path: Path) -> Config:
    text = imap('host = "localhost"').replace('password = "p"', f"password = {OAUTH}")
    return load(written(tmp_path, text))


def looked(config: Config, ends: int | None = None) -> Check:
    """After a sign-in whose end the provider tells as so many seconds away."""
    [access] = of(config.mailboxes[0])
    access.keep(Grant.issued(Provider(ends=ends).agree("u"), now()))
    [check] = signed.examine(config)
    return check


def test_a_sign_in_that_is_missing_is_a_fault_of_the_configuration(config: Config) -> None:
    [check] = signed.examine(config)
    assert (check.grade, check.status, check.cure) == (
        "bad",
        78,
        "baosong oauth sign-in zuzhibu",
    )


def test_a_sign_in_that_is_there_says_that_no_backup_has_it(config: Config) -> None:
    check = looked(config)
    assert check.grade == "ok"
    assert f"{config.state / 'oauth'} alone: no backup has it" in check.said


@pytest.mark.parametrize(("days", "grade"), [(13, "look"), (15, "ok")])
def test_an_end_within_a_fortnight_deserves_a_look(config: Config, days: int, grade: str) -> None:
    assert looked(config, ends=days * 86_400).grade == grade
