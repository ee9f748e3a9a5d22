"""Verdict → Reply: the contents, put into the sentences of one language."""

from collections.abc import Iterable
from types import MappingProxyType

from daemon.reply import page, plain
from daemon.reply.contents import contents
from daemon.reply.context import Context
from daemon.reply.en import English
from daemon.reply.headers import headers
from daemon.reply.reply import Reply
from daemon.reply.zh import Chinese
from rules.verdict import Verdict

_LANGUAGES = MappingProxyType({"zh": Chinese, "en": English})


def compose(verdict: Verdict, *, context: Context) -> Reply:
    """The mail that answers this verdict. Raises ValueError when its sender has no address.

    Text and page are written by code of their own: one letter cost 0.3 ms of processor by a
    general engine of templates, and a daemon 90 ms to load and compile it.
    """
    fields = headers(verdict, context)
    say = _LANGUAGES[context.language](contents(verdict, context), context, verdict.status)
    return Reply(
        subject=fields["Subject"],
        text=_whole(plain.lines(say)),
        html=_whole(page.lines(say)),
        headers=fields,
        to=fields["To"],
        message_id=context.message_id,
    )


def _whole(lines: Iterable[str]) -> str:
    written = "\n".join(lines)
    while "\n\n\n" in written:
        written = written.replace("\n\n\n", "\n\n")
    return written.strip() + "\n"
