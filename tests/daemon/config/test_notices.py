"""Notices: TOML to nouns, and every fault of one told at once with its key."""

from datetime import date
from pathlib import Path

import pytest

from daemon.config.notices import SHIPPED, load
from daemon.errors import ConfigError

SMALLEST = """
id = "x"
title = "x"
year = 2020
naming = "{unit}+{category}"
[[mailbox]]
name = "office"
department = "办公室"
address = "office@example.cn"
[[kind]]
name = "text"
title = "文字"
formats = ["docx"]
wanted = "Word"
[[form]]
id = "附件1"
title = "推荐表"
[[category]]
name = "征文"
mailbox = "office"
  [[category.window]]
  name = "一"
  closes = 2020-07-01
  [[category.window]]
  name = "二"
  opens = 2020-08-01
  closes = 2020-09-01
  [[category.part]]
  kind = "text"
  title = "征文"
[[unit]]
name = "农学院党委"
aliases = ["农学院"]
[[unit]]
name = "园艺学院党委"
"""


def written(folder: Path, text: str) -> Path:
    path = folder / "notice.toml"
    path.write_text(text, encoding="utf-8")
    return path


def faults(folder: Path, text: str) -> dict[str, str]:
    """Key and words of every problem."""
    with pytest.raises(ConfigError) as refusal:
        load(written(folder, text))
    assert refusal.value.source.endswith("notice.toml")
    return {problem.key: problem.text for problem in refusal.value.problems}


def changed(*swaps: tuple[str, str]) -> str:
    text = SMALLEST
    for old, new in swaps:
        assert old in text
        text = text.replace(old, new, 1)
    return text


def test_the_smallest_notice_has_a_default_for_everything_else(tmp_path: Path) -> None:
    notice = load(written(tmp_path, SMALLEST))
    assert (notice.zone, notice.cutoff, notice.late) == ("Asia/Shanghai", "24:00", "accept")
    assert notice.categories[0].windows[1].opens == date(2020, 8, 1)
    assert notice.roster[0].aliases == ("农学院",)


def test_a_notice_that_is_read_again_is_the_same_object_until_a_word_of_it_changes(
    tmp_path: Path,
) -> None:
    path = tmp_path / "notice.toml"
    path.write_text(SMALLEST, encoding="utf-8")
    first = load(path)
    assert load(path) is first
    path.write_text(SMALLEST.replace("推荐表", "登记表"), encoding="utf-8")
    assert load(path).forms[0].title == "登记表"


def test_the_shipped_notice_says_what_was_published() -> None:
    notice = load(SHIPPED)
    kinds = {kind.name: kind for kind in notice.kinds}
    assert kinds["image"].max_size == 10 * 1024**2
    assert kinds["scan"].max_size == 30 * 1024**2
    assert kinds["video"].max_size == 2 * 1024**3
    assert kinds["video"].max_duration == 30 * 60 * 1000
    closes = [[str(w.closes) for w in c.windows] for c in notice.categories]
    assert closes == [["2020-07-15"], ["2020-10-15"], ["2020-10-31"], ["2020-07-03", "2020-09-30"]]
    boxes = [category.mailbox for category in notice.categories]
    assert boxes == ["zuzhibu", "zuzhibu", "zuzhibu", "xuanchuanbu"]
    assert [c.contact for c in notice.categories] == [False, False, False, True]


def test_every_clause_is_quoted_from_the_notice_and_says_where_it_is_enforced() -> None:
    text = SHIPPED.read_text(encoding="utf-8")
    clauses = load(SHIPPED).clauses
    assert len(clauses) >= 15
    assert all(clause.enforced for clause in clauses)
    comments = "".join(line for line in text.splitlines() if line.startswith("#"))
    for part in (
        "图片材料不超过10M",
        "扫描件不超过30M",
        "视频材料不超过30分钟",
        "稿件请注明联系人",
    ):
        assert part in comments
        assert any(part in clause.text for clause in clauses)


def test_the_roster_lies_in_a_file_of_its_own() -> None:
    names = {unit.name: unit.aliases for unit in load(SHIPPED).roster}
    wanted = {"农学院党委", "园艺学院党委", "资源环境学院党委", "动物科学学院党委", "机关党委"}
    assert wanted <= set(names)
    assert len(names) >= 20
    for alias in ("农学院", "农学院分党委", "中共华南农业大学农学院委员会"):
        assert alias in names["农学院党委"]


@pytest.mark.parametrize(
    ("written_as", "is_"),
    [
        ('max_size = "10 M"', 10 << 20),
        ('max_size = "10MB"', 10 << 20),
        ('max_size = "1.5 G"', 3 << 29),
        ('max_size = "500 KiB"', 500 << 10),
        ("max_size = 1000", 1000),
    ],
)
def test_sizes_are_written_with_their_unit(tmp_path: Path, written_as: str, is_: int) -> None:
    notice = load(written(tmp_path, changed(('wanted = "Word"', f'wanted = ""\n{written_as}'))))
    assert notice.kinds[0].max_size == is_


@pytest.mark.parametrize(
    ("length", "is_"), [("30 min", 1_800_000), ("90 s", 90_000), ("1 h", 3_600_000)]
)
def test_durations_are_written_with_their_unit(tmp_path: Path, length: str, is_: int) -> None:
    swap = ('wanted = "Word"', f'wanted = ""\nmax_duration = "{length}"')
    assert load(written(tmp_path, changed(swap))).kinds[0].max_duration == is_


