"""The configuration file: what it takes, and how every fault of it is told at once."""

import re
import tomllib
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from pydantic import BaseModel

from daemon.config import Config, load
from daemon.config.crosscheck import warnings
from daemon.errors import ConfigError
from tests.daemon.config.files import EXAMPLE, SMALLEST, changed, faults, imap, written


def test_the_smallest_file_has_a_default_for_everything_else(tmp_path: Path) -> None:
    config = load(written(tmp_path, SMALLEST))
    assert config.language == "zh"
    assert config.go_live is None
    assert config.replies.max_age == timedelta(days=7)
    assert config.inspection.memory == 1 << 30
    assert config.mailboxes[0].poll == timedelta(minutes=2)


def test_relative_paths_start_where_the_file_lies(tmp_path: Path) -> None:
    config = load(written(tmp_path, SMALLEST))
    maildir = config.mailboxes[0].maildir
    assert config.state == tmp_path / "state"
    assert maildir is not None
    assert maildir.path == tmp_path / "mail"


def test_the_example_can_be_used_as_it_is() -> None:
    config = load(EXAMPLE)
    assert [m.name for m in config.mailboxes] == ["zuzhibu", "xuanchuanbu"]
    assert config.go_live == datetime(2020, 5, 31, 16, tzinfo=UTC)
    assert (config.reminders, config.digest) == ((), ()), "nobody is written to unasked"


def test_what_the_example_has_switched_off_can_be_used_as_it_is(tmp_path: Path) -> None:
    text = _switched_on().replace("rules/notices", "notices")
    config = load(written(tmp_path, text))
    assert (len(config.reminders), len(config.digest)) == (1, 1)


def _switched_on() -> str:
    return re.sub(r"^#(?=\S)", "", EXAMPLE.read_text(encoding="utf-8"), flags=re.MULTILINE)


def _keys(table: Mapping[str, Any], above: str = "") -> Iterator[str]:
    for key, value in table.items():
        yield f"{above}{key}"
        for inner in value if isinstance(value, list) else [value]:
            if isinstance(inner, dict):
                yield from _keys(inner, f"{above}{key}.")


def _fields(model: type[BaseModel], above: str = "") -> Iterator[str]:
    for name, field in model.model_fields.items():
        key = f"{above}{field.alias or name}"
        yield key
        for inner in _models(field.annotation):
            if inner.__name__ not in {"Secret", "OAuth"}:
                yield from _fields(inner, f"{key}.")


