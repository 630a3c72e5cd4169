"""Everything that can foreseeably go wrong, as types that carry facts.

The words a person reads are chosen in one place, ``services/explain.py``; a class here says only
what is the case. No secret may stand in an attribute: no passphrase, no key, no note, no content of
an answer. Whatever is not a ``TSGuardError`` is a bug.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path


class TSGuardError(Exception):
    """A foreseen error; its attributes are its facts."""

    def __init__(self, **facts: object) -> None:
        super().__init__(", ".join(f"{name}={value}" for name, value in facts.items()))
        self.facts = facts


# --- files and folders -----------------------------------------------------------------------------


class StorageError(TSGuardError):
    """The file system said no.

    Attributes:
        path: The file or folder it was about.
    """

    def __init__(self, path: Path, **facts: object) -> None:
        super().__init__(path=path, **facts)
        self.path = path


class DiskFull(StorageError):
    """No room was left; what was being written is not written, what was there is untouched."""


class ReadOnly(StorageError):
    """The file or its folder can't be written to."""


class NotReplaced(StorageError):
    """What is at that place is no file of the kind that is written: a vault, a folder, a device."""


class Unreadable(StorageError):
    """The file can't be read: missing, a folder, or without permission.

    Attributes:
        reason: The operating system's short word for it.
    """

    def __init__(self, path: Path, reason: str) -> None:
        super().__init__(path, reason=reason)
        self.reason = reason


class WriteFailed(StorageError):
    """The operating system refused a write for another reason than room or permission.

    Attributes:
        reason: The operating system's short word for it.
    """

    def __init__(self, path: Path, reason: str) -> None:
        super().__init__(path, reason=reason)
        self.reason = reason


class BackupFolderGone(StorageError):
    """The folder that a person chose for backups is not there now, such as a stick that is not plugged in."""


# --- the vault --------------------------------------------------------------------------------------


class VaultError(StorageError):
    """Something about one vault file."""


class VaultMissing(VaultError):
    """There is no file at that place."""


class VaultExists(VaultError):
    """A file is there already; a new vault never overwrites one."""


class NotAVault(VaultError):
    """The file is something else: its first bytes are not a vault's."""


class WrongPassphrase(VaultError):
    """The passphrase does not open this vault (or, rarely, its first page is damaged)."""


class VaultDamaged(VaultError):
    """The file is a vault, and part of it can't be read.

    Attributes:
        what: Which part, in a word for the developer.
    """

    def __init__(self, path: Path, what: str) -> None:
        super().__init__(path, what=what)
        self.what = what


class VaultNewer(VaultError):
    """A newer tsguard wrote this vault; it was left untouched.

    Attributes:
        found: The version the file has.
        known: The newest version this program knows.
    """

    def __init__(self, path: Path, found: int, known: int) -> None:
        super().__init__(path, found=found, known=known)
        self.found = found
        self.known = known


class VaultInUse(VaultError):
    """Another window or program holds this vault open.

    Attributes:
        account: Whose account it is open in, "" where nobody knows.
        host: The computer's name, "" where nobody knows.
        since: UTC, as the journal writes it; "" where nobody knows.
        elsewhere: Whether only the other computer's word says so, in a folder that two computers share;
            it may have been switched off meanwhile.
    """

    def __init__(
        self, path: Path, account: str = "", host: str = "", since: str = "", *, elsewhere: bool = False
    ) -> None:
        super().__init__(path, account=account, host=host, since=since, elsewhere=elsewhere)
        self.account = account
        self.host = host
        self.since = since
        self.elsewhere = elsewhere


class VaultReplaced(VaultError):
    """What lies at the vault's place is no longer what was opened; nothing is written there any more.

    Attributes:
        missing: Whether nothing lies there at all.
        saved: Where what was open has been saved, once it is closed; None where it was not.
    """

    def __init__(self, path: Path, *, missing: bool = False, saved: Path | None = None) -> None:
        super().__init__(path, missing=missing, saved=saved)
        self.missing = missing
        self.saved = saved


class VaultClosed(VaultError):
    """The vault was locked or closed before this was asked of it."""


# --- what a person gave us --------------------------------------------------------------------------


class InputError(TSGuardError):
    """The input is at fault, and nothing of it was stored."""


class PassphraseTooShort(InputError):
    """The passphrase has fewer characters than a vault asks for.

    Attributes:
        shortest: The least number of characters.
    """

    def __init__(self, shortest: int) -> None:
        super().__init__(shortest=shortest)
        self.shortest = shortest


class InvalidField(InputError):
    """One field of a form can't be stored as it is.

    Attributes:
        field: The field's name in code.
        rule: Which rule it breaks, one of ``domain.problems.Rule``.
    """

    def __init__(self, field: str, rule: str) -> None:
        super().__init__(field=field, rule=rule)
        self.field = field
        self.rule = rule


class UnknownItem(InputError):
    """The checklist has no item with this id.

    Attributes:
        item: The id.
    """

    def __init__(self, item: str) -> None:
        super().__init__(item=item)
        self.item = item


class NotApplicableForbidden(InputError):
    """The item may not be answered 不适用.

    Attributes:
        item: The item's id.
    """

    def __init__(self, item: str) -> None:
        super().__init__(item=item)
        self.item = item


