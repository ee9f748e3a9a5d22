"""From a mail in Dovecot to a row in the ledger, files in the library and a reply by SMTP."""

from email.utils import parseaddr

import pytest

from tests.journeys.bureau import Bureau
from tests.journeys.post import CATEGORY, JULY_2, JULY_4, UNIT, faulty, good
from tests.letters import out_of_office
from tests.servers.providers import EVERYBODY
from tests.servers.proxy import proxy


def test_a_compliant_mail_is_recorded_filed_and_acknowledged(bureau: Bureau) -> None:
    uid = bureau.xuanchuanbu.put(good(), received=JULY_2)
    bureau.once()
    [row] = bureau.messages()
    assert (row["mailbox"], row["uid"], row["status"]) == ("xuanchuanbu", uid, "accepted")
    assert (row["unit"], row["category"], row["late"]) == (UNIT, CATEGORY, False)
    assert row["reply"]["state"] == "sent"
    [place] = [r for r in bureau.status().values() if r["state"] == "accepted"]
    assert (place["unit"], place["category"]) == (UNIT, CATEGORY)
    names = [path.rsplit("/", 1)[-1] for path in bureau.library]
    assert f"{UNIT}+{CATEGORY}.docx" in names
    assert any(name.endswith(".eml") for name in names)
    assert len(bureau.mails) == 1


def test_a_faulty_mail_is_answered_with_what_to_mend(bureau: Bureau) -> None:
    bureau.xuanchuanbu.put(faulty(), received=JULY_2)
    bureau.once()
    [row] = bureau.messages()
    assert (row["status"], row["codes"]) == ("returned", ["contact-missing"])
    assert bureau.library == []
    [mail] = bureau.mails
    body = mail.message.get_body(("plain",))
    assert body is not None
    assert "联系人" in body.get_content()


def test_a_reply_carries_the_headers_that_keep_machines_quiet(bureau: Bureau) -> None:
    bureau.xuanchuanbu.put(faulty(), received=JULY_2)
    bureau.once()
    [mail], [row] = bureau.mails, bureau.messages()
    message = mail.message
    assert mail.sender == "xuanchuanbu@example.org"
    assert mail.to == (row["from"],)
    assert parseaddr(message["From"])[1] == "xuanchuanbu@example.org"
    assert message.get_all("Auto-Submitted") == ["auto-replied"]
    assert message["X-Auto-Response-Suppress"] == "All"
    assert message["In-Reply-To"] == row["message_id"]
    assert row["message_id"] in message["References"]
    assert message["Message-ID"] == row["reply"]["message_id"]
    assert message["Cc"] is None
    assert message["Subject"].startswith("Re: ")
    kinds = {part.get_content_type() for part in message.walk()}
    assert {"text/plain", "text/html"} <= kinds
    charsets = {part.get_content_charset() for part in message.walk()} - {None}
    assert charsets == {"utf-8"}


def test_an_out_of_office_mail_has_a_row_and_no_answer(bureau: Bureau) -> None:
    bureau.zuzhibu.put(out_of_office(), received=JULY_2)
    bureau.once()
    [row] = bureau.messages()
    assert (row["status"], row["reply"]) == ("ignored", None)
    assert bureau.mails == []


def test_mail_in_the_junk_folder_has_a_row_and_no_answer(bureau: Bureau) -> None:
    bureau.xuanchuanbu.put(faulty(), folder="&V4NXPpCuTvY-", received=JULY_2)
    bureau.once()
    assert [r["reply"] for r in bureau.messages()] == [None]
    assert bureau.mails == []


def test_a_mailbox_on_a_dead_server_does_not_stop_the_other(bureau: Bureau) -> None:
    bureau.ports["zuzhibu"] = 1
    bureau.xuanchuanbu.put(good(), received=JULY_2)
    said = bureau.once(exits=75)
    assert "zuzhibu: connecting to 127.0.0.1:1" in said
    assert [r["status"] for r in bureau.messages()] == ["accepted"]
    assert len(bureau.mails) == 1


@pytest.mark.timeout(300)
def test_ten_replays_change_nothing_and_answer_nobody_again(bureau: Bureau) -> None:
    bureau.xuanchuanbu.put(good(), received=JULY_2)
    bureau.xuanchuanbu.put(faulty("园艺学院党委"), received=JULY_4)
    bureau.zuzhibu.put(out_of_office(), received=JULY_2)
    bureau.once()
    ledger, places, files = bureau.messages(), bureau.status(), bureau.library
    sent = [m.raw for m in bureau.mails]
    for _ in range(9):
        bureau.once()
    assert bureau.messages() == ledger
    assert bureau.status() == places
    assert bureau.library == files
    assert [m.raw for m in bureau.mails] == sent
    assert len(sent) == 2


def test_the_mailbox_is_left_as_it_was(bureau: Bureau) -> None:
    bureau.xuanchuanbu.put(good(), received=JULY_2)
    before = bureau.xuanchuanbu.flags()
    bureau.once()
    assert bureau.xuanchuanbu.flags() == before


def test_after_seen_marks_what_is_recorded_and_nothing_else(bureau: Bureau) -> None:
    bureau.imap = 'after = "seen"'
    uid = bureau.xuanchuanbu.put(good(), received=JULY_2)
    bureau.once()
    assert bureau.xuanchuanbu.flags() == {uid: {"\\Seen"}}


def test_after_move_takes_away_what_is_recorded(bureau: Bureau) -> None:
    bureau.imap = 'after = "move:已收"'
    bureau.xuanchuanbu.put(good(), received=JULY_2)
    bureau.once()
    bureau.once()
    assert bureau.xuanchuanbu.flags() == {}
    assert len(bureau.xuanchuanbu.flags("&XfJlNg-")) == 1
    assert [r["status"] for r in bureau.messages()] == ["accepted"]


def test_a_folder_made_anew_brings_no_second_answer(bureau: Bureau) -> None:
    bureau.imap = 'folder = "calls"'
    for letterbox in (bureau.zuzhibu, bureau.xuanchuanbu):
        letterbox.make("calls")
    bureau.xuanchuanbu.put(faulty(), folder="calls", received=JULY_2)
    bureau.once()
    bureau.xuanchuanbu.destroy("calls")
    bureau.xuanchuanbu.make("calls")
    bureau.xuanchuanbu.put(good("园艺学院党委"), folder="calls", received=JULY_2)
    bureau.xuanchuanbu.put(faulty(), folder="calls", received=JULY_2)
    bureau.once()
    assert [r["unit"] for r in bureau.messages()] == [UNIT, "园艺学院党委"]
    assert len({r["uidvalidity"] for r in bureau.messages()}) == 1
    assert len(bureau.mails) == 2


@pytest.mark.parametrize("name", EVERYBODY)
def test_the_journey_is_the_same_with_every_provider(bureau: Bureau, name: str) -> None:
    bureau.xuanchuanbu.put(good(), received=JULY_2)
    bureau.xuanchuanbu.put(faulty("园艺学院党委"), received=JULY_2)
    before = bureau.xuanchuanbu.flags()
    with proxy(bureau.xuanchuanbu.server.port, EVERYBODY[name]) as front:
        bureau.ports |= {"zuzhibu": front.port, "xuanchuanbu": front.port}
        for _ in range(2):
            bureau.once()
    assert [r["status"] for r in bureau.messages()] == ["accepted", "returned"]
    assert len(bureau.mails) == 2
    assert bureau.xuanchuanbu.flags() == before
