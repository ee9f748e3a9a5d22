"""The package: renamed by the rule, checked, whole, repeatable; it tells what is missing."""

import io
import subprocess
from dataclasses import replace
from datetime import date
from hashlib import sha256
from pathlib import Path
from zipfile import ZipFile

import pytest
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from daemon.errors import Unavailable
from daemon.handover import Contents, check, entries, into_folder, into_zip, zipped
from rules.mending import Place
from rules.submission import Contact
from rules.verdict import Status
from tests.daemon.handover.accepted import (
    NXY,
    STORIES,
    WALL,
    YYXY,
    ZHXY,
    Shop,
    a_file,
    a_form,
    a_shop,
    files,
    submit,
)

FOLDER = "农学院党委+战疫故事汇+20200710"


def written(contents: Contents, target: Path) -> Path:
    check(contents)
    into_folder(entries(contents, "zh"), target)
    return target


def zip_of(contents: Contents) -> bytes:
    return b"".join(zipped(entries(contents, "zh"), STORIES))


def tree(folder: Path) -> set[str]:
    return {p.relative_to(folder).as_posix() for p in folder.rglob("*") if p.is_file()}


def sheet(path: Path, name: str) -> list[list[object]]:
    found = load_workbook(path)[name]
    assert isinstance(found, Worksheet)
    return [[cell.value for cell in row] for row in found.iter_rows()]


def pick(shop: Shop, message: int) -> None:
    with shop.ledger._store.writing() as connection:
        connection.execute("insert into event (at, who, what, why) values ('', '', '', '')")
        connection.execute(
            "insert into act (id, event, at, who, kind, why, mailbox, notice, unit, category,"
            " window, said, before) values (1, 1, '', '', '', '', '', '', '', '', '', '{}', '{}')"
        )
        connection.execute("insert into selection (message, act) values (?, 1)", (message,))


def test_folders_and_files_are_named_by_the_notices_rule(tmp_path: Path) -> None:
    with a_shop(tmp_path) as shop:
        submit(shop, NXY, *files(), a_form())
        out = written(shop.contents(), tmp_path / "out")
    assert tree(out) == {
        "清单.xlsx",
        "未完成.txt",
        "SHA256SUMS",
        f"{FOLDER}/{FOLDER}-文字材料.docx",
        f"{FOLDER}/{FOLDER}-图片材料1.jpg",
        f"{FOLDER}/{FOLDER}-图片材料2.jpeg",
        f"{FOLDER}/{FOLDER}-附件1.docx",
    }
    assert (out / FOLDER / f"{FOLDER}-图片材料1.jpg").read_bytes() == b"one"


def test_the_sums_are_checked_by_sha256sum(tmp_path: Path) -> None:
    with a_shop(tmp_path) as shop:
        submit(shop, NXY, *files())
        out = written(shop.contents(), tmp_path / "out")
    command = ["sha256sum", "--check", "--strict", "SHA256SUMS"]
    done = subprocess.run(command, cwd=out, capture_output=True, check=False)
    assert done.returncode == 0, done.stderr
    assert len(done.stdout.splitlines()) == len(tree(out)) - 1


def test_only_the_effective_version_and_what_stays_good_of_earlier_ones(tmp_path: Path) -> None:
    with a_shop(tmp_path) as shop:
        text, *pictures = files()
        wrong = replace(text, name="旧稿.docx", facts=replace(text.facts, threat="EICAR"))
        submit(shop, NXY, wrong, *pictures, status=Status.RETURNED)
        submit(shop, NXY, a_file("新稿.docx", b"text 2"))
        contents = shop.contents()
    (folder,) = contents.folders
    assert [(f.original, f.version) for f in folder.files] == [
        ("新稿.docx", 2),
        ("IMG_1.JPG", 1),
        ("IMG_2.jpeg", 1),
    ]


def test_nothing_that_is_not_accepted_is_handed_over_and_all_of_it_is_told(
    tmp_path: Path,
) -> None:
    with a_shop(tmp_path) as shop:
        submit(shop, NXY, *files(), status=Status.RETURNED)
        submit(shop, YYXY, *files(), status=Status.HELD)
        contents = shop.contents()
        out = written(contents, tmp_path / "out")
    assert contents.folders == ()
    assert [s.unit for s in contents.unfinished] == [NXY, YYXY, ZHXY]
    text = (out / "未完成.txt").read_text(encoding="utf-8-sig")
    assert "未报送（1）：资源环境学院党委\n" in text
    assert "需补正（1）：农学院党委\n" in text
    assert "待人工核对（1）：园艺学院党委\n" in text
    heading, *rows = sheet(out / "清单.xlsx", "未完成")
    assert [(row[0], row[2]) for row in rows] == [
        (ZHXY, "未报送"),
        (NXY, "需补正"),
        (YYXY, "待人工核对"),
    ]
    assert rows[1][heading.index("问题")] == "缺少推荐表"


