"""The jobs that are cut off: each the real service over real folders of a hub and a ward, prepared once."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from desktop.models.errors import EnvironmentTrouble, Refused
from desktop.models.report import WorkState
from desktop.services import reporting
from desktop.services.traffic import enrolling, exchanging
from desktop.services.traffic.receipts import all_receipts
from desktop.services.traffic.views import Outcome
from desktop.services.workspace import Workspace
from desktop.store.store import open_store
from tests.importers.plan_text import HEADER
from tests.offices import BODY, HUB, WARD, District

EARLIER = Path(__file__).parents[1] / "store" / "folders" / "v1"
STICK = "usb"
PACKAGES = f"{STICK}/*.sotiendo"
NEW = "Phường Thạch Bàn"
PERIOD = "2023-Q3"
ROW = "1"
PLAN = (
    "KẾ HOẠCH", "(Kèm theo Kế hoạch số 160-KH/QU ngày 11/01/2023 của Quận ủy Long Biên)", HEADER,
    "1\tVệ sinh môi trường, lát ngõ\tĐ/c An\tCác phường\tPhòng Kinh tế\t\tQuý III/2023",
    "2\tSửa trường học\tĐ/c Bình\tPhường Bồ Đề\tCác phường\t\tQuý IV/2023",
)
"""A plan of two rows, with all units of the district: what a job does to files is the same, and soon done."""
DAMAGED = "hỏng.sotiendo"


@dataclass(frozen=True)
class Job:
    """``prepare`` brings a copy of the district to where ``run`` begins; both may be called by their names only.

    ``media``: the folders below the district that fill up or vanish. ``offices``: whose folders are compared;
    ``needs``: other offices that are asked at the end. ``seen``: what must be true at the end beside the state, as a
    sentence of what is wrong or ""; ``kept``: files that must be there once it has ended well.
    """

    name: str
    prepare: Callable[[District], None]
    run: Callable[[District], None]
    media: tuple[str, ...]
    offices: tuple[str, ...]
    seen: Callable[[District], str] = lambda district: ""
    needs: tuple[str, ...] = ()
    kept: str = ""


def found(root: Path) -> None:
    """A hub and two units of it, enrolled, in a new folder: the template of all jobs."""
    root.mkdir(parents=True)
    plan = root / "ke-hoach.txt"
    plan.write_text("\n".join(PLAN), encoding="utf-8")
    made = District(root)
    made.found(WARD, BODY, plan=plan)
    made.close()


def _enter(ws: Workspace, path: str, **values: object) -> None:
    item, unit = reporting.item_at(ws, path), ws.seat.unit
    reporting.enter(ws, item, unit, PERIOD, values, reporting.shown_now(ws, item, unit, PERIOD))


def _report(district: District) -> None:
    """The ward has work to send, some of it long enough for pages of its own."""
    ws = district.at(WARD)
    _enter(ws, ROW, state=WorkState.DOING, percent=40, result="Đã vận động 12 hộ")
    for number in range(8):
        _enter(ws, ROW, percent=41 + number, difficulties="Thiếu mặt bằng. " * (60 * number))
    _enter(ws, ROW, evidence="Biên bản số 12/BB-UBND")


def _save(district: District) -> None:
    _enter(district.at(WARD), ROW, percent=60, result="Đã lát xong 3 ngõ, còn 2 ngõ chờ vật tư")


def _file(district: District) -> Path:
    return district.root / "tới"


def _sent(district: District) -> None:
    _report(district)
    out = _file(district)
    out.mkdir()
    exchanging.write_packages(district.at(WARD), out)


def _import(district: District) -> None:
    done = exchanging.import_files(district.at(HUB), sorted(_file(district).iterdir()))
    for receipt in done.receipts:
        if receipt.outcome is Outcome.UNREADABLE:
            raise EnvironmentTrouble(receipt.reason, receipt.summary)


def _damaged(district: District) -> None:
    _sent(district)
    (package,) = _file(district).iterdir()
    data = bytearray(package.read_bytes())
    data[len(data) // 2] ^= 1
    package.unlink()
    (_file(district) / DAMAGED).write_bytes(data)


def _refused_once(district: District) -> str:
    found = [one.outcome for one in all_receipts(district.at(HUB)) if one.file == DAMAGED]
    # Cut off before the log was written, the refusal was told to nobody; the second try tells it.
    return "" if found and set(found) == {Outcome.REFUSED} else f"receipts of the refused file: {found}"


def _with_stick(district: District) -> None:
    _report(district)
    (district.root / STICK).mkdir()


def _write_unit(district: District) -> None:
    exchanging.write_packages(district.at(WARD), district.root / STICK)


def _write_hub(district: District) -> None:
    exchanging.write_packages(district.at(HUB), district.root / STICK)


def _hub_has_work(district: District) -> None:
    _sent(district)
    _import(district)
    (district.root / STICK).mkdir()


def _arrives(district: District) -> str:
    """Whatever lies on the stick, the hub gets all that the ward saved."""
    files = sorted((district.root / STICK).glob("*.sotiendo"))
    done = exchanging.import_files(district.at(HUB), files)
    strange = [one.summary for one in done.receipts if one.outcome not in (Outcome.IMPORTED, Outcome.ALREADY_HAD)]
    lines = {line.report.evidence for line in reporting.report_lines(district.at(HUB))}
    return "; ".join(strange) if strange else "" if "Biên bản số 12/BB-UBND" in lines else "the report did not arrive"


def _set_up_unit(district: District) -> None:
    starter = district.root / enrolling.STARTER_NAME
    code = enrolling.look_at_starter(district.environment, starter).root_code
    try:
        enrolling.setup_unit(district.environment, district.root / NEW, NEW, starter, code)
    except Refused as refusal:
        # Tried once more after it was done.
        if refusal.code != "FOLDER_ALREADY_SET_UP":
            raise


def _can_sign(district: District) -> str:
    ws = district.at(NEW)
    return "" if ws.device_keys().public_key.hex() == ws.seat.device else "a unit without its key"


def _asked(district: District) -> None:
    """One more ward has asked to be enrolled, with work of its own."""
    _set_up_unit(district)
    out = _file(district)
    out.mkdir()
    exchanging.write_packages(district.at(NEW), out)
    _import(district)


def _approve(district: District) -> None:
    enrolling.approve(district.at(HUB), None)


def _nothing(district: District) -> None:
    """The district as it was founded will do."""


def _earlier(district: District) -> None:
    shutil.copytree(EARLIER / "hub", district.root / "trước")


def _migrate(district: District) -> None:
    open_store(district.root / "trước").close()


def _migrated(district: District) -> None:
    _earlier(district)
    _migrate(district)


def _judge_anew(district: District) -> None:
    """What the first opening after an update does: a transaction of its own, begun again until it is done."""
    district.at("trước")


JOBS = {
    job.name: job for job in (
        Job("save", _report, _save, (WARD,), (WARD,)),
        Job("import", _sent, _import, (HUB,), (HUB,)),
        Job("refusal", _damaged, _import, (HUB,), (HUB,), _refused_once),
        Job("write", _with_stick, _write_unit, (STICK, WARD), (WARD,), _arrives, (HUB,), PACKAGES),
        Job("write-hub", _hub_has_work, _write_hub, (STICK, HUB), (HUB,), kept=PACKAGES),
        Job("approve", _asked, _approve, (HUB,), (HUB,)),
        Job("setup-unit", _nothing, _set_up_unit, (NEW, "khoa"), (NEW,), _can_sign),
        Job("migrate", _earlier, _migrate, ("trước",), ("trước",)),
        Job("update", _migrated, _judge_anew, ("trước",), ("trước",)),
    )
}


def _two_saves(district: District) -> None:
    _save(district)
    _enter(district.at(WARD), ROW, difficulties="Lưu riêng")


def _in_place(district: District) -> None:
    (package,) = _file(district).iterdir()
    target = district.root / STICK / package.name
    target.write_bytes(package.read_bytes())


def _sent_with_stick(district: District) -> None:
    _sent(district)
    (district.root / STICK).mkdir()


WRONG = {
    job.name: job for job in (
        Job("two-saves", _report, _two_saves, (WARD,), (WARD,)),
        Job("in-place", _sent_with_stick, _in_place, (STICK,), (WARD,), kept=PACKAGES),
    )
}
"""Jobs done wrongly, for the harness to find out: two transactions for one piece of work, a file written in place."""
