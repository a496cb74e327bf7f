"""JSON: faults of syntax and of value, each in every place of a package where JSON stands."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from typing import Any

from desktop.exchange.authority import encode_entries
from desktop.exchange.segments import Segment, encode
from desktop.models.facts import Content
from desktop.models.strict_json import MAX_TEXT, JsonValue, dumps
from tests.corpus.bench import Bench, Case, Fate
from tests.exchange.samples import parts_of, remade, with_manifest

# What stands for a value, and the reason when it stands in a fact.
VALUES: Mapping[str, tuple[bytes, str]] = {
    "duplicate keys": (b'{"a":1,"a":2}', "JSON_DUPLICATE_KEY"),
    "duplicate keys, one escaped": (b'{"a":1,"\\u0061":2}', "JSON_DUPLICATE_KEY"),
    "NaN": (b"NaN", "JSON_NOT_INTEGER"), "Infinity": (b"-Infinity", "JSON_NOT_INTEGER"),
    "fraction": (b"1.5", "JSON_NOT_INTEGER"), "exponent": (b"1e3", "JSON_NOT_INTEGER"),
    "deep nesting": (b"[" * 4000 + b"]" * 4000, "JSON_TOO_DEEP"),
    "deep objects": (b'{"a":' * 4000 + b"1" + b"}" * 4000, "JSON_TOO_DEEP"),
    "7 deep": (b"[" * 7 + b"]" * 7, "JSON_TOO_DEEP"),
    "5,000 digits": (b"9" * 5000, "JSON_BIG_INTEGER"), "beyond 2^53": (b"9007199254740993", "JSON_BIG_INTEGER"),
    "lone surrogate": (b'"\\ud800"', "JSON_SURROGATE"), "lone surrogate in a key": (b'{"\\udfff":1}', "JSON_SURROGATE"),
    "surrogate in UTF-8": (b'"\xed\xa0\x80"', "JSON_NOT_UTF8"), "no UTF-8": (b'"\xff"', "JSON_NOT_UTF8"),
    "NUL": (b'"\\u0000"', "JSON_NUL"), "bare NUL": (b'"\0"', "JSON_BAD_SYNTAX"), "-0": (b"-0", "JSON_NEGATIVE_ZERO"),
    "not NFC": ("\"Bô\u0300\"".encode(), "JSON_NOT_NFC"),
    "long text": (b'"%s"' % (b"x" * (MAX_TEXT + 1)), "JSON_LONG_TEXT"),
    "zero in front": (b"01", "JSON_BAD_SYNTAX"), "text in single quotes": (b"'x'", "JSON_BAD_SYNTAX"),
    "comment": (b"1/*x*/", "JSON_BAD_SYNTAX"), "something after": (b"1}{", "JSON_BAD_SYNTAX"),
    "no value": (b"", "JSON_BAD_SYNTAX"),
}
GOOD: dict[str, Any] = {"f": {}, "k": "report", "n": 1, "r": "x", "t": 0, "u": "x"}


def _with(text: bytes, value: bytes) -> bytes:
    """A canonical object with one field more, behind all it has."""
    return text[:-1] + b',"zz":' + value + b"}"


def _values() -> Iterator[Case]:
    for name, (value, code) in VALUES.items():
        yield Case(f"{name} in a fact", Fate.SEGMENT, code, partial(_fact, _with(dumps(dict(GOOD)), value)))
        yield Case(f"{name} in a field", Fate.SEGMENT, code, partial(_fact, dumps(GOOD | {"f": 0}).replace(
            b'"f":0', b'"f":{"result":%s}' % value)))
        yield Case(f"{name} in a manifest", Fate.FILE, "PKG_BAD_MANIFEST", partial(_manifest, value))
        yield Case(f"{name} in a header", Fate.SEGMENT, "SEG_BAD_SHAPE", partial(_header, value))
        yield Case(f"{name} in an entry", Fate.SEGMENT, "AUTH_BAD_SHAPE", partial(_entry, value))


def _fact(line: bytes, bench: Bench) -> bytes:
    return bench.package(bench.signed_lines(line))


def _manifest(value: bytes, bench: Bench) -> bytes:
    held = parts_of(bench.plain)
    return with_manifest(bench.plain, _with(held[1].content(), value), held[3:], bench.ward.device_keys())


def _header(value: bytes, bench: Bench) -> bytes:
    def spoil(header: bytes) -> bytes:
        return header.replace(b'"first":1', b'"first":' + value)

    return _with_header(spoil, bench)


def _with_header(change: Callable[[bytes], bytes], bench: Bench) -> bytes:
    """A package whose one segment has another header line; hashes and the file's signature are right."""
    one: Segment = bench.segment(bench.report(percent=30))
    header, rest = encode(one).split(b"\n", 1)
    made = change(header)
    assert made != header

    def put(parts: list[tuple[str, bytes]]) -> None:
        parts[1] = (parts[1][0], made + b"\n" + rest)

    return remade(bench.package(one), signer=bench.ward.device_keys(), parts=put)


