"""What is wrong with one content file: problems are collected, never raised one by one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches

from tsguard.errors import ContentProblem

MOST_NEAREST = 50
"""Unknown names of one file that a known one is looked for."""
LONGEST_NAME = 60
"""Characters; what is longer was not meant as a name."""


@dataclass(slots=True)
class Findings:
    """The problems met in one file.

    Attributes:
        file: The file's name as problems show it.
        problems: In the order met.
    """

    file: str
    problems: list[ContentProblem] = field(default_factory=list)
    _looked_up: int = 0

    def nearest(self, word: str, known: Iterable[str]) -> str:
        """The known name that a word was probably meant to be, or "".

        The first words of a file only: looking for names costs time, and a file may be hostile.
        """
        if self._looked_up >= MOST_NEAREST or len(word) > LONGEST_NAME:
            return ""
        self._looked_up += 1
        return next(iter(get_close_matches(word, list(known), 1, 0.5)), "")

    def add(self, line: int, code: str, **facts: object) -> None:
        """Note one problem that makes the file unusable."""
        self._note(line, code, facts, grave=True)

    def advise(self, line: int, code: str, **facts: object) -> None:
        """Note a flaw of wording that doesn't keep the file from being used."""
        self._note(line, code, facts, grave=False)

    def _note(self, line: int, code: str, facts: Mapping[str, object], *, grave: bool) -> None:
        told = tuple((name, str(value)) for name, value in facts.items())
        self.problems.append(ContentProblem(self.file, line, code, told, grave))
