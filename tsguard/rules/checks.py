"""Register checks (台账核验): what a register shows about an item's verdict at most."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from tsguard.domain.checklist import Checklist
from tsguard.domain.scales import Verdict
from tsguard.domain.secret_points import SecretPoint


@dataclass(frozen=True, slots=True)
class CheckResult:
    """What a register shows about one item.

    Attributes:
        check: The check's name as items give it.
        at_most: The best verdict that the register supports.
        met: How many entries are as they should be.
        of: How many entries there are.
    """

    check: str
    at_most: Verdict
    met: int
    of: int


def _points_registered(points: Sequence[SecretPoint], _today: date) -> CheckResult | None:
    if not points:
        return None
    return CheckResult("secret-points-registered", Verdict.MET, len(points), len(points))


def _points_reviewed(points: Sequence[SecretPoint], today: date) -> CheckResult | None:
    if not points:
        return None
    current = sum(point.review_on is not None and point.review_on >= today for point in points)
    at_most = Verdict.NOT_MET
    if current:
        at_most = Verdict.MET if current == len(points) else Verdict.PARTLY
    return CheckResult("secret-points-reviewed", at_most, current, len(points))


CHECKS: Mapping[str, Callable[[Sequence[SecretPoint], date], CheckResult | None]] = {
    "secret-points-registered": _points_registered,
    "secret-points-reviewed": _points_reviewed,
}
"""By the name that an item's ``check`` gives. An empty register says nothing: None."""


def run_checks(checklist: Checklist, points: Sequence[SecretPoint], today: date) -> dict[str, CheckResult]:
    """What the registers show, by item id, for the items that name a check.

    Args:
        checklist: Its items name their checks; an unknown name (a newer module's) is passed over.
        points: The secret-point register.
        today: The day that overdue reviews are counted from.
    """
    results: dict[str, CheckResult] = {}
    for item in checklist.items():
        check = CHECKS.get(item.check)
        result = check(points, today) if check else None
        if result:
            results[item.id] = result
    return results
