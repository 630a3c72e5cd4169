"""The transmittal list: every file with its digest, and both sides' places to sign."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pypdfium2
import pytest
from unit.report.conftest import ON, squeeze
from unit.report.test_documents_application import row_texts

from tsguard.domain.disclosure import Level
from tsguard.domain.dossier import CHOSEN, DocumentKind, Edition, Format
from tsguard.domain.snapshot import Snapshot
from tsguard.report.blocks import (
    DataTable,
    Form,
)
from tsguard.report.pdf import write
from tsguard.report.transmittal import TransmittalRow, build_transmittal, transmittal_row

KINDS = CHOSEN


def rows_for(count: int) -> tuple[TransmittalRow, ...]:
    return tuple(
        transmittal_row(
            Edition(KINDS[number % len(KINDS)], Level.SUBMISSION),
            Format.DOCX if number % 3 == 2 else Format.PDF,
            number=f"TSG-20261123-{number:04X}-0000",
            pages=0 if number % 3 == 2 else number + 1,
            data=f"第{number}份".encode(),
        )
        for number in range(count)
    )


def test_a_row_tells_the_file(snapshot: Snapshot) -> None:
    rows = (
        transmittal_row(
            Edition(DocumentKind.APPLICATION, Level.SUBMISSION), Format.PDF, number="N-1", pages=13, data=b"a"
        ),
        transmittal_row(
            Edition(DocumentKind.REPORT, Level.INTERNAL), Format.DOCX, number="N-2", pages=0, data=b"b"
        ),
    )
    document = build_transmittal(snapshot, rows, level=Level.INTERNAL, on=ON)
    (table,) = [block for block in document.blocks if isinstance(block, DataTable)]
    found = [row_texts(row) for row in table.rows]
    assert [row[:5] for row in found] == [
        ["1", "申报书\nN-1", "报送版", "13", "PDF"],
        ["2", "自评报告\nN-2", "内部版", "—", "DOCX"],
    ]
    assert [row[5].replace(" ", "") for row in found] == [
        hashlib.sha256(data).hexdigest() for data in (b"a", b"b")
    ]


def test_both_sides_have_a_place_to_sign_and_to_seal(snapshot: Snapshot) -> None:
    document = build_transmittal(snapshot, rows_for(2), level=Level.SUBMISSION, on=ON)
    labels = [e.label.text for block in document.blocks if isinstance(block, Form) for e in block.entries]
    for side in ("移送", "接收"):
        assert {f"{side}单位（盖章）", f"{side}人（签字）", f"{side}日期"} <= set(labels)


def test_its_number_depends_on_what_is_handed_over(snapshot: Snapshot) -> None:
    numbers = {
        build_transmittal(snapshot, rows_for(count), level=Level.SUBMISSION, on=ON).number.text
        for count in (1, 2, 3)
    }
    assert len(numbers) == 3
    again = build_transmittal(snapshot, rows_for(2), level=Level.SUBMISSION, on=ON)
    assert again == build_transmittal(snapshot, rows_for(2), level=Level.SUBMISSION, on=ON)


@pytest.mark.parametrize(("count", "pages"), [(1, 1), (9, 1), (60, 4)])
def test_a_whole_dossier_fits_on_a_page(
    snapshot: Snapshot, count: int, pages: int, tmp_path: Path, read: Callable[[Path], str]
) -> None:
    document = build_transmittal(snapshot, rows_for(count), level=Level.SUBMISSION, on=ON)
    written = write(document, tmp_path / "清单.pdf")
    assert written.pages <= pages
    text = squeeze(read(written.path))
    assert "示例䶮𬭎芯片（珠海）有限公司" in text
    assert f"{count}份" in text
    for row in rows_for(count):
        assert row.sha256.text in text


@pytest.mark.parametrize("name", ["珠海" * 30, "甲" * 200, ""])
def test_any_name_stays_on_the_page(snapshot: Snapshot, name: str, tmp_path: Path) -> None:
    named = replace(snapshot, enterprise=replace(snapshot.enterprise, name=name))
    path = write(
        build_transmittal(named, rows_for(7), level=Level.SUBMISSION, on=ON), tmp_path / "清单.pdf"
    ).path
    pdf = pypdfium2.PdfDocument(path)
    for page in pdf:
        textpage = page.get_textpage()
        for index in range(textpage.count_rects()):
            left, _bottom, right, _top = textpage.get_rect(index)
            assert left >= 70
            assert right <= 28 * 72 / 25.4 + 441 + 7
    pdf.close()
