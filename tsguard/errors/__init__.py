"""Everything that can foreseeably go wrong, as types that carry facts.

The words a person reads are chosen in one place, ``services/explain.py``; a class here says only
what is the case. No secret may stand in an attribute: no passphrase, no key, no note, no content of
an answer. Whatever is not a ``TSGuardError`` is a bug.
"""

from __future__ import annotations

from tsguard.errors.base import (
    Cancelled,
    TSGuardError,
)
from tsguard.errors.content import (
    AnswersChanged,
    ContentInvalid,
    ContentProblem,
    MissingGlyphs,
    OwnContentExists,
    ProgrammeDoesNotFit,
    UnknownModule,
    WorkbookFault,
    WorkbookRefused,
)
from tsguard.errors.files import (
    BackupFolderGone,
    DiskFull,
    FileHeld,
    NameRefused,
    NotReplaced,
    ReadOnly,
    StorageError,
    Unreadable,
    WriteFailed,
    from_os,
)
from tsguard.errors.given import (
    EvidenceEmpty,
    EvidenceTooLarge,
    FileTooLarge,
    InputError,
    InvalidField,
    NotApplicableForbidden,
    NothingAssessed,
    PassphraseTooLong,
    PassphraseTooShort,
    RecoveryCodeWrong,
    UnknownItem,
    UnknownRecord,
)
from tsguard.errors.leaving import LeaksFound
from tsguard.errors.packs import PackFault, PackKeyFault, PackKeyRefused, PackRefused
from tsguard.errors.signing import SigningFault, SigningRefused
from tsguard.errors.vault import (
    NotAVault,
    VaultClosed,
    VaultDamaged,
    VaultError,
    VaultExists,
    VaultInUse,
    VaultMissing,
    VaultNewer,
    VaultReplaced,
    WrongPassphrase,
)

__all__ = [
    "AnswersChanged",
    "BackupFolderGone",
    "Cancelled",
    "ContentInvalid",
    "ContentProblem",
    "DiskFull",
    "EvidenceEmpty",
    "EvidenceTooLarge",
    "FileHeld",
    "FileTooLarge",
    "InputError",
    "InvalidField",
    "LeaksFound",
    "MissingGlyphs",
    "NameRefused",
    "NotAVault",
    "NotApplicableForbidden",
    "NotReplaced",
    "NothingAssessed",
    "OwnContentExists",
    "PackFault",
    "PackKeyFault",
    "PackKeyRefused",
    "PackRefused",
    "PassphraseTooLong",
    "PassphraseTooShort",
    "ProgrammeDoesNotFit",
    "ReadOnly",
    "RecoveryCodeWrong",
    "SigningFault",
    "SigningRefused",
    "StorageError",
    "TSGuardError",
    "UnknownItem",
    "UnknownModule",
    "UnknownRecord",
    "Unreadable",
    "VaultClosed",
    "VaultDamaged",
    "VaultError",
    "VaultExists",
    "VaultInUse",
    "VaultMissing",
    "VaultNewer",
    "VaultReplaced",
    "WorkbookFault",
    "WorkbookRefused",
    "WriteFailed",
    "WrongPassphrase",
    "from_os",
]
