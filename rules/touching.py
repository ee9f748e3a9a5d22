"""Whether anything in a letter speaks of this notice at all."""

import re
from collections.abc import Iterator
from functools import lru_cache

from rules import roster, subjectline
from rules.body import own_words
from rules.notice import Notice
from rules.submission import Submission

# The plain words of handing in; they decide nothing but that the letter may be meant for us.
_HANDING_IN = re.compile("报送|上报|提交|投稿|推荐|材料|素材|稿|故事|案例|党课")
_QUOTED = re.compile("“([^”]+)”")
_GRAM = 3  # letters of a category's name that are no mere word (特色案, 防火墙)


def foreign(submission: Submission, notice: Notice) -> bool:
    """Files came, and neither subject nor own words nor any name of a file or link speaks of a
    unit, of a category or of handing in; none of the files is a form, or dangerous."""
    claim, files = submission.claim, submission.attachments
    came = [file for file in files if file.role != "ignored"]
    if not came or submission.before or any((claim.unit, claim.category, claim.unit_text)):
        return False
    if any(f.form or f.facts.executable or f.facts.threat or f.facts.bomb for f in came):
        return False
    return not any(_speaks(place, notice) for place in _places(submission))


def _places(submission: Submission) -> Iterator[str]:
    message = submission.message
    yield from (message.subject, *message.enclosed, own_words(message.text))
    yield from (file.name for file in submission.attachments if file.role != "ignored")
    yield from (link.name for link in submission.links)


def _speaks(text: str, notice: Notice) -> bool:
    plain = roster.key(text)
    if _HANDING_IN.search(plain) or any(word in plain for word in _own(notice)):
        return True
    named = roster.mentioned(text, notice, roster.NO_MERE_WORD)
    return bool(named or subjectline.categories(text, notice))


@lru_cache(maxsize=16)
def _own(notice: Notice) -> frozenset[str]:
    """What the notice quotes in its title, and pieces of the names of its categories and forms."""
    quoted = map(roster.key, _QUOTED.findall(notice.title))
    names = [name for c in notice.categories for name in (c.name, *c.aliases)]
    names += [form.title for form in notice.forms]
    pieces = (key[n : n + _GRAM] for key in map(roster.key, names) for n in range(len(key)))
    return frozenset(word for word in (*quoted, *pieces) if len(word) >= _GRAM)
