"""The sentences of a letter: each language has them all, and the page escapes them."""

from dataclasses import fields, replace
from html import unescape
from html.parser import HTMLParser
from typing import get_type_hints

import pytest
from hypothesis import given
from hypothesis import strategies as st

from daemon.reply import compose, page
from daemon.reply.contents import Contents, Deadline, Group, Line
from daemon.reply.en import English
from daemon.reply.sentences import Sentences
from daemon.reply.zh import Chinese
from rules.rule import Said
from rules.verdict import Status
from tests.daemon.reply.verdicts import a_context, a_verdict, notice

LANGUAGES = [Chinese, English]
HOSTILE = "</div><script>'\"&amp;{7}{{ 7 }}%s"
SAID = Said(title=HOSTILE, saw=HOSTILE, required=HOSTILE, fix=HOSTILE)
GROUP = Group(where="file", name="a.docx", points=(SAID, SAID))
LINE = Line(name=HOSTILE, size=HOSTILE, purpose=HOSTILE, sha256=HOSTILE)
WHOLE = Contents(
    unit=HOSTILE,
    category=HOSTILE,
    window=HOSTILE,
    arrived=HOSTILE,
    theirs=HOSTILE,
    suggested=HOSTILE,
    subject_is="fine",
    complete=False,
    mailto=HOSTILE,
    errors=(GROUP, GROUP),
    doubts=(GROUP,),
    remarks=(GROUP, replace(GROUP, name="</div>")),
    files=(LINE, LINE),
    links=(LINE,),
    earlier=(LINE,),
    deadline=Deadline(at=HOSTILE, state="late", left=HOSTILE),
    number=HOSTILE,
)


class Tags(HTMLParser):
    """The tags of a page as they open and close, and all of its words."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.seen: set[str] = set()
        self.words = ""
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.add(tag)
        self.open += [] if tag == "meta" else [tag]

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.words += data


def a_letter(language: type[Sentences], contents: Contents, status: Status) -> Sentences:
    return language(contents, replace(a_context(), last=True), status)


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_language_has_every_sentence(language: type[Sentences]) -> None:
    own = {name for name in get_type_hints(Sentences) if name not in {"c", "context", "status"}}
    assert own <= vars(language).keys()
    assert not language.__abstractmethods__
    assert [field.name for field in fields(language)] == ["c", "context", "status"]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("status", Status)
@pytest.mark.parametrize("blank", [{}, {"errors": ()}, {"category": ""}, {"complete": True}])
def test_no_words_become_a_tag_wherever_they_stand(
    language: type[Sentences], status: Status, blank: dict[str, object]
) -> None:
    say = a_letter(language, replace(WHOLE, **blank), status)  # type: ignore[arg-type]
    tags = Tags("\n".join(page.lines(say)))
    assert not tags.open
    known = {"html", "head", "meta", "title", "body", "div", "p", "h2", "span", "a", "ul", "li"}
    assert tags.seen <= known | {"b"}
    assert HOSTILE in tags.words


@given(st.text())
def test_what_is_escaped_reads_back_as_it_was(text: str) -> None:
    said = page.escaped(text)
    assert not set(said) & set("<>\"'")
    assert unescape(said) == text


def test_what_a_sentence_quotes_is_escaped_in_the_page_alone() -> None:
    name = "<b>{{ 7 }}</b> & %s"
    context = a_context(mailbox=replace(notice().mailboxes[0], department=name))
    reply = compose(a_verdict(status=Status.HELD), context=context)
    assert f"致电{name} " in reply.text
    assert "致电&lt;b&gt;{{ 7 }}&lt;/b&gt; &amp; %s " in reply.html
