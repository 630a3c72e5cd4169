"""Figures in texts: ``{receipt-percent}`` in a file stands for the threshold of that id."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping

_FIGURE = re.compile(r"\{([a-z0-9][a-z0-9-]*)\}")


class Figures:
    """What stands for the ids in braces, and which of them a file used.

    Attributes:
        used: Ids in the order met.
        unknown: Line and id of each that there is no threshold for.
    """

    def __init__(self, texts: Mapping[str, str]) -> None:
        self._texts = texts
        self.used: list[str] = []
        self.unknown: list[tuple[int, str]] = []

    @property
    def known(self) -> Collection[str]:
        """The ids that there are thresholds for."""
        return self._texts.keys()

    def fill(self, text: str, line: int) -> str:
        """The text with its figures; an unknown one stays as it is and is noted."""
        if "{" not in text:
            return text

        def value(match: re.Match[str]) -> str:
            figure = match[1]
            if figure not in self._texts:
                self.unknown.append((line, figure))
                return match[0]
            self.used.append(figure)
            return self._texts[figure]

        return _FIGURE.sub(value, text)
