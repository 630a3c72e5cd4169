"""Typing answers from paper by number: number, verdict, note, Enter, and on to the next one.

Goes through the session model only, one undo step for each answer. Another answer that is stored already is
never replaced without asking.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from tsguard.domain.answers import Answer
from tsguard.domain.scale_words import verdict_word
from tsguard.domain.scales import VERDICT_KEYS
from tsguard.domain.worksheet import (
    FaultyRow,
    Numbered,
    PaperAnswer,
    Reader,
    RowFault,
    TypedRow,
    answered,
    replaces,
)
from tsguard.errors import TSGuardError
from tsguard.gui.checklist.paper_recent import Recent, RecentList
from tsguard.gui.checklist.wording import critical_short
from tsguard.gui.session_model import SessionModel
from tsguard.gui.text import Text
from tsguard.gui.theme import Theme
from tsguard.gui.tokens import TYPE
from tsguard.gui.widgets.buttons import Button
from tsguard.gui.widgets.fields import LineField
from tsguard.gui.widgets.layout import column, holder, row
from tsguard.gui.widgets.long_text import PlainTextField
from tsguard.gui.widgets.messages import Note
from tsguard.gui.widgets.signs import Severity
from tsguard.gui.widgets.surfaces import Hairline
from tsguard.gui.widgets.verdict import VerdictControl
from tsguard.i18n import _
from tsguard.services.explain import explain
from tsguard.services.paper import fault_reason

_NUMBER_WIDTH = 112
_ENTER = {Qt.Key.Key_Return, Qt.Key.Key_Enter}


class PaperEntry(QWidget):
    """The form for one answer after the other.

    Attributes:
        number: Where the running number or the item's id is typed.
        control: The verdict.
        note: The note, or the reason of a 不适用.
        where: Where the evidence is.
        recent: The last ones typed.
    """

    def __init__(self, theme: Theme, model: SessionModel) -> None:
        super().__init__()
        self._model = model
        self._reader: Reader | None = None
        self._found: Numbered | None = None
        self._error: TSGuardError | None = None
        self._code = Text(theme, "", "title", whole=True)
        advice = _("先和纸上的表号核对：相同才能按编号录入，不同就输条款号（如HRM-05）。")
        self.number = LineField(theme, _("编号或条款号"), longest=20)
        self.number.setFixedWidth(_NUMBER_WIDTH)
        self._item = Text(theme, "", "small", "ink2")
        self._text = Text(theme, "", "body", wrap=True)
        self._text.setMinimumHeight(2 * TYPE["body"].line)  # so that the verdict seldom moves
        self.control = VerdictControl(theme)
        self.note = PlainTextField(theme, _("说明、理由"), most=4)
        self.where = LineField(theme, _("佐证在哪里"), longest=150)
        self._stored = Note(theme, Severity.INFO, "")
        self._yes = Button(theme, _("以纸上为准"))
        self._no = Button(theme, _("保留原答"))
        self._ask = holder(row(self._yes, self._no, None, gap=8))
        hint = _("Enter存下并到下一条，Tab到说明，Shift+Enter换行，Esc关闭")
        self.recent = RecentList(theme, model)
        facts = column(self._item, self._text, gap=2, margins=(0, 3, 0, 0))
        head = row(gap=14)
        head.addWidget(self.number, 0, Qt.AlignmentFlag.AlignTop)
        head.addLayout(facts, 1)
        self.setLayout(
            column(
                column(
                    row(Text(theme, _("表号"), "small", "ink2"), self._code, None, gap=10),
                    Text(theme, advice, "caption", "ink2", wrap=True),
                    gap=2,
                ),
                Hairline(theme),
                head,
                self.control,
                self.note,
                self.where,
                self._stored,
                self._ask,
                Text(theme, hint, "caption", "ink3", wrap=True),
                Hairline(theme),
                self.recent,
                gap=12,
            )
        )
        for editor in (self.number.line, self.where.line, self.note.area):
            editor.installEventFilter(self)
        self.number.edited.connect(self._look_up)
        self.control.chosen.connect(self._chosen)
        self._yes.clicked.connect(self._overwrite)
        self._no.clicked.connect(self._keep)
        model.failed.connect(self._caught)
        model.closing.connect(self._flush)
        model.assessment_changed.connect(self.reload)
        model.answer_changed.connect(self._answer_changed)
        self.reload()

    def reload(self) -> None:
        """Stand over the checklist as it is now."""
        session = self._model.session
        self._reader = Reader(session.checklist) if session.assessment else None
        self._code.set_text(self._reader.code if self._reader else "—")
        self._look_up(self.number.text())

    def take_keyboard(self) -> None:
        """At the number."""
        self.number.line.setFocus(Qt.FocusReason.OtherFocusReason)
        self.number.line.selectAll()

    # --- one answer -----------------------------------------------------------------------------

    def _look_up(self, key: str) -> None:
        """Show at once which item a number or id means."""
        self._found = self._reader.find(key) if self._reader and key.strip() else None
        self.number.set_error("")
        found = self._found
        for part in (self.control, self.note, self.where):
            part.setEnabled(found is not None)
        self.control.set_verdict(None)
        self._item.set_text(self._item_words(found) if found else "")
        self._text.set_text(found.item.text if found else "")
        if found is not None:
            self.control.set_may_not_apply(may=found.item.may_not_apply)
        self._show_stored()

    def _item_words(self, found: Numbered) -> str:
        kept_in = "" if found.item.may_not_apply else _("不能答不适用")
        critical = critical_short(found.item.critical)
        parts = (f"{found.number}　{found.item.id}", found.section.title, critical, kept_in)
        return " · ".join(part for part in parts if part)

    def _keys_words(self, found: Numbered) -> str:
        if found.item.may_not_apply:
            return _("先按1、2、3、4或0选判定。")
        return _("先按1、2、3或4选判定，这一条不能答不适用。")

    def _show_stored(self) -> None:
        """Say what is stored for the item."""
        self._ask.hide()
        session = self._model.session
        known = self._found if not session.closed else None
        verdict = session.answer(known.item.id).verdict if known else None
        self._stored.setVisible(verdict is not None)
        if verdict is not None:
            word = verdict_word(verdict)
            self._stored.say(Severity.INFO, _("已答“{verdict}”，纸上不同时会先问。").format(verdict=word))

    def _answer_changed(self, item_id: str) -> None:
        if self._found and self._found.item.id == item_id and self._ask.isHidden():
            self._show_stored()

    def _chosen(self, _verdict: object) -> None:
        self.note.set_error("")
        self._show_stored()

    def enter(self) -> None:
        """What Enter does: on from the number to the verdict, and from there into the file."""
        if self._found is None:
            key = self.number.text()
            self.number.set_error(_("没有这一条") if key else _("请输编号"))
            self.take_keyboard()
            return
        if self.control.verdict is None:
            if self.number.line.hasFocus():
                self.control.focus_segment()
            else:
                self._stored.say(Severity.INFO, self._keys_words(self._found))
                self._stored.show()
                self.control.focus_segment()
            return
        self._store(overwrite=False)

    def _typed(self) -> PaperAnswer | FaultyRow | None:
        """What stands in the form; None without an item and a verdict."""
        found, verdict = self._found, self.control.verdict
        if found is None or verdict is None or self._reader is None:
            return None
        key, note, where = VERDICT_KEYS[verdict], self.note.text(), self.where.text()
        return self._reader.understand(
            TypedRow(1, item=found.item.id, verdict=key, note=note, where=where), ours=True
        )

    def _store(self, *, overwrite: bool) -> None:
        found, paper = self._found, self._typed()
        if found is None or paper is None:
            return
        if isinstance(paper, FaultyRow):
            self._refuse(paper)
            return
        before = self._model.session.answer(paper.item)
        after = answered(before, paper, self._model.session.today)
        if after == before:
            self._done(found, Recent(found.number, after, before.verdict, same=True))
        elif replaces(before, after) and not overwrite:
            self._question(found, before, after)
        elif self._put(after):
            self._done(found, Recent(found.number, after, before.verdict, same=False))
        else:
            self._say_failed()

    def _flush(self) -> None:
        """Before a lock, store a whole answer that Enter has not stored yet, unless it replaces another."""
        paper = self._typed()
        if isinstance(paper, PaperAnswer):
            before = self._model.session.answer(paper.item)
            after = answered(before, paper, self._model.session.today)
            if after != before and not replaces(before, after):
                self._put(after)

    def _refuse(self, row_: FaultyRow) -> None:
        field = self.where if row_.fault is RowFault.TOO_LONG and self.where.text() else self.note
        if row_.fault is RowFault.TOO_LONG and len(self.note.text()) > len(self.where.text()):
            field = self.note
        field.set_error(fault_reason(row_))
        field.setFocus(Qt.FocusReason.OtherFocusReason)

    def _question(self, found: Numbered, before: Answer, after: Answer) -> None:
        """Ask in place whether the stored answer may go."""
        facts = {"number": found.number, "before": verdict_word(before.verdict)}
        if before.verdict is after.verdict:
            sentence = _("第{number}条已答“{before}”，但存的说明或理由不同，换成纸上的？").format(**facts)
        else:
            sentence = _("第{number}条原答“{before}”，改为“{after}”？").format(
                after=verdict_word(after.verdict), **facts
            )
        self._stored.say(Severity.WARNING, sentence)
        self._stored.show()
        self._ask.show()
        self._yes.setFocus(Qt.FocusReason.OtherFocusReason)

    def _overwrite(self) -> None:
        self._store(overwrite=True)

    def _keep(self) -> None:
        if self._found is not None:
            self._next(self._found)

    def _put(self, answer: Answer) -> bool:
        self._error = None
        self._model.put_answer(answer)
        return self._error is None

    def _say_failed(self) -> None:
        if self._error is not None:
            said = explain(self._error)
            self._stored.say(Severity.ERROR, f"{said.happened}{said.advice}")
            self._stored.show()

    def _caught(self, error: TSGuardError) -> None:
        self._error = error

    def _done(self, found: Numbered, entry: Recent) -> None:
        self.recent.add(entry)
        self._next(found)

    def _next(self, found: Numbered) -> None:
        """Empty the form, and propose the next number."""
        following = self._reader.find(str(found.number + 1)) if self._reader else None
        self.number.set_text(str(following.number) if following else "")
        for field in (self.note, self.where):
            field.set_text("")
            field.set_error("")
        self._look_up(self.number.text())
        self.take_keyboard()

    # --- keys -----------------------------------------------------------------------------------

    def eventFilter(self, watched: QObject, event: QEvent, /) -> bool:
        """Enter in a field stores; Shift+Enter is a new line of the note."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            shifted = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            if Qt.Key(event.key()) in _ENTER and not (shifted and watched is self.note.area):
                self.enter()
                return True
        return super().eventFilter(watched, event)

    def keyPressEvent(self, event: QKeyEvent, /) -> None:
        """Enter on the verdict stores; Up and Down do not move the page behind."""
        key = Qt.Key(event.key())
        if key in _ENTER:
            self.enter()
        elif key not in {Qt.Key.Key_Up, Qt.Key.Key_Down}:
            super().keyPressEvent(event)
