"""What must be true after every kill, and what when the siege is over."""

from collections import Counter
from dataclasses import dataclass

from tests.crash.siege import MOVED, Siege


@dataclass(frozen=True)
class Figures:
    messages: int
    lost: int
    replies: int
    twice: int  # mails that a kill after the server's word made come twice, byte for byte alike


def marked_is_kept(laid: Siege) -> None:
    """Whatever has lost its flags or place lies in the spool, and has a row."""
    rows = {row.uid: row for row in laid.letters() if row.mailbox == "zuzhibu"}
    for uid in laid.marked():
        assert rows[uid].spool.stat().st_size == rows[uid].size


def proved(laid: Siege) -> Figures:
    """Raises AssertionError for anything lost, doubled, misjudged, or touched."""
    assert laid.live()["status"] == 0
    rows = {row.message: row for row in laid.letters()}
    assert Counter(row.sha256 for row in rows.values()) == Counter(list(laid.expected))
    _judged(laid)
    twice = _answered_once(laid)
    status, said = laid.bureau.says("reconcile", "--deep")
    assert status == 0, said
    _left_as_it_was(laid)
    return Figures(len(laid.expected), 0, len(set(_ids(laid))), twice)


def _judged(laid: Siege) -> None:
    digests = {(row.mailbox, row.uid): row.sha256 for row in laid.letters()}
    told = {digests[r["mailbox"], r["uid"]]: r["status"] for r in laid.bureau.messages()}
    assert told == laid.expected


def _ids(laid: Siege) -> list[str]:
    return [mail.message["Message-ID"] for mail in laid.bureau.mails]


def _answered_once(laid: Siege) -> int:
    """Every reply went out; any that came twice is the same mail, and a kill explains it."""
    replies = [row["reply"] for row in laid.bureau.messages() if row["reply"]]
    assert {reply["state"] for reply in replies} == {"sent"}
    assert set(_ids(laid)) == {reply["message_id"] for reply in replies}
    assert len(replies) == sum(status != "ignored" for status in laid.expected.values())
    assert len({mail.raw for mail in laid.bureau.mails}) == len(replies)
    twice = len(laid.bureau.mails) - len(replies)
    assert twice <= laid.kills["send"]
    return twice


def _left_as_it_was(laid: Siege) -> None:
    count = laid.put_into_zuzhibu
    untouched: dict[int, set[str]] = {uid: set() for uid in range(1, count + 1)}
    assert laid.bureau.xuanchuanbu.flags() == untouched
    if laid.after == "seen":
        assert laid.bureau.zuzhibu.flags() == {uid: {"\\Seen"} for uid in untouched}
    else:
        assert laid.bureau.zuzhibu.flags() == {}
        assert len(laid.bureau.zuzhibu.flags(MOVED)) == count
