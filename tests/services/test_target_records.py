"""Targets in facts and in public JSON: what is written comes back, what was issued before settings were is read."""

from __future__ import annotations

from dataclasses import replace

from desktop.models.targets import Basis, Comparator, Enters, Rollup, Target
from desktop.services.records import target_json, targets_of
from tests.importers.plan_text import long_bien_plan


def test_every_target_of_the_plan_comes_back() -> None:
    targets = [target for node in long_bien_plan().nodes for target in node.targets]
    assert len(targets) > 60
    assert targets_of([target_json(target) for target in targets]) == tuple(targets)
    (first, *_) = targets
    other = replace(first, enters=Enters.BOTH, basis=Basis.PERIOD, rollup=Rollup.OFFICIAL, stretch="95")
    assert targets_of([target_json(other)]) == (other,)


def test_a_target_issued_without_settings() -> None:
    old = {"comparator": "range", "value": "30", "value_max": "35", "unit": "%", "text": "30-35%"}
    assert targets_of([{**old}]) == (Target(Comparator.RANGE, "30", "35", "%", "30-35%"),)
