"""What is no plan is refused in plain words; nothing else than a refusal ever comes out."""

from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.importers.files.decoding import decode_lines
from desktop.importers.printed_plan import read_text_plan
from desktop.models.errors import Refused
from desktop.models.plan import Plan
from tests.importers.plan_text import HEADER, damaged_words, long_bien_lines, long_bien_tree


@pytest.mark.parametrize(("data", "code"), [
    (b"", "PLAN_EMPTY"),
    (b"\xef\xbb\xbf", "PLAN_EMPTY"),
    (b" \r\n\t\n", "PLAN_EMPTY"),
    (b"\x1a", "PLAN_EMPTY"),
    ("Kế hoạch".encode("utf-16-le"), "PLAN_WRONG_ENCODING"),
    ("Kế hoạch".encode("cp1258", errors="replace") + b"\xea\xf5", "PLAN_WRONG_ENCODING"),
    (b"\xff\xfea", "PLAN_WRONG_ENCODING"),
    (b"MZ\x00\x01\x02", "PLAN_WRONG_ENCODING"),
    (b"\x89PNG\r\n", "PLAN_WRONG_ENCODING"),
    ("Kính gửi các đồng chí".encode(), "PLAN_NOT_A_PLAN"),
    ("TT\tTên\n1\tAn".encode(), "PLAN_NOT_A_PLAN"),
    (HEADER.encode(), "PLAN_NOT_A_PLAN"),
    (b"a,b,c\n1,2,3", "PLAN_NOT_A_PLAN"),
])
def test_refusals(data: bytes, code: str) -> None:
    with pytest.raises(Refused) as caught:
        read_text_plan(data)
    assert caught.value.code == code
    assert caught.value.advice.endswith(".")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32"])
def test_encodings(encoding: str) -> None:
    assert decode_lines("Kế hoạch\r\nnăm\rnay\n".encode(encoding)) == ("Kế hoạch", "năm", "nay", "")


def test_form_feeds_are_no_line_ends() -> None:
    assert decode_lines(b"a\x0cb\nc") == ("a\x0cb", "c")


TABLE = tuple(line for line in long_bien_lines()[261:] if line.strip())
CELLS = st.sampled_from(sorted({cell for line in TABLE for cell in line.split("\t")}))
CODES = st.sampled_from(["", "*", "+", "-", "I", "IV", "1", "1.1", "1.1.1", "2.1.33", "2.2.1", "?", "9.9.9.9", "1..2"])
ROWS = st.one_of(
    st.just(HEADER), st.sampled_from(TABLE), st.just(""),
    st.tuples(CODES, st.lists(CELLS, max_size=9)).map(lambda row: "\t".join((row[0], *row[1]))),
    st.text(max_size=30),
)


def read_or_refuse(text: str) -> Plan | None:
    try:
        return read_text_plan(text.encode("utf-8", errors="replace"), long_bien_tree(), damaged_words())
    except Refused:
        return None


@given(st.lists(ROWS, max_size=25))
@settings(max_examples=150, deadline=None, derandomize=True, database=None)
def test_any_table_is_read_or_refused_and_no_row_is_lost(rows: list[str]) -> None:
    plan = read_or_refuse("\n".join([HEADER, *rows]))
    if plan is None:
        return
    paths = [one.path for one in plan.nodes]
    assert len(set(paths)) == len(paths)
    known = {""}
    for one in plan.nodes:
        assert one.parent in known
        known.add(one.path)
        assert one.source_lines
    assert {one.path for one in plan.findings} <= known
    assert all(finding.message for finding in plan.findings)


@given(st.binary(max_size=300))
@settings(max_examples=100, deadline=None, derandomize=True, database=None)
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    with suppress(Refused):
        read_text_plan(data)


def test_a_hostile_table_stays_cheap() -> None:
    rows = [f"1\t{'+ a ' * 50}\tĐ/c A\t{'Phòng ' * 300}\t{'UBND, ' * 300}\t\t" for _ in range(300)]
    rows.append(".".join(["1"] * 500) + "\tViệc\t\t\t\t\t")
    plan = read_or_refuse("\n".join([HEADER, *rows]))
    assert plan is not None
    assert len(plan.nodes) == 301
