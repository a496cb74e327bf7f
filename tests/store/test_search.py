"""The search index: every word or its beginning, whatever the marks; the best first; kept with what it is made from."""

from __future__ import annotations

import tempfile
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.models.facts import Content, Reference
from desktop.models.strict_json import JsonValue
from desktop.models.text import fold
from desktop.store.office import SeatRow
from desktop.store.searching import asked, indexed
from desktop.store.store import Store, open_store
from tests.store.test_store import LOG, append

TITLES = (
    "Cải tạo trường THCS Việt Hưng", "Truông dài và rừng rậm", "Tiền lương, phụ cấp tháng 10/2023", "Đường Cổ Linh",
    "Nhà văn hoá phường (hòa bình)", "TRƯỜNG học số hóa", "Hộp thư dân nguyện", "Số 160-KH/QU ngày 11/01/2023",
    "Truong khong dau", "Trườn mình",
)


def record(number: int) -> str:
    return f"{number:032x}"


def row(number: int, title: str, *, instead: bool = False, **fields: JsonValue) -> Content:
    named: dict[str, JsonValue] = {"order": number, "code": f"2.1.{number}", "title": title, **fields}
    supersedes = {"title": (Reference("", number, ""),)} if instead else {}
    return Content(0, "", "node", record(number), named, supersedes)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = open_store(tmp_path).of(LOG.plan_id)
    with opened.atomic():
        append(opened, [row(number, title) for number, title in enumerate(TITLES, start=1)])
    yield opened
    opened.close()


def found(store: Store, text: str, most: int = 100) -> list[int]:
    return [int(one, 16) for one in store.queries.search(text, most)[0]]


@pytest.mark.parametrize("query", ["trường thcs", "truong thcs", "TRUONG THCS", "Trườn thc", "thcs hưng cai",
                                   unicodedata.normalize("NFD", "Trường THCS")])
def test_marks_and_case_do_not_matter_and_a_word_may_be_begun(store: Store, query: str) -> None:
    assert found(store, query) == [1]


def test_a_word_is_never_found_by_its_middle(store: Store) -> None:
    assert found(store, "uong") == []
    assert found(store, "") == found(store, " -/. ") == found(store, "khongco") == []


def test_the_place_of_a_tone_does_not_matter(store: Store) -> None:
    assert found(store, "hóa") == found(store, "hoá") == [5, 6]
    assert found(store, "hoà bình") == found(store, "hòa bình") == [5]


def test_what_has_the_marks_typed_comes_first_then_whole_words_then_the_order_of_the_document(store: Store) -> None:
    # Whole with the marks; begun with the marks; whole without them; begun.
    assert found(store, "trườn") == [10, 1, 6, 2, 9]
    assert found(store, "trường") == [1, 6, 2, 9]
    assert found(store, "truông") == [2, 1, 6, 9]
    assert found(store, "truong") == [1, 2, 6, 9]
    assert found(store, "truon") == [10, 1, 2, 6, 9]


def test_dd_folds_and_its_stroke_is_a_mark(store: Store) -> None:
    assert found(store, "duong") == found(store, "đường") == [4]
    assert found(store, "đ") == [4, 2, 7, 9]
    assert found(store, "d") == [2, 4, 7, 9]


@pytest.mark.parametrize(("query", "numbers"), [
    ("2.1.9", [9]), ("2.1.1", [1, 10]), ("2.1.", list(range(1, 11))), ("160-KH/QU", [8]), ("160", [8]),
    ("11/01/2023", [8]), ("10/2023", [3]), ("2.1.10 trườn", [10]),
])
def test_numbers_as_printed(store: Store, query: str, numbers: list[int]) -> None:
    assert found(store, query) == numbers


def test_no_query_is_a_fault(store: Store) -> None:
    for query in (
        '"', "a OR b", "NEAR(a b)", "a*", "-a", "(", "a:b", "\0", "x" * 20_000, "a " * 10_000, "😀",
        "αtrường",
    ):
        store.queries.search(query, 10)


def test_only_the_best_are_given_and_all_are_counted(store: Store) -> None:
    assert store.queries.search("t", 3) == (tuple(map(record, (1, 2, 3))), 7)
    everything = found(store, "2")
    assert store.queries.search("2", 4)[1] == len(everything) == 10
    assert store.queries.search("2", 10) == (tuple(map(record, everything)), 10)


