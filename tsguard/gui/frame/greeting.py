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
from tsguard.services.explain import explain

if TYPE_CHECKING:
    from tsguard.gui.frame.shell import Shell
    from tsguard.services.packs import Packs

_CODE, _PLACE, _PACK = "by-code", "place", "pack"


def greet(shell: Shell, *, by_code: bool, known: bool, packs: Packs | None = None) -> None:
    """Say what is to be said.

    Args:
        shell: The frame of the vault.
        by_code: Whether it was opened by its recovery code.
        known: Whether it was opened here before; then its place was spoken of already.
        packs: The content packs of this computer; what is wrong with the one that is used is said.
    """
    if packs is not None:
        _say_pack(shell, packs)
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


def _say_pack(shell: Shell, packs: Packs) -> None:
    if packs.trouble is None and packs.current is None:
        packs.glance()
    if packs.trouble is not None:
        title = _("没有使用清单更新，用的是随程序发布的清单")
        shell.say(Message(Severity.WARNING, title, explain(packs.trouble).happened, key=_PACK))
