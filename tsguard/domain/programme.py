"""What one bureau's demonstration programme asks (申报方案), as data."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit of assessment with its points.

    Attributes:
        id: Unique in the programme.
        title: As printed.
        points: Full marks, a whole number.
        sections: Ids of the sections whose items it counts.
        short: Its name where there is little room, such as a chart's axis; "" for a section's own.
    """

    id: str
    title: str
    points: int
    sections: tuple[str, ...]
    short: str = ""


@dataclass(frozen=True, slots=True)
class Band:
    """A result band.

    Attributes:
        id: Unique in the programme.
        title: As printed.
        at_least: Points from which it is reached.
    """

    id: str
    title: str
    at_least: int


class FieldKind(StrEnum):
    """What a field that the programme asks for itself takes."""

    TEXT = "text"
    LONG_TEXT = "long_text"
    WHOLE = "whole"
    DECIMAL = "decimal"
    PERCENT = "percent"
    MONEY_WAN = "money_wan"
    DAY = "day"
    YEAR = "year"
    YES_NO = "yes_no"
    CHOICE = "choice"
    PHONE = "phone"


NUMBER_KINDS = frozenset({FieldKind.WHOLE, FieldKind.DECIMAL, FieldKind.PERCENT, FieldKind.MONEY_WAN})
"""Kinds whose values are numbers."""
BOUNDED_KINDS = NUMBER_KINDS | {FieldKind.DAY, FieldKind.YEAR}
"""Kinds with a least and a most."""
TEXT_KINDS = frozenset({FieldKind.TEXT, FieldKind.LONG_TEXT})
"""Kinds with a longest."""


@dataclass(frozen=True, slots=True)
class FormField:
    """A field of the application form: taken from the profile and the registers, or asked for.

    Attributes:
        field: Where a taken value comes from, one of ``FORM_FIELDS``; "" for an asked one.
        label: As printed, unique in the programme.
        required: Whether the form is incomplete without it.
        ask: The id of an asked value, unique in the programme; "" for a taken one. The same id in
            another programme means the same value.
        kind: Of an asked value.
        hint: One line of help, or "".
        unit: Of a whole or decimal number, or "".
        choices: What can be chosen, in order, for ``CHOICE``.
        longest: Characters of a text; 0 for the kind's usual.
        least: The smallest value, spelt as it is stored; "" for the kind's usual.
        most: The largest, likewise.
    """

    field: str
    label: str
    required: bool
    ask: str = ""
    kind: FieldKind = FieldKind.TEXT
    hint: str = ""
    unit: str = ""
    choices: tuple[str, ...] = ()
    longest: int = 0
    least: str = ""
    most: str = ""

    @property
    def name(self) -> str:
        """The id of an asked value, else the name of the taken one; unique in a programme's form."""
        return self.ask or self.field


@dataclass(frozen=True, slots=True)
class FormGroup:
    """Fields under one heading."""

    title: str
    fields: tuple[FormField, ...]


@dataclass(frozen=True, slots=True)
class EvidenceRequest:
    """A piece of evidence that the programme asks for.

    Attributes:
        id: Such as ``A01``.
        title: What is asked.
        items: Items whose evidence answers it.
    """

    id: str
    title: str
    items: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Programme:
    """Units, bands, form and lists of one programme.

    Attributes:
        id: Such as ``sample``.
        title: As printed.
        version: Such as ``2026.11``.
        official: Whether a bureau issued it; the shipped sample is not.
        disclaimer: Printed with every score made by it.
        sha256: Of the file.
        shipped: Whether it came with the program.
        units: In order.
        bands: Best first.
        not_met_cap: Band that a veto item not met caps at.
        partly_cap: Band that a veto item partly met caps at.
        conditions: Who may apply.
        form: The application form.
        evidence_list: What to attach.
        commitment: Paragraphs of the commitment letter.
        review_columns: Boxes for the reviewers.
        cover: What the submission's cover calls the papers; "" for a neutral word.
        pack: The number of the content pack that brought it; 0 where none did.
    """

    id: str
    title: str
    version: str
    official: bool
    disclaimer: str
    sha256: str
    shipped: bool
    units: tuple[Unit, ...]
    bands: tuple[Band, ...]
    not_met_cap: str
    partly_cap: str
    conditions: tuple[str, ...] = ()
    form: tuple[FormGroup, ...] = ()
    evidence_list: tuple[EvidenceRequest, ...] = ()
    commitment: tuple[str, ...] = ()
    review_columns: tuple[str, ...] = ()
    cover: str = ""
    pack: int = 0

    @property
    def sound(self) -> bool:
        """Whether a score can be made by it: bands falling to 0, and caps that exist and bite.

        The checker asks more of a file; this is what a vault from elsewhere must keep.
        """
        thresholds = [band.at_least for band in self.bands]
        by_id = {band.id: band.at_least for band in self.bands}
        return (
            len(by_id) == len(self.bands) > 0
            and thresholds == sorted(set(thresholds), reverse=True)
            and thresholds[-1] == 0
            and self.not_met_cap in by_id
            and self.partly_cap in by_id
            and by_id[self.not_met_cap] <= by_id[self.partly_cap]
            and all(unit.points > 0 for unit in self.units)
        )

    def misfit(self, sections: Iterable[str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """What keeps it from scoring a checklist with these core sections; twice nothing where it fits.

        Returns:
            Sections that none of its units counts, and sections that its units count and that are not there.
        """
        there = tuple(sections)
        counted = tuple(dict.fromkeys(section for unit in self.units for section in unit.sections))
        return (
            tuple(each for each in there if each not in counted),
            tuple(each for each in counted if each not in there),
        )

    def fields(self) -> tuple[FormField, ...]:
        """All fields of the form, in order."""
        return tuple(field for group in self.form for field in group.fields)

    def asked(self, name: str) -> FormField | None:
        """The asked field of that id; None where the form does not ask for it."""
        return next((field for field in self.fields() if name and field.ask == name), None)

    def band(self, band_id: str) -> Band:
        """The band of that id; the checker has made sure there is one."""
        return next(band for band in self.bands if band.id == band_id)


COUNTED_FIELDS = ("secret_point_count", "secret_point_tiers", "evidence_count")
"""Form fields that are counted from the registers rather than typed."""
