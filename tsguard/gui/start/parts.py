"""What only the start page has: doors, recent files, and the words for when one was opened."""

from __future__ import annotations

from datetime import datetime, timedelta

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from tsguard.gui import icons
from tsguard.gui.text import put, tooltip
from tsguard.gui.theme import Theme
from tsguard.gui.tokens import RADIUS_CARD
from tsguard.gui.widgets import paint
from tsguard.gui.widgets.buttons import IconButton
from tsguard.gui.widgets.layout import column, row
from tsguard.gui.widgets.pressing import pressed_by_enter
from tsguard.gui.widgets.surfaces import Hairline
from tsguard.i18n import _

_DOOR = 84
_RECENT = 44


def opened_words(at: datetime, now: datetime) -> str:
    """When a file was opened: the hour today and yesterday, then the day, then the year as well.

    Args:
        at: When, with its zone.
        now: The present, in the person's own zone.
    """
    local = at.astimezone(now.tzinfo)
    clock = f"{local.hour}:{local.minute:02}"
    if local.date() == now.date():
        return _("今天{clock}").format(clock=clock)
    if local.date() == now.date() - timedelta(days=1):
        return _("昨天{clock}").format(clock=clock)
    if local.year == now.year:
        return _("{month}月{day}日").format(month=local.month, day=local.day)
    return _("{year}年{month}月{day}日").format(year=local.year, month=local.month, day=local.day)


class ProgramSign(QWidget):
    """The program's shield, its outline on the edge of the text below it."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.setFixedSize(36, 36)
        theme.changed.connect(self.update)

    def paintEvent(self, _event: QPaintEvent, /) -> None:
        """Paint it."""
        icons.draw(QPainter(self), "shield_keyhole_filled", self._theme.color("accent"), -5, 0, 36)


class Door(QAbstractButton):
    """One of the ways in: icon, word, a line about it.

    Signals:
        clicked: Qt's own.
    """

    def __init__(self, theme: Theme, icon: str, title: str, words: str) -> None:
        super().__init__()
        self._theme, self._icon, self._words = theme, icon, words
        self.setText(title)
        self.setAccessibleName(title)
        self.setAccessibleDescription(words)
        self.setFixedHeight(_DOOR)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        theme.changed.connect(self.update)

    def sizeHint(self) -> QSize:
        """As wide as its column."""
        return QSize(380, _DOOR)

    def keyPressEvent(self, event: QKeyEvent, /) -> None:
        """Enter presses it, as Space does."""
        if not pressed_by_enter(self, event):
            super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent, /) -> None:
        """Paint it."""
        painter, theme = paint.begin(QPainter(self)), self._theme
        live = self.isEnabled()
        if live and (self.underMouse() or self.isDown()):
            plane = theme.color("pressed" if self.isDown() else "hover")
            paint.rounded(painter, QRectF(self.rect()), RADIUS_CARD, plane)
        paint.soft(painter, theme, QRectF(16, 20, 44, 44), "accent_soft", RADIUS_CARD)
        icons.draw(painter, self._icon, theme.color("accent" if live else "ink_off"), 26, 30, 24)
        room = self.width() - 130
        ink, second = theme.color("ink" if live else "ink_off"), theme.color("ink3" if live else "ink_off")
        put(painter, self.text(), "item", ink, QRectF(80, 17, room, 26), strong=True)
        put(painter, self._words, "small", second, QRectF(80, 43, room, 22))
        icons.draw(painter, "chevron_right", second, self.width() - 34, 34, 16)


class _Name(QAbstractButton):
    """The row itself."""

    def __init__(self, theme: Theme, name: str, when: str, path: str) -> None:
        super().__init__()
        self._theme, self._name, self._when = theme, name, when
        self.setAccessibleName(_("{name}，{when}打开过").format(name=name, when=when))
        self.setToolTip(tooltip(path))
        self.setFixedHeight(_RECENT)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        theme.changed.connect(self.update)

    def sizeHint(self) -> QSize:
        """As wide as its column."""
        return QSize(300, _RECENT)

    def paintEvent(self, _event: QPaintEvent, /) -> None:
        """Paint it."""
        painter, theme = paint.begin(QPainter(self)), self._theme
        if self.underMouse() or self.isDown():
            plane = theme.color("pressed" if self.isDown() else "hover")
            paint.rounded(painter, QRectF(self.rect()).adjusted(0, 2, 0, -2), 4, plane)
        icons.draw(painter, "lock_closed", theme.color("ink3"), 4, 13, 18)
        when = QRectF(self.width() - 122, 0, 114, self.height())
        took = put(painter, self._when, "small", theme.color("ink3"), when, "right")
        room = QRectF(32, 0, self.width() - 56 - took, self.height())
        put(painter, self._name, "body", theme.color("ink"), room)


class RecentRow(QWidget):
    """A file that was opened here before; Enter chooses it, Delete takes it off the list.

    Signals:
        chosen(str): The path of the file.
        removed(str): Take this path off the list; the file itself stays.
    """

    chosen = Signal(str)
    removed = Signal(str)

    def __init__(self, theme: Theme, path: str, name: str, when: str) -> None:
        super().__init__()
        self._path = path
        self.button = _Name(theme, name, when, path)
        self.button.clicked.connect(self._choose)
        self.remove = IconButton(theme, "dismiss", _("从列表里移除{name}").format(name=name), size=28)
        self.remove.clicked.connect(self._remove)
        self.setLayout(column(row(self.button, self.remove, gap=2), Hairline(theme), gap=0))

    def _choose(self) -> None:
        self.chosen.emit(self._path)

    def _remove(self) -> None:
        self.removed.emit(self._path)

    def keyPressEvent(self, event: QKeyEvent, /) -> None:
        """Enter chooses, Delete removes."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self._choose()
        elif event.key() == Qt.Key.Key_Delete:
            self._remove()
        else:
            super().keyPressEvent(event)
