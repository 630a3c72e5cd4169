"""How the window comes to an open session: opening, creating, and the sample that leaves no trace.

Everything here runs in the worker's thread; it touches no widget. The services are imported only then,
so that the start page does not wait for them.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tsguard.gui.private_folder import PrivateFolder, private_root, wipe_leftovers

if TYPE_CHECKING:
    from tsguard.gui.settings_store import SettingsStore
    from tsguard.services.session import Session
    from tsguard.services.vault_file import Secret

__all__ = ["Opener", "wipe_leftovers"]


class Opener:
    """Makes sessions; may be used from the worker's thread.

    Attributes:
        sample_root: Where sample vaults are kept while they are looked at.
        settings: Say where a backup before a migration goes; None leaves it beside the vault.
    """

    def __init__(self, sample_root: Path | None = None, options: Mapping[str, Any] | None = None) -> None:
        """Make it.

        Args:
            sample_root: Where sample vaults are kept; the person's own cache by default.
            options: Further arguments of ``Session.create`` and ``open``, such as cheap key profiles.
        """
        self.settings: SettingsStore | None = None
        self._root = sample_root
        self._options = dict(options or {})
        self._made: Session | None = None
        self._sample: PrivateFolder | None = None
        self._closed = False
        self._lock = threading.Lock()

    @property
    def sample_root(self) -> Path:
        """Where sample vaults are kept while they are looked at."""
        return self._root if self._root is not None else private_root()

    @property
    def options(self) -> Mapping[str, Any]:
        """Further arguments of opening, such as cheap key profiles."""
        return self._options

    def open(self, path: Path, secret: Secret, *, take_over: bool = False) -> Session:
        """Open a vault.

        Args:
            path: Its file.
            secret: The passphrase, or the key itself.
            take_over: Open it also where another computer says to have it open.

        Raises:
            VaultError: One of its kinds says why not.
            StorageError: The file system said no.
        """
        from tsguard.services.session import Session  # noqa: PLC0415 - start-up time

        options = dict(self._options)
        if self.settings is not None:
            from tsguard.services import backups  # noqa: PLC0415 - start-up time
            from tsguard.services.backup_files import places_of  # noqa: PLC0415 - start-up time

            places = places_of(self.settings.value, self.settings.file)
            options.setdefault("before_migration", backups.before_migration(places))
        return self._keep(Session.open(path, secret, take_over=take_over, **options))

    def create(self, path: Path, passphrase: str, name: str) -> Session:
        """Make a new vault for a company of that name.

        Raises:
            InvalidField: The name can't be stored.
            PassphraseTooShort: Fewer characters than a vault asks for.
            VaultExists: A file is there already.
            StorageError: The file system said no.
        """
        from tsguard.domain.enterprise import Enterprise  # noqa: PLC0415 - start-up time
        from tsguard.services.session import Session  # noqa: PLC0415 - start-up time

        return self._keep(Session.create(path, passphrase, Enterprise(name=name), **self._options))

    def sample(self, progress: Callable[[int, int], None]) -> Session:
        """Make the sample vault in a private folder, under a passphrase that nobody knows.

        Raises:
            Cancelled: The person stopped it; nothing is left behind.
            StorageError: The file system said no.
        """
        import secrets  # noqa: PLC0415 - start-up time

        from tsguard.services.file_names import safe_stem  # noqa: PLC0415 - start-up time
        from tsguard.services.sample import create_sample, sample_title  # noqa: PLC0415 - start-up time

        folder = PrivateFolder(self.sample_root)
        try:
            file = folder.path / f"{safe_stem(sample_title())}.tsg"
            passphrase = secrets.token_urlsafe(24)
            session = create_sample(file, passphrase, progress=progress, **self._options)
        except BaseException:
            folder.wipe()
            raise
        self._sample = folder
        return self._keep(session)

    def taken(self) -> None:
        """The window has the session now, and will close it."""
        self._made = None

    def locked(self) -> None:
        """The session is closed; a sample goes with it."""
        if self._sample is not None:
            self._sample.wipe()
            self._sample = None

    def close(self) -> None:
        """Close a session that came too late for anybody to take it; after the worker has ended."""
        with self._lock:
            self._closed = True
            if self._made is not None:
                self._made.close()
                self._made = None
        self.locked()

    def _keep(self, session: Session) -> Session:
        with self._lock:
            if self._closed:
                session.close()
            else:
                self._made = session
        return session
