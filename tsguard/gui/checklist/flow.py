"""Widgets side by side that go on in the next line where one is full."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtWidgets import QLayout, QLayoutItem, QSizePolicy, QWidget


class Flow(QLayout):
    """A layout that breaks into lines."""

    def __init__(self, gap: int = 6) -> None:
        super().__init__()
        self._parts: list[QLayoutItem] = []
        self._gap = gap
        self.setContentsMargins(0, 0, 0, 0)

    def addItem(self, part: QLayoutItem, /) -> None:
        """Take a part in, at the end."""
        self._parts.append(part)

    def count(self) -> int:
        """How many parts there are."""
        return len(self._parts)

    def itemAt(self, index: int, /) -> QLayoutItem | None:
        """The part at a place, or None."""
        return self._parts[index] if 0 <= index < len(self._parts) else None

    def takeAt(self, index: int, /) -> QLayoutItem | None:
        """Give a part up."""
        return self._parts.pop(index) if 0 <= index < len(self._parts) else None

    def expandingDirections(self) -> Qt.Orientation:
        """None."""
        return Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:
        """The narrower, the higher."""
        return True

    def heightForWidth(self, width: int, /) -> int:
        """The height of all lines."""
        return self._place(QRect(0, 0, width, 0), move=False)

    def sizeHint(self) -> QSize:
        """As wide as the widest part, at least."""
        return self.minimumSize()

    def minimumSize(self) -> QSize:
        """As large as the largest part."""
        size = QSize(0, 0)
        for part in self._visible():
            size = size.expandedTo(part.minimumSize())
        return size

    def setGeometry(self, rect: QRect, /) -> None:
        """Place the parts."""
        super().setGeometry(rect)
        self._place(rect, move=True)

    def _visible(self) -> list[QLayoutItem]:
        return [part for part in self._parts if not part.isEmpty()]

    def _place(self, rect: QRect, *, move: bool) -> int:
        y, bottom = rect.top(), rect.top()
        for line in self._lines(rect.width()):
            height = max(part.sizeHint().height() for part in line)
            x = rect.left()
            for part in line:
                size = part.sizeHint()
                width = min(size.width(), rect.width())
                if move:
                    part.setGeometry(QRect(x, y + (height - size.height()) // 2, width, size.height()))
                x += width + self._gap
            bottom = y + height
            y = bottom + self._gap
        return bottom - rect.top()

    def _lines(self, room: int) -> list[list[QLayoutItem]]:
        lines: list[list[QLayoutItem]] = []
        x = 0
        for part in self._visible():
            width = min(part.sizeHint().width(), room)
            if not lines or x + width > room:
                lines.append([])
                x = 0
            lines[-1].append(part)
            x += width + self._gap
        return lines


def flowing(gap: int = 6) -> tuple[QWidget, Flow]:
    """A widget whose parts flow, and its layout."""
    made, layout = QWidget(), Flow(gap)
    made.setLayout(layout)
    policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
    policy.setHeightForWidth(True)
    made.setSizePolicy(policy)
    return made, layout
