"""The demo, played once: every mail ends where its author meant it to."""

from pathlib import Path

import pytest
from rich.console import Console

from tests.demo import show
from tests.demo.play import one_pass
from tests.demo.played import Played, content
from tests.demo.stage import deliver, set_up
from tests.demo.submissions import submissions

OUTCOMES = {
    "合规的宣传稿": ("accepted", set()),
    "稿件没有注明联系人": ("returned", {"contact-missing"}),
    "第二天补上了联系人": ("accepted", set()),
    "系统退信，不处理": ("ignored", set()),
    "晚了一天，仍然接收": ("accepted", {"late"}),
    "合规的故事、推荐表和图片": ("accepted", set()),
    "图片插在 Word 里，没有原图": ("returned", {"images-not-separate"}),
    "没写日期，iPhone 的 HEIC 照片": ("returned", {"date-missing", "image-not-jpeg"}),
    "全部装在一个 ZIP 里（GBK 文件名）": ("accepted", {"archive-opened"}),
    "外出自动回复，不处理": ("ignored", set()),
    "文字是 PDF，没有推荐表，图片超过 10M": (
        "returned",
        {"form-missing", "text-not-word", "image-too-large"},
    ),
    "合规的视频素材": ("accepted", set()),
    "手机拍的 MOV，改名成了 .mp4": ("returned", {"video-not-mp4"}),
    "视频是 QQ 超大附件，只有链接": ("held", {"link-only"}),
    "发错了邮箱：应报宣传部": ("accepted", {"wrong-mailbox"}),
    "支部发来、学院转发的稿件": ("accepted", {"subject-tolerated"}),
    "合规的案例，WPS 存的 .doc": ("accepted", set()),
    "没写日期，文档加密，图片是 PNG，缺推荐表": (
        "returned",
        {"date-missing", "word-encrypted", "image-not-jpeg", "form-missing"},
    ),
    "名册里没有这个单位": ("held", {"unit-unknown"}),
}


@pytest.fixture(scope="module")
def played(tmp_path_factory: pytest.TempPathFactory) -> Played:
    stage = set_up(tmp_path_factory.mktemp("demo") / "demo")
    sent = submissions()
    deliver(stage, sent)
    with Path("/dev/null").open("w") as nowhere:
        assert one_pass(stage, len(sent), Console(file=nowhere)) == 0
    return Played.read(stage, sent)


def test_every_mail_is_in_the_ledger_and_in_this_table(played: Played) -> None:
    assert [one.about for one in played.sent] == list(OUTCOMES)
    assert len(played.rows) == len(OUTCOMES)


@pytest.mark.parametrize("about", OUTCOMES)
def test_a_mail_ends_as_its_author_meant(played: Played, about: str) -> None:
    row = played.rows[list(OUTCOMES).index(about)]
    status, codes = OUTCOMES[about]
    assert row["status"] == status
    assert codes <= set(row["codes"])
    assert bool(row["codes"]) or status in {"accepted", "ignored"}


def test_the_mended_mail_is_a_second_version(played: Played) -> None:
    row = played.rows[list(OUTCOMES).index("第二天补上了联系人")]
    assert (row["unit"], row["version"], row["status"]) == ("机关党委", 2, "accepted")


def test_machines_and_mere_doubts_get_no_letter(played: Played) -> None:
    quiet = [row for row in played.rows if row["status"] in {"ignored", "held"}]
    assert [row["reply"] for row in quiet] == [None] * 4
    assert len(played.stage.replies()) == len(played.rows) - 4


def test_a_returned_mail_is_told_all_of_its_faults_in_one_letter(played: Played) -> None:
    letter = content(played.letter("没写日期，文档加密"), "plain")
    assert "4 处需要补正" in letter
    assert "食品学院党委+党建特色案例+20201011" in letter
    assert "还有 3 天" in letter
    assert "020-83226783" in letter


def test_accepted_material_is_in_the_library(played: Played) -> None:
    folder = played.stage.state / "library" / "2020-four-ones" / "战疫故事汇" / "资源环境学院党委"
    names = {path.name for path in folder.rglob("*") if path.is_file()}
    assert "值班.jpg" in " ".join(names)
    assert any(name.endswith(".eml") for name in names)


def test_what_is_printed_fits_a_narrow_terminal(played: Played) -> None:
    with Path("/dev/null").open("w") as nowhere:
        console = Console(file=nowhere, width=80, record=True)
        for one in (played.matrix(), show.mail(played), show.places(played.stage)):
            console.print(one)
        console.print(show.reply(played.letter("合规的故事"), console.width))
    assert max(map(len, console.export_text().splitlines())) <= 80
