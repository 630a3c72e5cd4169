"""The content at hand for a person: shipped modules and programmes, and files of their own."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from pathlib import Path

from tsguard import assets
from tsguard.content.shelf import Shelf, check, load_shelf
from tsguard.domain.checklist import CORE, Module
from tsguard.errors import ContentProblem
from tsguard.services.session import Session

SAMPLE_PROGRAMME = "sample"
"""The programme that a new assessment is scored by until the person loads another."""


@cache
def shipped() -> Shelf:
    """The content that came with the program, checked, read once.

    Raises:
        ContentInvalid: A shipped file was damaged or changed.
    """
    return load_shelf(assets.checklists())


def problems(extra: Sequence[Path]) -> list[ContentProblem]:
    """All faults of the shipped content and of further files, in their order.

    Raises:
        Unreadable: A file can't be read.
    """
    return check(assets.checklists(), extra)[1]


def sectors() -> tuple[Module, ...]:
    """The modules a person can choose from."""
    return tuple(module for module in shipped().modules.values() if module.id != CORE)


def choose_modules(session: Session, module_ids: Sequence[str]) -> None:
    """Set a session's assessment on a choice of modules; answers stay.

    Raises:
        UnknownModule: One is not at hand.
        StorageError: The file system said no.
    """
    shelf = shipped()
    chosen = tuple(dict.fromkeys(module_ids))
    session.choose(chosen, shelf.freeze(chosen), shelf.programme(SAMPLE_PROGRAMME))
