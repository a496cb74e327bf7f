"""Plain view data of the printed sheets: what stands on the paper, not how it is set."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from desktop.models.plan import NodeKind
from desktop.models.report import Timeliness


class Paper(StrEnum):
    """Whose rules of presentation a sheet follows (office.md, "Sheets as they are filed")."""

    PARTY = "party"
    STATE = "state"


class SigningFor(StrEnum):
    """In whose place the signer signs: the body (T/M, TM.), the head (K/T, KT.), by order (T/L, TL.), or as himself."""

    BODY = "body"
    HEAD = "head"
    ORDER = "order"
    SELF = "self"


@dataclass(frozen=True, slots=True)
class Signature:
    """The signature block. ``on_behalf`` is the body or head signed for, without its prefix; ``preparer`` who drew the
    sheet up. Empty names leave the place to be filled by hand.
    """

    signing_for: SigningFor
    on_behalf: str
    position: str = ""
    name: str = ""
    preparer: str = ""


@dataclass(frozen=True, slots=True)
class SheetHead:
    """What stands above every sheet.

    ``number`` is the sheet's own number and symbol ("125-BC/QU"), ``day`` its date; where empty they are left to be
    written by hand. ``plan_*`` name the plan that the sheet counts. ``title`` names the sheet ("Bảng tổng hợp tiến
    độ"), ``subject`` what it is about. ``period`` and ``basis`` are shown in words; ``updated`` is the data's moment
    in local time.
    """

    paper: Paper
    superior: str
    issuer: str
    place: str
    plan_number: str
    plan_day: date | None
    plan_issuer: str
    title: str
    subject: str
    period: str
    basis: str
    updated: datetime
    number: str = ""
    day: date | None = None
    signature: Signature | None = None


@dataclass(frozen=True, slots=True)
class ConsolidatedRow:
    """One row of the consolidated sheet, in document order, parents before children.

    ``deadline`` is the printed phrase, ``due`` the day it is read as. ``status_words`` is the state in words, for
    headings their count ("14/33 hoàn thành"). ``percent`` 0-100. ``days`` overdue (positive) or left (negative).
    ``conflicts`` counts fields that wait under *Cần đối chiếu*.
    """

    path: str
    kind: NodeKind
    depth: int
    code: str
    title: str
    leaders: tuple[str, ...] = ()
    lead_units: tuple[str, ...] = ()
    coordinating_units: tuple[str, ...] = ()
    deadline: str = ""
    status_words: str = ""
    percent: int | None = None
    timeliness: Timeliness | None = None
    result: str = ""
    evidence: str = ""
    difficulties: str = ""
    proposals: str = ""
    conflicts: int = 0
    due: date | None = None
    done_on: date | None = None
    days: int | None = None


@dataclass(frozen=True, slots=True)
class ConsolidatedSheet:
    """The consolidated progress sheet (Bảng tổng hợp tiến độ). ``sentence`` is the office's four-way sentence,
    ``notes`` the lines of *Ghi chú* (what was left out, paused, how units are counted).
    """

    head: SheetHead
    rows: tuple[ConsolidatedRow, ...]
    sentence: str = ""
    notes: tuple[str, ...] = ()
