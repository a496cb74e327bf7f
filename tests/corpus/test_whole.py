"""The list of exchange.md beside the tables: cases that another room's test holds, and those still to come."""

from __future__ import annotations

import ast
from collections.abc import Mapping
from pathlib import Path

import pytest

from tests.corpus import authority, containers, keys, life, texts, whole_files

TESTS = Path(__file__).resolve().parents[1]
ELSEWHERE: Mapping[str, str] = {
    "every single-bit flip": "corpus/test_files.py::test_every_flipped_bit_of_a_small_package_is_refused",
    "1,000 flips of a big one": "corpus/test_files.py::test_a_thousand_flipped_bits_of_a_big_package_are_refused",
    "read-only or vanishing medium": "corpus/test_media.py::test_a_file_that_cannot_be_read",
    "disk full at each stage": "corpus/test_media.py::test_the_copy_of_an_imported_file_fails",
    "disk full, a real one": "cli/test_bad_input.py::test_a_full_disk_at_every_stage",
    "seen of an invented head": "services/test_attacks.py::test_an_invented_acknowledgement_confirms_nothing",
    "cycle": "models/test_charter.py::test_a_cycle_and_what_hangs_in_the_air_have_no_effect",
    "entry by a replaced root": "services/test_machines.py::test_the_opened_spare_replaces_the_root_everywhere",
    "a unit's PC replaced": "services/test_machines.py::"
    "test_what_a_retired_machine_wrote_before_counts_and_later_work_is_hidden_until_counted",
    "a unit merged into another with its history": "services/test_machines.py::"
    "test_a_merged_unit_lives_on_in_its_successor",
    "two watched folders joined": "services/test_inbox.py::"
    "test_two_watched_folders_joined_to_each_other_fall_silent",
    "the hub restored from a backup with authority issued since": "services/test_restores.py::"
    "test_the_hub_restored_from_a_backup_gets_authority_and_facts_back",
    "an application one version newer": "corpus/test_life.py::test_what_a_newer_program_wrote_counts_after_the_update",
}
STILL_TO_COME = ("PC 2 edits while PC 1's report is accepted",)
"""What is not built yet: each becomes a line of a table, or of ELSEWHERE, with the services it needs."""


def test_no_case_is_told_twice() -> None:
    tables = (whole_files, containers, texts, keys, authority, life)
    names = [case.name for table in tables for case in table.CASES] + [*ELSEWHERE, *STILL_TO_COME]
    assert len(names) == len(set(names))


@pytest.mark.parametrize("case", ELSEWHERE)
def test_what_is_said_to_be_elsewhere_is_there(case: str) -> None:
    file, name = ELSEWHERE[case].split("::")
    tree = ast.parse((TESTS / file).read_text(encoding="utf-8"))
    assert name in {node.name for node in tree.body if isinstance(node, ast.FunctionDef)}
