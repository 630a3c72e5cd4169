"""A number with what hangs on it below: 否决项 strong, 重点项 pale, then the verdict."""

from __future__ import annotations

from tsguard.domain.scale_words import critical_word
from tsguard.domain.scales import Critical
from tsguard.report.blocks import Cell, Paragraph, Role, Run, Text, Tone, line
from tsguard.report.marked import Marked, said


def number_cell(numbers: tuple[Marked | Run, ...], critical: Critical, verdict: Text = ()) -> Cell:
    """A cell of numbers, the first as large as table text, and the word for a critical item.

    Args:
        numbers: At least one.
        critical: Of the item; nothing is said of one that is not critical.
        verdict: Below all, where no column of its own has it.
    """
    first, *others = numbers
    paragraphs = [Paragraph(line(first), Role.CELL)]
    paragraphs += [Paragraph(line(each), Role.DETAIL) for each in others]
    if critical is Critical.VETO:
        run = Run(said(critical_word(critical)), bold=True, tone=Tone.ACCENT)
        paragraphs.append(Paragraph(line(run), Role.DETAIL))
    elif critical is Critical.KEY:
        run = Run(said(critical_word(critical)), tone=Tone.GREY)
        paragraphs.append(Paragraph(line(run), Role.DETAIL))
    if verdict:
        paragraphs.append(Paragraph(verdict, Role.DETAIL))
    return Cell(tuple(paragraphs))
