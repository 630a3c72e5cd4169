"""Making backups: when one is due, each one proven, older ones thinned only then.

A backup is an ordinary vault under the passphrase that it had then. Records are never opened here.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from tsguard.errors import Cancelled, StorageError, VaultExists
from tsguard.services import backup_files
from tsguard.services.backup_files import Places
from tsguard.services.backup_ledger import Subject, moment_of, read_ledger, write_ledger
from tsguard.services.backup_plan import DEFAULT_BUDGET, Backup, Reason, keep
from tsguard.services.vault_file import VaultFile
from tsguard.store import building, rescue, restoring
from tsguard.store.copying import CopyFacts
from tsguard.store.kdf import check_length
from tsguard.store.open_file import OpenFile
from tsguard.store.secret import RawKey
from tsguard.store.telling import Cancel, Progress, never, silent

Clock = Callable[[], datetime]

SMALL = 64 * 1024 * 1024
"""Bytes: a vault that is larger is backed up while one works, too, and not only when it is locked."""

WHILE_WORKING = timedelta(hours=4)
"""How often a large vault is backed up while one works, where something changed."""

_REMIND_AFTER = timedelta(days=7)
_LINEAGE = 12

Copy = Callable[[Path, Progress, Cancel], CopyFacts]


def now_utc() -> datetime:
    """The present moment."""
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class Standing:
    """How well a vault is backed up.

    Attributes:
        newest: The newest local backup under any key; None where there is none.
        newest_chosen: The newest one in the chosen folder; None where there is none or no folder.
        changed: Whether the vault has changed since the last local backup, or there is none.
        behind: Whether the chosen folder lacks the last state; False where no folder is chosen.
        chosen_gone: Whether a folder is chosen and not there now.
        remind: Whether nothing has reached the chosen folder for 7 days.
        skipped: Whether the last locking was without the backup that was due, since the person stopped it.
        at: When the last local backup was made; None where nobody knows.
    """

    newest: Backup | None
    newest_chosen: Backup | None
    changed: bool
    behind: bool
    chosen_gone: bool
    remind: bool
    skipped: bool
    at: datetime | None

    @property
    def due(self) -> bool:
        """Whether a backup would hold something that none holds, and has a place to go."""
        return self.changed or (self.behind and not self.chosen_gone)


@dataclass(frozen=True, slots=True)
class Made:
    """What came of a backup.

    Attributes:
        facts: Of each copy that was made and proven, the local one first; at least one.
        failures: Why a copy was not made: at most one for each place.
        dropped: Older backups that went.
    """

    facts: tuple[CopyFacts, ...]
    failures: tuple[StorageError, ...] = ()
    dropped: tuple[Backup, ...] = ()


# --- how it stands ----------------------------------------------------------------------------------


def standing(file: VaultFile, places: Places, clock: Clock = now_utc) -> Standing:
    """How well an open vault is backed up.

    Raises:
        VaultClosed: It is locked.
    """
    return _standing(_subject(file), places, clock)


def _subject(file: VaultFile) -> Subject:
    return Subject(file.lineage, file.path.stem, file.journal_head)


def _standing(subject: Subject, places: Places, clock: Clock) -> Standing:
    ledger = read_ledger(places.local, subject)
    found = backup_files.list_backups(places, subject.lineage)
    local = next((each for each in found if not each.chosen), None)
    chosen = next((each for each in found if each.chosen), None)
    same_folder = places.chosen is not None and ledger.chosen_folder == str(places.chosen)
    behind = places.chosen is not None and not (
        same_folder and ledger.chosen_head == subject.head and (chosen is not None or not _is_there(places))
    )
    waiting = moment_of(ledger.waiting_since) if same_folder else None
    return Standing(
        newest=local,
        newest_chosen=chosen,
        changed=local is None or ledger.local_head != subject.head,
        behind=behind,
        chosen_gone=places.chosen is not None and not _is_there(places),
        remind=behind and waiting is not None and clock() - waiting >= _REMIND_AFTER,
        skipped=ledger.skipped,
        at=moment_of(ledger.local_at),
    )


def _is_there(places: Places) -> bool:
    return places.chosen is not None and backup_files.is_there(places.chosen)


# --- making one -------------------------------------------------------------------------------------


def back_up(
    file: VaultFile,
    places: Places,
    reason: Reason = Reason.ASKED,
    *,
    budget: int = DEFAULT_BUDGET,
    clock: Clock = now_utc,
    progress: Progress = silent,
    cancelled: Cancel = never,
) -> Made:
    """Back an open vault up into both places; work goes on meanwhile.

    Args:
        file: The vault.
        places: Where to.
        reason: Why, for the name.
        budget: Bytes of this vault's backups in each place; see ``backup_plan.keep``.
        clock: For names and thinning.
        progress: Told the work done and all work.
        cancelled: Asked between steps of 1 MiB.

    Raises:
        Cancelled: The person stopped it; backups that were complete by then stay.
        VaultDamaged: Something in this vault does not fit.
        StorageError: No copy could be made, with the reason of the local one.
    """

    def copy(path: Path, told: Progress, stop: Cancel) -> CopyFacts:
        return file.copy_to(path, progress=told, cancelled=stop)

    return _Making(_subject(file), places, reason, budget, clock).run(copy, progress, cancelled)


def before_migration(places: Places, *, clock: Clock = now_utc) -> Callable[[OpenFile, int], None]:
    """What ``Session.open`` calls before it changes the tables: it makes a proven backup, or raises.

    Where the local place can't be written to, the copy lies beside the vault.
    """

    def make(file: OpenFile, version: int) -> None:
        def copy(path: Path, told: Progress, stop: Cancel) -> CopyFacts:
            return file.copy_to(path, progress=told, cancelled=stop)

        lineage = restoring.first_entry_hash(file)[:_LINEAGE]
        subject = Subject(lineage, file.path.stem, restoring.newest_entry_hash(file))
        try:
            _Making(subject, places, Reason.BEFORE_UPGRADE, DEFAULT_BUDGET, clock).run(copy, silent, never)
        except StorageError:
            rescue.keep_beside(file, version)

    return make


def change_passphrase(
    file: VaultFile,
    passphrase: str,
    places: Places,
    *,
    budget: int = DEFAULT_BUDGET,
    clock: Clock = now_utc,
    progress: Progress = silent,
    cancelled: Cancel = never,
) -> Made | None:
    """Change an open vault's passphrase, with a backup under the old one before and one under the new after.

    Args:
        file: The vault.
        passphrase: The new one, as typed.
        places: Where backups go.
        budget: As for ``back_up``.
        clock: As for ``back_up``.
        progress: Told the work done and all work, of each of the three steps in turn.
        cancelled: Asked between steps of 1 MiB, until the passphrase is changed.

    Returns:
        The backup under the new passphrase; None where only that one could not be made.

    Raises:
        Cancelled: The person stopped it; the passphrase is the old one.
        PassphraseTooShort: It has fewer than 8 characters.
        StorageError: The backup before or the new file could not be made; the passphrase is the old one.
    """

    def step(reason: Reason, stop: Cancel) -> Made:
        return back_up(file, places, reason, budget=budget, clock=clock, progress=progress, cancelled=stop)

    check_length(passphrase)
    if standing(file, places, clock).due:
        step(Reason.BEFORE_PASSPHRASE, cancelled)
    file.change_passphrase(passphrase, progress=progress, cancelled=cancelled)
    try:
        return step(Reason.AFTER_PASSPHRASE, never)
    except (StorageError, Cancelled):
        return None


@dataclass(frozen=True, slots=True)
class Parting:
    """A backup of a vault that is being locked: made of the closed file, when everything else is forgotten.

    Until it is made, the file's key is kept here, and nowhere else.

    Attributes:
        path: The vault.
    """

    path: Path
    _key: RawKey = field(repr=False)
    _subject: Subject
    _places: Places
    _budget: int
    _clock: Clock

    def run(self, progress: Progress = silent, cancelled: Cancel = never) -> Made | None:
        """Make it, holding the vault meanwhile; None where nothing changed since the last backup.

        Raises:
            Cancelled: The person stopped it; remembered for the next time.
            StorageError: No copy could be made.
        """

        def copy(path: Path, told: Progress, stop: Cancel) -> CopyFacts:
            return restoring.copy_closed(self.path, self._key, path, progress=told, cancelled=stop)

        if not _standing(self._subject, self._places, self._clock).due:
            return None
        making = _Making(self._subject, self._places, Reason.AUTOMATIC, self._budget, self._clock)
        try:
            return making.run(copy, progress, cancelled)
        except Cancelled:
            self.skip()
            raise

    def skip(self) -> None:
        """Remember that the person went without, also where it was stopped before it began."""
        was = read_ledger(self._places.local, self._subject)
        write_ledger(self._places.local, self._subject, replace(was, skipped=True))


def before_close(
    file: VaultFile, places: Places, *, budget: int = DEFAULT_BUDGET, clock: Clock = now_utc
) -> Parting | None:
    """What to do once an open vault is closed; None where its file is not ours any more.

    To be asked after the last change and before ``Session.close``; what it gives is to be run after, in
    another thread: it looks into folders, which may be slow.

    Raises:
        VaultClosed: It is closed already.
        StorageError: It can't be read.
    """
    if file.changed_on_disk():
        return None
    return Parting(file.path, file.raw_key(), _subject(file), places, budget, clock)


class _Making:
    """One backup into all places."""

    def __init__(self, subject: Subject, places: Places, reason: Reason, budget: int, clock: Clock) -> None:
        self._subject = subject
        self._places = places
        self._reason = reason
        self._budget = budget
        self._clock = clock
        self._now = clock()

    def run(self, copy: Copy, progress: Progress, cancelled: Cancel) -> Made:
        """Make it."""
        places = self._places
        roots = [(places.local, False)]
        if places.chosen is not None:
            roots.append((places.chosen, True))
        made: list[tuple[CopyFacts, bool]] = []
        failures: list[StorageError] = []
        dropped: list[Backup] = []
        try:
            for at, (root, chosen) in enumerate(roots):

                def told(done: int, total: int, at: int = at) -> None:
                    progress(at * total + done, len(roots) * total)

                try:
                    facts = self._into(root, copy, told, cancelled, chosen=chosen)
                except StorageError as error:
                    failures.append(error)
                    continue
                made.append((facts, chosen))
                dropped.extend(self._thin(root, facts.path, chosen=chosen))
        finally:
            # Also where the person stopped it at the second place: the first copy is complete.
            if made or failures:
                self._write_down(made)
        if not made:
            raise failures[0]
        return Made(tuple(facts for facts, _chosen in made), tuple(failures), tuple(dropped))

    def _into(
        self, root: Path, copy: Copy, progress: Progress, cancelled: Cancel, *, chosen: bool
    ) -> CopyFacts:
        folder = backup_files.made_folder(root, self._subject.lineage, self._subject.stem, chosen=chosen)
        # Their names have the moment in them: nobody would ever come upon one again.
        building.sweep_folder(folder)
        for path in backup_files.free_names(folder, self._subject.stem, self._now, self._reason):
            try:
                return copy(path, progress, cancelled)
            except VaultExists:
                continue
        raise VaultExists(folder)

    def _thin(self, root: Path, path: Path, *, chosen: bool) -> tuple[Backup, ...]:
        lineage = self._subject.lineage
        proven = backup_files.read_backup(path, lineage, chosen=chosen)
        if proven is None:
            return ()
        there = backup_files.list_backups(Places(self._places.local, root if chosen else None), lineage)
        here = [each for each in there if each.path.parent == path.parent]
        dropped = keep(here, proven, budget=self._budget).dropped
        left = backup_files.remove(dropped)
        return tuple(each for each in dropped if each not in left)

    def _write_down(self, made: list[tuple[CopyFacts, bool]]) -> None:
        """Keep what was made for the next time; the copies themselves tell what is in them."""
        ledger = read_ledger(self._places.local, self._subject)
        now = self._now.astimezone(UTC).isoformat()
        folder = "" if self._places.chosen is None else str(self._places.chosen)
        if ledger.chosen_folder != folder:
            ledger = replace(ledger, chosen_folder=folder, chosen_head="", waiting_since="")
        for facts, chosen in made:
            if chosen:
                ledger = replace(ledger, chosen_head=facts.journal_head, waiting_since="")
            else:
                ledger = replace(ledger, local_head=facts.journal_head, local_at=now, skipped=False)
        if folder and not any(chosen for _facts, chosen in made) and not ledger.waiting_since:
            ledger = replace(ledger, waiting_since=now)
        write_ledger(self._places.local, self._subject, ledger)
