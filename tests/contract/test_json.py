"""The JSON and the exit status that other programs rely on."""

import hashlib
import json
from pathlib import Path

import pytest

from daemon.cli import main
from tests import letters, material
from tests.contract.outside import Examiner
from tests.contract.ready import STORY, story, story_files
from tests.letters import letter


def status(folder: Path, *mails: bytes) -> int:
    paths = [folder / f"{i}.eml" for i in range(len(mails))]
    for path, raw in zip(paths, mails, strict=True):
        path.write_bytes(raw)
    return main(["try", *map(str, paths)])


def test_the_exit_status_is_that_of_the_worst_mail(tmp_path: Path) -> None:
    good, bad = story(), story(story_files(form=None))
    held = story(subject="天文学院党委+战疫故事汇+20200710")
    assert status(tmp_path, good) == 0
    assert status(tmp_path, good, bad, good) == 1
    assert status(tmp_path, bad, held) == 2
    assert status(tmp_path, held, letters.out_of_office(), good) == 3


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (["try", "nowhere.eml"], 65),
        (["parse", "nowhere.eml"], 65),
        (["try", "--colour"], 64),
        (["nonsense"], 64),
    ],
)
def test_faults_of_the_command_line_have_a_status_of_their_own(
    words: list[str], expected: int
) -> None:
    assert main(words) == expected


def test_one_object_a_line_with_the_keys_of_the_contract(examiner: Examiner) -> None:
    said = examiner.look(mail=story())["mail"].said
    assert set(said) >= {
        *("file", "status", "late", "message", "claim", "suggested_subject", "attachments"),
        *("links", "findings", "answer", "reply"),
    }
    assert set(said["message"]) >= {"from", "from_name", "subject", "message_id", "date", "text"}
    assert set(said["claim"]) >= {"notice", "unit", "category", "date", "window"}
    assert set(said["reply"]) >= {"subject", "text", "html", "headers"}
    assert said["message"]["from"] == "nxy@example.edu.cn"
    assert said["message"]["from_name"] == "农学院党务秘书"


def test_findings_and_links_have_their_keys(examiner: Examiner) -> None:
    html = letters.qq_big("照片.zip", "88M", "2020年08月09日 21:59 到期")
    said = examiner.look(mail=letter(subject=STORY, text="", html=html))["mail"].said
    assert set(said["links"][0]) >= {"provider", "url", "name", "size", "expires", "code"}
    assert set(said["findings"][0]) >= {"code", "severity", "where", "saw", "required", "fix"}
    assert {f["severity"] for f in said["findings"]} <= {"error", "hold", "remark"}


def test_size_and_digest_are_of_the_decoded_bytes(examiner: Examiner) -> None:
    seen = examiner.look(mail=story())["mail"]
    picture = seen.file("值守.jpg")
    data = material.jpeg(640, 480, seed=1)
    assert (picture["size"], picture["sha256"]) == (len(data), hashlib.sha256(data).hexdigest())
    assert (picture["width"], picture["height"], picture["format"]) == (640, 480, "jpeg")


def test_formats_are_one_lower_case_word(examiner: Examiner) -> None:
    files = {
        "a.docx": (material.manuscript(), "docx"),
        "b.doc": (material.doc("稿件"), "doc"),
        "c.docm": (material.docm(), "docm"),
        "d.rtf": (material.rtf("稿件"), "rtf"),
        "e.pdf": (material.pdf(), "pdf"),
        "f.jpg": (material.jpeg(), "jpeg"),
        "g.png": (material.png(), "png"),
        "h.heic": (material.heic(), "heic"),
        "i.mp4": (material.mp4(9), "mp4"),
        "j.mov": (material.mov(9), "mov"),
        "k.avi": (material.avi(9), "avi"),
        "l.zip": (material.zip_of({"a.jpg": material.jpeg()}), "zip"),
        "m.rar": (material.rar({"a.jpg": material.jpeg()}), "rar"),
        "n.ofd": (material.ofd(), "ofd"),
    }
    mail = story([(name, data) for name, (data, _) in files.items()])
    seen = examiner.look(mail=mail)["mail"]
    top = {a["name"]: a["format"] for a in seen.said["attachments"] if not a["path"]}
    assert top == {name: expected for name, (_, expected) in files.items()}


def test_parse_prints_message_and_files_alone(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "mail.eml"
    path.write_bytes(story(style="gb2312"))
    assert main(["parse", str(path), "--json"]) == 0
    said = json.loads(capsys.readouterr().out)
    assert said["message"]["subject"] == STORY
    assert [a["name"] for a in said["attachments"]] == [name for name, _ in story_files()]
    assert "findings" not in said
