"""Who may see a value that leaves the vault.

Each kind of record says beside its fields which of them may stand in a submission (报送版); a field
that says nothing is internal. A submission is built from cleared values, never by deleting.
Source of the clearances: domain notes on registers, column 报送版.
"""

from __future__ import annotations

from dataclasses import field, fields
from enum import StrEnum
from typing import Any

_KEY = "tsguard-disclosure"


class Level(StrEnum):
    """How far an export goes: to the company itself, or to the bureau."""

    INTERNAL = "internal"
    SUBMISSION = "submission"

    def may_show(self, value_level: Level) -> bool:
        """Whether an export of this level may carry a value of that level."""
        return self is Level.INTERNAL or value_level is Level.SUBMISSION


def cleared(**arguments: Any) -> Any:
    """A dataclass field whose value may stand in a submission."""
    return field(**arguments, metadata={_KEY: Level.SUBMISSION})


def internal(**arguments: Any) -> Any:
    """A dataclass field that never leaves in a submission, kept out of ``repr`` as well."""
    return field(**arguments, repr=False, metadata={_KEY: Level.INTERNAL})


def level_of(kind: type, name: str) -> Level:
    """The disclosure level of one field of a record kind.

    Raises:
        KeyError: The kind has no such field (a bug of the caller).
    """
    for each in fields(kind):
        if each.name == name:
            return Level(each.metadata.get(_KEY, Level.INTERNAL))
    raise KeyError(name)