def test_the_index_follows_its_rows(store: Store) -> None:
    with store.atomic():
        append(store, [row(1, "Xây mới chợ", instead=True), row(11, "Trường mầm non")])
    assert found(store, "trường") == [6, 11, 2, 9]
    assert found(store, "chợ") == [1]
    before = store.projections.digest(), found(store, "t"), found(store, "trườn")
    with store.atomic():
        store.projections.rebuild()
    assert (store.projections.digest(), found(store, "t"), found(store, "trườn")) == before


def test_the_narrative_stands_before_the_table_and_rows_in_one_place_are_all_found(store: Store) -> None:
    paragraph = Content(0, "", "paragraph", "paragraph/3", {"line": 70_000_000, "text": "Trường lớp", "heading": 0}, {})
    twins = [Content(0, "", "node", record(number), {"title": "trường"}, {}) for number in (30, 31, 32)]
    with store.atomic():
        append(store, [paragraph, *twins])
    records = store.queries.search("trường", 100)[0]
    assert records[0] == "paragraph/3"
    assert set(map(record, (30, 31, 32, 1, 6, 2, 9))) == set(records[1:])


def test_each_plan_is_searched_alone(store: Store) -> None:
    other = store.of("ee" * 16)
    log = replace(LOG, id="cd" * 16, plan_id=other.plan)
    with store.atomic():
        store.office.add_seat(SeatRow(other.plan, "hub", "u", "", "", "", "", False))
        append(other, [row(1, "Trường của năm sau")], log=log)
    assert found(other, "trường") == [1]
    assert found(store, "trường") == [1, 6, 2, 9]
    assert found(store, "năm sau") == []
    with store.atomic():
        other.projections.rebuild()
    assert found(store, "trường") == [1, 6, 2, 9]


SYLLABLES = ("trường", "trướng", "truông", "Truong", "tròn", "đo", "do", "Đỗ", "hoà", "hòa", "hoá", "2.1.9", "2.1", "2")
texts = st.lists(st.sampled_from(SYLLABLES), max_size=4).map(" ".join)
queries = st.lists(
    st.tuples(st.sampled_from(SYLLABLES), st.integers(1, 6)).map(lambda pair: pair[0][:pair[1]]), min_size=1, max_size=3
).map(" ".join)


def exact(word: str) -> str:
    """A word with its marks, its tone written behind it: an independent way to have tone places alike."""
    parts = unicodedata.normalize("NFD", word.casefold())
    tones = "".join(part for part in parts if part in "\u0300\u0301\u0303\u0309\u0323")
    return unicodedata.normalize("NFC", "".join(part for part in parts if part not in tones)) + "/" + tones


def holds(words: Sequence[str], wanted: Sequence[str], *, marks: bool, whole: bool) -> bool:
    """Whether a text holds every wanted word in a way, found without any index."""
    def one(want: str, word: str) -> bool:
        if marks and exact(want) != fold(want) + "/":
            (letters, _, tone), (others, _, its) = exact(want).partition("/"), exact(word).partition("/")
            if whole:
                return (letters, tone) == (others, its)
            return tone in ("", its) and others.startswith(letters)
        return fold(word) == fold(want) if whole else fold(word).startswith(fold(want))

    return all(any(one(want, word) for word in words) for want in wanted)


@settings(max_examples=60, deadline=None, database=None)
@given(titles=st.lists(texts, min_size=1, max_size=8), asked_for=st.lists(queries, min_size=1, max_size=4))
def test_what_is_found_is_what_a_reader_would_find(titles: list[str], asked_for: list[str]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        store = open_store(Path(folder)).of(LOG.plan_id)
        with store.atomic():
            append(store, [row(number, title, code="") for number, title in enumerate(titles)])
        for query in asked_for:
            wanted = [word.rstrip(".") for word in query.split()]
            ways = [(marks, whole) for marks in (True, False) for whole in (True, False)]
            expected: dict[int, None] = {}
            for marks, whole in ways:
                for number, title in enumerate(titles):
                    if holds(title.split(), wanted, marks=marks, whole=whole):
                        expected[number] = None
            assert found(store, query) == list(expected), query
        store.close()


def test_a_text_gives_each_word_once() -> None:
    assert indexed("Trường trường TRUONG") == "truong βtrương"
    assert indexed(" -- ") == ""
    assert asked("Trường 2.1.9") == (
        '"βtrương" AND "2.1.9"', '"βtrương"* AND "2.1.9"*', '"truong" AND "2.1.9"', '"truong"* AND "2.1.9"*',
    )
    assert asked("thcs") == ('"thcs"', '"thcs"*')
