"""Questions for the pen: number, text, boxes and lines. Words come ready from the document."""

from __future__ import annotations

from tsguard.report.blocks import (
    Mark,
)
from tsguard.report.question import Choice, Question
from tsguard.report.typeset.flow import Box, Pen, draw_text
from tsguard.report.typeset.glyphs import operands
from tsguard.report.typeset.setter import InkLine, Setter, plain
from tsguard.report.typeset.styles import (
    GREY,
    HAIR,
    INK,
    MEASURE,
    QUESTION,
    QUESTION_CHOICE,
    QUESTION_DETAIL,
    QUESTION_ID,
    QUESTION_LABEL,
    QUESTION_NUMBER,
    QUESTION_SIGN,
    THIN,
)
from tsguard.report.typeset.tags import Node, Tag

_COLUMN = 52.0
"""Of number, id and sign."""
_ABOVE, _BELOW = 6.0, 6.0
_CHOICES, _WRITING = 20.5, 18.5
"""6.5 mm a line: room for handwriting, and yet six or seven questions to a page."""
_BOX = 13.0


class QuestionBox(Box):
    """One question, all of it on one page."""

    def __init__(self, question: Question, setter: Setter) -> None:
        width = MEASURE - _COLUMN
        self._strong = question.strong
        self._number = setter.one(question.number.text, QUESTION_NUMBER, _COLUMN)
        self._item = setter.one(question.item.text, QUESTION_ID, _COLUMN - 4)
        self._sign = setter.one(question.sign.text, QUESTION_SIGN) if question.sign.text else None
        self._text = setter.lines(plain(question.text), QUESTION, width)
        self._details = tuple(setter.lines(plain(each), QUESTION_DETAIL, width) for each in question.details)
        self._choices = tuple(
            (each, setter.one(each.word.text, QUESTION_CHOICE)) for each in question.choices
        )
        self._labels = tuple(setter.one(each.text, QUESTION_LABEL) for each in question.lines)

    @property
    def height(self) -> float:
        """With the rule below it."""
        words = sum(line.height for lines in (self._text, *self._details) for line in lines)
        return _ABOVE + words + _CHOICES + _WRITING * len(self._labels) + _BELOW

    def draw(self, pen: Pen, x: float, top: float) -> None:
        """The number beside the text, then boxes, then lines."""
        surface, left, right = pen.surface, x + _COLUMN, x + MEASURE
        y = top - _ABOVE
        self._draw_number(pen, x, y)
        for lines in (self._text, *self._details):
            draw_text(pen, Node(Tag.P), lines, left, y, MEASURE - _COLUMN)
            y -= sum(each.height for each in lines)
        y -= _CHOICES
        step = (MEASURE - _COLUMN) / max(len(self._choices), 1)
        with surface.within(Node(Tag.P)):
            for at, (choice, word) in enumerate(self._choices):
                self._draw_choice(pen, choice, word, left + at * step, y + 6)
        for label in self._labels:
            y -= _WRITING
            surface.paragraph(label, left, y + 4)
            surface.rule(left + label.width + 5, y + 2, right, y + 2, THIN, GREY)
        surface.rule(x, top - self.height, right, top - self.height, THIN, HAIR)

    def _draw_number(self, pen: Pen, x: float, top: float) -> None:
        surface, y = pen.surface, top - QUESTION_NUMBER.base
        surface.paragraph(self._number, x, y)
        surface.paragraph(self._item, x, y - 15)
        if self._sign is None:
            return
        bottom, width, height = y - 33, self._sign.width + 7, 13.0
        weight = 1.2 if self._strong else THIN
        surface.draw(
            f"{operands(INK)} RG {weight:g} w {x + weight / 2:.2f} {bottom:.2f} {width:.2f} {height:g} re S"
        )
        surface.paragraph(self._sign, x + weight / 2 + 3.5, bottom + 3.5)

    def _draw_choice(self, pen: Pen, choice: Choice, word: InkLine, x: float, y: float) -> None:
        surface = pen.surface
        if choice.open:
            surface.mark(Mark.BOX, QUESTION_CHOICE.face, x - 2, y - 0.5, _BOX, INK)
        surface.line(word, x + _BOX + 1, y)
