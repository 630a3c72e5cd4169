"""The current look: light or dark, and everything Qt needs to know of it.

One object, handed to each widget; nothing else sets a palette or a style sheet. A widget asks it for
a colour while it paints, so a change of theme is a repaint and never a rebuild.
"""

from __future__ import annotations

from enum import StrEnum
from string import Template

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QApplication, QWidget
from shiboken6 import isValid

from tsguard.assets import resources
from tsguard.gui import fonts
from tsguard.gui.tokens import DARK, LIGHT, Token, Tokens, high_contrast

_SOFT_INK: dict[Token, Token] = {
    "good_soft": "good",
    "warn_soft": "warn",
    "bad_soft": "bad",
    "mute_soft": "mute",
    "accent_soft": "accent",
}


class Mode(StrEnum):
    """The person's choice; SYSTEM follows the desktop."""

    SYSTEM = "system"
    LIGHT = "light"
    DARK = "dark"


class Theme(QObject):
    """The one source of colours.

    Attributes:
        tokens: The set that is current.
        dark: Whether it is the dark one.
        high_contrast: Whether the system's own colours stand in for ours.
        app: The application it dresses.
        mode: The person's choice.
        motion: Whether the desktop wants things to move.

    Signals:
        changed: The tokens are others now; palette and style sheet are set already.
    """

    changed = Signal()

    def __init__(self, app: QApplication, mode: Mode = Mode.SYSTEM, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.app = app
        self.mode = mode
        self._windows: list[QWidget] = []
        self._template = Template((resources() / "style" / "window.qss").read_text(encoding="utf-8"))
        self._colours: dict[str, QColor] = {}
        self._system_palette = QPalette(app.palette())
        self.high_contrast = False
        self.tokens = self._choose()
        app.styleHints().colorSchemeChanged.connect(self._system_changed)
        app.setFont(fonts.font("body"))
        app.setPalette(self.palette())

    @property
    def dark(self) -> bool:
        """Whether text is lighter than its ground."""
        return self.color("ink").lightness() > self.color("layer").lightness()

    @property
    def motion(self) -> bool:
        """Whether the desktop's animation effects are on."""
        return QApplication.isEffectEnabled(Qt.UIEffect.UI_General)

    def color(self, token: Token) -> QColor:
        """The colour of that name, as a value of the caller's own."""
        cached = self._colours.get(token)
        if cached is None:
            cached = self._colours[token] = QColor(getattr(self.tokens, token))
        return QColor(cached)

    def frame_of(self, soft: Token) -> QColor | None:
        """The frame a soft ground needs: none, save in high contrast, where it has no colour of its own."""
        return self.color(_SOFT_INK.get(soft, "ink")) if self.high_contrast else None

    def set_mode(self, mode: Mode) -> None:
        """Switch to the person's choice; every window follows at once."""
        self.mode = mode
        self._refresh()

    def apply(self, window: QWidget) -> None:
        """Dress a top-level window, now and at each later change."""
        self._windows = [known for known in self._windows if isValid(known)]
        if window not in self._windows:
            self._windows.append(window)
        window.setStyleSheet(self.style_sheet())

    def style_sheet(self) -> str:
        """The style sheet for native widgets in the current colours."""
        return self._template.substitute(self.tokens.as_dict())

    def palette(self) -> QPalette:
        """The current colours as Qt's roles."""
        roles = QPalette.ColorRole
        names: dict[QPalette.ColorRole, Token] = {
            roles.Window: "layer",
            roles.WindowText: "ink",
            roles.Base: "card",
            roles.AlternateBase: "sunken",
            roles.Text: "ink",
            roles.Button: "card",
            roles.ButtonText: "ink",
            roles.BrightText: "on_accent",
            roles.Highlight: "accent",
            roles.HighlightedText: "on_accent",
            roles.PlaceholderText: "ink3",
            roles.Link: "accent",
            roles.LinkVisited: "accent",
            roles.ToolTipBase: "card",
            roles.ToolTipText: "ink",
            roles.Accent: "accent",
            roles.Light: "hover",
            roles.Midlight: "hover",
            roles.Mid: "line_strong",
            roles.Dark: "edge",
            roles.Shadow: "shadow",
        }
        palette = QPalette()
        for role, token in names.items():
            palette.setColor(role, self.color(token))
        for role in (roles.WindowText, roles.Text, roles.ButtonText):
            palette.setColor(QPalette.ColorGroup.Disabled, role, self.color("ink_off"))
        return palette

    def _choose(self) -> Tokens:
        self.high_contrast = self._wants_high_contrast()
        if self.high_contrast:
            group, roles = QPalette.ColorGroup.Active, QPalette.ColorRole
            names = (roles.Window, roles.WindowText, roles.Highlight, roles.HighlightedText)
            return high_contrast(*(self._system_palette.color(group, role).name() for role in names))
        dark = self.mode is Mode.DARK or (
            self.mode is Mode.SYSTEM and self.app.styleHints().colorScheme() is Qt.ColorScheme.Dark
        )
        return DARK if dark else LIGHT

    def _wants_high_contrast(self) -> bool:
        # QAccessibilityHints came with Qt 6.10; before it there is nothing to ask. The style hints are held
        # by a name meanwhile, since PySide drops the inner object together with its owner's wrapper.
        style = self.app.styleHints()
        if not hasattr(style, "accessibility"):
            return False
        return bool(style.accessibility().contrastPreference() == Qt.ContrastPreference.HighContrast)

    def _system_changed(self) -> None:
        self._refresh()

    def _refresh(self) -> None:
        tokens = self._choose()
        if tokens == self.tokens:
            return
        self.tokens = tokens
        self._colours.clear()
        self.app.setPalette(self.palette())
        self._windows = [window for window in self._windows if isValid(window)]
        sheet = self.style_sheet()
        for window in self._windows:
            window.setStyleSheet(sheet)
        self.changed.emit()
