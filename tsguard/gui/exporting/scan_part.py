"""盖章件: the scan of the page that was sealed, beside the entry of what was sealed. Shows and asks only."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from tsguard.domain.dossier import IssuedDocument
from tsguard.gui.text import Text
from tsguard.gui.theme import Theme
from tsguard.gui.widgets.buttons import Button
from tsguard.gui.widgets.layout import column, holder, row
from tsguard.gui.widgets.surfaces import Formula
from tsguard.i18n import _
from tsguard.services.explain import size_text


class ScanPart(QWidget):
    """Name and day of the scan with its ways; or where to put one.

    Signals:
        add_asked: A scan shall be put in, or another in its place.
        look_asked: It shall be looked at.
        copy_asked: A copy in clear is wanted.
        remove_asked: It shall be taken out.
    """

    add_asked = Signal()
    look_asked = Signal()
    copy_asked = Signal()
    remove_asked = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._name = Text(theme, "", "small", wrap=True)
        self._facts = Text(theme, "", "caption", "ink3", wrap=True)
        self._sum = Text(theme, "", "caption", "ink2", wrap=True)
        self._none = Text(
            theme,
            _("盖章交出后，把扫描件拖到这里或选文件存入；它和这份文件的SHA-256绑在一起。"),
            "caption",
            "ink2",
            wrap=True,
        )
        self.add = Button(theme, "", "plain", "document_add")
        self.look = Button(theme, _("查看"), "plain", "eye")
        self.copy = Button(theme, _("另存副本…"), "link", flush=True)
        self.remove = Button(theme, _("取出"), "link")
        self.look.setAccessibleName(_("查看盖章件"))
        self.copy.setAccessibleName(_("另存盖章件的副本"))
        self.remove.setAccessibleName(_("取出盖章件"))
        facts = column(
            self._name, self._facts, 4, Text(theme, "SHA-256", "caption", "ink3"), self._sum, gap=0
        )
        self._there = Formula(theme, facts)
        self._others = holder(row(self.copy, self.remove, None, gap=4))
        self.setLayout(
            column(
                Text(theme, _("盖章件"), "small", "ink2"),
                self._none,
                self._there,
                row(self.look, self.add, None, gap=8, margins=(0, 4, 0, 0)),
                self._others,
                gap=4,
            )
        )
        self.add.clicked.connect(self.add_asked)
        self.look.clicked.connect(self.look_asked)
        self.copy.clicked.connect(self.copy_asked)
        self.remove.clicked.connect(self.remove_asked)

    def show_scan(self, issued: IssuedDocument) -> None:
        """Show the scan of an entry."""
        there = issued.sealed
        self._none.setVisible(not there)
        for part in (self._there, self.look, self._others):
            part.setVisible(there)
        self.add.set_text(_("换一份…") if there else _("存入扫描件…"))
        if issued.scan_lost:
            lost = _("“{name}”的内容在一次修复里没有救回来，请再存一次。")
            self._none.set_text(lost.format(name=issued.scan_name))
        else:
            self._none.set_text(
                _("盖章交出后，把扫描件拖到这里或选文件存入；它和这份文件的SHA-256绑在一起。")
            )
        if there:
            day = issued.scanned_on.isoformat() if issued.scanned_on else ""
            stored = _("{day}存入").format(day=day) if day else ""
            self._name.set_text(issued.scan_name)
            self._facts.set_text(" · ".join(part for part in (size_text(issued.scan_size), stored) if part))
            self._sum.set_text(issued.scan_sha256)
