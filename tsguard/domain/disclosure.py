"""Who may see a value that leaves the vault, and what the leak guard looks for because it may not.

Each kind of record says beside its fields which of them may stand in a submission (报送版); a field
that says nothing is internal. A submission is built from cleared values, never by deleting. An internal
text says in the same place how it is looked for in a finished submission, or why it is not.
Source of the clearances: domain notes on registers, column 报送版.
"""

from __future__ import annotations

from dataclasses import dataclass, field, fields
from enum import StrEnum
from typing import Any

_KEY = "tsguard-disclosure"
_GUARD = "tsguard-guard"
OPAQUE = "made by the program to tell records apart; says nothing"
"""Why an id is not looked for."""


class Level(StrEnum):
    """How far an export goes: to the company itself, or to the bureau."""

    INTERNAL = "internal"
    SUBMISSION = "submission"

    def may_show(self, value_level: Level) -> bool:
        """Whether an export of this level may carry a value of that level."""
        return self is Level.INTERNAL or value_level is Level.SUBMISSION


class Guard(StrEnum):
    """How a protected text is looked for in what leaves.

    ``WORD``: the whole value. ``NAME``: the whole value, and longer parts of it between marks. ``PEOPLE``:
    each name of a list. ``PROSE``: each clause. ``FILE``: a file's
    name with and without its ending. ``CODE``: a number that the program gave. ``TITLE``: the whole value,
    but for the place where it is listed as what it is.
    """

    WORD = "word"
    NAME = "name"
    PEOPLE = "people"
    PROSE = "prose"
    FILE = "file"
    CODE = "code"
    TITLE = "title"


@dataclass(frozen=True, slots=True)
class GuardRule:
    """What a field says to the leak guard.

    Attributes:
        guard: How it is looked for; None where it is not.
        when: Name of a property of the record that says whether it is looked for; "" for always.
        unguarded: Why an internal text is not looked for, in English; "" where it is.
    """

    guard: Guard | None = None
    when: str = ""
    unguarded: str = ""


def cleared(*, guard: Guard | None = None, when: str = "", **arguments: Any) -> Any:
    """A dataclass field whose value may stand in a submission.

    Args:
        guard: How the leak guard looks for it elsewhere, for one that may stand in its own place only.
        when: As ``GuardRule.when``.
        **arguments: Of ``dataclasses.field``.
    """
    return field(**arguments, metadata={_KEY: Level.SUBMISSION, _GUARD: GuardRule(guard, when)})


def internal(*, guard: Guard | None = None, unguarded: str = "", **arguments: Any) -> Any:
    """A dataclass field that never leaves in a submission, kept out of ``repr`` as well.

    Args:
        guard: How the leak guard looks for it; a text has one.
        unguarded: Why the leak guard does not look for a text.
        **arguments: Of ``dataclasses.field``.
    """
    rule = GuardRule(guard, unguarded=unguarded)
    return field(**arguments, repr=False, metadata={_KEY: Level.INTERNAL, _GUARD: rule})


def level_of(kind: type, name: str) -> Level:
    """The disclosure level of one field of a record kind.

    Raises:
        KeyError: The kind has no such field (a bug of the caller).
    """
    for each in fields(kind):
        if each.name == name:
            return Level(each.metadata.get(_KEY, Level.INTERNAL))
    raise KeyError(name)


def guard_of(kind: type, name: str) -> GuardRule:
    """What one field of a record kind says to the leak guard.

    Raises:
        KeyError: The kind has no such field (a bug of the caller).
    """
    for each in fields(kind):
        if each.name == name:
            rule = each.metadata.get(_GUARD)
            return rule if isinstance(rule, GuardRule) else GuardRule()
    raise KeyError(name)
