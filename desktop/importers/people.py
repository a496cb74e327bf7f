"""Findings about leaders across rows: one person with two offices, one office under similar names."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from desktop.importers.doubts import Doubt, note, warning
from desktop.importers.leaders import Person, read_person
from desktop.models.plan import Node
from desktop.models.units import UnitTree, name_key

_COMMON_WORDS = 2
_SHORT_OFFICE = 3


def check_people(nodes: Sequence[Node], tree: UnitTree) -> list[Doubt]:
    """Every row that gives a person another office than most rows do, and similar names in one office."""
    levels = [level.word for level in tree.vocabulary.levels]
    seen: list[tuple[Node, str, Person]] = []
    for node in nodes:
        for leader in node.leaders:
            person = read_person(leader, levels)
            if person is not None and person.office:
                seen.append((node, leader, person))
    return [*_two_offices(seen), *_similar_names(seen)]


def _two_offices(seen: Sequence[tuple[Node, str, Person]]) -> list[Doubt]:
    offices: dict[str, Counter[str]] = {}
    printed: dict[tuple[str, str], Counter[str]] = {}
    for _, leader, person in seen:
        key = name_key(person.name)
        offices.setdefault(key, Counter())[person.office] += 1
        printed.setdefault((key, person.office), Counter())[leader] += 1
    doubts = []
    for node, leader, person in seen:
        key = name_key(person.name)
        usual = offices[key].most_common(1)[0][0]
        if person.office == usual:
            continue
        example = printed[key, usual].most_common(1)[0][0]
        if usual.startswith(person.office):
            doubts.append(note(
                "LEADER_TITLE_CUT", f"Chức danh của “{leader}” bị thiếu; các dòng khác ghi “{example}”.",
                node.source_lines, node.path,
            ))
        else:
            doubts.append(warning(
                "PERSON_TWO_OFFICES",
                f"Dòng này ghi “{leader}”, phần lớn các dòng khác ghi “{example}”.",
                node.source_lines, node.path,
            ))
    return doubts


def _similar_names(seen: Sequence[tuple[Node, str, Person]]) -> list[Doubt]:
    """One office and the same last words of the name, but not the same name."""
    groups: dict[tuple[str, tuple[str, ...]], dict[str, int]] = {}
    for node, _, person in seen:
        words = tuple(name_key(word) for word in person.name.split())
        if len(words) > _COMMON_WORDS and len(person.office) > _SHORT_OFFICE:
            names = groups.setdefault((person.office, words[-_COMMON_WORDS:]), {})
            names.setdefault(person.name, node.source_lines[0])
    return [
        warning("PERSON_NAMES_DIFFER",
                f"Một chức danh nhưng tên ghi khác nhau: {', '.join(names)}.", tuple(names.values()), "")
        for names in groups.values() if len(names) > 1
    ]
