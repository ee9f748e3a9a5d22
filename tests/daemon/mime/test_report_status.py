"""What a delivery report says became of our mail."""

from pathlib import Path

import pytest

from daemon.message import read
from tests.letters import delivery_report, letter


def status(folder: Path, raw: bytes) -> str:
    (folder / "work").mkdir()
    path = folder / "letter.eml"
    path.write_bytes(raw)
    return read(path, folder / "work").message.report_status


@pytest.mark.parametrize("code", ["5.1.1", "4.4.1", "5.7.520"])
def test_the_code_of_the_recipient_is_read(tmp_path: Path, code: str) -> None:
    assert status(tmp_path, delivery_report(status=code)) == code


def test_what_arrived_is_no_news(tmp_path: Path) -> None:
    assert status(tmp_path, delivery_report(status="2.0.0")) == ""


def test_the_recipient_that_was_given_up_comes_before_one_that_waits(tmp_path: Path) -> None:
    raw = delivery_report(status="5.1.1")
    late = b"Final-Recipient: rfc822; b@example.com\r\nAction: delayed\r\nStatus: 4.4.1\r\n\r\n"
    both = raw.replace(b"Final-Recipient", late + b"Final-Recipient", 1)
    assert status(tmp_path, both) == "5.1.1"


def test_a_letter_has_none(tmp_path: Path) -> None:
    raw = letter(subject="Status", text="Action: failed\nStatus: 5.1.1")
    assert status(tmp_path, raw) == ""
