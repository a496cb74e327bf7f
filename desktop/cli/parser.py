"""The grammar of the commands, with help in Vietnamese."""

from __future__ import annotations

import argparse
import re
from datetime import date
from pathlib import Path
from typing import NoReturn

from desktop.cli.days import read_day
from desktop.models.errors import Mistake

DESCRIPTION = "Sổ tiến độ: theo dõi thực hiện kế hoạch, không cần mạng. Không có lệnh nào: mở cửa sổ chương trình."
EPILOG = (
    "Mã thoát: 0 xong (tạm giữ cũng là xong); 1 bị từ chối hoặc có lỗi trong kế hoạch; 2 lệnh sai; 3 do môi trường "
    "(đĩa đầy, không có quyền, thư mục đang mở...). Mật khẩu khóa lấy từ SOTIENDO_PASSPHRASE hoặc hỏi khi cần."
)


class Parser(argparse.ArgumentParser):
    """An ArgumentParser that speaks Vietnamese and raises Mistake instead of leaving the program."""

    def __init__(self, prog: str | None = None, description: str | None = None, epilog: str | None = None) -> None:
        super().__init__(prog=prog, description=description, epilog=epilog, add_help=False)
        self._positionals.title = "tham số"
        self._optionals.title = "tùy chọn"
        self.add_argument("-h", "--help", action="help", help="xem hướng dẫn này")
        self.add_argument("--data", type=Path, metavar="DIR", default=argparse.SUPPRESS, help="thư mục dữ liệu")

    def format_usage(self) -> str:
        """The usage line, in Vietnamese."""
        return super().format_usage().replace("usage: ", "cách dùng: ", 1)

    def format_help(self) -> str:
        """The whole help, in Vietnamese."""
        return super().format_help().replace("usage: ", "cách dùng: ", 1)

    def error(self, message: str) -> NoReturn:
        """A slip in the command: told with the right form."""
        names = [name for action in self._actions for name in (*action.option_strings, str(action.metavar or ""))]
        # argparse's sentence is English; which of our own names it is about can still be told.
        about = ", ".join(name for name in names if len(name) > 1 and name in message)
        raise Mistake(
            "USAGE", f"Lệnh chưa đúng ở: {about}." if about else "Lệnh chưa đúng.",
            " ".join(self.format_usage().split()),
        )


def build() -> Parser:
    """The parser of every headless command; ``command`` names the chosen one, as in "package write"."""
    parser = Parser("sotiendo", DESCRIPTION, EPILOG)
    parser.set_defaults(command="")
    groups = parser.add_subparsers(title="lệnh", metavar="LỆNH", parser_class=Parser)
    _plan(_add(groups, "plan", "đọc và nhập kế hoạch"))
    _times(_add(groups, "times", "đọc cụm từ thời gian"))
    _setup(_add(groups, "setup", "thiết lập thư mục dữ liệu"))
    _enroll(_add(groups, "enroll", "tệp khởi tạo và đăng ký máy"))
    _machine(_add(groups, "machine", "các máy ghi vào kế hoạch"))
    _spare(_add(groups, "spare", "khóa gốc dự phòng"))
    _unit(_add(groups, "unit", "đơn vị, tên gọi và tập thể của kế hoạch"))
    _report(_add(groups, "report", "nhập, nộp, tiếp nhận và liệt kê báo cáo"))
    _period(_add(groups, "period", "chốt và mở lại số liệu kỳ"))
    _package(_add(groups, "package", "ghi, kiểm tra, xem và nhập tệp trao đổi"))
    _inbox(_add(groups, "inbox", "thư mục nhận: tệp đến trong một thư mục được kiểm tra và chờ nhập"))
    _sheet(_add(groups, "sheet", "in bảng biểu"))
    _leaf(_add(groups, "digest", "mã băm của trạng thái dữ liệu"), "digest")
    _json(_leaf(_add(groups, "doctor", "kiểm tra dữ liệu"), "doctor"))
    tour = _leaf(_add(groups, "tour", "chạy thử trọn vẹn, chụp ảnh mọi màn hình"), "tour")
    tour.add_argument("--out", type=Path, metavar="DIR", required=True, help="thư mục nhận ảnh và tệp")
    demo = _leaf(_add(groups, "demo", "mở cửa sổ với dữ liệu trình diễn"), "demo")
    demo.add_argument("--out", type=Path, metavar="DIR", help="không có màn hình: nơi nhận ảnh chạy thử")
    return parser


