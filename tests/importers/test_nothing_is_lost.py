"""Whatever rows a sheet holds: read or refused, every word of it kept in a row, beside it or in the narrative."""

from __future__ import annotations

import re
from collections.abc import Sequence

from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.importers.files.grid import CELL_BREAK, Grid, GridRow
from desktop.importers.printed_plan import Candidate, PrintedPlan
from desktop.models.errors import Refused
from desktop.models.plan import Plan
from tests.importers.plan_text import damaged_words, long_bien_lines, long_bien_tree

HEADERS = (
    ("TT", "Nội dung", "Lãnh đạo phụ trách", "Đơn vị chủ trì", "Đơn vị phối hợp", "Thời gian", "Thời hạn", "Ghi chú"),
    ("Thời hạn", "Nhiệm vụ", "Đơn vị chủ trì", "Sản phẩm"),
    ("Ghi chú", "Chỉ tiêu", "STT", "Cơ quan thực hiện", "", "Hoàn thành"),
)
CELLS = sorted({cell for line in long_bien_lines()[261:] for cell in line.split("\t") if cell.strip()})
CELL = st.one_of(
    st.just(""), st.sampled_from(["I", "II", "A", "B", "1", "1.1", "2.", "a)", "*", "+", "-", "9.9", "46000"]),
    st.sampled_from(CELLS), st.text("abcăđê 1.\n", max_size=8),
)
MARKUP = re.compile(r"</?[biu]>")
SPAN = st.tuples(st.integers(0, 8), st.integers(0, 8)).map(lambda pair: (min(pair), max(pair)))


@st.composite
def grid_rows(draw: st.DrawFn) -> list[GridRow]:
    """Rows below a header; some repeat it, some cells reach over columns or down from the row above."""
    header = draw(st.sampled_from(HEADERS))
    made = [GridRow(1, header)]
    for place in range(2, 2 + draw(st.integers(0, 12))):
        if draw(st.integers(0, 9)) == 0:
            made.append(GridRow(place, header))
            continue
        cells = tuple(draw(st.lists(CELL, max_size=9)))
        before = made[-1].cells
        above = tuple(
            (column, before[column]) for column in draw(st.sets(st.integers(0, 8), max_size=3))
            if column < len(before) and before[column] and not "".join(cells[column:column + 1]).strip()
        ) if place > 2 else ()
        merged = tuple(span for span in draw(st.lists(SPAN, max_size=2)) if span[1] > span[0])
        typed = tuple(column for column, cell in enumerate(cells) if cell in ("1", "9.9", "46000"))
        made.append(GridRow(place, cells, merged, above, typed, draw(st.booleans())))
    return made


def read(rows: Sequence[GridRow]) -> Plan | None:
    lines = tuple(CELL_BREAK.join(cell for cell in row.cells if cell) for row in rows)
    try:
        return PrintedPlan(Candidate.of(Grid("a", "A", tuple(rows), lines))).read(long_bien_tree(), damaged_words())
    except Refused:
        return None


@given(grid_rows())
@settings(max_examples=300, deadline=None, derandomize=True, database=None)
def test_any_rows_of_a_sheet(rows: list[GridRow]) -> None:
    plan = read(rows)
    if plan is None:
        return
    kept: list[str] = [paragraph.text for paragraph in plan.narrative]
    for node in plan.nodes:
        cells = node.printed
        kept += [cells.code, cells.title, cells.leaders, cells.lead_units, cells.coordinating_units, cells.start,
                 cells.end, *(text for _, text in node.extra)]
    kept = [MARKUP.sub("", text) for text in kept]
    words = set(" ".join(kept).split())
    header = rows[0].cells
    for row in rows:
        if row.cells != header:
            plain = MARKUP.sub("", " ".join(row.cells)).replace("*", " ").split()
            lost = {word for word in plain if word not in words and word not in " ".join(kept)}
            assert not lost, (row, lost)
    paths = [one.path for one in plan.nodes]
    assert len(set(paths)) == len(paths)
    assert {one.parent for one in plan.nodes} <= {"", *paths}
