"""Verdict → the mail that answers it. Pure: equal verdicts and contexts give equal bytes."""

from daemon.reply.again import again
from daemon.reply.compose import compose
from daemon.reply.context import Context
from daemon.reply.reply import Reply
from daemon.reply.rewriting import rewritten, text_of

__all__ = ["Context", "Reply", "again", "compose", "rewritten", "text_of"]
