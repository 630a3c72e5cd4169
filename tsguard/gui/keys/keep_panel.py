"""Letting the system keep the key: only for somebody who can open the vault anyway."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from tsguard.errors import TSGuardError, WrongPassphrase
from tsguard.gui.keys.proof import ProofField
from tsguard.gui.keys.proving import Proving
from tsguard.gui.session_model import SessionModel
from tsguard.gui.tasks import Tasks
from tsguard.gui.text import Text
from tsguard.gui.theme import Theme
from tsguard.gui.widgets.buttons import Button
from tsguard.gui.widgets.layout import column, row
from tsguard.i18n import _
from tsguard.services.explain import explain


class KeepPanel(QWidget):
    """What it means, and the question for the passphrase.

    Signals:
        proven(): Somebody who knows it asked for it.
    """

    proven = Signal()

    def __init__(self, theme: Theme, model: SessionModel, tasks: Tasks) -> None:
        """Make the panel.

        Args:
            theme: Where colours come from.
            model: The open session.
            tasks: Does what takes time.
        """
        super().__init__()
        self._proving = Proving(model, tasks, self)
        self._proving.proven.connect(self._right)
        self._proving.refused.connect(self._wrong)
        self.proof = ProofField(theme, _("现在的口令"))
        self.proof.submitted.connect(self.prove)
        self.act = Button(theme, _("在这台电脑上记住"), "primary")
        self.act.clicked.connect(self.prove)
        words = _(
            "打开保险库的钥匙由Windows加密，存在您的账户里，拷到别的电脑没有用。"
            "但谁能用您的Windows账户，谁就能打开这个保险库；几个人共用的账户请不要开。"
        )
        self.setLayout(
            column(
                Text(theme, words, "small", "ink2", wrap=True), self.proof, row(self.act, None), None, gap=14
            )
        )

    def begin(self) -> None:
        """Ask anew; nothing typed before is left, and an answer that is still to come counts for nothing."""
        self._proving.forget()
        self.setEnabled(True)
        self.proof.clear()

    def prove(self) -> None:
        """Look whether what was typed opens the vault."""
        secret = None if self._proving.busy else self.proof.secret()
        if secret is not None:
            self.setEnabled(False)
            self._proving.ask(secret)

    def _right(self) -> None:
        self.setEnabled(True)
        self.proven.emit()

    def _wrong(self, error: TSGuardError) -> None:
        self.setEnabled(True)
        wrong = isinstance(error, WrongPassphrase)
        self.proof.refuse(_("不对，没有记住。") if wrong else str(explain(error)))
