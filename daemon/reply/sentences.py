"""The sentences of a letter, whatever the language: said here, set by the text and by the page."""

from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar

from daemon.reply.contents import Contents, Deadline, Group, Where
from daemon.reply.context import Context
from rules.verdict import Status


@dataclass(frozen=True, slots=True)
class Sentences(ABC):
    """What a letter says, in words without markup."""

    c: Contents
    context: Context
    status: Status

    no_category: ClassVar[str]
    errors_title: ClassVar[str]
    doubts_title: ClassVar[str]
    subject_button: ClassVar[str]
    earlier_title: ClassVar[str]
    links_title: ClassVar[str]
    deadline_title: ClassVar[str]
    contact_title: ClassVar[str]
    last: ClassVar[str]
    places: ClassVar[Mapping[Where, str]]
    saw: ClassVar[str]
    required: ClassVar[str]
    fix: ClassVar[str]
    number: ClassVar[str]
    arrived: ClassVar[str]
    subject: ClassVar[str]
    colon: ClassVar[str]
    gap: ClassVar[str]  # between two sentences
    heading: ClassVar[str]  # in plain text, with %s for the title

    @property
    def accepted(self) -> bool:
        return self.status is Status.ACCEPTED

    def place(self, group: Group) -> str:
        return self.places[group.where] + group.name

    @property
    def deadline(self) -> str:
        """When it is due, and what that means for this mail; "" when it never is."""
        due = self.c.deadline
        return self._due(due) if due else ""

    @abstractmethod
    def _due(self, due: Deadline) -> str: ...

    @property
    @abstractmethod
    def received_late(self) -> str:
        """Beside an accepted mail."""

    @property
    @abstractmethod
    def greeting(self) -> str: ...

    @property
    @abstractmethod
    def headline(self) -> str: ...

    @property
    @abstractmethod
    def opening(self) -> str: ...

    @property
    @abstractmethod
    def how(self) -> str:
        """How to send what is mended."""

    @property
    @abstractmethod
    def remarks_title(self) -> str: ...

    @property
    @abstractmethod
    def subject_title(self) -> str: ...

    @property
    @abstractmethod
    def subject_blanks(self) -> str:
        """Which words of the suggested subject are to be replaced."""

    @property
    @abstractmethod
    def files_title(self) -> str: ...

    @property
    @abstractmethod
    def arrived_zone(self) -> str: ...

    @property
    @abstractmethod
    def contact(self) -> str: ...

    @property
    @abstractmethod
    def footer(self) -> str: ...

    @property
    @abstractmethod
    def signature(self) -> str: ...
