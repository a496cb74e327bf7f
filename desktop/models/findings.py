"""How findings are told: gravest first, in words that every list of them shares."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType

from desktop.models.plan import CellReading, Finding, Severity
from desktop.models.units import name_key

SEVERITY_WORDS: Mapping[Severity, str] = MappingProxyType({
    Severity.ERROR: "Lỗi", Severity.WARNING: "Cần rà soát", Severity.NOTE: "Ghi chú",
})
NAMING = frozenset({
    "UNIT_UNKNOWN", "UNIT_NAME_DAMAGED", "UNIT_LEVEL_UNCLEAR", "LEAD_COLLECTIVE_OPEN", "UNIT_COUNT_UNCLEAR",
    "UNIT_EXCEPTION_UNKNOWN",
})
"""Codes of findings about a name of which the plan's owner can say whom it means."""
OPEN_COLLECTIVES = frozenset({"LEAD_COLLECTIVE_OPEN", "UNIT_COUNT_UNCLEAR"})
"""Those of them that ask who belongs to a collective."""
_RANK = {severity: rank for rank, severity in enumerate(Severity)}


def gravest_first(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Errors, warnings, notes; within each the order in which they were given (that of the plan)."""
    return tuple(sorted(findings, key=lambda one: _RANK[one.severity]))


def counts_in_words(findings: Sequence[Finding]) -> str:
    """"0 lỗi, 78 cần rà soát, 184 ghi chú": how many there are of each severity."""
    return ", ".join(
        f"{sum(one.severity is severity for one in findings)} {word.lower()}"
        for severity, word in SEVERITY_WORDS.items()
    )


def lines_in_words(lines: Sequence[int]) -> str:
    """Numbers of lines, three or more in a row as a stretch: (264, 265, 266, 272) -> "264–266, 272"."""
    stretches: list[list[int]] = []
    for line in lines:
        if stretches and line == stretches[-1][-1] + 1:
            stretches[-1].append(line)
        else:
            stretches.append([line])
    told: list[str] = []
    for stretch in stretches:
        told.extend([f"{stretch[0]}–{stretch[-1]}"] if len(stretch) > 2 else map(str, stretch))
    return ", ".join(told)


def printed_in_words(cell: CellReading) -> str:
    """The printed value as a list shows it: an empty cell says that it is empty."""
    return cell.printed or ("(trống)" if cell.column else "")


def names_in_doubt(finding: Finding, read: Iterable[str]) -> tuple[str, ...]:
    """The printed names whose meaning a finding leaves open, as far as saying whom they mean settles it.

    ``read`` are the names the cell was read as: where one of the finding's stands there in another form ("UBND" read
    as "UBND phường"), the reading itself is in doubt, and there are none.
    """
    if finding.code not in NAMING:
        return ()
    names = tuple(name for name in finding.cell.printed.split("; ") if name)
    known = {name_key(name) for name in read}
    return names if known.issuperset(name_key(name) for name in names) else ()
