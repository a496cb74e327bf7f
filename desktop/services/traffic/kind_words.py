"""Kinds and fields of facts in the words of the screens, for whoever looks inside a package."""

from __future__ import annotations

from collections.abc import Mapping

from desktop.models.report import STATE_WORDS, WorkState
from desktop.models.strict_json import JsonValue, dumps
from desktop.services.plan.read_again import HEADINGS
from desktop.services.reporting import FIELD_NAMES

KIND_WORDS: Mapping[str, str] = {
    "plan": "thông tin kế hoạch",
    "node": "dòng của kế hoạch",
    "paragraph": "đoạn văn của kế hoạch",
    "finding": "điểm cần rà soát",
    "unit": "đơn vị",
    "collective": "tập thể",
    "vocabulary": "tên gọi",
    "duty": "hạn báo cáo",
    "report": "báo cáo",
    "correction": "cách hiểu đã sửa",
    "comment": "ý kiến",
    "attachment": "tệp đính kèm",
    "submission": "lần nộp báo cáo",
    "closing": "chốt số liệu kỳ",
    "seen": "xác nhận đã nhận",
    "continues": "viết tiếp vào nhật ký mới",
    "notice": "nội dung không được tính và lý do",
}
_FIELD_WORDS: Mapping[str, str] = {
    **FIELD_NAMES, **{field.value: words for field, words in HEADINGS.items()}, "reason": "Lý do",
    "path": "Đường dẫn", "issuer": "Cơ quan ban hành", "signer": "Người ký", "theme": "Chủ đề", "message": "Diễn giải",
    "hub": "Đơn vị tổng hợp", "level": "Cấp", "parent": "Thuộc", "order": "Thứ tự",
    "about": "Góp ý về", "text": "Nội dung", "answer": "Trả lời",
    "settled": "Đã xong", "withdrawn": "Đã rút", "name": "Tên", "short": "Tên gọn", "aliases": "Tên khác",
    "members": "Thành viên", "number": "Số ký hiệu", "day": "Ngày", "year": "Năm", "closed": "Kết thúc ngày",
    "closes": "Chốt số liệu", "send_by": "Hạn gửi", "size": "Kích thước", "blob": "Mã băm của tệp",
    "covers": "Phần được tính", "decision": "Quyết định", "arrived": "Ngày đến", "channel": "Đường đến",
    "ruling": "Kết luận về hạn", "note": "Ghi chú", "reopened": "Mở lại", "version": "Lần",
}


def kind_words(kind: str) -> str:
    """A kind in words; one this program does not know says so."""
    return KIND_WORDS.get(kind, f"loại chưa biết “{kind}”")


def field_words(field: str) -> str:
    """A field in words; one without stands for itself."""
    return _FIELD_WORDS.get(field, field)


def value_words(field: str, value: JsonValue) -> str:
    """A value as a person reads it; a dash for nothing."""
    if value is None or value == "":
        return "–"
    if isinstance(value, str):
        return STATE_WORDS[WorkState(value)] if field == "state" and value in set(WorkState) else value
    if isinstance(value, int):
        return f"{value}%" if field == "percent" else str(value)
    if isinstance(value, dict) and isinstance(value.get("text"), str):
        return str(value["text"]) or "–"
    if isinstance(value, list) and all(isinstance(one, str) for one in value):
        return "; ".join(str(one) for one in value) or "–"
    return dumps(value).decode()
