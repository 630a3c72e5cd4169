"""Whether a printed report was made from this vault: the digest on it, typed in and looked up.

Shows what the look-up says; compares nothing itself, and writes nothing.
"""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from tsguard.errors import TSGuardError
from tsguard.gui.text import Text
from tsguard.gui.theme import Theme
from tsguard.gui.widgets.buttons import Button
from tsguard.gui.widgets.layout import column, row
from tsguard.gui.widgets.long_text import PlainTextField
from tsguard.gui.widgets.messages import Note
from tsguard.gui.widgets.signs import Severity
from tsguard.i18n import _
from tsguard.services.explain import explain
from tsguard.services.history import History
from tsguard.services.history_digest import (
    LENGTH,
    DigestFinding,
    DigestOutcome,
    finding_words,
    read_digits,
    slip_words,
)

_LINES = 3
_SEVERITIES = {
    DigestOutcome.FOUND: Severity.GOOD,
    DigestOutcome.SEVERAL: Severity.INFO,
    DigestOutcome.SLIP: Severity.WARNING,
    DigestOutcome.UNKNOWN: Severity.WARNING,
}


class DigestPanel(QWidget):
    """A field for the digits, and what they turned out to be.

    Attributes:
        digits: The field.
        result: The answer.

    Signals:
        wanted(str): The entry with this digest is to be shown.
    """

    wanted = Signal(str)

    def __init__(self, theme: Theme, history: History) -> None:
        """Make the panel.

        Args:
            theme: Where colours come from.
            history: Of the open vault.
        """
        super().__init__()
        self._history = history
        self.digits = PlainTextField(
            theme,
            _("报告上的末条摘要"),
            help=_("共{length}位；空格、大小写不要紧，至少输入开头8位").format(length=LENGTH),
            least=_LINES,
            most=_LINES + 1,
        )
        self.digits.edited.connect(self._edited)
        self.act = Button(theme, _("核对"), "primary")
        self.act.clicked.connect(self.check)
        self.result = Note(theme, Severity.GOOD, "")
        self.result.hide()
        self.see = Button(theme, _("看这一条"), "plain", "arrow_right", icon_after=True)
        self.see.clicked.connect(self._see)
        self.see.hide()
        words = _("末条摘要印在导出的PDF末页“核验信息”里。照着输，看报告是否出自这个保险库。")
        self.setLayout(
            column(
                Text(theme, words, "small", "ink2", wrap=True),
                self.digits,
                row(self.act, None),
                self.result,
                row(self.see, None),
                None,
                gap=14,
            )
        )

    def begin(self) -> None:
        """Ask anew."""
        self.digits.set_text("")
        self._edited("")

    def check(self) -> None:
        """Look the digits up and say what they are."""
        try:
            found = self._history.find_digest(self.digits.text())
        except TSGuardError as error:
            self.result.say(Severity.ERROR, str(explain(error)))
            self.result.show()
            return
        slip = slip_words(found)
        self.digits.set_error(slip)
        self.see.setVisible(found.found)
        self.result.setVisible(not slip)
        if slip:
            self.digits.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self._say(found)

    def _say(self, found: DigestFinding) -> None:
        words = finding_words(found)
        self.result.say(_SEVERITIES[found.outcome], f"{words.data}{words.advice}", title=words.happened)

    def _edited(self, _text: str) -> None:
        self.digits.set_error("")
        self.result.hide()
        self.see.hide()

    def _see(self) -> None:
        self.wanted.emit(read_digits(self.digits.text()) or "")
