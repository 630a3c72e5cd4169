"""The head of the open section: its title, where it stands, and the way to the next unanswered item."""

from __future__ import annotations

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from tsguard.gui.checklist.section_view import LEFT, column_width
from tsguard.gui.checklist.wording import answered_words
from tsguard.gui.text import Text, width_of
from tsguard.gui.theme import Theme
from tsguard.gui.tokens import CARD_MARGIN
from tsguard.gui.widgets.buttons import Button, IconButton
from tsguard.gui.widgets.layout import column, row
from tsguard.gui.widgets.progress import Bar
from tsguard.i18n import _

_HINTS_FROM = 480
_GAP = 10


class SectionHeader(QWidget):
    """Title, facts, progress, and what can be done.

    Signals:
        next_asked(): To the next unanswered item.
        outline_asked(): Show the outline that was folded away.
        beside_asked(): Show 为什么, 怎么做, 依据 that were folded away.
        paper_asked(): Type answers from paper.
    """

    next_asked = Signal()
    outline_asked = Signal()
    beside_asked = Signal()
    paper_asked = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._outline = IconButton(theme, "panel_left", _("打开目录"), "plain")
        self._beside = Button(theme, _("为什么、怎么做、依据"), "plain", "panel_right")
        self._beside_icon = IconButton(theme, "panel_right", _("为什么、怎么做、依据"), "plain")
        self._paper = Button(theme, _("按编号录入"), "plain", "edit")
        self._paper_icon = IconButton(theme, "edit", _("按编号录入纸上的作答"), "plain")
        self._next = Button(theme, _("下一条未答"), "plain", "arrow_right", icon_after=True)
        self._title = Text(theme, "", "title")
        self._facts = Text(theme, "", "small", "ink3")
        self._hints = Text(theme, "", "small", "ink3")
        self._bar = Bar(theme, 3)
        head = row(gap=_GAP)
        head.addWidget(self._outline)
        head.addWidget(self._title, 1)
        for button in (self._beside, self._beside_icon, self._paper, self._paper_icon, self._next):
            head.addWidget(button)
        facts = row(gap=16)
        facts.addWidget(self._facts, 1)
        facts.addWidget(self._hints)
        self._body = column(head, 4, facts, 12, self._bar, gap=0)
        self.setLayout(self._body)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self._outline_folded = self._beside_folded = False
        self._outline.clicked.connect(self.outline_asked)
        self._beside.clicked.connect(self.beside_asked)
        self._beside_icon.clicked.connect(self.beside_asked)
        self._paper.clicked.connect(self.paper_asked)
        self._paper_icon.clicked.connect(self.paper_asked)
        self._next.clicked.connect(self.next_asked)
        self.set_folded(outline=False, beside=False)

    def show_section(self, title: str, done: int, asked: int) -> None:
        """Stand over another section, or show how many of it are answered."""
        self._title.set_text(title)
        self._fit()
        self._bar.set_share(done / asked if asked else 0.0, answered_words(done, asked))

    def set_facts(self, facts: tuple[str, ...], unanswered: int) -> None:
        """Where the section stands.

        Args:
            facts: Of one rank each.
            unanswered: In the whole checklist; without any there is nowhere to go on to.
        """
        self._facts.set_text(" · ".join(facts))
        self._next.setVisible(unanswered > 0)
        hints = [_("J/K换条")]
        hints.append(_("N下一条未答") if unanswered else _("全部条款已答"))
        self._hints.set_text(" · ".join(hints))

    def set_folded(self, *, outline: bool, beside: bool) -> None:
        """Which of the columns are folded away, so that their buttons stand here."""
        self._outline_folded, self._beside_folded = outline, beside
        self._outline.setVisible(outline)
        self._fit()

    def _fit(self) -> None:
        room = column_width(self.width()) - 2 * CARD_MARGIN
        self._hints.setVisible(room >= _HINTS_FROM)
        title = width_of(self._title.text(), "title")
        taken = title + self._next.sizeHint().width() + 4 * _GAP
        taken += self._outline.sizeHint().width() if self._outline_folded else 0
        icon = self._paper_icon.sizeHint().width()
        beside = self._beside.sizeHint().width() if self._beside_folded else 0
        wide = taken + beside + icon <= room
        self._beside.setVisible(self._beside_folded and wide)
        self._beside_icon.setVisible(self._beside_folded and not wide)
        taken += (beside if wide else icon) if self._beside_folded else 0
        words = taken + self._paper.sizeHint().width() <= room
        self._paper.setVisible(words)
        self._paper_icon.setVisible(not words)

    def minimumSizeHint(self) -> QSize:
        """Narrower than its layout says: the space at the right gives way."""
        return QSize(320, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent, /) -> None:
        """Keep to the measure of the text below."""
        super().resizeEvent(event)
        width = column_width(self.width())
        right = self.width() - LEFT - width + CARD_MARGIN
        self._body.setContentsMargins(LEFT + CARD_MARGIN, 18, max(0, right), 6)
        self._fit()
