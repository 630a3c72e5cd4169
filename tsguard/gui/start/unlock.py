"""The card on the start page: the file at hand with its passphrase, or what to do first of all."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QLayout, QWidget

from tsguard.gui.text import Text
from tsguard.gui.theme import Theme
from tsguard.gui.widgets import paint
from tsguard.gui.widgets.buttons import Button, IconButton
from tsguard.gui.widgets.layout import column, row
from tsguard.gui.widgets.passphrase import PassphraseField
from tsguard.gui.widgets.progress import ProgressStrip
from tsguard.gui.widgets.signs import Icon
from tsguard.i18n import _

_RADIUS = 10


class StartCard(QWidget):
    """A lifted card, a little rounder than the cards of pages."""

    def __init__(self, theme: Theme, layout: QLayout) -> None:
        super().__init__()
        self._theme = theme
        layout.setContentsMargins(24, 20, 24, 22 + 3)
        self.setLayout(layout)
        theme.changed.connect(self.update)

    def paintEvent(self, _event: QPaintEvent, /) -> None:
        """Paint card and shadow."""
        paint.lifted(paint.begin(QPainter(self)), self._theme, self.rect().toRectF(), _RADIUS)


class UnlockCard(StartCard):
    """One file and the field for its passphrase.

    Signals:
        submitted: Open ``path`` with ``passphrase.text()``.
        removed: Take the file off the list.
    """

    submitted = Signal()
    removed = Signal()

    def __init__(self, theme: Theme) -> None:
        self.path = Path()
        self._name = Text(theme, "", "subtitle")
        self._where = Text(theme, "", "small", "ink3", wrap=True, lines=2)
        self._remove = IconButton(theme, "dismiss", _("从最近打开的文件里移除"), size=28)
        self._remove.clicked.connect(self.removed_clicked)
        self.passphrase = PassphraseField(theme, _("口令"))
        self.passphrase.submitted.connect(self._submit)
        self.passphrase.edited.connect(self._edited)
        self.unlock = Button(theme, _("解锁"), "primary")
        self.unlock.clicked.connect(self._submit)
        self.strip = ProgressStrip(theme)
        head = row(gap=10)
        head.addWidget(Icon(theme, "lock_closed", "accent", 20), 0, Qt.AlignmentFlag.AlignVCenter)
        head.addWidget(self._name, 1)
        head.addWidget(self._remove)
        acts = row(gap=16)
        acts.addWidget(self.unlock)
        acts.addWidget(self.strip, 1)
        acts.addStretch(0)
        super().__init__(theme, column(head, self._where, 12, self.passphrase, 10, acts, gap=4))

    def show_file(self, path: Path, when: str, *, listed: bool) -> None:
        """Be about another file.

        Args:
            path: The file.
            when: When it was opened last, or "".
            listed: Whether it stands among the recent files and can be taken off them.
        """
        if path != self.path:
            self.passphrase.clear()
            self.passphrase.set_error("")
        self.path = path
        self._name.set_text(path.stem)
        opened = _("{when}打开过").format(when=when) if when else _("选好了，请输入口令")
        self._where.set_text(f"{path} · {opened}")
        self._remove.setVisible(listed)
        self.setAccessibleName(_("解锁{name}").format(name=path.stem))

    def set_busy(self, *, busy: bool) -> None:
        """While the file is being opened nothing else can be asked for."""
        self.passphrase.setEnabled(not busy)
        self.unlock.setEnabled(not busy)
        if busy:
            self.strip.start(_("正在打开保险库"))
        else:
            self.strip.finish()

    def refuse(self, sentence: str) -> None:
        """Say why it was not opened; what was typed stays, selected."""
        self.set_busy(busy=False)
        self.passphrase.set_error(sentence)
        self.passphrase.line.setFocus(Qt.FocusReason.OtherFocusReason)
        self.passphrase.line.selectAll()

    def removed_clicked(self) -> None:
        """Pass the wish on."""
        self.removed.emit()

    def _edited(self) -> None:
        self.passphrase.set_error("")

    def _submit(self) -> None:
        if not self.unlock.isEnabled():
            return
        if not self.passphrase.text():
            self.passphrase.set_error(_("请输入口令。"))
            self.passphrase.line.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        self.submitted.emit()


class FirstCard(StartCard):
    """In the place of the unlock card while no file is at hand.

    Signals:
        wanted: Make a new vault.
    """

    wanted = Signal()

    def __init__(self, theme: Theme) -> None:
        self._button = Button(theme, _("新建企业"), "primary")
        self._button.clicked.connect(self._clicked)
        words = _(
            "每家企业一个加密文件，用口令打开；拷走这个文件就是备份。先看看样子也行：示例随便改，不留痕。"
        )
        super().__init__(
            theme,
            column(
                Text(theme, _("从建一个保险库开始"), "subtitle"),
                Text(theme, words, "body", "ink2", wrap=True),
                12,
                row(self._button, None),
                gap=6,
            ),
        )

    def _clicked(self) -> None:
        self.wanted.emit()
