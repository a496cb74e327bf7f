"""File names of attachments: safe on every PC and stick, and the same for everybody."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.models.attachments import is_safe_name, safe_name


@pytest.mark.parametrize(("given_name", "safe"), [
    ("Biên bản 14.9.2023.pdf", "Biên bản 14.9.2023.pdf"),
    ("../../etc/passwd", "-..-etc-passwd"), ("C:\\máy\\a.doc", "C--máy-a.doc"), ("a:b.txt", "a-b.txt"),
    (".bashrc", "bashrc"), ("a.txt. . ", "a.txt"), ("  a   b\t.pdf", "a b .pdf"), ("", "tep"), ("...", "tep"),
    ("CON", "_CON"), ("nul.txt", "_nul.txt"), ("Com1 .pdf", "_Com1 .pdf"), ("COM10.pdf", "COM10.pdf"),
    ("bao-cao\u202efdp.exe", "bao-caofdp.exe"), ("a\u200bb\x00.pdf", "ab.pdf"), ("a\nb.pdf", "a b.pdf"),
    ("Ba\u0301o ca\u0301o.docx", "Báo cáo.docx"), ("x" * 300 + ".jpeg", "x" * 115 + ".jpeg"),
    ("a." + "b" * 300, "a." + "b" * 118),
])
def test_names_are_made_safe(given_name: str, safe: str) -> None:
    assert safe_name(given_name) == safe
    assert is_safe_name(safe)
    assert is_safe_name(given_name) == (given_name == safe)


@given(st.text(max_size=300) | st.text(alphabet="./\\: conulạ\u0301\u202e<", max_size=40))
def test_a_safe_name_is_one_name_and_stays_as_it_is(text: str) -> None:
    name = safe_name(text)
    assert safe_name(name) == name
    assert name not in ("", ".", "..")
    assert not set(name) & set('/\\:*?"<>|\x00')
    assert len(name.encode()) <= 200
    assert unicodedata.is_normalized("NFC", name)
    assert name == name.strip(" .")
