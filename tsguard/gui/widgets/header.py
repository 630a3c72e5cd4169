"""The head of a page: title, one line of facts, what can be done."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QSizePolicy, QWidget

from tsguard.gui.text import Text
from tsguard.gui.theme import Theme
from tsguard.gui.tokens import PAGE_MARGIN, PAGE_TOP
from tsguard.gui.widgets.layout import Margins, column, row


class PageHeader(QWidget):
    """Title, facts, actions at the right: at most one of them primary."""

    def __init__(
        self,
        theme: Theme,
        title: str,
        facts: str = "",
        *,
        actions: Sequence[QWidget] = (),
        tags: Sequence[QWidget] = (),
        margins: Margins = (PAGE_MARGIN, PAGE_TOP, PAGE_MARGIN, 0),
    ) -> None:
        """Make a head.

        Args:
            theme: Where colours come from.
            title: The page's word.
            facts: Where the person stands, joined by `` · ``; never an explanation.
            actions: Buttons, the primary one last.
            tags: Beside the title.
            margins: Round it; 0 where the column has its own.
        """
        super().__init__()
        self._title = Text(theme, title, "title")
        self._facts = Text(theme, facts, "small", "ink3")
        head = row(self._title, *tags, None, gap=10)
        words = column(head, self._facts, gap=0)
        line = self._line = row(gap=8, margins=margins)
        line.addLayout(words, 1)
        for action in actions:
            line.addWidget(action, 0, Qt.AlignmentFlag.AlignVCenter)
        self.setLayout(line)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self._facts.setVisible(bool(facts))

    def set_right_margin(self, width: int) -> None:
        """Let the actions end where the content below ends."""
        margins = self._line.contentsMargins()
        margins.setRight(width)
        self._line.setContentsMargins(margins)

    def set_title(self, title: str) -> None:
        """Another title."""
        self._title.set_text(title)

    def set_facts(self, *facts: str) -> None:
        """Other facts, of one rank each; empty ones are left out."""
        text = " · ".join(fact for fact in facts if fact)
        self._facts.set_text(text)
        self._facts.setVisible(bool(text))
