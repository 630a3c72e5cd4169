"""What a person should know when a vault has just been opened; each once, none of it in the way.

Holds nothing of the vault.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from tsguard.gui.widgets.messages import Action, Message
from tsguard.gui.widgets.signs import Severity
from tsguard.i18n import _
from tsguard.services import whereabouts

if TYPE_CHECKING:
    from tsguard.gui.frame.shell import Shell

_CODE, _PLACE = "by-code", "place"


def greet(shell: Shell, *, by_code: bool, known: bool) -> None:
    """Say what is to be said.

    Args:
        shell: The frame of the vault.
        by_code: Whether it was opened by its recovery code.
        known: Whether it was opened here before; then its place was spoken of already.
    """
    if not known:
        _say_place(shell, shell.model.session.path)
    if by_code:
        change = Action(_("设新口令"), lambda: shell.go("settings:passphrase:code"), "primary")
        words = _("忘了口令的话，现在就设一个新的；旧恢复码会随之作废，请再做一份。")
        shell.say(Message(Severity.INFO, _("这次是用恢复码打开的"), words, (change,), key=_CODE))


def _say_place(shell: Shell, path: Path) -> None:
    found = whereabouts.notice(path)
    if found is not None:
        shell.say(Message(Severity.INFO, _("留意保险库放的地方"), whereabouts.sentence(found), key=_PLACE))
