"""Findings on the secret-point register (domain notes 6.1)."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from tsguard.domain.scales import Tier
from tsguard.domain.secret_points import Origin, SecretPoint


class Severity(StrEnum):
    """错误, 警告, 提示."""

    ERROR = "error"
    WARNING = "warning"
    HINT = "hint"


class PointRule(StrEnum):
    """What can be said of a secret point."""

    STATE_SECRET_MARK = "state-secret-mark"
    STATE_SECRET_WORD = "state-secret-word"
    TELLING_NAME = "telling-name"
    REVIEW_OVERDUE = "review-overdue"
    REVIEW_MISSING = "review-missing"
    ORIGIN_DATE_MISSING = "origin-date-missing"
    LOCATION_MISSING = "location-missing"
    HOLDERS_MISSING = "holders-missing"
    FOREIGN_SECRET = "foreign-secret"


SEVERITY = {
    PointRule.STATE_SECRET_MARK: Severity.ERROR,
    PointRule.STATE_SECRET_WORD: Severity.WARNING,
    PointRule.TELLING_NAME: Severity.HINT,
    PointRule.REVIEW_OVERDUE: Severity.ERROR,
    PointRule.REVIEW_MISSING: Severity.WARNING,
    PointRule.ORIGIN_DATE_MISSING: Severity.WARNING,
    PointRule.LOCATION_MISSING: Severity.WARNING,
    PointRule.HOLDERS_MISSING: Severity.HINT,
    PointRule.FOREIGN_SECRET: Severity.HINT,
}

STATE_WORDS = ("绝密", "机密", "秘密")
_NOT_STATE = ("商业秘密", "技术秘密", "他人秘密", "客户秘密")
_FIGURE = re.compile(
    r"\d\s*(?:%|‰|℃|°|nm|um|µm|mm|cm|kg|mg|ml|mL|L|MPa|kPa|Pa|V|A|W|Hz|GHz|MHz|元|万元|秒|分钟|度)"
)
_ELEMENT = (
    "H|He|Li|Be|B|C|N|O|F|Ne|Na|Mg|Al|Si|P|S|Cl|Ar|K|Ca|Sc|Ti|V|Cr|Mn|Fe|Co|Ni|Cu|Zn|Ga|Ge|As|Se|Br|Y|Zr|Nb|Mo"
    "|Ru|Rh|Pd|Ag|Cd|In|Sn|Sb|Te|I|Cs|Ba|La|Ce|Nd|Hf|Ta|W|Re|Ir|Pt|Au|Hg|Pb|Bi"
)
_FORMULA = re.compile(rf"(?<![A-Za-z0-9])(?:(?:{_ELEMENT})\d*){{2,}}(?![A-Za-z0-9])")


@dataclass(frozen=True, slots=True)
class PointFinding:
    """One remark on one secret point.

    Attributes:
        point: Its id.
        rule: What it is about.
        days: For an overdue review, by how many days; 0 otherwise.
    """

    point: str
    rule: PointRule
    days: int = 0

    @property
    def severity(self) -> Severity:
        """How bad it is."""
        return SEVERITY[self.rule]


def findings(point: SecretPoint, today: date) -> tuple[PointFinding, ...]:
    """What is to be said of a secret point, worst first.

    Args:
        point: The register's entry.
        today: The day that overdue is counted from; a review due today is not overdue.
    """
    return tuple(sorted(_find(point, today), key=lambda finding: list(Severity).index(finding.severity)))


def _find(point: SecretPoint, today: date) -> Iterable[PointFinding]:
    words = f"{point.name}\n{point.kind}"
    if "★" in words:
        yield PointFinding(point.id, PointRule.STATE_SECRET_MARK)
    plain = words
    for allowed in _NOT_STATE:
        plain = plain.replace(allowed, "")
    if any(word in plain for word in STATE_WORDS):
        yield PointFinding(point.id, PointRule.STATE_SECRET_WORD)
    if _tells(point.name):
        yield PointFinding(point.id, PointRule.TELLING_NAME)
    if point.review_on is None:
        yield PointFinding(point.id, PointRule.REVIEW_MISSING)
    elif point.review_on < today:
        yield PointFinding(point.id, PointRule.REVIEW_OVERDUE, (today - point.review_on).days)
    if point.formed_on is None:
        yield PointFinding(point.id, PointRule.ORIGIN_DATE_MISSING)
    if point.tier is Tier.CORE and not point.location.strip():
        yield PointFinding(point.id, PointRule.LOCATION_MISSING)
    if point.holders is None:
        yield PointFinding(point.id, PointRule.HOLDERS_MISSING)
    if point.origin is not Origin.OWN:
        yield PointFinding(point.id, PointRule.FOREIGN_SECRET)


def _tells(name: str) -> bool:
    """Whether a name holds a figure with a unit or a chemical formula: it may tell the secret itself."""
    return _FIGURE.search(name) is not None or any(
        any(character.isdigit() for character in match.group()) for match in _FORMULA.finditer(name)
    )
