"""A small plan of the year after the bundled one, by the same issuer: what *Mở kế hoạch mới* opens in tests."""

from __future__ import annotations

from pathlib import Path

NUMBER = "98-KH/QU"
YEAR = 2024
_HEAD = "TT|Nội dung thực hiện|Lãnh đạo phụ trách|Đơn vị chủ trì|Đơn vị phối hợp|Thời gian thực hiện" \
    "|Thời gian hoàn thành"
ROWS = (
    "I|CÁC CHỈ TIÊU CHỦ YẾU|||||",
    "1|Tỷ lệ hộ gia đình văn hóa đạt 95%|Đ/c Nguyễn Văn An|UB MTTQ quận|UBND các phường||Tháng 12/2024",
    "II|NHIỆM VỤ TRỌNG TÂM|||||",
    "1|Chỉnh trang vườn hoa phường Bồ Đề|Đ/c Nguyễn Văn An|UBND phường Bồ Đề|Phòng VHTT|Quý I/2024|Quý III/2024",
    "2|Cải tạo các trường học trên địa bàn|Đ/c Trần Thị Bình|TTPTQĐ|UBND các phường||25/10/2024",
)


def write_next_plan(folder: Path, *, number: str = NUMBER, year: int = YEAR, rows: tuple[str, ...] = ROWS) -> Path:
    """The plan as a text file in a folder."""
    lines = (
        "QUẬN ỦY LONG BIÊN", f"Số {number}", f"Long Biên, ngày 09 tháng 01 năm {year}", "KẾ HOẠCH",
        f"Triển khai thực hiện chủ đề công tác năm {year}", "Ban Thường vụ Quận ủy xây dựng kế hoạch.",
        f"BIỂU TIẾN ĐỘ THỰC HIỆN CHỦ ĐỀ CÔNG TÁC NĂM {year}", *(row.replace("|", "\t") for row in (_HEAD, *rows)),
    )
    path = folder / f"ke-hoach-{year}.txt"
    path.write_text("\n".join(lines), encoding="utf-8")
    return path
