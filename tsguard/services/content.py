"""The content at hand for a person: shipped modules and programmes, and files of their own."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Protocol

from tsguard import assets
from tsguard.content.coverage import coverage_tables, placed
from tsguard.content.nodes import LARGEST_FILE
from tsguard.content.shelf import Shelf, check, files_of, load_shelf
from tsguard.domain.checklist import CORE, Module
from tsguard.domain.programme import Programme
from tsguard.errors import ContentProblem, Unreadable
from tsguard.services.printing import unprinted
from tsguard.services.renewal import newer_programme, refrozen
from tsguard.services.session import Session

__all__ = [
    "SAMPLE_PROGRAMME", "ContentSource", "Shelf", "came_with_program", "choices", "choose_modules",
    "coverage", "coverage_in", "files_of", "problems", "read_text", "renew", "sectors", "shipped",
    "ships", "take_from",
]  # fmt: skip

SAMPLE_PROGRAMME = "sample"
"""The programme that a new assessment is scored by until the person loads another."""


class ContentSource(Protocol):
    """Where newer content of the publisher's may come from than what came with the program."""

    def shelf(self) -> Shelf | None:
        """That content, checked; None where what came with the program is used."""
        ...


class _InUse:
    """Which of the publisher's content this process uses: the one thing here that can change."""

    def __init__(self) -> None:
        self.lock = threading.RLock()
        self.source: ContentSource | None = None
        self.shelf: Shelf | None = None


_in_use = _InUse()


@cache
def came_with_program() -> Shelf:
    """The content that came with the program, checked, read once.

    Raises:
        ContentInvalid: A shipped file was damaged or changed.
    """
    return load_shelf(assets.checklists())


def shipped() -> Shelf:
    """The publisher's content that is used: what came with the program, or the pack in its place; read once.

    Raises:
        ContentInvalid: A shipped file was damaged or changed.
    """
    with _in_use.lock:
        if _in_use.shelf is None:
            found = _in_use.source.shelf() if _in_use.source is not None else None
            _in_use.shelf = found or came_with_program()
        return _in_use.shelf


def take_from(source: ContentSource | None) -> ContentSource | None:
    """Let a source be asked for newer content when content is next needed.

    Args:
        source: Such as ``services.packs.Packs``; None for what came with the program alone.

    Returns:
        The source before, for whoever puts it back.
    """
    with _in_use.lock:
        before, _in_use.source, _in_use.shelf = _in_use.source, source, None
        return before


def renew(source: ContentSource, shelf: Shelf | None) -> None:
    """A source has other content now.

    Args:
        source: Which; where another one is asked, nothing happens.
        shelf: The content, which is checked; None where it is to be asked again.
    """
    with _in_use.lock:
        if _in_use.source is source:
            _in_use.shelf = shelf


def problems() -> list[ContentProblem]:
    """All faults of the shipped content, in their order.

    Raises:
        Unreadable: A file can't be read.
    """
    return check(assets.checklists(), unprinted=unprinted)[1]


def ships(path: Path) -> bool:
    """Whether a file is one of the shipped content, or a copy of one to the byte."""
    try:
        data = path.read_bytes() if path.stat().st_size <= LARGEST_FILE and path.is_file() else None
        return data is not None and any(
            path.samefile(each) or (each.stat().st_size == len(data) and each.read_bytes() == data)
            for each in assets.checklists().rglob("*.yaml")
        )
    except (OSError, ValueError):
        return False


def coverage() -> str:
    """What the shipped content covers, as Markdown tables."""
    return coverage_tables(shipped())


def coverage_in(text: str) -> str | None:
    """A README with its tables made anew; None where it has no place for them."""
    return placed(text, coverage())


def read_text(path: Path) -> str:
    """A text file of the person's.

    Raises:
        Unreadable: It can't be read, or is not UTF-8.
    """
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, ValueError) as error:
        raise Unreadable(path, getattr(error, "strerror", None) or "UTF-8") from error


def sectors() -> tuple[Module, ...]:
    """The shipped modules a person can choose from."""
    return tuple(module for module in shipped().modules.values() if module.id != CORE)


def choices(session: Session, shelf: Shelf) -> tuple[Module, ...]:
    """The modules a person can choose from: those at hand, and those that only the assessment still has.

    A module that the assessment has frozen, chosen or put aside, is given as frozen, since that is the one
    that is used.
    """
    assessment = session.assessment
    checklists = (*assessment.checklist.put_aside, assessment.checklist) if assessment else ()
    frozen = {module.id: module for checklist in checklists for module in checklist.modules}
    return tuple(module for module in (shelf.modules | frozen).values() if module.id != CORE)


def choose_modules(
    session: Session,
    module_ids: Sequence[str],
    shelf: Shelf | None = None,
    *,
    programme: str = "",
    renew: bool = False,
) -> None:
    """Set a session's assessment on a choice of modules; answers stay.

    Modules that stay chosen, or were chosen before, have their frozen texts, also where their file is not on
    this computer.

    Args:
        session: The session.
        module_ids: Sector modules and add-ons.
        shelf: The content at hand; what shipped by default.
        programme: Id of the programme to score by; by default the assessment's own as it is frozen, and
            the sample for a new assessment.
        renew: Whether modules and programme move to the newer content at hand.

    Raises:
        ProgrammeDoesNotFit: The programme does not count exactly the checklist's core sections.
        UnknownModule: A module or the programme is neither frozen nor at hand.
        StorageError: The file system said no.
    """
    at_hand = shelf or shipped()
    old = session.assessment
    chosen = tuple(dict.fromkeys(each for each in module_ids if each != CORE))
    session.choose(
        chosen,
        refrozen(old.checklist if old else None, at_hand, chosen, renew=renew),
        _programme(old.programme if old else None, at_hand, programme, renew=renew),
    )


def _programme(frozen: Programme | None, shelf: Shelf, asked: str, *, renew: bool) -> Programme:
    wanted = asked or (frozen.id if frozen else SAMPLE_PROGRAMME)
    if frozen and frozen.id == wanted:
        return newer_programme(frozen, shelf) if renew else frozen
    return shelf.programme(wanted)
