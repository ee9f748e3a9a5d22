"""The scanner, spoken to as it speaks: a real clamd with one signature of our own."""

import os
import shutil
import socket
import subprocess
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from daemon.errors import Unavailable
from daemon.inspection import Inspector
from daemon.inspection.clamd import Scanner
from tests import material
from tests.daemon.inspection.files import written

# The EICAR test file in two halves, so that no scanner takes offence at this one.
EICAR = b"X5O!P%@AP[4\\PZX54(P^)7CC)7}$EICAR-STANDARD-" + b"ANTIVIRUS-TEST-FILE!$H+H*"


def _missing(name: str) -> bool:
    """A server that is missing is a skip on a laptop, and a failure where CI promised it."""
    return shutil.which(name, path=f"{os.environ.get('PATH', '')}:/usr/sbin") is None


def _configured(folder: Path) -> Path:
    signature = f"Eicar-Test-Signature:0:*:{EICAR.hex()}\n"
    (folder / "db").mkdir()
    (folder / "db" / "own.ndb").write_text(signature)
    configuration = folder / "clamd.conf"
    configuration.write_text(
        f"LocalSocket {folder}/clamd.sock\nDatabaseDirectory {folder}/db\nForeground yes\n"
        f"TCPSocket {_free_port()}\nTCPAddr 127.0.0.1\nStreamMaxLength 1M\nLogFile {folder}/log\n"
    )
    return configuration


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as server:
        return int(server.getsockname()[1])


@pytest.fixture(scope="module")
def clamd(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The folder of a running clamd: `clamd.sock` and `clamd.conf` in it."""
    if _missing("clamd") and not os.environ.get("CI"):
        pytest.skip("needs Debian's clamav-daemon")
    folder = tmp_path_factory.mktemp("clamd")
    program = shutil.which("clamd") or "/usr/sbin/clamd"
    command = [program, f"--config-file={_configured(folder)}"]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE) as server:
        try:
            _await(folder / "clamd.sock", server)
            yield folder
        finally:
            server.terminate()


def _await(path: Path, server: subprocess.Popen[bytes]) -> None:
    for _ in range(300):
        if path.exists():
            return
        if server.poll() is not None:
            assert server.stderr is not None
            pytest.fail(f"clamd ended: {server.stderr.read().decode()}")
        time.sleep(0.1)
    pytest.fail("clamd did not start within 30 s")


def _tcp(folder: Path) -> str:
    lines = (folder / "clamd.conf").read_text().splitlines()
    port = next(line.split()[1] for line in lines if line.startswith("TCPSocket"))
    return f"127.0.0.1:{port}"


def test_a_known_threat_is_named(clamd: Path, tmp_path: Path) -> None:
    file = written(tmp_path, "a.com", EICAR)
    assert Scanner(str(clamd / "clamd.sock")).threat(file.disk).startswith("Eicar-Test-Signature")


def test_a_clean_file_has_no_threat(clamd: Path, tmp_path: Path) -> None:
    file = written(tmp_path, "a.jpg", material.jpeg(400, 300))
    assert Scanner(str(clamd / "clamd.sock")).threat(file.disk) == ""


def test_the_scanner_is_reached_over_tcp_too(clamd: Path, tmp_path: Path) -> None:
    file = written(tmp_path, "a.com", EICAR)
    assert Scanner(_tcp(clamd)).threat(file.disk)


def test_a_file_beyond_the_scanner_s_own_limit_is_let_pass(clamd: Path, tmp_path: Path) -> None:
    file = written(tmp_path, "大.mp4", bytes(8 << 20))
    assert Scanner(str(clamd / "clamd.sock")).threat(file.disk) == ""


def test_threats_are_found_in_archives(clamd: Path, tmp_path: Path) -> None:
    file = written(tmp_path, "a.zip", material.zip_of({"照片.jpg": EICAR}))
    with Inspector(workers=1, clamd=str(clamd / "clamd.sock")) as inspector:
        found = inspector.inspect([file], tmp_path)
    assert found[-1].attachment.name == "照片.jpg"
    assert found[-1].attachment.facts.threat


@pytest.mark.parametrize("address", ["/no/such/socket", "127.0.0.1:1"])
def test_no_scanner_is_the_fault_of_the_world(tmp_path: Path, address: str) -> None:
    with pytest.raises(Unavailable, match="clamd"):
        Scanner(address).threat(written(tmp_path, "a", b"x").disk)


@pytest.mark.parametrize("said", [b"", b"stream: Can't allocate memory ERROR\0"])
def test_a_scanner_that_gives_no_answer_is_the_fault_of_the_world(
    tmp_path: Path, said: bytes
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:

        def serve() -> None:
            link, _ = server.accept()
            with link:
                while not link.recv(65536).endswith(bytes(4)):
                    pass
                link.sendall(said)

        thread = threading.Thread(target=serve)
        thread.start()
        with pytest.raises(Unavailable, match="clamd"):
            Scanner(f"127.0.0.1:{server.getsockname()[1]}").threat(
                written(tmp_path, "a", b"x").disk
            )
        thread.join()
