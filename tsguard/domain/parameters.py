"""Figures that change with place and year: minimum wages, and the thresholds that items name as ``{id}``."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class ParameterStatus(StrEnum):
    """How a figure is known; ``proposal`` is our own and binds nobody."""

    SEEN = "seen"
    SECOND_HAND = "second-hand"
    UNVERIFIED = "unverified"
    PROPOSAL = "proposal"


@dataclass(frozen=True, slots=True)
class MinimumWage:
    """The monthly minimum wage of a place.

    Attributes:
        place: Province and city.
        monthly_yuan: Whole yuan.
        in_force: From which day.
        status: How we know it.
        source: Where from.
        note: What to check before using it.
    """

    place: str
    monthly_yuan: int
    in_force: date
    status: ParameterStatus
    source: str
    note: str


@dataclass(frozen=True, slots=True)
class Threshold:
    """A figure in a requirement.

    Attributes:
        id: Unique in the file.
        title: What it measures.
        value: As written, with ``unit``.
        unit: Such as 天.
        status: How we know it.
        source: The rule, or that it is our proposal.
        note: What to know when using it.
    """

    id: str
    title: str
    value: str
    unit: str
    status: ParameterStatus
    source: str
    note: str

    def __str__(self) -> str:
        """As it stands in a text: ``24个月``."""
        return f"{self.value}{self.unit}"


@dataclass(frozen=True, slots=True)
class Parameters:
    """All adjustable figures of one file."""

    version: str
    minimum_wages: tuple[MinimumWage, ...]
    thresholds: tuple[Threshold, ...]
