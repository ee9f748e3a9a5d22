"""Videos, archives and links: what carries large material."""

import subprocess
from pathlib import Path

import pytest

from tests import letters, material
from tests.contract.outside import Examiner, all_are
from tests.contract.ready import STORY, at, stock, story, story_files
from tests.letters import CHINA, letter
from tests.material import video

EVERYTHING = dict(story_files())
NAME = "微党课.mp4"
SOON, GONE = "2020年10月20日 17:03 到期", "2020年09月10日 17:03 到期"


def with_video(data: bytes, name: str = NAME) -> bytes:
    return stock((name, data))


def test_videos_are_mp4_whatever_their_name(examiner: Examiner) -> None:
    mails = {
        "mov": with_video(material.mov(), "a.mov"),
        "mov_named_mp4": with_video(material.mov()),
        "avi": with_video(material.avi(), "a.avi"),
        "avi_named_mp4": with_video(material.avi()),
        "wmv": with_video(video(60, container="asf"), "a.wmv"),
        "mkv_named_mp4": with_video(video(60, container="matroska")),
        "beside_a_story": story(extra=[("a.mov", material.mov())]),
    }
    assert all_are("returned: video-not-mp4", examiner.verdicts(**mails))


def test_every_layout_of_mp4_is_measured(examiner: Examiner) -> None:
    mails = {
        "moov_last": with_video(material.mp4(90)),
        "faststart": with_video(material.mp4(90, layout="faststart")),
        "fragmented": with_video(material.mp4(90, layout="fragmented")),
        "named_mov": with_video(material.mp4(90), "a.MOV"),
    }
    seen = examiner.look(**mails)
    assert all_are("accepted", {name: s.verdict for name, s in seen.items()})
    lengths = {s.said["attachments"][0]["duration_ms"] for s in seen.values()}
    assert all(89_000 <= length <= 91_000 for length in lengths)
    assert "extension-mismatch" in seen["named_mov"].remarks


def test_half_an_hour_and_a_second_of_rounding_is_the_longest_video(examiner: Examiner) -> None:
    mails = {
        "exact": with_video(material.mp4(1800)),
        "rounding": with_video(material.mp4(1801)),
        "over": with_video(material.mp4(1802)),
        "far_over": with_video(material.mp4(2700)),
    }
    seen = examiner.look(**mails)
    assert {name: s.verdict for name, s in seen.items()} == {
        "exact": "accepted",
        "rounding": "accepted",
        "over": "returned: video-too-long",
        "far_over": "returned: video-too-long",
    }
    assert "45 分" in seen["far_over"].text
    assert "15 分" in seen["far_over"].text


def test_a_video_that_was_cut_short_is_damaged_and_an_empty_one_empty(examiner: Examiner) -> None:
    whole = material.mp4(90)
    mails = {
        "no_index": with_video(whole[: whole.find(b"moov") - 4]),
        "half": with_video(material.truncated(material.mp4(90, layout="faststart"))),
        "empty": with_video(b""),
    }
    assert examiner.verdicts(**mails) == {
        "no_index": "returned: video-damaged",
        "half": "returned: video-damaged",
        "empty": "returned: file-empty",
    }


def in_archive(name: str, data: bytes) -> bytes:
    return letter(subject=STORY, files=[(name, data)])


def test_archives_are_opened_and_their_files_judged(examiner: Examiner) -> None:
    mac = {"__MACOSX/._值守.jpg": b"\0\5\x16\7", ".DS_Store": b"\0\0\0\1Bud1"}
    mails = {
        "zip_": in_archive("材料.zip", material.zip_of(EVERYTHING)),
        "gbk": in_archive("材料.zip", material.zip_of(EVERYTHING, gbk=True)),
        "folder": in_archive(
            "a.zip", material.zip_of({f"农/{k}": v for k, v in EVERYTHING.items()})
        ),
        "mac": in_archive("材料.zip", material.zip_of(EVERYTHING | mac)),
        "three_deep": in_archive("材料.zip", material.nested_zip(EVERYTHING, 3)),
        "rar": in_archive("材料.rar", material.rar(EVERYTHING)),
    }
    seen = examiner.look(**mails)
    assert all_are("accepted", {name: s.verdict for name, s in seen.items()})
    assert all("archive-opened" in s.remarks for s in seen.values())
    assert seen["zip_"].file("值守.jpg")["path"] == ["材料.zip"]


def test_seven_zip_opens(examiner: Examiner, tmp_path: Path) -> None:
    for name, data in EVERYTHING.items():
        (tmp_path / name).write_bytes(data)
    try:
        made = subprocess.run(
            ["7z", "a", "a.7z", *EVERYTHING], cwd=tmp_path, capture_output=True, check=False
        )
    except FileNotFoundError:
        pytest.skip("7z is not installed here")
    assert made.returncode == 0
    mail = in_archive("材料.7z", (tmp_path / "a.7z").read_bytes())
    assert examiner.verdicts(mail=mail) == {"mail": "accepted"}