def _models(annotation: Any) -> Iterator[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for inner in getattr(annotation, "__args__", ()):
        yield from _models(inner)


def test_the_example_names_every_key() -> None:
    text = _switched_on().replace("  # ca", "  ca")
    assert set(_keys(tomllib.loads(text))) - {f"mailbox.{s}.password.file" for s in _SERVERS} == (
        set(_fields(Config))
    )


_SERVERS = ("imap", "smtp")


def test_every_problem_is_told_at_once_with_its_key(tmp_path: Path) -> None:
    text = """
        state = 5
        notices = ["nowhere/*.toml"]
        language = "fr"
        colour = "red"
        [[mailbox]]
        name = "a b"
        department = "组织部"
        address = "nobody"
        poll = "soon"
          [mailbox.imap]
          host = "imap.example.cn"
          port = 99999
          tls = "none"
          username = "u"
        [replies]
        max_age = 7
    """
    assert set(faults(tmp_path, text)) == {
        "state",
        "notices.0",
        "language",
        "colour",
        "mailbox.0",
        "mailbox.0.name",
        "mailbox.0.address",
        "mailbox.0.poll",
        "mailbox.0.imap.port",
        "mailbox.0.imap.tls",
        "mailbox.0.imap.password",
        "replies.max_age",
    }


def test_a_file_that_is_not_there_is_one_plain_line(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"gone.toml cannot be read: No such file"):
        load(tmp_path / "gone.toml")


def test_a_file_that_is_no_toml_tells_the_line(tmp_path: Path) -> None:
    assert "line 2" in faults(tmp_path, "\nstate = = 5\n")[""]


def test_a_file_saved_in_an_old_encoding_is_no_toml(tmp_path: Path) -> None:
    path = written(tmp_path, "")
    path.write_bytes('department = "组织部"'.encode("gb18030"))
    with pytest.raises(ConfigError, match="is no TOML file"):
        load(path)


def test_faults_of_a_notice_stand_beside_those_of_the_file(tmp_path: Path) -> None:
    path = written(tmp_path, changed("2020-four-ones.toml", "*.toml") + 'colour = "red"')
    (path.parent / "notices" / "zz.toml").write_text("title = 5", encoding="utf-8")
    with pytest.raises(ConfigError) as refusal:
        load(path)
    keys = {p.key for p in refusal.value.problems}
    assert "mailbox.0.outbox.colour" in keys
    assert any(key.startswith("zz.toml: ") for key in keys)


@pytest.mark.parametrize(
    "value", ["5", "[]", "[5]", "{}", '""', "[[]]", '"\\u0000"', '["\\u0000"]', "1979-05-27", "nan"]
)
@pytest.mark.parametrize(
    "key", ["state", "notices", "mailbox", "replies", "go_live", "inspection", "alarm", "web"]
)
def test_any_value_in_any_place_is_a_fault_that_is_told(
    tmp_path: Path, key: str, value: str
) -> None:
    path = written(tmp_path, f"{key} = {value}")
    with pytest.raises(ConfigError) as refusal:
        load(path)
    assert all(problem.text for problem in refusal.value.problems)


def test_a_path_with_a_nul_is_refused(tmp_path: Path) -> None:
    text = changed('"state"', '"a\\u0000b"')
    assert set(faults(tmp_path, text)) == {"state"}


def test_two_notices_with_one_id_are_refused(tmp_path: Path) -> None:
    path = written(tmp_path, changed("2020-four-ones.toml", "2020*.toml"))
    notices = path.parent / "notices"
    copy = (notices / "2020-four-ones.toml").read_text(encoding="utf-8")
    (notices / "2020-other.toml").write_text(copy, encoding="utf-8")
    with pytest.raises(ConfigError, match=r"2020-other.toml: id: .* is also that of"):
        load(path)


@pytest.mark.parametrize(
    ("name", "good"),
    [
        ("组织部", True),
        ("zzb-2.a", True),
        ("a/b", False),
        (".a", False),
        ("a b", False),
        ("", False),
    ],
)
def test_a_mailboxs_name_is_one_word(tmp_path: Path, name: str, *, good: bool) -> None:
    text = changed('name = "zuzhibu"', f'name = "{name}"')
    if good:
        assert load(written(tmp_path, text)).mailbox(name)
    else:
        assert set(faults(tmp_path, text)) == {"mailbox.0.name"}


@pytest.mark.parametrize("key", ["name", "address"])
def test_two_mailboxes_may_not_share(tmp_path: Path, key: str) -> None:
    second = SMALLEST[SMALLEST.index("[[mailbox]]") :]
    other = {"name": "address", "address": "name"}[key]
    old = {"name": "zuzhibu", "address": "zzbdj@"}[other]
    text = SMALLEST + second.replace(old, f"other{'@' if '@' in old else ''}", 1)
    assert set(faults(tmp_path, text)) == {f"mailbox.1.{key}"}


def test_a_mailbox_needs_one_way_in(tmp_path: Path) -> None:
    none = changed('[mailbox.maildir]\n  path = "mail"\n', "")
    assert set(faults(tmp_path, none)) == {"mailbox.0.maildir"}


def test_a_mailbox_needs_a_way_out_unless_nothing_is_sent(tmp_path: Path) -> None:
    mute = changed('[mailbox.outbox]\n  maildir = "replies"\n', "")
    assert "no way to answer" in faults(tmp_path, mute)["mailbox.0"]
    assert load(written(tmp_path, mute + '[replies]\nmode = "off"')).replies.mode == "off"


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "::1", "127.9.9.9"])
def test_plain_text_on_this_machine_needs_no_second_word(tmp_path: Path, host: str) -> None:
    config = load(written(tmp_path, imap(f'host = "{host}"\ntls = "none"')))
    assert config.mailboxes[0].imap is not None


