"""Values with the disclosure level that may see them: the only way a text gets into a report."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from tsguard.domain.disclosure import Level, level_of
from tsguard.report.sanitise import clean


@dataclass(frozen=True, slots=True)
class Marked:
    """A text and who may see it.

    Attributes:
        text: As it is printed, sanitised.
        level: The least open level that may show it.
    """

    text: str = field(repr=False)
    level: Level

    def __post_init__(self) -> None:
        object.__setattr__(self, "text", clean(self.text))


def said(text: str) -> Marked:
    """Our own words, texts of checklists and figures that are counted: cleared for everybody."""
    return Marked(text, Level.SUBMISSION)


def shown(value: object) -> str:
    """A plain value as text: dates by ISO 8601, None as nothing."""
    if value is None:
        return ""
    return value.isoformat() if isinstance(value, date) else str(value)


def marked(record: Any, name: str, show: Callable[[Any], str] = shown) -> Marked:
    """One field of a record with the level that its kind gives it.

    Args:
        record: A domain value.
        name: The field.
        show: How the value reads; dates and numbers need nothing.
    """
    return Marked(show(getattr(record, name)), level_of(type(record), name))


def compose(template: str, parts: Mapping[str, Marked]) -> Marked:
    """A sentence with marked values in its ``{fields}``; it is internal as soon as one of them is."""
    level = (
        Level.INTERNAL if any(part.level is Level.INTERNAL for part in parts.values()) else Level.SUBMISSION
    )
    return Marked(template.format_map({name: part.text for name, part in parts.items()}), level)
