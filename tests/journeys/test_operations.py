"""What an administrator does on a working day, against real servers."""

import time
from pathlib import Path

from tests.journeys.bureau import Bureau
from tests.journeys.post import JULY_2, faulty, good
from tests.servers.postbox import GOOD, Mail


def test_a_drill_goes_out_by_smtp_and_comes_back_to_the_running_daemon(bureau: Bureau) -> None:
    def deliver(mail: Mail) -> str:
        bureau.zuzhibu.put(mail.raw)
        return GOOD

    bureau.once()
    bureau.postbox.answer = deliver
    with bureau.serving():
        status, told = bureau.says("drill", "zuzhibu", "--wait", "30")
    assert status == 0, told
    assert len(told.splitlines()) == 6
    assert "no version, no answer" in told
    assert [mail.to for mail in bureau.mails] == [("zuzhibu@example.org",)]
    [row] = bureau.messages()
    assert (row["status"], row["version"], row["reply"]) == ("ignored", None, None)


def test_what_is_lost_on_disk_is_fetched_from_the_server_again(bureau: Bureau) -> None:
    bureau.xuanchuanbu.put(good(), received=JULY_2)
    bureau.xuanchuanbu.put(faulty("园艺学院党委"), received=JULY_2)
    bureau.once()
    assert bureau.says("reconcile", "--deep")[0] == 0
    before, library = bureau.xuanchuanbu.flags(), bureau.library
    for raw in (bureau.root / "state/spool").glob("??/*.eml"):
        raw.unlink()
    (bureau.root / "state/library" / library[0]).unlink()
    status, told = bureau.says("reconcile")
    assert (status, told.count("raw copy: "), told.count("folder: ")) == (1, 2, 1)
    status, told = bureau.says("reconcile", "--repair")
    assert (status, told.count("mended")) == (0, 3)
    assert bureau.says("reconcile", "--deep")[0] == 0
    assert bureau.xuanchuanbu.flags() == before
    assert [path for path in bureau.library if not path.startswith(".damaged")] == library


def test_mail_that_somebody_deleted_on_the_server_is_a_note(bureau: Bureau) -> None:
    uid = bureau.xuanchuanbu.put(good(), received=JULY_2)
    bureau.once()
    bureau.xuanchuanbu.remove(uid)
    status, told = bureau.says("reconcile")
    assert status == 0
    assert "is no longer in the mailbox" in told


def heard(path: Path) -> tuple[int, int]:
    text = path.read_text(encoding="utf-8") if path.exists() else ""
    return text.count("报警"), text.count("解除：")


def test_a_dead_server_is_told_once_by_the_command_and_once_when_it_is_back(
    bureau: Bureau,
) -> None:
    ear, script = bureau.root / "heard", bureau.root / "tell"
    script.write_text(f"#!/bin/sh\ncat >> {ear}\n")
    script.chmod(0o755)
    bureau.extra = f'[alarm]\nafter = "1 s"\ncommand = "{script}"\n'
    bureau.once()
    alive = bureau.zuzhibu.server.port
    bureau.ports["zuzhibu"] = 1
    for _ in range(3):
        time.sleep(1.1)
        bureau.once(exits=75)
    assert heard(ear) == (1, 0)
    assert "zuzhibu" in bureau.says("doctor")[1]
    bureau.ports["zuzhibu"] = alive
    for _ in range(2):
        bureau.once()
    assert heard(ear) == (1, 1)


def test_an_alarm_goes_by_the_mailbox_that_can_send(bureau: Bureau) -> None:
    bureau.extra = '[alarm]\nafter = "1 s"\nmail = "admin@example.com"\n'
    bureau.once()
    bureau.ports["zuzhibu"] = 1
    time.sleep(1.1)
    for _ in range(2):
        bureau.once(exits=75)
    [mail] = bureau.mails
    assert mail.to == ("admin@example.com",)
    assert mail.message["Auto-Submitted"] == "auto-generated"
    assert "xuanchuanbu@example.org" in mail.message["From"]
