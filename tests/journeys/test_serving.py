"""The daemon as a process: it serves, reloads and ends as the service manager asks."""

import signal
import time
from subprocess import Popen

from tests.journeys.bureau import HEAD, Bureau, until
from tests.journeys.post import JULY_2, JULY_4, faulty, good
from tests.letters import letter


def ends(process: Popen[bytes], number: int) -> tuple[int, float]:
    """Exit status and seconds after that signal."""
    start = time.monotonic()
    process.send_signal(number)
    return process.wait(20), time.monotonic() - start


def test_mail_that_comes_while_it_runs_is_answered(bureau: Bureau) -> None:
    with bureau.serving() as process:
        until(lambda: "serving zuzhibu, xuanchuanbu" in bureau.log, "the start")
        bureau.xuanchuanbu.put(good(), received=JULY_2)
        until(lambda: len(bureau.mails) == 1, "the receipt")
        bureau.xuanchuanbu.put(faulty("园艺学院党委"), received=JULY_4)
        until(lambda: len(bureau.mails) == 2, "the second answer")
        assert ends(process, signal.SIGTERM)[0] == 0
    assert [r["status"] for r in bureau.messages()] == ["accepted", "returned"]


def test_sigterm_ends_it_within_ten_seconds_whatever_it_does(bureau: Bureau) -> None:
    for number in range(30):
        raw = letter(subject=f"农学院党委+战疫故事汇+202007{number + 1:02}", text=str(number))
        bureau.zuzhibu.put(raw, received=JULY_2)
    with bureau.serving() as process:
        until(lambda: bureau.mails, "the middle of the work")
        status, seconds = ends(process, signal.SIGTERM)
    assert status == 0
    assert seconds < 10
    assert "finishing what is in hand" in bureau.log


def test_a_bad_file_on_sighup_keeps_the_old_configuration_serving(bureau: Bureau) -> None:
    with bureau.serving() as process:
        until(lambda: "serving" in bureau.log, "the start")
        bureau.config.write_text('colour = "red"', encoding="utf-8")
        process.send_signal(signal.SIGHUP)
        until(lambda: "the old configuration stays: colour" in bureau.log, "the refusal")
        bureau.xuanchuanbu.put(good(), received=JULY_2)
        until(lambda: bureau.mails, "an answer all the same")
        assert ends(process, signal.SIGTERM)[0] == 0


def test_a_good_file_on_sighup_is_served_from_then_on(bureau: Bureau) -> None:
    with bureau.serving() as process:
        until(lambda: "serving zuzhibu, xuanchuanbu" in bureau.log, "the start")
        text = bureau.config.read_text(encoding="utf-8")
        one = text[: text.rindex("[[mailbox]]")].replace(HEAD[:5], 'language = "en"' + HEAD[:5])
        bureau.config.write_text(one, encoding="utf-8")
        process.send_signal(signal.SIGHUP)
        until(lambda: "serving zuzhibu\n" in bureau.log, "the new configuration")
        assert ends(process, signal.SIGINT)[0] == 0


def test_a_configuration_that_cannot_be_used_ends_with_78(bureau: Bureau) -> None:
    bureau.extra = '[colour]\nred = "yes"'
    assert "colour: there is no such key" in bureau.once(exits=78)


def test_the_doctor_finds_a_bureau_that_serves_well(bureau: Bureau) -> None:
    status, said = bureau.says("doctor")
    assert status == 0, said
    for step in ("登录", "客户端名称", "文件夹", "发信登录", "信封发件人"):
        assert f"正常 xuanchuanbu {step}：" in said


def test_the_doctor_names_what_is_wrong_with_one_mailbox(bureau: Bureau) -> None:
    bureau.ports["zuzhibu"] = 1
    status, said = bureau.says("doctor")
    assert status == 1
    assert "待办 zuzhibu 连接：" in said
    assert "正常 xuanchuanbu 登录：" in said


def test_the_unit_runs_this_configuration(bureau: Bureau) -> None:
    status, said = bureau.says("unit")
    assert status == 0
    assert f"run --config {bureau.config}\n" in said
