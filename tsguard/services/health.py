"""How a vault is: everything that is wrong with it, what can be recovered, and a new vault of what is left.

Examining works on a private copy and changes nothing; salvaging writes a new vault and leaves the damaged
one as it is. Reports hold kinds, numbers and ids of records, never their contents.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from typing import Any

from tsguard.domain.codec import to_json
from tsguard.errors import ContentInvalid, StorageError, UnknownModule, VaultDamaged, WrongPassphrase
from tsguard.i18n import _
from tsguard.services.account import account_name
from tsguard.services.backup_files import Places, list_backups
from tsguard.services.backup_plan import Backup
from tsguard.services.seen import Comparison, SeenStates, Standing
from tsguard.services.session import Session
from tsguard.services.surroundings import Beside, Leftover, beside
from tsguard.store import damage, salvage, specimen
from tsguard.store.copying import CopyFacts
from tsguard.store.damage import Damage
from tsguard.store.header import MAGIC
from tsguard.store.journal import utc_now
from tsguard.store.kdf import PROFILES, KdfProfile
from tsguard.store.remains import Key, Remains
from tsguard.store.salvage import LostRecord, Plan, StandIn
from tsguard.store.secret import RawKey, Secret
from tsguard.store.specimen import Specimen
from tsguard.store.telling import Cancel, Progress, never, silent

_ALL = 3000
"""All work of an examination: copying, looking, reading the contents of files, each a third."""

_LINEAGE = 12
_MOST_BACKUPS = 5
_QUICKLY_READ = 256 * 1024 * 1024
"""Bytes: the backups of a larger vault are opened only where something is wrong with it."""

_EVERY_KIND = (
    "enterprise",
    "assessment",
    "answer",
    "evidence",
    "secret_point",
    "form_value",
    "rectification",
    "issued_document",
    "clearance",
)


class Outcome(StrEnum):
    """The three classes of a result."""

    SOUND = "sound"
    RECOVERABLE = "recoverable"
    LOST = "lost"


@dataclass(frozen=True, slots=True)
class Health:
    """The result of an examination.

    Attributes:
        path: The vault.
        outcome: Its class.
        damage: What is wrong with the file.
        lost: Records of which something is lost.
        doubtful: Records that nothing proves to be the newest state.
        incomplete: Kinds of which there may have been more than anybody can tell.
        from_journal: Records that only the journal still has.
        nothing_left: Whether there is nothing to salvage at all.
        files: Contents of stored files that were read whole.
        beside: What lies beside the file.
        standing: How its state relates to the newest one seen on this computer.
        backup: The newest backup that was opened and is sound; None where none is, or none was looked for.
        backups: How many backups there are.
        at: When it was examined, in UTC.
    """

    path: Path
    outcome: Outcome
    damage: Damage
    lost: tuple[LostRecord, ...]
    doubtful: tuple[Key, ...]
    incomplete: tuple[str, ...]
    from_journal: int
    nothing_left: bool
    files: int
    beside: tuple[Beside, ...]
    standing: Comparison
    backup: Backup | None
    backups: int
    at: datetime


@dataclass(frozen=True, slots=True)
class Salvaged:
    """What a salvage brought over.

    Attributes:
        facts: The new vault, proven.
        lost: As in ``Health``; so are the others.
        doubtful: Likewise.
        incomplete: Likewise.
        from_journal: Likewise.
        entries_left_behind: Journal entries of the old vault: the new one's journal begins anew.
    """

    facts: CopyFacts
    lost: tuple[LostRecord, ...]
    doubtful: tuple[Key, ...]
    incomplete: tuple[str, ...]
    from_journal: int
    entries_left_behind: int


def examine(
    path: Path,
    secret: Secret,
    *,
    seen: SeenStates | None = None,
    places: Places | None = None,
    header_from: Path | None = None,
    progress: Progress = silent,
    cancelled: Cancel = never,
    profiles: Mapping[int, KdfProfile] = PROFILES,
) -> Health:
    """Examine a file that is not open.

    Args:
        path: The file.
        secret: Its passphrase or key.
        seen: What this computer has seen before.
        places: Where its backups lie; None looks for none.
        header_from: A backup under the same passphrase, where the file's own first bytes are damaged.
        progress: Told the work done and all work.
        cancelled: Asked between steps.
        profiles: The key profiles by number.

    Raises:
        VaultMissing: There is no such file.
        NotAVault: It is something else, or its first bytes are damaged.
        VaultInUse: Somebody has it open.
        VaultNewer: A newer program wrote it.
        WrongPassphrase: No page opens with it.
        Unreadable: The operating system gives nothing of it.
        DiskFull: No room for the private copy.
        Cancelled: The person stopped it.
    """
    told = specimen.cancelling(progress, cancelled)
    around = beside(path)
    with specimen.taken(path, _part(told, 0)) as found:
        mended = _with_header(found, header_from)
        key = damage.key_for(mended, secret, profiles)
        return _examined(mended, key, seen, places, around, told, secret, profiles)


def examine_open(
    session: Session,
    *,
    seen: SeenStates | None = None,
    places: Places | None = None,
    progress: Progress = silent,
    cancelled: Cancel = never,
) -> Health:
    """Examine the open vault; work goes on meanwhile. The arguments are those of ``examine``.

    Raises:
        VaultClosed: It was locked before or meanwhile.
        DiskFull: No room for the private copy.
        Cancelled: The person stopped it.
        StorageError: It can't be read.
    """
    told = specimen.cancelling(progress, cancelled)
    around = tuple(each for each in beside(session.path) if each.kind is not Leftover.LOG)
    key = session.file.raw_key()
    with session.file.examined(_part(told, 0)) as found:
        return _examined(found, key, seen, places, around, told, key, {})


def rescue(
    path: Path,
    secret: Secret,
    new: Path,
    passphrase: str,
    *,
    header_from: Path | None = None,
    progress: Progress = silent,
    cancelled: Cancel = never,
    profiles: Mapping[int, KdfProfile] = PROFILES,
) -> Salvaged:
    """Make a new vault of what is left of a damaged one, which stays as it is.

    Args:
        path: The damaged file; it is not open.
        secret: Its passphrase or key.
        new: Where the new vault goes; nothing is there.
        passphrase: The new vault's.
        header_from: As for ``examine``; so are the others.
        progress: Told the work done and all work.
        cancelled: Asked between steps.
        profiles: The key profiles by number.

    Raises:
        VaultDamaged: Not even the enterprise's profile is left.
        VaultExists: Something is at the new place.
        PassphraseTooShort: Fewer than 8 characters.
        Cancelled: The person stopped it; nothing is left behind.
        StorageError: Of ``examine``, or the new vault can't be written; nothing is left behind.
    """
    told = specimen.cancelling(progress, cancelled)
    with specimen.taken(path, _part(told, 0)) as found:
        mended = _with_header(found, header_from)
        key = damage.key_for(mended, secret, profiles)
        with damage.opened(mended, key, _part(told, 1)) as (_damage, remains):
            plan = _plan(remains, lambda done, total: told(2000 + 500 * done // max(total, 1), _ALL))
            facts = salvage.write(
                new,
                passphrase,
                remains,
                plan,
                who=account_name(),
                clock=utc_now,
                profiles=profiles,
                progress=lambda done, total: told(2500 + 500 * done // max(total, 1), _ALL),
            )
            return Salvaged(
                facts, plan.lost, plan.doubtful, plan.incomplete, plan.from_journal, remains.length
            )


def _part(told: Progress, number: int) -> Progress:
    return lambda done, total: told((number * _ALL + _ALL * done // max(total, 1)) // 3, _ALL)


def _with_header(found: Specimen, backup: Path | None) -> Specimen:
    if found.salt.startswith(MAGIC) or backup is None:
        return found
    with specimen.taken(backup) as other:
        return dataclasses.replace(found, salt=other.salt)


def _examined(
    found: Specimen,
    key: RawKey,
    seen: SeenStates | None,
    places: Places | None,
    around: tuple[Beside, ...],
    told: Progress,
    secret: Secret,
    profiles: Mapping[int, KdfProfile],
) -> Health:
    with damage.opened(found, key, _part(told, 1)) as (wrong, remains):
        plan: Plan | None = None
        try:
            plan = _plan(remains, _part(told, 2))
        except VaultDamaged:
            outcome = Outcome.LOST
        else:
            outcome = _outcome(wrong, plan)
        hashes = {number: entry.hash for number, entry in remains.entries.items()}
        standing = Comparison(Standing.UNKNOWN)
        if seen is not None and wrong.first_hash:
            lineage = wrong.first_hash[:_LINEAGE]
            standing = seen.compare(lineage, wrong.head, wrong.length, lambda number: hashes.get(number, ""))
    backups = list_backups(places, wrong.first_hash[:_LINEAGE]) if places and wrong.first_hash else ()
    looked = outcome is not Outcome.SOUND or found.size <= _QUICKLY_READ
    return Health(
        path=found.path,
        outcome=outcome,
        damage=wrong,
        lost=plan.lost if plan else (),
        doubtful=plan.doubtful if plan else (),
        incomplete=plan.incomplete if plan else _EVERY_KIND,
        from_journal=plan.from_journal if plan else 0,
        nothing_left=plan is None,
        files=len(plan.files) if plan else 0,
        beside=around,
        standing=standing,
        backup=_newest_good(backups, found.salt, key, secret, profiles, told) if looked else None,
        backups=len(backups),
        at=datetime.now(UTC),
    )


def _outcome(wrong: Damage, plan: Plan) -> Outcome:
    if plan.loses or wrong.log.doubtful > 1:
        return Outcome.LOST
    return Outcome.SOUND if wrong.sound else Outcome.RECOVERABLE


def _newest_good(
    backups: Sequence[Backup],
    salt: bytes,
    key: RawKey,
    secret: Secret,
    profiles: Mapping[int, KdfProfile],
    told: Progress,
) -> Backup | None:
    """The newest backup that opens and in which nothing is wrong."""

    def alive(_done: int, _total: int) -> None:
        told(_ALL, _ALL)

    for each in [backup for backup in backups if backup.sound][:_MOST_BACKUPS]:
        try:
            with specimen.taken(each.path, alive) as copy:
                same = copy.salt == salt
                if not same and isinstance(secret, RawKey):
                    continue  # of another passphrase, and this key says nothing about that one
                theirs = key if same else damage.key_for(copy, secret, profiles)
                with damage.opened(copy, theirs, alive) as (wrong, _remains):
                    if wrong.sound:
                        return each
        except (WrongPassphrase, StorageError):
            continue
    return None


# --- frozen texts that are lost -------------------------------------------------------------------------


def _plan(remains: Remains, progress: Progress) -> Plan:
    stand_in = _stand_in() if remains.frozen_lost else StandIn(lambda _modules: "", "")
    stand_in = dataclasses.replace(stand_in, lost_file=_("电子文件的内容已丢失，请重新添加"))
    return salvage.plan(remains, stand_in, _candidates, progress)


def _stand_in() -> StandIn:
    from tsguard.domain.checklist import CORE, Checklist, ModuleKind  # noqa: PLC0415 - seldom needed
    from tsguard.services import content  # noqa: PLC0415 - seldom needed

    shelf = content.shipped()
    # Older than any, so that the shipped ones are offered as newer.
    bare: dict[str, Any] = {"version": "0", "sha256": "0" * 64, "sections": (), "retired": ()}
    core = dataclasses.replace(shelf.modules[CORE], **bare)

    def checklist(modules: Sequence[str]) -> str:
        """The modules without their items: nothing is put in the place of the texts that were answered."""
        empty = [core]
        for name in modules:
            module = shelf.modules.get(name)
            blank = dataclasses.replace(core, id=name, title=name, kind=ModuleKind.SECTOR)
            empty.append(dataclasses.replace(module, **bare) if module else blank)
        return to_json(Checklist(tuple(empty), (), "", "")).decode()

    return StandIn(checklist, to_json(shelf.programme(content.SAMPLE_PROGRAMME)).decode())


def _candidates(modules: Sequence[str]) -> Iterator[str]:
    """The shipped texts for a choice of modules: if nothing of them was changed, they are the lost ones."""
    from tsguard.services import content  # noqa: PLC0415 - seldom needed

    try:
        shelf = content.shipped()
        for programme in shelf.programmes.values():
            yield to_json(programme).decode()
        yield to_json(shelf.freeze(("core", *modules))).decode()
    except (ContentInvalid, UnknownModule):
        return
