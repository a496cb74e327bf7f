"""The tour is the whole job through the real window: from an empty folder to the printed sheet."""

from __future__ import annotations

import json
import os
import struct
import subprocess
import sys
import zlib
from pathlib import Path

import pdfplumber
import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def toured(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of one tour, from a path with blanks and Vietnamese letters."""
    out = tmp_path_factory.mktemp("chạy thử ở đây") / "ảnh"
    home = tmp_path_factory.mktemp("nhà")
    done = subprocess.run(
        [sys.executable, "-m", "desktop", "tour", "--out", str(out)], cwd=ROOT, capture_output=True, check=False,
        env={**os.environ, "HOME": str(home), "XDG_DATA_HOME": str(home), "QT_QPA_PLATFORM": "offscreen"},
        encoding="utf-8", timeout=240,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert str(out) in done.stdout
    assert done.stderr == "", "Qt and Python have nothing to warn of"
    return out


def test_every_screen_has_its_picture(toured: Path) -> None:
    pictures = sorted(toured.glob("*.png"))
    assert [picture.name[:2] for picture in pictures] == [f"{number:02d}" for number in range(1, len(pictures) + 1)]
    assert len(pictures) >= 20
    for picture in pictures:
        small = "1024x600" in picture.name
        assert _size(picture) == ((1024, 600) if small else (1366, 768)), picture.name
        assert _colours(picture) > 12, f"{picture.name} shows next to nothing"


def _size(picture: Path) -> tuple[int, int]:
    data = picture.read_bytes()
    assert data.startswith(b"\x89PNG")
    width, height = struct.unpack(">II", data[16:24])
    return width, height


def _colours(picture: Path) -> int:
    """How many different bytes the picture's rows hold: a blank one has very few."""
    data = picture.read_bytes()
    at, packed = 8, b""
    while at < len(data):
        (length,) = struct.unpack(">I", data[at:at + 4])
        if data[at + 4:at + 8] == b"IDAT":
            packed += data[at + 8:at + 8 + length]
        at += 12 + length
    return len(set(zlib.decompress(packed)))


def test_packages_travelled_and_every_outcome_has_its_receipt(toured: Path) -> None:
    names = sorted(path.name for path in (toured / "tep").rglob("*.sotiendo"))
    assert "tep-khoi-tao.sotiendo" in names
    assert any(name.startswith("P-BoDe_2023-Q3_") for name in names)
    assert any(name.startswith("TongHop_2023-Q3_") for name in names)
    listed = (toured / "phieu-tiep-nhan.jsonl").read_text(encoding="utf-8").splitlines()
    outcomes = [json.loads(line)["outcome"] for line in listed]
    assert outcomes.count("refused") == 1
    assert outcomes.count("held") == 2


def test_the_sheet_holds_what_the_units_reported(toured: Path) -> None:
    with pdfplumber.open(toured / "bang-tong-hop-2023-Q3.pdf") as pdf:
        assert all(round(page.width) == 842 and round(page.height) == 595 for page in pdf.pages)
        text = " ".join(" ".join((page.extract_text() or "").split()) for page in pdf.pages)
        assert f"Trang 1/{len(pdf.pages)}" in text
    assert "Số liệu cập nhật 09h41, ngày 14/09/2023" in text
    assert "Quý III/2023" in text
    assert "BC 245/BC-TTPTQĐ" in text
    assert "Còn 310 hộ" in text


def test_a_folder_with_other_things_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "bài.txt").write_text("của tôi", encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "desktop", "tour", "--out", str(tmp_path)], cwd=ROOT, capture_output=True, check=False,
        encoding="utf-8",
    )
    assert done.returncode == 2
    assert "TOUR_FOLDER_TAKEN" in done.stderr
    assert (tmp_path / "bài.txt").read_text(encoding="utf-8") == "của tôi"
