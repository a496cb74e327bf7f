"""``package inspect``: the inside of real files, told without storing or believing anything."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from desktop.exchange.package import pack, unpack
from desktop.exchange.segments import LogName, Segment, seal
from desktop.models.facts import Content, make_line
from desktop.models.kinds import KINDS
from desktop.models.record_ids import report_record
from desktop.models.report import WorkState
from desktop.services import doctor, reporting
from desktop.services.traffic import enrolling, exchanging
from desktop.services.traffic.inside import Inside
from desktop.services.traffic.inspecting import inspect_file, inspect_in
from desktop.services.traffic.kind_words import KIND_WORDS, kind_words
from desktop.services.workspace import Workspace, open_workspace
from tests.offices import BODY, HUB, WARD, District, make_environment

PERIOD = "2023-Q3"
SHARED = "I/1/1.4"


def enter(ws: Workspace, **values: object) -> None:
    item, unit = reporting.item_at(ws, SHARED), ws.seat.unit
    reporting.enter(ws, item, unit, PERIOD, values, reporting.shown_now(ws, item, unit, PERIOD))


def ward_file(district: District) -> Path:
    """A package of the ward with two edits of one field."""
    enter(district.at(WARD), percent=5, state=WorkState.DOING)
    enter(district.at(WARD), percent=50)
    return district.write(WARD)[0]


def plain_copy(district: District, file: Path, segment: Segment | None = None) -> Path:
    """The same contents without the envelope, or with this segment alone."""
    ward = district.at(WARD)
    contents = unpack(file.read_bytes(), ward.identities()).contents
    if segment is not None:
        contents = replace(contents, segments=(segment,))
    target = district.root / "không mã hóa.sotiendo"
    target.write_bytes(pack(contents, ward.device_keys(), ()))
    return target


def test_everything_inside_is_told_and_nothing_is_stored(district: District) -> None:
    file = ward_file(district)
    hub = district.at(HUB)
    before = doctor.digest(hub)
    inside = inspect_file(district.environment, file, hub, facts=True)
    assert doctor.digest(hub) == before
    assert (inside.reason, inside.encrypted, inside.age_readers, inside.trusted) == ("", True, 3, True)
    assert (inside.kind, inside.plan_words, inside.period) == ("report", "160-KH/QU năm 2023", PERIOD)
    assert (inside.recipients, inside.written) == (("đơn vị tổng hợp",), district.clock())
    assert inside.signer is not None
    assert (inside.signer.unit, inside.signer.label, inside.signer.granted) == ("Phường Bồ Đề", "PC1", "here")
    assert inside.signer.code == enrolling.own_code(district.at(WARD))
    assert inside.root_code == enrolling.own_code(hub)
    assert [one.name for one in inside.entries[:4]] == [
        "mimetype", "manifest.json", "manifest.sig", "authority.jsonl",
    ]
    assert all(one.packed <= one.size for one in inside.entries)
    assert inside.authority[0].startswith("Khóa gốc ")
    assert any("Chấp nhận máy PC1 của Phường Bồ Đề (đơn vị báo cáo)" in one for one in inside.authority)
    own = [one for one in inside.segments if one.writer == "PC1, Phường Bồ Đề"]
    assert [(one.audience, one.first, one.last, one.kinds) for one in own] == [
        ("Phường Bồ Đề", 1, 1, (("xác nhận đã nhận", 1),)), ("Phường Bồ Đề", 2, 3, (("báo cáo", 2),)),
    ]
    assert own[1].earliest == own[1].latest == district.clock()
    assert inside.facts is not None
    first, second = (one for one in inside.facts if one.kind == "báo cáo")
    assert (first.code, first.unit, first.period, first.user) == ("1.4", "Phường Bồ Đề", PERIOD, "Người nhập 1")
    assert first.title.startswith("100% tổ dân phố")
    assert dict(first.fields) == {"Trạng thái": "Đang thực hiện", "Tỷ lệ %": "5%"}
    assert (dict(second.fields), second.supersedes, second.when) == ({"Tỷ lệ %": "50%"}, 1, district.clock())


def test_without_a_data_folder_an_open_file_names_itself(district: District, tmp_path: Path) -> None:
    plain = plain_copy(district, ward_file(district))
    inside = inspect_in(district.environment, tmp_path / "không có", plain)
    assert not (tmp_path / "không có").exists()
    assert (inside.encrypted, inside.trusted, inside.facts) == (False, False, None)
    assert inside.signer is not None
    assert (inside.signer.unit, inside.signer.granted) == ("Phường Bồ Đề", "file")
    assert inside.plan_words == "160-KH/QU năm 2023"


def test_an_open_file_is_inspected_while_the_window_has_the_folder(district: District) -> None:
    file = ward_file(district)
    plain = plain_copy(district, file)
    district.at(HUB)
    inside = inspect_in(district.environment, district.root / HUB, plain)
    assert (inside.reason, inside.trusted) == ("", False)


def test_a_file_for_others_says_that_it_cannot_be_opened(district: District) -> None:
    enter(district.at(BODY), percent=1)
    (file,) = district.write(BODY)
    for ws in (district.at(WARD), None):
        inside = inspect_file(district.environment, file, ws, facts=True)
        assert (inside.reason, inside.encrypted, inside.entries) == ("PKG_NOT_FOR_US", True, ())
        assert inside.check_code
        assert "không mở được" in inside.summary


def test_a_damaged_file_says_why(district: District) -> None:
    plain = plain_copy(district, ward_file(district))
    plain.write_bytes(plain.read_bytes()[:-30])
    assert inspect_file(district.environment, plain, None).reason == "PKG_TRUNCATED"


def test_a_file_of_a_hub_this_folder_does_not_know(district: District, tmp_path: Path) -> None:
    other = District(tmp_path / "quận khác", district.clock)
    other.root.mkdir()
    other.found(WARD)
    file = plain_copy(other, ward_file(other))
    inside = inspect_file(district.environment, file, district.at(HUB))
    other.close()
    assert (inside.trusted, inside.plan_words) == (False, "160-KH/QU năm 2023")
    assert inside.signer is not None
    assert inside.signer.granted == "file"


def test_a_machine_that_asks_has_its_request_told(district: District, tmp_path: Path) -> None:
    starter = enrolling.write_starter(district.at(HUB), tmp_path).path
    environment = make_environment(tmp_path / "khác", district.clock, "khác")
    enrolling.setup_unit(environment, tmp_path / "máy mới", WARD, starter, enrolling.own_code(district.at(HUB)))
    ws = open_workspace(environment, tmp_path / "máy mới")
    enter(ws, percent=12)
    file, code = exchanging.write_packages(ws, tmp_path / "một.sotiendo")[0].path, enrolling.own_code(ws)
    ws.close()
    inside = inspect_file(district.environment, file, district.at(HUB))
    assert inside.request == f"Phường Bồ Đề, PC1, mã đối chiếu {code}"
    assert inside.signer is not None
    assert (inside.signer.label, inside.signer.granted) == ("PC1", "")


def forged(district: District, *contents: Content | bytes) -> Inside:
    """What is told of a file whose segment says these."""
    ward = district.at(WARD)
    seat = ward.seat
    name = LogName(bytes.fromhex(seat.device), bytes(16), seat.plan_id, seat.unit)
    lines = tuple(
        one if isinstance(one, bytes) else make_line(seq, one) for seq, one in enumerate(contents, start=1)
    )
    segment = seal(name, 1, lines, name.first_head, ward.device_keys())
    file = plain_copy(district, ward_file(district), segment)
    return inspect_file(district.environment, file, district.at(HUB), facts=True)


def test_lines_that_say_nothing_and_kinds_of_a_newer_program_are_told_too(district: District) -> None:
    ward = district.at(WARD)
    record = report_record(reporting.item_at(ward, SHARED), ward.seat.unit, PERIOD)
    inside = forged(
        district, Content(0, "A\x1b[31m", "một loại mới", record, {"ô mới": {"a": [1, 2]}}, {}), b"{}",
        Content(9_999_999_999_999, "B", "report", record, {"percent": 7}, {}),
    )
    assert inside.facts is not None
    strange, broken, late = inside.facts
    assert strange.kind == "loại chưa biết “một loại mới”"
    assert strange.fields == (("ô mới", '{"a":[1,2]}'),)
    assert broken.problem == "FACT_BAD_SHAPE"
    assert late.when is not None
    assert late.when.year == 9999
    assert inside.segments[0].kinds == (("loại chưa biết “một loại mới”", 1), ("báo cáo", 1))


def test_every_kind_this_program_knows_has_its_words() -> None:
    assert KIND_WORDS.keys() == KINDS.keys()
    assert kind_words("giao-ban") == "loại chưa biết “giao-ban”"
