"""The JSON part of the damage corpus (exchange.md), and that what is written is read back the same."""

from __future__ import annotations

import unicodedata
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.models.strict_json import (
    MAX_INTEGER,
    MAX_TEXT,
    BadJson,
    JsonValue,
    dumps,
    loads,
    loads_canonical,
    loads_each,
)

_texts = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=20).map(
    lambda text: unicodedata.normalize("NFC", text)
)
_values: st.SearchStrategy[JsonValue] = st.recursive(
    st.none() | st.booleans() | st.integers(-MAX_INTEGER, MAX_INTEGER) | _texts,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(_texts, inner, max_size=3),
    max_leaves=6,
)


@pytest.mark.parametrize(("data", "code"), [
    (b"", "JSON_BAD_SYNTAX"),
    (b"{", "JSON_BAD_SYNTAX"),
    (b"{} {}", "JSON_BAD_SYNTAX"),
    (b"[1,]", "JSON_BAD_SYNTAX"),
    (b"{'a':1}", "JSON_BAD_SYNTAX"),
    (b'"line\nend"', "JSON_BAD_SYNTAX"),
    (b'"\\x41"', "JSON_BAD_SYNTAX"),
    (b"01", "JSON_BAD_SYNTAX"),
    (b"+1", "JSON_BAD_SYNTAX"),
    (b"]" * 9, "JSON_BAD_SYNTAX"),
    (b"[][][][][][][]", "JSON_BAD_SYNTAX"),
    (b'"' + b'\\"' * 60_000, "JSON_BAD_SYNTAX"),
    (b"\xef\xbb\xbf{}", "JSON_BOM"),
    ("{}".encode("utf-16"), "JSON_NOT_UTF8"),
    (b'"\xff"', "JSON_NOT_UTF8"),
    (b'"\xed\xa0\x80"', "JSON_NOT_UTF8"),
    (b'"\xc0\x80"', "JSON_NOT_UTF8"),
    (b'{"a":1,"a":1}', "JSON_DUPLICATE_KEY"),
    (b'{"a":1,"\\u0061":2}', "JSON_DUPLICATE_KEY"),
    (b"NaN", "JSON_NOT_INTEGER"),
    (b"-Infinity", "JSON_NOT_INTEGER"),
    (b"1.0", "JSON_NOT_INTEGER"),
    (b"1e3", "JSON_NOT_INTEGER"),
    (b"9" * 5_000, "JSON_BIG_INTEGER"),
    (b"9007199254740993", "JSON_BIG_INTEGER"),
    (b"-9007199254740993", "JSON_BIG_INTEGER"),
    (b"[-0]", "JSON_NEGATIVE_ZERO"),
    (b'"\\ud800"', "JSON_SURROGATE"),
    (b'{"\\udfff":1}', "JSON_SURROGATE"),
    (b'"\\u0000"', "JSON_NUL"),
    (b'"e\xcc\x81"', "JSON_NOT_NFC"),
    (b'"e\\u0301"', "JSON_NOT_NFC"),
    (b'{"e\xcc\x81":1}', "JSON_NOT_NFC"),
    (b'"' + b"a" * (MAX_TEXT + 1) + b'"', "JSON_LONG_TEXT"),
    (b"[" * 7 + b"]" * 7, "JSON_TOO_DEEP"),
    (b"[" * 100_000 + b"]" * 100_000, "JSON_TOO_DEEP"),
    (b'{"a":' * 50_000 + b"1" + b"}" * 50_000, "JSON_TOO_DEEP"),
    (b"[" * 100_000, "JSON_BAD_SYNTAX"),
    (b"[[[[[[[]]]]]]", "JSON_BAD_SYNTAX"),
])
def test_refused(data: bytes, code: str) -> None:
    with pytest.raises(BadJson) as caught:
        loads(data)
    assert caught.value.code == code
    with pytest.raises(BadJson) as among_others:
        loads_each([b'{"a":"\xe1\xba\xbf"}', data, b"[1]"])
    assert among_others.value.code == code


@given(st.lists(_values, max_size=4))
def test_several_texts_read_together_are_what_each_is_alone(values: list[JsonValue]) -> None:
    texts = [dumps(value) for value in values]
    assert loads_each(texts) == values
    assert loads_each([b" " + text for text in texts]) == values


def test_texts_that_make_sense_only_together_are_refused() -> None:
    for texts in ([b'{"a":1,', b'"b":2}'], [b'{"a":1},{"b":2}', b""], [b'{"a":[{}', b"{}]}", b"{},{}"], [b"1\n2"]):
        with pytest.raises(BadJson) as caught:
            loads_each(texts)
        assert caught.value.code == "JSON_BAD_SYNTAX"


@pytest.mark.parametrize(("data", "value"), [
    (b"[[[[[[1]]]]]]", [[[[[[1]]]]]]),
    (b'["[[[[[[[[","}}}}","\\"[[[[[[["]', ["[[[[[[[[", "}}}}", '"[[[[[[[']),
    (b"[[],[],[],[],[],[],[],{}]", [[], [], [], [], [], [], [], {}]),
    (b"9007199254740992", MAX_INTEGER),
    (b'"\\ud83d\\ude00"', "\U0001f600"),
    (b'"' + "ế".encode() * MAX_TEXT + b'"', "ế" * MAX_TEXT),
    # A mark after an escape belongs to the escaped character, not to its last letter.
    (b'"\\n\xcc\x81"', "\n\u0301"),
    (b"[true,false,null,0,-1]", [True, False, None, 0, -1]),
])
def test_accepted(data: bytes, value: JsonValue) -> None:
    assert loads(data) == value


def test_depth_is_a_parameter() -> None:
    assert loads(b"[[[[[[[]]]]]]]", depth=7) == [[[[[[[]]]]]]]
    with pytest.raises(BadJson):
        loads(b"[[]]", depth=1)


@given(_values)
def test_round_trip(value: JsonValue) -> None:
    data = dumps(value)
    assert loads_canonical(data) == value
    assert dumps(loads(data)) == data


@pytest.mark.parametrize(("value", "code"), [
    ("\ud800", "JSON_SURROGATE"),
    ("a\0", "JSON_NUL"),
    ("e\u0301", "JSON_NOT_NFC"),
    ({"e\u0301": 1}, "JSON_NOT_NFC"),
    ("a" * (MAX_TEXT + 1), "JSON_LONG_TEXT"),
    ([MAX_INTEGER + 1], "JSON_BIG_INTEGER"),
    ([[[[[[[]]]]]]], "JSON_TOO_DEEP"),
])
def test_what_cannot_travel_is_not_written(value: JsonValue, code: str) -> None:
    with pytest.raises(BadJson) as caught:
        dumps(value)
    assert caught.value.code == code


def test_a_float_is_not_written() -> None:
    amount: Any = 0.5
    with pytest.raises(BadJson) as caught:
        dumps([amount])
    assert caught.value.code == "JSON_NOT_INTEGER"


def test_keys_are_sorted_and_nothing_is_blank() -> None:
    assert dumps({"b": [1, "ộ"], "a": None}) == '{"a":null,"b":[1,"ộ"]}'.encode()


@pytest.mark.parametrize("data", [b'{"b":1,"a":2}', b'{ "a":1}', b'{"a":1}\n', b'"\\u0041"', b'"\\/"'])
def test_only_the_canonical_form_passes_where_it_is_asked_for(data: bytes) -> None:
    assert loads(data) is not None
    with pytest.raises(BadJson) as caught:
        loads_canonical(data)
    assert caught.value.code == "JSON_NOT_CANONICAL"
