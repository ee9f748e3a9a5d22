"""The sentences of a letter: each language has them all, and the page escapes them."""

import re
from dataclasses import replace
from pathlib import Path

import pytest

import daemon.reply
from daemon.reply import compose
from daemon.reply.compose import words
from rules.notice import Language
from rules.verdict import Status
from tests.daemon.reply.cases import late
from tests.daemon.reply.verdicts import a_context, a_verdict, notice

TEMPLATES = Path(daemon.reply.__file__).parent / "templates"
LAYOUTS = ("letter.txt.j2", "letter.html.j2")
ASKED = {
    name
    for layout in LAYOUTS
    for name in re.findall(r"say\.(\w+)", (TEMPLATES / layout).read_text(encoding="utf-8"))
}


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_sentence_of_a_layout_is_said_in_each_language(language: Language) -> None:
    assert vars(words(late(), a_context(language=language))["say"]).keys() >= ASKED


def test_what_a_sentence_quotes_is_escaped_in_the_page_alone() -> None:
    name = "<b>{{ 7 }}</b> & %s"
    context = a_context(mailbox=replace(notice().mailboxes[0], department=name))
    reply = compose(a_verdict(status=Status.HELD), context=context)
    assert f"致电{name} " in reply.text
    assert "致电&lt;b&gt;{{ 7 }}&lt;/b&gt; &amp; %s " in reply.html
