"""The register of secret points (秘点台账): what is secret is named by code, never told."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from tsguard.domain.disclosure import OPAQUE, Guard, cleared, internal
from tsguard.domain.scales import Tier


class Category(StrEnum):
    """The kinds of information of 法释〔2020〕7号 §1."""

    TECHNICAL = "technical"
    BUSINESS = "business"
    OTHER = "other"


class Origin(StrEnum):
    """Where a secret came from; all but the first are somebody else's, too."""

    OWN = "own"
    JOINT = "joint"
    COMMISSIONED = "commissioned"
    LICENSED = "licensed"
    CUSTOMER = "customer"


@dataclass(frozen=True, slots=True)
class SecretPointType:
    """A usual kind of secret in a sector.

    Attributes:
        name: Such as ``版图GDSII/OASIS``.
        tier: What we recommend; the company decides.
        category: Technical or business.
    """

    name: str
    tier: Tier
    category: Category = Category.TECHNICAL


@dataclass(frozen=True, slots=True)
class SecretPoint:
    """One identifiable trade secret.

    In a submission secret points are counted by tier, category, origin and overdue review; none is
    named.

    Attributes:
        id: Such as ``SP-0001``; given by the register, never reused; "" for a draft.
        enterprise: The enterprise's id.
        name: A code name that tells nothing.
        category: Technical, business or other.
        kind: The finer kind, one of the sector's types or the person's own word.
        tier: How much protection it needs.
        origin: Whose it is.
        formed_on: Day of origin: the point in time that 法释〔2020〕7号 §3 asks for.
        location: Where the sealed original lies.
        holders: How many people may know it; None where nobody has counted.
        review_on: When it is looked at again.
        note: The person's own words.
    """

    id: str = internal(default="", guard=Guard.CODE)
    enterprise: str = internal(default="", unguarded=OPAQUE)
    name: str = internal(default="", guard=Guard.NAME)
    category: Category = cleared(default=Category.TECHNICAL)
    kind: str = internal(default="", guard=Guard.WORD)
    tier: Tier = cleared(default=Tier.IMPORTANT)
    origin: Origin = cleared(default=Origin.OWN)
    formed_on: date | None = internal(default=None)
    location: str = internal(default="", guard=Guard.WORD)
    holders: int | None = internal(default=None)
    review_on: date | None = internal(default=None)
    note: str = internal(default="", guard=Guard.PROSE)
