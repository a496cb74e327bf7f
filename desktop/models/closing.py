"""*Chốt số liệu kỳ*: the versions of a period's closed figures.

Source: exchange.md "State"; office.md "Reporting". A version keeps the number it was closed under: whatever comes later
moves none, so two PCs of the hub that closed without knowing of each other made two of one number.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from desktop.models.covers import Covers

_CODE = 4


@dataclass(frozen=True, slots=True)
class Closing:
    """One closing. ``number`` and ``day`` are those of the filed report; ``closed`` when, unix seconds as claimed.

    ``reopened`` is the reason for which it was reopened, "" while it stands; ``complete`` tells that all its parts
    are here.
    """

    record: str
    period: str
    version: int
    covers: Covers
    closed: int
    person: str
    number: str = ""
    day: date | None = None
    note: str = ""
    reopened: str = ""
    complete: bool = True


def standing_closings(closings: Iterable[Closing]) -> tuple[Closing, ...]:
    """Those not reopened: none while the period is open, several where PCs of the hub closed it beside each other."""
    return tuple(one for one in closings if not one.reopened)


def next_version(closings: Iterable[Closing]) -> int:
    """The number of the next version."""
    return max((one.version for one in closings), default=0) + 1


def label_of(closing: Closing, closings: Sequence[Closing]) -> str:
    """What a version is called: its number, with the first digits of its own id where another has the same."""
    twins = [one for one in closings if one.version == closing.version]
    return str(closing.version) if len(twins) == 1 else f"{closing.version}-{_code(closing)}"


def named_version(label: str, closings: Sequence[Closing]) -> tuple[Closing, ...]:
    """The versions a label may mean: one, none, or several of the same number."""
    number, _, code = label.strip().partition("-")
    return tuple(one for one in closings if str(one.version) == number and _code(one).startswith(code))


def _code(closing: Closing) -> str:
    return closing.record.rpartition("/")[2][:_CODE]