def test_all_faults_are_told_at_once_with_their_keys(tmp_path: Path) -> None:
    broken = changed(
        ("year = 2020", 'year = "soon"\nyaer = 2020'),
        ('wanted = "Word"', 'wanted = "Word"\nmax_size = "ten"'),
        ('formats = ["docx"]', 'formats = ["dokx"]'),
        ('mailbox = "office"', 'mailbox = "offise"\nnaming = "{unti}"'),
        ('kind = "text"\n  title', 'kind = "scan"\n  title'),
        ("opens = 2020-08-01", "opens = 2020-10-01"),
        ('name = "园艺学院党委"', 'name = "农学院"'),
    )
    assert set(faults(tmp_path, broken)) == {
        "year",
        "yaer",
        "kind.0.max_size",
        "kind.0.formats.0",
        "category.0.mailbox",
        "category.0.naming",
        "category.0.part.0.kind",
        "category.0.window.1.closes",
        "unit.1.name",
    }


@pytest.mark.parametrize(
    ("swap", "key", "words"),
    [
        (('kind = "text"\n  title', 'kind = "form"\n  form = "附件3"\n  title'),
         "category.0.part.0.form", "附件3"),
        (('kind = "text"\n  title', 'kind = "text"\n  any_of = ["text", "video"]\n  title'),
         "category.0.part.0.any_of.1", "video"),
        (('kind = "text"\n  title', 'kind = "text"\n  max = 0\n  title'),
         "category.0.part.0.max", "below min"),
        (("closes = 2020-09-01", "closes = 2020-06-01"), "category.0.window.1.closes", "order"),
        (('id = "x"', 'id = "x"\nzone = "Asia/Shanghia"'), "zone", "Shanghia"),
        (('id = "x"', 'id = "x"\ncutoff = "noon"'), "cutoff", "17:30"),
        (('name = "一"', 'name = "一"\ncutoff = "24:01"'), "category.0.window.0.cutoff", "17:30"),
        (('aliases = ["农学院"]', 'aliases = ["农学院", "园艺 学院党委"]'), "unit.1.name", "园艺"),
        (("[[unit]]", '[severities]\nlte = "error"\n[[unit]]'), "severities.lte", "no rule"),
        (("[[unit]]", '[severities]\nlate = "fatal"\n[[unit]]'), "severities.late", "error"),
        (("[[unit]]", '[words.late.zh]\nsaw = "{when}"\n[[unit]]'), "words.late.zh.saw", "{came}"),
        (("[[unit]]", '[words.late.zh]\nsaw = "{"\n[[unit]]'), "words.late.zh.saw", "twice"),
        (("[[unit]]", '[words.late.zh]\nsay = "x"\n[[unit]]'), "words.late.zh.say", "title"),
        (("[[unit]]", '[words.later.zh]\nsaw = "x"\n[[unit]]'), "words.later", "later"),
        (("[[unit]]", '[[clause]]\ntext = "x"\nenforced = "y"\nrules = ["layt"]\n[[unit]]'),
         "clause.0.rules.0", "layt"),
        (("[[form]]", '[[mailbox]]\nname = "office"\ndepartment = ""\naddress = ""\n[[form]]'),
         "mailbox.1.name", "another mailbox"),
        (('naming = "{unit}+{category}"', 'naming = "{category}"'), "naming", "{unit}"),
        (('id = "x"', 'id = "x"\nroster = "none.toml"'), "roster", "cannot be read"),
        (('id = "x"', 'id = "x"\nroster = 7'), "roster", "must name a file"),
    ],
)  # fmt: skip
def test_a_reference_that_leads_nowhere_is_told(
    tmp_path: Path, swap: tuple[str, str], key: str, words: str
) -> None:
    told = faults(tmp_path, changed(swap))
    assert words in told[key]


def test_a_notice_without_units_is_told(tmp_path: Path) -> None:
    nobody = SMALLEST[: SMALLEST.index("[[unit]]")]
    assert "is empty" in faults(tmp_path, nobody)["roster"]


def test_a_rule_under_which_names_cannot_be_told_apart_is_refused(tmp_path: Path) -> None:
    twins = changed(('name = "园艺学院党委"', 'name = "征文组"'))
    assert "征文组" in faults(tmp_path, twins)["naming"]


@pytest.mark.parametrize("content", [b"id = ", b'title = "\xc5\xa9\xd1"'])
def test_a_file_that_is_no_toml_is_one_clear_line(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "notice.toml"
    path.write_bytes(content)
    with pytest.raises(ConfigError, match="is no TOML file"):
        load(path)


def test_a_file_that_is_not_there_is_one_clear_line(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="cannot be read"):
        load(tmp_path / "none.toml")


def test_tables_of_the_wrong_shape_are_told_and_not_tripped_over(tmp_path: Path) -> None:
    odd = 'id = 1\nkind = "x"\ncategory = [1, {name = 2, part = "x", aliases = 3}]\nwords = 5\n'
    told = faults(tmp_path, odd + 'severities = []\n[[clause]]\nrules = 3\n[[unit]]\nname = "农"\n')
    assert {"id", "kind", "category.0", "words", "severities"} <= set(told)
