"""Choosing one of many from a drop-down, and ticking boxes."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPoint, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QWheelEvent
from PySide6.QtWidgets import QCheckBox, QComboBox, QSizePolicy, QStyle, QStyleOptionComboBox

from tsguard.gui import icons
from tsguard.gui.fonts import font
from tsguard.gui.text import put, width_of
from tsguard.gui.theme import Theme
from tsguard.gui.tokens import CONTROL_HEIGHT, FILTER_HEIGHT, RADIUS_CONTROL
from tsguard.gui.widgets import paint
from tsguard.gui.widgets.fields import Field

_BOX = 18


class Combo(QComboBox):
    """A drop-down whose wheel does nothing unless it has the keyboard."""

    def __init__(self, theme: Theme, name: str = "") -> None:
        super().__init__()
        self._theme = theme
        self.setFont(font("body"))
        self.view().setFont(font("body"))
        self.setFixedHeight(CONTROL_HEIGHT)
        self.setAccessibleName(name)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(4)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setMaxVisibleItems(14)
        theme.changed.connect(self.update)

    def paintEvent(self, _event: QPaintEvent, /) -> None:
        """Paint Qt's own box without its words, then words that are elided, and the arrow."""
        option = QStyleOptionComboBox()
        self.initStyleOption(option)
        option.currentText = ""
        painter = QPainter(self)
        self.style().drawComplexControl(QStyle.ComplexControl.CC_ComboBox, option, painter, self)
        paint.begin(painter)
        live, chosen = self.isEnabled(), self.currentIndex() >= 0
        words = self.currentText() if chosen else self.placeholderText()
        ink = self._theme.color("ink_off" if not live else "ink" if chosen else "ink3")
        put(painter, words, "body", ink, QRectF(13, 0, self.width() - 13 - 30, self.height()))
        arrow = self._theme.color("ink2" if live else "ink_off")
        icons.draw(painter, "chevron_down", arrow, self.width() - 25, (self.height() - 16) / 2, 16)

    def wheelEvent(self, event: QWheelEvent, /) -> None:
        """A wheel that passes by scrolls the page and changes no answer."""
        if self.hasFocus():
            super().wheelEvent(event)
        else:
            event.ignore()


class ComboField(Field):
    """One of several values.

    Signals:
        chosen(object): The value a person chose.
    """

    chosen = Signal(object)

    def __init__(
        self,
        theme: Theme,
        label: str,
        options: Sequence[tuple[object, str]] = (),
        value: object = None,
        *,
        help: str = "",  # noqa: A002 - the page reads help="…"
        required: bool = False,
        placeholder: str = "",
    ) -> None:
        """Make a field.

        Args:
            theme: Where colours come from.
            label: Above it.
            options: Values with their words, in order.
            value: The one that is chosen.
            help: One line below it.
            required: Whether 必填 stands beside the label.
            placeholder: Shown while nothing is chosen.
        """
        self.combo = Combo(theme, label)
        self.combo.setPlaceholderText(placeholder)
        super().__init__(theme, label, self.combo, help=help, required=required)
        self._values: list[object] = []
        self.set_options(options, value)
        self.combo.activated.connect(self._activated)

    def set_options(self, options: Sequence[tuple[object, str]], value: object = None) -> None:
        """Offer other values; emits nothing."""
        self._values = [option for option, _word in options]
        self.combo.blockSignals(True)
        self.combo.clear()
        self.combo.addItems([word for _option, word in options])
        self.combo.blockSignals(False)
        self.set_value(value)

    def value(self) -> object:
        """The chosen value, or None."""
        at = self.combo.currentIndex()
        return self._values[at] if at >= 0 else None

    def set_value(self, value: object) -> None:
        """Show a value; nothing where it is not among the options. Emits nothing."""
        self.combo.setCurrentIndex(self._values.index(value) if value in self._values else -1)

    def _activated(self, at: int) -> None:
        self.chosen.emit(self._values[at])


class Tick(QCheckBox):
    """A box to tick, with its word.

    Signals:
        toggled(bool): Qt's own; also for ``setChecked``.
        clicked(bool): Qt's own; only for a person.
    """

    def __init__(self, theme: Theme, text: str, *, checked: bool = False) -> None:
        super().__init__(text)
        self._theme = theme
        self.setChecked(checked)
        self.setAccessibleName(text)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        theme.changed.connect(self.update)

    def sizeHint(self) -> QSize:
        """Box and word."""
        return QSize(_BOX + 8 + width_of(self.text(), "body") + 2, FILTER_HEIGHT)

    def minimumSizeHint(self) -> QSize:
        """Never cut."""
        return self.sizeHint()

    def hitButton(self, _pos: QPoint, /) -> bool:
        """Box and word alike."""
        return True

    def paintEvent(self, _event: QPaintEvent, /) -> None:
        """Paint box and word."""
        painter, theme = paint.begin(QPainter(self)), self._theme
        live = self.isEnabled()
        box = QRectF(0, (self.height() - _BOX) / 2, _BOX, _BOX)
        if self.isChecked():
            ground = theme.color(("accent_hover" if self.underMouse() else "accent") if live else "ink_off")
            paint.rounded(painter, box, RADIUS_CONTROL, ground)
            icons.draw(painter, "checkmark", theme.color("on_accent"), box.left() + 2, box.top() + 2, 14)
        else:
            ground = theme.color("hover" if self.underMouse() and live else "card")
            paint.rounded(painter, box, RADIUS_CONTROL, ground, theme.color("edge" if live else "line"))
        ink = theme.color("ink" if live else "ink_off")
        room = QRectF(_BOX + 8, 0, self.width() - _BOX - 8, self.height())
        put(painter, self.text(), "body", ink, room)
