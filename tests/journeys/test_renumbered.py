"""A provider rebuilds a mailbox and says nothing: UIDVALIDITY stays 1, UIDs start again."""

from tests.journeys.bureau import Bureau
from tests.journeys.post import JULY_2, JULY_4, faulty, good
from tests.servers.providers import NETEASE
from tests.servers.proxy import proxy

OLD = ("农学院党委", "园艺学院党委", "资源环境学院党委")


def rebuilt(bureau: Bureau, *mails: bytes) -> None:
    """The folder `calls` of both mailboxes, made anew with these mails in the first."""
    for letterbox in (bureau.zuzhibu, bureau.xuanchuanbu):
        letterbox.destroy("calls")
        letterbox.make("calls")
    for raw in mails:
        bureau.xuanchuanbu.put(raw, folder="calls", received=JULY_4)


def test_new_mail_behind_old_numbers_is_read_and_nobody_is_answered_twice(bureau: Bureau) -> None:
    bureau.imap = 'folder = "calls"'
    for letterbox in (bureau.zuzhibu, bureau.xuanchuanbu):
        letterbox.make("calls")
    for unit in OLD:
        bureau.xuanchuanbu.put(faulty(unit), folder="calls", received=JULY_2)
    with proxy(bureau.xuanchuanbu.server.port, NETEASE) as front:
        bureau.ports |= {"zuzhibu": front.port, "xuanchuanbu": front.port}
        bureau.once()
        rebuilt(bureau, good("机关党委"))
        bureau.once()
        assert [r["unit"] for r in bureau.messages()] == [*OLD, "机关党委"]
        rebuilt(bureau, faulty(OLD[2]), faulty(OLD[0]), good("动物科学学院党委"))
        for _ in range(2):
            bureau.once()
    rows = bureau.messages()
    assert [r["unit"] for r in rows] == [*OLD, "机关党委", "动物科学学院党委"]
    assert [r["uid"] for r in rows if r["uidvalidity"] == "1"].count(3) == 1
    assert {r["unit"]: r["uid"] for r in rows if r["uidvalidity"] == "1"} == {
        OLD[2]: 1,
        OLD[0]: 2,
        "动物科学学院党委": 3,
    }
    answered = [m.message["Message-ID"] for m in bureau.mails]
    assert sorted(answered) == sorted({r["reply"]["message_id"] for r in rows if r["reply"]})