def _year(text: str) -> int:
    """A year of four digits that calendars hold, the one after it too."""
    if not re.fullmatch(r"[12]\d{3}", text):
        raise argparse.ArgumentTypeError(text)
    return int(text)


def _add(under: argparse._SubParsersAction[Parser], word: str, meaning: str) -> Parser:
    """One more word, which says in its own help what it does."""
    return under.add_parser(word, help=meaning, description=f"{meaning[0].upper()}{meaning[1:]}.")


def _leaf(parser: argparse.ArgumentParser, command: str) -> argparse.ArgumentParser:
    parser.set_defaults(command=command)
    return parser


def _json(parser: argparse.ArgumentParser) -> argparse.ArgumentParser:
    parser.add_argument("--json", action="store_true", help="in kết quả dạng JSON (docs/cli.md)")
    return parser


def _under(parser: argparse.ArgumentParser) -> argparse._SubParsersAction[Parser]:
    return parser.add_subparsers(title="lệnh", metavar="LỆNH", parser_class=Parser, required=True)


def _plan(parser: argparse.ArgumentParser) -> None:
    under = _under(parser)
    read = _json(_leaf(_add(under, "read", "đọc kế hoạch, báo chỗ cần rà soát; không nhập gì"), "plan read"))
    taken = _leaf(_add(under, "import", "kiểm tra rồi nhập vào thư mục dữ liệu"), "plan import")
    compare = _json(_leaf(_add(under, "compare", "bản mới của kế hoạch khác gì; không ghi gì"), "plan compare"))
    amend = _leaf(_add(under, "amend", "áp dụng bản mới của kế hoạch (đơn vị tổng hợp)"), "plan amend")
    for leaf in (read, taken, compare, amend):
        _plan_file(leaf)
    read.add_argument("--findings", type=Path, metavar="XLSX", help="ghi danh sách cần rà soát ra tệp Excel")
    for leaf in (compare, amend):
        leaf.add_argument("--pair", action="append", default=[], metavar="CŨ=MỚI",
                          help="dòng mới này là dòng cũ kia, ví dụ II/2/2.1/2.1.9=II/2/2.1/2.1.10")
        leaf.add_argument("--new", action="append", default=[], metavar="MỚI", help="dòng này không là dòng cũ nào")
    amend.add_argument("--yes", action="store_true", help="ghi; không có thì chỉ cho xem")
    _several_plans(under)
    _corrections(under)


def _plan_file(leaf: argparse.ArgumentParser, nargs: str | None = None) -> None:
    """A plan file with what may be chosen for its reading."""
    leaf.add_argument("file", type=Path, nargs=nargs, metavar="FILE", help="tệp kế hoạch: .xlsx, .docx hoặc văn bản")
    leaf.add_argument("--table", metavar="TÊN", help="trang tính hoặc bảng cần đọc, khi tệp có nhiều bảng")
    leaf.add_argument(
        "--legacy", choices=("tcvn3", "vni", "none"),
        help="chữ viết bằng bảng mã cũ: chuyển từ TCVN3 hoặc VNI sang Unicode; none: giữ nguyên",
    )


