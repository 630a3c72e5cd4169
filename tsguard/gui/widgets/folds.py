"""Folds: a heading that opens and closes what stands under it."""

from __future__ import annotations

from collections.abc import MutableMapping

from PySide6.QtCore import QAbstractAnimation, QEasingCurve, QRectF, QSize, Qt, QVariantAnimation, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QVBoxLayout, QWidget

from tsguard.gui import icons
from tsguard.gui.text import put, width_of
from tsguard.gui.theme import Theme
from tsguard.gui.tokens import RADIUS_CONTROL
from tsguard.gui.widgets import paint
from tsguard.gui.widgets.pressing import pressed_by_enter
from tsguard.i18n import _

_HEAD = 30
_INDENT = 24
_MS = 120
_UNLIMITED = 16_777_215  # QWIDGETSIZE_MAX


class _Head(QAbstractButton):
    """Chevron, title, and a count."""

    def __init__(self, theme: Theme, title: str, count: str) -> None:
        super().__init__()
        self._theme, self.count = theme, count
        self.setText(title)
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.toggled.connect(self.name)
        self.name()
        theme.changed.connect(self.update)

    def name(self) -> None:
        """Tell a screen reader whether it is open."""
        state = _("已展开") if self.isChecked() else _("已收起")
        words = f"{self.text()}{self.count}"
        self.setAccessibleName(f"{words}，{state}")

    def keyPressEvent(self, event: QKeyEvent, /) -> None:
        """Enter presses it, as Space does."""
        if not pressed_by_enter(self, event):
            super().keyPressEvent(event)

    def sizeHint(self) -> QSize:
        """30 high."""
        return QSize(_INDENT + width_of(self.text(), "small", strong=True) + 40, _HEAD)

    def minimumSizeHint(self) -> QSize:
        """The title may be elided."""
        return QSize(_INDENT + 40, _HEAD)

    def paintEvent(self, _event: QPaintEvent, /) -> None:
        """Paint chevron, title and count."""
        painter, theme = paint.begin(QPainter(self)), self._theme
        if self.underMouse():
            paint.rounded(painter, QRectF(self.rect()), RADIUS_CONTROL, theme.color("hover"))
        name = "chevron_down" if self.isChecked() else "chevron_right"
        icons.draw(painter, name, theme.color("ink2"), 2, (self.height() - 14) / 2, 14)
        room = QRectF(_INDENT, 0, self.width() - _INDENT - 34, self.height())
        took = put(painter, self.text(), "small", theme.color("ink"), room, strong=True)
        if self.count:
            room = QRectF(_INDENT + took + 8, 0, 60, self.height())
            put(painter, self.count, "caption", theme.color("ink3"), room)


class Fold(QWidget):
    """A heading with a body under it, indented to its words.

    Signals:
        toggled(bool): It is open now, or not.
    """

    toggled = Signal(bool)

    def __init__(
        self,
        theme: Theme,
        title: str,
        body: QWidget,
        *,
        count: str = "",
        is_open: bool = True,
        key: str = "",
        memory: MutableMapping[str, bool] | None = None,
        indent: int = _INDENT,
    ) -> None:
        """Make a fold.

        Args:
            theme: Where colours come from.
            title: Its heading.
            body: What is shown while it is open.
            count: Behind the heading.
            is_open: Where the memory knows nothing of it.
            key: Its name in the memory.
            memory: Remembers which folds are open; kept by the page's owner.
            indent: Of the body.
        """
        super().__init__()
        self._theme, self._body = theme, body
        self._key, self._memory = key, memory
        self._head = _Head(theme, title, count)
        self._clip = QWidget()
        self._clip.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        inner = QVBoxLayout(self._clip)
        inner.setContentsMargins(indent, 2, 0, 10)
        inner.addWidget(body)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self._head)
        layout.addWidget(self._clip)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self._motion = QVariantAnimation(self)
        self._motion.setDuration(_MS)
        self._motion.setEasingCurve(QEasingCurve.Type.OutCubic)
        self._motion.valueChanged.connect(self._step)
        self._motion.finished.connect(self._settle)
        remembered = memory.get(key, is_open) if memory is not None else is_open
        self._head.setChecked(remembered)
        self._clip.setVisible(remembered)
        self._head.name()
        self._head.toggled.connect(self._toggled)

    @property
    def is_open(self) -> bool:
        """Whether the body is shown."""
        return self._head.isChecked()

    def set_open(self, *, is_open: bool) -> None:
        """Open or close it."""
        self._head.setChecked(is_open)

    def set_count(self, count: str) -> None:
        """Another count behind the heading."""
        self._head.count = count
        self._head.name()
        self._head.update()

    def _toggled(self, is_open: bool) -> None:
        if self._memory is not None:
            self._memory[self._key] = is_open
        if self._theme.motion and self.isVisible():
            height = self._clip.heightForWidth(self.width())
            full = max(height, self._clip.sizeHint().height())
            self._motion.stop()
            self._motion.setStartValue(0 if is_open else self._clip.height())
            self._motion.setEndValue(full if is_open else 0)
            if is_open:
                self._clip.setMaximumHeight(0)
                self._clip.show()
            self._motion.start()
        else:
            self._settle()
        self.toggled.emit(is_open)

    def _step(self, height: int) -> None:
        if self._motion.state() is QAbstractAnimation.State.Running:
            self._clip.setMaximumHeight(max(0, int(height)))

    def _settle(self) -> None:
        self._clip.setMaximumHeight(_UNLIMITED)
        self._clip.setVisible(self.is_open)
