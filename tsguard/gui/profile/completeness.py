"""How much of the profile is filled in, and what the application form still lacks.

Counts only; knows no widget and judges no content.
"""

from __future__ import annotations

from collections.abc import Collection

from tsguard.domain.enterprise import District, Enterprise
from tsguard.domain.programme import COUNTED_FIELDS, Programme

PROFILE_FIELDS = (
    "name",
    "credit_code",
    "enterprise_type",
    "legal_representative",
    "founded_on",
    "registered_capital",
    "size",
    "district",
    "park",
    "registered_address",
    "business_address",
    "staff",
    "rd_staff",
    "secret_staff",
    "lead",
    "lead_post",
    "department",
    "secrecy_staff",
    "contact_name",
    "contact_phone",
)
"""The fields that are counted, in the order of the form; the internal note is not one of them."""


def is_filled(enterprise: Enterprise, field: str) -> bool:
    """Whether a field says something; a district elsewhere needs its name."""
    if field == "district" and enterprise.district is District.OTHER:
        return bool(enterprise.district_other.strip())
    value = getattr(enterprise, field)
    return bool(value.strip()) if isinstance(value, str) else value is not None


def filled(enterprise: Enterprise) -> int:
    """How many of ``PROFILE_FIELDS`` say something."""
    return sum(is_filled(enterprise, field) for field in PROFILE_FIELDS)


def missing(enterprise: Enterprise, programme: Programme, modules: Collection[str]) -> tuple[str, ...]:
    """Names of the fields that the application form requires and that are still empty, in its order.

    What the programme asks for itself is filled in on its own page. Fields counted from the registers
    always have a value: none is a number too.
    """
    required = [field.field for field in programme.fields() if field.required and not field.ask]
    return tuple(
        field
        for field in required
        if field not in COUNTED_FIELDS
        and not (bool(modules) if field == "sectors" else is_filled(enterprise, field))
    )