def _corrections(under: argparse._SubParsersAction[Parser]) -> None:
    fields = "title, leaders, lead_units, coordinating_units, start, end, targets"
    correct = _json(_leaf(_add(under, "correct", "sửa cách hiểu một dòng (đơn vị tổng hợp)"), "plan correct"))
    correct.add_argument("--item", required=True, metavar="ĐƯỜNG_DẪN", help="ví dụ II/2/2.1/2.1.9")
    correct.add_argument("--field", required=True, metavar="Ô", help=f"ô cần sửa: {fields}")
    wanted = correct.add_mutually_exclusive_group(required=True)
    wanted.add_argument("--to", metavar="CHỮ", help="cách hiểu mới; nhiều tên cách nhau bằng dấu chấm phẩy")
    wanted.add_argument("--original", action="store_true", help="trở lại cách hiểu ban đầu")
    correct.add_argument("--reason", metavar="LÝ_DO", default="", help="lý do, ghi kèm người sửa và thời điểm")
    correct.add_argument("--try", dest="trial", action="store_true", help="chỉ xem sẽ hiểu thế nào; không ghi gì")
    comment = _leaf(_add(under, "comment", "gửi, rút, trả lời ý kiến về một dòng"), "plan comment")
    which = comment.add_mutually_exclusive_group(required=True)
    which.add_argument("--item", metavar="ĐƯỜNG_DẪN", help="dòng được góp ý, ví dụ II/2/2.1/2.1.9")
    which.add_argument("--answer", metavar="MÃ", help="trả lời ý kiến này (đơn vị tổng hợp); mã lấy từ plan comments")
    which.add_argument("--withdraw", metavar="MÃ", help="rút lại ý kiến này")
    comment.add_argument("--about", metavar="Ô", default="", help=f"ô được góp ý: {fields}")
    comment.add_argument("--text", metavar="CHỮ", default="", help="nội dung ý kiến hoặc câu trả lời")
    comment.add_argument("--open", action="store_true", help="trả lời nhưng ý kiến còn để ngỏ")
    _json(_leaf(_add(under, "comments", "các ý kiến đang có về kế hoạch"), "plan comments"))



def _several_plans(under: argparse._SubParsersAction[Parser]) -> None:
    """Several plans in one folder."""
    _json(_leaf(_add(under, "list", "các kế hoạch trong thư mục dữ liệu"), "plan list"))
    choose = _leaf(_add(under, "choose", "chuyển sang làm việc với kế hoạch khác"), "plan choose")
    choose.add_argument("number", metavar="SỐ", help="số ký hiệu, ví dụ 160-KH/QU")
    choose.add_argument("--year", type=_year, metavar="NĂM", help="khi có hai kế hoạch cùng số")
    new = _leaf(_add(under, "new", "mở kế hoạch mới, giữ đơn vị và máy đã đăng ký (đơn vị tổng hợp)"), "plan new")
    # Words behind --carry may end with the file: which of them it is, is found once all are there (plans.py).
    _plan_file(new, nargs="?")
    new.usage = "%(prog)s [-h] [--data DIR] [--table TÊN] [--legacy {tcvn3,vni,none}] " \
        "[--carry DÒNG [DÒNG ...] | --carry-all] FILE"
    new.add_argument(
        "--carry", nargs="+", action="append", default=[], metavar="DÒNG",
        help="việc chưa xong cần chuyển tiếp, ví dụ II/2/2.1/2.1.9; II/1=III/2 để nối vào dòng của kế hoạch mới;"
        " FILE đứng trước hay sau đều được",
    )
    new.add_argument("--carry-all", action="store_true", help="chuyển tiếp mọi việc chưa xong")
    _leaf(_add(under, "close", "kết thúc kế hoạch đang làm việc: từ đó chỉ xem (đơn vị tổng hợp)"), "plan close")
    _leaf(_add(under, "reopen", "mở lại kế hoạch đã kết thúc (đơn vị tổng hợp)"), "plan reopen")


def _times(parser: argparse.ArgumentParser) -> None:
    read = _json(_leaf(_add(_under(parser), "read", "mỗi dòng vào một cụm từ, mỗi dòng ra một JSON"),
                       "times read"))
    read.add_argument("--year", type=_year, required=True, metavar="NĂM", help="năm của kế hoạch, ví dụ 2023")
    read.add_argument("--column", choices=("start", "end"), default="end", help="cột bắt đầu hay cột hoàn thành")


