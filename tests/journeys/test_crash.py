"""SIGKILL between the steps that the world can see, against Dovecot and a real SMTP server.

`python -m tests.bench.crash` does the same some hundred times more.
"""

import pytest

from tests.crash.proof import marked_is_kept, proved
from tests.crash.siege import siege
from tests.crash.steps import PHASES
from tests.journeys.bureau import Bureau

KILLS = 24


@pytest.mark.timeout(300)
def test_killed_in_every_phase_nothing_is_lost_and_nobody_answered_twice(bureau: Bureau) -> None:
    with siege(bureau) as laid:
        for _ in laid.besiege(KILLS):
            marked_is_kept(laid)
        assert set(laid.kills.values()) == {KILLS // len(PHASES)}
        figures = proved(laid)
    assert figures.messages > 2 * KILLS


def test_what_is_called_durable_was_synced_with_its_folder_before_it_is_relied_on(
    bureau: Bureau,
) -> None:
    """In the order of the steps: raw copy, its folder, the row; the library, then its filing."""
    trace = bureau.root / "trace"
    with siege(bureau) as laid:
        laid.mail()
        assert laid.live(trace=str(trace))["status"] == 0
        steps = trace.read_text(encoding="utf-8").splitlines()
        [letter] = [row for row in laid.letters() if row.mailbox == "xuanchuanbu"]
    folder = letter.spool.parent
    moves = [
        f"spool: fsync {folder.parent}/work/",
        "spool: os.rename ",
        f"spool: fsync {folder}",
        "record: sql insert into message ",
        "record: sql commit",
        f"file: fsync {bureau.root}/state/library/.incoming/",
        "file: os.rename ",
        f"file: fsync {bureau.root}/state/library/2020-four-ones/",
        "file: sql update filing ",
        "file: sql commit",
    ]
    durable = steps.index(f"spool: fsync {folder}")
    at = max(n for n in range(durable) if steps[n].startswith(moves[0]))
    for move in moves:
        at = next(n for n in range(at, len(steps)) if steps[n].startswith(move)) + 1
