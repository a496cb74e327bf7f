"""Bytes of a text file -> numbered lines in NFC."""

from __future__ import annotations

import codecs
import re

from desktop.models.errors import Refused
from desktop.models.text import nfc

_MARKS = (
    # UTF-32's mark begins with UTF-16's: it must be tried first.
    (codecs.BOM_UTF32_LE, "utf-32-le"), (codecs.BOM_UTF32_BE, "utf-32-be"), (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_CONTROLS = re.compile("[\x00-\x08\x0e-\x1f]")
_PUNCTUATION = {
    code: bytes([code]).decode("cp1252") for code in range(0x80, 0xA0) if code not in (0x81, 0x8D, 0x8F, 0x90, 0x9D)
}
"""Quotation marks, dashes and their like, where code page 1252 differs from Latin-1."""


def decode_lines(data: bytes) -> tuple[str, ...]:
    """The lines of a text file, without line ends; line n is element n-1.

    UTF-8 with or without its mark; UTF-16 and UTF-32 by their mark. Raises Refused PLAN_EMPTY, PLAN_WRONG_ENCODING.
    """
    mark, encoding = next(((mark, name) for mark, name in _MARKS if data.startswith(mark)), (b"", "utf-8"))
    try:
        # Old editors close a text with Ctrl-Z.
        text = data[len(mark):].decode(encoding).removesuffix("\x1a")
    except UnicodeDecodeError as error:
        raise _wrong_encoding() from error
    if _CONTROLS.search(text):
        raise _wrong_encoding()
    if not text.strip("\ufeff \t\r\n\f\v\xa0"):
        raise Refused(
            "PLAN_EMPTY", "Tệp kế hoạch trống, không có chữ nào. Chưa có gì thay đổi.", "Hãy chọn lại tệp kế hoạch."
        )
    return _lines(nfc(text))


def code_page_lines(data: bytes) -> tuple[str, ...]:
    """The lines of a text of Windows code page 1252, as files in TCVN3 or VNI are kept. Raises as ``decode_lines``."""
    text = data.removesuffix(b"\x1a").decode("latin-1")
    if _CONTROLS.search(text):
        raise _wrong_encoding()
    return _lines(text.translate(_PUNCTUATION))


def _lines(text: str) -> tuple[str, ...]:
    # ``splitlines`` would also part at signs that stand inside a line.
    return tuple(text.replace("\r\n", "\n").replace("\r", "\n").split("\n"))


def _wrong_encoding() -> Refused:
    return Refused(
        "PLAN_WRONG_ENCODING",
        "Tệp không phải văn bản Unicode (UTF-8) nên không đọc được chữ tiếng Việt. Chưa có gì thay đổi.",
        "Hãy mở tệp bằng chương trình đã soạn ra nó và lưu lại dạng văn bản thuần (.txt), bảng mã UTF-8;"
        " nếu đó là tệp Word hoặc Excel thì chọn chính tệp .docx, .xlsx.",
    )
