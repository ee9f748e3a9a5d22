"""Seeds for the line: letters of every kind, their files unencoded so that a changed byte counts.

python -m tests.fuzz seeds FOLDER
"""

from collections.abc import Iterator
from pathlib import Path

from tests import letters, material
from tests.contract import ready
from tests.letters import Enclosure, letter

_SMALL = material.jpeg(160, 120)


def write(folder: Path) -> int:
    """How many seeds lie in the folder now."""
    folder.mkdir(parents=True, exist_ok=True)
    count = 0
    for count, raw in enumerate(_all(), 1):
        (folder / f"{count:03}.eml").write_bytes(raw)
    return count


def _all() -> Iterator[bytes]:
    yield from _machines()
    for name, data in _files():
        yield _bare(name, data)
    for cloud in (letters.qq_big, letters.netease_big, letters.qiye_big):
        yield letter(subject=ready.STOCK, html=cloud("课.mp4"))
    for text in (letters.baidu(), letters.coremail_big("课.mp4"), "联系人：张三，85285143"):
        yield letter(subject=ready.WALL, text=text)
    for subject in (ready.STORY, ready.CASE, ready.STOCK, ready.WALL, "请问", "回复：Re: 材料"):
        yield letter(subject=subject)
    yield letters.forwarded_whole(ready.STORY, files=[("稿.txt", "稿".encode())])


def _machines() -> Iterator[bytes]:
    yield from (letters.bounce_163(), letters.bounce_qq(), letters.delivery_report())
    yield from (letters.newsletter(), letters.out_of_office(), letters.qq_vacation())
    yield from (letters.recall(), letters.answer_to_ours(ready.STORY))


def _bare(name: str, data: bytes) -> bytes:
    whole = Enclosure(name, data, encoding="binary")
    return letter(subject=ready.STORY, text="请查收", files=[whole])


def _files() -> Iterator[tuple[str, bytes]]:
    yield from (("稿.docx", material.docx("稿件", material.CONTACT)), ("表.docx", material.form()))
    yield from (("稿.doc", material.doc("稿")), ("稿.rtf", material.rtf("稿")))
    yield from (("图.jpg", _SMALL), ("图.png", material.png(90, 60)), ("图.gif", material.gif()))
    yield from (("图.webp", material.webp(90, 60)), ("图.heic", material.heic(size=200)))
    yield from (("扫描.pdf", material.pdf()), ("锁.pdf", material.locked_pdf()))
    yield from (("课.mp4", material.mp4(2)), ("课.mov", material.mov()), ("课.avi", material.avi()))
    yield from (("a.mp3", material.mp3()), ("a.wav", material.wav()), ("a.ofd", material.ofd()))
    yield ("a.zip", material.zip_of({"图.jpg": _SMALL}, gbk=True))
    yield ("b.zip", material.nested_zip({"稿.txt": b"x"}, 3))
    yield from (("a.lnk", material.lnk()), ("a.exe", material.exe()))
    yield from (
        ("a.rar", material.rar({"图.jpg": _SMALL})),
        ("锁.docx", material.encrypted_office()),
    )
