"""What a plan file is, told by its first bytes; what cannot be read is refused with the format to save as."""

from __future__ import annotations

from enum import StrEnum

from desktop.models.errors import Refused

_ZIP = b"PK\x03\x04"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_OLD = (
    (b"%PDF", "PDF", ".docx hoặc .xlsx"), (b"{\\rtf", "RTF", ".docx"), (_OLE, "Word hoặc Excel kiểu cũ (.doc, .xls)",
                                                                      ".docx hoặc .xlsx"),
)
OLD_ENDINGS = {
    ".xls": ("Excel kiểu cũ (.xls)", ".xlsx"), ".xlsb": ("Excel nhị phân (.xlsb)", ".xlsx"),
    ".ods": ("bảng tính OpenDocument (.ods)", ".xlsx"), ".doc": ("Word kiểu cũ (.doc)", ".docx"),
    ".odt": ("văn bản OpenDocument (.odt)", ".docx"), ".rtf": ("RTF", ".docx"), ".pdf": ("PDF", ".docx hoặc .xlsx"),
}
_NEW_ENDINGS = (".xlsx", ".xlsm", ".xltx", ".xltm", ".docx", ".docm", ".dotx", ".dotm")



class FileKind(StrEnum):
    """What a plan file is."""

    TEXT = "text"
    XLSX = "xlsx"
    DOCX = "docx"


def is_text(data: bytes, ending: str) -> bool:
    """Whether the bytes may be a plain text, not a zip file; ``ending`` (".xls", small letters) names what is refused.

    Raises Refused PLAN_OTHER_FORMAT (with the format to save as), PLAN_HAS_PASSWORD, PLAN_DAMAGED.
    """
    if data.startswith(_OLE) and _ENCRYPTED in data:
        raise Refused(
            "PLAN_HAS_PASSWORD", "Tệp có đặt mật khẩu nên không đọc được. Chưa có gì thay đổi.",
            "Hãy mở tệp bằng Excel hoặc Word, bỏ mật khẩu (Tệp > Thông tin > Bảo vệ), lưu lại rồi chọn tệp đó.",
        )
    if not data.startswith(_ZIP):
        for start, name, wanted in _OLD:
            if data.startswith(start):
                name, wanted = OLD_ENDINGS.get(ending, (name, wanted))
                raise other_format(name, wanted)
        if ending in OLD_ENDINGS:
            raise old_format(ending)
        if ending in _NEW_ENDINGS and data:
            raise damaged()
        return True
    return False


def old_format(ending: str) -> Refused:
    """The refusal of a file by its ending (".xls")."""
    return other_format(*OLD_ENDINGS[ending])


def other_format(name: str, wanted: str) -> Refused:
    """The refusal of a kind of file, with the format to save it as."""
    return Refused(
        "PLAN_OTHER_FORMAT", f"Đây là tệp {name}, chương trình không đọc được. Chưa có gì thay đổi.",
        f"Hãy mở tệp bằng chương trình đã tạo ra nó, chọn Lưu dạng khác (Save As), loại {wanted}, rồi chọn tệp mới.",
    )


def damaged() -> Refused:
    """The refusal of an Excel or Word file that cannot be opened or whose parts are not as they should be."""
    return Refused(
        "PLAN_DAMAGED", "Tệp Excel hoặc Word bị hỏng hoặc chép chưa hết, không mở được. Chưa có gì thay đổi.",
        "Hãy chép lại tệp từ nơi gửi; nếu Excel hoặc Word vẫn mở được thì mở và lưu lại rồi chọn tệp đó.",
    )
