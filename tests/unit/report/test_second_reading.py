"""Two readers that share no code see the same characters, and differ where the file's tables lie."""

from __future__ import annotations

import io
from collections import Counter

import pikepdf
import pytest
from unit.report.conftest import make_document, make_snapshot

from tsguard.domain.disclosure import Level
from tsguard.report.pdf import render
from tsguard.report.second_reading import by_pdfium, by_pikepdf

DRAWN = set("☐☑□√")


@pytest.fixture(scope="module")
def report() -> bytes:
    return render(make_document(make_snapshot(), Level.SUBMISSION)).data


def characters(text: str) -> Counter[str]:
    return Counter(each for each in "".join(text.split()) if each not in DRAWN)


def test_both_read_the_same_on_every_page(report: bytes) -> None:
    first, second = by_pdfium(report), by_pikepdf(report)
    assert len(first) == len(second) > 5
    assert [*map(characters, first)] == [*map(characters, second)]
    for text in ("".join(first), "".join(second)):
        assert "示例䶮𬭎芯片（珠海）有限公司" in "".join(text.split())
        assert "㵘某𠮷" in "".join(text.split())


def test_a_wrong_table_is_noticed_by_the_one_that_reads_it(report: bytes) -> None:
    """So that the two are not the same reader twice: PDFium takes what the page says it stands for."""
    with pikepdf.open(io.BytesIO(report)) as pdf:
        font = next(iter(pdf.pages[0].obj.Resources.Font.values()))
        table = font.ToUnicode.read_bytes()
        font.ToUnicode.write(table.replace(b"> <", b"><").replace(b"<", b"<", 1)[: len(table) // 2])
        target = io.BytesIO()
        pdf.save(target)
    with pytest.raises(LookupError):
        by_pikepdf(target.getvalue())


def test_what_is_no_pdf() -> None:
    with pytest.raises(pikepdf.PdfError):
        by_pikepdf(b"%PDF-1.7 nothing")
