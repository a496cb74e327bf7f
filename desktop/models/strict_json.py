"""Strict JSON: one meaning for every accepted byte string, and one byte string for every written value.

Python's json accepts duplicate keys, NaN and lone surrogates (measured, exchange.md "Package"); this reader does not.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Sequence
from typing import NoReturn, TypeAlias

JsonValue: TypeAlias = "None | bool | int | str | list[JsonValue] | dict[str, JsonValue]"

MAX_INTEGER = 2**53
"""Greatest magnitude of an integer: what every JSON library reads exactly."""
MAX_TEXT = 20_000
"""Greatest length of a string, in NFC characters."""
MAX_DEPTH = 6
"""Greatest number of arrays and objects inside one another."""

_BOM = b"\xef\xbb\xbf"
# Possessive: linear even on hostile bytes. An unclosed string runs to the end; the parser then refuses it.
_STRING = re.compile(rb'"(?:[^"\\]++|\\.?)*+"?', re.DOTALL)
_OPENING = bytes.maketrans(b"[]{}", b"()()")
_NOT_BRACKETS = bytes(sorted(set(range(256)) - set(b"[]{}")))
_SURROGATE = re.compile("[\ud800-\udfff]")
_LONGEST_INTEGER = len(str(-MAX_INTEGER))


class BadJson(Exception):
    """Bytes that are not strict JSON, or a value that cannot be written as such; ``code`` says which rule broke."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def loads(data: bytes, *, depth: int = MAX_DEPTH) -> JsonValue:
    """The value of one JSON text in UTF-8.

    Raises BadJson: JSON_BOM, JSON_NOT_UTF8, JSON_BAD_SYNTAX, JSON_TOO_DEEP, JSON_DUPLICATE_KEY, JSON_NOT_INTEGER,
    JSON_BIG_INTEGER, JSON_NEGATIVE_ZERO, JSON_SURROGATE, JSON_NUL, JSON_NOT_NFC, JSON_LONG_TEXT.
    """
    if data.startswith(_BOM):
        raise BadJson("JSON_BOM")
    _check_depth(data, depth)
    try:
        text = data.decode("utf-8")
        value = _read(text)
    except UnicodeDecodeError as error:
        raise BadJson("JSON_NOT_UTF8") from error
    except json.JSONDecodeError as error:
        raise BadJson("JSON_BAD_SYNTAX") from error
    # Any part of an NFC text is NFC, and without escapes no string holds NUL or a surrogate: most texts end here.
    if "\\" in text or len(text) > MAX_TEXT or not unicodedata.is_normalized("NFC", text):
        _check_value(value, depth)
    return value


def loads_each(texts: Sequence[bytes], *, depth: int = MAX_DEPTH) -> list[JsonValue]:
    """``loads`` of each of several texts; what most of them have nothing of is looked for in all of them at once."""
    try:
        whole = b"\n".join(texts).decode("utf-8")
    except UnicodeDecodeError:
        whole = "\\"
    decoded = whole.split("\n")
    if "\\" in whole or len(decoded) != len(texts) or not unicodedata.is_normalized("NFC", whole):
        return [loads(data, depth=depth) for data in texts]
    values: list[JsonValue] = []
    value: JsonValue = None
    for data, text in zip(texts, decoded, strict=True):
        # As ``loads``, which says what is wrong where something is.
        if len(text) > MAX_TEXT or text.count("[") + text.count("{") > depth:
            values.append(loads(data, depth=depth))
            continue
        try:
            value, end = _DECODER.raw_decode(text)
        except json.JSONDecodeError:
            end = -1
        values.append(value if end == len(text) else loads(data, depth=depth))
    return values


def dumps(value: JsonValue, *, depth: int = MAX_DEPTH) -> bytes:
    """Canonical bytes: UTF-8, keys sorted by code point, no blanks, escapes only where JSON demands them.

    Raises BadJson when ``loads`` would refuse the result.
    """
    _check_value(value, depth)
    return dumps_examined(value)


def loads_canonical(data: bytes, *, depth: int = MAX_DEPTH) -> JsonValue:
    """As ``loads``, and the bytes must be the ones ``dumps`` writes, else BadJson JSON_NOT_CANONICAL."""
    value = loads(data, depth=depth)
    if dumps_examined(value) != data:
        raise BadJson("JSON_NOT_CANONICAL")
    return value


def _read(text: str) -> JsonValue:
    """The value of a text; one without blanks around it is read without looking for them."""
    value: JsonValue
    try:
        value, end = _DECODER.raw_decode(text)
    except json.JSONDecodeError:
        end = -1
    if end != len(text):
        value = _DECODER.decode(text)
    return value


def dumps_examined(value: JsonValue) -> bytes:
    """As ``dumps``, of a value whose parts ``loads`` read or ``dumps`` wrote before: they are not looked at again."""
    return _ENCODER.encode(value).encode("utf-8")


def _check_depth(data: bytes, depth: int) -> None:
    """Refuse deep nesting before the recursive parser meets it."""
    if data.count(b"[") + data.count(b"{") <= depth:
        return
    nest = _STRING.sub(b"", data).translate(_OPENING, _NOT_BRACKETS)
    for _ in range(depth):
        nest = nest.replace(b"()", b"")
    if nest:
        # Brackets that do not pair off are a fault of syntax, however deep.
        raise BadJson("JSON_TOO_DEEP" if nest.count(b"(") == nest.count(b")") else "JSON_BAD_SYNTAX")


def _integer(text: str) -> int:
    if text == "-0":
        raise BadJson("JSON_NEGATIVE_ZERO")
    # Any of so few digits is small enough.
    if len(text) < _LONGEST_INTEGER - 1:
        return int(text)
    if len(text) > _LONGEST_INTEGER or abs(number := int(text)) > MAX_INTEGER:
        raise BadJson("JSON_BIG_INTEGER")
    return number


def _not_integer(_: str) -> NoReturn:
    raise BadJson("JSON_NOT_INTEGER")


def _object(pairs: list[tuple[str, JsonValue]]) -> dict[str, JsonValue]:
    value = dict(pairs)
    if len(value) != len(pairs):
        raise BadJson("JSON_DUPLICATE_KEY")
    return value


_DECODER = json.JSONDecoder(
    object_pairs_hook=_object, parse_int=_integer, parse_float=_not_integer, parse_constant=_not_integer
)
_ENCODER = json.JSONEncoder(ensure_ascii=False, allow_nan=False, sort_keys=True, separators=(",", ":"))


def _check_value(value: JsonValue, depth: int) -> None:
    if isinstance(value, str):
        _check_text(value)
    elif isinstance(value, float):
        raise BadJson("JSON_NOT_INTEGER")
    elif isinstance(value, int):
        if abs(value) > MAX_INTEGER:
            raise BadJson("JSON_BIG_INTEGER")
    elif value is not None:
        if depth == 0:
            raise BadJson("JSON_TOO_DEEP")
        for part in value:
            _check_value(part, depth - 1)
        if isinstance(value, dict):
            for part in value.values():
                _check_value(part, depth - 1)


def _check_text(text: str) -> None:
    if len(text) > MAX_TEXT:
        raise BadJson("JSON_LONG_TEXT")
    if "\0" in text:
        raise BadJson("JSON_NUL")
    if text.isascii():
        return
    if _SURROGATE.search(text):
        raise BadJson("JSON_SURROGATE")
    if not unicodedata.is_normalized("NFC", text):
        raise BadJson("JSON_NOT_NFC")
