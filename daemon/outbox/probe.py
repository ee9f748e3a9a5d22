"""Asks an SMTP server which envelope it would take, and sends nothing."""

from daemon.errors import Unavailable
from daemon.outbox.smtp import Smtp


class Probe(Smtp):
    """`open` connects and logs in, as for a mail. `close` ends it."""

    def takes(self, sender: str) -> tuple[bool, str]:
        """Whether MAIL FROM with this envelope is taken ("" is the null one), and the answer."""
        attempt = f"asking {self.server.host} about the envelope <{sender}>"
        assert self._session is not None
        try:
            code, answer = self._session.mail(sender)
            self._session.rset()
        except OSError as error:  # smtplib's errors too: it hung up or timed out
            raise Unavailable(attempt, error) from error
        return code == 250, f"{code} {answer.decode('utf-8', 'replace')[:200]}"
