"""An item that is not open: set as text, one light widget that paints itself."""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QWidget

from tsguard.domain.checklist import Item
from tsguard.domain.scale_words import verdict_word
from tsguard.domain.scales import Critical, Verdict
from tsguard.gui import icons
from tsguard.gui.checklist.standing import Standing
from tsguard.gui.checklist.wording import critical_short, spoken_item
from tsguard.gui.text import block, put, width_of
from tsguard.gui.theme import Theme
from tsguard.gui.tokens import CARD_MARGIN, RADIUS_CONTROL
from tsguard.gui.widgets import paint
from tsguard.gui.widgets.signs import VERDICT_SIGNS
from tsguard.i18n import _

_ID_LEAST = 62
_CLIP = 36
_ABOVE, _BELOW = 12, 12
_LINE, _UNDER_ID, _NOTE = 24, 18, 20


@lru_cache(maxsize=2)
def _widest_verdict(_language: str) -> int:
    return max(width_of(verdict_word(verdict), "small") for verdict in (*Verdict, None))


def verdict_column() -> int:
    """Width of ring and word, 76 for Chinese and more where words are longer."""
    return max(76, 21 + _widest_verdict(verdict_word(None)) + 2)


def id_column(item_id: str) -> int:
    """Width that an id of that length needs, with the space behind it."""
    return max(_ID_LEAST, width_of(item_id, "small") + 14)


class ClosedRow(QAbstractButton):
    """Id, text, paper-clip and count, ring and word; opened by a click.

    Keys reach it as J, K and the outline, so that it is no stop of its own for Tab.

    Attributes:
        item_id: Of the item it shows.
    """

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self._item: Item | None = None
        self._standing = Standing()
        self._note, self._line, self._ids = "", True, _ID_LEAST
        self.item_id = ""
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        theme.changed.connect(self.update)

    def show_item(self, item: Item, standing: Standing, note: str, ids: int) -> None:
        """Stand for an item.

        Args:
            item: Of the checklist.
            standing: Where it stands.
            note: The person's note; its first line is shown.
            ids: Width of the column of ids.
        """
        self._item, self.item_id, self._ids = item, item.id, ids
        self.refresh(standing, note)

    def refresh(self, standing: Standing, note: str) -> bool:
        """Show how the item stands now; whether its height may be another."""
        note = note.strip().partition("\n")[0]
        taller = bool(note) != bool(self._note)
        self._standing, self._note = standing, note
        if self._item is not None:
            self.setAccessibleName(spoken_item(self._item, standing))
            self.setAccessibleDescription(_("按回车或点击打开"))
        self.update()
        return taller

    def set_line(self, *, line: bool) -> None:
        """Whether a hairline stands under it: not against the card."""
        if line != self._line:
            self._line = line
            self.update()

    def _text_width(self, width: int) -> float:
        return float(width - 2 * CARD_MARGIN - self._ids - _CLIP - verdict_column() - 12)

    def height_for(self, width: int) -> int:
        """Its height in a column of that width."""
        if self._item is None:
            return 0
        laid = block(self._item.text, "item", self._text_width(width))
        words = laid.height + (_NOTE if self._note else 0)
        least = _LINE + (_UNDER_ID if self._item.critical is not Critical.NONE else 0)
        return round(_ABOVE + max(words, least - 4) + _BELOW)

    def paintEvent(self, _event: QPaintEvent, /) -> None:
        """Paint the row."""
        if self._item is None:
            return
        painter, theme, item = paint.begin(QPainter(self)), self._theme, self._item
        width, left = self.width(), float(CARD_MARGIN)
        if self.underMouse():
            area = QRectF(8, 2, width - 16, self.height() - 4)
            paint.rounded(painter, area, RADIUS_CONTROL, theme.color("hover"))
        ids = QRectF(left, _ABOVE, self._ids, _LINE)
        put(painter, item.id, "small", theme.color("ink3"), ids)
        word = critical_short(item.critical)
        tone = theme.color("bad" if item.critical is Critical.VETO else "ink2")
        put(painter, word, "caption", tone, QRectF(left, _ABOVE + 21, self._ids, _UNDER_ID))
        measure = self._text_width(width)
        laid = block(item.text, "item", measure)
        laid.draw(painter, left + self._ids, _ABOVE, theme.color("ink"))
        if self._note:
            room = QRectF(left + self._ids, _ABOVE + laid.height, measure, _NOTE)
            put(painter, self._note, "small", theme.color("ink3"), room)
        x = width - CARD_MARGIN - verdict_column()
        sign, verdict = VERDICT_SIGNS[self._standing.verdict], self._standing.verdict
        icons.draw(painter, sign.icon, theme.color(sign.ink), x, _ABOVE + 4, 16)
        ink = theme.color("ink3" if verdict is None else sign.ink)
        put(painter, verdict_word(verdict), "small", ink, QRectF(x + 21, _ABOVE, verdict_column(), _LINE))
        if self._standing.pieces:
            count = str(self._standing.pieces)
            took = width_of(count, "caption")
            room = QRectF(x - 10 - took, _ABOVE, took + 1, _LINE)
            icons.draw(painter, "attach", theme.color("ink3"), room.left() - 16, _ABOVE + 5, 14)
            put(painter, count, "caption", theme.color("ink3"), room)
        if self._line:
            line = width - 2 * CARD_MARGIN
            paint.horizontal(painter, left, self.height() - 1, line, theme.color("line"))
