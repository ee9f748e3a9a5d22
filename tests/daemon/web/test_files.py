"""Files: saved and never shown, for those who may have them; small pictures; films by pieces."""

import hashlib
import shutil
from dataclasses import replace
from pathlib import Path
from urllib.parse import unquote

import pytest

from daemon.ledger import Kept, Key
from rules.submission import Attachment
from rules.verdict import Status
from tests import material
from tests.daemon.ledger.entries import a_file, a_finding, a_submission, a_verdict, an_entry
from tests.daemon.web.staff import NASTY, OpenOffice
from tests.letters import letter

SANDBOX = "default-src 'none'; sandbox"


def files(office: OpenOffice, message: int) -> list[Kept]:
    detail = office.ledger.details.of(message)
    assert detail is not None
    return list(detail.files)


def keep(office: OpenOffice, raw: bytes, *attached: Attachment, code: str = "") -> list[Kept]:
    """A message with these bytes on disk; `code` is what was found in it."""
    path = office.root / f"{hashlib.sha256(raw).hexdigest()[:8]}.eml"
    path.write_bytes(raw)
    findings = [a_finding(code)] if code else []
    verdict = a_verdict(Status.HELD, a_submission(*attached), findings)
    entry = an_entry(90, verdict, reply=None)
    key = Key(mailbox="zuzhibu", uidvalidity=path.name, uid=90)
    return files(office, office.ledger.record(replace(entry, key=key, spool=str(path))))


def attached(name: str, data: bytes, kind: str) -> Attachment:
    digest = hashlib.sha256(data).hexdigest()
    return a_file(name, size=len(data), sha256=digest, format=kind)


def test_an_accepted_file_is_saved_as_it_was_sent(office: OpenOffice) -> None:
    reader = office.sign_in("read")
    for kept in files(office, 1):
        answer = reader.get(f"/files/{kept.id}")
        assert answer.status_code == 200
        assert hashlib.sha256(answer.content).hexdigest() == kept.attachment.facts.sha256
        disposition = answer.headers["content-disposition"]
        assert disposition.startswith("attachment; filename*=utf-8''")
        assert unquote(disposition.partition("''")[2]) == kept.attachment.name
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert answer.headers["content-security-policy"] == SANDBOX
        assert answer.headers["content-length"] == str(kept.attachment.facts.size)


def test_a_returned_file_is_decoded_and_leaves_nothing_behind(office: OpenOffice) -> None:
    [kept] = files(office, 2)
    answer = office.sign_in("read").get(f"/files/{kept.id}")
    assert hashlib.sha256(answer.content).hexdigest() == kept.attachment.facts.sha256
    assert list((office.config.state / "spool" / "work").glob("*")) == []


