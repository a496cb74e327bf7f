"""How codes are written for reading out."""

from __future__ import annotations


def grouped(code: str) -> str:
    """20 digits in groups of four, as they are read out by telephone: "2087 4451 9963 1204 7718"."""
    plain = "".join(code.split())
    return " ".join(plain[at : at + 4] for at in range(0, len(plain), 4))


def counted(number: int, words: str) -> str:
    """A number with thousands points before its words: "1.234 mục"."""
    return f"{number:,}".replace(",", ".") + f" {words}"
