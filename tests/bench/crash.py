"""How many kills the daemon survives, and what they cost: python -m tests.bench.crash [KILLS].

The real program against Dovecot and a real SMTP server, half the kills with `after = "seen"`, half
with `after = "move:…"`. It raises where anything was lost, doubled or touched; so the figures are
of a run in which nothing was.
"""

import sys
import time
from collections import Counter
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.crash.proof import Figures, marked_is_kept, proved
from tests.crash.siege import Siege, siege
from tests.journeys.bureau import Bureau
from tests.servers.dovecot import Dovecot
from tests.servers.letterbox import Letterbox
from tests.servers.postbox import Postbox


def besieged(root: Path, kills: int, after: str) -> tuple[Siege, Figures, Counter[str]]:
    deaths: Counter[str] = Counter()
    (root / "office").mkdir()
    with Dovecot(root / "dovecot") as server, Postbox() as postbox:
        one, two = (Letterbox(server, server.account(f"{name}@example.org")) for name in "ab")
        with siege(Bureau(root / "office", one, two, postbox), after) as laid:
            for before in laid.besiege(kills):
                deaths[before] += 1
                marked_is_kept(laid)
            return laid, proved(laid), deaths


def main() -> None:
    kills = int(sys.argv[1]) if len(sys.argv) > 1 else 216
    for after in ("seen", "move:已收"):
        begun = time.monotonic()
        with TemporaryDirectory(prefix="baosong-crash-") as folder:
            Path(folder).chmod(0o755)
            laid, figures, deaths = besieged(Path(folder), kills // 2, after)
        phases = ", ".join(f"{name} {count}" for name, count in sorted(laid.kills.items()))
        print(f"after = {after}: {sum(laid.kills.values())} kills ({phases})")
        print(f"  before {len(deaths)} different steps, in {laid.lives} lives")
        print(f"  {figures}, {time.monotonic() - begun:.0f} s", flush=True)


if __name__ == "__main__":
    main()
