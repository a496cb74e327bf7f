"""Which rows stand on which page."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from desktop.reports.fonts import Face
from desktop.reports.pages import Paginator
from desktop.reports.tables import BLACK, Line, SetCell, SetRow, TableRow

LEADING = 10.0


def row(lines: int, *, keep: bool = False, framed: bool = True, name: str = "") -> SetRow:
    """A row of so many lines, without padding."""
    cell = SetCell(0, 100, tuple(Line(f"{name}{n}", Face.REGULAR, BLACK) for n in range(lines)), centred=False)
    return SetRow((cell,), lines * LEADING, TableRow((), keep_with_next=keep, framed=framed))


def split(whole: SetRow, room: float) -> tuple[SetRow, SetRow]:
    """Cut between lines, as the setter does."""
    (cell,) = whole.cells
    kept = min(max(int(room / LEADING), 1), len(cell.lines) - 1)

    def part(lines: tuple[Line, ...]) -> SetRow:
        return SetRow((SetCell(0, 100, lines, centred=False),), len(lines) * LEADING, whole.row)

    return part(cell.lines[:kept]), part(cell.lines[kept:])


def fill(rows: list[SetRow], closing: float = 0, first: float = 100, full: float = 200) -> list[list[int]]:
    """Lines of the rows on each page."""
    pages = Paginator(first, full, LEADING, split).fill(rows, closing)
    return [[len(each.cells[0].lines) for each in page] for page in pages]


def test_rows_go_to_the_next_page_whole() -> None:
    assert fill([row(6), row(5), row(15), row(1)]) == [[6], [5, 15], [1]]


def test_headings_stay_with_the_row_below() -> None:
    assert fill([row(7), row(1, keep=True), row(1, keep=True), row(3)]) == [[7], [1, 1, 3]]


def test_a_row_that_fits_a_page_is_not_cut_even_if_the_first_page_stays_empty() -> None:
    assert fill([row(20)]) == [[], [20]]


def test_a_row_taller_than_a_page_is_cut_and_begins_where_it_stands() -> None:
    assert fill([row(2), row(30)]) == [[2, 8], [20], [2]]


def test_a_tall_row_does_not_begin_with_less_than_four_lines() -> None:
    assert fill([row(7), row(30)]) == [[7], [20], [10]]


def test_headings_go_with_the_beginning_of_a_tall_row() -> None:
    assert fill([row(4), row(3, keep=True), row(30)]) == [[4], [3, 17], [13]]


def test_the_last_row_goes_with_the_signature() -> None:
    assert fill([row(4), row(4)], closing=50) == [[4], [4]]


def test_the_signature_takes_the_last_lines_of_a_tall_row_along() -> None:
    assert fill([row(27)], closing=60) == [[10], [13], [4]]


def test_notes_may_go_over_when_the_last_row_fills_the_page() -> None:
    rows = [row(18, keep=True), row(1, keep=True, framed=False), row(1, framed=False)]
    assert fill(rows, closing=50) == [[], [18], [1, 1]]


def test_a_sheet_without_rows_has_one_page() -> None:
    assert fill([], closing=50) == [[]]


@given(
    st.lists(st.tuples(st.integers(1, 45), st.booleans()), max_size=25),
    st.integers(0, 150),
    st.integers(0, 200),
)
def test_every_line_is_printed_once_in_order_and_no_page_overflows(
    shapes: list[tuple[int, bool]], closing: int, first: int
) -> None:
    rows = [row(lines, keep=keep, name=f"{index}.") for index, (lines, keep) in enumerate(shapes)]
    pages = Paginator(first, 200, LEADING, split).fill(rows, closing)
    printed = [line.text for page in pages for each in page for line in each.cells[0].lines]
    assert printed == [line.text for each in rows for line in each.cells[0].lines]
    for index, page in enumerate(pages):
        below = min(closing, 120) if index == len(pages) - 1 and shapes else 0
        assert sum(each.height for each in page) + below <= (200 if index else max(first, 0)) + 0.1
    assert all(page for page in pages[1:])
