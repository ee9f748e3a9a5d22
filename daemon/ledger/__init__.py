"""The ledger (台账): the durable record of every message, its verdict and its reply.

The only speakers of SQL are this package and `daemon.migrations`.
"""

from daemon.ledger.act import WHAT, Act, Kind
from daemon.ledger.acts import Acts, Passed
from daemon.ledger.again import Again, Answered, Known
from daemon.ledger.alarms import Alarm, Alarms
from daemon.ledger.aliases import Aliases
from daemon.ledger.backlog import Backlog, Waits
from daemon.ledger.browse import Browse, Filter, Line
from daemon.ledger.caps import ENOUGH, Caps, Limits, Pause
from daemon.ledger.concessions import Concessions, Granted, Word
from daemon.ledger.counts import Letter, Row, Shelved, Tally
from daemon.ledger.deed import Deed
from daemon.ledger.details import Answer, Detail, Details, Kept, Recorded, Told, Version
from daemon.ledger.dispatches import Dispatch, Dispatches
from daemon.ledger.drafts import Drafts, Waiting
from daemon.ledger.drills import Trace
from daemon.ledger.entry import Draft, Entry, Key, Returned, reply_message_id
from daemon.ledger.events import Event
from daemon.ledger.failures import Failures, Guesses
from daemon.ledger.filings import Filing, Filings, Source, Wanted
from daemon.ledger.frequency import Frequency
from daemon.ledger.gallery import Exhibit, Gallery
from daemon.ledger.ledger import Ledger
from daemon.ledger.nights import Night, Nights
from daemon.ledger.outgoing import Outgoing
from daemon.ledger.past import Asking
from daemon.ledger.people import People, Person
from daemon.ledger.places import Standing
from daemon.ledger.pulses import Pulse, Pulses
from daemon.ledger.queueing import Gone, Sending
from daemon.ledger.reminders import Fault, Mail, Moment, Reminders
from daemon.ledger.replies import Queued, Replies
from daemon.ledger.selections import Selections
from daemon.ledger.sessions import Sessions
from daemon.ledger.versions import Numbered
from rules.mending import Place

__all__ = [
    "ENOUGH",
    "WHAT",
    "Act",
    "Acts",
    "Again",
    "Alarm",
    "Alarms",
    "Aliases",
    "Answer",
    "Answered",
    "Asking",
    "Backlog",
    "Browse",
    "Caps",
    "Concessions",
    "Deed",
    "Detail",
    "Details",
    "Dispatch",
    "Dispatches",
    "Draft",
    "Drafts",
    "Entry",
    "Event",
    "Exhibit",
    "Failures",
    "Fault",
    "Filing",
    "Filings",
    "Filter",
    "Frequency",
    "Gallery",
    "Gone",
    "Granted",
    "Guesses",
    "Kept",
    "Key",
    "Kind",
    "Known",
    "Ledger",
    "Letter",
    "Limits",
    "Line",
    "Mail",
    "Moment",
    "Night",
    "Nights",
    "Numbered",
    "Outgoing",
    "Passed",
    "Pause",
    "People",
    "Person",
    "Place",
    "Pulse",
    "Pulses",
    "Queued",
    "Recorded",
    "Reminders",
    "Replies",
    "Returned",
    "Row",
    "Selections",
    "Sending",
    "Sessions",
    "Shelved",
    "Source",
    "Standing",
    "Tally",
    "Told",
    "Trace",
    "Version",
    "Waiting",
    "Waits",
    "Wanted",
    "Word",
    "reply_message_id",
]
