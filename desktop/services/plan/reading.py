"""Reading a plan file: checks of the file, the tree its units belong to, the reading as public JSON. Writes nothing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from desktop.importers.checks.damage import load_damaged_words
from desktop.importers.files.legacy import NAMES, Encoding
from desktop.importers.files.legacy import LegacyProposal as LegacyProposal
from desktop.importers.files.sources import Source, open_source
from desktop.importers.names.plan_tree import tree_from_header, tree_from_plan
from desktop.importers.names.unit_file import load_unit_file
from desktop.importers.names.whole_names import load_whole_names
from desktop.importers.printed_plan import PrintedPlan
from desktop.models.errors import EnvironmentTrouble, Mistake, Refused
from desktop.models.plan import Node, Plan, PlanHeader
from desktop.models.text import fold
from desktop.models.units import ResolutionKind, UnitTree
from desktop.services.records import day_json, extra_json, finding_json, target_json, time_json
from desktop.services.units.trees import with_name

MAX_BYTES = 64 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class ReadChoices:
    """What a person chose for the reading of a file.

    ``table`` is the key or name of a table, "" the likeliest. ``legacy`` says how old text is to be read: "tcvn3",
    "vni", "unicode" (as it stands), "" nothing chosen yet. ``taught`` are names met in the plan with the id of the unit
    or collective that each stands for.
    """

    table: str = ""
    legacy: str = ""
    taught: tuple[tuple[str, str], ...] = ()


NO_CHOICES = ReadChoices()


@dataclass(frozen=True, slots=True)
class TableChoice:
    """A table that a file offers: its key, its name and size as shown, its rows."""

    key: str
    name: str
    rows: int
    hidden: bool
    is_default: bool


@dataclass(frozen=True, slots=True)
class PlanSource:
    """What a plan file offers before it is read: ``kind`` is "text", "xlsx" or "docx"; ``tables`` in its order.

    ``legacy`` when the file seems to be written in TCVN3 or VNI: the encoding, and some texts before and after.
    """

    kind: str
    tables: tuple[TableChoice, ...]
    legacy: LegacyProposal | None


def open_plan_file(path: Path, choices: ReadChoices = NO_CHOICES) -> PlanSource:
    """What a plan file offers to choose from. Raises as ``read_plan_file``, but for PLAN_LEGACY_TEXT and tables."""
    return _offered(_open(path, choices))


def _offered(source: Source) -> PlanSource:
    default = source.default if source.tables else None
    return PlanSource(source.kind.value, tuple(
        TableChoice(
            one.grid.key, f"{one.grid.name}, {len(one.table.rows)} dòng" + (" (bị ẩn)" if one.grid.hidden else ""),
            len(one.table.rows), one.grid.hidden, one is default,
        )
        for one in source.tables
    ), source.proposal)


def read_plan_file(
    path: Path, resources: Path, choices: ReadChoices = NO_CHOICES, tree: UnitTree | None = None
) -> Plan:
    """The plan in a file, read with a tree of units (the office's own where given, else the bundled one of its issuer)
    and the names taught.

    Raises Refused PLAN_IS_FOLDER, PLAN_TOO_BIG, PLAN_OTHER_FORMAT, PLAN_HAS_PASSWORD, PLAN_DAMAGED, PLAN_UNSAFE,
    PLAN_TOO_BIG_INSIDE, PLAN_TOO_MANY_ROWS, PLAN_CELL_TOO_LONG, PLAN_EMPTY, PLAN_WRONG_ENCODING, PLAN_LEGACY_TEXT,
    PLAN_NOT_A_PLAN; Mistake PLAN_TABLE_UNKNOWN and those of ``unit_trees.with_name``; EnvironmentTrouble
    PLAN_MISSING, PLAN_NO_RIGHTS, PLAN_UNREADABLE.
    """
    return read_with_source(path, resources, choices, tree)[0]


def read_with_source(
    path: Path, resources: Path, choices: ReadChoices, tree: UnitTree | None = None
) -> tuple[Plan, PlanSource]:
    """The plan in a file and what the file offers, opened once. Raises as ``read_plan_file``."""
    source = _open(path, choices)
    if source.proposal is not None and not choices.legacy:
        raise _legacy_text(source.proposal)
    candidate = source.table(choices.table)
    printed = PrintedPlan(candidate, (*source.others(candidate), *source.doubts))
    known = tree or _bundled_tree(printed.header, resources)
    # Without any tree every name is a unit of its own: there is none yet to teach a name to.
    units = _taught(known, choices.taught) if known is not None else UnitTree()
    plan = printed.read(
        units, load_damaged_words(resources / "reading" / "damaged-words.json"),
        load_whole_names(resources / "units" / "names" / "whole-names.json"),
    )
    return plan, _offered(source)


def unit_tree_for(
    source: Plan | PlanHeader, resources: Path, taught: tuple[tuple[str, str], ...] = ()
) -> UnitTree:
    """The bundled tree of the plan's issuer and year, else one made of the names the plan itself has; with the names
    taught. Raises as ``unit_trees.with_name``."""
    header = source.header if isinstance(source, Plan) else source
    tree = _bundled_tree(header, resources)
    if tree is None:
        tree = tree_from_plan(source) if isinstance(source, Plan) else tree_from_header(source)
    return _taught(tree, taught)


def tree_with_new_names(tree: UnitTree, plan: Plan, taught: tuple[tuple[str, str], ...] = ()) -> UnitTree:
    """The office's own tree for its next plan; one that was made of a plan's names grows by those of this one."""
    known = _taught(tree, taught)
    return known if known.vocabulary.place else tree_from_plan(plan, known)


def plan_as_json(plan: Plan, tables: Sequence[TableChoice] = ()) -> dict[str, object]:
    """What ``plan read --json`` prints (docs/cli.md): plan, nodes, findings, the tables of the file."""
    header = plan.header
    return {
        "plan": {
            "number": header.number, "date": day_json(header.day), "issuer": header.issuer, "title": header.title,
            "theme": header.theme, "year": header.year, "signer": header.signer,
        },
        "nodes": [_node_json(node) for node in plan.nodes],
        "findings": [finding_json(finding) for finding in plan.findings],
        "tables": [
            {"key": one.key, "name": one.name, "rows": one.rows, "hidden": one.hidden, "default": one.is_default}
            for one in tables
        ],
    }


def _node_json(node: Node) -> dict[str, object]:
    return {
        "path": node.path, "kind": node.kind.value, "code": node.code, "title": node.title,
        "stated_count": node.stated_count, "leaders": list(node.leaders), "lead_units": list(node.lead_units),
        "coordinating_units": list(node.coordinating_units), "expands_to": list(node.expands_to),
        "start": time_json(node.start), "end": time_json(node.end),
        "targets": [target_json(target) for target in node.targets], "source_lines": list(node.source_lines),
        "extra": extra_json(node),
    }


def _bundled_tree(header: PlanHeader, resources: Path) -> UnitTree | None:
    """The tree that names the issuer, of the right area and year."""
    issuer = fold(header.issuer)
    for path in sorted((resources / "units").glob("*.json")) if issuer else ():
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
                "PLAN_TOO_BIG", f"Tệp “{path.name}” lớn hơn 64 MB, không thể là một kế hoạch.",
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


def _open(path: Path, choices: ReadChoices) -> Source:
    if choices.legacy not in ("", *Encoding):
        raise Mistake(
            "PLAN_LEGACY_UNKNOWN", f"Không có bảng mã “{choices.legacy}”.", "Hãy chọn tcvn3, vni hoặc unicode."
        )
    return open_source(_read(path), path.suffix.lower(), Encoding(choices.legacy) if choices.legacy else None)


def _taught(tree: UnitTree, taught: tuple[tuple[str, str], ...]) -> UnitTree:
    for printed, meant in taught:
        tree = with_name(tree, printed, meant)
    return tree


def _legacy_text(proposal: LegacyProposal) -> Refused:
    before, after = proposal.preview[0] if proposal.preview else ("", "")
    return Refused(
        "PLAN_LEGACY_TEXT",
        f"Chữ trong tệp viết bằng bảng mã cũ {NAMES[proposal.encoding]}: “{before}” có lẽ là “{after}”."
        " Chưa có gì thay đổi.",
        f"Xem thử rồi chọn cách đọc: --legacy {proposal.encoding.value} (chuyển sang Unicode)"
        " hoặc --legacy none (giữ nguyên).",
    )
