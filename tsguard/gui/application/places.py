"""Where a field of the application form is filled in, as a target of ``Page.go``."""

from __future__ import annotations

from tsguard.domain.programme import FormField

_PLACES = {
    "secret_point_count": "points",
    "secret_point_tiers": "points",
    "evidence_count": "evidence",
    "sectors": "profile:modules",
}


def place_of(field: FormField) -> str:
    """The page and the detail; asked fields are filled in on the application page itself."""
    if field.ask:
        return f"application:{field.ask}"
    return _PLACES.get(field.field, f"profile:{field.field}")