def _setup(parser: argparse.ArgumentParser) -> None:
    under = _under(parser)
    hub = _leaf(_add(under, "hub", "thư mục của đơn vị tổng hợp"), "setup hub")
    hub.add_argument("--unit", required=True, metavar="TÊN", help="tên đơn vị tổng hợp")
    hub.add_argument("--plan", type=Path, required=True, metavar="FILE", help="tệp kế hoạch")
    unit = _leaf(_add(under, "unit", "thư mục của đơn vị báo cáo"), "setup unit")
    unit.add_argument("--unit", required=True, metavar="TÊN", help="tên đơn vị báo cáo")
    unit.add_argument("--starter", type=Path, required=True, metavar="FILE", help="tệp khởi tạo")
    more = _leaf(_add(under, "machine", "thêm một máy của đơn vị tổng hợp"), "setup machine")
    more.add_argument("--starter", type=Path, required=True, metavar="FILE", help="tệp khởi tạo")
    for leaf in (unit, more):
        leaf.add_argument("--root-code", required=True, nargs="+", metavar="MÃ", help="mã 20 chữ số của khóa gốc")
    spare = _leaf(_add(under, "spare", "máy tổng hợp mới từ khóa dự phòng, khi các máy cũ đã mất"), "setup spare")
    spare.add_argument("file", type=Path, metavar="FILE", help="tệp khóa dự phòng")
    spare.add_argument("--code", required=True, nargs="+", metavar="MÃ", help="mã 30 chữ số niêm phong cùng tệp")


def _enroll(parser: argparse.ArgumentParser) -> None:
    under = _under(parser)
    starter = _leaf(_add(under, "starter", "ghi tệp khởi tạo (đơn vị tổng hợp)"), "enroll starter")
    starter.add_argument("--out", type=Path, required=True, metavar="FILE", help="tệp ghi ra; không bao giờ ghi đè")
    _json(_leaf(_add(under, "list", "các máy xin đăng ký"), "enroll list"))
    approve = _leaf(_add(under, "approve", "chấp nhận máy (đơn vị tổng hợp)"), "enroll approve")
    approve.add_argument("codes", nargs="*", metavar="MÃ", help="mã 20 chữ số, có hoặc không có dấu cách")
    approve.add_argument("--all", action="store_true", help="chấp nhận mọi máy đang chờ")
    _leaf(_add(under, "code", "mã 20 chữ số của máy này (đơn vị tổng hợp: của khóa gốc)"), "enroll code")
    again = _leaf(_add(under, "again", "đăng ký lại máy này bằng khóa mới khi khóa cũ đã mất"), "enroll again")
    again.add_argument("--forgotten", action="store_true", help="đã quên mật khẩu: bỏ khóa cũ dù tệp khóa còn đó")


def _machine(parser: argparse.ArgumentParser) -> None:
    under = _under(parser)
    _json(_leaf(_add(under, "list", "các máy của kế hoạch"), "machine list"))
    retire = _leaf(_add(under, "retire", "cho một máy thôi ghi (đơn vị tổng hợp)"), "machine retire")
    recount = _leaf(
        _add(under, "recount", "tính cả nội dung đến sau của máy đã cho thôi (đơn vị tổng hợp)"), "machine recount"
    )
    move = _leaf(_add(under, "move", "cho máy ghi cho đơn vị khác (đơn vị tổng hợp)"), "machine move")
    move.add_argument("--unit", required=True, metavar="TÊN", help="đơn vị mới")
    move.add_argument("--also", action="store_true", help="ghi thêm cho đơn vị này, giữ đơn vị cũ (khi sáp nhập)")
    for leaf in (retire, recount, move):
        leaf.add_argument("code", nargs="+", metavar="MÃ", help="mã 20 chữ số của máy, xem machine list")
    _leaf(_add(under, "reading", "đổi khóa đọc của đơn vị tổng hợp, khi mất một máy"), "machine reading")