def test_who_is_waived_is_listed_as_such(tmp_path: Path) -> None:
    with a_shop(tmp_path, units=1) as shop:
        place = Place(notice=shop.notice.id, unit=NXY, category=STORIES, window="7月15日前")
        shop.ledger.concessions.waive(place, "机关不报")
        out = written(shop.contents(), tmp_path / "out")
    assert "免报（1）：农学院党委" in (out / "未完成.txt").read_text(encoding="utf-8-sig")


def test_the_list_says_what_the_forms_say(tmp_path: Path) -> None:
    with a_shop(tmp_path) as shop:
        submit(shop, NXY, *files(), a_form())
        out = written(shop.contents(), tmp_path / "out")
    heading, row = sheet(out / "清单.xlsx", "清单")
    cells = dict(zip(heading, row, strict=True))
    assert cells["材料题目"] == "=守护校园"
    assert (cells["作者"], cells["联系人"], cells["文件数"]) == ("张三", "李四", 4)
    assert "内容简介" not in cells, "what fills paragraphs stays in the form"
    assert cells["文件夹"] == FOLDER
    kinds = load_workbook(out / "清单.xlsx")["清单"]
    assert all(cell.data_type != "f" for line in kinds.iter_rows() for cell in line)


def test_a_category_without_a_form_names_the_contact_of_the_manuscript(tmp_path: Path) -> None:
    with a_shop(tmp_path) as shop:
        contact = Contact(name="王五", way="13800000000")
        submit(shop, NXY, a_file("稿.docx", b"wall", contact=contact), category=WALL, day=None)
        out = written(shop.contents(WALL), tmp_path / "out")
    heading, row = sheet(out / "清单.xlsx", "清单")
    assert dict(zip(heading, row, strict=True))["联系人（稿件内）"] == "王五 13800000000"


def test_each_batch_has_a_folder_of_its_own(tmp_path: Path) -> None:
    with a_shop(tmp_path) as shop:
        for window in (0, 1):
            file = a_file("稿.docx", b"wall")
            submit(shop, NXY, file, category=WALL, day=None, window=window)
        names = [folder.name for folder in shop.contents(WALL).folders]
    assert names == [
        "第一批（7月3日前）/农学院党委+红色防火墙",
        "第二批（9月30日前）/农学院党委+红色防火墙",
    ]


def test_only_what_staff_have_picked(tmp_path: Path) -> None:
    with a_shop(tmp_path) as shop:
        submit(shop, NXY, *files())
        pick(shop, submit(shop, YYXY, *files()))
        everything, picked = shop.contents(), shop.contents(only_selected=True)
    assert [f.selected for f in everything.folders] == [False, True]
    assert [f.standing.unit for f in picked.folders] == [YYXY]
    assert [s.unit for s in picked.unfinished] == [ZHXY], "an unpicked one is not unfinished"


def test_a_zip_has_the_same_files_under_one_folder_and_names_in_utf_8(tmp_path: Path) -> None:
    with a_shop(tmp_path) as shop:
        submit(shop, NXY, *files(), a_form())
        contents = shop.contents()
        out = written(contents, tmp_path / "out")
        data = zip_of(contents)
    with ZipFile(io.BytesIO(data)) as archive:
        assert archive.testzip() is None
        assert {i.filename for i in archive.infolist()} == {f"{STORIES}/{n}" for n in tree(out)}
        assert all(i.flag_bits & 0x800 for i in archive.infolist())
        for info in archive.infolist():
            name = info.filename.partition("/")[2]
            assert archive.read(info) == (out / name).read_bytes()


def test_the_same_ledger_gives_the_same_bytes(tmp_path: Path) -> None:
    with a_shop(tmp_path) as shop:
        submit(shop, NXY, *files(), a_form())
        submit(shop, YYXY, *files(), status=Status.RETURNED)
        first, second = zip_of(shop.contents()), zip_of(shop.contents())
        into_zip(entries(shop.contents(), "zh"), tmp_path / "a.zip", STORIES)
    assert first == second
    assert (tmp_path / "a.zip").read_bytes() == first