def _entry(value: bytes, bench: Bench) -> bytes:
    """The set with an entry of the ward's own, well signed, whose body has a field more."""
    keys = bench.ward.device_keys()
    body = _with(b'{"kind":"grant"', b"1")[:-1] + b',"zzz":' + value + b"}"
    line = b'{"body":%s,"key":"%s","signature":"%s"}\n' % (
        body, keys.public_key.hex().encode(), keys.sign(b"sotiendo/authority/v1\n" + body).hex().encode(),
    )
    held = encode_entries(bench.ward.entries())

    def put(parts: list[tuple[str, bytes]]) -> None:
        parts[0] = ("authority.jsonl", held + line)

    return remade(bench.package(bench.segment(bench.report())), signer=keys, parts=put)


def _shapes() -> Iterator[Case]:
    """Fields that are missing, of another type, or not known."""
    for name in GOOD:
        less = {other: value for other, value in GOOD.items() if other != name}
        yield Case(f"fact without {name}", Fate.SEGMENT, "FACT_BAD_SHAPE", partial(_fact, dumps(less)))
    odd: dict[str, dict[str, Any]] = {
        "bool for number": {"n": True}, "bool for time": {"t": False}, "text for time": {"t": "0"},
        "no object": {"f": []}, "null user": {"u": None}, "number for kind": {"k": 1},
        "nothing superseded": {"s": {"percent": []}}, "no reference": {"s": {"percent": [["zz", 1, "00"]]}},
        "bool for reference": {"s": {"percent": [True]}},
        "number zero": {"n": 0},
    }
    for what, change in odd.items():
        yield Case(f"fact with {what}", Fate.SEGMENT, "FACT_BAD_SHAPE", partial(_fact, dumps(GOOD | change)))
    yield Case("a fact that is a list", Fate.SEGMENT, "FACT_BAD_SHAPE", partial(_fact, b"[]"))
    yield Case("BOM before a fact", Fate.SEGMENT, "JSON_BOM", partial(_fact, b"\xef\xbb\xbf" + dumps(dict(GOOD))))
    yield Case("another place in the log", Fate.SEGMENT, "SEG_BAD_PLACE", partial(_fact, dumps(GOOD | {"n": 2})))
    for name in (
        "format", "kind", "package", "plan", "root", "sender", "sender_unit", "recipients", "written", "period",
        "application", "reading_key", "request", "entries",
    ):
        yield Case(f"manifest without {name}", Fate.FILE, "PKG_BAD_MANIFEST", partial(_told_without, name))
    told: dict[str, dict[str, Any]] = {
        "bool for format": {"format": True}, "format zero": {"format": 0}, "bool for time": {"written": True},
        "text for time": {"written": "0"}, "text for recipients": {"recipients": "hub"}, "short key": {"root": "00"},
        "key in capitals": {"package": "AB" * 16}, "request of nothing": {"request": {}},
        "null entries": {"entries": None},
        "unit that is no id": {"sender_unit": "../x"}, "unseen letters": {"application": "a\u202eb"},
        "folder as period": {"period": "../2023"},
    }
    for what, changes in told.items():
        yield Case(f"manifest with {what}", Fate.FILE, "PKG_BAD_MANIFEST", partial(_told_with, changes))
    for name in ("audience", "count", "first", "head", "key", "log", "nonce", "plan", "prev_head", "signature"):
        less_of_it = partial(_with_header, partial(_without, name))
        yield Case(f"header without {name}", Fate.SEGMENT, "SEG_BAD_SHAPE", less_of_it)
    headed: dict[str, dict[str, Any]] = {
        "an unknown field": {"zz": 1}, "bool for count": {"count": True}, "number zero": {"first": 0},
        "capitals": {"head": "AB" * 32}, "another log": {"log": "00" * 16},
    }
    for what, more in headed.items():
        yield Case(f"header with {what}", Fate.SEGMENT, "SEG_BAD_SHAPE", partial(_with_header, partial(_more, more)))
    yield Case("header with blanks", Fate.SEGMENT, "SEG_BAD_SHAPE", partial(_with_header, lambda line: b" " + line))


