"""How many examples the laws are tried with: few in the suite, any number by hand.

FUZZ_TIMES=200 python -m pytest tests/fuzz --timeout=0
"""

import os

from hypothesis import HealthCheck, settings


def often(examples: int) -> settings:
    """So many examples, times FUZZ_TIMES."""
    return settings(
        max_examples=examples * int(os.environ.get("FUZZ_TIMES", "1")),
        deadline=None,
        suppress_health_check=list(HealthCheck),
    )
