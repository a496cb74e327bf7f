"""Findings about leaders across rows: one person with two offices or seats, one office under similar names."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from desktop.importers.checks.cells import AS_PRINTED_ACCEPTED, LEADER_ACCEPTED, shortened
from desktop.importers.checks.damage import DamagedWords
from desktop.importers.checks.doubts import Doubt, note, warning
from desktop.importers.names.leaders import Person, is_addressed, read_person
from desktop.models.plan import CellReading, Node
from desktop.models.units import UnitTree, name_key

_COMMON_WORDS = 2
_SHORT_OFFICE = 3


@dataclass(frozen=True, slots=True)
class OddSeat:
    """A person's name, the committee seat this entry prints, and the one most rows give."""

    name: str
    printed: str
    usual: str


Seen = Sequence[tuple[Node, str, Person]]
"""Named leaders in document order: the row, the printed entry, who it names."""


def seen_leaders(nodes: Sequence[Node], tree: UnitTree) -> Seen:
    """The named leaders of all rows; the same few people lead row after row, and each entry is read once."""
    levels = [level.word for level in tree.vocabulary.levels]
    entries = {leader for node in nodes for leader in node.leaders}
    people = {leader: read_person(leader, levels) for leader in entries}
    return [
        (node, leader, person) for node in nodes for leader in node.leaders if (person := people[leader]) is not None
    ]


def check_people(nodes: Sequence[Node], seen: Seen, odd: Mapping[str, OddSeat]) -> list[Doubt]:
    """Every row that gives a person another title than most rows do, similar names in one office, nobody named."""
    holders = [one for one in seen if one[2].office]
    return [
        *_two_offices(holders), *_without_office(seen, holders), *_other_seats(nodes, odd), *_similar_names(holders),
        *_collective(nodes),
    ]


def odd_seats(leaders: Seen, damage: DamagedWords) -> dict[str, OddSeat]:
    """Entries whose committee seat is another than most rows give the same person, by the printed entry."""
    seen = [one for one in leaders if one[2].committee]
    meant = {person.committee: damage.leaders.suggestions.get(person.committee, person.committee)
             for _, _, person in seen}
    seats: dict[str, Counter[str]] = {}
    for _, _, person in seen:
        seats.setdefault(name_key(person.name), Counter())[meant[person.committee]] += 1
    usual = _usual(seats)
    return {
        leader: OddSeat(person.name, person.committee, usual[name_key(person.name)])
        for _, leader, person in seen if meant[person.committee] != usual[name_key(person.name)]
    }


def _usual(counted: Mapping[str, Counter[str]]) -> dict[str, str]:
    """What most rows give each name."""
    return {name: counts.most_common(1)[0][0] for name, counts in counted.items()}


def _other_seats(nodes: Sequence[Node], odd: Mapping[str, OddSeat]) -> list[Doubt]:
    return [
        warning("PERSON_TITLES_DIFFER",
                f"“{odd[leader].name}” ghi “{odd[leader].printed}”, phần lớn các dòng khác ghi “{odd[leader].usual}”.",
                node.source_lines, node.path,
                _cell(leader, "cùng một người, chức danh khác các dòng khác",
                      f"{odd[leader].usual}, nếu đúng là người đó"))
        for node in nodes for leader in node.leaders if leader in odd
    ]


def _without_office(seen: Seen, holders: Seen) -> list[Doubt]:
    """A name without any title, where other rows have one."""
    known = {name_key(person.name): leader for _, leader, person in reversed(holders)}
    return [
        note("LEADER_TITLE_CUT",
             f"Không ghi chức danh của “{leader}”; dòng khác ghi “{known[name_key(person.name)]}”.",
             node.source_lines, node.path, _cell(leader, "người này, không chức danh", known[name_key(person.name)]))
        for node, leader, person in seen if not person.office and name_key(person.name) in known
    ]


def _collective(nodes: Sequence[Node]) -> list[Doubt]:
    return [
        note("LEADER_NOT_NAMED", f"Ô lãnh đạo phụ trách không nêu tên người: “{leader}”.", node.source_lines, node.path,
             _cell(leader, "tập thể lãnh đạo", f"{LEADER_ACCEPTED}; {AS_PRINTED_ACCEPTED}"))
        for node in nodes for leader in node.leaders if not is_addressed(leader)
    ]


def _cell(leader: str, understood: str, accepted: str) -> CellReading:
    return CellReading("leaders", shortened(leader), understood, shortened(accepted))


def _two_offices(seen: Seen) -> list[Doubt]:
    offices: dict[str, Counter[str]] = {}
    printed: dict[tuple[str, str], Counter[str]] = {}
    for _, leader, person in seen:
        key = name_key(person.name)
        offices.setdefault(key, Counter())[person.office] += 1
        printed.setdefault((key, person.office), Counter())[leader] += 1
    doubts = []
    usually = _usual(offices)
    for node, leader, person in seen:
        key = name_key(person.name)
        usual = usually[key]
        if person.office == usual:
            continue
        example = printed[key, usual].most_common(1)[0][0]
        if usual.startswith(person.office):
            doubts.append(note(
                "LEADER_TITLE_CUT", f"Chức danh của “{leader}” bị thiếu; các dòng khác ghi “{example}”.",
                node.source_lines, node.path, _cell(leader, "người này, chức danh thiếu", example),
            ))
        else:
            doubts.append(warning(
                "PERSON_TWO_OFFICES",
                f"Dòng này ghi “{leader}”, phần lớn các dòng khác ghi “{example}”.",
                node.source_lines, node.path,
                _cell(leader, "cùng một người, hai chức vụ; giữ như bản in", f"{example}, nếu đúng là người đó"),
            ))
    return doubts


def _similar_names(seen: Seen) -> list[Doubt]:
    """One office and the same last words of the name, but not the same name."""
    groups: dict[tuple[str, tuple[str, ...]], dict[str, int]] = {}
    # The same few entries stand in row after row: the first of each tells all.
    first: dict[str, tuple[Node, Person]] = {}
    for node, leader, person in seen:
        first.setdefault(leader, (node, person))
    for node, person in first.values():
        words = tuple(name_key(word) for word in person.name.split())
        if len(words) > _COMMON_WORDS and len(person.office) > _SHORT_OFFICE:
            names = groups.setdefault((person.office, words[-_COMMON_WORDS:]), {})
            names.setdefault(person.name, node.source_lines[0])
    return [
        warning("PERSON_NAMES_DIFFER",
                f"Một chức danh nhưng tên ghi khác nhau: {', '.join(names)}.", tuple(names.values()), "",
                _cell("; ".join(names), f"{len(names)} người khác nhau, cho đến khi có người xác nhận",
                      "một cách ghi họ tên cho một người"))
        for names in groups.values() if len(names) > 1
    ]