def test_a_zip_streams_no_more_than_a_chunk_at_a_time(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("daemon.handover.package.CHUNK", 2)
    with a_shop(tmp_path) as shop:
        submit(shop, NXY, *files())
        papers = len(list(entries(shop.contents(), "zh")))
        chunks = list(zipped(entries(shop.contents(), "zh"), STORIES))
    assert len(chunks) > papers + 3
    assert max(len(c) for c in chunks[6:-4]) < 400


def test_two_units_whose_names_are_cut_alike_have_two_folders(tmp_path: Path) -> None:
    with a_shop(tmp_path, units=2) as shop:
        long = "党委办公室" * 30
        units = tuple(replace(u, name=f"{long}{n}") for n, u in enumerate(shop.notice.roster))
        other = replace(shop, notice=replace(shop.notice, roster=units))
        other.ledger.sync(other.notice, shop.ledger.made())
        for unit in units:
            submit(other, unit.name, *files())
        contents = other.contents()
        out = written(contents, tmp_path / "out")
    assert len({folder.name.casefold() for folder in contents.folders}) == 2
    parts = {part for name in tree(out) for part in name.split("/")}
    assert all(len(part.encode()) <= 255 for part in parts)


def test_what_windows_reserves_is_no_name(tmp_path: Path) -> None:
    with a_shop(tmp_path, units=1) as shop:
        odd = replace(shop.notice.roster[0], name="CON")
        rule = replace(
            shop.notice, roster=(odd,), naming="{unit}", categories=shop.notice.categories
        )
        categories = tuple(replace(c, naming="{unit}") for c in rule.categories)
        other = replace(shop, notice=replace(rule, categories=categories))
        other.ledger.sync(other.notice, shop.ledger.made())
        submit(other, "CON", *files())
        (folder,) = other.contents().folders
    assert folder.name == "_CON"


def test_without_a_date_in_the_subject_the_day_of_arrival_stands(tmp_path: Path) -> None:
    with a_shop(tmp_path) as shop:
        submit(shop, NXY, *files(), day=None)
        submit(shop, YYXY, *files(), day=date(2020, 7, 9))
        names = [folder.name for folder in shop.contents().folders]
    assert names == ["农学院党委+战疫故事汇+20200701", "园艺学院党委+战疫故事汇+20200709"]


def test_a_file_that_was_changed_in_the_library_is_not_handed_over(tmp_path: Path) -> None:
    with a_shop(tmp_path) as shop:
        submit(shop, NXY, *files())
        contents = shop.contents()
        source = contents.folders[0].files[0].source
        source.write_bytes(b"TEXT")
        with pytest.raises(Unavailable, match="not those that were recorded"):
            into_folder(entries(contents, "zh"), tmp_path / "out")
        assert not (tmp_path / "out").exists()
        source.write_bytes(b"longer than it was")
        with pytest.raises(Unavailable, match="not those that were recorded"):
            check(contents)
        source.unlink()
        with pytest.raises(Unavailable, match="reading"):
            check(contents)


def test_a_folder_that_is_gone_from_the_library_is_told_with_its_cure(tmp_path: Path) -> None:
    with a_shop(tmp_path) as shop:
        submit(shop, NXY, *files())
        source = shop.contents().folders[0].files[0].source
        (source.parent / "SHA256SUMS").unlink()
        with pytest.raises(Unavailable, match="reconcile --repair"):
            shop.contents()


def test_what_is_accepted_and_not_filed_yet_is_unfinished(tmp_path: Path) -> None:
    with a_shop(tmp_path, units=1) as shop:
        shop.ledger.filings.reopen(submit(shop, NXY, *files()))
        contents = shop.contents()
        out = written(contents, tmp_path / "out")
    assert contents.folders == ()
    assert "合规，尚未归档（1）" in (out / "未完成.txt").read_text(encoding="utf-8-sig")


def test_a_folder_that_holds_something_is_left_alone(tmp_path: Path) -> None:
    with a_shop(tmp_path) as shop:
        (tmp_path / "out").mkdir()
        (tmp_path / "out" / "mine.txt").write_text("x")
        with pytest.raises(Unavailable, match="something in it"):
            into_folder(entries(shop.contents(), "zh"), tmp_path / "out")
        assert tree(tmp_path / "out") == {"mine.txt"}


def test_every_digest_of_the_sums_is_true(tmp_path: Path) -> None:
    with a_shop(tmp_path) as shop:
        submit(shop, NXY, *files())
        parts = list(entries(shop.contents(), "en"))
    for entry in parts:
        data = b"".join(entry.chunks())
        assert sha256(data).hexdigest() == entry.sha256
        assert len(data) == entry.size
    assert [p.name for p in parts][:2] == ["list.xlsx", "unfinished.txt"]
