"""What keeps together on a page, and what a page's end may part."""

from __future__ import annotations

from datetime import date

import pytest

from tsguard.domain.disclosure import Level
from tsguard.report import blocks as b
from tsguard.report.blocks import Run, Tone, line
from tsguard.report.document import Document
from tsguard.report.fonts import shipped_fonts
from tsguard.report.marked import said
from tsguard.report.story import cell
from tsguard.report.typeset.flow import Box, Pen, paginate
from tsguard.report.typeset.layout import _label_lines, boxes_of
from tsguard.report.typeset.setter import Setter
from tsguard.report.typeset.styles import ACCENT, HEIGHT, INK, Style


class Block(Box):
    """A box of a height that is never drawn."""

    def __init__(self, height: float, *, keeps_next: bool = False, new_page: bool = False) -> None:
        self._height = height
        self.keeps_next = keeps_next
        self.new_page = new_page

    @property
    def height(self) -> float:
        return self._height

    def draw(self, pen: Pen, x: float, top: float) -> None:  # noqa: ARG002
        raise AssertionError


def pages_of(*boxes: Box) -> list[int]:
    """How many boxes stand on each page."""
    return [len(page.boxes) for page in paginate(boxes, lambda: None)]


def test_a_head_stays_with_what_follows_it() -> None:
    head = Block(20, keeps_next=True)
    assert pages_of(Block(HEIGHT - 50), head, Block(40)) == [1, 2]
    assert pages_of(Block(HEIGHT - 60), head, Block(40)) == [3]


def test_the_last_line_before_a_new_page_needs_nothing_below_it() -> None:
    """The last line of the contents is a chapter's; what follows it starts a page anyhow."""
    last = Block(20, keeps_next=True)
    chapter = Block(60, keeps_next=True, new_page=True)
    assert pages_of(Block(HEIGHT - 30), last, chapter, Block(300)) == [2, 2]
    assert pages_of(Block(HEIGHT - 50), last, last, chapter, Block(300)) == [3, 2]


def test_only_what_leads_somewhere_looks_as_if_it_did() -> None:
    setter = Setter(shipped_fonts(), frozenset({"item-A"}))
    for anchor, color in (("item-A", ACCENT), ("item-B", INK)):
        (found,) = setter.lines(line(Run(said("编号"), link=anchor, tone=Tone.ACCENT)), Style(), HEIGHT)
        assert {piece.look.color for piece in found.line.pieces} == {color}
    (plain,) = setter.lines(line(Run(said("否决项"), tone=Tone.ACCENT)), Style(), HEIGHT)
    assert {piece.look.color for piece in plain.line.pieces} == {ACCENT}


def boxes(*blocks: b.Block) -> list[Box]:
    """The boxes of a document of these blocks."""
    document = Document(
        Level.SUBMISSION, said("题"), said("企业"), said("脚"), said("号"), date(2026, 11, 23), blocks
    )
    return list(boxes_of(document, Setter(shipped_fonts(), frozenset())))


@pytest.mark.parametrize(
    ("label", "lines"),
    [
        ("职工人数", ["职工人数"]),
        ("涉密人员培训覆盖率", ["涉密人员培训覆", "盖率"]),
        ("近一年应急演练次数", ["近一年应急演练", "次数"]),
        ("所属产业（行业模块）", ["所属产业", "（行业模块）"]),
    ],
)
def test_no_label_of_a_form_ends_in_a_single_character(label: str, lines: list[str]) -> None:
    found = _label_lines(line(said(label)), 80.0, Setter(shipped_fonts(), frozenset()))
    assert ["".join(piece.text for piece in each.line.pieces) for each in found] == lines


def test_what_stands_below_a_form_keeps_its_distance() -> None:
    form = b.Form((b.Entry(said("甲"), line(said("乙"))),))
    table = b.DataTable((b.Column(said("甲"), 441),), (b.Row((cell("乙"),)),))
    figures = b.Figures((b.Figure(said("甲"), said("1"), said("乙")),))
    assert [box.before > 5 for box in boxes(figures, form, table, table)] == [False, True, True, True]
    assert boxes(form, form)[1].before == 0
