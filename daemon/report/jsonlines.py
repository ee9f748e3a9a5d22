"""The table for programs: one place a line."""

import json
from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any

from daemon.ledger import Standing


def to_json(standings: Iterable[Standing]) -> Iterator[str]:
    for standing in standings:
        yield json.dumps(_place(standing), ensure_ascii=False)


def _place(standing: Standing) -> dict[str, Any]:
    same = ("notice", "unit", "category", "window", "state", "late", "version")
    return {
        **{name: getattr(standing, name) for name in same},
        "closes": standing.closes or None,
        "received": _instant(standing.received),
        "findings": list(standing.findings),
        "last": _last(standing),
        "waived": standing.waived or None,
        "waived_as": standing.waived_as or None,
        "extended": standing.extended or None,
        "decided_by": standing.decided_by or None,
    }


def _last(standing: Standing) -> dict[str, Any] | None:
    """The newest mail for the place, accepted or not."""
    if standing.last_version is None:
        return None
    return {
        "version": standing.last_version,
        "state": standing.last_state,
        "received": _instant(standing.last_received),
        "message_id": standing.last_message_id,
        "from": standing.last_sender,
        "subject": standing.last_subject,
    }


def _instant(at: datetime | None) -> str | None:
    return None if at is None else at.isoformat(timespec="milliseconds").replace("+00:00", "Z")
