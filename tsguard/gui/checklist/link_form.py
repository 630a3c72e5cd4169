"""The list of evidence there is already, to link a piece of it to the open item."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QListWidget

from tsguard.domain.evidence import Evidence
from tsguard.gui.checklist.standing import folded
from tsguard.gui.text import Text
from tsguard.gui.theme import Theme
from tsguard.gui.widgets.buttons import Button
from tsguard.gui.widgets.fields import SearchField
from tsguard.gui.widgets.layout import column, row
from tsguard.gui.widgets.numbered import LINE, NumberedDelegate, number_of, numbered
from tsguard.gui.widgets.surfaces import Surface
from tsguard.i18n import _

_LIST_HEIGHT = 5 * LINE + 4


class LinkForm(Surface):
    """A list of the evidence there is, to link one to the open item; hidden until it is opened.

    Signals:
        chosen(evidence_id): Link that piece.
        closed(): It is out of sight again.
    """

    chosen = Signal(str)
    closed = Signal()

    def __init__(self, theme: Theme) -> None:
        self._head = Text(theme, _("关联已有的佐证"), "small_b")
        self._search = SearchField(theme, _("搜佐证名称或编号"))
        self._list = QListWidget()
        self._list.setAccessibleName(_("已有的佐证"))
        self._list.setItemDelegate(NumberedDelegate(theme, self._list))
        self._list.setMouseTracking(True)
        self._list.setFixedHeight(_LIST_HEIGHT)
        self._list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._nothing = Text(theme, "", "small", "ink2", wrap=True)
        self._keep = Button(theme, _("关联"), "primary")
        self._drop = Button(theme, _("不关联"))
        foot = row(None, self._drop, self._keep, gap=8)
        body = column(self._head, self._search, self._list, self._nothing, foot, gap=10, margins=16)
        super().__init__(theme, body, fill="sunken", radius=6)
        self._pieces: tuple[Evidence, ...] = ()
        self._search.textChanged.connect(self._list_again)
        self._list.itemActivated.connect(self._give)
        theme.changed.connect(self._list.viewport().update)
        self._list.itemSelectionChanged.connect(self._selected)
        self._keep.clicked.connect(self._give)
        self._drop.clicked.connect(self.dismiss)
        self.hide()

    def open_list(self, pieces: Sequence[Evidence]) -> None:
        """Offer pieces of evidence."""
        self._pieces = tuple(pieces)
        self._search.clear()
        self._list_again()
        self.show()
        self._search.setFocus(Qt.FocusReason.OtherFocusReason)

    def dismiss(self) -> None:
        """Close it and link nothing."""
        self._pieces = ()
        self._list.clear()
        self.hide()
        self.closed.emit()

    def _list_again(self) -> None:
        words = folded(self._search.text())
        self._list.clear()
        for piece in self._pieces:
            line = f"{piece.id} {piece.title}"
            if words in folded(f"{line} {piece.file_name}"):
                self._list.addItem(numbered(piece.id, piece.title))
        if self._list.count():
            self._list.setCurrentRow(0)
        self._list.setVisible(self._list.count() > 0)
        self._search.setVisible(bool(self._pieces))
        if not self._pieces:
            self._nothing.set_text(_("没有别的佐证可关联。请先添加文件或登记纸质佐证。"))
        else:
            self._nothing.set_text(_("没有符合的佐证"))
        self._nothing.setVisible(not self._list.count())
        self._selected()

    def _selected(self) -> None:
        self._keep.setVisible(self._list.currentItem() is not None)

    def _give(self) -> None:
        entry = self._list.currentItem()
        if entry is not None:
            evidence_id = number_of(entry)
            self.dismiss()
            self.chosen.emit(evidence_id)
