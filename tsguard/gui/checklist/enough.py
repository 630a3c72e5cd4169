"""What is enough at the company's size, as far as content says so, and where the figures in an item are from.

Decides which words stand in which fold; the folds themselves are in ``beside``.
"""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from tsguard.domain.checklist import Checklist, Item
from tsguard.domain.enterprise import Size
from tsguard.domain.parameters import ParameterStatus, Threshold
from tsguard.domain.words import parameter_status_word
from tsguard.gui.text import Text
from tsguard.gui.theme import Theme
from tsguard.gui.tokens import Token
from tsguard.gui.widgets.layout import column, row
from tsguard.gui.widgets.tags import Tag
from tsguard.i18n import _

_SMALL = {Size.MICRO, Size.SMALL}
_STATUS_TONES: dict[ParameterStatus, Token] = {
    ParameterStatus.PROPOSAL: "ink3",
    ParameterStatus.SECOND_HAND: "warn",
    ParameterStatus.UNVERIFIED: "warn",
}


@dataclass(frozen=True, slots=True)
class EnoughWords:
    """What an item asks of a company of one size.

    Attributes:
        whose: 小微企业建议, or "" where the checklist has no presets.
        texts: What counts as enough at this size; none where the item's own text is the measure.
        small: What 小微 companies may do, for a company that is none; else "".
    """

    whose: str
    texts: tuple[str, ...]
    small: str


def enough_words(item: Item, checklist: Checklist, size: Size) -> EnoughWords:
    """What counts as enough for an item at a size."""
    preset = checklist.preset(size)
    own = preset.enough_for(item.id) if preset else ""
    is_small = size in _SMALL
    texts = tuple(text for text in (own, item.small if is_small else "") if text)
    whose = _("{size}建议").format(size=preset.title) if preset else ""
    return EnoughWords(whose, texts, "" if is_small else item.small)


def figures_of(item: Item, checklist: Checklist) -> tuple[Threshold, ...]:
    """The thresholds whose values stand in an item's texts, in the item's order."""
    known = {figure.id: figure for figure in checklist.figures}
    return tuple(known[each] for each in item.figures if each in known)


class EnoughText(QWidget):
    """Whose measure it is, and one or two paragraphs."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._whose = Text(theme, "", "caption", "ink3")
        self._texts = [Text(theme, "", "small", "ink2", wrap=True) for _each in range(2)]
        self.setLayout(column(self._whose, *self._texts, gap=4))

    def say(self, words: EnoughWords) -> None:
        """Show other words."""
        self._whose.set_text(words.whose)
        self._whose.setVisible(bool(words.whose))
        for number, label in enumerate(self._texts):
            label.setVisible(number < len(words.texts))
            if number < len(words.texts):
                label.set_text(words.texts[number])


class FigureNote(QWidget):
    """One figure: its value, what it measures, where it is from and how sure that is."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._value = Text(theme, "", "small_b", whole=True)
        self._status = Tag(theme, "", "ink3")
        self._title = Text(theme, "", "small", "ink2", wrap=True)
        self._source = Text(theme, "", "caption", "ink3", wrap=True)
        self._note = Text(theme, "", "caption", "ink3", wrap=True)
        head = row(gap=6)
        head.addWidget(self._value)
        head.addStretch(1)
        head.addWidget(self._status, 0, Qt.AlignmentFlag.AlignTop)
        self.setLayout(column(head, self._title, self._source, self._note, gap=1))

    def say(self, figure: Threshold) -> None:
        """Another figure."""
        self._value.set_text(str(figure))
        self._title.set_text(figure.title)
        self._status.setVisible(figure.status in _STATUS_TONES)
        self._status.set_text(parameter_status_word(figure.status), _STATUS_TONES.get(figure.status))
        self._source.set_text(_("来源：{source}").format(source=figure.source))
        self._source.setVisible(bool(figure.source))
        self._note.set_text(figure.note)
        self._note.setVisible(bool(figure.note))
