"""The table of caps that writing, checking and importing share (exchange.md "Package")."""

from __future__ import annotations

from desktop.models.attachments import MAX_ATTACHMENT
from desktop.models.facts import MAX_LINE
from desktop.models.strict_json import MAX_DEPTH, MAX_INTEGER, MAX_TEXT

__all__ = [
    "COMPLETE_UP_TO", "MAX_ATTACHMENT", "MAX_AUTHORITY", "MAX_DEPTH", "MAX_ENTRIES", "MAX_FACTS", "MAX_FILE",
    "MAX_FILES", "MAX_INTEGER", "MAX_LINE", "MAX_MAIL", "MAX_MANIFEST", "MAX_PART", "MAX_SEGMENT_LINES", "MAX_TEXT",
    "MAX_UNNAMED", "MAX_UNPACKED",
]

COMPLETE_UP_TO = 5 * 1024 * 1024
"""Bytes of facts up to which a package holds all that its readers may read."""
MAX_FILE = 64 * 1024 * 1024
"""Bytes of a package file."""
MAX_UNPACKED = 64 * 1024 * 1024
"""Bytes of all entries of a package together once unpacked; checked before anything is."""
MAX_ENTRIES = 10_000
"""Entries of a package."""
MAX_MANIFEST = 4 * 1024 * 1024
"""Bytes of ``manifest.json``: room for MAX_ENTRIES entries."""
MAX_SEGMENT_LINES = 5_000
"""Facts of a segment."""
MAX_PART = 8 * 1024 * 1024
"""Bytes of a segment or of the authority set once unpacked: what one entry may cost in memory."""
MAX_AUTHORITY = 10_000
"""Entries of the authority set."""
MAX_FACTS = 250_000
"""Facts of a package: bounds what a bomb of very short lines costs in memory."""
MAX_MAIL = 20_000_000
"""Bytes of a package file that goes by mail or chat: 20 MB, however a mail system counts them."""
MAX_FILES = 20
"""Files of one writing for one recipient: what does not fit into them waits for the next."""
MAX_UNNAMED = 4 * MAX_UNPACKED
"""Bytes of blobs kept of a plan whose attachment nobody has named yet: the files of one writing in any order."""
