"""The settings of the program itself: looks, locking, recent files. Before unlocking and after.

Knows nothing of a vault.
"""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtWidgets import QWidget

from tsguard.gui.about.place_part import PlacePart
from tsguard.gui.locking import privacy
from tsguard.gui.settings_store import SettingsStore
from tsguard.gui.text import Text
from tsguard.gui.theme import Mode, Theme
from tsguard.gui.widgets.buttons import Button
from tsguard.gui.widgets.choices import ComboField, Tick
from tsguard.gui.widgets.layout import column, holder, row
from tsguard.gui.widgets.segmented import Option, Segmented
from tsguard.i18n import _
from tsguard.services.settings import LOCK_AFTER_CHOICES

_LIMIT_WIDTH = 280


class ProgramSettings(QWidget):
    """Appearance, locking and recent files; each choice is in force and saved at once.

    Attributes:
        appearance: Light, dark, or as the desktop.
        lock_after: Minutes without a touch.
        with_system: Whether the vault is locked with the computer.
        when_minimised: Whether it is locked with the window.
        no_capture: Whether others are kept from recording the window; hidden where the system can't.
        recent: Whether opened files are listed.
        manual: Opens the manual.
        place: Says where all of it lies.
    """

    def __init__(self, theme: Theme, store: SettingsStore, *, capture: bool = privacy.AVAILABLE) -> None:
        """Make the form.

        Args:
            theme: Where colours come from.
            store: What it shows and changes.
            capture: Whether the system can keep windows out of recordings.
        """
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
        self.manual = Button(theme, _("看安全说明"), icon="book")
        self.manual.clicked.connect(self._show_manual)
        help_manual = _("口令、备份、锁定、文件坏了怎么办，以及不用本软件怎样打开保险库。")
        self.place = PlacePart(theme, store)
        self.setLayout(
            column(
                Text(theme, _("外观"), "subtitle"),
                row(self.appearance, None),
                Text(theme, _("系统开了高对比度时，用系统的颜色。"), "caption", "ink3", wrap=True),
                18,
                Text(theme, _("自动锁定"), "subtitle"),
                self._locking(capture=capture),
                18,
                Text(theme, _("最近打开的文件"), "subtitle"),
                row(self.recent, None),
                Text(theme, help_recent, "caption", "ink3", wrap=True),
                18,
                Text(theme, _("安全说明"), "subtitle"),
                row(self.manual, None),
                Text(theme, help_manual, "caption", "ink3", wrap=True),
                18,
                self.place,
                gap=6,
            )
        )
        store.changed.connect(self.refresh)
        self.refresh()

    def _locking(self, *, capture: bool) -> QWidget:
        theme = self._theme
        choices = [(minutes, _minutes(minutes)) for minutes in LOCK_AFTER_CHOICES]
        self.lock_after = ComboField(theme, _("多久没有操作就锁定"), choices)
        self.lock_after.setMaximumWidth(_LIMIT_WIDTH)
        self.lock_after.chosen.connect(self._choose_minutes)
        self.with_system = Tick(theme, _("电脑锁屏、睡眠、切换用户时锁定"))
        self.with_system.clicked.connect(self._choose_with_system)
        self.when_minimised = Tick(theme, _("窗口最小化时锁定"))
        self.when_minimised.clicked.connect(self._choose_when_minimised)
        help_lock = _("锁定前先存好正在输入的内容；正在导入、导出的，做完才锁定。随时可按Ctrl+L锁定。")
        self.no_capture = Tick(theme, _("不让截屏和录屏拍到窗口"))
        self.no_capture.clicked.connect(self._choose_no_capture)
        help_capture = _("远程会议里共享屏幕，别人也看不到这个窗口。手机拍照挡不住。")
        about_capture = Text(theme, help_capture, "caption", "ink3", wrap=True)
        if not capture:
            self.no_capture.hide()
            about_capture.hide()
        limit = row(gap=0)
        limit.addWidget(self.lock_after, 1000)
        limit.addStretch(1)
        return holder(
            column(
                limit,
                4,
                row(self.with_system, None),
                row(self.when_minimised, None),
                Text(theme, help_lock, "caption", "ink3", wrap=True),
                row(self.no_capture, None),
                about_capture,
                gap=4,
            )
        )

    def refresh(self) -> None:
        """Show the settings as they are."""
        value = self._store.value
        self.appearance.set_value(self._store.mode)
        self.lock_after.set_value(value.lock_after_minutes)
        self.with_system.setChecked(value.lock_with_system)
        self.when_minimised.setChecked(value.lock_when_minimised)
        self.no_capture.setChecked(value.screenshots_blocked)
        self.recent.setChecked(value.remember_recent)

    def _choose_mode(self, mode: Mode) -> None:
        self._store.put(replace(self._store.value, appearance=mode.value))
        self._theme.set_mode(mode)

    def _show_manual(self) -> None:
        from tsguard.gui.manual.reader import show_manual  # noqa: PLC0415 - start-up time

        show_manual(self._theme, self)

    def _choose_recent(self, on: bool) -> None:
        value = self._store.value if on else self._store.value.forgotten()
        self._store.put(replace(value, remember_recent=on))

    def _choose_minutes(self, minutes: int) -> None:
        self._store.put(replace(self._store.value, lock_after_minutes=minutes))

    def _choose_with_system(self, on: bool) -> None:
        self._store.put(replace(self._store.value, lock_with_system=on))

    def _choose_when_minimised(self, on: bool) -> None:
        self._store.put(replace(self._store.value, lock_when_minimised=on))

    def _choose_no_capture(self, on: bool) -> None:
        self._store.put(replace(self._store.value, screenshots_blocked=on))


def _minutes(minutes: int) -> str:
    if not minutes:
        return _("从不")
    return _("1小时") if minutes == 60 else _("{minutes}分钟").format(minutes=minutes)
