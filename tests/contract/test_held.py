"""What is held, what is not answered, and what no person wrote."""

import re

from tests import letters, material
from tests.contract.outside import Examiner, all_are
from tests.contract.ready import STORY, story, story_files
from tests.letters import letter


def test_programs_are_held_and_nothing_is_sent(examiner: Examiner) -> None:
    mails = {
        "exe": story(extra=[("a.exe", material.exe())]),
        "named_jpg": story(extra=[("a.jpg", material.exe())]),
        "double_ending": story(extra=[("稿件.doc.exe", material.exe())]),
        "batch": story(extra=[("a.bat", b"@echo off\r\n")]),
        "script": story(extra=[("a.vbs", b'CreateObject("x")')]),
    }
    seen = examiner.look(**mails)
    assert all_are("held: executable", {name: s.verdict for name, s in seen.items()})
    assert {s.text for s in seen.values()} == {""}


def test_errors_are_answered_beside_a_doubt_but_not_beside_a_danger(examiner: Examiner) -> None:
    no_form = story_files(form=None)
    macros = story_files(text=(f"{STORY}.docm", material.docm()), form=None)
    seen = examiner.look(
        macros=story(macros),
        unit=story(no_form, subject="天文学院党委+战疫故事汇+20200710"),
        program=story(no_form, extra=[("a.exe", material.exe())]),
    )
    assert {name: s.verdict for name, s in seen.items()} == {
        "macros": "held: form-missing, word-macros",
        "unit": "held: form-missing, unit-unknown",
        "program": "held: executable, form-missing",
    }
    assert {name for name, s in seen.items() if "推荐表" in s.text} == {"macros", "unit"}


def test_machines_are_ignored_and_not_answered(examiner: Examiner) -> None:
    mails = {
        "absence": letters.out_of_office(),
        "qq_vacation": letters.qq_vacation(),
        "bounce_163": letters.bounce_163(),
        "bounce_qq": letters.bounce_qq(),
        "report": letters.delivery_report(),
        "newsletter": letters.newsletter(),
        "noreply": letter(subject="通知", sender="x <noreply@example.com>"),
    }
    seen = examiner.look(**mails)
    assert {name: (s.said["status"], s.text) for name, s in seen.items()} == dict.fromkeys(
        mails, ("ignored", "")
    )
    assert all(s.said["answer"]["reason"] for s in seen.values())


def test_a_whole_submission_from_a_machine_is_held_and_not_answered(examiner: Examiner) -> None:
    listed = [("List-Id", "<dangwu.example.edu.cn>"), ("Precedence", "list")]
    seen = examiner.look(
        list=story(headers=listed),
        automatic=story(subject=f"自动回复: {STORY}", headers=[("Auto-Submitted", "auto-replied")]),
    )
    assert {(s.said["status"], s.text) for s in seen.values()} == {("held", "")}


def test_part_of_a_submission_from_a_machine_is_held_too(examiner: Examiner) -> None:
    listed = [("List-Unsubscribe", "<mailto:leave@example.edu.cn>")]
    film = '<a href="https://pan.baidu.com/s/1abcdEFGH?pwd=ab12">课.mp4</a>'
    invitation = letters.Enclosure(
        "invite.ics", b"BEGIN:VCALENDAR\r\nMETHOD:REQUEST\r\nEND:VCALENDAR\r\n", "text/calendar"
    )
    seen = examiner.look(
        category_alone=story(subject="战疫故事汇材料", headers=listed),
        unit_alone=story(subject="农学院材料", headers=[("Precedence", "bulk")]),
        form_alone=story(subject="报送材料", headers=[("Auto-Submitted", "auto-generated")]),
        invited=story(subject="农学院党委材料报送", extra=[invitation]),
        link=letter(subject="农学院党委+教育素材+20200710", html=film, headers=listed),
    )
    assert {(s.said["status"], s.text) for s in seen.values()} == {("held", "")}
    assert all(s.said["answer"]["reason"] for s in seen.values())


