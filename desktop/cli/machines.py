"""The commands on machines of a plan, the sealed spare root, and one more or a new PC of the hub."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from desktop.cli import output
from desktop.cli.offices import code_of_arguments, print_identity
from desktop.services.traffic import enrolling, machines, spare
from desktop.services.workspace import workspace

if TYPE_CHECKING:
    from desktop.cli.libraries import Commands
    from desktop.services.environment import Environment
    from desktop.services.traffic.machines import Machine

_SEAL_IT = "Khóa dự phòng mới đang ở trên máy này: hãy niêm phong ngay (sotiendo spare seal)."


def setup_hub_machine(environment: Environment, folder: Path, arguments: argparse.Namespace) -> int:
    """Make the folder one more of the hub's."""
    code = "".join(arguments.root_code)
    print_identity(enrolling.setup_hub_machine(environment, folder, arguments.starter, code))
    output.line("Hãy ghi tệp (package write), đưa cho máy tổng hợp giữ khóa gốc nhập và chấp nhận máy này.")
    return 0


def setup_spare(environment: Environment, folder: Path, arguments: argparse.Namespace) -> int:
    """Make the folder the hub's from the sealed spare."""
    print_identity(spare.set_up_from(environment, folder, arguments.file, code_of_arguments(arguments.code)))
    output.line(
        "Hãy nhập tệp của các đơn vị để lấy lại dữ liệu, cho các máy tổng hợp cũ thôi (machine retire), rồi gửi tệp "
        "mới cho mọi đơn vị."
    )
    output.line(_SEAL_IT)
    return 0


def machine_list(environment: Environment, folder: Path, arguments: argparse.Namespace) -> int:
    """Every machine of the plan."""
    with workspace(environment, folder) as ws:
        found = machines.machines(ws)
    if arguments.json:
        output.json_document(output.plain(found))
    else:
        for one in found:
            output.line(f"{one.code} {_words(one)}")
    return 0


def _words(one: Machine) -> str:
    role = "máy tổng hợp" if one.role == "hub" else "máy báo cáo"
    parts = [f"{one.unit_name} · {one.label}: {role}", f"{one.written} nội dung"]
    if len(one.units) > 1:
        parts.append(f"ghi cho {', '.join(one.units)}")
    if one.retired:
        parts.append("đã cho thôi")
    if one.hidden:
        parts.append(f"{one.hidden} nội dung đến sau, không tính")
    if one.own:
        parts.append("máy này")
    return ", ".join(parts)


def machine_retire(environment: Environment, folder: Path, arguments: argparse.Namespace) -> int:
    """Retire a machine."""
    with workspace(environment, folder) as ws:
        machines.retire(ws, code_of_arguments(arguments.code))
    output.line("Đã cho máy thôi: nội dung đã nhận vẫn tính, nội dung đến sau thì không.")
    return 0


def machine_recount(environment: Environment, folder: Path, arguments: argparse.Namespace) -> int:
    """Count the late work of a retired machine."""
    with workspace(environment, folder) as ws:
        machines.recount(ws, code_of_arguments(arguments.code))
    output.line("Đã tính lại mọi nội dung của máy đang có ở đây; nội dung đến sau nữa vẫn không tính.")
    return 0


def machine_move(environment: Environment, folder: Path, arguments: argparse.Namespace) -> int:
    """Let a machine write for another unit, or for one more."""
    code = code_of_arguments(arguments.code)
    with workspace(environment, folder) as ws:
        change = machines.entrust if arguments.also else machines.move
        change(ws, code, arguments.unit)
    output.line("Đã đổi đơn vị của máy từ nội dung tiếp theo; nội dung đã ghi giữ nguyên đơn vị cũ.")
    return 0


def machine_reading(environment: Environment, folder: Path, arguments: argparse.Namespace) -> int:
    """A new reading key for the hub role."""
    with workspace(environment, folder) as ws:
        machines.renew_reading(ws)
    output.line("Đã đổi khóa đọc của đơn vị tổng hợp; hãy gửi tệp mới cho mọi đơn vị và máy tổng hợp khác.")
    return 0


def spare_seal(environment: Environment, folder: Path, arguments: argparse.Namespace) -> int:
    """Seal the spare into a file."""
    with workspace(environment, folder) as ws:
        done = spare.seal(ws, arguments.out)
    output.line(f"Đã ghi {done.path.name}; khóa dự phòng không còn trên máy này.")
    output.line(f"Mã mở, chỉ hiện lần này: {done.code}")
    output.line("Hãy ghi mã ra giấy, cho vào phong bì niêm phong cùng USB và cất vào két.")
    return 0


def spare_open(environment: Environment, folder: Path, arguments: argparse.Namespace) -> int:
    """Open the spare on a machine of the hub."""
    with workspace(environment, folder) as ws:
        spare.open_on_hub(ws, arguments.file, code_of_arguments(arguments.code))
    output.line("Khóa dự phòng đã thành khóa gốc; khóa gốc cũ không còn hiệu lực. Hãy gửi tệp mới cho mọi đơn vị.")
    output.line(_SEAL_IT)
    return 0


def spare_renew(environment: Environment, folder: Path, arguments: argparse.Namespace) -> int:
    """A new spare in place of a lost one."""
    with workspace(environment, folder) as ws:
        spare.replace_spare(ws)
    output.line(f"Khóa dự phòng cũ không còn hiệu lực. {_SEAL_IT}")
    return 0


COMMANDS: Commands = {
    "setup machine": setup_hub_machine,
    "setup spare": setup_spare,
    "machine list": machine_list,
    "machine retire": machine_retire,
    "machine recount": machine_recount,
    "machine move": machine_move,
    "machine reading": machine_reading,
    "spare seal": spare_seal,
    "spare open": spare_open,
    "spare renew": spare_renew,
}
