"""A password that the configuration points at: in a file, in the environment, or by OAuth 2."""

from daemon.config.oauth import OAuth
from daemon.config.word import Word

__all__ = ["OAuth", "Secret", "Word"]


class Secret(Word):
    """A word, or a provider that vouches for us anew each hour: then `oauth` is not None."""

    oauth: OAuth | None = None
