"""A summer of mail: what units really send, compliant and not."""

from collections.abc import Iterator
from datetime import datetime

from tests import letters
from tests.demo import autumn, firewall, stories
from tests.demo.mailing import AGRONOMY, Mail, Sent


def submissions() -> list[Sent]:
    """In order of arrival."""
    material = (firewall.firewall(), stories.stories(), autumn.sources(), autumn.cases())
    mail = [*(sent for some in material for sent in some), *_not_material()]
    return sorted(mail, key=_arrival)


def _arrival(sent: Sent) -> datetime:
    return sent.received


def _not_material() -> Iterator[Sent]:
    """What lies in every mailbox beside the material."""
    away = Mail("zuzhibu", "07-14 11:30", AGRONOMY, "外出自动回复，不处理")
    yield away.of(letters.out_of_office())
    returned = Mail("xuanchuanbu", "07-02 09:01", AGRONOMY, "系统退信，不处理")
    yield returned.of(letters.bounce_163())
