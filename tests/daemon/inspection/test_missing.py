"""A reader that is not on this machine is the world's fault: the program starts all the same."""

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

import pytest

from daemon.inspection import Inspector, sieve
from tests import material
from tests.daemon.inspection.files import written


def _anew(module: ModuleType) -> ModuleType:
    """The same module, imported once more under another name."""
    assert module.__file__ is not None
    spec = importlib.util.spec_from_file_location("anew", module.__file__)
    assert spec is not None
    assert spec.loader is not None
    again = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(again)
    return again


def test_without_libmagic_there_is_no_second_opinion(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "magic", None)
    with written(tmp_path, "a.pdf", material.pdf()).disk.open("rb") as file:
        assert _anew(sieve).opinion(file) == ""


def test_with_libmagic_there_is_one(tmp_path: Path) -> None:
    pytest.importorskip("magic")
    with written(tmp_path, "a.pdf", material.pdf()).disk.open("rb") as file:
        assert sieve.opinion(file) == "application/pdf"
        assert file.tell() == 0


def test_without_libarchive_a_rar_waits_for_a_reader(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LIBARCHIVE", "libthere-is-none.so.1")
    files = [
        written(tmp_path, "a.rar", material.rar({"a.txt": b"x"})),
        written(tmp_path, "a.zip", material.zip_of({"a.txt": b"x"})),
        written(tmp_path, "b.zip", material.truncated(material.zip_of({"a.txt": b"x" * 99}))),
    ]
    with Inspector(workers=1) as inspector:
        found = inspector.inspect(files, tmp_path)
    facts = {e.attachment.name: e.attachment.facts for e in found}
    assert (facts["a.rar"].unknown, facts["a.rar"].damaged) == ("reader-missing", "")
    assert (facts["a.zip"].unknown, facts["a.zip"].entries) == ("", 1)
    assert (facts["b.zip"].unknown, facts["b.zip"].damaged) == ("", "unopenable")
