"""Reading a plan file: checks of the file, the tree its units belong to, the reading as public JSON. Writes nothing."""

from __future__ import annotations

from pathlib import Path

from desktop.importers.damage import load_damaged_words
from desktop.importers.decoding import decode_lines
from desktop.importers.grid import text_grid
from desktop.importers.plan_tree import tree_from_header, tree_from_plan
from desktop.importers.text_plan import PrintedPlan
from desktop.importers.unit_file import load_unit_file
from desktop.models.errors import EnvironmentTrouble, Refused
from desktop.models.plan import Node, Plan, PlanHeader
from desktop.models.text import fold
from desktop.models.units import ResolutionKind, UnitTree
from desktop.services.records import day_json, finding_json, target_json, time_json

MAX_BYTES = 64 * 1024 * 1024
_OFFICE_FILES = {
    ".xls": "Excel", ".xlsx": "Excel", ".xlsm": "Excel", ".ods": "bảng tính", ".doc": "Word", ".docx": "Word",
    ".odt": "văn bản", ".rtf": "văn bản", ".pdf": "PDF",
}
_OFFICE_STARTS = ((b"PK\x03\x04", "Word hoặc Excel"), (b"\xd0\xcf\x11\xe0", "Word hoặc Excel"), (b"%PDF", "PDF"),
                  (b"{\\rtf", "văn bản"))


def read_plan_file(path: Path, resources: Path) -> Plan:
    """The plan in a file, read with the bundled tree of its issuer.

    Raises Refused PLAN_IS_FOLDER, PLAN_TOO_BIG, PLAN_OTHER_FORMAT, PLAN_EMPTY, PLAN_WRONG_ENCODING, PLAN_NOT_A_PLAN;
    EnvironmentTrouble PLAN_MISSING, PLAN_NO_RIGHTS, PLAN_UNREADABLE.
    """
    data = _read(path)
    _refuse_office_file(path, data)
    text = PrintedPlan(text_grid(decode_lines(data)))
    tree = _bundled_tree(text.header, resources) or UnitTree()
    return text.read(tree, load_damaged_words(resources / "reading" / "damaged-words.json"))


def unit_tree_for(source: Plan | PlanHeader, resources: Path) -> UnitTree:
    """The bundled tree of the plan's issuer and year, else one made of the names the plan itself has."""
    header = source.header if isinstance(source, Plan) else source
    bundled = _bundled_tree(header, resources)
    if bundled is not None:
        return bundled
    return tree_from_plan(source) if isinstance(source, Plan) else tree_from_header(source)


def plan_as_json(plan: Plan) -> dict[str, object]:
    """What ``plan read --json`` prints (docs/cli.md): plan, nodes, findings."""
    header = plan.header
    return {
        "plan": {
            "number": header.number, "date": day_json(header.day), "issuer": header.issuer, "title": header.title,
            "theme": header.theme, "year": header.year, "signer": header.signer,
        },
        "nodes": [_node_json(node) for node in plan.nodes],
        "findings": [finding_json(finding) for finding in plan.findings],
    }


def _node_json(node: Node) -> dict[str, object]:
    return {
        "path": node.path, "kind": node.kind.value, "code": node.code, "title": node.title,
        "stated_count": node.stated_count, "leaders": list(node.leaders), "lead_units": list(node.lead_units),
        "coordinating_units": list(node.coordinating_units), "expands_to": list(node.expands_to),
        "start": time_json(node.start), "end": time_json(node.end),
        "targets": [target_json(target) for target in node.targets], "source_lines": list(node.source_lines),
    }


def _bundled_tree(header: PlanHeader, resources: Path) -> UnitTree | None:
    """The tree that names the issuer, of the right area and year."""
    issuer = fold(header.issuer)
    for path in sorted((resources / "units").glob("*.json")):
        file = load_unit_file(path)
        place = fold(file.tree.vocabulary.place)
        if place and place in issuer and file.is_valid_in(header.year):
            if file.tree.resolve(header.issuer).kind is ResolutionKind.UNIT:
                return file.tree
    return None


def _read(path: Path) -> bytes:
    try:
        if path.is_dir():
            raise Refused(
                "PLAN_IS_FOLDER", f"“{path.name or path}” là một thư mục, không phải tệp kế hoạch.",
                "Hãy chọn một tệp trong thư mục đó.",
            )
        if path.stat().st_size > MAX_BYTES:
            raise Refused(
                "PLAN_TOO_BIG", f"Tệp “{path.name}” lớn hơn 64 MB, không thể là một kế hoạch dạng văn bản.",
                "Hãy kiểm tra lại tệp đã chọn.",
            )
        return path.read_bytes()
    except FileNotFoundError as error:
        raise EnvironmentTrouble(
            "PLAN_MISSING", f"Không thấy tệp “{path}”.",
            "Hãy kiểm tra lại đường dẫn; nếu tệp nằm trên USB thì cắm lại USB.",
        ) from error
    except PermissionError as error:
        raise EnvironmentTrouble(
            "PLAN_NO_RIGHTS", f"Không có quyền đọc tệp “{path.name}”.",
            "Hãy đóng chương trình đang mở tệp, hoặc chép tệp sang thư mục của mình rồi thử lại.",
        ) from error
    except OSError as error:
        raise EnvironmentTrouble(
            "PLAN_UNREADABLE", f"Không đọc được tệp “{path.name}”: ổ đĩa hoặc USB có lỗi.",
            "Hãy chép tệp sang máy rồi thử lại.",
        ) from error


def _refuse_office_file(path: Path, data: bytes) -> None:
    kind = _OFFICE_FILES.get(path.suffix.lower(), "")
    kind = kind or next((name for start, name in _OFFICE_STARTS if data.startswith(start)), "")
    if kind:
        raise Refused(
            "PLAN_OTHER_FORMAT", f"“{path.name}” là tệp {kind}; bản này chỉ đọc kế hoạch dạng văn bản (.txt).",
            "Hãy mở tệp, chọn Lưu dạng khác, loại Văn bản thuần Unicode (.txt; các cột cách nhau bằng phím Tab).",
        )
