"""What the units of the tour report: a few real rows each, typed as an officer would word them."""

from __future__ import annotations

from datetime import date

from desktop.models.report import WorkState
from desktop.services.reporting import enter, work_view
from desktop.services.workspace import Workspace
from desktop.ui.shell.window import MainWindow
from desktop.ui.tour.stage import Stage

DONE, DOING = WorkState.DONE, WorkState.DOING

ENTRIES: dict[str, dict[str, object]] = {
    "I/1/1.4": {"state": DOING, "percent": 80, "result": "32/40 tổ dân phố đạt tiêu chí.", "evidence": "BC 88/BC-UBND"},
    "I/2/2.3/2.3.3": {"state": DOING, "percent": 75, "result": "100% tổ dân phố đã xây dựng phương án hoạt động."},
    "I/2/2.4/2.4.1": {"state": DOING, "percent": 92, "result": "Bao phủ bảo hiểm y tế đạt 92,8%.",
                      "difficulties": "Còn 310 hộ chưa tham gia.", "proposals": "Đề nghị BHXH quận cử cán bộ hỗ trợ."},
    "II/3/3.1/3.1.55": {"state": DONE, "percent": 100, "done_on": date(2023, 2, 10),
                        "result": "Đã tổ chức đêm văn nghệ và hội chợ xuân.", "evidence": "BC 15/BC-UBND"},
    "I/1/1.5": {"state": DOING, "percent": 97, "result": "Thu gom 100%; cơ giới 97,4%.", "evidence": "BC 251/BC"},
    "II/2/2.1/2.1.4": {"state": DONE, "percent": 100, "done_on": date(2023, 9, 8),
                       "result": "Đã nghiệm thu, bàn giao đưa vào sử dụng.", "evidence": "BB nghiệm thu 112/BB-BQL"},
    "II/2/2.1/2.1.5": {"state": DOING, "percent": 85, "result": "Xong phần thô, đang hoàn thiện mặt đứng.",
                       "difficulties": "Chậm vật tư."},
    "II/2/2.1/2.1.7": {"state": DONE, "percent": 100, "done_on": date(2023, 5, 26),
                       "result": "Hoàn thành vườn hoa Ngọc Lâm.", "evidence": "BB nghiệm thu 61/BB"},
    "II/2/2.1/2.1.9": {"state": DOING, "percent": 70, "result": "7/10 trường hoàn thành; 3 trường xong trước 25/9.",
                       "evidence": "BC 245/BC-TTPTQĐ"},
    "II/2/2.1/2.1.11": {"state": DONE, "percent": 100, "result": "Hoàn thành 6/6 trường.",
                        "evidence": "BB nghiệm thu 98"},
    "II/2/2.1/2.1.19": {"state": DOING, "percent": 55, "result": "Giảm 6/11 điểm; đang lấy ý kiến 2 phường."},
}


def enter_quarter(stage: Stage, window: MainWindow, period: str) -> None:
    """Enter the rows this unit leads among ENTRIES, each saved on its own as the grid does."""

    def job(ws: Workspace) -> None:
        for row in work_view(ws, period).rows:
            if row.lead and row.path in ENTRIES:
                enter(ws, row.item, row.unit, period, ENTRIES[row.path], row.shown)

    stage.ask(window, job)
