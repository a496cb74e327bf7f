"""What Word writes inside a line beside letters: signs of other fonts, formulas, footnotes, forms of one thing."""

from __future__ import annotations

import pytest

from desktop.models.plan import Plan
from tests.importers.office_files import document, part, read, with_parts
from tests.importers.plan_text import findings, node

TITLE = "<w:t>Số hóa hồ sơ</w:t>"
RUN = f"<w:r>{TITLE}</w:r>"
MAIN = "word/document.xml"
RELATIONS = "word/_rels/document.xml.rels"
SPACE = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
STRICT = "http://purl.oclc.org/ooxml/wordprocessingml/main"
KIND = "http://schemas.openxmlformats.org/officeDocument/2006"
CHOICE = 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
BASE = document([["STT", "Nhiệm vụ", "Đơn vị chủ trì", "Thời hạn"], ["1", "Số hóa hồ sơ", "TTYT", "Quý I/2026"]])
TEXT = part(BASE, MAIN).decode()


def changed(old: str, new: str, others: dict[str, bytes | None] | None = None) -> Plan:
    assert old in TEXT
    return read(with_parts(BASE, {MAIN: TEXT.replace(old, new).encode(), **(others or {})}), ".docx")


def forms(inside: str) -> str:
    return (f'<mc:AlternateContent {CHOICE}><mc:Choice Requires="w14">{inside}</mc:Choice>'
            f"<mc:Fallback>{inside}</mc:Fallback></mc:AlternateContent>")


@pytest.mark.parametrize(("old", "new", "title"), [
    (TITLE, f'{TITLE}<w:sym w:font="Symbol" w:char="F0B3"/><w:t>95%</w:t>', "Số hóa hồ sơ≥95%"),
    (TITLE, f'<w:sym w:font="Wingdings" w:char="F0FC"/>{TITLE}', "✓Số hóa hồ sơ"),
    (TITLE, f'<w:sym w:font="Webdings" w:char="F001"/>{TITLE}', "□Số hóa hồ sơ"),
    (TITLE, f'<w:sym w:font="Arial" w:char="2265"/>{TITLE}', "≥Số hóa hồ sơ"),
    (TITLE, f'<w:sym w:char="FFFFFFFFFFFFFFFFFFFF"/>{TITLE}', "□Số hóa hồ sơ"),
    (TITLE, "<w:t>Số hóa</w:t><w:ptab/><w:t>hồ sơ</w:t>", "Số hóa hồ sơ"),
    (RUN, f'{RUN}<m:oMath xmlns:m="{KIND}/math"><m:r><m:t>m²</m:t></m:r></m:oMath>', "Số hóa hồ sơm²"),
    (RUN, forms(RUN), "Số hóa hồ sơ"),
    (RUN, f"<w:sdt><w:sdtPr/><w:sdtContent>{RUN}</w:sdtContent></w:sdt>", "Số hóa hồ sơ"),
    (RUN, f'<w:hyperlink w:anchor="a">{RUN}</w:hyperlink>', "Số hóa hồ sơ"),
    (RUN, f'<w:fldSimple w:instr="REF a">{RUN}</w:fldSimple>', "Số hóa hồ sơ"),
    (SPACE, STRICT, "Số hóa hồ sơ"),
])
def test_nothing_of_a_line_is_lost(old: str, new: str, title: str) -> None:
    plan = changed(old, new)
    assert node(plan, "1").title == title
    assert not findings(plan, "TEXT_BOX_SKIPPED")


@pytest.mark.parametrize("around", [forms("{}"), "<w:sdt><w:sdtPr/><w:sdtContent>{}</w:sdtContent></w:sdt>"])
def test_a_table_in_a_wrapping(around: str) -> None:
    table = TEXT[TEXT.index("<w:tbl>"):TEXT.index("</w:tbl>") + len("</w:tbl>")]
    plan = changed(table, around.replace("{}", table))
    assert [one.path for one in plan.nodes] == ["1"]


@pytest.mark.parametrize(("value", "hidden"), [("", True), (' w:val="1"', True), (' w:val="0"', False)])
def test_letters_are_hidden_only_where_that_is_switched_on(value: str, hidden: bool) -> None:
    plan = changed(TITLE, f"<w:rPr><w:vanish{value}/></w:rPr>{TITLE}")
    assert bool(findings(plan, "TEXT_HIDDEN")) is hidden


def test_footnotes_stand_below_the_table() -> None:
    relations = part(BASE, RELATIONS).replace(
        b"</Relationships>",
        f'<Relationship Id="rId99" Type="{KIND}/relationships/footnotes" Target="footnotes.xml"/>'
        "</Relationships>".encode(),
    )
    notes = (f'<w:footnotes xmlns:w="{SPACE}"><w:footnote w:id="2"><w:p><w:r><w:t>Trừ hồ sơ mật</w:t></w:r></w:p>'
             "</w:footnote></w:footnotes>").encode()
    plan = changed(TITLE, f'{TITLE}<w:footnoteReference w:id="2"/>', {
        RELATIONS: relations, "word/footnotes.xml": notes,
    })
    assert plan.narrative[-1].text == "(1) Trừ hồ sơ mật"
    assert findings(plan, "FOOTNOTES_BELOW")[0].source_lines == node(plan, "1").source_lines
    assert node(plan, "1").title == "Số hóa hồ sơ"
    without = changed(TITLE, f'{TITLE}<w:footnoteReference w:id="2"/>')
    assert [one.path for one in without.nodes] == ["1"]
    assert not findings(without, "FOOTNOTES_BELOW")
