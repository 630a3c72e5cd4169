"""The open section as a text: light rows, and the one card between them.

Rows are placed here and not by a layout, so that opening an item moves nothing but what has to move:
the row under the pointer becomes the card's head at the same height.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPoint, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QWidget

from tsguard.domain.checklist import Item
from tsguard.gui.checklist.closed_row import ClosedRow, id_column
from tsguard.gui.checklist.item_card import ItemCard
from tsguard.gui.checklist.standing import Standings
from tsguard.gui.session_model import SessionModel
from tsguard.gui.tasks import Tasks
from tsguard.gui.theme import Theme
from tsguard.gui.tokens import CARD_MARGIN
from tsguard.gui.widgets.surfaces import Scroll
from tsguard.i18n import _

TEXT_MOST = 760
LEFT = 12
RIGHT = 8
_SCROLL_BAR = 10
_AROUND_CARD = 4
_ABOVE, _BELOW = 6, 40
_EYE = 12  # logical pixels kept above a card that was scrolled to


def column_width(width: int) -> int:
    """Width of rows and card in a middle column of that width; the text on them is 40 narrower."""
    return max(200, min(width - LEFT - RIGHT - _SCROLL_BAR, TEXT_MOST + 2 * CARD_MARGIN))


class SectionView(Scroll):
    """The items of one section.

    Attributes:
        card: The open card.

    Signals:
        picked(item_id): The person clicked a closed row.
    """

    picked = Signal(str)

    def __init__(self, theme: Theme, model: SessionModel, tasks: Tasks, standings: Standings) -> None:
        self._sheet = QWidget()
        super().__init__(self._sheet)
        self.setWidgetResizable(False)
        self._theme, self._model, self._standings = theme, model, standings
        self._rows: list[ClosedRow] = []
        self._items: tuple[Item, ...] = ()
        self._at: dict[str, int] = {}
        self._section = ""
        self.card = ItemCard(theme, model, tasks, standings, self._sheet)
        self.card.resized.connect(self._later)
        self.card.evidence.opened.connect(self._show_whole)
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(0)
        self._soon.timeout.connect(self.arrange)
        self.setAccessibleName(_("这一域的条款"))
        self.verticalScrollBar().setSingleStep(24)

    # --- showing --------------------------------------------------------------------------------

    def open(self, item_id: str, *, keep: bool = False) -> None:
        """Open an item's card, in its section.

        Args:
            item_id: Of the checklist.
            keep: Whether the card's head shall stand where the item's row stood, as after a click.
        """
        section = self._standings.section(item_id)
        had_focus = self.card.has_focus()
        within = section.id == self._section and item_id in self._at
        row = self._rows[self._at[item_id]] if within else None
        before = row.y() - self.verticalScrollBar().value() if row is not None and keep else None
        if not within:
            self._set_section(section.id, section.items)
        elif self.card.item_id in self._at:
            closed = self.card.item_id
            self.card.flush()
            self._refresh_row(closed)
        self.card.show_item(self._standings.item(item_id))
        self.card.show()
        self.arrange()
        if before is not None:
            self.verticalScrollBar().setValue(self.card.y() - _AROUND_CARD - before)
        self._bring_into_sight()
        if had_focus and not self.card.has_focus():
            self.card.take_focus()

    def clear(self) -> None:
        """Show nothing: there is no checklist."""
        self.card.forget()
        self._set_section("", ())
        self.arrange()

    def reload(self) -> None:
        """The checklist is another one; ``open`` fills the view again."""
        self._section = ""

    def refresh(self, item_id: str) -> None:
        """An item stands otherwise."""
        if item_id == self.card.item_id:
            self.card.refresh()
            self.arrange()
        elif item_id in self._at and self._refresh_row(item_id):
            self.arrange()

    def _set_section(self, section: str, items: Sequence[Item]) -> None:
        self._section, self._items = section, tuple(items)
        self._at = {item.id: number for number, item in enumerate(self._items)}
        while len(self._rows) < len(self._items):
            row = ClosedRow(self._theme, self._sheet)
            row.clicked.connect(self._clicked)
            self._rows.append(row)
        ids = max((id_column(item.id) for item in self._items), default=0)
        for row, item in zip(self._rows, self._items, strict=False):
            row.show_item(item, self._standings[item.id], self._note(item.id), ids)
        for row in self._rows[len(self._items) :]:
            row.hide()
        self.verticalScrollBar().setValue(0)

    def _note(self, item_id: str) -> str:
        return self._model.session.answer(item_id).note

    def _refresh_row(self, item_id: str) -> bool:
        return self._rows[self._at[item_id]].refresh(self._standings[item_id], self._note(item_id))

    def _clicked(self) -> None:
        row = self.sender()
        if isinstance(row, ClosedRow):
            self.picked.emit(row.item_id)

    # --- placing --------------------------------------------------------------------------------

    def _later(self) -> None:
        self._soon.start()

    def arrange(self) -> None:
        """Place rows and card one under the other."""
        self._soon.stop()
        width, opened = column_width(self.width()), self.card.item_id
        y, last = _ABOVE, len(self._items) - 1
        for number, item in enumerate(self._items):
            row = self._rows[number]
            if item.id == opened:
                row.hide()
                height = self.card.height_for(width)
                self.card.setGeometry(LEFT, y + _AROUND_CARD, width, height)
                y += height + 2 * _AROUND_CARD
                continue
            height = row.height_for(width)
            row.set_line(line=number != last and self._items[number + 1].id != opened)
            row.setGeometry(LEFT, y, width, height)
            row.show()
            y += height
        self._sheet.resize(max(1, self.width() - _SCROLL_BAR), y + _BELOW)

    def _show_whole(self, part: QWidget) -> None:
        """Scroll until a part of the card is seen, its head at least."""
        self.arrange()
        bar, room = self.verticalScrollBar(), self.viewport().height()
        top = part.mapTo(self._sheet, QPoint(0, 0)).y()
        bottom = top + part.height() + _EYE
        bar.setValue(min(top - _EYE, max(bar.value(), bottom - room)))

    def _bring_into_sight(self) -> None:
        bar, card = self.verticalScrollBar(), self.card
        top, bottom = card.y() - _EYE, card.y() + card.height() + _EYE
        room = self.viewport().height()
        if bottom - top > room or top < bar.value():
            if not bar.value() <= top <= bar.value() + room // 3 or top < bar.value():
                bar.setValue(top)
        elif bottom > bar.value() + room:
            bar.setValue(bottom - room)

    def resizeEvent(self, event: QResizeEvent, /) -> None:
        """Keep the card at its height while the column changes."""
        before = self.card.y() - self.verticalScrollBar().value()
        super().resizeEvent(event)
        self.arrange()
        if event.oldSize().width() > 0 and event.oldSize().width() != event.size().width():
            self.verticalScrollBar().setValue(self.card.y() - before)

    def keyPressEvent(self, event: QKeyEvent, /) -> None:
        """Up and Down belong to the page."""
        if event.key() in {Qt.Key.Key_Up, Qt.Key.Key_Down}:
            event.ignore()
            return
        super().keyPressEvent(event)

    def minimumSizeHint(self) -> QSize:
        """Narrow enough for the smallest window."""
        return QSize(320, 120)
