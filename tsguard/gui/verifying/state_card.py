"""The head of 核验文件: which file it is, its state in one line, and a passphrase where it asks for one."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from tsguard.gui.text import Text
from tsguard.gui.theme import Theme
from tsguard.gui.verifying.findings import outcome_look
from tsguard.gui.widgets.buttons import Button
from tsguard.gui.widgets.layout import column, holder, row
from tsguard.gui.widgets.passphrase import PassphraseField
from tsguard.gui.widgets.signs import Icon
from tsguard.gui.widgets.surfaces import Card
from tsguard.i18n import _
from tsguard.services.explain import size_text
from tsguard.services.verified_file import Outcome, Result, VerifiedFile
from tsguard.services.verify_words import finding_words, outcome_words
from tsguard.services.visible import visible

_SIGN = 32


class StateCard(QWidget):
    """The card.

    Attributes:
        passphrase: For a locked copy; hidden for others.

    Signals:
        unlock_asked: The passphrase shall be tried.
        copy_asked: The file's digest is wanted.
        issued_asked: To the register's entry.
    """

    unlock_asked = Signal()
    copy_asked = Signal()
    issued_asked = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._sign = Icon(theme, "", "ink2", _SIGN)
        self._state = Text(theme, "", "hero", wrap=True)
        self._meaning = Text(theme, "", "body", "ink2", wrap=True)
        self._file = Text(theme, "", "small", "ink2", wrap=True)
        self._sum = Text(theme, "", "caption", "ink2", wrap=True)
        self.passphrase = PassphraseField(theme, _("打开这份PDF的口令"))
        self._try = Button(theme, _("打开并核验"), "primary")
        copy = Button(theme, _("复制SHA-256"), "link", "copy", flush=True)
        self._issued = Button(theme, _("看出具记录"), "link")
        self._locked = holder(column(self.passphrase, row(self._try, None), gap=10, margins=(0, 8, 0, 4)))
        head = row(gap=14)
        head.addWidget(holder(column(self._sign, None, gap=0, margins=(0, 4, 0, 0))), 0)
        acts = row(copy, self._issued, None, gap=8)
        words = column(self._state, self._meaning, self._locked, 6, self._file, self._sum, acts, gap=2)
        head.addLayout(words, 1)
        self.setLayout(column(Card(theme, head), gap=0))
        self._try.clicked.connect(self.unlock_asked)
        self.passphrase.submitted.connect(self.unlock_asked)
        self.passphrase.edited.connect(self._edited)
        copy.clicked.connect(self.copy_asked)
        self._issued.clicked.connect(self.issued_asked)

    def show_file(self, path: Path, found: VerifiedFile) -> None:
        """Show a file's state."""
        look = outcome_look(found.outcome)
        title, meaning = outcome_words(found.outcome)
        self._sign.set_icon(look.icon, look.ink, look.word)
        self._state.set_text(title.removesuffix("。"))
        self._meaning.set_text(meaning)
        pages = _("{count}页").format(count=found.pages) if found.pages else ""
        facts = (visible(path.name), size_text(found.size), pages)
        self._file.set_text(" · ".join(fact for fact in facts if fact))
        self._sum.set_text(f"SHA-256 {found.sha256}")
        self._issued.setVisible(found.issued is not None)
        self._locked.setVisible(found.outcome is Outcome.LOCKED)
        wrong = next((each for each in found.findings if each.result is Result.FILE_WRONG_PASSPHRASE), None)
        self.passphrase.clear()
        if wrong is not None:
            said = finding_words(wrong)
            self.passphrase.set_error(f"{said.result}{said.meaning}")
        self.setAccessibleName("，".join((look.word, title, meaning)))

    def forget(self) -> None:
        """Forget the file and its passphrase."""
        self.passphrase.clear()
        self.passphrase.set_error("")
        for text in (self._state, self._meaning, self._file, self._sum):
            text.set_text("")

    def _edited(self) -> None:
        if self.passphrase.text():
            self.passphrase.set_error("")