def test_a_logo_makes_no_submission_of_an_absence_note(examiner: Examiner) -> None:
    logo = letters.Enclosure("l.png", material.png(100, 100), "image/png", inline=True, cid="l")
    note = letter(subject=f"自动回复: Re: {STORY}", html='休假中<img src="cid:l">', files=[logo])
    assert examiner.verdicts(note=note) == {"note": "ignored"}


def test_what_the_transfer_has_spoilt_is_no_fault_of_the_sender(examiner: Examiner) -> None:
    whole = story()
    replaced = whole.replace(b"AAAA", b"A!A@", 1)
    last = whole.rindex(b"\r\n--")  # where the boundary behind the last file begins
    header = whole.rindex(b"Content-Disposition")
    seen = examiner.look(
        replaced=replaced,
        cut=whole[: last - 3_000],
        cut_at_the_header=whole[: header + 30],
        cut_in_the_middle=whole[: len(whole) // 3],
        winmail=story([("winmail.dat", b"no TNEF" * 99)]),
    )
    assert {name: s.verdict for name, s in seen.items()} == dict.fromkeys(
        seen, "held: file-undecodable"
    )


def test_a_mail_in_an_archive_is_opened_by_a_person(examiner: Examiner) -> None:
    packed = material.zip_of({"报送.eml": story()})
    assert examiner.verdicts(
        packed=story([("材料.zip", packed)]), attached=story([("报送.eml", story())])
    ) == {"packed": "held: not-inspected", "attached": "accepted"}


def test_a_last_boundary_alone_is_missed_by_nobody(examiner: Examiner) -> None:
    def bare(raw: bytes) -> bytes:
        return raw[: raw.rindex(b"\r\n--")]

    assert examiner.verdicts(
        whole=bare(story()),
        no_form=bare(story(story_files(form=None))),
        padded=bare(story()) + b"\r\n\r\n",
        png=bare(story(extra=[("3.png", material.png())])),
    ) == {
        "whole": "accepted",
        "no_form": "returned: form-missing",
        "padded": "accepted",
        "png": "returned: image-not-jpeg",
    }


def test_odd_base64_that_lacks_nothing_is_read(examiner: Examiner) -> None:
    whole = story()
    assert all_are(
        "accepted",
        examiner.verdicts(
            blanks=re.sub(rb"(?m)^([A-Za-z0-9+/]{76})\r$", rb"\1 \r", whole),
            bare_lines=whole.replace(b"\r\n", b"\n"),
            padding=re.sub(rb"(?m)^([A-Za-z0-9+/]+)=+\r$", rb"\1\r", whole),
            stray=whole.replace(b"AAAA", b"AAAA!", 1),
        ),
    )


def test_a_recall_is_held_for_a_person(examiner: Examiner) -> None:
    assert examiner.verdicts(mail=letters.recall()) == {"mail": "held: withdrawn"}


def test_what_looks_automatic_and_is_not_is_answered(examiner: Examiner) -> None:
    seen = examiner.look(
        human=story(subject=f"回复: 自动答复: {STORY}"),
        said_no=story(headers=[("Auto-Submitted", "no")]),
        forwarding_rule=story(headers=[("X-QQ-AUTO-FWD", "true")]),
        other_suppression=story(headers=[("X-Auto-Response-Suppress", "OOF")]),
    )
    assert all_are("accepted", {name: s.verdict for name, s in seen.items()})
    assert all(s.text for s in seen.values())


def test_who_asks_for_silence_is_judged_and_not_answered(examiner: Examiner) -> None:
    seen = examiner.look(
        all=story(headers=[("X-Auto-Response-Suppress", "All")]),
        replies=story(headers=[("X-Auto-Response-Suppress", "DR, AutoReply")]),
    )
    assert {(s.verdict, s.text) for s in seen.values()} == {("accepted", "")}


def test_what_is_no_mail_is_held(examiner: Examiner) -> None:
    seen = examiner.look(rubbish=b"\0\1\2 not a mail at all \xff\xfe" * 50, nothing=b"")
    assert all_are("held: unreadable-message", {name: s.verdict for name, s in seen.items()})
    assert {s.text for s in seen.values()} == {""}
