"""What is said where newer content is at hand than the assessment has frozen; moving is one step of undo.

Never moves by itself, and asks once: 先不换 stands until the content changes again.
"""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from tsguard.gui.profile.ask_in_place import AskInPlace, Question, Way
from tsguard.gui.profile.renewal_panel import RenewalPanel
from tsguard.gui.session_model import SessionModel
from tsguard.gui.theme import Theme
from tsguard.gui.widgets.layout import column
from tsguard.gui.widgets.signs import Severity
from tsguard.i18n import _
from tsguard.services.content import Shelf, shipped
from tsguard.services.renewal import ContentChanges, changes
from tsguard.services.renewal_lines import must_apply_lines, other_lines, renewal_lines, summary


class RenewalDesk(QWidget):
    """The note, and what it leads to.

    Attributes:
        note: Hidden while nothing is newer.

    Signals:
        look_wanted(): The person wants to see what changed; ``panel`` makes it.
    """

    look_wanted = Signal()

    def __init__(self, theme: Theme, model: SessionModel) -> None:
        super().__init__()
        self._theme, self._model = theme, model
        self._shelf: Shelf = shipped()
        self._changes = ContentChanges()
        self._put_off: ContentChanges | None = None
        self.note = AskInPlace(theme)
        self.setLayout(column(self.note, gap=0, margins=(0, 0, 0, 8)))
        self.hide()

    def refresh(self, shelf: Shelf) -> None:
        """Compare the assessment with what is at hand."""
        self._shelf = shelf
        self._changes = changes(self._model.session, shelf)
        words = summary(self._changes)
        wanted = bool(words) and self._changes != self._put_off
        self.setVisible(wanted)
        if not wanted:
            self.note.dismiss()
            return
        if self.note.question is None or self.note.question.title != words:
            lines = (
                _("作答一条不丢：改动的条款保留原来的判定，取消的不再计分，答案留在保险库里。"),
                *must_apply_lines(self._changes),
            )
            ways = (
                Way(_("看改动"), self._look, stays=True),
                Way(_("换到新版"), self._renew, stays=True),
                Way(_("先不换"), self._later),
            )
            self.note.ask(Question(Severity.INFO, words, lines, ways), take_keyboard=False)

    def panel(self) -> RenewalPanel:
        """What changed, item by item."""
        session = self._model.session
        lines = renewal_lines(self._changes, session.checklist, self._shelf, session.answers)
        return RenewalPanel(self._theme, lines, other_lines(self._changes))

    def _look(self) -> None:
        self.look_wanted.emit()

    def _renew(self) -> None:
        assessment = self._model.session.assessment
        if assessment is not None:
            self._model.choose_modules(assessment.modules, self._shelf, renew=True)

    def _later(self) -> None:
        self._put_off = self._changes
        self.hide()
