"""The bytes of an attachment: out of the library, or decoded anew; small pictures; films."""

import errno
import hashlib
import shutil
from collections.abc import Iterator
from dataclasses import dataclass

import pytest

from daemon.attached import Attached
from daemon.cabinet import Cabinet
from daemon.errors import Unavailable
from daemon.ledger import Kept
from daemon.office import Office
from daemon.spool import Spool
from tests import material
from tests.daemon.offices import Clock, configured, post
from tests.letters import letter

STORY = "农学院党委+战疫故事汇+20200701"


@dataclass
class Here:
    office: Office
    attached: Attached
    cabinet: Cabinet

    def files(self, message: int) -> list[Kept]:
        detail = self.office.ledger.details.of(message)
        assert detail is not None
        return list(detail.files)


@pytest.fixture(scope="module")
def here(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Here]:
    """1 accepted, 2 with an archive and a film, 3 a picture that cannot be drawn."""
    root = tmp_path_factory.mktemp("office")
    config = configured(root, replies='mode = "approve"\nmax_age = "36500 days"')
    photos = [(f"{STORY}-{n}.jpg", material.jpeg(seed=n)) for n in (1, 2)]
    papers = [(f"{STORY}.docx", material.manuscript()), (f"{STORY}附件1.docx", material.form())]
    post(root, "1", letter(subject=STORY, files=[*papers, *photos], message_id="1@x"))
    box = material.zip_of({"内/照片.jpg": material.jpeg(seed=7), "说明.txt": b"hello"})
    odd = [("材料.zip", box), ("微党课.mp4", material.video(5))]
    post(root, "2", letter(subject="园艺学院党委+战疫故事汇+20200701", files=odd, message_id="2@x"))
    bad = [("坏.jpg", b"\xff\xd8\xff\xe0 not a picture")]
    post(root, "3", letter(subject="机关党委+战疫故事汇+20200701", files=bad, message_id="3@x"))
    with Office(config, clock=Clock()) as office:
        office.poll(config.mailboxes[0])
        attached = Attached(
            ledger=office.ledger,
            spool=Spool(config.state / "spool"),
            library=config.state / "library",
            inspector=office.inspector,
        )
        yield Here(office, attached, Cabinet(attached=attached, root=root / "cabinet"))


def digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def test_accepted_files_lie_in_the_library(here: Here) -> None:
    for kept in here.files(1):
        path = here.attached.filed(kept)
        assert path is not None
        assert digest(path.read_bytes()) == kept.attachment.facts.sha256


def test_other_files_are_decoded_also_out_of_archives_and_leave_nothing(here: Here) -> None:
    files = here.files(2)
    assert [k.attachment.path for k in files] == [(), ("材料.zip",), ("材料.zip",), ()]
    for kept in files:
        assert here.attached.filed(kept) is None
        with here.attached.open(kept) as file:
            assert list(here.attached.spool.unfinished()) == []
            assert digest(file.read()) == kept.attachment.facts.sha256


def test_a_file_that_was_tidied_away_in_the_library_is_decoded(here: Here) -> None:
    kept = here.files(1)[2]
    path = here.attached.filed(kept)
    assert path is not None
    aside = path.rename(path.with_suffix(".aside"))
    try:
        with here.attached.lying(kept) as lying:
            assert digest(lying.read_bytes()) == kept.attachment.facts.sha256
    finally:
        aside.rename(path)
    shutil.copy(path.parent / "SHA256SUMS", path.parent / "sums")
    (path.parent / "SHA256SUMS").unlink()
    assert here.attached.filed(kept) is None
    (path.parent / "sums").rename(path.parent / "SHA256SUMS")


def test_a_letter_that_is_gone_is_the_worlds_fault(here: Here) -> None:
    kept = here.files(3)[0]
    recorded = here.office.ledger.details.letter(3)
    assert recorded is not None
    aside = recorded.spool.rename(recorded.spool.with_suffix(".aside"))
    try:
        with pytest.raises(Unavailable, match="坏"):
            here.attached.open(kept)
    finally:
        aside.rename(recorded.spool)


def test_a_small_picture_is_drawn_once_and_kept(here: Here) -> None:
    kept = here.files(1)[2]
    path = here.cabinet.picture(kept)
    assert path is not None
    assert path.read_bytes().startswith(b"\xff\xd8")
    made = path.stat().st_mtime_ns
    assert here.cabinet.picture(kept) == path
    assert path.stat().st_mtime_ns == made


def test_one_decoding_draws_every_picture_of_a_letter(here: Here) -> None:
    _, picture, _, film = here.files(2)
    assert here.cabinet.picture(picture) is not None
    drawn = {path.stem for path in (here.cabinet.root / "thumbnails").iterdir()}
    assert {k.attachment.facts.sha256 for k in (picture, film)} <= drawn


def test_what_cannot_be_drawn_is_known_the_next_time(here: Here) -> None:
    for kept in (here.files(3)[0], here.files(1)[0]):
        assert here.cabinet.picture(kept) is None
        assert here.cabinet.picture(kept) is None


def test_a_film_is_kept_whole_while_it_is_watched(here: Here) -> None:
    film = here.files(2)[3]
    path = here.cabinet.film(film)
    assert digest(path.read_bytes()) == film.attachment.facts.sha256
    assert here.cabinet.film(film) == path


def test_old_films_make_room(here: Here, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("daemon.cabinet.MOST_FILMS", 1)
    _, picture, _, film = here.files(2)
    here.cabinet.film(film)
    (here.cabinet.root / "films" / ".left-by-a-crash").write_bytes(b"half a film")
    kept = here.cabinet.film(picture)
    assert list(kept.parent.iterdir()) == [kept]


def test_a_full_disk_is_the_worlds_fault(here: Here, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("daemon.cabinet.shutil.copyfile", full)
    film = here.files(2)[3]
    (here.cabinet.root / "films" / film.attachment.facts.sha256).unlink(missing_ok=True)
    with pytest.raises(Unavailable, match="No space left"):
        here.cabinet.film(film)
    assert not [p for p in (here.cabinet.root / "films").iterdir() if p.name.startswith(".")]


def test_nobody_waits_for_ever_for_a_turn(here: Here, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("daemon.cabinet.PATIENCE", 0.01)
    kept = here.files(1)[3]
    (here.cabinet.root / "thumbnails" / f"{kept.attachment.facts.sha256}.jpg").unlink(
        missing_ok=True
    )
    with here.cabinet._turn, pytest.raises(Unavailable):
        here.cabinet.picture(kept)
