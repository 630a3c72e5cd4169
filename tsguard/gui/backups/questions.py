"""The two questions about backups: an older passphrase, and whether one shall really go.

Asks only; what comes of the answer is the caller's business. Never keeps a passphrase.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from tsguard.gui.theme import Theme
from tsguard.gui.widgets.dialogs import Choice, Dialog
from tsguard.gui.widgets.passphrase import PassphraseField
from tsguard.i18n import _

_DELETE, _KEEP, _CHECK = "delete", "keep", "check"


def ask_passphrase(theme: Theme, window: QWidget, act: Callable[[str], object]) -> None:
    """Ask for the passphrase of a backup under an older one.

    Args:
        theme: Where colours come from.
        window: What the question stands over.
        act: Called with what was typed, where the person goes on.
    """
    field = PassphraseField(theme, _("这份备份的口令"))
    words = _("这份备份要用做备份时的旧口令打开。")
    choices = (Choice(_KEEP, _("先不核对")), Choice(_CHECK, _("核对"), "primary"))
    dialog = Dialog(theme, window, _("打开核对"), words, choices, safe=_KEEP, body=field)

    def answered(value: object) -> None:
        if value == _CHECK:
            act(field.text())
        field.clear()

    dialog.answered.connect(answered)
    dialog.open()


def ask_delete(theme: Theme, window: QWidget, title: str, words: str, act: Callable[[], object]) -> None:
    """Ask before backups go for good.

    Args:
        theme: Where colours come from.
        window: What the question stands over.
        title: Which.
        words: What that means.
        act: Called where they shall go.
    """
    choices = (Choice(_KEEP, _("先不删")), Choice(_DELETE, _("删除"), "danger"))
    dialog = Dialog(theme, window, title, words, choices, safe=_KEEP)

    def answered(value: object) -> None:
        if value == _DELETE:
            act()

    dialog.answered.connect(answered)
    dialog.open()