def _spare(parser: argparse.ArgumentParser) -> None:
    under = _under(parser)
    seal = _leaf(_add(under, "seal", "niêm phong khóa dự phòng ra tệp (đơn vị tổng hợp)"), "spare seal")
    seal.add_argument("--out", type=Path, required=True, metavar="FILE", help="tệp hoặc thư mục; không bao giờ ghi đè")
    opened = _leaf(_add(under, "open", "mở khóa dự phòng thay khóa gốc (đơn vị tổng hợp)"), "spare open")
    opened.add_argument("file", type=Path, metavar="FILE", help="tệp khóa dự phòng")
    opened.add_argument("--code", required=True, nargs="+", metavar="MÃ", help="mã 30 chữ số niêm phong cùng tệp")
    _leaf(_add(under, "renew", "làm khóa dự phòng mới khi tệp niêm phong bị mất (đơn vị tổng hợp)"), "spare renew")


def _unit(parser: argparse.ArgumentParser) -> None:
    under = _under(parser)
    _json(_leaf(_add(under, "list", "mọi đơn vị và tập thể của kế hoạch"), "unit list"))
    teach = _leaf(_add(under, "teach", "dạy một tên in trong kế hoạch là đơn vị nào (đơn vị tổng hợp)"), "unit teach")
    teach.add_argument("name", metavar="TÊN_IN", help="tên như in trong kế hoạch")
    teach.add_argument("--as", dest="meant", required=True, metavar="TÊN", help="tên đơn vị hoặc tập thể được chỉ đến")
    members = _leaf(_add(under, "members", "một tập thể gồm những đơn vị nào (đơn vị tổng hợp)"), "unit members")
    members.add_argument("name", metavar="TẬP_THỂ", help="tên tập thể, ví dụ “các trường học”")
    collective = _leaf(_add(under, "collective", "thêm một tập thể (đơn vị tổng hợp)"), "unit collective")
    collective.add_argument("name", metavar="TẬP_THỂ", help="tên như in trong kế hoạch, ví dụ “khối trường học”")
    for leaf in (members, collective):
        leaf.add_argument(
            "--set", dest="units", nargs="*", action="extend", required=True, metavar="TÊN", help="tên các đơn vị"
        )
    added = _leaf(_add(under, "add", "thêm một đơn vị chưa có trong danh sách (đơn vị tổng hợp)"), "unit add")
    added.add_argument("name", metavar="TÊN_MỚI", help="tên như in trong kế hoạch")
    added.add_argument("--under", required=True, metavar="TÊN", help="đơn vị cấp trên")
    added.add_argument("--short", default="", metavar="TÊN_GỌN", help="tên gọn, dùng trong tên tệp; mặc định là tên")
    added.add_argument("--level", default="", metavar="CẤP", help="cấp của đơn vị, ví dụ “phường”")


def _report(parser: argparse.ArgumentParser) -> None:
    under = _under(parser)
    enter = _leaf(_add(under, "enter", "nhập báo cáo một nội dung"), "report enter")
    attach = _leaf(_add(under, "attach", "đính kèm một tệp vào báo cáo"), "report attach")
    for leaf in (enter, attach):
        leaf.add_argument("--item", required=True, metavar="ĐƯỜNG_DẪN", help="ví dụ II/2/2.1/2.1.9")
        leaf.add_argument("--unit", metavar="TÊN", help="mặc định: đơn vị của máy này")
        leaf.add_argument("--period", required=True, metavar="KỲ", help="ví dụ 2023-Q3")
    enter.add_argument(
        "--set", dest="values", action="append", required=True, metavar="Ô=GIÁ_TRỊ",
        help="state=todo|doing|done|paused|none_arising, percent, done_on, result, evidence, difficulties, proposals",
    )
    _json(_leaf(_add(under, "list", "mọi báo cáo đang có"), "report list"))
    attach.add_argument("file", type=Path, metavar="FILE", help="tệp đính kèm, tối đa 16 MB")
    _attachments(under)
    _submissions(under)


