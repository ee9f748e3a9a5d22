"""Laws are tried on busy machines: how long one example takes proves nothing."""

from hypothesis import settings

settings.register_profile("laws", deadline=None)
settings.load_profile("laws")