@pytest.mark.parametrize(
    ("name", "data", "kind"),
    [
        ("页.html", b"<script>alert(1)</script>", "html"),
        ("图.svg", b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>", "svg"),
        ("说明.txt", b"<html>", "txt"),
    ],
)
def test_what_could_run_is_just_bytes(
    office: OpenOffice, name: str, data: bytes, kind: str
) -> None:
    raw = letter(subject="x", files=[(name, data)])
    [kept] = keep(office, raw, attached(name, data, kind))
    answer = office.sign_in("read").get(f"/files/{kept.id}")
    assert (answer.content, answer.headers["content-type"]) == (data, "application/octet-stream")
    assert answer.headers["content-disposition"].startswith("attachment")
    assert answer.headers["content-security-policy"] == SANDBOX


def test_the_name_of_a_file_breaks_no_header(office: OpenOffice) -> None:
    name = '../../etc/passwd\r\nX-Evil: 1"; filename=x' + NASTY
    data = b"hello"
    [kept] = keep(office, letter(subject="x", files=[("x.txt", data)]), attached(name, data, "txt"))
    answer = office.sign_in("read").get(f"/files/{kept.id}")
    assert answer.content == data
    assert "x-evil" not in answer.headers
    assert "/" not in unquote(answer.headers["content-disposition"].partition("''")[2])


def test_the_letter_itself_is_saved(office: OpenOffice) -> None:
    recorded = office.ledger.details.letter(1)
    assert recorded is not None
    answer = office.sign_in("read").get("/messages/1/letter")
    assert answer.content == recorded.spool.read_bytes()
    assert answer.headers["content-type"] == "application/octet-stream"
    assert answer.headers["content-disposition"].startswith("attachment")


def test_another_departments_files_are_not_there(office: OpenOffice) -> None:
    theirs = office.sign_in("act", "xuanchuanbu")
    first = files(office, 1)[0].id
    for path in (f"/files/{first}", f"/files/{first}/thumbnail", f"/files/{first}/play"):
        assert theirs.get(path).status_code == 404
    assert theirs.get("/messages/1/letter").status_code == 404


@pytest.mark.parametrize("path", ["/files/0", "/files/999999", f"/files/{'9' * 50}", "/files/x"])
def test_what_is_not_there_is_said_so(office: OpenOffice, path: str) -> None:
    assert office.sign_in("read").get(path).status_code == 404
    assert office.sign_in("read", name="again").get(f"{path}/thumbnail").status_code == 404


@pytest.mark.parametrize("code", ["malware", "executable", "archive-bomb"])
def test_danger_is_handed_only_to_who_decides_and_has_read_the_warning(
    office: OpenOffice, code: str
) -> None:
    data = material.jpeg(64, 64)
    [kept] = keep(
        office,
        letter(subject="x", files=[("a.jpg", data)]),
        attached("a.jpg", data, "jpeg"),
        code=code,
    )
    reader, actor = office.sign_in("read"), office.sign_in("act")
    for path in (f"/files/{kept.id}", f"/messages/{kept.message}/letter"):
        assert reader.get(f"{path}?risk=yes").status_code == 403
        assert "可能有害" in actor.text(path)
        assert actor.get(f"{path}?risk=yes").status_code == 200
    assert actor.get(f"/files/{kept.id}?risk=yes").content == data
    assert actor.get(f"/files/{kept.id}/thumbnail").status_code == 404
    assert actor.get(f"/files/{kept.id}/play").status_code == 404


def test_a_small_picture_is_a_jpeg_of_ours(office: OpenOffice) -> None:
    picture = next(k for k in files(office, 1) if k.attachment.facts.format == "jpeg")
    answer = office.sign_in("read").get(f"/files/{picture.id}/thumbnail")
    assert answer.headers["content-type"] == "image/jpeg"
    assert answer.content.startswith(b"\xff\xd8")
    assert len(answer.content) < picture.attachment.facts.size
    assert answer.headers["cache-control"].startswith("private")


def test_what_has_no_small_picture_is_not_there(office: OpenOffice) -> None:
    document = next(k for k in files(office, 1) if k.attachment.facts.format == "docx")
    reader = office.sign_in("read")
    assert reader.get(f"/files/{document.id}/thumbnail").status_code == 404
    assert reader.get(f"/files/{document.id}/play").status_code == 404


def test_a_film_is_played_piece_by_piece(office: OpenOffice) -> None:
    film = material.mp4(5)
    [kept] = keep(
        office, letter(subject="x", files=[("课.mp4", film)]), attached("课.mp4", film, "mp4")
    )
    reader = office.sign_in("read")
    whole = reader.get(f"/files/{kept.id}/play")
    assert (whole.content, whole.headers["content-type"]) == (film, "video/mp4")
    assert whole.headers["content-security-policy"] == SANDBOX
    piece = reader.get(f"/files/{kept.id}/play", range="bytes=10-19")
    assert (piece.status_code, piece.content) == (206, film[10:20])
    assert piece.headers["content-range"] == f"bytes 10-19/{len(film)}"
    assert reader.get(f"/files/{kept.id}/play", range="bytes=999999-").status_code == 416


def test_a_letter_that_is_gone_is_no_fault_of_the_page(office: OpenOffice) -> None:
    data = b"hello"
    [kept] = keep(
        office, letter(subject="x", files=[("x.txt", data)]), attached("x.txt", data, "txt")
    )
    recorded = office.ledger.details.letter(kept.message)
    assert recorded is not None
    recorded.spool.unlink()
    reader = office.sign_in("read")
    assert reader.get(f"/files/{kept.id}").status_code == 503
    assert reader.get(f"/messages/{kept.message}/letter").status_code == 404


def test_a_visitor_gets_no_file(office: OpenOffice) -> None:
    for path in ("/files/1", "/files/1/thumbnail", "/files/1/play", "/messages/1/letter"):
        assert office.visitor().get(path).status_code == 303


def test_the_library_serves_when_the_letter_is_gone(office: OpenOffice, tmp_path: Path) -> None:
    kept = files(office, 1)[0]
    with office.ledger._store.writing() as connection:
        connection.execute("update message set spool = ? where id = 1", (str(tmp_path / "gone"),))
    answer = office.sign_in("read").get(f"/files/{kept.id}")
    assert hashlib.sha256(answer.content).hexdigest() == kept.attachment.facts.sha256
    shutil.rmtree(office.config.state / "library")
    assert office.sign_in("read", name="later").get(f"/files/{kept.id}").status_code == 503


def test_what_was_returned_for_something_else_is_dangerous_all_the_same(
    office: OpenOffice,
) -> None:
    data = b"MZ and what follows"
    program = attached("a.exe", data, "exe")
    program = replace(program, facts=replace(program.facts, executable=True))
    [kept] = keep(office, letter(subject="x", files=[("a.exe", data)]), program)
    assert office.sign_in("read").get(f"/files/{kept.id}?risk=yes").status_code == 403
    detail = office.ledger.details.of(kept.message)
    assert detail is not None
    assert (detail.findings, detail.dangerous) == ((), True)


def test_few_pages_wait_for_a_file_that_is_being_decoded(
    office: OpenOffice, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("daemon.cabinet.MOST_WAITING", 0)
    data = b"hello"
    [kept] = keep(
        office, letter(subject="x", files=[("x.txt", data)]), attached("x.txt", data, "txt")
    )
    assert office.sign_in("read").get(f"/files/{kept.id}").status_code == 503
