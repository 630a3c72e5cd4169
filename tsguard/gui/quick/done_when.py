"""怎样算做到: what to show for it, what is enough at the company's size, what is only half."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from tsguard.domain.checklist import Checklist, Item
from tsguard.domain.enterprise import Size
from tsguard.gui.checklist.enough import EnoughText, enough_words
from tsguard.gui.text import Text
from tsguard.gui.theme import Theme
from tsguard.gui.widgets.layout import column, holder
from tsguard.i18n import _


class DoneWhen(QWidget):
    """Three short parts; those without words stay away."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._evidence = Text(theme, "", "small", "ink2", wrap=True)
        self._enough = EnoughText(theme)
        self._partial = Text(theme, "", "small", "ink2", wrap=True)
        self._parts = [
            holder(column(Text(theme, title, "small_b"), content, gap=2))
            for title, content in (
                (_("拿得出这些就算做到"), self._evidence),
                (_("本企业规模怎样算够"), self._enough),
                (_("怎样算部分做到"), self._partial),
            )
        ]
        self.setLayout(column(*self._parts, gap=10))

    def show_item(self, item: Item, checklist: Checklist, size: Size) -> None:
        """Be about another item, at a size."""
        enough = enough_words(item, checklist, size)
        self._evidence.set_text("\n".join(item.evidence))
        self._enough.say(enough)
        self._partial.set_text(item.partial)
        for part, there in zip(self._parts, (item.evidence, enough.texts, item.partial), strict=True):
            part.setVisible(bool(there))
