"""How findings are told: gravest first, in words that every list of them shares."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType

from desktop.models.plan import CellReading, Finding, Severity

SEVERITY_WORDS: Mapping[Severity, str] = MappingProxyType({
    Severity.ERROR: "Lỗi", Severity.WARNING: "Cần rà soát", Severity.NOTE: "Ghi chú",
})
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
