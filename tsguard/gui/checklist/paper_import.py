"""A filled workbook before it is taken over: what is new, what would change, what can't be read.

Nothing is stored until a button here is pressed; then all of it is one step of undo.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from tsguard.domain.answers import Answer
from tsguard.domain.scale_words import verdict_word
from tsguard.domain.worksheet import TypedSheet
from tsguard.gui.session_model import SessionModel
from tsguard.gui.text import Text
from tsguard.gui.theme import Theme
from tsguard.gui.tokens import Token
from tsguard.gui.widgets.buttons import Button
from tsguard.gui.widgets.layout import column, holder, row
from tsguard.gui.widgets.messages import Note
from tsguard.gui.widgets.signs import Severity
from tsguard.gui.widgets.surfaces import Hairline
from tsguard.i18n import _
from tsguard.services.paper import PaperAnswers, PaperChange, change_words, compare, fault_sentence

_MOST_LINES = 60


class _Group(QWidget):
    """A heading with its count, and lines; hidden without any."""

    def __init__(self, theme: Theme, tone: Token = "ink") -> None:
        super().__init__()
        self._title = Text(theme, "", "small_b", tone)
        self._lines = Text(theme, "", "small", "ink2", wrap=True)
        self.setLayout(column(self._title, self._lines, gap=4))

    def show_lines(self, title: str, lines: Sequence[str]) -> None:
        """List something."""
        self.setVisible(bool(lines))
        shown = list(lines[:_MOST_LINES])
        if len(lines) > _MOST_LINES:
            shown.append(_("……另有{count}行").format(count=len(lines) - _MOST_LINES))
        self._title.set_text(title)
        self._lines.set_text("\n".join(shown))


class PaperImport(QWidget):
    """The comparison with its two ways on.

    Attributes:
        found: The comparison that is shown; None while there is none.

    Signals:
        left(str): It is over: taken over or not; what to say about it, "" for nothing.
    """

    left = Signal(str)

    def __init__(self, theme: Theme, model: SessionModel) -> None:
        super().__init__()
        self._model = model
        self._typed: TypedSheet | None = None
        self._storing = False
        self.found: PaperAnswers | None = None
        self._name = Text(theme, "", "body_b", wrap=True)
        self._counts = Text(theme, "", "small", "ink2", wrap=True)
        self._sheet = Note(theme, Severity.WARNING, "")
        self.new = Button(theme, "", "primary")
        self.all = Button(theme, "")
        self._back = Button(theme, _("不录入"))
        self._faults = _Group(theme, "bad")
        self._changes = _Group(theme, "warn")
        self._news = _Group(theme)
        self.setLayout(
            column(
                self._name,
                self._counts,
                self._sheet,
                holder(row(self.new, self.all, self._back, None, gap=8)),
                Hairline(theme),
                self._faults,
                self._changes,
                self._news,
                gap=12,
            )
        )
        self.new.clicked.connect(self._take_new)
        self.all.clicked.connect(self._take_all)
        self._back.clicked.connect(self._leave)
        model.answer_changed.connect(self._content_changed)
        model.assessment_changed.connect(self._content_changed)
        model.closing.connect(self.forget)

    def show_sheet(self, name: str, typed: TypedSheet) -> None:
        """Compare a workbook that was read.

        Args:
            name: The file's.
            typed: What stands in it.
        """
        self._typed = typed
        self._name.set_text(name)
        self._compare()
        self.take_keyboard()

    def take_keyboard(self) -> None:
        """At the first thing to press."""
        next(each for each in (self.new, self.all, self._back) if not each.isHidden()).setFocus()

    def forget(self) -> None:
        """Drop what was read."""
        self._typed = self.found = None
        for group in (self._faults, self._changes, self._news):
            group.show_lines("", ())

    def _content_changed(self, *_what: object) -> None:
        """An answer changed while this stands open: what it would do is another now."""
        if self._typed is not None and not self._storing:
            self._compare()

    def _compare(self) -> None:
        session = self._model.session
        if self._typed is None or session.assessment is None:
            return
        found = self.found = compare(session, self._typed)
        facts = (
            _("新录入{count}条").format(count=len(found.new)),
            _("会改动{count}条").format(count=len(found.overwriting)),
            _("相同{count}条").format(count=found.unchanged),
            _("有误{count}行").format(count=len(found.faults)),
        )
        self._counts.set_text(" · ".join(facts))
        self._sheet.setVisible(not found.ours)
        code = "、".join(found.foreign)
        self._sheet.say(
            Severity.WARNING,
            _("表号{code}不是本次自评的，只认条款号。").format(code=code)
            if code
            else _("里面没有表号，只认条款号。"),
        )
        new, changed = len(found.new), len(found.overwriting)
        self.new.set_text(_("录入新的{count}条").format(count=new))
        self.new.setVisible(new > 0)
        both, only = _("连同改动录入{count}条"), _("以纸上为准，改动{count}条")
        self.all.set_text((both if new else only).format(count=new + changed))
        self.all.setVisible(changed > 0)
        self._faults.show_lines(_("有误的行，不会录入"), [fault_sentence(each) for each in found.faults])
        self._changes.show_lines(
            _("会改动的作答"), [f"{each.after.item}　{change_words(each)}" for each in found.overwriting]
        )
        self._news.show_lines(_("新录入的作答"), [_new_words(each) for each in found.new])

    def _take_new(self) -> None:
        self._take(overwrite=False)

    def _take_all(self) -> None:
        self._take(overwrite=True)

    def _take(self, *, overwrite: bool) -> None:
        if self.found is None:
            return
        answers = self.found.chosen(overwrite=overwrite)
        self._storing = True
        try:
            self._model.put_answers(answers, _("读入Excel的{count}条作答").format(count=len(answers)))
        finally:
            self._storing = False
        if self._stored(answers):
            self.forget()
            self.left.emit(_("已录入{count}条，一次撤销就能全部收回。").format(count=len(answers)))

    def _stored(self, answers: Sequence[Answer]) -> bool:
        session = self._model.session
        return all(session.answer(answer.item) == answer for answer in answers)

    def _leave(self) -> None:
        self.forget()
        self.left.emit("")


def _new_words(change: PaperChange) -> str:
    return f"{change.after.item}　{verdict_word(change.after.verdict)}"
