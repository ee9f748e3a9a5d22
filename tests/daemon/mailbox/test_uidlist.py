"""The UIDs of a Maildir, when more than one program asks for them."""

from pathlib import Path

import pytest

from daemon.errors import Unavailable
from daemon.mailbox.uidlist import UidList


def test_two_programs_never_give_one_number_to_two_messages(tmp_path: Path) -> None:
    daemon, doctor = UidList(tmp_path, "zuzhibu"), UidList(tmp_path, "zuzhibu")
    assert doctor.number(["a"]) == {"a": 1}
    assert daemon.number(["b"]) == {"b": 2}
    assert doctor.number(["a", "b", "c"]) == {"a": 1, "b": 2, "c": 3}
    again = UidList(tmp_path, "zuzhibu")
    assert [again.base(uid) for uid in (1, 2, 3)] == ["a", "b", "c"]


def test_a_list_that_is_taken_away_meanwhile_gives_no_numbers(tmp_path: Path) -> None:
    uids = UidList(tmp_path, "zuzhibu")
    uids.path.write_text("1\n")
    with pytest.raises(Unavailable, match="taken away"):
        uids.number(["a"])
