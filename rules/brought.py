"""What mail brings that a machine has sent on, or that lies in the junk folder.

An office's mailing list or auto-forward may well carry real material. A person looks at what
could be some; the letters that machines write of themselves carry none.
"""

from collections.abc import Iterator

from rules import roster, subjectline
from rules.answering import MARKER, replied
from rules.body import own_words
from rules.bounce import bounce
from rules.filling import plain_kind
from rules.forms import which
from rules.notice import Notice
from rules.originals import SIDE
from rules.submission import Attachment, Submission

_NO_MERE_WORD = 3  # letters: 机关 and 后勤 stand in any letter
_READ = 4_000  # characters of the text


def material(submission: Submission, notice: Notice) -> bool:
    """A file or link came, and something in the letter speaks of what the notice asks for."""
    message, claim = submission.message, submission.claim
    if message.report or bounce(message):
        return False
    files = [f for f in submission.attachments if not (f.ignored or _emblem(f))]
    quoted = message.header(MARKER) or replied(message)  # the links are not the sender's
    linked = bool(submission.links) and not quoted
    if not (files or linked):
        return False
    named = bool(claim.unit or claim.category)
    return named or _tells(message.subject, notice) or _own(files, submission, notice)


def _own(files: list[Attachment], submission: Submission, notice: Notice) -> bool:
    """The subject tells nothing. Newsletters show pictures and name links; a file of its own that
    is a form, or a letter with files that speaks of a unit or category, is handed in."""
    claim = submission.claim
    own = [file for file in files if not file.inline]
    if any(which(file, claim.category, notice) for file in own):
        return True
    return bool(own) and any(_tells(place, notice) for place in _places(submission, own))


def _places(submission: Submission, files: list[Attachment]) -> Iterator[str]:
    message = submission.message
    yield from message.enclosed
    yield from (file.name for file in files)
    yield message.sender_name
    yield own_words(message.text[:_READ])


def _tells(place: str, notice: Notice) -> bool:
    named = roster.mentioned(place, notice, _NO_MERE_WORD)
    return bool(named or subjectline.categories(place, notice))


def _emblem(file: Attachment) -> bool:
    """A logo that the letter does not show itself."""
    width, height = file.facts.width, file.facts.height
    picture = plain_kind(file.facts.format) == "image"
    return picture and width is not None and height is not None and min(width, height) < SIDE
