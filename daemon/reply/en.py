"""The sentences of a letter in English."""

from types import MappingProxyType

from daemon.reply.contents import Deadline
from daemon.reply.sentences import Sentences


class English(Sentences):
    no_category = (
        "The subject does not tell which category the material is for; the other requirements can "
        "only be checked once it does."
    )
    errors_title = "To be mended"
    doubts_title = "A colleague is looking at this (nothing for you to do)"
    subject_button = "Write a mail with this subject"
    earlier_title = "Files in good order from earlier mails: no need to send them again"
    links_title = "Large attachments sent as links"
    deadline_title = "Time"
    contact_title = "Contact"
    last = (
        "This is the last automatic answer to you today. What you send later today is taken and "
        "recorded as usual, and answered by a colleague."
    )
    places = MappingProxyType(
        {
            "subject": "Subject of the mail",
            "message": "The mail as a whole",
            "body": "Text of the mail",
            "link": "Link ",
            "file": "File ",
        }
    )
    saw = "What we saw"
    required = "Required"
    fix = "How to mend it"
    number = "Receipt"
    arrived = "Arrived"
    subject = "Subject"
    colon = ": "
    gap = " "
    heading = "== %s =="

    @property
    def greeting(self) -> str:
        return f"Dear colleagues of {self.c.unit}," if self.c.unit else "Dear colleague,"

    @property
    def headline(self) -> str:
        if self.c.errors:
            return f"Received: {self._points} to mend"
        return (
            "Received and complete" if self.accepted else "Received: a colleague is looking at it"
        )

    @property
    def _points(self) -> str:
        return f"{self.c.count} {'point' if self.c.count == 1 else 'points'}"

    @property
    def opening(self) -> str:
        came = f"Thank you: your {self._material} arrived at {self.c.arrived}"
        if self.c.errors:
            need = "needs" if self.c.count == 1 else "need"
            points = f"{self._points} {need} mending, listed below, each with how to mend it."
            return f"{came}. {points}"
        if self.accepted:
            return f"{came} and meets the notice."
        doubts = "A colleague has to look at some points; there is nothing for you to do now"
        return f"{came}. {doubts}, and we will write again."

    @property
    def _material(self) -> str:
        if not self.c.category:
            return "mail"
        window = f", {self.c.window}," if self.c.window else ""
        return f"material for “{self.c.category}”{window}"

    @property
    def how(self) -> str:
        if not self.c.category:
            return "Please send it once more under the right subject, with all of its files."
        if self.c.subject_alone:
            reply = "Simply reply to this mail under the right subject"
            return f"{reply}; no file need be sent again."
        mended = "Once mended, simply reply to this mail with the files"
        if self.c.files or self.c.earlier:
            return f"{mended}; those without a fault need not be sent again."
        return f"{mended}."

    @property
    def remarks_title(self) -> str:
        return "By the way (this submission stands)"

    @property
    def subject_title(self) -> str:
        if self.c.subject_is == "guessed":
            return "A subject to start from (please check unit and category)"
        if self.c.subject_is == "wrong":
            return "The right subject, ready to copy"
        return "The subject for what you send, ready to copy"

    @property
    def subject_blanks(self) -> str:
        notice = self.context.notice
        words = f"“{notice.unit_word}”, “{notice.category_word}” or “{notice.date_word}”"
        return f"Please put the real words for {words}."

    @property
    def files_title(self) -> str:
        if self.accepted:
            return "Files received"
        if not self.c.category:
            return "Files that arrived"
        return "Files in good order: no need to send them again"

    @property
    def arrived_zone(self) -> str:
        return f"{self.c.arrived} (Beijing time)"

    def _due(self, due: Deadline) -> str:
        if due.state == "open":
            return f"Please complete it by {due.at}: {due.left} left."
        was = f"The deadline was {due.at}"
        if due.state == "passed":
            return f"{was}. Your mail came in time; please complete it soon."
        late = f"{was} and this mail came after it."
        if self.context.notice.late == "accept":
            return f"{late} It is still taken, marked as late; please complete it soon."
        if self.context.notice.late == "hold":
            return f"{late} A colleague decides whether it is taken."
        return f"{late} If there are special circumstances, please contact us."

    @property
    def received_late(self) -> str:
        at = self.c.deadline.at if self.c.deadline else ""
        return f"The deadline was {at} and this mail came after it; it is taken, marked as late."

    @property
    def contact(self) -> str:
        box = self.context.mailbox
        call = f" or call {box.department}, {box.phone}" if box.phone else ""
        office = f" Office: {box.office}." if box.office else ""
        asked = "Any question, or do you think we are mistaken? Reply to this mail"
        return f"{asked}{call}; a colleague will look at it.{office}"

    @property
    def footer(self) -> str:
        checked = "after checking against the notice"
        return f"Sent by the submission service {checked} {self.context.notice.title}."

    @property
    def signature(self) -> str:
        department, issuer = self.context.mailbox.department, self.context.notice.issuer
        return f"{department}, {issuer}" if issuer else department
