"""[web]: who may reach the pages is said on purpose."""

from pathlib import Path

import pytest

from daemon.config import load
from daemon.config.settings import Web
from daemon.errors import ConfigError
from tests.daemon.config.files import SMALLEST, written


def web(folder: Path, text: str) -> Web:
    return load(written(folder, f"{SMALLEST}[web]\n{text}")).web


def fault(folder: Path, text: str) -> str:
    with pytest.raises(ConfigError) as caught:
        web(folder, text)
    return str(caught.value)


def test_this_machine_alone_unless_it_is_said(tmp_path: Path) -> None:
    found = load(written(tmp_path, SMALLEST)).web
    assert (found.listen, found.public, found.proxy_header) == ("127.0.0.1:8765", False, "")


@pytest.mark.parametrize("listen", ["", "127.0.0.1:1", "[::1]:8765", "localhost:65535"])
def test_loopback_and_nowhere_need_no_second_word(tmp_path: Path, listen: str) -> None:
    assert web(tmp_path, f'listen = "{listen}"').listen == listen


@pytest.mark.parametrize("listen", ["0.0.0.0:8765", "[::]:8765", "10.0.0.5:80", "example.cn:80"])
def test_other_addresses_need_one(tmp_path: Path, listen: str) -> None:
    assert "public = true" in fault(tmp_path, f'listen = "{listen}"')
    assert web(tmp_path, f'listen = "{listen}"\npublic = true').public


@pytest.mark.parametrize("listen", ["8765", ":8765", "localhost:0", "localhost:65536", "a:b"])
def test_what_is_no_address_is_refused(tmp_path: Path, listen: str) -> None:
    assert "no host:port" in fault(tmp_path, f'listen = "{listen}"')


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ('proxy_header = "X Remote"', "web.proxy_header"),
        ('proxy_from = ["proxy.example.cn"]', "web.proxy_from"),
        ('idle = "0 s"', "web.idle"),
        ('longest = "soon"', "web.longest"),
        ('hosts = "one"', "web.hosts"),
    ],
)
def test_faults_are_told_by_their_key(tmp_path: Path, text: str, key: str) -> None:
    assert key in fault(tmp_path, text)
