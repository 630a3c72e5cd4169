"""The shape of ``assessment.json`` and its strict reading; the published schema says the same.

``resources/schema/assessment-1.schema.json`` is for other programs. It knows nothing of snapshots: what
goes into the file is decided in ``assessment_data``.
"""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import Annotated

import msgspec
from msgspec import Meta, Struct

from tsguard.domain.checklist import ModuleKind
from tsguard.domain.disclosure import Level
from tsguard.domain.dossier import DocumentKind
from tsguard.domain.enterprise import District, Size
from tsguard.domain.scales import Critical, Tier, Verdict

SCHEMA_FAMILY = "urn:tsguard:assessment:"
SCHEMA = f"{SCHEMA_FAMILY}1"
"""What the file says it is; another number is another shape."""
LARGEST = 32 * 1024 * 1024
"""Bytes that are read: some twenty thousand items."""

Id = Annotated[str, Meta(min_length=1, max_length=200)]
Line = Annotated[str, Meta(max_length=2_000)]
Text = Annotated[str, Meta(max_length=20_000)]
Digest = Annotated[str, Meta(pattern=r"^(?:[0-9a-f]{64})?$")]
"""64 hexadecimal digits, or nothing."""
Count = Annotated[int, Meta(ge=0, le=2**53 - 1)]
Points = Annotated[int, Meta(ge=1, le=1_000_000)]
Factor = Annotated[int, Meta(ge=1, le=1_000_000)]


