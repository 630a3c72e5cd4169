"""Content and sheets from elsewhere: modules, programmes, workbooks; and what can't be printed."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from tsguard.errors.base import TSGuardError
from tsguard.errors.given import InputError


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


class MissingGlyphs(TSGuardError):
    """Characters that no font has; the report was not written, since they would print as boxes.

    Attributes:
        characters: Each character once, in the order met.
    """

    def __init__(self, characters: tuple[str, ...]) -> None:
        super().__init__(codepoints=" ".join(f"U+{ord(character):04X}" for character in characters))
        self.characters = characters
