"""Coverage: n of N on a slider whose scale is the real number of people, files or samples."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent, QWheelEvent
from PySide6.QtWidgets import QSizePolicy, QSlider, QWidget

from tsguard.gui.text import Text
from tsguard.gui.theme import Theme
from tsguard.gui.widgets import paint
from tsguard.gui.widgets.layout import row
from tsguard.i18n import _

_EDGE = 8


class _Slider(QSlider):
    """The track and its knob."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(Qt.Orientation.Horizontal)
        self._theme = theme
        self.setMinimumWidth(120)
        self.setFixedHeight(28)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self.update)

    def sizeHint(self) -> QSize:
        """As wide as it gets."""
        return QSize(120, 28)

    def _to(self, x: float) -> None:
        share = (x - _EDGE) / max(1, self.width() - 2 * _EDGE)
        self.setValue(round(min(1.0, max(0.0, share)) * self.maximum()))

    def mousePressEvent(self, event: QMouseEvent, /) -> None:
        """Go to the place that was pressed."""
        if event.button() is Qt.MouseButton.LeftButton:
            self.setSliderDown(True)
            self._to(event.position().x())

    def mouseMoveEvent(self, event: QMouseEvent, /) -> None:
        """Follow the pointer."""
        if self.isSliderDown():
            self._to(event.position().x())

    def mouseReleaseEvent(self, _event: QMouseEvent, /) -> None:
        """Let go."""
        self.setSliderDown(False)

    def wheelEvent(self, event: QWheelEvent, /) -> None:
        """A wheel that passes by scrolls the page and changes no figure."""
        event.ignore()

    def paintEvent(self, _event: QPaintEvent, /) -> None:
        """Paint track and knob."""
        painter, theme = paint.begin(QPainter(self)), self._theme
        middle = self.height() / 2
        track = QRectF(_EDGE, middle - 2, self.width() - 2 * _EDGE, 4)
        share = self.value() / self.maximum() if self.maximum() else 0.0
        live = self.isEnabled()
        paint.bar(painter, theme, track, [(share, "accent" if live else "accent_mid")])
        if not live:
            return
        x = track.left() + track.width() * share
        painter.setPen(theme.color("edge"))
        painter.setBrush(theme.color("card"))
        painter.drawEllipse(QPointF(x, middle), 7.5, 7.5)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.color("accent"))
        painter.drawEllipse(QPointF(x, middle), 4.5, 4.5)


class Coverage(QWidget):
    """已签 ─────●── 42 / 46人 91%.

    Signals:
        edited(int): A person moved it; once for each place, and once at the end of a drag.
    """

    edited = Signal(int)

    def __init__(self, theme: Theme, what: str, done: int, of: int, unit: str, *, register: str = "") -> None:
        """Make it.

        Args:
            theme: Where colours come from.
            what: What is counted: 已签.
            done: How many.
            of: Of how many.
            unit: 人, 份, 件.
            register: The register that feeds it; it is read-only then, and says so.
        """
        super().__init__()
        self._what, self._unit, self._register = what, unit, register
        self._slider = _Slider(theme)
        self._figure = Text(theme, "", "small", marks=True, whole=True)
        self._share = Text(theme, "", "small", "ink3", whole=True)
        source = Text(
            theme, _("来自{register}").format(register=register) if register else "", "caption", "ink3"
        )
        if not register:
            source.hide()
        self.setLayout(
            row(
                Text(theme, what, "small", "ink2", whole=True),
                self._slider,
                self._figure,
                self._share,
                source,
                gap=12,
            )
        )
        self._slider.setEnabled(not register)
        self._slider.valueChanged.connect(self._moved)
        self._quiet = False
        self.set_figures(done, of)

    def value(self) -> int:
        """How many."""
        return self._slider.value()

    def set_figures(self, done: int, of: int) -> None:
        """Show other figures; emits nothing."""
        self._quiet = True
        self._slider.setRange(0, max(0, of))
        self._slider.setPageStep(max(1, of // 10))
        self._slider.setValue(done)
        self._quiet = False
        self._show()

    def _moved(self, value: int) -> None:
        self._show()
        if not self._quiet:
            self.edited.emit(value)

    def _show(self) -> None:
        done, of = self._slider.value(), self._slider.maximum()
        self._figure.set_text(f"**{done:,}** / {of:,}{self._unit}")
        self._share.set_text(f"{done * 100 // of}%" if of else "")
        spoken = _("{what}{done}，共{of}{unit}").format(what=self._what, done=done, of=of, unit=self._unit)
        self._slider.setAccessibleName(spoken)
