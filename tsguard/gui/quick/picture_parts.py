"""The parts of the first picture: counts, a veto item, a step for this week, a section's bar."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QSizePolicy, QWidget

from tsguard.domain.checklist import Item
from tsguard.domain.scales import Verdict
from tsguard.gui.quick.wording import plain_word, section_spoken, section_words
from tsguard.gui.text import Text
from tsguard.gui.theme import Theme
from tsguard.gui.tokens import Token
from tsguard.gui.widgets.bars import PartsBar
from tsguard.gui.widgets.buttons import Button
from tsguard.gui.widgets.layout import column, holder, row
from tsguard.gui.widgets.signs import VERDICT_SIGNS, Icon
from tsguard.i18n import _
from tsguard.services.quick import Picture, SectionPicture

SHOWN: tuple[Verdict | None, ...] = (
    Verdict.MET,
    Verdict.PARTLY,
    Verdict.NOT_MET,
    Verdict.UNKNOWN,
    Verdict.NOT_APPLICABLE,
    None,
)
"""In which order counts and bars show the answers."""

_SIGN_WIDTH, _SECTION_WIDTH, _WORDS_WIDTH = 18, 128, 72
_BARRED: tuple[Verdict, ...] = (Verdict.MET, Verdict.PARTLY, Verdict.NOT_MET, Verdict.UNKNOWN)


class CountFigure(QWidget):
    """How many questions have one answer: figure, sign and plain word."""

    def __init__(self, theme: Theme, verdict: Verdict | None) -> None:
        super().__init__()
        sign = VERDICT_SIGNS[verdict]
        self._word = _("做到") if verdict is Verdict.MET else plain_word(verdict)
        self._figure = Text(theme, "", "figure", whole=True)
        head = row(
            Icon(theme, sign.chosen, sign.ink, 16), Text(theme, self._word, "small", "ink2"), None, gap=6
        )
        self.setLayout(column(head, self._figure, gap=0))

    def say(self, count: int) -> None:
        """Another figure."""
        self._figure.set_text(str(count))
        self.setAccessibleName(f"{self._word}{count}")


class _Entry(QWidget):
    """Something about one item, with a way to it.

    Signals:
        wanted(item_id): The person wants to see the item.
    """

    wanted = Signal(str)

    def __init__(self, theme: Theme, item: Item, sign: QWidget, words: QWidget) -> None:
        super().__init__()
        self._item = item
        go = Button(theme, _("看{item}").format(item=item.id), "link")
        go.clicked.connect(self._go)
        sign.setFixedWidth(_SIGN_WIDTH)
        line = row(gap=8)
        top = Qt.AlignmentFlag.AlignTop
        line.addWidget(sign, 0, top)
        line.addWidget(words, 1, top)
        line.addWidget(go, 0, top)
        self.setLayout(line)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def _go(self) -> None:
        self.wanted.emit(self._item.id)


class VetoEntry(_Entry):
    """A veto item that is not met, in red words where nothing is done, and why it weighs so much."""

    def __init__(self, theme: Theme, item: Item, verdict: Verdict) -> None:
        sign = VERDICT_SIGNS[verdict]
        icon = Icon(theme, sign.chosen, sign.ink, 16)
        tone: Token = "bad" if verdict is Verdict.NOT_MET else "ink"
        said = Text(theme, f"{plain_word(verdict)}：{item.text}", "body_b", tone, wrap=True)
        words = column(said, gap=2, margins=(0, 3, 0, 0))
        if item.critical_why:
            words.addWidget(Text(theme, item.critical_why, "small", "ink2", wrap=True))
        head = holder(column(icon, gap=0, margins=(0, 6, 0, 0)))
        super().__init__(theme, item, head, holder(words))


class StepEntry(_Entry):
    """The first step for one gap."""

    def __init__(self, theme: Theme, number: int, item: Item) -> None:
        figure = holder(column(Text(theme, str(number), "body_b", "accent"), gap=0, margins=(2, 3, 2, 0)))
        step = item.how[0] if item.how else item.text
        words = column(Text(theme, step, "body", wrap=True), gap=2, margins=(0, 3, 0, 0))
        if item.how:
            words.addWidget(Text(theme, item.text, "small", "ink3", wrap=True))
        super().__init__(theme, item, figure, holder(words))


class SectionBar(QWidget):
    """One section: its name, a bar of its answers, 2/3做到."""

    def __init__(self, theme: Theme, section: SectionPicture) -> None:
        super().__init__()
        title = Text(theme, section.section.title, "small")
        title.setFixedWidth(_SECTION_WIDTH)
        bar = PartsBar(theme, 6)
        parts: list[tuple[int, Token, str]] = [
            (section.count(each), VERDICT_SIGNS[each].ink, plain_word(each)) for each in _BARRED
        ]
        bar.set_data(parts, len(section.verdicts))
        words = Text(theme, section_words(section), "caption", "ink2", whole=True)
        words.setFixedWidth(_WORDS_WIDTH)
        self.setLayout(row(title, bar, words, gap=12, align=Qt.AlignmentFlag.AlignVCenter))
        self.setAccessibleName(section_spoken(section))


def counted(picture: Picture) -> list[tuple[int, Token, str]]:
    """All answers as parts of one bar."""
    return [(picture.counts.get(each, 0), VERDICT_SIGNS[each].ink, plain_word(each)) for each in _BARRED]