def test_plain_text_to_another_machine_needs_a_second_word(tmp_path: Path) -> None:
    words = 'host = "10.0.0.1"\ntls = "none"'
    assert "insecure = true" in faults(tmp_path, imap(words))["mailbox.0.imap.tls"]
    assert load(written(tmp_path, imap(words + "\ninsecure = true"))).mailboxes


@pytest.mark.parametrize(
    ("host", "poll", "good"),
    [
        ("imap.example.cn", "10 s", True),
        ("imap.example.cn", "9 s", False),
        ("127.0.0.1", "1 s", True),
        ("127.0.0.1", "0.5 s", False),
    ],
)
def test_a_providers_mailbox_is_not_asked_too_often(
    tmp_path: Path, host: str, poll: str, *, good: bool
) -> None:
    text = imap(f'host = "{host}"').replace("[mailbox.imap]", f'poll = "{poll}"\n[mailbox.imap]')
    if good:
        assert load(written(tmp_path, text)).mailboxes
    else:
        assert set(faults(tmp_path, text)) == {"mailbox.0.poll"}


@pytest.mark.parametrize(("tls", "port"), [("implicit", 993), ("starttls", 143), ("none", 143)])
def test_the_usual_port_follows_from_tls(tmp_path: Path, tls: str, port: int) -> None:
    server = load(written(tmp_path, imap(f'host = "localhost"\ntls = "{tls}"'))).mailboxes[0].imap
    assert server is not None
    assert server.where == port


@pytest.mark.parametrize(
    ("key", "value"),
    [("username", "u\\r\\nA1 LOGOUT"), ("folder", ""), ("after", "delete"), ("after", "move:")],
)
def test_words_that_would_break_a_protocol_line_are_refused(
    tmp_path: Path, key: str, value: str
) -> None:
    text = imap('host = "localhost"').replace('username = "u"\n', "")
    line = f'{key} = "{value}"\n' + ('username = "u"\n' if key != "username" else "")
    text = text.replace("[mailbox.imap]\n", f"[mailbox.imap]\n{line}")
    assert set(faults(tmp_path, text)) == {f"mailbox.0.imap.{key}"}


def test_a_go_live_without_a_zone_is_refused(tmp_path: Path) -> None:
    assert set(faults(tmp_path, "go_live = 2020-06-01T00:00:00\n" + SMALLEST)) == {"go_live"}


def test_a_mailbox_of_the_notice_that_is_served_elsewhere_is_a_warning(tmp_path: Path) -> None:
    config = load(written(tmp_path, SMALLEST))
    assert any("'xuanchuanbu'" in p.text for p in warnings(config))


def test_a_mailbox_that_no_notice_names_is_a_warning(tmp_path: Path) -> None:
    config = load(written(tmp_path, changed('name = "zuzhibu"', 'name = "somewhere"')))
    assert "mailbox.0.name" in {p.key for p in warnings(config)}


def test_without_a_go_live_old_mail_may_be_answered_which_is_a_warning(tmp_path: Path) -> None:
    live = "go_live = 2020-06-01T00:00:00+08:00"
    quiet = SMALLEST + '[replies]\nmode = "approve"'
    keys = [
        {p.key for p in warnings(load(written(tmp_path, text)))}
        for text in (SMALLEST, live + SMALLEST, quiet)
    ]
    assert ["go_live" in k for k in keys] == [True, False, False]


def test_username_and_password_of_smtp_belong_together(tmp_path: Path) -> None:
    text = changed('[mailbox.outbox]\n  maildir = "replies"', '[mailbox.smtp]\nhost = "localhost"')
    assert load(written(tmp_path, text)).mailboxes
    assert set(faults(tmp_path, text + 'username = "u"')) == {"mailbox.0.smtp"}
