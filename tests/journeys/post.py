"""The mails of the journeys."""

from datetime import UTC, datetime

from tests import material
from tests.letters import PUBLICITY, letter

JULY_2 = datetime(2020, 7, 2, 2, tzinfo=UTC)
JULY_4 = datetime(2020, 7, 4, 2, tzinfo=UTC)
UNIT, CATEGORY = "农学院党委", "红色防火墙"
GARDENS = "园艺学院 <yyxy@example.edu.cn>"


def good(unit: str = UNIT, title: str = "麦田边的先锋岗") -> bytes:
    """A compliant 红色防火墙 manuscript."""
    files = [(f"{unit}+{CATEGORY}.docx", material.manuscript(title=title))]
    return letter(subject=f"{unit}+{CATEGORY}", to=PUBLICITY, date=JULY_2, files=files)


def faulty(unit: str = UNIT, title: str = "把支部建在一线") -> bytes:
    """The manuscript names nobody to ask."""
    files = [(f"{unit}+{CATEGORY}.docx", material.manuscript(title=title, contact=""))]
    subject = f"{unit}+{CATEGORY}"
    return letter(subject=subject, to=PUBLICITY, date=JULY_2, text="", files=files)
