"""Letting the system keep the key: only for somebody who can open the vault anyway."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from tsguard.errors import TSGuardError, WrongPassphrase
from tsguard.gui.keys.proof import ProofField
from tsguard.gui.session_model import SessionModel
from tsguard.gui.tasks import Progress, Tasks
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
        self._model, self._tasks = model, tasks
        self._working: Progress | None = None
        self._asked = False
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
        self._asked = False
        self.proof.clear()

    def prove(self) -> None:
        """Look whether what was typed opens the vault."""
        secret = self.proof.secret() if self._working is None else None
        if secret is None:
            return
        file = self._model.session.file

        def work(_progress: Progress) -> None:
            if not file.proves(secret):
                raise WrongPassphrase(file.path)

        self._asked = True
        self.setEnabled(False)
        self._working = self._tasks.run(work, self._right, self._wrong)

    def _right(self, _nothing: object) -> None:
        self._end()
        if self._asked:
            self.proven.emit()

    def _wrong(self, error: TSGuardError) -> None:
        self._end()
        if self._asked:
            wrong = isinstance(error, WrongPassphrase)
            self.proof.refuse(_("不对，没有记住。") if wrong else str(explain(error)))

    def _end(self) -> None:
        self._working = None
        self.setEnabled(True)
