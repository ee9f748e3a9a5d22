"""The pages served by the daemon: ports that are taken, slow browsers, large requests, the end."""

import logging
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from http.client import HTTPConnection
from pathlib import Path

import pytest

from daemon.config import Config, load
from daemon.office import Office
from daemon.service import Service
from daemon.systemd import console_script
from daemon.web import server
from daemon.web.server import HEADER_BYTES, STOP, Pages, serving
from tests.daemon.offices import an_office
from tests.journeys.bureau import until
from tests.servers.dovecot import free_port


@pytest.fixture
def config(tmp_path: Path) -> Config:
    loaded = load(an_office(tmp_path))
    web = loaded.web.model_copy(update={"listen": f"127.0.0.1:{free_port()}"})
    return loaded.model_copy(update={"web": web})


@pytest.fixture
def office(config: Config) -> Iterator[Office]:
    with Office(config) as office:
        yield office


def port(office: Office) -> int:
    return int(office.config.web.listen.rpartition(":")[2])


def answers(office: Office, path: str = "/sign-in") -> int:
    return status(port(office), path)


def status(at: int, path: str = "/sign-in") -> int:
    """Of a page; 0 while nobody listens."""
    connection = HTTPConnection("127.0.0.1", at, timeout=30)
    try:
        connection.request("GET", path)
        return connection.getresponse().status
    except OSError:  # nobody there yet, or no more
        return 0
    finally:
        connection.close()


def test_pages_are_served_as_long_as_the_line_is(office: Office) -> None:
    with serving(office):
        until(lambda: answers(office) == 200, "the pages")
        assert answers(office, "/") == 303
    assert answers(office) == 0


def test_a_port_that_is_taken_is_asked_for_again(
    office: Office, caplog: pytest.LogCaptureFixture
) -> None:
    pages = Pages(office, again=0.05)
    with socket.create_server(("127.0.0.1", port(office))):
        thread = threading.Thread(target=pages.run)
        thread.start()
        until(lambda: "cannot be served" in caplog.text, "the warning")
    until(lambda: answers(office) == 200, "the pages")
    pages.stop()
    thread.join(STOP + 1)
    assert not thread.is_alive()


def test_a_browser_that_asks_nothing_is_shown_out(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(server, "HEADER_SECONDS", 0.2)
    with serving(office):
        until(lambda: answers(office) == 200, "the pages")
        with closing(socket.create_connection(("127.0.0.1", port(office)))) as silent:
            silent.sendall(b"GET /sign-in HTTP/1.1\r\nHost: loc")
            silent.settimeout(30)
            assert silent.recv(1) == b""


def test_slow_browsers_keep_nobody_waiting(office: Office) -> None:
    """Fifty of them, each in the middle of a form."""
    head = b"POST /sign-in HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100\r\n"
    head += b"Content-Type: application/x-www-form-urlencoded\r\n\r\nname="
    with serving(office):
        until(lambda: answers(office) == 200, "the pages")
        slow = [socket.create_connection(("127.0.0.1", port(office))) for _ in range(50)]
        for each in slow:
            each.sendall(head)
        assert answers(office) == 200
        for each in slow:
            each.close()


def test_headers_have_a_limit(office: Office) -> None:
    with serving(office):
        until(lambda: answers(office) == 200, "the pages")
        with closing(socket.create_connection(("127.0.0.1", port(office)))) as rude:
            rude.settimeout(30)
            rude.sendall(b"GET / HTTP/1.1\r\nHost: localhost\r\nX: " + b"x" * 2 * HEADER_BYTES)
            assert rude.recv(12) in {b"HTTP/1.1 400", b""}
        assert answers(office) == 200


def test_the_end_waits_for_no_browser(office: Office, caplog: pytest.LogCaptureFixture) -> None:
    with serving(office):
        until(lambda: answers(office) == 200, "the pages")
        idle = [socket.create_connection(("127.0.0.1", port(office))) for _ in range(5)]
    assert "still busy" not in caplog.text, "the drain of the daemon is ten seconds"
    for each in idle:
        each.close()


def test_its_words_go_where_ours_go_and_there_are_few(
    office: Office, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.INFO), serving(office):
        until(lambda: answers(office) == 200, "the pages")
    said = [r.getMessage() for r in caplog.records if r.name.startswith(("uvicorn", "daemon.web"))]
    assert said == [f"the pages are at http://{office.config.web.listen}/"]


def test_one_pass_serves_no_pages(tmp_path: Path) -> None:
    opened: list[object] = []

    @contextmanager
    def beside(line: object) -> Iterator[None]:
        opened.append(line)
        yield

    assert Service(an_office(tmp_path), Office, beside=beside).run_once() == 0
    assert opened == []


def test_commands_that_serve_nothing_import_nothing_of_it() -> None:
    code = "import sys, daemon.cli.run, daemon.cli.status, daemon.cli.user; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert not {"starlette", "uvicorn", "argon2", "anyio"} & set(done.stdout.split())


def test_the_daemon_moves_its_pages_and_ends_in_time(tmp_path: Path) -> None:
    """SIGHUP with another port, then SIGTERM: the old port is left, the process ends well."""
    path, ports = an_office(tmp_path), (free_port(), free_port())
    text = path.read_text(encoding="utf-8")

    def listening(at: int) -> None:
        path.write_text(f'{text}\n[web]\nlisten = "127.0.0.1:{at}"\n', encoding="utf-8")

    listening(ports[0])
    daemon = subprocess.Popen([str(console_script()), "run", "--config", str(path)])
    try:
        until(lambda: status(ports[0]) == 200, "the pages")
        listening(ports[1])
        daemon.send_signal(signal.SIGHUP)
        until(lambda: status(ports[1]) == 200, "the pages at their new place")
        assert status(ports[0]) == 0
        daemon.send_signal(signal.SIGTERM)
        assert daemon.wait(10) == 0
    finally:
        daemon.kill()
        daemon.wait()