def _attachments(under: argparse._SubParsersAction[Parser]) -> None:
    _json(_leaf(_add(under, "attachments", "mọi tệp đính kèm báo cáo"), "report attachments"))
    save = _leaf(_add(under, "attachment-save", "chép một tệp đính kèm ra ngoài"), "report attachment-save")
    save.add_argument("--out", type=Path, required=True, metavar="FILE_HOẶC_DIR", help="không bao giờ ghi đè")
    withdraw = _leaf(_add(under, "attachment-withdraw", "rút lại một tệp đính kèm"), "report attachment-withdraw")
    for leaf in (save, withdraw):
        leaf.add_argument("record", metavar="MÃ", help="mã tệp đính kèm, lấy từ report attachments")


def _submissions(under: argparse._SubParsersAction[Parser]) -> None:
    """Submitting a period's report, and what the hub says to it."""
    submit = _leaf(_add(under, "submit", "nộp báo cáo kỳ; sau khi đã tiếp nhận: báo cáo đính chính"), "report submit")
    withdraw = _leaf(_add(under, "withdraw", "rút báo cáo đã nộp, khi chưa được tiếp nhận"), "report withdraw")
    accept = _leaf(_add(under, "accept", "tiếp nhận báo cáo của một đơn vị (đơn vị tổng hợp)"), "report accept")
    back = _leaf(_add(under, "return", "trả lại báo cáo để bổ sung (đơn vị tổng hợp)"), "report return")
    arrival = _leaf(_add(under, "arrival", "ghi ngày đến, kết luận đúng hạn hay trễ hạn (đơn vị tổng hợp)"),
                    "report arrival")
    board = _json(_leaf(_add(under, "board", "tình hình gửi báo cáo của các đơn vị"), "report board"))
    for leaf in (submit, withdraw):
        leaf.add_argument("--unit", metavar="TÊN", help="mặc định: đơn vị của máy này")
    for leaf in (accept, back, arrival):
        leaf.add_argument("--unit", required=True, metavar="TÊN", help="đơn vị đã nộp")
    for leaf in (submit, withdraw, accept, back, arrival, board):
        leaf.add_argument("--period", required=True, metavar="KỲ", help="ví dụ 2023-Q3")
    _paper(submit)
    submit.add_argument("--signer", default="", metavar="TÊN", help="người ký")
    submit.add_argument("--reason", default="", metavar="LÝ_DO", help="lý do, khi là báo cáo đính chính")
    back.add_argument("--reason", required=True, metavar="LÝ_DO", help="cần bổ sung những gì")
    for leaf in (accept, arrival):
        leaf.add_argument("--arrived", type=_day, metavar="NGÀY", help="ngày đến của văn bản hoặc thư")
        leaf.add_argument("--channel", default="", metavar="CÁCH", help="gửi bằng cách nào: văn thư, thư điện tử...")
    arrival.add_argument("--ruling", choices=("on_time", "late"), help="kết luận: đúng hạn hay trễ hạn")


def _paper(leaf: argparse.ArgumentParser) -> None:
    """Number and date of a signed or filed paper."""
    leaf.add_argument("--number", default="", metavar="SỐ", help="số, ký hiệu của văn bản, ví dụ 15/BC-UBND")
    leaf.add_argument("--day", type=_day, metavar="NGÀY", help="ngày của văn bản, ví dụ 10/9/2023")
    leaf.add_argument("--note", default="", metavar="CHỮ", help="ghi chú")


def _day(text: str) -> date:
    """A day written as 2023-09-10 or 10/9/2023."""
    day = read_day(text)
    if day is None:
        raise argparse.ArgumentTypeError(text)
    return day


