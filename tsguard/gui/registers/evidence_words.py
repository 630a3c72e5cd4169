"""What there is to say about a piece of evidence."""

from __future__ import annotations

from datetime import date

from tsguard.domain.evidence import Evidence
from tsguard.gui.intake import unnamed
from tsguard.gui.widgets.signs import Severity
from tsguard.i18n import _


def expired_words(piece: Evidence, today: date) -> str:
    """``已过期12天``, or nothing."""
    if piece.expires is None or not piece.expired(today):
        return ""
    return _("已过期{days}天").format(days=(today - piece.expires).days)


def remarks(piece: Evidence, today: date) -> list[tuple[Severity, str]]:
    """What stands in the form, worst first; a missing name stands apart, with its remedy."""
    said = []
    if piece.expired(today):
        said.append((Severity.WARNING, _("已过有效期，不再计入有据分；请换新的，或改有效期。")))
    if piece.tier is not None and not piece.redacted:
        said.append((Severity.WARNING, _("含秘密而没有脱敏；报送前请换成脱敏件。")))
    if not piece.items:
        said.append((Severity.INFO, _("还没有关联条款，不会计入有据分。")))
    return said


def is_unnamed(piece: Evidence) -> bool:
    """Whether nobody has given it a title yet."""
    return piece.title == unnamed()
