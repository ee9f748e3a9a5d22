"""运行: what the machine does, for the departments one works for."""

from datetime import timedelta

from tests.daemon.web.staff import OpenOffice, Staff


def test_every_mailbox_has_its_line(office: OpenOffice) -> None:
    page = office.sign_in("admin", name="boss").text("/running")
    assert "组织部" in page
    assert "宣传部" in page
    assert "1 小时 0 分钟前" in page


def test_another_department_s_mailbox_has_none(clerk: Staff) -> None:
    page = clerk.text("/running")
    assert "zzbdj@scau.edu.cn" in page
    assert "xcb@scau.edu.cn" not in page


def test_a_mailbox_that_fails_says_since_when_and_why(office: OpenOffice) -> None:
    office.ledger.pulses.failed("zuzhibu", office.clock(), "connection refused", refused=False)
    office.clock.pass_(timedelta(hours=2))
    page = office.sign_in("admin", name="boss").text("/running")
    assert "读不到" in page
    assert "connection refused" in page
    assert "自 2020-07-01 12:00 起读不到" in page, "the alarm, too"


def test_quota_is_shown_where_it_is_known(office: OpenOffice) -> None:
    office.ledger.pulses.quota("zuzhibu", 512 << 20, 1 << 30)
    assert "512M / 1G" in office.sign_in("admin", name="boss").text("/running")


def test_the_night_says_what_it_found(office: OpenOffice) -> None:
    boss = office.sign_in("admin", name="boss")
    assert "还没有做过" in boss.text("/running")
    office.ledger.nights.reconciled(office.clock(), 0)
    assert "邮箱、台账、文件一致" in boss.text("/running")
    office.ledger.nights.reconciled(office.clock(), 3)
    assert "3 处不一致" in boss.text("/running")


def test_replies_that_wait_for_a_person_are_counted(office: OpenOffice, clerk: Staff) -> None:
    waiting = len([r for r in office.ledger.drafts.listing() if r.mailbox == "zuzhibu"])
    assert f'待放行"><a href="/replies">{waiting}</a>' in clerk.text("/running")
    clerk.act("/replies/2/approve")
    assert f'待放行"><a href="/replies">{waiting - 1}</a>' in clerk.text("/running")


def test_what_waits_leads_to_where_it_waits(office: OpenOffice) -> None:
    page = office.sign_in("admin", name="boss").text("/running")
    assert 'href="/messages?status=held&amp;mailbox=zuzhibu"' in page


def test_what_the_night_found_is_named_to_those_who_see_all(office: OpenOffice) -> None:
    words = "夜间核对发现 1 处不一致\n· unread: xuanchuanbu 1:7\n请处理：baosong reconcile"
    office.ledger.alarms.begin("reconcile", "", words, office.clock())
    assert "xuanchuanbu 1:7" in office.sign_in("admin").text("/running")
    theirs = office.sign_in("act", "zuzhibu").text("/running")
    assert "1 处不一致" in theirs
    assert "xuanchuanbu 1:7" not in theirs


def test_what_waits_is_looked_up_once_for_lines_and_alarms(office: OpenOffice) -> None:
    boss, asked = office.sign_in("admin"), list[str]()
    with office.ledger._store.reading() as connection:
        connection.set_trace_callback(asked.append)
    boss.text("/running")
    with office.ledger._store.reading() as connection:
        connection.set_trace_callback(None)
    assert sum("indexed by message_held" in sql for sql in asked) == 1
