"""Verdict → the mail that answers it. Pure: equal verdicts and contexts give equal bytes."""

from daemon.reply.compose import compose
from daemon.reply.context import Context
from daemon.reply.reply import Reply

__all__ = ["Context", "Reply", "compose"]
