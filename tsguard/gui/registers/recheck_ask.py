"""Who looked at it again, and when: asked in the form before a result of the second look is written down."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent

from tsguard.domain.rectification import Recheck
from tsguard.domain.words import recheck_word
from tsguard.gui.text import Text
from tsguard.gui.theme import Theme
from tsguard.gui.widgets.buttons import Button
from tsguard.gui.widgets.fields import DateField, LineField
from tsguard.gui.widgets.layout import column, pair, row
from tsguard.gui.widgets.surfaces import Surface
from tsguard.i18n import _


class RecheckAsk(Surface):
    """Two fields and one verb, hidden until a result is to be written down.

    Signals:
        given(result, checker, day): A person said who and when: a ``Recheck``, a name, a ``date``.
    """

    given = Signal(object, str, object)

    def __init__(self, theme: Theme) -> None:
        self._head = Text(theme, "", "small_b")
        self.checker = LineField(theme, _("复验人"), longest=200, help=_("不能是责任人"))
        self.day = DateField(theme, _("复验日"))
        self.day.line.setPlaceholderText(_("如2026-06-30"))
        self._keep = Button(theme, _("记下"))
        drop = Button(theme, _("先不记"), "quiet")
        body = column(
            self._head,
            pair(self.checker, self.day),
            row(None, drop, self._keep, gap=8),
            gap=10,
            margins=14,
        )
        super().__init__(theme, body, fill="sunken", radius=6)
        self._result = Recheck.OPEN
        self._refusal: Callable[[str], str] = lambda _name: ""
        self._keep.clicked.connect(self._give)
        drop.clicked.connect(self.dismiss)
        self.checker.line.returnPressed.connect(self._give)
        self.day.line.returnPressed.connect(self._give)
        self.hide()

    def ask(self, result: Recheck, checker: str, today: date, refusal: Callable[[str], str]) -> None:
        """Ask who and when.

        Args:
            result: What is to be written down.
            checker: Proposed, or "".
            today: The proposed day.
            refusal: Why a name can't be taken; "" where it can.
        """
        self._result, self._refusal = result, refusal
        self._head.set_text(_("记下“{result}”").format(result=recheck_word(result)))
        self.checker.set_text(checker)
        self.checker.set_error("")
        self.day.set_value(today)
        self.show()
        self.checker.line.setFocus(Qt.FocusReason.OtherFocusReason)

    def dismiss(self) -> None:
        """Go out of sight; nothing is written down."""
        self._refusal = lambda _name: ""
        self.hide()

    def keyPressEvent(self, event: QKeyEvent, /) -> None:
        """Esc puts it away."""
        if event.key() == Qt.Key.Key_Escape:
            self.dismiss()
        else:
            super().keyPressEvent(event)

    def _give(self) -> None:
        name, day = self.checker.text(), self.day.value()
        wrong = _("请写是谁复验的") if not name else self._refusal(name)
        self.checker.set_error(wrong)
        if day is None:
            self.day.set_error(_("请按2026-06-30的样子填"))
        if wrong or day is None:
            return
        result = self._result
        self.dismiss()
        self.given.emit(result, name, day)
