"""The settings of the program itself: appearance and recent files. Before unlocking and after.

Knows nothing of a vault.
"""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtWidgets import QWidget

from tsguard.gui.settings_store import SettingsStore
from tsguard.gui.text import Text
from tsguard.gui.theme import Mode, Theme
from tsguard.gui.widgets.choices import Tick
from tsguard.gui.widgets.layout import column, row
from tsguard.gui.widgets.segmented import Option, Segmented
from tsguard.i18n import _


class ProgramSettings(QWidget):
    """Appearance and recent files; each choice is in force and saved at once."""

    def __init__(self, theme: Theme, store: SettingsStore) -> None:
        super().__init__()
        self._theme, self._store = theme, store
        self.appearance = Segmented(
            theme,
            (
                Option(Mode.SYSTEM, _("跟随系统")),
                Option(Mode.LIGHT, _("浅色"), "weather_sunny"),
                Option(Mode.DARK, _("深色"), "weather_moon"),
            ),
            name=_("外观"),
        )
        self.appearance.chosen.connect(self._choose_mode)
        self.recent = Tick(theme, _("在开始页列出最近打开的文件"))
        self.recent.clicked.connect(self._choose_recent)
        help_recent = _("关掉就不再记录，已有的记录也一并清除；文件本身不受影响。")
        self.setLayout(
            column(
                Text(theme, _("外观"), "subtitle"),
                row(self.appearance, None),
                Text(theme, _("系统开了高对比度时，用系统的颜色。"), "caption", "ink3", wrap=True),
                18,
                Text(theme, _("最近打开的文件"), "subtitle"),
                row(self.recent, None),
                Text(theme, help_recent, "caption", "ink3", wrap=True),
                gap=6,
            )
        )
        store.changed.connect(self.refresh)
        self.refresh()

    def refresh(self) -> None:
        """Show the settings as they are."""
        self.appearance.set_value(self._store.mode)
        self.recent.setChecked(self._store.value.remember_recent)

    def _choose_mode(self, mode: Mode) -> None:
        self._store.put(replace(self._store.value, appearance=mode.value))
        self._theme.set_mode(mode)

    def _choose_recent(self, on: bool) -> None:
        value = self._store.value if on else self._store.value.forgotten()
        self._store.put(replace(value, remember_recent=on))
