"""The one focus ring: above everything, outside the control, only for people who move by key.

Text fields and tables show their own focus; the ring leaves them alone.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import (
    QAbstractItemView,
    QAbstractScrollArea,
    QApplication,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QRadioButton,
    QWidget,
)
from shiboken6 import isValid

from tsguard.gui.theme import Theme
from tsguard.gui.tokens import RADIUS_TRACK

_OUTSIDE = 3
_MOVES = {QEvent.Type.Move, QEvent.Type.Resize, QEvent.Type.Show, QEvent.Type.LayoutRequest}
_OWN_FOCUS = (QLineEdit, QPlainTextEdit, QComboBox, QAbstractItemView)


_BY_KEY = "movesByKey"


def moves_by_key(window: QWidget) -> bool:
    """Whether the person in front of this window last moved by key; for views that paint their own focus."""
    return bool(window.property(_BY_KEY))


def focus_inside(part: QWidget) -> bool:
    """Give the keyboard to the first stop of Tab inside a part of the window; of a choice, to what is chosen.

    Returns:
        Whether there is one.
    """
    inside = part.nextInFocusChain()
    while inside is not None and inside is not part:
        stop = bool(inside.focusPolicy() & Qt.FocusPolicy.TabFocus) and inside.isEnabled()
        if stop and part.isAncestorOf(inside) and inside.isVisible():
            group = inside.group() if isinstance(inside, QRadioButton) else None
            chosen = group.checkedButton() if group is not None else None
            (chosen or inside).setFocus(Qt.FocusReason.OtherFocusReason)
            return True
        inside = inside.nextInFocusChain()
    return False


class FocusRing(QWidget):
    """One ring for a window; follows the keyboard."""

    def __init__(self, window: QWidget, theme: Theme) -> None:
        """Make the ring.

        Args:
            window: The top-level window it belongs to; also its owner.
            theme: Where colours come from.
        """
        super().__init__(window)
        self._window, self._theme = window, theme
        self._target: QWidget | None = None
        self._watched: list[QWidget] = []
        self._whole = QRect()
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        # A bound method goes with the ring; a lambda would outlive it.
        theme.app.focusChanged.connect(self._follow)
        theme.changed.connect(self.update)
        self.hide()

    def show_on(self, widget: QWidget) -> None:
        """Put the ring round a widget, and keep it there while that has the keyboard."""
        self._release()
        self._target = widget
        at: QWidget | None = widget
        while at is not None:
            at.installEventFilter(self)
            self._watched.append(at)
            at = None if at is self._window else at.parentWidget()
        self._place()

    def _release(self) -> None:
        for known in self._watched:
            if isValid(known):
                known.removeEventFilter(self)
        self._watched, self._target = [], None

    def _follow(self, _old: QWidget | None, widget: QWidget | None) -> None:
        if not isValid(self) or not isValid(self._window):
            return
        # Qt sets the attribute for Tab and shortcuts and takes it away at any other change, an arrow key's
        # included. So the mode lasts until the mouse is what moves the keyboard.
        if QApplication.mouseButtons() != Qt.MouseButton.NoButton:
            self._by_key(on=False)
        elif self._window.testAttribute(Qt.WidgetAttribute.WA_KeyboardFocusChange):
            self._by_key(on=True)
        inside = widget is not None and self._window.isAncestorOf(widget)
        if widget is None or not inside or not moves_by_key(self._window) or isinstance(widget, _OWN_FOCUS):
            self._release()
            self.hide()
            return
        self.show_on(widget)

    def _by_key(self, *, on: bool) -> None:
        self._window.setProperty(_BY_KEY, on)

    def _place(self) -> None:
        target = self._target
        if target is None or not isValid(target) or not target.isVisible():
            self.hide()
            return
        corner = target.mapTo(self._window, QPoint(0, 0))
        self._whole = QRect(corner, target.size()).adjusted(-_OUTSIDE, -_OUTSIDE, _OUTSIDE, _OUTSIDE)
        visible = QRect(self._whole)
        for known in self._watched:
            area = known.parentWidget()
            if isinstance(area, QAbstractScrollArea) and known is area.viewport():
                frame = QRect(known.mapTo(self._window, QPoint(0, 0)), known.size())
                visible &= frame.adjusted(-_OUTSIDE, -_OUTSIDE, _OUTSIDE, _OUTSIDE)
        if visible.isEmpty():
            self.hide()
            return
        self.setGeometry(visible)
        self.raise_()
        self.show()
        self.update()

    def eventFilter(self, watched: QObject, event: QEvent, /) -> bool:
        """Move with the control and whatever it stands on; leave it to the mouse."""
        kind = event.type()
        if kind in _MOVES:
            self._place()
        elif kind == QEvent.Type.MouseButtonPress:
            self._by_key(on=False)
            self.hide()
        elif kind == QEvent.Type.Hide:
            self.hide()
        return super().eventFilter(watched, event)

    def paintEvent(self, _event: QPaintEvent, /) -> None:
        """Paint the ring."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(self._theme.color("focus"), 2))
        ring = QRectF(self._whole.translated(-self.pos())).adjusted(1, 1, -1, -1)
        painter.drawRoundedRect(ring, RADIUS_TRACK, RADIUS_TRACK)
