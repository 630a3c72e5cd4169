"""Facts in two columns: a word, and what is the case."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from tsguard.gui.text import Text
from tsguard.gui.theme import Theme

_LABEL = 56


class Facts(QWidget):
    """A grid of facts.

    Attributes:
        values: The texts at the right, by key.
    """

    def __init__(
        self,
        theme: Theme,
        words: Sequence[tuple[str, str]],
        *,
        long: Collection[str] | None = None,
        label: int = _LABEL,
        margin: int = 0,
    ) -> None:
        """Make it.

        Args:
            theme: Where colours come from.
            words: Key and word of each line.
            long: Keys of the values that may wrap; None for all.
            label: The least width of the words.
            margin: Above and below.
        """
        super().__init__()
        self.values: dict[str, Text] = {}
        grid = QGridLayout(self)
        grid.setContentsMargins(0, margin, 0, margin)
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(6)
        grid.setColumnMinimumWidth(0, label)
        grid.setColumnStretch(1, 1)
        top = Qt.AlignmentFlag.AlignTop
        for line, (key, word) in enumerate(words):
            grid.addWidget(Text(theme, word, "small", "ink3"), line, 0, top)
            value = self.values[key] = Text(theme, "", "small", wrap=long is None or key in long)
            value.setTextInteractionFlags(Qt.TextInteractionFlag.NoTextInteraction)
            grid.addWidget(value, line, 1, top)
