"""Text in TCVN3 and VNI: every letter, told by fonts or by words, offered with a preview, never converted unasked."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable

import pytest
from docx.document import Document as WordDocument
from openpyxl.styles import Font
from openpyxl.worksheet.worksheet import Worksheet

from desktop.importers.files.legacy import TCVN3, VNI, Encoding, LegacyReader, decode, font_encoding
from desktop.models.errors import Refused
from tests.importers.office_files import document, read, source, workbook
from tests.importers.plan_text import findings, long_bien_lines, long_bien_plan
from tests.importers.test_layouts import WORD_HEAD, WORD_ROWS

# The alphabet's letters with a mark or a tone: 67 small ones and as many capitals (29 letters, 12 vowels in 6 tones).
SMALL = (
    "àảãáạăằẳẵắặâầẩẫấậđèẻẽéẹêềểễếệìỉĩíịòỏõóọôồổỗốộơờởỡớợùủũúụưừửữứựỳỷỹýỵ"
)
FROM_TCVN3 = {letter: sign for sign, letter in TCVN3.items()}
FROM_VNI = {letter: spelt for spelt, letter in VNI.items() if len(spelt) == 1 or spelt.islower() or spelt.isupper()}


def in_tcvn3(text: str) -> str:
    """A text as a TCVN3 typist leaves it: capitals with a tone as small letters."""
    return "".join(FROM_TCVN3.get(letter, FROM_TCVN3.get(letter.lower(), letter)) for letter in text)


def in_vni(text: str) -> str:
    """A text as a VNI typist leaves it."""
    return "".join(FROM_VNI.get(letter, letter) for letter in text)


def test_there_are_134_letters() -> None:
    assert len(set(SMALL + SMALL.upper())) == 134
    assert unicodedata.is_normalized("NFC", SMALL)


@pytest.mark.parametrize("letter", SMALL + SMALL.upper())
def test_every_letter_there_and_back(letter: str) -> None:
    assert decode(in_vni(letter), Encoding.VNI) == letter
    big_font = letter.isupper() and letter not in FROM_TCVN3
    assert decode(in_tcvn3(letter), Encoding.TCVN3, capitals=big_font) == letter


@pytest.mark.parametrize(("old", "encoding", "text"), [
    ("KÕ ho¹ch", Encoding.TCVN3, "Kế hoạch"), ("nhiÖm vô", Encoding.TCVN3, "nhiệm vụ"),
    ("§¶ng bé ph\u00adêng", Encoding.TCVN3, "Đảng bộ phường"), ("KÕ HO¹CH N¡M", Encoding.TCVN3, "KẾ HOẠCH NĂM"),
    ("Keá hoaïch", Encoding.VNI, "Kế hoạch"), ("ÑAÛNG BOÄ QUAÄN", Encoding.VNI, "ĐẢNG BỘ QUẬN"),
    ("UÛy ban, YÙ kieán, gìn giöõ", Encoding.VNI, "Ủy ban, Ý kiến, gìn giữ"),
    ("Kế hoạch", Encoding.TCVN3, "Kế hoạch"), ("Kế hoạch", Encoding.VNI, "Kế hoạch"),
    ("nhiÖm vô", Encoding.UNICODE, "nhiÖm vô"),
])
def test_words(old: str, encoding: Encoding, text: str) -> None:
    assert decode(old, encoding) == text


def test_fonts() -> None:
    assert [font_encoding(name) for name in (".VnTime", ".vnarialh", "VNI-Times", "Times New Roman", "")] == [
        Encoding.TCVN3, Encoding.TCVN3, Encoding.VNI, None, None,
    ]


@pytest.mark.parametrize("text", [
    "Ủy ban nhân dân quận; Công an; Tài chính; có ý kiến", "L'année dernière à Genève, déjà vu, naïve façade",
    "Straße, Größe, Übung, schön", "El año pasado, mañana, corazón", "plain ASCII", "“±50 °C” – «§ 3»",
])
def test_other_texts_are_no_old_vietnamese(text: str) -> None:
    watch = LegacyReader()
    for line in text.split(";"):
        assert watch.take(line) == line
    assert watch.proposal() is None


@pytest.mark.parametrize(("spoil", "encoding"), [(in_tcvn3, Encoding.TCVN3), (in_vni, Encoding.VNI)])
@pytest.mark.parametrize("coding", ["latin-1", "utf-8", "utf-16"])
def test_the_real_plan_in_an_old_encoding(spoil: Callable[[str], str], encoding: Encoding, coding: str) -> None:
    text = "\n".join(long_bien_lines()).replace("“", '"').replace("”", '"').replace("–", "-").replace("’", "'")
    text = text.replace("…", "...").replace("‘", "'").replace("•", "*")
    data = spoil(text).encode(coding)
    opened = source(data, ".txt")
    assert opened.proposal is not None
    assert opened.proposal.encoding is encoding
    before, after = opened.proposal.preview[0]
    assert before != after
    assert after == "Long Biên, ngày 11 tháng 01 năm 2023"
    plan = read(data, ".txt", chosen=encoding)
    assert [one.path for one in plan.nodes] == [one.path for one in long_bien_plan().nodes]
    # TCVN3 has no sign for a capital with a tone: "Ủy ban" comes back as "ủy ban" where no font tells.
    assert [tuple(map(str.casefold, one.lead_units)) for one in plan.nodes] == [
        tuple(map(str.casefold, one.lead_units)) for one in long_bien_plan().nodes
    ]
    assert findings(plan, "LEGACY_CONVERTED")
    with pytest.raises(Refused) as caught:
        read(data, ".txt", chosen=Encoding.UNICODE)
    assert caught.value.code == ("PLAN_WRONG_ENCODING" if coding == "latin-1" else "PLAN_NOT_A_PLAN")


OLD_ROWS = [
    ["TT", "Néi dung", "§¬n vÞ chñ tr×", "Thêi gian hoµn thµnh"],
    ["I", "nhiÖm vô chung"],
    ["1", "X©y dùng kÕ ho¹ch", "Công an quận", "Quý I/2026"],
    ["2", "TuyÒn tho¹i", "TTYT", "Th¸ng 4/2026"],
]


def test_fonts_of_cells_tell() -> None:
    def change(sheet: Worksheet) -> None:
        for row in sheet.iter_rows():
            for cell in row:
                cell.font = Font(name=".VnTime")
        sheet["B2"].font = Font(name=".VnTimeH")
        # "Công" alone would be "Cụng" in TCVN3: the font says that it is not.
        sheet["C3"].value = "Công an"
        sheet["C3"].font = Font(name="Arial")

    data = workbook(OLD_ROWS, change)
    opened = source(data)
    assert opened.proposal is not None
    assert opened.proposal.by_font
    assert ("nhiÖm vô chung", "NHIỆM VỤ CHUNG") in opened.proposal.preview
    plan = read(data, chosen=Encoding.TCVN3)
    assert [(one.path, one.title) for one in plan.nodes] == [
        ("I", "NHIỆM VỤ CHUNG"), ("I/1", "Xây dựng kế hoạch"), ("I/2", "Tuyền thoại"),
    ]
    assert plan.nodes[1].lead_units == ("Công an",)
    assert plan.nodes[2].end.text == "Tháng 4/2026"


def test_unicode_in_an_old_font_stays_as_it_is() -> None:
    def change(sheet: Worksheet) -> None:
        for row in sheet.iter_rows():
            for cell in row:
                cell.font = Font(name=".VnTime")

    data = workbook([["TT", "Nội dung", "Đơn vị chủ trì"], ["1", "Kế hoạch", "Văn phòng"]], change)
    assert source(data).proposal is None
    assert read(data).nodes[0].title == "Kế hoạch"


def test_cells_without_a_telling_font_are_told_by_their_words() -> None:
    data = workbook([[cell.replace("Công an quận", "C«ng an quËn") for cell in row] for row in OLD_ROWS])
    opened = source(data)
    assert opened.proposal is not None
    assert not opened.proposal.by_font
    assert read(data, chosen=Encoding.TCVN3).nodes[1].lead_units == ("Công an quận",)


def test_fonts_of_runs_tell_in_word() -> None:
    def change(made: WordDocument) -> None:
        for row in made.tables[0].rows:
            for cell in row.cells:
                for run in cell.paragraphs[0].runs:
                    run.font.name = "VNI-Times"
        made.styles["Normal"].font.name = "Arial"

    rows = [[in_vni(cell) for cell in row] for row in WORD_ROWS]
    data = document(rows, WORD_HEAD, change)
    opened = source(data, ".docx")
    assert opened.proposal is not None
    assert (opened.proposal.encoding, opened.proposal.by_font) == (Encoding.VNI, True)
    plan = read(data, ".docx", chosen=Encoding.VNI)
    assert [one.title for one in plan.nodes] == ["CHUYỂN ĐỔI SỐ", "Số hóa hồ sơ", "Tập huấn"]
    assert plan.header.title == "Chuyển đổi số năm 2026"


def test_decomposed_text_becomes_composed() -> None:
    apart = [[unicodedata.normalize("NFD", cell) for cell in row] for row in WORD_ROWS]
    for data, ending in ((workbook(apart), ".xlsx"), (document(apart, WORD_HEAD), ".docx")):
        opened = source(data, ending)
        assert opened.proposal is None
        plan = read(data, ending)
        assert plan.nodes[1].title == "Số hóa hồ sơ"
        assert unicodedata.is_normalized("NFC", "".join(plan.nodes[1].printed.title))
