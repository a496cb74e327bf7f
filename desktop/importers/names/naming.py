"""The cells of lead and coordinating units -> one name per body or collective.

Every entry keeps the printed words; only where a level ("quận, phường") or a first word ("Phòng") was printed once for
a list is the name completed. What a level is called comes from the unit tree.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import Enum, auto

from desktop.importers.names.places import PlaceWords
from desktop.importers.names.whole_names import NO_NAMES, WholeNames
from desktop.models.text import fold, squeeze
from desktop.models.unit_phrases import speaks_of_rest
from desktop.models.units import Collective, ResolutionKind, Unclear, Unit, UnitTree, name_key

_PREFIX = re.compile(r"^(?:đơn vị|cơ quan)\s+(?:phối hợp|chủ trì)\s*:\s*", re.IGNORECASE)
_TOGETHER = re.compile(r"\s+phối hợp (?:với|cùng)\s+", re.IGNORECASE)
_AND = re.compile(r"\s+và\s+", re.IGNORECASE)
_SEPARATOR = re.compile(r"\s*([,;\n])\s*")
# Nouns that go on with a collective: "các phòng, ban, đơn vị liên quan", "các trường TC, CĐ liên kết".
_GOES_ON = re.compile(
    r"(?:ban(?: nganh)?|nganh|don vi|doan the|ca nhan|co quan|to chuc|cao dang|cd|tc|th|thcs|thpt|doanh nghiep"
    r"|ho gia dinh|truong)(?!\w)(?! ctmt| dai dien)"
)
_LONGEST_NAME = 24
_OPENS = re.compile(r"(?:cac .*|(?:phong|ban|so|nganh)(?:,? (?:ban|nganh|doan the))*)")


class NameDoubt(Enum):
    """What was done to a cell or stays unclear in it."""

    SEPARATOR_MISSING = auto()
    GAP = auto()
    TOGETHER = auto()
    PREFIX = auto()
    LEVEL_SPREAD = auto()
    HEAD_SPREAD = auto()
    LEVEL_UNCLEAR = auto()
    LEVEL_ALONE = auto()
    UNKNOWN = auto()
    DAMAGED = auto()
    WHICH = auto()
    EXCEPTION = auto()
    REST = auto()
    OPEN = auto()


_UNCLEAR = {Unclear.WHICH: NameDoubt.WHICH, Unclear.EXCEPTION: NameDoubt.EXCEPTION}


@dataclass(frozen=True, slots=True)
class CellNames:
    """The names a cell holds, in order, and its doubts with the words concerned."""

    names: tuple[str, ...] = ()
    doubts: tuple[tuple[NameDoubt, str], ...] = ()


@dataclass(slots=True)
class _Fragment:
    """A piece between separators. ``text`` as printed; ``body`` without its level words; ``own`` level printed here."""

    text: str
    separator: str = ""
    body: str = ""
    levels: list[str] = field(default_factory=list)
    own: bool = False
    many_levels: bool = False


class CellReader:
    """Reads cells with the words of one unit tree; keep it for all cells of a plan."""

    def __init__(self, tree: UnitTree, whole: WholeNames = NO_NAMES) -> None:
        self._tree, self._whole = tree, whole
        words = tree.vocabulary
        self._shared = frozenset(name_key(name) for name in words.shared)
        self._loose = frozenset(name_key(name) for name in words.loose)
        self._heads = tuple((head, fold(head) + " ") for head in words.heads)
        level = "|".join(re.escape(one.word) for one in words.levels) or r"(?!)"
        many = rf"(?:(?:các|mỗi|\d+(?:/\d+)?)\s+)?(?:{level})"
        self._words = tuple(one.word.lower() for one in words.levels)
        self._ending = re.compile(rf"(?:^|(?<=\s))({many}(?:\s*[-–]\s*{many})*)$", re.IGNORECASE)
        self._level = re.compile(many, re.IGNORECASE)
        named: list[Unit | Collective] = [*tree.units, *tree.collectives]
        commas = [name for one in named for name in (one.name, *one.aliases) if "," in name]
        self._with_commas = frozenset(map(name_key, commas))
        self._openings = frozenset(
            name_key(name.partition(",")[0]) for name in (*commas, *whole.names) if "," in name
        )
        """What stands before the first comma of a name that has one."""
        self._nobody = not named
        self._many = tuple(f"{fold(word)} " for word in words.many)
        """Where nobody is listed, only what begins like a collective can be a known name."""
        self._places = PlaceWords(tree)
        self._cache: dict[tuple[str, tuple[str, ...]], CellNames] = {}

    def read(self, text: str, beside: tuple[str, ...] = ()) -> CellNames:
        """The names in a cell's text (markup removed, blanks squeezed). ``beside`` are the names of the row's other
        cell: "các phường còn lại" are those neither names."""
        # The other cell counts only where this one speaks of a rest: the same cell beside others is read once.
        key = text, beside if speaks_of_rest(text) else ()
        if key not in self._cache:
            self._cache[key] = self._read(*key) if text else CellNames()
        return self._cache[key]

    def _read(self, text: str, beside: tuple[str, ...]) -> CellNames:
        doubts: list[tuple[NameDoubt, str]] = []
        fragments = self._fragments(text, doubts)
        fragments = self._name_places(fragments)
        fragments = self._part_blanks(fragments, doubts)
        fragments = self._attach_levels(fragments)
        self._spread_levels(fragments, doubts)
        names = self._left_over(self._spread_heads(fragments, doubts), beside, doubts)
        self._doubt_names(fragments, names, doubts)
        return CellNames(tuple(names), tuple(doubts))

    def _whole_lines(self, text: str) -> str:
        """The lines of a cell; two of them that are one known name, wrapped by the width of the cell, as one."""
        lines: list[str] = []
        for line in text.split("\n"):
            joined = f"{lines[-1]} {line}" if lines else ""
            if joined and self._known(joined) and not (self._known(lines[-1]) and self._known(line)):
                lines[-1] = joined
            else:
                lines.append(line)
        return "\n".join(lines)

    def _fragments(self, text: str, doubts: list[tuple[NameDoubt, str]]) -> list[_Fragment]:
        if "\n" in text:
            text = self._whole_lines(text)
        if prefix := _PREFIX.match(text):
            doubts.append((NameDoubt.PREFIX, prefix[0].strip()))
            text = text[prefix.end():]
        if _TOGETHER.search(text):
            doubts.append((NameDoubt.TOGETHER, text))
            text = _TOGETHER.sub(", ", text)
        pieces = self._whole_names(self._places.whole_exceptions(_SEPARATOR.split(text)))
        fragments: list[_Fragment] = []
        for rank in range(0, len(pieces), 2):
            piece = squeeze(pieces[rank]).strip("-–+•. ")
            separator = pieces[rank - 1] if rank else ""
            if not piece:
                if 0 < rank < len(pieces) - 1:
                    doubts.append((NameDoubt.GAP, text))
                continue
            fragments.extend(self._part_and(piece, separator))
        return self._collectives(fragments)

    def _whole_names(self, pieces: Sequence[str]) -> list[str]:
        """Join again what commas parted inside one known name ("Phòng Kinh tế, Hạ tầng và Đô thị")."""
        whole = list(pieces)
        rank = 0
        while rank + 2 < len(whole):
            for end in range(len(whole), rank + 1, -2) if name_key(whole[rank]) in self._openings else ():
                joined = "".join(", " if one == "," else one for one in whole[rank:end])
                if name_key(joined) in self._with_commas or (end > rank + 1 and self._whole.holds(joined)):
                    whole[rank:end] = [joined]
                    break
            rank += 2
        return whole

    def _part_and(self, piece: str, separator: str) -> list[_Fragment]:
        """Split at "và" unless that stands inside one name ("Văn phòng HĐND và UBND")."""
        if not _AND.search(piece) or self._whole.holds(piece):
            return [_Fragment(piece, separator)]
        parts = _AND.split(piece)
        lists_places = self._places.placed(parts[0])[0] and all(self._is_place(part) for part in parts[1:])
        if self._known(piece) and not lists_places:
            return [_Fragment(piece, separator)]
        if all(self._names_something(part) or self._is_place(part) for part in parts):
            return [_Fragment(part, separator if rank == 0 else ",") for rank, part in enumerate(parts)]
        return [_Fragment(piece, separator)]

    def _names_something(self, part: str) -> bool:
        return self._known(part) or name_key(self._without_level(part)) in self._shared

    def _is_place(self, part: str) -> bool:
        return self._places.is_place(part)

    def _known(self, name: str) -> bool:
        return self._tree.resolve(name).kind is not ResolutionKind.UNKNOWN

    def _without_level(self, text: str) -> str:
        ending = self._level_at_end(text)
        return text[: ending.start()].rstrip() if ending else text

    def _level_at_end(self, text: str) -> re.Match[str] | None:
        # Most names have no level: a look at their end is much cheaper than the search.
        return self._ending.search(text) if text.lower().endswith(self._words) else None

    def _collectives(self, fragments: Sequence[_Fragment]) -> list[_Fragment]:
        """Join again what a comma parted inside one collective."""
        joined: list[_Fragment] = []
        for fragment in fragments:
            last = joined[-1] if joined else None
            if (
                last is not None and fragment.separator == "," and _OPENS.fullmatch(fold(last.text))
                and not self._level_at_end(last.text) and name_key(last.text) not in self._shared
                and _GOES_ON.match(fold(fragment.text))
            ):
                last.text = f"{last.text}, {fragment.text}"
            else:
                joined.append(fragment)
        return joined

    def _part_blanks(
        self, fragments: Sequence[_Fragment], doubts: list[tuple[NameDoubt, str]]
    ) -> list[_Fragment]:
        """Part two known names that stand side by side without a separator ("Phòng QLĐT TCKH")."""
        parted: list[_Fragment] = []
        for fragment in fragments:
            known = self._is_name(fragment.text) or self._whole.holds(fragment.text)
            halves = None if known else self._halves(fragment.text)
            if halves is None:
                parted.append(fragment)
                continue
            doubts.append((NameDoubt.SEPARATOR_MISSING, fragment.text))
            parted.extend((_Fragment(halves[0], fragment.separator), _Fragment(halves[1], ",")))
        return parted

    def _is_name(self, text: str) -> bool:
        return self._known(text) or self._ending.fullmatch(text) is not None or self._names_something(text)

    def _halves(self, text: str) -> tuple[str, str] | None:
        words = text.split(" ")
        if len(words) > _LONGEST_NAME or (self._nobody and not fold(text).startswith(self._many)):
            return None
        for cut in range(len(words) - 1, 0, -1):
            left, right = " ".join(words[:cut]), " ".join(words[cut:])
            if not self._ending.fullmatch(right) and self._is_name(left) and self._is_name(right):
                return left, right
        return None

    def _name_places(self, fragments: Sequence[_Fragment]) -> list[_Fragment]:
        """"các phường: A, B, C" names three places: each gets the level word."""
        completed = self._places.name_lists([fragment.text for fragment in fragments])
        for fragment, text in zip(fragments, completed, strict=True):
            fragment.text = text
        return list(fragments)

    def _attach_levels(self, fragments: Sequence[_Fragment]) -> list[_Fragment]:
        """Give a level that stands alone ("quận, phường") to the body before it."""
        kept: list[_Fragment] = []
        for fragment in fragments:
            ending = self._level_at_end(fragment.text)
            body = fragment.text[: ending.start()].rstrip() if ending else fragment.text
            levels = self._level.findall(ending[1]) if ending else []
            if not body and kept and (self._has_levels(kept[-1]) or not self._known(fragment.text)):
                # "UBND, UBMTTQ, phường": the comma before the level means nothing.
                kept[-1].levels.extend(levels)
                kept[-1].many_levels = True
                continue
            kept.append(_Fragment(
                fragment.text, fragment.separator, body or fragment.text, levels if body else [], bool(ending and body),
                many_levels=len(levels) > 1,
            ))
        return kept

    def _has_levels(self, fragment: _Fragment) -> bool:
        """Whether several levels have such a body; "Phòng VHTT, các phường" are two bodies."""
        key = name_key(fragment.body)
        return key in self._shared or key in self._loose

    def _spread_levels(self, fragments: Sequence[_Fragment], doubts: list[tuple[NameDoubt, str]]) -> None:
        """A level printed after the last of several shared bodies belongs to each of them."""
        spread: list[tuple[NameDoubt, str]] = []
        for rank in range(len(fragments) - 2, -1, -1):
            fragment, following = fragments[rank], fragments[rank + 1]
            if (
                not fragment.levels and following.levels
                and name_key(fragment.body) in self._shared and name_key(following.body) in self._shared
            ):
                fragment.levels = list(following.levels)
                fragment.many_levels = following.many_levels
                words = ", ".join(f"{fragment.body} {level.lower()}" for level in fragment.levels)
                # Within one list a level holds for all; over a semicolon it is only likely to.
                doubt = NameDoubt.LEVEL_ALONE if following.separator == ";" else NameDoubt.LEVEL_SPREAD
                spread.append((doubt, f"{fragment.text} → {words}"))
        doubts.extend(reversed(spread))

    def _spread_heads(self, fragments: Sequence[_Fragment], doubts: list[tuple[NameDoubt, str]]) -> list[str]:
        """The names, with the first word of a list completed ("Phòng TCKH, KT" -> "Phòng KT")."""
        names: list[str] = []
        heads: list[str] = []
        for fragment in fragments:
            folded = fold(fragment.body)
            printed = [head for head, start in self._heads if folded.startswith(start)]
            heads.extend(head for head in printed if head not in heads and not _OPENS.fullmatch(folded))
            completed = next((name for head in heads if (name := self._with_head(head, fragment.body))), "")
            if completed:
                doubts.append((NameDoubt.HEAD_SPREAD, f"{fragment.body} → {completed}"))
                names.append(completed)
            elif fragment.levels and (fragment.many_levels or not fragment.own):
                names.extend(f"{fragment.body} {level.lower()}" for level in fragment.levels)
            else:
                names.append(fragment.text)
        return names

    def _with_head(self, head: str, body: str) -> str:
        """The body with its left-out first word, when that names the very unit the bare word does."""
        bare = self._tree.find(body)
        if bare is None or " " in body and not fold(bare.name).startswith(fold(head)):
            return ""
        full = self._tree.find(f"{head} {body}")
        starts = fold(body).startswith(fold(head)) or not fold(bare.name).startswith(fold(head) + " ")
        return f"{head} {body}" if full is bare and not starts else ""

    def _left_over(
        self, names: Sequence[str], beside: Sequence[str], doubts: list[tuple[NameDoubt, str]]
    ) -> list[str]:
        """The names, "các phường còn lại" with the wards that the row names elsewhere as its exceptions."""
        told: list[str] = []
        for name in names:
            completed = self._places.left_over(name, (*names, *beside))
            if completed:
                doubts.append((NameDoubt.REST, completed))
            told.append(completed or name)
        return told

    def _doubt_names(
        self, fragments: Sequence[_Fragment], names: Sequence[str], doubts: list[tuple[NameDoubt, str]]
    ) -> None:
        for fragment in fragments:
            if not fragment.levels and self._has_levels(fragment) and not self._is_told(fragment):
                doubts.append((NameDoubt.LEVEL_UNCLEAR, fragment.text))
        for name in names:
            resolution = self._tree.resolve(name)
            if resolution.kind is ResolutionKind.UNKNOWN:
                doubts.append((NameDoubt.UNKNOWN, name))
            elif resolution.doubtful:
                doubts.append((NameDoubt.DAMAGED, f"{name} → {resolution.name}"))
            elif resolution.unclear:
                doubts.append((_UNCLEAR[resolution.unclear], name))
            elif not resolution.units:
                doubts.append((NameDoubt.OPEN, name))

    def _is_told(self, fragment: _Fragment) -> bool:
        """Whether another finding tells of it, or the plan's owner has said whom it means."""
        return self._tree.vocabulary.explains(fragment.text) or self._tree.resolve(fragment.text).doubtful

