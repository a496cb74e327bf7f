"""The commands that set data folders up: taking a plan in, hub, units, enrolment of machines."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from desktop.cli import output
from desktop.cli.choices import read_choices
from desktop.models.errors import Mistake
from desktop.services.plan.importing import import_plan
from desktop.services.traffic import enrolling, reenrolling
from desktop.services.traffic.views import EnrolmentRequest
from desktop.services.views import Identity, Role
from desktop.services.workspace import workspace

if TYPE_CHECKING:
    from desktop.cli.libraries import Commands
    from desktop.services.environment import Environment

_CODE_LENGTH = 20


def plan_import(environment: Environment, folder: Path, arguments: argparse.Namespace) -> int:
    """Check a plan and take it into the data folder."""
    output.line(import_plan(environment, folder, arguments.file, read_choices(arguments)))
    return 0


def setup_hub(environment: Environment, folder: Path, arguments: argparse.Namespace) -> int:
    """Make the folder the hub's."""
    print_identity(enrolling.setup_hub(environment, folder, arguments.unit, arguments.plan))
    return 0


def setup_unit(environment: Environment, folder: Path, arguments: argparse.Namespace) -> int:
    """Make the folder a unit's."""
    code = "".join(arguments.root_code)
    print_identity(enrolling.setup_unit(environment, folder, arguments.unit, arguments.starter, code))
    return 0


def print_identity(who: Identity) -> None:
    """Who works in the folder now."""
    role = "đơn vị tổng hợp" if who.role is Role.HUB else "đơn vị báo cáo"
    output.line(f"Đã thiết lập: {who.unit_name} ({role}) · Kế hoạch {who.plan.number} · năm {who.plan.year}")


def enroll_starter(environment: Environment, folder: Path, arguments: argparse.Namespace) -> int:
    """Write the starter file."""
    with workspace(environment, folder) as ws:
        output.written([enrolling.write_starter(ws, arguments.out)])
    return 0


def enroll_list(environment: Environment, folder: Path, arguments: argparse.Namespace) -> int:
    """Machines that asked to be enrolled."""
    with workspace(environment, folder) as ws:
        requests = enrolling.requests(ws)
    if arguments.json:
        output.json_document(output.plain(requests))
    else:
        _print_requests(requests)
    return 0


def _print_requests(found: Sequence[EnrolmentRequest]) -> None:
    """Machines that asked to be enrolled."""
    for one in found:
        state = "đã chấp nhận" if one.state == "approved" else f"đang chờ, tạm giữ {one.held} nội dung"
        output.line(f"{one.code} {one.unit_name} · {one.device_label}: {state}")
    if not found:
        output.line("Chưa có máy nào xin đăng ký.")


def enroll_approve(environment: Environment, folder: Path, arguments: argparse.Namespace) -> int:
    """Approve machines by code, or all that wait."""
    if arguments.all and arguments.codes:
        raise Mistake("USAGE", "Đã ghi mã thì không dùng --all.", "Chọn một: các mã đã đối chiếu, hoặc --all.")
    codes = None if arguments.all else _codes(arguments.codes)
    with workspace(environment, folder) as ws:
        done = enrolling.approve(ws, codes)
    for request in done.approved:
        output.line(f"{request.code} {request.unit_name}")
    return 0


def code_of_arguments(given: Sequence[str]) -> str:
    """The digits of a code on a command line, where blanks may have torn them apart."""
    return enrolling.plain_code("".join(given))


def _codes(given: Sequence[str]) -> list[str]:
    """The 20-digit codes of a command line, where blanks may have torn them apart."""
    digits = "".join(enrolling.plain_code(part) for part in given)
    if not digits.isdecimal() or len(digits) % _CODE_LENGTH:
        raise Mistake("CODE_INCOMPLETE", "Mã đối chiếu phải đủ 20 chữ số.", "Hãy ghi lại mã, hoặc dùng --all.")
    return [digits[at:at + _CODE_LENGTH] for at in range(0, len(digits), _CODE_LENGTH)]


def enroll_code(environment: Environment, folder: Path, arguments: argparse.Namespace) -> int:
    """The 20 digits, alone on one line."""
    with workspace(environment, folder) as ws:
        output.line(enrolling.own_code(ws))
    return 0


def enroll_again(environment: Environment, folder: Path, arguments: argparse.Namespace) -> int:
    """A new key for a machine that lost its own."""
    with workspace(environment, folder) as ws:
        done = reenrolling.enroll_again(ws, forgotten=arguments.forgotten)
    output.line(f"Máy này đã có khóa mới; {done.written_again} nội dung chưa gửi được ghi lại bằng khóa đó.")
    if done.code:
        output.line(
            f"Hãy ghi tệp gửi (package write) chuyển cho đơn vị tổng hợp; khi họ gọi, đọc mã của máy: {done.code}"
        )
    return 0


COMMANDS: Commands = {
    "plan import": plan_import,
    "setup hub": setup_hub,
    "setup unit": setup_unit,
    "enroll starter": enroll_starter,
    "enroll list": enroll_list,
    "enroll approve": enroll_approve,
    "enroll code": enroll_code,
    "enroll again": enroll_again,
}
