"""The container part of the corpus: every file refused with its reason, the database file as it was."""

from __future__ import annotations

import random
import tracemalloc
from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop.exchange.caps import MAX_PART
from desktop.exchange.messages import REFUSALS
from desktop.exchange.package import pack
from desktop.services.traffic import exchanging
from desktop.services.traffic.views import Outcome
from tests import forging
from tests.corpus import containers, whole_files
from tests.corpus.bench import Bench, Case, Fate, prove, sound
from tests.exchange.samples import code_of_refusal
from tests.offices import WARD, copy_district

CASES = (*whole_files.CASES, *containers.CASES)


@pytest.fixture(scope="module")
def bench(district_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Bench]:
    """One district for all cases: none of them changes it."""
    district = copy_district(district_template, tmp_path_factory.mktemp("kho") / "quận")
    yield Bench(district)
    district.close()


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_a_damaged_file_is_refused_whole(bench: Bench, case: Case) -> None:
    assert case.fate is Fate.FILE
    prove(bench, case)


def flipped(bench: Bench, data: bytes, bits: range | list[int]) -> None:
    """Every one of these bits, flipped alone, has the file refused; the database file stays as it is."""
    before, path = bench.database(), bench.file(data)
    made = bytearray(data)
    for bit in bits:
        made[bit // 8] ^= 1 << bit % 8
        path.write_bytes(made)
        (receipt,) = exchanging.import_files(bench.hub, [path]).receipts
        assert receipt.outcome is Outcome.REFUSED, bit
        assert receipt.reason in REFUSALS, bit
        made[bit // 8] ^= 1 << bit % 8
    assert bench.database() == before


def test_a_package_cut_at_any_byte_is_told_as_cut(bench: Bench) -> None:
    for size in range(1, len(bench.plain)):
        assert code_of_refusal(bench.plain[:size]) == "PKG_TRUNCATED", size


@pytest.mark.parametrize("bit", range(8))
def test_every_flipped_bit_of_a_small_package_is_refused(bench: Bench, bit: int) -> None:
    flipped(bench, bench.plain, range(bit, 8 * len(bench.plain), 8))


@pytest.mark.parametrize("bit", range(8))
def test_every_flipped_bit_of_an_encrypted_package_is_refused(bench: Bench, bit: int) -> None:
    flipped(bench, bench.sealed, range(bit, 8 * len(bench.sealed), 8))


def test_a_thousand_flipped_bits_of_a_big_package_are_refused(bench: Bench) -> None:
    source = random.Random(4)
    said = [bench.report(percent=number % 101) for number in range(500)]
    blob = source.randbytes(200_000)
    contents = forging.contents_of(bench.ward, [bench.segment(*said)], blobs=(blob,))
    big = pack(contents, bench.ward.device_keys(), ())
    flipped(bench, big, [source.randrange(8 * len(big)) for _ in range(1_000)])


@pytest.mark.parametrize("case", tuple(containers.bombs()), ids=lambda case: case.name)
def test_a_bomb_costs_less_memory_than_one_part_may(bench: Bench, case: Case) -> None:
    data = case.make(bench)
    assert isinstance(data, bytes)
    tracemalloc.start()
    try:
        assert code_of_refusal(data) == case.code
        assert tracemalloc.get_traced_memory()[1] < MAX_PART
    finally:
        tracemalloc.stop()


def test_undamaged_the_same_files_are_taken(district_template: Path, tmp_path: Path) -> None:
    district = copy_district(district_template, tmp_path / "quận")
    fresh = Bench(district)
    assert fresh.bring(fresh.plain).outcome is Outcome.IMPORTED
    assert fresh.bring(fresh.sealed).outcome is Outcome.ALREADY_HAD
    assert fresh.listed() == {"Phường Bồ Đề": (30, "Đã xong phần móng", ())}
    sound(fresh)
    assert district.written(WARD)
    district.close()
