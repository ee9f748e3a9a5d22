"""The hand-over package: accepted material of one category, renamed by the notice's rule."""

from daemon.handover.contents import Contents, Gathering
from daemon.handover.names import stem
from daemon.handover.package import check, entries
from daemon.handover.writing import into_folder, into_zip
from daemon.handover.zipping import zipped

__all__ = [
    "Contents",
    "Gathering",
    "check",
    "entries",
    "into_folder",
    "into_zip",
    "stem",
    "zipped",
]
