"""Verdict → Reply: the contents, put into the sentences of one language."""

import re
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
    return Reply(
        subject=subject(verdict.submission.message, context),
        text=_rendered("letter.txt.j2", verdict, context),
        html=_rendered("letter.html.j2", verdict, context),
        headers=headers(verdict, context),
        to=recipient(verdict.submission.message, ours(context)),
        message_id=context.message_id,
    )


def _rendered(name: str, verdict: Verdict, context: Context) -> str:
    template = _templates(escaped=".html." in name).get_template(name)
    letter = contents(verdict, context)
    written = template.render(c=letter, context=context, status=str(verdict.status))
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
