"""Asking for what opens the vault: the passphrase, or the recovery code where that is lost.

Also before something that a colleague at an unlocked computer must not do.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from tsguard.gui.theme import Theme
from tsguard.gui.widgets.buttons import Button
from tsguard.gui.widgets.layout import column, row
from tsguard.gui.widgets.passphrase import PassphraseField
from tsguard.i18n import _

if TYPE_CHECKING:
    from tsguard.gui.keys.code_field import RecoveryCodeField
    from tsguard.services.vault_file import Secret


class ProofField(QWidget):
    """A field for the passphrase that becomes one for the recovery code.

    Signals:
        edited: After each key.
        submitted: Enter was pressed.
    """

    edited = Signal()
    submitted = Signal()

    def __init__(self, theme: Theme, label: str) -> None:
        """Make it.

        Args:
            theme: Where colours come from.
            label: Above the passphrase.
        """
        super().__init__()
        self._theme = theme
        self._code: RecoveryCodeField | None = None
        self.passphrase = PassphraseField(theme, label)
        self.passphrase.edited.connect(self._typed)
        self.passphrase.submitted.connect(self.submitted)
        self.other = Button(theme, "", "link", flush=True)
        self.other.clicked.connect(self._swap)
        self._fields = column(self.passphrase, gap=0)
        self.setLayout(column(self._fields, row(self.other, None), gap=4))
        self._name()

    @property
    def code(self) -> RecoveryCodeField:
        """The field for the recovery code, made when it is first asked for."""
        if self._code is None:
            from tsguard.gui.keys.code_field import RecoveryCodeField  # noqa: PLC0415 - start-up time

            self._code = RecoveryCodeField(self._theme, _("恢复码"))
            self._code.edited.connect(self._typed)
            self._code.submitted.connect(self.submitted)
            self._code.hide()
            self._fields.addWidget(self._code)
            # Made late, it would come last of all to somebody who goes by Tab.
            QWidget.setTabOrder(self.passphrase.line.eye, self._code.area)
            QWidget.setTabOrder(self._code.area, self.other)
        return self._code

    @property
    def by_code(self) -> bool:
        """Whether the recovery code is asked for."""
        return self._code is not None and not self._code.isHidden()

    def secret(self) -> Secret | None:
        """What was given; None where it can't be right, which is said."""
        if not self.by_code:
            if not self.passphrase.text():
                self.refuse(_("请输入口令。"))
                return None
            return self.passphrase.text()
        if not self.code.in_order():
            self.take_keyboard()
            return None
        from tsguard.errors import RecoveryCodeWrong  # noqa: PLC0415 - start-up time
        from tsguard.services.explain import explain  # noqa: PLC0415 - start-up time
        from tsguard.services.recovery import secret_of  # noqa: PLC0415 - start-up time

        try:
            return secret_of(self.code.text())
        except RecoveryCodeWrong as error:
            self.refuse(str(explain(error)))
            return None

    def refuse(self, sentence: str) -> None:
        """Say why not; what was typed stays."""
        (self.code if self.by_code else self.passphrase).set_error(sentence)
        self.take_keyboard()
        if not self.by_code:
            self.passphrase.line.selectAll()

    def clear(self) -> None:
        """Forget both, and ask for the passphrase."""
        self.passphrase.clear()
        self.passphrase.set_error("")
        if self._code is not None:
            self._code.clear()
        self._ask_for(code=False)

    def ask_for_code(self) -> None:
        """Ask for the recovery code; the other way stays open."""
        self._ask_for(code=True)

    def take_keyboard(self) -> None:
        """Put the keyboard into the field that is asked for."""
        (self.code.area if self.by_code else self.passphrase.line).setFocus(Qt.FocusReason.OtherFocusReason)

    def _swap(self) -> None:
        self._ask_for(code=not self.by_code)
        self.take_keyboard()
        self.edited.emit()

    def _ask_for(self, *, code: bool) -> None:
        self.passphrase.setHidden(code)
        if code or self._code is not None:
            self.code.setHidden(not code)
        self._name()

    def _name(self) -> None:
        self.other.set_text(_("改用口令") if self.by_code else _("忘了口令，用恢复码"))

    def _typed(self) -> None:
        if not self.by_code:
            self.passphrase.set_error("")
        self.edited.emit()
