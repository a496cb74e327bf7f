"""Unit trees kept as data: a checked file of units, places, bodies and collectives -> UnitTree."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from desktop.importers.bundled import Bundled
from desktop.models.text import nfc
from desktop.models.units import Collective, Level, Unit, UnitTree, Vocabulary, name_key

FORMAT = "unit-tree/1"
_TREE = Bundled("UNIT_FILE", "danh sách đơn vị", FORMAT, "resources/units")
_PLACES = "places/"


@dataclass(frozen=True, slots=True)
class UnitFile:
    """A tree with the days it holds for (None: open) and where it comes from."""

    name: str
    valid_from: date | None
    valid_until: date | None
    tree: UnitTree

    def is_valid_in(self, year: int) -> bool:
        """Whether the tree held on some day of the year."""
        return (self.valid_from is None or self.valid_from.year <= year) and (
            self.valid_until is None or self.valid_until >= date(year, 1, 1)
        )


class _FaultError(Exception):
    """What is wrong, with its place in the file."""


def load_unit_file(path: Path) -> UnitFile:
    """Read a unit tree. Raises EnvironmentTrouble UNIT_FILE_UNREADABLE, Refused UNIT_FILE_MALFORMED."""
    return parse_unit_file(_TREE.data(path), path.name)


def parse_unit_file(data: bytes, file_name: str) -> UnitFile:
    """The unit tree in the bytes of a file. Raises Refused UNIT_FILE_MALFORMED with the place of the fault."""
    try:
        body = _Part(json.loads(nfc(data.decode("utf-8-sig"))), "tệp")
        if body.text("format") != FORMAT:
            raise _FaultError(f"format phải là “{FORMAT}”")
        return _read(body)
    except (_FaultError, ValueError, RecursionError) as error:
        raise _TREE.malformed(file_name, str(error)) from error


@dataclass(frozen=True, slots=True)
class _Part:
    """A JSON object with its place in the file, for exact complaints."""

    value: object
    place: str

    def get(self, name: str, wanted: Callable[[object], bool], what: str) -> object:
        if not isinstance(self.value, dict):
            raise _FaultError(f"{self.place}: phải là một đối tượng")
        if name not in self.value:
            raise _FaultError(f"{self.place}: thiếu “{name}”")
        value = self.value[name]
        if not wanted(value):
            raise _FaultError(f"{self.place}: “{name}” phải là {what}")
        return value

    def text(self, name: str) -> str:
        return str(self.get(name, lambda value: isinstance(value, str), "chữ"))

    def text_or_none(self, name: str) -> str | None:
        value = self.get(name, lambda value: value is None or isinstance(value, str), "chữ hoặc null")
        return None if value is None else str(value)

    def texts(self, name: str) -> tuple[str, ...]:
        value = self.get(name, _is_texts, "danh sách chữ")
        return tuple(value) if isinstance(value, list) else ()

    def parts(self, name: str) -> tuple[_Part, ...]:
        value = self.get(name, lambda value: isinstance(value, list), "danh sách")
        listed = value if isinstance(value, list) else []
        return tuple(_Part(one, f"{self.place}, {name} thứ {rank}") for rank, one in enumerate(listed, start=1))

    def part(self, name: str) -> _Part:
        return _Part(self.get(name, lambda value: isinstance(value, dict), "một đối tượng"), f"{self.place}, {name}")

    def pairs(self, name: str) -> tuple[tuple[str, str], ...]:
        value = self.get(
            name, lambda value: isinstance(value, dict) and _is_texts(list(value.values())), "cặp chữ - chữ"
        )
        return tuple((str(key), str(one)) for key, one in value.items()) if isinstance(value, dict) else ()

    def flag(self, name: str) -> bool:
        """False where it is left out."""
        if isinstance(self.value, dict) and name not in self.value:
            return False
        return bool(self.get(name, lambda value: isinstance(value, bool), "true hoặc false"))


def _is_texts(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(one, str) for one in value)


def _read(body: _Part) -> UnitFile:
    units = [_unit(part) for part in body.parts("units")]
    collectives: list[Collective] = []
    members: dict[str, tuple[str, ...]] = {}
    if isinstance(body.value, dict) and "places" in body.value:
        template = _Template(body.part("places"))
        units.extend(template.units())
        collectives.extend(template.collectives())
        members = template.members()
    collectives.extend(_collective(part, members) for part in body.parts("collectives"))
    tree = UnitTree(tuple(units), tuple(collectives), _vocabulary(body))
    _refuse_lost_parents(tree)
    _refuse_double_names(tree)
    return UnitFile(body.text("name"), _day(body, "valid_from"), _day(body, "valid_until"), tree)


def _day(body: _Part, name: str) -> date | None:
    text = body.text_or_none(name)
    return date.fromisoformat(text) if text else None


def _vocabulary(body: _Part) -> Vocabulary:
    return Vocabulary(
        place=body.text("place"),
        levels=tuple(_level(part) for part in body.parts("levels")),
        shared=body.texts("shared"),
        loose=body.texts("loose"),
        heads=body.texts("heads"),
        many=body.texts("many"),
        doubtful=body.pairs("doubtful"),
    )


def _level(part: _Part) -> Level:
    return Level(part.text("word"), part.flag("expands"))


def _unit(part: _Part) -> Unit:
    return Unit(
        id=part.text("id"), name=part.text("name"), short=part.text("short"), level=part.text("level"),
        parent=part.text_or_none("parent"), aliases=part.texts("aliases"),
    )


def _collective(part: _Part, members: Mapping[str, tuple[str, ...]]) -> Collective:
    meant: list[str] = []
    for member in part.texts("members"):
        if member.startswith(_PLACES) and member not in members:
            raise _FaultError(f"{part.place}: không có “{member}”")
        meant.extend(members.get(member, (member,)))
    return Collective(part.text("id"), part.text("name"), tuple(meant), part.texts("aliases"))


class _Template:
    """The same bodies in every place of the lowest level, and the names that mean all of them."""

    def __init__(self, part: _Part) -> None:
        self._level = part.text("level")
        self._parent = part.text("parent")
        self._places = part.parts("list")
        self._bodies = part.parts("bodies")
        self._all_forms = part.texts("all_forms")
        self._all_bare = part.texts("all_bare")

    def _unit_id(self, place: _Part, body: _Part) -> str:
        root = f"{name_slug(self._level)}-{place.text('id')}"
        return f"{root}-{body.text('id')}" if body.text("id") else root

    def units(self) -> list[Unit]:
        """Every place with its bodies below it."""
        return [self._unit(place, body) for place in self._places for body in self._bodies]

    def _unit(self, place: _Part, body: _Part) -> Unit:
        words = {"place": place.text("name"), "short": place.text("short")}
        own = not body.text("id")
        return Unit(
            id=self._unit_id(place, body),
            name=_filled(body.text("name"), **words),
            short=_filled(body.text("short"), **words),
            level=self._level,
            parent=self._parent if own else f"{name_slug(self._level)}-{place.text('id')}",
            aliases=(
                *(f"{word} {self._level} {words['place']}" for word in body.texts("words")),
                *(_filled(form, **words) for form in body.texts("aliases")),
            ),
        )

    def members(self) -> dict[str, tuple[str, ...]]:
        """The units of one body in every place, by "places/ccb"."""
        return {
            f"{_PLACES}{body.text('id')}": tuple(self._unit_id(place, body) for place in self._places)
            for body in self._bodies
        }

    def collectives(self) -> list[Collective]:
        """One collective for each body: "UBND các phường", "14 Trạm Y tế phường"."""
        members = self.members()
        found = []
        for body in self._bodies:
            words = body.texts("words")
            if not words:
                raise _FaultError(f"{body.place}: “words” phải có ít nhất một chữ")
            names = [self._form(form, word) for word in words for form in self._all_forms]
            own = not body.text("id")
            bare = [self._form(form, "") for form in self._all_bare] if own else []
            name = f"{words[0]} các {self._level}"
            key = f"cac-{name_slug(self._level)}" + (f"-{body.text('id')}" if not own else "")
            found.append(Collective(
                key, name, members[f"{_PLACES}{body.text('id')}"], (*names, *bare, *body.texts("all")), expands=True,
            ))
        return found

    def _form(self, form: str, word: str) -> str:
        return _filled(form, word=word, level=self._level, count=len(self._places))


def _filled(form: str, **words: str | int) -> str:
    """A form with its {holes} filled."""
    try:
        return form.format(**words)
    except (LookupError, AttributeError) as error:
        holes = ", ".join(f"{{{name}}}" for name in words)
        raise _FaultError(f"“{form}”: chỉ dùng được {holes}") from error


def name_slug(name: str) -> str:
    """A name as part of an id: "phường" -> "phuong"."""
    return name_key(name)


def _refuse_lost_parents(tree: UnitTree) -> None:
    for unit in tree.roots():
        if unit.parent is not None:
            raise _FaultError(f"cấp trên “{unit.parent}” của {unit.id} không có hoặc nằm dưới chính nó")


def _refuse_double_names(tree: UnitTree) -> None:
    owners: dict[str, str] = {}
    named = [(unit.id, (unit.name, *unit.aliases)) for unit in tree.units]
    named += [(collective.id, (collective.name, *collective.aliases)) for collective in tree.collectives]
    for owner_id, names in named:
        for name in names:
            owner = owners.setdefault(name_key(name), owner_id)
            if owner != owner_id:
                raise _FaultError(f"“{name}” là tên của cả {owner} và {owner_id}")
