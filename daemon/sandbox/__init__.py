"""Processes that may die of what they look into."""

from daemon.sandbox.pool import Pool
from daemon.sandbox.worker import Answer, Limits, Words

__all__ = ["Answer", "Limits", "Pool", "Words"]
