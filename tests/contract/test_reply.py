"""The answer, read as the secretary who has to act on it."""

import re

from tests import material
from tests.contract.outside import Examiner, Seen
from tests.contract.ready import STORY, at, story, story_files
from tests.letters import letter

FAULTY = [
    (f"{STORY}.pdf", material.pdf()),
    ("IMG_2231.HEIC", material.heic()),
    ("b.png", material.png()),
]


def faulty(examiner: Examiner) -> Seen:
    return examiner.look(mail=letter(subject="农学院战疫故事汇", files=FAULTY))["mail"]


def test_every_error_is_told_with_what_was_seen_required_and_how_to_mend(
    examiner: Examiner,
) -> None:
    seen = faulty(examiner)
    errors = [f for f in seen.said["findings"] if f["severity"] == "error"]
    assert seen.verdict == "returned: date-missing, form-missing, image-not-jpeg, text-not-word"
    assert f"{len(errors)} 处" in seen.text
    for word in ("我们看到：", "通知要求：", "修改办法："):
        assert seen.text.count(word) == len(errors)
    for name, _ in FAULTY:
        assert name in seen.text


def test_the_corrected_subject_stands_on_a_line_of_its_own(examiner: Examiner) -> None:
    assert f"\n{STORY}\n" in faulty(examiner).text


def test_text_and_html_say_the_same_faults(examiner: Examiner) -> None:
    seen = faulty(examiner)
    html = seen.said["reply"]["html"]
    for title in re.findall(r"● (.+)", seen.text):
        assert title in html
    assert STORY in html


def test_what_is_good_need_not_be_sent_again(examiner: Examiner) -> None:
    seen = examiner.look(mail=story(story_files(form=None)))["mail"]
    good = seen.text.split("无需重发")[1]
    assert "值守.jpg" in good
    assert "答疑.jpg" in good


def test_a_receipt_carries_the_files_and_accuses_nobody(examiner: Examiner) -> None:
    seen = examiner.look(mail=story())["mail"]
    assert "收妥" in seen.text
    for name, _ in story_files():
        assert name in seen.text
    assert not re.search("补正|错误|不符合|我们看到", seen.text)


def test_a_late_mail_is_taken_and_told_so(examiner: Examiner) -> None:
    seen = examiner.look(mail=story(story_files(form=None), date=at(7, 16)))["mail"]
    assert "逾期" in seen.text
    assert "仍然接收" in seen.text


def test_the_headers_answer_one_person_once_and_robots_never(examiner: Examiner) -> None:
    headers = examiner.look(mail=story())["mail"].said["reply"]["headers"]
    assert headers["To"] == "nxy@example.edu.cn"
    assert headers["Auto-Submitted"] == "auto-replied"
    assert headers["X-Auto-Response-Suppress"] == "All"
    assert headers["In-Reply-To"] in headers["References"]
    assert headers["Subject"] == f"Re: {STORY}"
    assert "zzbdj@scau.edu.cn" in headers["From"]
