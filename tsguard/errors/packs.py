"""Signed content packs and the keys they are signed with: why one is refused."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path

from tsguard.errors.content import ContentProblem
from tsguard.errors.given import InputError


class PackFault(StrEnum):
    """Why a content pack is not used; in the order in which it is looked at."""

    NOT_A_PACK = "not-a-pack"
    NEWER_FORMAT = "newer-format"
    TOO_LARGE = "too-large"
    CUT_SHORT = "cut-short"
    OTHER_KEY = "other-key"
    CHANGED = "changed"
    DAMAGED = "damaged"
    STRANGE_FILES = "strange-files"
    UNPACKS_TOO_LARGE = "unpacks-too-large"
    MANIFEST = "manifest"
    FILES_DIFFER = "files-differ"
    NEWER_PROGRAM = "newer-program"
    OLDER = "older"
    SAME_NUMBER = "same-number"
    SHIPPED_NEWER = "shipped-newer"
    CONTENT = "content"


class PackRefused(InputError):
    """A content pack is not used, or was not made; the content that is used stays what it was.

    Attributes:
        path: The pack's file.
        fault: Why.
        found: The number, the version or the key's digits that the pack has, where ``fault`` is about one.
        known: What this program has in their place.
        problems: The faults of its content, where ``fault`` is ``CONTENT``.
    """

    def __init__(
        self,
        path: Path,
        fault: PackFault,
        found: str = "",
        known: str = "",
        problems: tuple[ContentProblem, ...] = (),
    ) -> None:
        super().__init__(path=path, fault=fault.value, found=found, known=known, problems=len(problems))
        self.path = path
        self.fault = fault
        self.found = found
        self.known = known
        self.problems = problems


class PackKeyFault(StrEnum):
    """Why a key can't be used for packs."""

    NOT_PEM = "not-pem"
    NOT_ED25519 = "not-ed25519"
    WRONG_PASSPHRASE = "wrong-passphrase"
    NOT_ENCRYPTED = "not-encrypted"
    NO_PUBLISHER = "no-publisher"


class PackKeyRefused(InputError):
    """A key file for packs can't be used; nothing was signed. No part of the key is told.

    Attributes:
        path: The key's file.
        fault: Why.
    """

    def __init__(self, path: Path, fault: PackKeyFault) -> None:
        super().__init__(path=path, fault=fault.value)
        self.path = path
        self.fault = fault
