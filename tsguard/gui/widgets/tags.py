"""Tags, which only say something, and file chips, which can be pressed."""

from __future__ import annotations

from pathlib import PurePath

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QLabel, QSizePolicy

from tsguard.domain.scale_words import tier_word
from tsguard.domain.scales import Critical, Tier
from tsguard.gui import icons
from tsguard.gui.text import block, put, tooltip, width_of
from tsguard.gui.theme import Theme
from tsguard.gui.tokens import CHIP_HEIGHT, RADIUS_CONTROL, TAG_HEIGHT, Token
from tsguard.gui.widgets import paint
from tsguard.gui.widgets.pressing import pressed_by_enter
from tsguard.gui.widgets.signs import TIER_ICONS
from tsguard.i18n import _

_FRAME_ALPHA = 110
_NAME_WIDTH = 220
_FILE_ICONS = {
    ".pdf": "document_pdf",
    ".xlsx": "document_table",
    ".xls": "document_table",
    ".csv": "document_table",
    ".et": "document_table",
    ".png": "image",
    ".jpg": "image",
    ".jpeg": "image",
    ".webp": "image",
    ".tif": "image",
    ".tiff": "image",
    ".bmp": "image",
    ".zip": "archive",
    ".rar": "archive",
    ".7z": "archive",
    ".eml": "mail",
    ".msg": "mail",
}


class Tag(QLabel):
    """A framed word; never pressed. Built by its class methods where the meaning is fixed."""

    def __init__(
        self, theme: Theme, text: str, tone: Token = "ink2", *, icon: str = "", ground: Token | None = None
    ) -> None:
        """Make a tag.

        Args:
            theme: Where colours come from.
            text: One word.
            tone: Its ink, and its frame's.
            icon: Before the word, or "".
            ground: A soft ground instead of the frame.
        """
        super().__init__(text)
        self._theme, self._tone, self._icon, self._ground = theme, tone, icon, ground
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setAccessibleName(text)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self.update)

    @classmethod
    def veto(cls, theme: Theme) -> Tag:
        """否决, with a red frame."""
        return cls(theme, _("否决"), "bad")

    @classmethod
    def key(cls, theme: Theme) -> Tag:
        """重点, in ink."""
        return cls(theme, _("重点"), "ink2")

    @classmethod
    def unverified(cls, theme: Theme) -> Tag:
        """待核, in the colour of warnings."""
        return cls(theme, _("待核"), "warn")

    @classmethod
    def example(cls, theme: Theme) -> Tag:
        """示例, quietly."""
        return cls(theme, _("示例"), "ink3")

    @classmethod
    def tier(cls, theme: Theme, tier: Tier) -> Tag:
        """核心, 重要 with their diamonds, or 一般."""
        return cls(theme, tier_word(tier), "ink", icon=TIER_ICONS[tier])

    @classmethod
    def critical(cls, theme: Theme, critical: Critical) -> Tag | None:
        """The tag of an item, or None where nothing special hangs on it."""
        if critical is Critical.VETO:
            return cls.veto(theme)
        return cls.key(theme) if critical is Critical.KEY else None

    def set_text(self, text: str, tone: Token | None = None) -> None:
        """Say something else."""
        self._tone = tone or self._tone
        self.setText(text)
        self.setAccessibleName(text)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """By its word."""
        return QSize(width_of(self.text(), "caption") + 13 + (17 if self._icon else 0), TAG_HEIGHT)

    def minimumSizeHint(self) -> QSize:
        """Never cut."""
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent, /) -> None:
        """Paint frame, icon and word."""
        painter = paint.begin(QPainter(self))
        ink = self._theme.color(self._tone)
        area = QRectF(self.rect())
        if self._ground:
            paint.soft(painter, self._theme, area, self._ground, RADIUS_CONTROL)
        else:
            frame = self._theme.color(self._tone)
            if not self._theme.high_contrast:
                frame.setAlpha(_FRAME_ALPHA)
            paint.rounded(painter, area, RADIUS_CONTROL, None, frame)
        x = 6.5
        if self._icon:
            icons.draw(painter, self._icon, ink, 5, 3, 14)
            x += 16
        put(painter, self.text(), "caption", ink, QRectF(x, 0, self.width() - x, self.height()))


class FileChip(QAbstractButton):
    """A file of evidence: kind, name, and its state where that matters (已满1年, 沿用上次).

    Signals:
        clicked: Open it; Qt's own.
    """

    def __init__(self, theme: Theme, name: str, state: str = "", *, icon: str = "") -> None:
        """Make a chip.

        Args:
            theme: Where colours come from.
            name: The file's name; its ending decides the icon.
            state: A short warning behind it, or "".
            icon: Instead of the ending's.
        """
        super().__init__()
        self._theme, self._state = theme, state
        self._icon = icon or _FILE_ICONS.get(PurePath(name).suffix.lower(), "document")
        self.setText(name.replace("&", "&&"))
        self._name = name
        self.setAccessibleName(_("佐证{name}").format(name=name) + (f"，{state}" if state else ""))
        self.setToolTip(tooltip(name))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        theme.changed.connect(self.update)

    def keyPressEvent(self, event: QKeyEvent, /) -> None:
        """Enter presses it, as Space does."""
        if not pressed_by_enter(self, event):
            super().keyPressEvent(event)

    def sizeHint(self) -> QSize:
        """By name and state."""
        state = width_of(self._state, "caption") + 10 if self._state else 0
        return QSize(min(width_of(self._name, "small"), _NAME_WIDTH) + state + 40, CHIP_HEIGHT)

    def paintEvent(self, _event: QPaintEvent, /) -> None:
        """Paint ground, icon, name and state."""
        painter, theme = paint.begin(QPainter(self)), self._theme
        ground: Token = "pressed" if self.isDown() else "hover" if self.underMouse() else "mute_soft"
        paint.soft(painter, theme, QRectF(self.rect()), ground, RADIUS_CONTROL)
        icons.draw(painter, self._icon, theme.color("ink2"), 8, 6, 16)
        room = QRectF(29, 0, _NAME_WIDTH, self.height())
        took = put(painter, self._name, "small", theme.color("ink"), room)
        if self._state:
            laid = block(self._state, "caption")
            laid.draw(painter, 29 + took + 10, (self.height() - laid.height) / 2, theme.color("warn"))