class _Part(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Nothing beside what is named."""


class DocumentPart(_Part, frozen=True):
    """The document that the data belong to."""

    number: Id
    date: date
    kind: DocumentKind
    edition: Level


class ProgramPart(_Part, frozen=True):
    """The program that wrote them."""

    name: Id
    version: Line


class CompanyPart(_Part, frozen=True):
    """The company, without the people who act for it."""

    name: Line
    credit_code: Line
    enterprise_type: Line
    registered_address: Line
    business_address: Line
    district: District
    district_other: Line
    park: Line
    founded_on: date | None
    registered_capital: Line
    size: Size
    staff: Count | None
    rd_staff: Count | None
    secret_staff: Count | None
    secrecy_staff: Count | None
    department: Line
    sample: bool


class UnitPart(_Part, frozen=True):
    """A unit of the programme; points are whole."""

    id: Id
    title: Line
    points: Points
    sections: tuple[Id, ...]


class BandPart(_Part, frozen=True):
    """A band, reached from so many whole points."""

    id: Id
    title: Line
    at_least: Count


class ProgrammePart(_Part, frozen=True):
    """The programme that is scored by; bands best first."""

    id: Id
    title: Line
    version: Line
    sha256: Digest
    shipped: bool
    official: bool
    disclaimer: Text
    units: tuple[UnitPart, ...]
    bands: Annotated[tuple[BandPart, ...], Meta(min_length=1)]
    not_met_cap: Id
    partly_cap: Id


class ModulePart(_Part, frozen=True):
    """A content file of items."""

    id: Id
    kind: ModuleKind
    title: Line
    version: Line
    sha256: Digest
    shipped: bool


class LibraryPart(_Part, frozen=True):
    """The legal library."""

    version: Line
    sha256: Digest


class CheckPart(_Part, frozen=True):
    """What a register shows about an item."""

    name: Id
    at_most: Verdict
    met: Count
    of: Count


class ItemPart(_Part, frozen=True):
    """One item with everything that its part in the score is made of.

    ``unit`` is "" for an item of a sector module or add-on; ``reason`` says why it does not apply;
    ``evidenced`` whether it has evidence that proves something on the document's date.
    """

    id: Id
    section: Id
    module: Id
    unit: Line
    weight: Factor
    multiplier_hundredths: Factor
    critical: Critical
    verdict: Verdict | None
    applies: bool
    reason: Text
    evidence: tuple[Id, ...]
    evidenced: bool
    check: CheckPart | None


class UnitFigures(_Part, frozen=True):
    """Scores in tenths of a point; the sums in weight × hundredths × halves."""

    id: Id
    points: Points
    full: Count
    claimed_got: Count
    evidenced_got: Count
    claimed_tenths: Count
    evidenced_tenths: Count


class TotalFigures(_Part, frozen=True):
    """A lane's total; bands by id."""

    tenths: Count
    sum_tenths: Count
    points: Points
    reached: Id
    awarded: Id
    capped_by: tuple[Id, ...]


class VetoFigures(_Part, frozen=True):
    """A veto item that applies."""

    item: Id
    verdict: Verdict | None
    fails: bool
    partly: bool


class Figures(_Part, frozen=True):
    """The figures as stated; a total is null where no item of any unit applies."""

    units: tuple[UnitFigures, ...]
    sectors: tuple[UnitFigures, ...]
    claimed: TotalFigures | None
    evidenced: TotalFigures | None
    vetoes: tuple[VetoFigures, ...]
    answered: Count
    asked: Count


class EvidencePart(_Part, frozen=True):
    """A piece of evidence; no digests for paper."""

    id: Id
    title: Line
    dated: date | None
    expires: date | None
    pages: Count | None
    tier: Tier | None
    redacted: bool
    sha256: Digest
    sm3: Digest


class TierCounts(_Part, frozen=True):
    """Secret points by tier."""

    core: Count
    important: Count
    general: Count


class CategoryCounts(_Part, frozen=True):
    """Secret points by category."""

    technical: Count
    business: Count
    other: Count


class OriginCounts(_Part, frozen=True):
    """Secret points by origin."""

    own: Count
    joint: Count
    commissioned: Count
    licensed: Count
    customer: Count


class SecretPointCounts(_Part, frozen=True):
    """How many there are; none is named."""

    total: Count
    tiers: TierCounts
    categories: CategoryCounts
    origins: OriginCounts


class AssessmentData(_Part, frozen=True):
    """The whole file.

    ``journal_head`` is the newest journal entry's hash of the vault that it was made from.
    """

    schema: Annotated[str, Meta(pattern=rf"^{SCHEMA}$")]
    document: DocumentPart
    program: ProgramPart
    journal_head: Digest
    company: CompanyPart
    programme: ProgrammePart
    modules: tuple[ModulePart, ...]
    library: LibraryPart
    items: tuple[ItemPart, ...]
    figures: Figures
    evidence: tuple[EvidencePart, ...]
    secret_points: SecretPointCounts


class DataFault(StrEnum):
    """Why data are not read as an assessment."""

    TOO_LARGE = "too-large"
    NOT_JSON = "not-json"
    FOREIGN = "foreign"
    NEWER = "newer"
    MALFORMED = "malformed"


class _Announced(Struct):
    """What any version of the file says first."""

    schema: str = ""


def to_bytes(data: AssessmentData) -> bytes:
    """Canonical JSON: UTF-8, keys in alphabetical order, no white space; the same bytes for the same data."""
    return msgspec.json.encode(data, order="sorted")


def read_assessment(data: bytes) -> AssessmentData | DataFault:
    """The assessment that ``to_bytes`` wrote, or why it is none; whatever the bytes are."""
    if len(data) > LARGEST:
        return DataFault.TOO_LARGE
    try:
        announced = msgspec.json.decode(data, type=_Announced).schema
    except msgspec.ValidationError:
        return DataFault.FOREIGN
    except (ValueError, RecursionError):
        return DataFault.NOT_JSON
    if not announced.startswith(SCHEMA_FAMILY):
        return DataFault.FOREIGN
    if announced != SCHEMA:
        return DataFault.NEWER
    try:
        return msgspec.json.decode(data, type=AssessmentData)
    except (ValueError, RecursionError):
        return DataFault.MALFORMED
