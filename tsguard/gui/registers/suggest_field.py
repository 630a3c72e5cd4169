"""A line of text with proposals: the person's own word, or one of a list with a remark beside each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QAction, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QLineEdit, QMenu

from tsguard.gui import icons
from tsguard.gui.fonts import font
from tsguard.gui.theme import Theme
from tsguard.gui.tokens import CONTROL_HEIGHT
from tsguard.gui.widgets.fields import Field

_ARROW_ZONE = 34


@dataclass(frozen=True, slots=True)
class Proposal:
    """One of the words that are offered.

    Attributes:
        text: What is written into the line.
        remark: Beside it in the list, or "".
        value: What it stands for.
    """

    text: str
    remark: str = ""
    value: object = None


class _SuggestLine(QLineEdit):
    """A line with an arrow at its end.

    Signals:
        asked: The list was asked for, by the arrow, Alt+Down or F4.
    """

    asked = Signal()

    def __init__(self, theme: Theme, text: str) -> None:
        super().__init__(text)
        self._theme = theme
        self.setProperty("trail", "icon")
        self.setFont(font("body"))
        self.setFixedHeight(CONTROL_HEIGHT)
        self.setMinimumWidth(60)
        theme.changed.connect(self.update)

    def _on_arrow(self, x: float) -> bool:
        return x >= self.width() - _ARROW_ZONE

    def keyPressEvent(self, event: QKeyEvent, /) -> None:
        """Alt+Down and F4 open the list, as they do in every drop-down."""
        alt = bool(event.modifiers() & Qt.KeyboardModifier.AltModifier)
        if event.key() == Qt.Key.Key_F4 or (alt and event.key() == Qt.Key.Key_Down):
            self.asked.emit()
            event.accept()
            return
        super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent, /) -> None:
        """A click on the arrow opens the list."""
        if event.button() is Qt.MouseButton.LeftButton and self._on_arrow(event.position().x()):
            self.setFocus(Qt.FocusReason.MouseFocusReason)
            self.asked.emit()
            return
        super().mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent, /) -> None:
        """Over the arrow the pointer is one for pressing."""
        arrow = self._on_arrow(event.position().x())
        self.setCursor(Qt.CursorShape.ArrowCursor if arrow else Qt.CursorShape.IBeamCursor)
        super().mouseMoveEvent(event)

    def paintEvent(self, event: QPaintEvent, /) -> None:
        """Paint the arrow over Qt's own field."""
        super().paintEvent(event)
        tone = self._theme.color("ink2" if self.isEnabled() else "ink_off")
        icons.draw(QPainter(self), "chevron_down", tone, self.width() - 25, (self.height() - 16) / 2, 16)


class SuggestField(Field):
    """A line of text with a list of proposals.

    Signals:
        edited(str): After each key.
        committed(object): The text, on Enter or on leaving, where it is another than the last one.
        picked(object): The ``value`` of a proposal that was chosen from the list.
    """

    edited = Signal(str)
    committed = Signal(object)
    picked = Signal(object)

    def __init__(
        self,
        theme: Theme,
        label: str,
        *,
        help: str = "",  # noqa: A002 - the page reads help="…"
        placeholder: str = "",
    ) -> None:
        """Make a field; ``set_proposals`` fills its list.

        Args:
            theme: Where colours come from.
            label: Above it.
            help: One line below it.
            placeholder: In ``ink3`` while it is empty.
        """
        self._suggest = _SuggestLine(theme, "")
        self.line: QLineEdit = self._suggest
        self.line.setPlaceholderText(placeholder)
        self._last = ""
        self._proposals: tuple[Proposal, ...] = ()
        super().__init__(theme, label, self.line, help=help)
        self._menu = QMenu(self)
        self._menu.triggered.connect(self._take)
        self._suggest.asked.connect(self.show_proposals)
        self.line.textEdited.connect(self.edited)
        self.line.editingFinished.connect(self._finish)

    def set_proposals(self, proposals: Sequence[Proposal]) -> None:
        """Offer other words."""
        self._proposals = tuple(proposals)
        self._menu.clear()
        for at, proposal in enumerate(self._proposals):
            words = f"{proposal.text}\t{proposal.remark}" if proposal.remark else proposal.text
            action = QAction(words.replace("&", "&&"), self._menu)
            action.setData(at)
            self._menu.addAction(action)

    def show_proposals(self) -> None:
        """Open the list under the line."""
        if self._proposals:
            self._menu.setMinimumWidth(self.line.width())
            self._menu.popup(self.line.mapToGlobal(QPoint(0, self.line.height())))

    def text(self) -> str:
        """What stands in it, without white space round it."""
        return self.line.text().strip()

    def set_text(self, text: str) -> None:
        """Show a text; emits nothing."""
        self._last = text
        self.line.setText(text)
        self.line.setCursorPosition(0)

    def _take(self, action: QAction) -> None:
        proposal = self._proposals[int(action.data())]
        self.set_text(proposal.text)
        self.picked.emit(proposal.value)
        self.committed.emit(proposal.text)

    def _finish(self) -> None:
        text = self.text()
        if text != self._last:
            self._last = text
            self.committed.emit(text)
