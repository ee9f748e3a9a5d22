"""Verdict → Reply: the contents, put into the sentences of one language."""

import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from jinja2 import FileSystemLoader, StrictUndefined
from jinja2.sandbox import SandboxedEnvironment

from daemon.reply.contents import contents
from daemon.reply.context import Context
from daemon.reply.headers import headers, ours, recipient, subject
from daemon.reply.reply import Reply
from rules.verdict import Verdict


def compose(verdict: Verdict, *, context: Context) -> Reply:
    """The mail that answers this verdict. Raises ValueError when its sender has no address."""
    words = {"c": contents(verdict, context), "context": context, "status": str(verdict.status)}
    return Reply(
        subject=subject(verdict.submission.message, context),
        text=_rendered("letter.txt.j2", words),
        html=_rendered("letter.html.j2", words),
        headers=headers(verdict, context),
        to=recipient(verdict.submission.message, ours(context)),
        message_id=context.message_id,
    )


def _rendered(name: str, words: Mapping[str, object]) -> str:
    written = _templates(escaped=".html." in name).get_template(name).render(words)
    return re.sub(r"\n{3,}", "\n\n", written).strip() + "\n"


@cache
def _templates(*, escaped: bool) -> SandboxedEnvironment:
    """Both layouts share the sentences, so what escapes is the environment, not the file name."""
    return SandboxedEnvironment(
        loader=FileSystemLoader(Path(__file__).parent / "templates"),
        autoescape=escaped,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
