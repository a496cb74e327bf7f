"""Days as people type them."""

from __future__ import annotations

import re
from datetime import date


def read_day(text: str) -> date | None:
    """A day written as 2023-09-10 or 10/9/2023; None for anything else."""
    match = re.fullmatch(r"(\d{1,2})/(\d{1,2})/(\d{4})", text)
    iso = f"{match[3]}-{int(match[2]):02d}-{int(match[1]):02d}" if match else text
    try:
        return date.fromisoformat(iso)
    except ValueError:
        return None