def test_the_faults_of_an_archive_and_of_what_it_holds(examiner: Examiner) -> None:
    without_form = {k: v for k, v in EVERYTHING.items() if "推荐表" not in k}
    mails = {
        "locked": in_archive("材料.zip", material.zip_of(EVERYTHING, encrypted=True)),
        "cut": in_archive("材料.zip", material.truncated(material.zip_of(EVERYTHING))),
        "no_form": in_archive("材料.zip", material.zip_of(without_form)),
        "heic": in_archive("材料.zip", material.zip_of(EVERYTHING | {"a.HEIC": material.heic()})),
        "program": in_archive("材料.zip", material.zip_of(EVERYTHING | {"a.exe": material.exe()})),
    }
    assert examiner.verdicts(**mails) == {
        "locked": "returned: archive-encrypted",
        "cut": "returned: archive-unreadable",
        "no_form": "returned: form-missing",
        "heic": "returned: image-not-jpeg",
        "program": "held: executable",
    }


def test_an_archive_beyond_a_limit_of_depth_count_or_ratio_is_held(examiner: Examiner) -> None:
    tiny = material.jpeg(64, 48)
    many = {f"x/{i}.jpg": tiny for i in range(1000 - len(EVERYTHING))}
    mails = {
        "and_one": in_archive("a.zip", material.zip_of(EVERYTHING | many | {"y.jpg": tiny})),
        "four_deep": in_archive("a.zip", material.nested_zip(EVERYTHING, 4)),
        "bomb": story(extra=[("a.zip", material.zip_bomb())]),
    }
    seen = examiner.look(**mails)
    assert {name: s.verdict for name, s in seen.items()} == {
        "and_one": "held: archive-bomb",
        "four_deep": "held: archive-bomb",
        "bomb": "held: archive-bomb",
    }
    assert seen["bomb"].said["reply"] is None


def linked(html: str = "", text: str = "") -> bytes:
    """教育素材 whose video is a link; the form is attached."""
    return stock(None, html=html and f"<p>视频见链接。</p>{html}", text=text)


def test_a_required_file_that_came_as_a_link_is_held_and_never_missing(
    examiner: Examiner,
) -> None:
    later = at(10, 15).astimezone(CHINA)
    mails = {
        "qq": linked(letters.qq_big(NAME, "1.36G", SOON)),
        "qq_for_ever": linked(letters.qq_big(NAME, "1.36G", "无限期")),
        "netease": linked(letters.netease_big(NAME, expiry=later)),
        "coremail": linked(letters.coremail_big(NAME).replace("2020-08-09", "2020-10-09")),
        "baidu": linked(text=letters.baidu()),
        "baidu_in_url": linked(text=letters.baidu(in_url=True)),
        "quoted": linked(f"<blockquote>{letters.qq_big(NAME, '1G', SOON)}</blockquote>"),
        "everything": letter(
            subject=STORY, html=letters.qq_big("战疫故事汇.zip", "88M", SOON), text=""
        ),
    }
    seen = examiner.look(**mails)
    assert all_are("held: link-only", {name: s.verdict for name, s in seen.items()})
    [link] = seen["qq"].said["links"]
    assert (link["provider"], link["name"]) == ("qq", NAME)
    assert str(link["expires"]).startswith("2020-10-20T17:03")
    assert seen["baidu"].said["links"][0]["code"] == "ab12"


def test_a_link_without_code_or_past_its_date_is_a_fault_of_the_link(examiner: Examiner) -> None:
    mails = {
        "no_code": linked(text=letters.baidu(code="")),
        "expired": linked(letters.qq_big(NAME, "1.36G", GONE)),
        "expired_netease": linked(letters.netease_big(NAME, expiry=at(9, 14))),
        "expired_qiye": linked(letters.qiye_big(NAME)),
    }
    assert examiner.verdicts(**mails) == {
        "no_code": "returned: link-no-code",
        "expired": "returned: link-expired",
        "expired_netease": "returned: link-expired",
        "expired_qiye": "returned: link-expired",
    }


def test_decoys_are_no_links(examiner: Examiner) -> None:
    mails = {
        "style": linked('<style id="cloudAttachStyle">.x{}</style>'),
        "promo": linked('<a href="https://u.163.com/abc">网易邮箱大师</a>'),
        "homepage": linked(text="学院主页 https://www.example.edu.cn/"),
    }
    assert all_are("returned: part-missing", examiner.verdicts(**mails))
