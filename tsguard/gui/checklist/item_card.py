"""The one open item: a lifted card of real widgets, bound to another item instead of being built anew."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QEvent, QPoint, QRectF, Qt, Signal
from PySide6.QtGui import (
    QAction,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDropEvent,
    QGuiApplication,
    QMouseEvent,
    QPainter,
    QPaintEvent,
)
from PySide6.QtWidgets import QApplication, QMenu, QWidget

from tsguard.domain.checklist import Item
from tsguard.domain.scales import Critical
from tsguard.gui.checklist.answering import Answering
from tsguard.gui.checklist.evidence_part import EvidencePart
from tsguard.gui.checklist.judgement import Judgement
from tsguard.gui.checklist.standing import Standings
from tsguard.gui.checklist.typed_text import TypedText
from tsguard.gui.checklist.wording import asked_words, check_words, critical_short, weight_words
from tsguard.gui.session_model import SessionModel
from tsguard.gui.tasks import Tasks
from tsguard.gui.text import Text
from tsguard.gui.theme import Theme
from tsguard.gui.tokens import RADIUS_CARD
from tsguard.gui.widgets import paint
from tsguard.gui.widgets.buttons import IconButton
from tsguard.gui.widgets.layout import column, holder, row
from tsguard.gui.widgets.long_text import PlainTextField
from tsguard.gui.widgets.messages import Note
from tsguard.gui.widgets.signs import Severity
from tsguard.gui.widgets.surfaces import Card
from tsguard.gui.widgets.tags import Tag
from tsguard.i18n import _

_CLEAR, _COPY = "clear", "copy"


class ItemCard(Card):
    """The open item.

    Attributes:
        item_id: Of the item it is bound to, or "".

    Signals:
        go(target): Take the person to another page.
        stepped(by): To the item before (-1) or behind (1).
        resized(): Its height may be another.
    """

    go = Signal(str)
    stepped = Signal(int)
    resized = Signal()

    def __init__(
        self, theme: Theme, model: SessionModel, tasks: Tasks, standings: Standings, parent: QWidget
    ) -> None:
        self._standings = standings
        self._item: Item | None = None
        self._dropping = False
        self._id = Text(theme, "", "small", "ink3")
        self._tag = Tag(theme, "", "bad")
        self._weight = Text(theme, "", "small", "ink3")
        self._flagged = Tag(theme, _("已标记"), "accent", icon="flag")
        self._flag = IconButton(theme, "flag", "", size=28)
        self._more = IconButton(theme, "more_horizontal", _("更多"), size=28)
        self._text = Text(theme, "", "item_b", wrap=True)
        self._asked = Text(theme, "", "small", "ink3", wrap=True)
        self._check = Note(theme, Severity.INFO, "", _("看秘点台账"))
        self._note = PlainTextField(theme, _("内部备注，不进报送版"), most=12)
        self.evidence = EvidencePart(theme, model, tasks, standings)
        head = row(self._id, self._tag, self._weight, None, self._flagged, self._flag, self._more, gap=10)
        body = column(head, 2, self._text, self._asked, 12, gap=0)
        super().__init__(theme, body)
        self.setParent(parent)
        self._answering = Answering(model, self)
        self.judgement = Judgement(theme, self._answering)
        self._check_part = holder(column(self._check, gap=0, margins=(0, 12, 0, 0)))
        for part, above in (
            (self.judgement, 0),
            (self._check_part, 0),
            (self.evidence, 14),
            (self._note, 12),
        ):
            body.addSpacing(above)
            body.addWidget(part)
        body.setContentsMargins(20, 10, 20, 20 + 3)
        self._typed = TypedText(self._answering, "note", self._note)
        self._flag.clicked.connect(self.toggle_flag)
        self._more.clicked.connect(self._offer)
        self._check.acted.connect(self._to_points)
        self.judgement.stepped.connect(self.stepped)
        self.evidence.go.connect(self.go)
        model.closing.connect(self.flush)
        self.setAcceptDrops(True)
        self.hide()

    # --- being about an item --------------------------------------------------------------------

    @property
    def item_id(self) -> str:
        """The item it is bound to."""
        return self._item.id if self._item else ""

    def show_item(self, item: Item) -> None:
        """Be about another item; what is being typed about the last one is stored first."""
        self._typed.load(item.id)
        self._item = item
        self._id.set_text(item.id)
        veto = item.critical is Critical.VETO
        self._tag.set_text(critical_short(item.critical), "bad" if veto else "ink2")
        self._tag.setVisible(item.critical is not Critical.NONE)
        self._weight.set_text(weight_words(item.weight, self._standings.multiplier(item.id)))
        self._text.set_text(item.text)
        self._asked.set_text(asked_words(item))
        self._asked.setVisible(bool(item.evidence))
        self.judgement.show_item(item, self._answering.answer(item.id))
        self.evidence.show_item(item.id)
        self.setAccessibleName(f"{item.id} {item.text}")
        self._show()

    def refresh(self) -> None:
        """Something about the item changed."""
        if self._item is None:
            return
        self._typed.refresh()
        self.judgement.refresh(self._answering.answer(self._item.id))
        self.evidence.refresh()
        self._show()

    def forget(self) -> None:
        """Be about nothing: the checklist has no items."""
        self.flush()
        self._item = None
        self.hide()

    def flush(self) -> None:
        """Store what is being typed."""
        if self._item is not None:
            self._typed.flush()
            self.judgement.flush()

    @property
    def unsaved_item(self) -> str | None:
        """An item whose text could not be stored, or None."""
        return self._answering.unsaved_item

    def _show(self) -> None:
        if self._item is None:
            return
        standing = self._standings[self._item.id]
        self._flagged.setVisible(standing.flagged)
        self._flag.set_name(_("去掉标记（F）") if standing.flagged else _("做标记（F）"))
        check = self._standings.check(self._item.id)
        self._check_part.setVisible(check is not None)
        if check is not None:
            severity = Severity.WARNING if standing.contradicted else Severity.INFO
            self._check.say(severity, check_words(check), _("看秘点台账"))

    # --- what a person does ---------------------------------------------------------------------

    def press_key(self, key: str) -> None:
        """The verdict of that key."""
        if self._item is not None:
            self.judgement.control.press_key(key)

    def toggle_flag(self) -> None:
        """Set the person's mark, or take it away."""
        if self._item is not None:
            self._answering.flag(self._item.id)

    def clear_answer(self) -> None:
        """Take the answer back, with what belongs to it."""
        if self._item is not None:
            self.flush()
            self._answering.clear(self._item.id)

    def copy_text(self) -> None:
        """Put id and text on the clipboard."""
        if self._item is not None:
            QGuiApplication.clipboard().setText(f"{self._item.id} {self._item.text}")

    def take_focus(self, *, at_lack: bool = False) -> None:
        """Take the keyboard, at the verdict.

        Args:
            at_lack: Rather at the reason, where a 不适用 lacks it.
        """
        if not (at_lack and self.judgement.focus_lacking()):
            self.judgement.control.focus_segment()

    def has_focus(self) -> bool:
        """Whether the keyboard is in it."""
        at = QApplication.focusWidget()
        return at is not None and self.isAncestorOf(at)

    def _offer(self) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addAction(_("清除作答")).setData(_CLEAR)
        menu.addAction(_("复制编号和条文")).setData(_COPY)
        menu.triggered.connect(self._act)
        menu.popup(self._more.mapToGlobal(QPoint(0, self._more.height())))

    def _act(self, action: QAction) -> None:
        if action.data() == _CLEAR:
            self.clear_answer()
        else:
            self.copy_text()

    def _to_points(self) -> None:
        self.go.emit("points")

    # --- Qt -------------------------------------------------------------------------------------

    def height_for(self, width: int) -> int:
        """Its height in a column of that width, laid out now."""
        layout = self.layout()
        if layout is None:
            return 0
        for part in reversed(self.findChildren(QWidget)):
            inner = part.layout()
            if inner is not None and not part.isHidden():
                inner.activate()
        layout.activate()
        return layout.totalHeightForWidth(width)

    def event(self, event: QEvent, /) -> bool:
        """Tell that the height may be another."""
        took = super().event(event)
        if event.type() == QEvent.Type.LayoutRequest:
            self.resized.emit()
        return took

    def mousePressEvent(self, event: QMouseEvent, /) -> None:
        """A click beside everything leaves a text field."""
        self.setFocus(Qt.FocusReason.MouseFocusReason)
        super().mousePressEvent(event)

    def dragEnterEvent(self, event: QDragEnterEvent, /) -> None:
        """Files may be dropped."""
        if any(url.isLocalFile() for url in event.mimeData().urls()):
            event.acceptProposedAction()
            self._dropping = True
            self.update()

    def dragLeaveEvent(self, _event: QDragLeaveEvent, /) -> None:
        """They were not."""
        self._dropping = False
        self.update()

    def dropEvent(self, event: QDropEvent, /) -> None:
        """Ask about the files."""
        self._dropping = False
        self.update()
        event.acceptProposedAction()
        self.evidence.offer_files(
            [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
        )

    def paintEvent(self, event: QPaintEvent, /) -> None:
        """Paint the card, with an accent frame while files hover over it."""
        super().paintEvent(event)
        if self._dropping:
            painter = paint.begin(QPainter(self))
            area = QRectF(self.rect()).adjusted(0, 0, 0, -3)
            for inset in (0.0, 1.0):
                frame = area.adjusted(inset, inset, -inset, -inset)
                paint.rounded(painter, frame, RADIUS_CARD - inset, None, self._theme.color("accent"))
