"""What a person should know when a vault has just been opened; each once, none of it in the way.

Holds nothing of the vault.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from tsguard.gui.settings_store import SettingsStore
from tsguard.gui.widgets.messages import Action, Message
from tsguard.gui.widgets.signs import Severity
from tsguard.i18n import _
from tsguard.services import seen, whereabouts
from tsguard.services.seen import SeenStates

if TYPE_CHECKING:
    from tsguard.gui.frame.shell import Shell
    from tsguard.services.session import Session

_CODE, _STATE, _PLACE = "by-code", "state", "place"


def seen_states(store: SettingsStore) -> SeenStates:
    """The states this computer has seen, where opened vaults are remembered at all."""
    return SeenStates(store.file, on=store.value.remember_recent)


def greet(shell: Shell, store: SettingsStore, *, by_code: bool, known: bool) -> None:
    """Say what is to be said.

    Args:
        shell: The frame of the vault.
        store: The program's settings.
        by_code: Whether it was opened by its recovery code.
        known: Whether it was opened here before; then its place was spoken of already.
    """
    session = shell.model.session
    if not known:
        _say_place(shell, session.path)
    _say_state(shell, session, store)
    if by_code:
        change = Action(_("设新口令"), lambda: shell.go("settings:passphrase"), "primary")
        words = _("忘了口令的话，现在就设一个新的；旧恢复码会随之作废，请再做一份。")
        shell.say(Message(Severity.INFO, _("这次是用恢复码打开的"), words, (change,), key=_CODE))


def remember(session: Session, store: SettingsStore) -> None:
    """Remember the state that the vault is left in."""
    file = session.file
    seen_states(store).note(file.lineage, file.journal_head, file.journal_length)


def _say_place(shell: Shell, path: Path) -> None:
    found = whereabouts.notice(path)
    if found is not None:
        shell.say(Message(Severity.INFO, _("留意保险库放的地方"), whereabouts.sentence(found), key=_PLACE))


def _say_state(shell: Shell, session: Session, store: SettingsStore) -> None:
    file = session.file
    states = seen_states(store)
    found = states.compare(file.lineage, file.journal_head, file.journal_length, file.entry_hash)
    words = seen.sentence(found)
    if words:
        look = Action(_("看变更记录"), lambda: shell.go("history"))
        shell.say(Message(Severity.WARNING, _("这不是上次的那一份"), words, (look,), key=_STATE))
