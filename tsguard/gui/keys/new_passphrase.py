"""Choosing a passphrase: typed twice, with an honest word about its strength. Never keeps it."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from tsguard.gui.theme import Theme
from tsguard.gui.widgets.layout import column
from tsguard.gui.widgets.passphrase import PassphraseField, estimate
from tsguard.i18n import _

_SHORTEST = 8


class NewPassphrase(QWidget):
    """Two fields.

    Attributes:
        first: The passphrase.
        second: The same again.

    Signals:
        submitted: Enter was pressed in the second one.
    """

    submitted = Signal()

    def __init__(self, theme: Theme, label: str) -> None:
        """Make both.

        Args:
            theme: Where colours come from.
            label: Of the first.
        """
        super().__init__()
        self._help = _least()
        self.first = PassphraseField(theme, label, help=self._help, strength=True, estimate=_strength)
        self.second = PassphraseField(theme, _("再输一遍"))
        for field in (self.first, self.second):
            field.edited.connect(self._typed)
        self.second.submitted.connect(self.submitted)
        self.setLayout(column(self.first, self.second, gap=13))
        self.setFocusProxy(self.first)

    def text(self) -> str:
        """The passphrase, exactly as typed."""
        return self.first.text()

    def set_help(self, words: str) -> None:
        """What stands below the first while it is empty; "" for how long it must be."""
        self._help = words or _least()
        self._typed()

    def clear(self) -> None:
        """Forget it."""
        self.first.clear()
        self.second.clear()

    def in_order(self) -> bool:
        """Whether it can be used; says what is wrong where not."""
        one, two = self.first.text(), self.second.text()
        if len(one) < _SHORTEST:
            self.first.set_error(_("口令太短，至少要{count}个字符。").format(count=_SHORTEST))
            self.first.setFocus(Qt.FocusReason.OtherFocusReason)
            return False
        if one != two:
            said = _("两次输入的口令不一样。") if two else _("请再输一遍口令。")
            self.second.set_error(said)
            self.second.setFocus(Qt.FocusReason.OtherFocusReason)
            return False
        return True

    def _typed(self) -> None:
        self.first.set_error("")
        self.second.set_error("")
        one, two = self.first.text(), self.second.text()
        missing = _SHORTEST - len(one)
        if one and missing > 0:
            self.first.set_help(_("太短，还差{count}个字符").format(count=missing))
        elif one:
            self.first.set_help(_advice(estimate(one)))
        else:
            self.first.set_help(self._help)
        same = one == two and missing <= 0
        self.second.set_help(_("两次一样") if same else "")


def _least() -> str:
    return _("至少{count}个字符").format(count=_SHORTEST)


def _strength(passphrase: str) -> int:
    """As everywhere, but too short is never more than weak."""
    return estimate(passphrase) if len(passphrase) >= _SHORTEST else 0


def _advice(strength: int) -> str:
    if strength == 0:
        return _("容易被猜到，再加几个不相干的词")
    if strength == 1:
        return _("可以用，再长一点更好")
    return _("不容易被猜到")
