"""The company that is assessed: its profile (企业档案)."""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import date
from enum import StrEnum

from tsguard.domain.disclosure import OPAQUE, Guard, cleared, internal
from tsguard.domain.programme import COUNTED_FIELDS


class District(StrEnum):
    """Zhuhai's districts and functional areas; elsewhere is OTHER with its name."""

    XIANGZHOU = "xiangzhou"
    JINWAN = "jinwan"
    DOUMEN = "doumen"
    HIGH_TECH = "high_tech"
    HEZHOU = "hezhou"
    OTHER = "other"


class Size(StrEnum):
    """Micro, small, medium, large, as the company's own licence or statistics say."""

    MICRO = "micro"
    SMALL = "small"
    MEDIUM = "medium"
    LARGE = "large"


@dataclass(frozen=True, slots=True)
class Enterprise:
    """A company's profile.

    Everything that an application form prints is cleared for the submission; ``note`` is not.

    Attributes:
        id: Of the vault's making.
        name: As on the business licence.
        credit_code: 统一社会信用代码, 18 characters (GB 32100-2015), or "" while unknown.
        enterprise_type: As on the licence.
        legal_representative: A name.
        registered_address: As on the licence.
        business_address: Where it works.
        district: One of Zhuhai's, or OTHER.
        district_other: The district's name for OTHER.
        park: Industrial park or protection base, or "".
        founded_on: Day of founding.
        registered_capital: As on the licence, with its unit.
        size: Size class.
        staff: Number of employees.
        rd_staff: Of them in research and development.
        secret_staff: Of them who may touch trade secrets.
        lead: Who in the management is in charge of trade secrets.
        lead_post: That person's post.
        department: The department in charge.
        secrecy_staff: Number of full-time or part-time secrecy officers.
        contact_name: Whom the bureau may call.
        contact_phone: Where.
        sample: Whether this is the fictitious sample company.
        note: The person's own words.
    """

    id: str = internal(default="", unguarded=OPAQUE)
    name: str = cleared(default="")
    credit_code: str = cleared(default="")
    enterprise_type: str = cleared(default="")
    legal_representative: str = cleared(default="")
    registered_address: str = cleared(default="")
    business_address: str = cleared(default="")
    district: District = cleared(default=District.XIANGZHOU)
    district_other: str = cleared(default="")
    park: str = cleared(default="")
    founded_on: date | None = cleared(default=None)
    registered_capital: str = cleared(default="")
    size: Size = cleared(default=Size.SMALL)
    staff: int | None = cleared(default=None)
    rd_staff: int | None = cleared(default=None)
    secret_staff: int | None = cleared(default=None)
    lead: str = cleared(default="")
    lead_post: str = cleared(default="")
    department: str = cleared(default="")
    secrecy_staff: int | None = cleared(default=None)
    contact_name: str = cleared(default="")
    contact_phone: str = cleared(default="")
    sample: bool = cleared(default=False)
    note: str = internal(default="", guard=Guard.PROSE)


FORM_FIELDS = (
    *(
        each.name
        for each in fields(Enterprise)
        if each.name not in {"id", "district_other", "sample", "note"}
    ),
    "sectors",
    *COUNTED_FIELDS,
)
"""Field names an application form may ask for."""
