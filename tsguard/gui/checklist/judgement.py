"""The verdict of the open item, and what 不适用 and 不清楚 ask for beside it."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QRadioButton, QWidget

from tsguard.domain.answers import Answer
from tsguard.domain.checklist import Item
from tsguard.domain.scales import Verdict
from tsguard.gui.checklist.answering import Answering
from tsguard.gui.checklist.relief_line import ReliefLine
from tsguard.gui.checklist.typed_text import TypedText
from tsguard.gui.checklist.wording import not_applicable_words
from tsguard.gui.text import Text
from tsguard.gui.theme import Theme
from tsguard.gui.widgets.fields import DateField, LineField
from tsguard.gui.widgets.layout import column, holder, row
from tsguard.gui.widgets.long_text import PlainTextField
from tsguard.gui.widgets.messages import Note
from tsguard.gui.widgets.signs import Severity
from tsguard.gui.widgets.verdict import VerdictControl
from tsguard.i18n import _

_DATE_WIDTH = 168
_STEPS = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}


class Judgement(QWidget):
    """The five verdicts with their two small forms.

    Attributes:
        control: The verdict control.
        relief: What companies of this size usually leave out.

    Signals:
        stepped(by): Up or Down was pressed on the control: -1 or 1.
    """

    stepped = Signal(int)

    def __init__(self, theme: Theme, answering: Answering) -> None:
        super().__init__()
        self._answering = answering
        self._item: Item | None = None
        self.control = VerdictControl(theme)
        for segment in self.control.findChildren(QRadioButton):
            segment.installEventFilter(self)
        self._hint = Text(theme, "", "caption", "ink3", wrap=True)
        self.relief = ReliefLine(theme, answering)
        self.relief.accepted.connect(self.control.focus_segment)
        self._reason = PlainTextField(
            theme, _("不适用的理由"), help=_("理由会写进报送版，不要写秘点内容"), required=True, most=4
        )
        self._again = DateField(theme, _("复问日期"), help=_("到那天再问一次"), required=True)
        self._again.setFixedWidth(_DATE_WIDTH)
        self._excused = Note(theme, Severity.INFO, "")
        fields = row(gap=12)
        fields.addWidget(self._reason, 1)
        fields.addWidget(self._again, 0, Qt.AlignmentFlag.AlignTop)
        self._not_applicable = holder(column(fields, self._excused, gap=8, margins=(0, 10, 0, 0)))
        self._whom = LineField(theme, _("问谁"), help=_("谁可能知道；会列进访谈单，不进报送版"))
        self._unknown = holder(column(self._whom, gap=0, margins=(0, 10, 0, 0)))
        body = column(self.control, self._hint, self.relief, self._not_applicable, self._unknown, gap=4)
        self.setLayout(body)
        self._texts = (
            TypedText(answering, "reason", self._reason),
            TypedText(answering, "ask_whom", self._whom),
        )
        self.control.chosen.connect(self._chosen)
        self._again.committed.connect(self._dated)

    def show_item(self, item: Item, answer: Answer) -> None:
        """Be about another item."""
        for text in self._texts:
            text.load(item.id)
        self._item = item
        self.control.set_may_not_apply(may=item.may_not_apply)
        self.control.setAccessibleName(f"{item.id} {item.text}")
        self._hint.set_text(not_applicable_words(item))
        self._hint.setVisible(bool(not_applicable_words(item)))
        self._again.set_value(answer.ask_again)
        self._show(answer)

    def refresh(self, answer: Answer) -> None:
        """The answer changed."""
        for text in self._texts:
            text.refresh()
        if answer.ask_again != self._again.value():
            self._again.set_value(answer.ask_again)
        self._show(answer)

    def flush(self) -> None:
        """Store what is being typed."""
        for text in self._texts:
            text.flush()
        day = self._again.value()
        if self._item is None or self._not_applicable.isHidden() or day is None:
            return
        if day != self._answering.answer(self._item.id).ask_again:
            self._answering.ask_again(self._item.id, day)

    def focus_lacking(self) -> bool:
        """Take the keyboard where a 不适用 still lacks its reason; whether it does."""
        if self._not_applicable.isHidden() or self._reason.text().strip():
            return False
        self._reason.area.setFocus(Qt.FocusReason.OtherFocusReason)
        return True

    def _show(self, answer: Answer) -> None:
        self.control.set_verdict(answer.verdict)
        self.relief.show_item(answer.item)
        self._not_applicable.setVisible(answer.verdict is Verdict.NOT_APPLICABLE)
        self._unknown.setVisible(answer.verdict is Verdict.UNKNOWN)
        if answer.excused:
            self._excused.say(Severity.GOOD, _("理由和复问日期都有了，这一条不再计分。"))
        else:
            self._excused.say(
                Severity.INFO, _("理由和复问日期都填好后，这一条才不计分；在那之前按不符合计。")
            )

    def _chosen(self, verdict: Verdict | None) -> None:
        if self._item is not None:
            self._answering.choose(self._item.id, verdict)

    def _dated(self, day: object) -> None:
        if self._item is not None:
            self._answering.ask_again(self._item.id, self._again.value() if day is not None else None)

    def eventFilter(self, watched: QObject, event: QEvent, /) -> bool:
        """Up and Down go to another item; Left and Right stay with the radio buttons."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            step = _STEPS.get(Qt.Key(event.key()))
            if step is not None and not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
                self.stepped.emit(step)
                return True
        return super().eventFilter(watched, event)
