"""The card on the start page: the file at hand with its passphrase, or what to do first of all."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QLayout, QWidget

from tsguard.gui.keys.proof import ProofField
from tsguard.gui.text import Text
from tsguard.gui.theme import Theme
from tsguard.gui.widgets import paint
from tsguard.gui.widgets.buttons import Button, IconButton
from tsguard.gui.widgets.layout import column, row
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
        submitted(secret): Open ``path`` with this passphrase or key.
        edited(): Something was typed.
        removed(): Take the file off the list.
        quick_wanted(): Open ``path`` with the key that this computer keeps.
        way_wanted(): Go the other way that ``refuse`` offered.
    """

    submitted = Signal(object)
    edited = Signal()
    removed = Signal()
    quick_wanted = Signal()
    way_wanted = Signal()

    def __init__(self, theme: Theme) -> None:
        self.path = Path()
        self._name = Text(theme, "", "subtitle")
        self._where = Text(theme, "", "small", "ink3", wrap=True, lines=2)
        self._remove = IconButton(theme, "dismiss", _("从最近打开的文件里移除"), size=28)
        self._remove.clicked.connect(self.removed_clicked)
        self.proof = ProofField(theme, _("口令"))
        self.passphrase = self.proof.passphrase
        self.proof.submitted.connect(self._submit)
        self.proof.edited.connect(self._edited)
        self.unlock = Button(theme, _("解锁"), "primary")
        self.unlock.clicked.connect(self._submit)
        self.quick = Button(theme, _("用Windows账户解锁"), icon="key")
        self.quick.hide()
        self.way = Button(theme, "", "link", flush=True)
        self.way.hide()
        self.strip = ProgressStrip(theme)
        head = row(gap=10)
        head.addWidget(Icon(theme, "lock_closed", "accent", 20), 0, Qt.AlignmentFlag.AlignVCenter)
        head.addWidget(self._name, 1)
        head.addWidget(self._remove)
        acts = row(gap=16)
        acts.addWidget(self.unlock)
        acts.addWidget(self.quick)
        acts.addWidget(self.strip, 1)
        acts.addStretch(0)
        body = column(head, self._where, 12, self.proof, row(self.way, None), 10, acts, gap=4)
        super().__init__(theme, body)
        self.quick.clicked.connect(self.quick_wanted)
        self.way.clicked.connect(self.way_wanted)

    def show_file(self, path: Path, when: str, *, listed: bool) -> None:
        """Be about another file.

        Args:
            path: The file.
            when: When it was opened last, or "".
            listed: Whether it stands among the recent files and can be taken off them.
        """
        if path != self.path:
            self.forget()
        self.path = path
        self._name.set_text(path.stem)
        opened = _("{when}打开过").format(when=when) if when else _("选好了，请输入口令")
        self._where.set_text(f"{path} · {opened}")
        self._remove.setVisible(listed)
        self.setAccessibleName(_("解锁{name}").format(name=path.stem))

    def forget(self) -> None:
        """Forget what was typed and why the file was not opened."""
        self.proof.clear()
        self.way.hide()

    def set_busy(self, *, busy: bool) -> None:
        """While the file is being opened nothing else can be asked for."""
        self.proof.setEnabled(not busy)
        self.unlock.setEnabled(not busy)
        self.quick.setEnabled(not busy)
        self.way.setEnabled(not busy)
        if busy:
            self.strip.start(_("正在打开保险库"))
        else:
            self.strip.finish()

    def refuse(self, sentence: str, way: str = "") -> None:
        """Say why it was not opened; what was typed stays, selected.

        Args:
            sentence: Why.
            way: Another way on, as a link, or "".
        """
        self.set_busy(busy=False)
        self.proof.refuse(sentence)
        self.way.set_text(way)
        self.way.setVisible(bool(way))

    def removed_clicked(self) -> None:
        """Pass the wish on."""
        self.removed.emit()

    def _edited(self) -> None:
        self.way.hide()
        self.edited.emit()

    def _submit(self) -> None:
        if not self.unlock.isEnabled():
            return
        secret = self.proof.secret()
        if secret is not None:
            self.submitted.emit(secret)


class FirstCard(StartCard):
    """In the place of the unlock card while no file is at hand.

    Signals:
        wanted: Make a new vault.
    """

    wanted = Signal()

    def __init__(self, theme: Theme) -> None:
        self._button = Button(theme, _("新建企业"), "primary")
        self._button.clicked.connect(self._clicked)
        words = _("每家企业一个加密文件，用口令打开，自动备份。先看看样子也行：示例随便改，不留痕。")
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
