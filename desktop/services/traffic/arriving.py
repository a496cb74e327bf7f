"""Which plan of the folder a package is for; a new plan of a hub that is trusted here opens by its first package."""

from __future__ import annotations

from dataclasses import dataclass, replace

from desktop.exchange.package import Opened
from desktop.models.charter import Charter
from desktop.models.entries import DeviceRole
from desktop.models.errors import Refused
from desktop.models.plan import PlanHeader
from desktop.models.units import UnitTree
from desktop.services.traffic.authorizing import charter_of
from desktop.services.traffic.enrolling import plan_and_units
from desktop.services.views import Role
from desktop.services.workspace import Seat, Workspace


@dataclass(frozen=True, slots=True)
class Home:
    """The workspace of a package's plan; ``is_new`` where the package has just opened it here."""

    ws: Workspace
    is_new: bool


def home_of(ws: Workspace, opened: Opened) -> Home:
    """The workspace of the plan a package names, whatever plan one works in; the caller holds the transaction.

    A plan the folder does not have is opened when the root of one it has begins it: nothing is confirmed anew, this
    PC keeps its unit and keys. Raises Refused PKG_OTHER_PLAN, PLAN_WITHOUT_UNIT.
    """
    contents = opened.contents
    if ws.store.office.seat(contents.plan_id) is not None:
        return Home(ws.of(contents.plan_id), is_new=False)
    seat = next((seat for seat in reversed(ws.seats()) if _trusts(ws, seat, contents.root.hex())), None)
    charter = charter_of(contents)
    if seat is None or charter.first is None or not _has_place(seat, charter):
        raise Refused(
            "PKG_OTHER_PLAN", "Tệp này thuộc một kế hoạch khác. Không có gì thay đổi.",
            "Hãy mở đúng thư mục dữ liệu của kế hoạch đó rồi nhập lại.",
        )
    header, tree = plan_and_units(opened, charter)
    _refuse_without_unit(seat, header, tree)
    nonce = ws.environment.random(16).hex()
    seated = ws.take_seat(replace(seat, plan_id=contents.plan_id, root=contents.root.hex(), nonce=nonce))
    return Home(seated, is_new=True)


def _trusts(ws: Workspace, seat: Seat, root: str) -> bool:
    """Whether a key is the root in force of a plan one has: a root that was replaced opens no new plan."""
    return ws.of(seat.plan_id).charter().root == root


def _has_place(seat: Seat, charter: Charter) -> bool:
    """Whether this PC may have part in the plan: a hub's where the plan's root says so, a unit's always."""
    granted = {one.grant.role for one in charter.of_device(seat.device)}
    return seat.role is Role.UNIT or DeviceRole.HUB in granted


def _refuse_without_unit(seat: Seat, header: PlanHeader, tree: UnitTree) -> None:
    if seat.unit not in tree:
        raise Refused(
            "PLAN_WITHOUT_UNIT",
            f"Kế hoạch {header.number} năm {header.year} không có đơn vị của máy này. Không có gì thay đổi.",
            "Hãy hỏi đơn vị tổng hợp: đơn vị có thể đã sáp nhập hoặc đổi tên.",
        )
