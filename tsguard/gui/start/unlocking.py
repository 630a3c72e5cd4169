"""From the card to an open session, or to the reason why not and another way on."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from tsguard.errors import (
    NotAVault,
    TSGuardError,
    VaultDamaged,
    VaultInUse,
    VaultMissing,
    WrongPassphrase,
)
from tsguard.gui.opening import Opener
from tsguard.gui.settings_store import SettingsStore
from tsguard.gui.start.unlock import UnlockCard
from tsguard.gui.tasks import Tasks
from tsguard.gui.theme import Theme
from tsguard.i18n import _
from tsguard.services.settings import keys_folder

if TYPE_CHECKING:
    from tsguard.gui.start.ways import OtherWays
    from tsguard.services.quick_unlock import QuickUnlock
    from tsguard.services.session import Session
    from tsguard.services.vault_file import Secret


def sentences(error: TSGuardError) -> str:
    """An error's three sentences."""
    from tsguard.services.explain import explain  # noqa: PLC0415 - start-up time

    return str(explain(error))


class Unlocking(QObject):
    """Opens the card's file.

    Signals:
        began(): A file is being opened; nothing else can be asked for.
        ended(): It was opened or not.
        came(session): The ``Session``, after ``ended``.
        found(object): The ``Path`` of another vault to open instead.
    """

    began = Signal()
    ended = Signal()
    came = Signal(object)
    found = Signal(object)

    def __init__(
        self,
        theme: Theme,
        store: SettingsStore,
        tasks: Tasks,
        opener: Opener,
        card: UnlockCard,
        page: QWidget,
    ) -> None:
        """Make it.

        Args:
            theme: Where colours come from.
            store: The program's settings.
            tasks: Runs what takes time.
            opener: Makes sessions.
            card: The file and what opens it.
            page: The start page, also the owner.
        """
        super().__init__(page)
        self._theme, self._store, self._tasks, self._opener = theme, store, tasks, opener
        self._card, self._page = card, page
        self._way: Callable[[], None] | None = None
        self._damage: VaultDamaged | None = None
        card.submitted.connect(self.unlock)
        card.quick_wanted.connect(self.unlock_quickly)
        card.way_wanted.connect(self._go_other_way)

    def knows(self, path: Path) -> bool:
        """Whether this computer keeps the file's key; asked only where it keeps any."""
        return keys_folder(self._store.file).is_dir() and self._quick.remembers(path)

    def unlock(self, secret: Secret, *, take_over: bool = False) -> None:
        """Open the card's file with a passphrase or key; ``take_over`` as for ``Opener.open``."""
        path = self._card.path
        self.began.emit()
        self._card.set_busy(busy=True)
        self._tasks.run(
            lambda _progress: self._opener.open(path, secret, take_over=take_over),
            self._opened,
            self._refused,
        )

    def unlock_quickly(self) -> None:
        """Open it with the key that this computer keeps."""
        secret = self._quick.secret_for(self._card.path)
        if secret is None:
            self._card.quick.hide()
            self._card.refuse(_("这台电脑没有记住这个保险库，或者换过口令；请输入口令。"))
        else:
            self.unlock(secret)

    def look_for_backups(self) -> None:
        """Show the backups of all vaults, for one that is lost or can't be opened."""
        path = None if self._card.isHidden() else self._card.path
        why = self._damage if self._damage is not None and self._damage.path == path else None
        self.ways.look_for_backups(path, why)

    @cached_property
    def ways(self) -> OtherWays:
        """The sheets of the other ways."""
        from tsguard.gui.start.ways import OtherWays  # noqa: PLC0415 - start-up time

        ways = OtherWays(self._theme, self._page, self._tasks, self._store, self._opener.options)
        ways.found.connect(self.found)
        ways.backups_wanted.connect(self.look_for_backups)
        return ways

    @cached_property
    def _quick(self) -> QuickUnlock:
        from tsguard.services.quick_unlock import QuickUnlock  # noqa: PLC0415 - start-up time

        return QuickUnlock(keys_folder(self._store.file), travels=self._store.place.portable)

    def _opened(self, session: Session) -> None:
        self.ended.emit()
        self.came.emit(session)

    def _refused(self, error: TSGuardError) -> None:
        self.ended.emit()
        sentence, way = sentences(error), ""
        self._way = None
        self._damage = error if isinstance(error, VaultDamaged) else None
        if isinstance(error, WrongPassphrase) and self._card.proof.by_code:
            from tsguard.services.recovery import refused_words  # noqa: PLC0415 - start-up time

            sentence = str(refused_words(error.path))
        elif isinstance(error, VaultInUse) and error.elsewhere:
            way, self._way = _("那台电脑已经关机，仍然打开"), self._take_over
        elif isinstance(error, VaultDamaged | NotAVault):
            way, self._way = _("检查与修复"), self._examine
        elif isinstance(error, VaultMissing):
            way, self._way = _("从备份恢复"), lambda: self.ways.look_for_backups(error.path, error)
        self._card.refuse(sentence, way)

    def _take_over(self) -> None:
        secret = self._card.proof.secret()
        if secret is not None:
            self.unlock(secret, take_over=True)

    def _examine(self) -> None:
        self.ways.examine(self._card.path)

    def _go_other_way(self) -> None:
        if self._way is not None:
            self._way()
