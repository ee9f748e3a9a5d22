"""pytest fixtures; a `conftest.py` imports those it needs."""

import os
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from playwright.sync_api import Browser

from tests.servers import browser as window
from tests.servers import cyrus as other
from tests.servers import dovecot as program
from tests.servers.cyrus import Cyrus
from tests.servers.dovecot import Dovecot
from tests.servers.letterbox import Letterbox
from tests.servers.oauth import Provider
from tests.servers.postbox import Postbox
from tests.servers.vouched import Vouched, VouchedPostbox, VouchingDovecot


@pytest.fixture(scope="session")
def dovecot() -> Iterator[Dovecot]:
    """A server for the whole run; a laptop without Dovecot skips, CI fails."""
    if not program.is_installed():
        if os.environ.get("CI"):
            pytest.fail("CI needs the package dovecot-imapd")
        pytest.skip("Dovecot is not installed")
    # Not below pytest's own folder: that is closed to the user whom Dovecot runs as.
    with TemporaryDirectory(prefix="baosong-dovecot-") as folder:
        root = Path(folder)
        with Dovecot(root) as server:
            yield server


@pytest.fixture(scope="session")
def cyrus() -> Iterator[Cyrus]:
    """The other real server; as `dovecot`, a laptop may lack it and CI may not."""
    if not other.is_installed():
        if os.environ.get("CI"):
            pytest.fail("CI needs cyrus-common, and imapd unpacked (see .ci/run)")
        pytest.skip("Cyrus is not installed")
    with TemporaryDirectory(prefix="baosong-cyrus-") as folder, Cyrus(Path(folder)) as server:
        yield server


@pytest.fixture(scope="session")
def new_letterbox(dovecot: Dovecot) -> Callable[[], Letterbox]:
    """Makes an empty mailbox that no other test knows."""
    numbers = count(1)
    return lambda: Letterbox(dovecot, dovecot.account(f"office {next(numbers)}@example.org"))


@pytest.fixture
def letterbox(new_letterbox: Callable[[], Letterbox]) -> Letterbox:
    return new_letterbox()


@pytest.fixture(scope="session")
def vouching_dovecot() -> Iterator[VouchingDovecot]:
    """As `dovecot`, and it takes OAuth 2 tokens."""
    if not program.is_installed():
        if os.environ.get("CI"):
            pytest.fail("CI needs the package dovecot-imapd")
        pytest.skip("Dovecot is not installed")
    with VouchingDovecot() as server:
        yield server


@pytest.fixture
def vouched(vouching_dovecot: VouchingDovecot) -> Iterator[Vouched]:
    """Servers that trust a provider of this test's own."""
    provider = Provider()
    provider.port = vouching_dovecot.port
    with provider, VouchedPostbox(provider.whose) as postbox:
        yield Vouched(vouching_dovecot.dovecot, provider, postbox)


@pytest.fixture
def postbox() -> Iterator[Postbox]:
    with Postbox() as server:
        yield server


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Debian's Chromium; as `dovecot`, a laptop may lack it and CI may not."""
    if window.program() is None:
        if os.environ.get("CI"):
            pytest.fail("CI needs the package chromium")
        pytest.skip("Chromium is not installed")
    with window.chromium() as running:
        yield running
