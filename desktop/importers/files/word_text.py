"""The text of Word paragraphs and cells as it is printed: changes accepted, automatic numbers set, fonts known."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

from desktop.importers.files.sheet import Convert, plain_text
from desktop.importers.files.word_numbers import WordNumbers

_DEEPEST_STYLE = 20
_SIGNS = {"tab": " ", "ptab": " ", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}
_SYMBOLS = {
    0xA3: "≤", 0xB1: "±", 0xB3: "≥", 0xB4: "×", 0xAE: "→", 0xB7: "•", 0xB9: "≠", 0xA7: "•", 0x6C: "•", 0x9F: "•",
    0xFC: "✓", 0xFE: "☑", 0xA8: "☐", 0x6F: "☐", 0xFB: "✗", 0xD8: "➢", 0x76: "❖",
}
"""Signs of the fonts Symbol and Wingdings that offices use, by their code in the font."""
_OFF = (None, "0", "false", "off")
_DELETED = frozenset({"del", "moveFrom"})
_INSERTED = frozenset({"ins", "moveTo"})
_DRAWN = frozenset({"drawing", "pict", "object"})
_NOTES = {"footnoteReference": "footnotes", "endnoteReference": "endnotes"}
_PROPERTIES = frozenset({"pPr", "rPr", "tcPr", "trPr", "tblPr", "sectPr", "delText", "instrText"})
_WRAPPERS = frozenset({"sdt", "sdtContent", "customXml", "smartTag"}) | _INSERTED


@dataclass(slots=True)
class Noticed:
    """What was met on the way, by place."""

    changes: list[int] = field(default_factory=list)
    hidden: list[int] = field(default_factory=list)
    boxes: list[int] = field(default_factory=list)
    nested: list[int] = field(default_factory=list)
    numbers: list[int] = field(default_factory=list)
    footnotes: list[tuple[int, str, str]] = field(default_factory=list)
    """(place, kind, id) in order; the kind is that of the part, "footnotes" or "endnotes"."""
    kept: list[int] = field(default_factory=list)
    """Places of those whose text is in the file."""


@dataclass(slots=True)
class _Style:
    font: str = ""
    base: str = ""
    list_id: str = ""
    level: int = 0


class WordText:
    """Reads paragraphs and cells of one document, in order. ``place`` is where the reading stands.

    ``space`` is the namespace of the document's tags as "{...}"; ``styles`` and ``numbers`` are its parts, or None.
    """

    def __init__(self, space: str, styles: Element | None, numbers: Element | None, convert: Convert) -> None:
        self.space, self.place, self.noticed = space, 0, Noticed()
        self._convert = convert
        self._numbers = WordNumbers(numbers, space)
        self._styles: dict[str, _Style] = {}
        self._usual = ""
        self._default_font = ""
        if styles is not None:
            self._read_styles(styles)

    def local(self, element: Element) -> str:
        """The name of a tag of the document's own namespace, "" for any other."""
        return element.tag[len(self.space):] if element.tag.startswith(self.space) else ""

    def flat(self, parent: Element, *wanted: str) -> Iterator[Element]:
        """The wanted elements below one, through what only wraps them, as if all changes had been accepted."""
        stack = [iter(parent)]
        while stack:
            element = next(stack[-1], None)
            if element is None:
                stack.pop()
                continue
            name = self.local(element)
            if name in wanted:
                yield element
            elif name in _WRAPPERS:
                stack.append(iter(element))
            elif element.tag.endswith("}AlternateContent"):
                stack.append(_one_of(element))
            elif name in _DELETED:
                self.noticed.changes.append(self.place)

    def value(self, element: Element | None, *path: str) -> str | None:
        """The ``val`` of an element down a path ("" when it has none), None where there is no such element."""
        for name in path:
            element = element.find(f"{self.space}{name}") if element is not None else None
        return None if element is None else element.get(f"{self.space}val", "")

    def cell(self, cell: Element) -> str:
        """The text of a cell, paragraphs on lines of their own; tables inside it are left out."""
        if any(True for _ in self.flat(cell, "tbl")):
            self.noticed.nested.append(self.place)
        return "\n".join(filter(None, (self.paragraph(one) for one in self.flat(cell, "p"))))

    def paragraph(self, paragraph: Element) -> str:
        """The text of a paragraph with the number that Word sets before it."""
        style = self._style(self.value(paragraph, "pPr", "pStyle") or self._usual)
        pieces: list[tuple[str, str]] = []
        for text, font in self._pieces(paragraph, style):
            if pieces and pieces[-1][1] == font:
                pieces[-1] = (pieces[-1][0] + text, font)
            else:
                pieces.append((text, font))
        text = "".join(self._convert(plain_text(piece), font) for piece, font in pieces).strip()
        label, counts = self._label(paragraph, style)
        if label and counts:
            self.noticed.numbers.append(self.place)
        return f"{label} {text}".strip() if text or counts else ""

    def _label(self, paragraph: Element, style: _Style) -> tuple[str, bool]:
        list_id, level = style.list_id, style.level
        own = self.value(paragraph, "pPr", "numPr", "numId")
        if own is not None:
            list_id = own
            level = int(self.value(paragraph, "pPr", "numPr", "ilvl") or 0)
        return self._numbers.label(list_id, level) if list_id else ("", False)

    def _pieces(self, paragraph: Element, style: _Style) -> Iterator[tuple[str, str]]:
        """(text, font) of a paragraph in order."""
        stack: list[tuple[Iterator[Element], str]] = [(iter(paragraph), style.font or self._default_font)]
        while stack:
            children, font = stack[-1]
            element = next(children, None)
            if element is None:
                stack.pop()
                continue
            name = self._name_in_text(element)
            if name == "t":
                yield element.text or "", font
            elif name in _SIGNS:
                yield _SIGNS[name], font
            elif name == "sym":
                yield _symbol(element.get(f"{self.space}char", "")), font
            elif name in _DELETED:
                self.noticed.changes.append(self.place)
            elif name in _DRAWN:
                self._look_for_box(element)
            elif name == "AlternateContent":
                stack.append((_one_of(element), font))
            elif name and name not in _PROPERTIES:
                self._notice(element, name)
                stack.append((iter(element), self._run_font(element, font) if name == "r" else font))

    def _name_in_text(self, element: Element) -> str:
        """The name of a tag of the document, of a formula, or of what has a choice of forms; "" for any other."""
        space, _, name = element.tag.rpartition("}")
        return self.local(element) or (name if space.endswith("/math") or name == "AlternateContent" else "")

    def _notice(self, element: Element, name: str) -> None:
        if name in _INSERTED:
            self.noticed.changes.append(self.place)
        elif name in _NOTES:
            self.noticed.footnotes.append((self.place, _NOTES[name], element.get(f"{self.space}id", "")))

    def _run_font(self, run: Element, around: str) -> str:
        properties = run.find(f"{self.space}rPr")
        if properties is None:
            return around
        if self.value(properties, "vanish") not in _OFF:
            self.noticed.hidden.append(self.place)
        style = self.value(properties, "rStyle")
        return self._font(properties) or (self._style(style).font if style else "") or around

    def _look_for_box(self, drawn: Element) -> None:
        if any((text.text or "").strip() for text in drawn.iter(f"{self.space}t")):
            self.noticed.boxes.append(self.place)

    def _font(self, properties: Element | None) -> str:
        fonts = properties.find(f"{self.space}rFonts") if properties is not None else None
        if fonts is None:
            return ""
        return fonts.get(f"{self.space}ascii") or fonts.get(f"{self.space}hAnsi") or ""

    def _read_styles(self, root: Element) -> None:
        self._default_font = self._font(root.find("/".join(
            f"{self.space}{name}" for name in ("docDefaults", "rPrDefault", "rPr")
        )))
        for one in root.findall(f"{self.space}style"):
            style_id = one.get(f"{self.space}styleId", "")
            if one.get(f"{self.space}type") == "paragraph" and one.get(f"{self.space}default") in ("1", "true"):
                self._usual = style_id
            self._styles[style_id] = _Style(
                self._font(one.find(f"{self.space}rPr")), self.value(one, "basedOn") or "",
                self.value(one, "pPr", "numPr", "numId") or "",
                int(self.value(one, "pPr", "numPr", "ilvl") or 0),
            )

    def _style(self, style_id: str) -> _Style:
        """A style with what it takes over from those it is based on."""
        made = _Style()
        for _ in range(_DEEPEST_STYLE):
            found = self._styles.get(style_id)
            if found is None:
                break
            made.font = made.font or found.font
            if not made.list_id:
                made.list_id, made.level = found.list_id, found.level
            style_id = found.base
        return made


def _symbol(code: str) -> str:
    """A sign given by its code in a font: as other programs show it, an empty box where that is not known."""
    if not re.fullmatch("[0-9A-Fa-f]{1,4}", code):
        return "□"
    number = int(code, 16)
    return _SYMBOLS.get(number & 0xFF, "□") if number >> 8 == 0xF0 else plain_text(chr(number))


def _one_of(choices: Element) -> Iterator[Element]:
    """What stands in one of several forms of the same thing: the plainest, which comes last (ECMA-376 part 3)."""
    return iter(choices[-1] if len(choices) else ())
