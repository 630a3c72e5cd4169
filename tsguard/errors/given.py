"""What a person gave us: the input is at fault, and nothing of it was stored."""

from __future__ import annotations

from pathlib import Path

from tsguard.errors.base import TSGuardError


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


class PassphraseTooLong(InputError):
    """The passphrase has more bytes than a locked PDF can take.

    Attributes:
        longest: The most bytes in UTF-8.
    """

    def __init__(self, longest: int) -> None:
        super().__init__(longest=longest)
        self.longest = longest


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


class FileTooLarge(InputError):
    """A file is larger than what is looked at.

    Attributes:
        limit: The most bytes.
    """

    def __init__(self, limit: int) -> None:
        super().__init__(limit=limit)
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
