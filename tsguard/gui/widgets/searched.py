"""A plane with a search on it: Ctrl+F leads there, and never to the page below."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence

from tsguard.gui.widgets.fields import SearchField
from tsguard.gui.widgets.surfaces import Surface


class SearchedSurface(Surface):
    """Whoever inherits it makes the search.

    Attributes:
        search: Where the words are typed.
    """

    search: SearchField

    def event(self, event: QEvent, /) -> bool:
        """Keep Ctrl+F from the page below."""
        find = isinstance(event, QKeyEvent) and event.matches(QKeySequence.StandardKey.Find)
        if find and event.type() == QEvent.Type.ShortcutOverride:
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent, /) -> None:
        """Ctrl+F goes to the search."""
        if event.matches(QKeySequence.StandardKey.Find):
            self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
            self.search.selectAll()
            return
        super().keyPressEvent(event)
