"""Reason codes of receipts in plain words."""

from __future__ import annotations

from collections.abc import Mapping

from desktop.exchange.messages import PARTS, REFUSALS

_JUDGEMENTS: Mapping[str, str] = {
    "DEVICE_NOT_ENROLLED": "Máy ghi phần này chưa được chấp nhận; sẽ tự tính vào khi máy được chấp nhận.",
    "DEVICE_RETIRED": "Máy ghi phần này đã được cho thôi; nội dung ghi sau đó được giữ, chưa tính.",
    "FACT_OTHER_PLAN": "Nội dung thuộc một kế hoạch khác.",
    "FACT_OUTSIDE_SCOPE": "Máy này không có quyền ghi cho đơn vị hoặc nội dung đó.",
    "FACT_UNKNOWN_KIND": "Nội dung do phiên bản Sổ tiến độ mới hơn ghi; giữ nguyên, sẽ tính khi cập nhật chương trình.",
    "FACT_UNKNOWN_FIELD": "Có mục do phiên bản Sổ tiến độ mới hơn ghi; giữ nguyên, sẽ tính khi cập nhật chương trình.",
    "FACT_BAD_RECORD": "Nội dung không thuộc nhiệm vụ nào của kế hoạch.",
    "FACT_BAD_VALUE": "Có giá trị không hợp lệ (trạng thái, tỷ lệ hoặc ngày).",
    "FACT_BAD_SHAPE": "Nội dung không đúng mẫu.",
    "FACT_TOO_LONG": "Nội dung dài quá giới hạn.",
    "AUTH_NOT_ROOT": "Một mục quyền không do khóa gốc của đơn vị tổng hợp ký nên không có hiệu lực.",
    "AUTH_OTHER_PLAN": "Một mục quyền thuộc một kế hoạch khác nên không tính ở đây.",
    "REQUEST_UNIT_UNKNOWN": "Máy gửi xin đăng ký cho một đơn vị không có trong danh sách đơn vị của kế hoạch.",
    "SEG_NOT_FOR_US": "Phần này gửi cho đơn vị khác.",
    "SEG_BAD_PLACE": "Số thứ tự trong phần này không đúng.",
}


def reason_words(code: str) -> str:
    """The sentence of a reason code; one that only a newer program knows is told as such, so that nothing is hidden."""
    if code in REFUSALS:
        return REFUSALS[code][0]
    if code.startswith("JSON_"):
        return "Có dòng không đúng mẫu (trùng tên, số hoặc chữ không hợp lệ); cả phần này không được tính."
    newer = f"Vì một lý do mà phiên bản này chưa biết ({code}); hãy cập nhật chương trình."
    return _JUDGEMENTS.get(code) or PARTS.get(code) or newer
