"""Who simply answers a reminder with the files has handed them in."""

from datetime import datetime
from pathlib import Path

from daemon.reminders import Reminding, gaps
from daemon.reminders.letter import reminder
from rules import naming
from tests.daemon.reminders.office import HERE, an_office_that_reminds


def test_the_subject_of_an_answer_names_what_it_is_for_every_unit_and_category(
    tmp_path: Path,
) -> None:
    october = datetime(2020, 9, 15, tzinfo=HERE)
    with an_office_that_reminds(tmp_path, units=40) as office:
        notice, box = office.config.notices[0], office.config.mailboxes[0]
        speech = Reminding(config=office.config, ledger=office.ledger).speech(october)
        for gap in gaps(office.ledger.status(), office.config.notices, october):
            for prefix in ("回复：", "Re: ", "答复: 回复："):
                subject = prefix + reminder([gap], speech, box).subject
                read = naming.claim(subject, notice)
                assert (read.unit, read.category) == (gap.unit, gap.category), subject
                assert naming.complete(read, notice)
