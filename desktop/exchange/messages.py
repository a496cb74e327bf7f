"""What each refusal of the exchange says to a person, by its stable code."""

from __future__ import annotations

from collections.abc import Mapping

from desktop.models.errors import Refused

_UNCHANGED = "Không có gì được nhập, dữ liệu đang có còn nguyên."
_SEND_AGAIN = "Đề nghị đơn vị gửi ghi lại tệp (có thể ra USB khác) rồi gửi lại."
_NOT_CHANGED_BY_MAIL = "Hãy lấy lại tệp gốc đuôi .sotiendo; nếu nằm trong tệp nén thì giải nén trước rồi nhập lại."

REFUSALS: Mapping[str, tuple[str, str]] = {
    "PKG_EMPTY": ("Tệp rỗng, không có nội dung nào.", _SEND_AGAIN),
    "PKG_TOO_BIG": (
        "Tệp vượt giới hạn của Sổ tiến độ (64 MB, 10.000 phần, 250.000 nội dung).",
        "Đề nghị đơn vị gửi kiểm tra lại; tệp do chương trình ghi ra không bao giờ lớn như vậy.",
    ),
    "PKG_NOT_A_PACKAGE": ("Đây không phải tệp Sổ tiến độ.", _NOT_CHANGED_BY_MAIL),
    "PKG_TRUNCATED": ("Tệp bị cụt, thiếu phần cuối: việc chép hoặc gửi chưa xong.", _SEND_AGAIN),
    "PKG_DAMAGED": ("Tệp bị hỏng: nội dung không còn như lúc ghi.", _SEND_AGAIN),
    "PKG_BAD_CONTAINER": ("Tệp bị hỏng hoặc đã bị phần mềm khác ghi lại.", _NOT_CHANGED_BY_MAIL),
    "PKG_NOT_FOR_US": (
        "Máy này không mở được tệp: tệp gửi cho đơn vị khác hoặc đã bị hỏng.",
        "Hãy xem tên tệp có đúng đơn vị mình không; nếu đúng, đề nghị đơn vị gửi ghi lại tệp.",
    ),
    "PKG_BAD_SIGNATURE": (
        "Chữ ký của tệp không đúng: tệp bị hỏng hoặc bị sửa.",
        "Không nhập tệp này. Đề nghị đơn vị gửi ghi lại tệp và đối chiếu mã kiểm tra qua điện thoại.",
    ),
    "PKG_BAD_MANIFEST": (
        "Bảng kê trong tệp không đúng mẫu hoặc không khớp với nội dung.",
        "Đề nghị đơn vị gửi cập nhật Sổ tiến độ rồi ghi lại tệp.",
    ),
    "PKG_NEWER_VERSION": (
        "Tệp do phiên bản Sổ tiến độ mới hơn ghi ra, máy này chưa đọc được.",
        "Hãy cập nhật Sổ tiến độ trên máy này rồi nhập lại.",
    ),
}

PARTS: Mapping[str, str] = {
    "SEG_BAD_SIGNATURE": "Chữ ký của phần này không đúng.",
    "SEG_BAD_HEAD": "Chuỗi nội dung của phần này không khớp mã băm.",
    "SEG_COUNT": "Số nội dung trong phần này không đúng như đã ghi.",
    "SEG_BAD_SHAPE": "Phần này không đúng mẫu.",
    "SEG_BAD_NAME": "Tên phần này không khớp với nội dung bên trong.",
    "SEG_TOO_LONG": "Phần này vượt giới hạn (5.000 nội dung, mỗi nội dung 64 KB).",
    "AUTH_BAD_SHAPE": "Danh sách quyền trong tệp không đúng mẫu.",
    "AUTH_BAD_SIGNATURE": "Một mục quyền có chữ ký không đúng.",
}
"""What a receipt says of a part that was set aside while the rest of its file was taken."""


def refusal(code: str) -> Refused:
    """The refusal of a whole file."""
    message, advice = REFUSALS[code]
    return Refused(code, f"{message} {_UNCHANGED}", advice)


def part_fault(code: str) -> Refused:
    """The refusal of one part of a file."""
    return Refused(code, PARTS[code])