class RecoveryCodeWrong(InputError):
    """What was given is no recovery code that this program reads; no character of it is told.

    Attributes:
        groups: Numbers of the groups that do not fit their places, counted from 1, at most 11 of them; none
            where every group fits by itself and the whole does not.
        found: How many groups there were; a code has 11.
        newer: Whether it is a code of a newer kind.
    """

    def __init__(self, groups: tuple[int, ...], found: int, *, newer: bool = False) -> None:
        super().__init__(groups=groups, found=found, newer=newer)
        self.groups = groups
        self.found = found
        self.newer = newer


class NothingAssessed(InputError):
    """A score or a report was asked for before a checklist was chosen."""


class EvidenceTooLarge(InputError):
    """A file is larger than evidence may be.

    Attributes:
        path: The file that was offered.
        size: Its size in bytes.
        limit: The largest size in bytes, a setting of the vault.
    """

    def __init__(self, path: Path, size: int, limit: int) -> None:
        super().__init__(path=path, size=size, limit=limit)
        self.path = path
        self.size = size
        self.limit = limit


class EvidenceEmpty(InputError):
    """A file has no content.

    Attributes:
        path: The file that was offered.
    """

    def __init__(self, path: Path) -> None:
        super().__init__(path=path)
        self.path = path


class UnknownRecord(InputError):
    """The vault has no such record.

    Attributes:
        kind: The kind of record.
        key: Its id.
    """

    def __init__(self, kind: str, key: str) -> None:
        super().__init__(kind=kind, key=key)
        self.kind = kind
        self.key = key


# --- content: checklists, library, programmes -------------------------------------------------------


@dataclass(frozen=True, slots=True)
class ContentProblem:
    """One fault of one content file.

    Attributes:
        file: The file's name as it was given.
        line: Counted from 1; 0 where the fault has no line, such as an unreadable file.
        code: A stable short name of the rule, such as ``unknown-key``.
        facts: What the sentence about it needs, such as the key and the nearest known one.
        grave: Whether the file can't be used; False for advice on its wording.
    """

    file: str
    line: int
    code: str
    facts: tuple[tuple[str, str], ...] = ()
    grave: bool = True


class ContentInvalid(InputError):
    """Content files have faults; all of them are listed together.

    Attributes:
        problems: In the order of the files and their lines.
    """

    def __init__(self, problems: tuple[ContentProblem, ...]) -> None:
        super().__init__(count=len(problems), files=sorted({problem.file for problem in problems}))
        self.problems = problems


class UnknownModule(InputError):
    """No content of this id is at hand.

    Attributes:
        module: The id that was asked for.
        known: The ids there are.
    """

    def __init__(self, module: str, known: tuple[str, ...]) -> None:
        super().__init__(module=module)
        self.module = module
        self.known = known


class ProgrammeDoesNotFit(InputError):
    """A programme's units don't count exactly the core sections of the checklist it is chosen for.

    Attributes:
        uncounted: Ids of the sections that no unit counts.
        unknown: Ids of the sections that its units count and that the checklist does not have.
    """

    def __init__(self, uncounted: tuple[str, ...], unknown: tuple[str, ...]) -> None:
        super().__init__(uncounted=uncounted, unknown=unknown)
        self.uncounted = uncounted
        self.unknown = unknown


class OwnContentExists(InputError):
    """Another file of the person's own has this module's or programme's id.

    Attributes:
        module: The id.
        file: The name of the file that has it.
    """

    def __init__(self, module: str, file: str) -> None:
        super().__init__(module=module, file=file)
        self.module = module
        self.file = file


class WorkbookFault(StrEnum):
    """Why a workbook is not read."""

    OLD = "old"
    ENCRYPTED = "encrypted"
    NOT_A_WORKBOOK = "not-a-workbook"
    TOO_LARGE = "too-large"
    UNPACKS_TOO_LARGE = "unpacks-too-large"
    TOO_MANY_ROWS = "too-many-rows"
    TOO_MANY_SHEETS = "too-many-sheets"
    TOO_MANY_MERGED = "too-many-merged"
    CELL_TOO_LONG = "cell-too-long"
    DAMAGED = "damaged"
    NO_ANSWER_COLUMNS = "no-answer-columns"


class WorkbookRefused(InputError):
    """A spreadsheet file is of the wrong kind, too large, or damaged; nothing of it was taken over.

    Attributes:
        path: The file.
        fault: Why.
    """

    def __init__(self, path: Path, fault: WorkbookFault) -> None:
        super().__init__(path=path, fault=fault.value)
        self.path = path
        self.fault = fault


class AnswersChanged(InputError):
    """Answers were given between comparing a sheet with them and storing it; nothing was stored.

    Attributes:
        items: Ids of the items on which the sheet would now do something else.
    """

    def __init__(self, items: tuple[str, ...]) -> None:
        super().__init__(items=items)
        self.items = items


# --- reports ----------------------------------------------------------------------------------------


class MissingGlyphs(TSGuardError):
    """Characters that no font has; the report was not written, since they would print as boxes.

    Attributes:
        characters: Each character once, in the order met.
    """

    def __init__(self, characters: tuple[str, ...]) -> None:
        super().__init__(codepoints=" ".join(f"U+{ord(character):04X}" for character in characters))
        self.characters = characters


class Cancelled(TSGuardError):
    """The person stopped a long piece of work; nothing of it was kept."""
