"""The foot of 评估范围, which stays in sight: how much the choice is, and the way on.

Decides nothing: it says what it is told and passes on what was pressed.
"""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QApplication, QBoxLayout, QSizePolicy, QWidget

from tsguard.gui.profile.offer import quick_minutes
from tsguard.gui.text import Text
from tsguard.gui.theme import Theme
from tsguard.gui.widgets.buttons import Button
from tsguard.gui.widgets.layout import column, holder, row
from tsguard.gui.widgets.surfaces import Hairline
from tsguard.i18n import _


class ScopeFoot(QWidget):
    """Sum, and buttons for the moment.

    Attributes:
        quick: Begins with the quick check; None where the content asks no quick questions.
        start: Begins with the whole checklist.
        change: Changes the modules of a begun assessment.
        keep: Takes the new choice back.

    Signals:
        start_wanted(quick): The person wants to begin, with the quick check or without.
        change_wanted(): The person wants the ticked modules.
        keep_wanted(): The person wants the modules as they were.
    """

    start_wanted = Signal(bool)
    change_wanted = Signal()
    keep_wanted = Signal()

    def __init__(self, theme: Theme, *, quick: bool) -> None:
        """Make it.

        Args:
            theme: Where colours come from.
            quick: Whether there are quick questions to begin with.
        """
        super().__init__()
        self._sum = Text(theme, "", "small", "ink2", wrap=True)
        self._asked = Text(theme, _("更换模块不会丢失作答"), "small_b")
        self._ask = Text(theme, "", "small", wrap=True)
        self.quick: Button | None = None
        if quick:
            self.quick = Button(theme, "", "primary")
            self.quick.clicked.connect(self._begin_quick)
            self.start = Button(theme, _("直接做完整清单"))
        else:
            self.start = Button(theme, _("开始自评"), "primary", "arrow_right", icon_after=True)
        self.start.clicked.connect(self._begin)
        self.change = Button(theme, _("更换"), "primary")
        self.change.clicked.connect(self.change_wanted)
        self.keep = Button(theme, _("不换了"))
        self.keep.clicked.connect(self.keep_wanted)
        self._ways = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._ways.setContentsMargins(0, 0, 0, 0)
        self._ways.setSpacing(8)
        for button in (self.quick, self.start):
            if button is not None:
                self._ways.addWidget(button)
        self._ways.addStretch(1)
        self._starts = holder(self._ways)
        self._changes = holder(row(self.change, self.keep, None, gap=8))
        words = column(self._asked, self._ask, self._sum, gap=2)
        body = column(words, self._starts, self._changes, gap=10, margins=(0, 10, 0, 16))
        self.setLayout(column(Hairline(theme), body, gap=0))
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    @property
    def first(self) -> Button:
        """The way to begin that stands first."""
        return self.quick or self.start

    @property
    def asks(self) -> bool:
        """Whether it asks about another choice."""
        return not self._changes.isHidden()

    def show_start(self, total: str, questions: int) -> None:
        """Offer to begin.

        Args:
            total: How much the choice is.
            questions: Of the quick check.
        """
        self._sum.set_text(total)
        if self.quick is not None:
            words = _("先做快速自测（{count}题，约{minutes}分钟）")
            self.quick.set_text(words.format(count=questions, minutes=quick_minutes(questions)))
        self._say("")
        self._starts.show()
        self._changes.hide()
        self._fit()

    def show_begun(self, total: str, consequence: str = "") -> None:
        """Say how much there is; ask where another choice would do something.

        Args:
            total: How much the choice is.
            consequence: What the other choice does, or "".
        """
        self._sum.set_text(total)
        self._say(consequence)
        at = QApplication.focusWidget()
        if at is not None and self._starts.isAncestorOf(at):
            at.clearFocus()  # so that it goes to the page that begins, not to what Qt finds next
        self._starts.hide()
        self._changes.setVisible(bool(consequence))

    def _say(self, consequence: str) -> None:
        self._asked.setVisible(bool(consequence))
        self._ask.setVisible(bool(consequence))
        self._ask.set_text(consequence)

    def resizeEvent(self, event: QResizeEvent, /) -> None:
        """Where the two ways have no room side by side they stand one under the other."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        needed = self.start.sizeHint().width() + (self.quick.sizeHint().width() + 8 if self.quick else 0)
        ways = QBoxLayout.Direction
        way = ways.LeftToRight if needed <= self.width() else ways.TopToBottom
        if way is not self._ways.direction():
            self._ways.setDirection(way)

    def _begin_quick(self) -> None:
        self.start_wanted.emit(True)

    def _begin(self) -> None:
        self.start_wanted.emit(False)
