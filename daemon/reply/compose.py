"""Verdict → Reply: the contents, put into the sentences of one language."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from daemon.reply.contents import contents
from daemon.reply.context import Context
from daemon.reply.headers import headers
from daemon.reply.reply import Reply
from rules.verdict import Verdict

if TYPE_CHECKING:
    from jinja2 import Template


def compose(verdict: Verdict, *, context: Context) -> Reply:
    """The mail that answers this verdict. Raises ValueError when its sender has no address."""
    fields, known = headers(verdict, context), words(verdict, context)
    return Reply(
        subject=fields["Subject"],
        text=_rendered("letter.txt.j2", known),
        html=_rendered("letter.html.j2", known),
        headers=fields,
        to=fields["To"],
        message_id=context.message_id,
    )


def words(verdict: Verdict, context: Context) -> dict[str, object]:
    """What the layouts put in place. `say` has the sentences, said once for text and page: calling
    each where it stands, for both, would take four times as long.
    """
    known = {"c": contents(verdict, context), "context": context, "status": str(verdict.status)}
    return known | {"say": _template(f"{context.language}.j2").make_module(known)}


def _rendered(name: str, words: Mapping[str, object]) -> str:
    written = _template(name).render(words)
    while "\n\n\n" in written:
        written = written.replace("\n\n\n", "\n\n")
    return written.strip() + "\n"


@cache
def _template(name: str) -> "Template":
    """Compiled when it is first needed. It is ours, never a stranger's: no sandbox is about it,
    which would ask at each of 200 attributes a letter. The page escapes all that is put into it.
    """
    from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape

    return Environment(
        loader=FileSystemLoader(Path(__file__).parent / "templates"),
        autoescape=select_autoescape(["html.j2"]),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    ).get_template(name)
