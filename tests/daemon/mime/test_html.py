"""HTML of mails, and HTML that no browser would like."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from daemon.mime.html import read
from daemon.mime.limits import Excess


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("<p>甲</p><p>乙</p>", "甲\n\n乙"),
        ("甲<br/>乙<BR>丙", "甲\n乙\n丙"),
        ("a &amp;&nbsp;b &lt;c&gt; &#20892;&#x5B66; &copy", "a & b <c> 农学 ©"),
        ("a < b, c<3, <>", "a < b, c<3, <>"),
        ("<script>x</script><style>y</style><title>z</title>a", "a"),
        ("<!-- <p>x</p> -->a<!doctype html><?xml?>", "a"),
        ("<!--[if mso]>x<![endif]-->a", "a"),
        ('<p title="a>b">c</p>', "c"),
        ("<p>never closed <b>bold", "never closed bold"),
        ("</p></div>a</b>", "a"),
        ("a<a href=", "a"),
        ("a<!-- never closed", "a"),
        ("&#99999999999999999999; &unknown; &#xD800; &#0;", "&#99999999999999999999; &unknown;"),
    ],
)
def test_the_text_is_what_a_browser_shows(source: str, text: str) -> None:
    assert read(source).own.replace("\ufffd", "").strip() == text


def test_a_link_knows_its_words_its_attributes_and_what_is_around_it() -> None:
    page = read('<div id=one class="two three"><a HREF="https://x/?a=1&amp;b=2" k=v>words</a>')
    (anchor,) = page.anchors
    assert anchor.url == "https://x/?a=1&b=2"
    assert page.text[anchor.start : anchor.end] == "words"
    assert anchor.attributes["k"] == "v"
    assert anchor.marks == {"one", "two", "three"}


def test_a_style_with_an_id_marks_nothing() -> None:
    (anchor,) = read('<style id="mark"></style><a href="https://x/">a</a>').anchors
    assert anchor.marks == frozenset()


def test_pictures_are_known_by_their_content_ids() -> None:
    page = read("<img src=\"cid:1@x\"><td background='CID:2@x'><div style='url(cid:3@x)'>")
    assert page.cids == {"1@x", "2@x", "3@x"}


def test_only_marked_quotations_are_left_out() -> None:
    page = read("a<blockquote type=cite>b<blockquote>c</blockquote></blockquote>d")
    assert page.own == "a\nd"
    assert "b" in page.text


@pytest.mark.parametrize(("tags", "held"), [(100_000, False), (100_001, True)])
def test_the_limit_of_tags(tags: int, held: bool) -> None:
    source = "<b>" * tags
    if not held:
        assert read(source).text == ""
    else:
        with pytest.raises(Excess):
            read(source)


_TAGS = ["<p>", "</p>", "<td>", "<br>", "<B>", "</b>", "<script>", "</script>"]
_TAGS += [
    '<a href="x&amp;">',
    '<b id="isReplyContent">',
    '<p class="">',
    '<p A="1" a="2">',
    "<p a=b>",
]
_PIECES = [*_TAGS, "甲", "a<b", "<!-", '"', '<i b="']


@given(st.lists(st.sampled_from(_PIECES), max_size=12))
def test_a_blank_before_the_end_of_a_tag_changes_nothing(pieces: list[str]) -> None:
    """Without it a tag is read in one step, with it like one that has attributes."""
    assert read("".join(pieces)) == read("".join(pieces).replace(">", " >"))
