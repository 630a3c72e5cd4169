"""Figures that change with place and year (``parameters.yaml``): minimum wages and thresholds."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from tsguard.content.nodes import Fields, File


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
        items: Items that use it.
        note: What to know when using it.
    """

    id: str
    title: str
    value: str
    unit: str
    status: ParameterStatus
    source: str
    items: tuple[str, ...]
    note: str


@dataclass(frozen=True, slots=True)
class Parameters:
    """All adjustable figures of one file."""

    version: str
    minimum_wages: tuple[MinimumWage, ...]
    thresholds: tuple[Threshold, ...]


def load_parameters(file: File) -> Parameters | None:
    """The parameters of a parsed file; None where it could not be parsed."""
    root = file.root
    if root is None:
        return None
    root.text("parameters", longest=20)
    parameters = Parameters(
        version=root.text("version", longest=20),
        minimum_wages=tuple(_wage(fields) for fields in root.mappings("minimum_wages")),
        thresholds=tuple(_threshold(fields) for fields in root.mappings("thresholds", required=False)),
    )
    root.finish()
    return parameters


def _wage(fields: Fields) -> MinimumWage:
    wage = MinimumWage(
        place=fields.text("place", longest=30),
        monthly_yuan=fields.whole("monthly_yuan", 1, 1_000_000),
        in_force=fields.day("in_force"),
        status=fields.choice("status", ParameterStatus, ParameterStatus.UNVERIFIED),
        source=fields.text("source", longest=120),
        note=fields.text("note", required=False, longest=120),
    )
    fields.finish()
    return wage


def _threshold(fields: Fields) -> Threshold:
    threshold = Threshold(
        id=fields.text("id", longest=40),
        title=fields.text("title", longest=40),
        value=fields.text("value", longest=20),
        unit=fields.text("unit", required=False, longest=10),
        status=fields.choice("status", ParameterStatus, ParameterStatus.UNVERIFIED),
        source=fields.text("source", longest=120),
        items=fields.texts("items", required=False, longest=16),
        note=fields.text("note", required=False, longest=200),
    )
    fields.finish()
    return threshold
