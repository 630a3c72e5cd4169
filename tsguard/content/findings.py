"""What is wrong with one content file: problems are collected, never raised one by one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from tsguard.errors import ContentProblem


@dataclass(slots=True)
class Findings:
    """The problems met in one file.

    Attributes:
        file: The file's name as problems show it.
        problems: In the order met.
    """

    file: str
    problems: list[ContentProblem] = field(default_factory=list)

    def add(self, line: int, code: str, **facts: object) -> None:
        """Note one problem that makes the file unusable."""
        self._note(line, code, facts, grave=True)

    def advise(self, line: int, code: str, **facts: object) -> None:
        """Note a flaw of wording that doesn't keep the file from being used."""
        self._note(line, code, facts, grave=False)

    def _note(self, line: int, code: str, facts: Mapping[str, object], *, grave: bool) -> None:
        told = tuple((name, str(value)) for name, value in facts.items())
        self.problems.append(ContentProblem(self.file, line, code, told, grave))