def _without(name: str, text: bytes) -> bytes:
    told = json.loads(text)
    del told[name]
    return dumps(told)


def _more(fields: Mapping[str, Any], text: bytes) -> bytes:
    return dumps(json.loads(text) | fields)


def _told_without(name: str, bench: Bench) -> bytes:
    return remade(bench.plain, signer=bench.ward.device_keys(), manifest=lambda told: told.pop(name))


def _told_with(changes: Mapping[str, Any], bench: Bench) -> bytes:
    return remade(bench.plain, signer=bench.ward.device_keys(), manifest=lambda told: told.update(changes))


def _contents() -> Iterator[Case]:
    """Values that a report cannot have sink alone, and what a newer program says waits for an update."""
    bad: dict[str, dict[str, JsonValue]] = {
        "101 percent": {"percent": 101}, "-1 percent": {"percent": -1}, "bool for percent": {"percent": True},
        "text for percent": {"percent": "50"}, "a state that is none": {"state": "king"},
        "a list for state": {"state": ["done"]},
        "30 February": {"done_on": "2023-02-30"}, "a week for a day": {"done_on": "2023-W37-4"},
        "digits of another script": {"done_on": "٢٠٢٣-09-10"}, "an object for text": {"result": {"a": 1}},
    }
    for name, fields in bad.items():
        yield Case(name, Fate.QUARANTINED, "FACT_BAD_VALUE", partial(_report, fields))
    yield Case("unknown field", Fate.HELD, "FACT_UNKNOWN_FIELD", partial(_report, {"mood": "vui"}))
    yield Case("unknown kind", Fate.HELD, "FACT_UNKNOWN_KIND", _unknown_kind)
    yield Case("unknown field of a manifest", Fate.TAKEN, "", _later_manifest)
    yield Case("unknown field beside a fact's own", Fate.TAKEN, "", _later_line)


def _report(fields: Mapping[str, Any], bench: Bench) -> bytes:
    return bench.package(bench.segment(bench.report(**fields)))


def _unknown_kind(bench: Bench) -> bytes:
    return bench.package(bench.segment(Content(0, "x", "đánh giá", "x", {"điểm": 5}, {})))


def _later_manifest(bench: Bench) -> bytes:
    def add(told: dict[str, Any]) -> None:
        told["later"] = {"field": 1}
        told["entries"][0]["later"] = True

    data = bench.package(bench.segment(bench.report()))
    return remade(data, signer=bench.ward.device_keys(), manifest=add)


def _later_line(bench: Bench) -> bytes:
    said = dumps(GOOD | {"r": bench.report().record, "zz": [1]})
    return bench.package(bench.signed_lines(said))


CASES: tuple[Case, ...] = (*_values(), *_shapes(), *_contents())
