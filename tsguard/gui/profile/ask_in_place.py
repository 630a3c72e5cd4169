"""A question in the flow of the page: what is about to happen, what it means, and two ways out.

Knows nothing of what it asks about; Esc is the safe way out.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QSizePolicy, QWidget

from tsguard.gui.text import Text
from tsguard.gui.theme import Theme
from tsguard.gui.tokens import RADIUS_TRACK
from tsguard.gui.widgets import paint
from tsguard.gui.widgets.buttons import Button, Kind
from tsguard.gui.widgets.layout import column, holder, row
from tsguard.gui.widgets.signs import SEVERITY_SIGNS, Icon, Severity, severity_word


@dataclass(frozen=True, slots=True)
class Way:
    """One way out of the question.

    Attributes:
        label: A verb.
        run: What happens after the question is gone; None where nothing does.
        kind: How the button looks.
        stays: Whether the question stays, as when the way only shows more.
    """

    label: str
    run: Callable[[], object] | None = None
    kind: Kind = "plain"
    stays: bool = False


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked, or only said.

    Attributes:
        severity: Its sign.
        title: A question, or what happened.
        lines: What it means, one fact each.
        ways: Buttons; the last one is the safe one and takes the keyboard.
    """

    severity: Severity
    title: str
    lines: tuple[str, ...]
    ways: tuple[Way, ...]


class AskInPlace(QWidget):
    """Shows one ``Question`` at a time; hidden while there is none.

    Attributes:
        buttons: Of the question that is shown, by their words.
        home: Where the keyboard goes when the question that has it goes; None to leave that to Qt.

    Signals:
        asked(): A question has come into sight.
        answered(): It is gone.
    """

    asked = Signal()
    answered = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme, self._question = theme, Question(Severity.INFO, "", (), ())
        self._icon = Icon(theme, "info_filled", "accent", 18)
        self._title = Text(theme, "", "body_b", wrap=True)
        self._text = Text(theme, "", "small", "ink2", wrap=True)
        self.buttons: dict[str, Button] = {}
        self.home: QWidget | None = None
        self._ways = QHBoxLayout()
        self._ways.setContentsMargins(0, 0, 0, 0)
        self._ways.setSpacing(8)
        self._ways.addStretch(1)
        head = row(gap=8)
        head.addWidget(holder(column(self._icon, gap=0, margins=(0, 2, 0, 2))), 0, Qt.AlignmentFlag.AlignTop)
        head.addWidget(self._title, 1)
        body = column(self._text, 6, self._ways, gap=4, margins=(26, 0, 0, 0))
        self.setLayout(column(head, body, gap=4, margins=(12, 10, 12, 12)))
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        theme.changed.connect(self.update)
        self.hide()

    @property
    def question(self) -> Question | None:
        """What is being asked."""
        return None if self.isHidden() else self._question

    def ask(self, question: Question, *, take_keyboard: bool = True) -> None:
        """Show a question in the place of any other.

        Args:
            question: What is asked.
            take_keyboard: Whether the safe way out gets the keyboard, as after an act of the person's.
        """
        self._question = question
        sign = SEVERITY_SIGNS[question.severity]
        self._icon.set_icon(sign.icon, sign.ink, severity_word(question.severity))
        self._title.set_text(question.title)
        self._text.set_text("\n".join(question.lines))
        self._text.setVisible(bool(question.lines))
        self.setAccessibleName(question.title)
        self.setAccessibleDescription("".join(question.lines))
        for button in self.buttons.values():
            # One of them may be what was pressed just now, so none goes at once.
            self._ways.removeWidget(button)
            button.hide()
            button.deleteLater()
        self.buttons = {}
        for at, way in enumerate(question.ways):
            button = self.buttons[way.label] = Button(self._theme, way.label, way.kind)
            button.clicked.connect(self._pressed)
            self._ways.insertWidget(at, button)
        self.show()
        self.updateGeometry()
        if question.ways and take_keyboard:
            self.buttons[question.ways[-1].label].setFocus(Qt.FocusReason.OtherFocusReason)
        self.asked.emit()

    def dismiss(self) -> None:
        """Take the question away, without an answer."""
        if not self.isHidden():
            at = QApplication.focusWidget()
            if at is not None and self.home is not None and self.isAncestorOf(at):
                self.home.setFocus(Qt.FocusReason.OtherFocusReason)
            self.hide()
            self.answered.emit()

    def keyPressEvent(self, event: QKeyEvent, /) -> None:
        """Esc takes the safe way out."""
        if event.key() == Qt.Key.Key_Escape and self._question.ways:
            self._take(self._question.ways[-1])
        else:
            super().keyPressEvent(event)

    def _pressed(self) -> None:
        pressed = self.sender()
        for way in self._question.ways:
            if self.buttons[way.label] is pressed:
                self._take(way)
                return

    def _take(self, way: Way) -> None:
        if not way.stays:
            self.dismiss()
        if way.run is not None:
            way.run()

    def paintEvent(self, _event: QPaintEvent, /) -> None:
        """Paint the plane."""
        painter, theme = paint.begin(QPainter(self)), self._theme
        area = QRectF(self.rect())
        paint.rounded(painter, area, RADIUS_TRACK, theme.color("card"), theme.color("line_strong"))