def _period(parser: argparse.ArgumentParser) -> None:
    under = _under(parser)
    close = _leaf(_add(under, "close", "chốt số liệu kỳ (đơn vị tổng hợp)"), "period close")
    reopen = _leaf(_add(under, "reopen", "mở lại kỳ đã chốt (đơn vị tổng hợp)"), "period reopen")
    versions = _json(_leaf(_add(under, "versions", "các lần chốt số liệu của kỳ"), "period versions"))
    changes = _json(_leaf(_add(under, "changes", "thay đổi sau khi chốt"), "period changes"))
    for leaf in (close, reopen, versions, changes):
        leaf.add_argument("period", metavar="KỲ", help="ví dụ 2023-Q3")
    _paper(close)
    reopen.add_argument("--reason", required=True, metavar="LÝ_DO", help="lý do mở lại")
    for leaf in (reopen, changes):
        leaf.add_argument("--version", default="", metavar="LẦN", help="lần chốt; mặc định: lần đang có hiệu lực")


def _package(parser: argparse.ArgumentParser) -> None:
    under = _under(parser)
    write = _json(_leaf(_add(under, "write", "ghi tệp gửi đi"), "package write"))
    write.add_argument(
        "--out", type=Path, required=True, metavar="FILE_HOẶC_DIR", help="tệp ghi ra, hoặc thư mục đã có sẵn"
    )
    write.add_argument(
        "--carrier", choices=("stick", "mail"), default="stick",
        help="gửi bằng gì: USB, thư mục (mỗi tệp tối đa 64 MB), thư, Zalo (20 MB); tệp đính kèm quá mức thì ghi "
             "tiếp sang tệp -2, -3…",
    )
    check = _json(_leaf(_add(under, "check", "xem nhập tệp sẽ ra sao; không ghi gì"), "package check"))
    check.add_argument("file", type=Path, metavar="FILE", help="tệp nhận được")
    inspect = _json(_leaf(_add(under, "inspect", "xem bên trong tệp; không ghi gì"), "package inspect"))
    inspect.add_argument("file", type=Path, metavar="FILE", help="tệp cần xem")
    inspect.add_argument("--facts", action="store_true", help="kèm từng nội dung: ai, lúc nào, dòng nào, ô nào")
    taken = _json(_leaf(_add(under, "import", "nhập tệp nhận được"), "package import"))
    taken.add_argument("files", type=Path, nargs="+", metavar="FILE", help="một hay nhiều tệp nhận được")


def _inbox(parser: argparse.ArgumentParser) -> None:
    under = _under(parser)
    chosen = _leaf(_add(under, "set", "chọn thư mục nhận, hoặc thôi theo dõi"), "inbox set")
    chosen.add_argument("folder", metavar="DIR|off", help="thư mục chung hoặc ổ đồng bộ đã có; off: thôi theo dõi")
    _json(_leaf(_add(under, "list", "trong thư mục nhận có gì, tình trạng từng tệp; không ghi gì"), "inbox list"))
    _json(_leaf(
        _add(under, "import", "nhập các tệp sẵn sàng, rồi chuyển tệp đã nhập vào da-nhap"), "inbox import"
    ))


def _sheet(parser: argparse.ArgumentParser) -> None:
    sheet = _leaf(_add(_under(parser), "consolidated", "bảng tổng hợp tiến độ"), "sheet consolidated")
    sheet.add_argument("--period", required=True, metavar="KỲ", help="ví dụ 2023-Q3")
    sheet.add_argument(
        "--version", default="", metavar="LẦN",
        help="lần chốt số liệu, ví dụ 1; now: số liệu hiện nay; mặc định: số liệu đã chốt khi kỳ đã chốt",
    )
    sheet.add_argument("--format", choices=("pdf", "xlsx"), default="pdf", help="PDF để in, hoặc Excel")
    sheet.add_argument("--out", type=Path, required=True, metavar="FILE", help="tệp ghi ra; không bao giờ ghi đè")
