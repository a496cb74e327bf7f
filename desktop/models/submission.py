"""*Nộp*, *Tiếp nhận*, *Trả lại*: what the submissions of a unit for a period come to, on every PC alike.

Source: exchange.md "State"; office.md "Submission". Depends on what the facts name, not on order of arrival or clocks.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from desktop.models.covers import Covers, apart_json, ends_json, read_covers
from desktop.models.kinds import ACCEPTED, RETURNED
from desktop.models.lateness import Ruling
from desktop.models.strict_json import JsonValue


class SubmissionState(StrEnum):
    """How a unit's report of a period stands. ``DISPUTED``: one PC of the hub accepted, another returned it."""

    NOT_SUBMITTED = "not_submitted"
    SUBMITTED = "submitted"
    WITHDRAWN = "withdrawn"
    ACCEPTED = "accepted"
    RETURNED = "returned"
    DISPUTED = "disputed"


SUBMISSION_WORDS = {
    SubmissionState.NOT_SUBMITTED: "chưa nộp", SubmissionState.SUBMITTED: "đã nộp",
    SubmissionState.WITHDRAWN: "đã rút", SubmissionState.ACCEPTED: "đã tiếp nhận",
    SubmissionState.RETURNED: "đã trả lại để bổ sung", SubmissionState.DISPUTED: "cần đối chiếu",
}


@dataclass(frozen=True, slots=True)
class Accepted:
    """A decision of the hub: these ends count, as the report of these units."""

    covers: Covers
    units: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Returned:
    """A decision of the hub: the unit is to complete its report."""

    reason: str


Decision = Accepted | Returned


def decision_json(decision: Decision) -> dict[str, JsonValue]:
    """A decision as it stands in a fact: one value, so that two which differ are a conflict."""
    if isinstance(decision, Returned):
        return {"outcome": RETURNED, "reason": decision.reason}
    return {
        "outcome": ACCEPTED, "covers": ends_json(decision.covers), "apart": apart_json(decision.covers),
        "units": list(decision.units),
    }


def read_decision(value: JsonValue) -> Decision | None:
    """The decision out of a fact that was examined."""
    if not isinstance(value, dict):
        return None
    if value.get("outcome") == RETURNED:
        return Returned(str(value.get("reason", "")))
    units = value.get("units")
    named = tuple(one for one in units if isinstance(one, str)) if isinstance(units, list) else ()
    return Accepted(read_covers(value.get("covers"), value.get("apart")), named)


@dataclass(frozen=True, slots=True)
class Submission:
    """One submission with all that was said of it.

    ``units`` are those it reports for. ``decisions`` are the hub's current ones: an acceptance and a return beside each
    other are a conflict; two acceptances say the same, each with what its PC held.
    ``replaced``: a later submission was made in knowledge of this one. ``reason`` is why a correction is sent.
    """

    record: str
    unit: str
    period: str
    covers: Covers
    units: tuple[str, ...]
    number: str = ""
    day: date | None = None
    signer: str = ""
    note: str = ""
    reason: str = ""
    withdrawn: bool = False
    decisions: tuple[Decision, ...] = ()
    arrived: date | None = None
    channel: str = ""
    ruling: Ruling | None = None
    replaced: bool = False

    @property
    def state(self) -> SubmissionState:
        """How this one stands. Taking back what was accepted has no effect."""
        if self.accepted:
            return SubmissionState.ACCEPTED
        if any(isinstance(one, Accepted) for one in self.decisions):
            return SubmissionState.DISPUTED
        if self.withdrawn:
            return SubmissionState.WITHDRAWN
        return SubmissionState.RETURNED if self.decisions else SubmissionState.SUBMITTED

    @property
    def accepted(self) -> tuple[Accepted, ...]:
        """What was accepted; nothing while the hub's PCs disagree."""
        return undisputed(self.decisions)


def undisputed(decisions: Sequence[Decision]) -> tuple[Accepted, ...]:
    """What was accepted where nobody returned it beside."""
    accepted = tuple(one for one in decisions if isinstance(one, Accepted))
    return accepted if len(accepted) == len(decisions) else ()


def latest(submissions: Iterable[Submission]) -> tuple[Submission, ...]:
    """Those that no later one took the place of: two where two PCs submitted without knowing of each other."""
    return tuple(one for one in submissions if not one.replaced)


def pending(submissions: Iterable[Submission]) -> tuple[Submission, ...]:
    """Those that wait for the hub's decision."""
    waiting = (SubmissionState.SUBMITTED, SubmissionState.DISPUTED)
    return tuple(one for one in latest(submissions) if one.state in waiting)


_ORDER = (
    SubmissionState.DISPUTED, SubmissionState.SUBMITTED, SubmissionState.RETURNED, SubmissionState.WITHDRAWN
)


def state_of(submissions: Sequence[Submission]) -> SubmissionState:
    """How the unit's report of the period stands: once accepted it is, whatever else is sent or taken back."""
    if any(one.accepted for one in submissions):
        return SubmissionState.ACCEPTED
    found = {one.state for one in latest(submissions)}
    return next((state for state in _ORDER if state in found), SubmissionState.NOT_SUBMITTED)
