"""Buttons of every kind, painted from the tokens so that a change of theme is only a repaint."""

from __future__ import annotations

from typing import Literal

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QPushButton, QSizePolicy, QStyle, QStyleOptionButton

from tsguard.gui import icons
from tsguard.gui.fonts import font
from tsguard.gui.text import put, tooltip, width_of
from tsguard.gui.theme import Theme
from tsguard.gui.tokens import CONTROL_HEIGHT, FILTER_HEIGHT, RADIUS_CONTROL, Role, Token
from tsguard.gui.widgets import paint
from tsguard.gui.widgets.pressing import pressed_by_enter

Kind = Literal["primary", "plain", "quiet", "link", "danger"]

_ICON = 16
_GAP = 6
_BLANK = 2
"""What an icon of that size leaves empty at its sides."""
_PADDING: dict[Kind, int] = {"primary": 15, "plain": 15, "danger": 15, "quiet": 9, "link": 5}


class Button(QPushButton):
    """A verb to press.

    At most one ``primary`` on a page. ``danger`` is for what destroys, and never the default.

    Signals:
        clicked: Qt's own.
    """

    def __init__(
        self,
        theme: Theme,
        text: str,
        kind: Kind = "plain",
        icon: str = "",
        *,
        icon_after: bool = False,
        flush: bool = False,
    ) -> None:
        """Make a button.

        Args:
            theme: Where colours come from.
            text: A verb, without full stop.
            kind: How much it stands out.
            icon: Name of an icon beside the words, or "".
            icon_after: Whether it stands behind them, as an arrow does.
            flush: Whether a link begins on the edge of the text above it; it then has no ground.
        """
        super().__init__(text)
        self._flush = flush
        self._theme, self._kind, self._icon, self._after = theme, kind, icon, icon_after
        self._role: Role = "small" if kind == "link" else "body"
        self.setProperty("kind", kind)
        self.setFont(font(self._role))
        self.setAccessibleName(text)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setAutoDefault(False)
        theme.changed.connect(self.update)

    @property
    def kind(self) -> Kind:
        """How much it stands out."""
        return self._kind

    def set_text(self, text: str) -> None:
        """Say something else."""
        self.setText(text)
        self.setAccessibleName(text)
        self.updateGeometry()
        self.update()

    def set_icon(self, icon: str) -> None:
        """Show another icon, or none."""
        self._icon = icon
        self.updateGeometry()
        self.update()

    def _words(self) -> int:
        return width_of(self.text(), self._role, strong=self._kind == "primary") if self.text() else 0

    def keyPressEvent(self, event: QKeyEvent, /) -> None:
        """Enter presses it, as Space does."""
        if not pressed_by_enter(self, event):
            super().keyPressEvent(event)

    def _padding(self) -> int:
        """At both sides together."""
        return _PADDING[self._kind] * (1 if self._flush else 2)

    def _content(self) -> int:
        glyph = _ICON if self._icon else 0
        return self._words() + glyph + (_GAP if glyph and self.text() else 0)

    def sizeHint(self) -> QSize:
        """By its words; 32 high, links 28."""
        height = FILTER_HEIGHT if self._kind == "link" else CONTROL_HEIGHT
        return QSize(max(self._content() + self._padding(), height if self.text() else 0), height)

    def minimumSizeHint(self) -> QSize:
        """Words of buttons are never cut."""
        return self.sizeHint()

    def _colours(self) -> tuple[QColor | None, QColor | None, QColor]:
        """Ground, frame and ink in the present state."""
        option = QStyleOptionButton()
        self.initStyleOption(option)
        state = option.state
        over = bool(state & QStyle.StateFlag.State_MouseOver)
        down = bool(state & QStyle.StateFlag.State_Sunken)
        color = self._theme.color
        if not self.isEnabled():
            bare = self._kind in {"quiet", "link"}
            return (None if bare else color("mute_soft")), self._theme.frame_of("mute_soft"), color("ink_off")
        if self._kind == "primary":
            ground: Token = "accent_press" if down else "accent_hover" if over else "accent"
            return color(ground), None, color("on_accent")
        if self._flush:
            return None, None, color("accent_press" if down else "accent_hover" if over else "accent")
        plane: Token | None = "pressed" if down else "hover" if over else None
        if self._kind in {"quiet", "link"}:
            ink: Token = "accent" if self._kind == "link" else "ink2"
            return (color(plane) if plane else None), None, color(ink)
        if self._kind == "danger":
            return color("bad_soft" if over or down else "card"), color("bad"), color("bad")
        return color(plane or "card"), color("line_strong"), color("ink")

    def paintEvent(self, _event: QPaintEvent, /) -> None:
        """Paint ground, icon and words."""
        painter = paint.begin(QPainter(self))
        ground, frame, ink = self._colours()
        area = QRectF(self.rect())
        if ground is not None or frame is not None:
            paint.rounded(painter, area, RADIUS_CONTROL, ground, frame)
        x = (self.width() - self._content()) / 2
        if self._flush:
            x = -_BLANK if self._icon and not self._after else 0
        glyph_x = x + self._words() + (_GAP if self.text() else 0) if self._after else x
        if self._icon:
            icons.draw(painter, self._icon, ink, glyph_x, (self.height() - _ICON) / 2, _ICON)
            if not self._after:
                x += _ICON + _GAP
        words = QRectF(x, 0, self._words() + 1, self.height())
        put(painter, self.text(), self._role, ink, words, strong=self._kind == "primary")


class IconButton(Button):
    """An icon without words: its name is spoken and shown as tooltip. Only for what every program has."""

    def __init__(
        self, theme: Theme, icon: str, name: str, kind: Kind = "quiet", *, size: int = CONTROL_HEIGHT
    ) -> None:
        """Make an icon button.

        Args:
            theme: Where colours come from.
            icon: Name of the icon.
            name: What it does, a verb.
            kind: ``quiet`` without a frame, ``plain`` with one.
            size: Its side, 28 at least.
        """
        super().__init__(theme, "", kind, icon)
        self._side = max(size, FILTER_HEIGHT)
        self.set_name(name)

    def set_name(self, name: str) -> None:
        """Do something else, and say so."""
        self.setAccessibleName(name)
        self.setToolTip(tooltip(name))

    def sizeHint(self) -> QSize:
        """A square."""
        return QSize(self._side, self._side)
