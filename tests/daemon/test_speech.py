"""Sentences in Chinese: the details are carried over, and what is not known stays as it is."""

import re
import tomllib
from pathlib import Path

import pytest

from daemon.cli import main
from daemon.doctor import examine
from daemon.speech import TABLE, both, chinese, said
from tests.daemon.config.files import SMALLEST, written

TABLES = tomllib.loads(TABLE.read_text(encoding="utf-8"))
COMMANDS = ("baosong", "apt install")
PYDANTIC = ("Input should", "Input is not", "String should")
PAIRS = [pair for table in TABLES.values() for pair in table.items()]


@pytest.mark.parametrize(
    ("english", "told"),
    [
        ("connecting to imap.example.cn:993", "连接 imap.example.cn:993"),
        ("connecting to h:1: [Errno 111] refused", "连接 h:1：[Errno 111] refused"),
        ("logging in to h:1 as a@b: NO {x}", "以 a@b 登录 h:1：NO {x}"),
        ("there is no such key", "没有这个键，请检查拼写"),
        ("/a b cannot be read: No such file", "读不到 /a b：No such file"),
        ("zuzhibu SMTP login", "zuzhibu 发信登录"),
        ("zuzhibu login", "zuzhibu 登录"),
        ("12 messages, UIDVALIDITY 7", "12 封邮件，UIDVALIDITY 7"),
        ("mend alarm.command", "请改正 alarm.command"),
        ("mend /etc/x.toml", "请修改 /etc/x.toml"),
        ("a.b: Input should be greater than or equal to 1", "a.b：不能小于 1"),
        ("Input should be a valid boolean, unable to interpret input", "应当是 true 或 false"),
        ("Input should be 'zh', 'en'", "应当是 'zh', 'en'"),
        ("go_live: must be a table", "go_live：应当是一个表（[…]）"),
        ("connecting to h\nx: y", "连接 h\nx：y"),
    ],
)
def test_a_sentence_that_is_known_is_said_in_chinese(english: str, told: str) -> None:
    assert chinese(english) == told
    assert said(english, "zh") == told
    assert said(english, "en") == english
    assert both(english) == f"{english}\n    {told}"


@pytest.mark.parametrize("text", ["", "something else altogether", "reading"])
def test_what_is_not_known_stays_as_it_is(text: str) -> None:
    assert (chinese(text), said(text, "zh"), both(text)) == ("", text, text)


def test_every_detail_is_carried_over() -> None:
    for english, told in PAIRS:
        details = set(re.findall(r"\{([a-z]+)\}", english))
        carried = set(re.findall(r"\{([a-z]+)\}", told))
        assert carried == details - {"more"}, english
        assert re.search(r"[一-鿿]", told), english


def sources() -> str:
    """All of the program's text, with literals that are written in pieces put together."""
    daemon = TABLE.parent
    text = "\n".join(p.read_text(encoding="utf-8") for p in sorted(daemon.rglob("*.py")))
    return re.sub(r'"\s*\n\s*f?"', "", text).replace('\\"', '"')


def test_every_sentence_of_the_table_is_one_that_the_program_says() -> None:
    text = sources()
    pairs = {name: table for name, table in TABLES.items() if name != "looks"}
    for english in (english for table in pairs.values() for english in table):
        if not english.startswith(PYDANTIC):
            for piece in re.split(r"\{[a-z]+\}|\{ file = … \}|, ", english):
                assert piece.strip(" :;,→()[]{}") in text, english


def test_the_doctor_speaks_chinese_where_the_configuration_does(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = written(tmp_path, SMALLEST)
    main(["doctor", "--config", str(path)])
    out = capsys.readouterr().out
    assert "正常 配置" in out
    assert not re.search(r"^(ok|look|TO DO) ", out, re.MULTILINE)
    path.write_text('language = "en"\n' + path.read_text(encoding="utf-8"), encoding="utf-8")
    main(["doctor", "--config", str(path)])
    assert "ok    configuration" in capsys.readouterr().out


def test_every_line_of_a_doctor_is_known(tmp_path: Path) -> None:
    for check in examine(written(tmp_path, SMALLEST)):
        assert chinese(check.what) or check.what.startswith("lib"), check.what
        assert re.search(r"[一-鿿]", said(check.said, "zh")), check.said
        assert not check.cure or chinese(check.cure) or check.cure.startswith(COMMANDS), check.cure


def test_faults_of_the_configuration_are_told_in_both_languages(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = written(tmp_path, f"colour = 1\n{SMALLEST}")
    assert main(["run", "--once", "--config", str(path)]) == 78
    told = capsys.readouterr().err
    assert "cannot be used 配置不能用" in told
    assert "colour: there is no such key\n    没有这个键" in told
