"""The doctor's look at the pages."""

import socket
from pathlib import Path

import pytest

from daemon.config import Config, load
from daemon.doctor import pages
from daemon.doctor.pages import examine
from daemon.ledger import Ledger, Person
from daemon.office import Office
from daemon.web.server import serving
from tests.daemon.offices import NOON, an_office
from tests.journeys.bureau import until
from tests.servers.dovecot import free_port


def a_config(root: Path, listen: str | None = None) -> Config:
    loaded = load(an_office(root))
    where = f"127.0.0.1:{free_port()}" if listen is None else listen
    return loaded.model_copy(update={"web": loaded.web.model_copy(update={"listen": where})})


def said(config: Config) -> list[str]:
    return [str(check) for check in examine(config)]


def test_pages_that_are_not_wanted_are_well(tmp_path: Path) -> None:
    assert said(a_config(tmp_path, "")) == ["ok    pages: none are served"]


def test_a_service_that_rests_has_none(tmp_path: Path) -> None:
    [line] = said(a_config(tmp_path))
    assert line.startswith("look  pages: 127.0.0.1:")
    assert line.endswith("→ start the service")


def test_a_port_of_another_program_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pages, "PATIENCE", 0.2)
    config = a_config(tmp_path)
    port = int(config.web.listen.rpartition(":")[2])
    with socket.create_server(("127.0.0.1", port)) as other:
        other.settimeout(0)
        [check] = [c for c in examine(config) if c.grade == "look"]
    assert "does not answer" in check.said


def test_served_pages_are_well_once_somebody_may_sign_in(tmp_path: Path) -> None:
    config = a_config(tmp_path)
    with Office(config) as office, serving(office):
        until(lambda: said(config)[0].startswith("ok"), "the pages")
        assert said(config)[1] == "look  pages: nobody may sign in → baosong user add NAME"
        with Ledger(config.ledger) as ledger:
            ledger.people.add(Person(name="wang", role="act"), "hash", NOON)
        assert said(config)[1] == "ok    pages: 1 may sign in"
