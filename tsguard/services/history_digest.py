"""The digest on a printed report, looked up among the entries of a journal.

Reads what was typed, compares digits, and says in words what came of it. It must not read a vault: the
entries are given. That a digest is found says where the report was made, not that the journal is sound;
that is what walking it is for.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from tsguard.i18n import _
from tsguard.services.explain import Explanation

LENGTH = 64
"""Hexadecimal digits of a whole digest."""
LEAST = 8
"""Fewer say nothing."""
GROUP = 8
"""Digits that a report prints together."""

_HEX = frozenset("0123456789abcdef")
_LOOKALIKES = str.maketrans("oil", "011")


class DigestOutcome(StrEnum):
    """What typed digits turned out to be."""

    FOUND = "found"
    SEVERAL = "several"
    SLIP = "slip"
    UNKNOWN = "unknown"
    TOO_SHORT = "too-short"
    NO_DIGITS = "no-digits"


@dataclass(frozen=True, slots=True)
class DigestFinding:
    """What came of looking for a digest.

    Attributes:
        outcome: What it turned out to be.
        digits: How many digits were typed.
        number: The entry's number where it was found, or where all but a slip fits; else 0.
        at: When that entry was written, in local time.
        later: Changes written since; the program's own notes don't count.
        groups: The groups of eight digits that differ from the entry's, counted from 1; only for a slip.
    """

    outcome: DigestOutcome
    digits: int = 0
    number: int = 0
    at: datetime | None = None
    later: int = 0
    groups: tuple[int, ...] = ()

    @property
    def found(self) -> bool:
        """Whether there is exactly one entry with these digits."""
        return self.outcome is DigestOutcome.FOUND


@dataclass(frozen=True, slots=True)
class Candidate:
    """An entry whose digest begins or ends as the typed one.

    Attributes:
        number: Its number.
        digest: Its hash, 64 hexadecimal digits.
    """

    number: int
    digest: str


def read_digits(typed: str) -> str | None:
    """The digits of a digest as somebody typed them off paper.

    Spaces and line breaks don't matter, nor do capitals, full-width digits, or an o for a zero.

    Returns:
        Lower-case hexadecimal digits, any number of them; None where something else stands there.
    """
    plain = "".join(unicodedata.normalize("NFKC", typed).split()).lower().rstrip(".")
    plain = plain.translate(_LOOKALIKES)
    return plain if set(plain) <= _HEX else None


def search_digits(text: str) -> str:
    """The digits of a text that may be the beginning of a digest; "" where it can't be."""
    plain = "".join(text.split()).lower().rstrip("….")
    return plain if LEAST <= len(plain) <= LENGTH and set(plain) <= _HEX else ""


def judged(digits: str | None, exact: Sequence[Candidate], near: Sequence[Candidate]) -> DigestFinding:
    """What typed digits turned out to be; time and later changes are the caller's to add.

    Args:
        digits: As ``read_digits`` gave them.
        exact: Entries whose digest begins with all of them.
        near: Entries that share the first or the last group with them.
    """
    if digits is None:
        return DigestFinding(DigestOutcome.NO_DIGITS)
    count = len(digits)
    if count < LEAST:
        return DigestFinding(DigestOutcome.TOO_SHORT, count)
    if len(exact) > 1:
        return DigestFinding(DigestOutcome.SEVERAL, count)
    if exact:
        return DigestFinding(DigestOutcome.FOUND, count, exact[0].number)
    if len(near) == 1 and count > LEAST:
        return DigestFinding(
            DigestOutcome.SLIP, count, near[0].number, groups=_differing(digits, near[0].digest)
        )
    return DigestFinding(DigestOutcome.UNKNOWN, count)


def _differing(digits: str, digest: str) -> tuple[int, ...]:
    if len(digits) > LENGTH:
        digest = digest.ljust(len(digits))
    wrong = {at // GROUP + 1 for at, digit in enumerate(digits) if digit != digest[at]}
    return tuple(sorted(min(group, LENGTH // GROUP) for group in wrong))


# --- in words ---------------------------------------------------------------------------------------


def place_words(number: int, at: datetime, later: int) -> str:
    """Where an entry stands in the journal, in one sentence.

    Args:
        number: The entry's.
        at: When it was written, in local time.
        later: Changes written since.
    """
    when = f"{at:%Y-%m-%d %H:%M:%S}"
    if not later:
        return _("这是第{number}条，写于{at}；此后没有再改动。").format(number=number, at=when)
    return _("这是第{number}条，写于{at}；此后又有{count}次变更。").format(
        number=number, at=when, count=f"{later:,}"
    )


def slip_words(found: DigestFinding) -> str:
    """What is wrong with the typed digits themselves, in one sentence; "" where nothing is."""
    if found.outcome is DigestOutcome.NO_DIGITS:
        return _("摘要里只有数字和字母a到f，请照报告上印的输入。")
    if found.outcome is DigestOutcome.TOO_SHORT:
        return _("至少要输入开头{least}位，这里有{count}位。").format(least=LEAST, count=found.digits)
    return ""


def finding_words(found: DigestFinding) -> Explanation:
    """What a look-up showed, what it means, and what to do."""
    if found.outcome in {DigestOutcome.NO_DIGITS, DigestOutcome.TOO_SHORT}:
        return Explanation(slip_words(found), "", "")
    if found.outcome is DigestOutcome.FOUND and found.at is not None:
        whole = found.digits == LENGTH
        part = _("核对了开头{count}位；输入全部{length}位更有把握。")
        compared = _("{count}位全部相符。") if whole else part
        return Explanation(
            _("报告出自这个保险库。"),
            place_words(found.number, found.at, found.later),
            compared.format(count=found.digits, length=LENGTH),
        )
    if found.outcome is DigestOutcome.SEVERAL:
        return Explanation(_("有几条变更的摘要都这样开头。"), _("还分不出是哪一条。"), _("请再多输入几位。"))
    if found.outcome is DigestOutcome.SLIP:
        return Explanation(
            _("与第{number}条很像，但不完全相同。").format(number=found.number),
            _("多半是抄错了；这样还不能说报告出自这个保险库。"),
            _slip_advice(found),
        )
    return Explanation(
        _("这个保险库里没有这一条。"),
        _("报告可能出自另一个保险库；或者这个文件比报告旧，比如是从前的备份；也可能抄错了。"),
        _("请对着报告再看一遍；没有抄错的，请找出报告以后的那份保险库。"),
    )


def _slip_advice(found: DigestFinding) -> str:
    if found.digits > LENGTH:
        return _("摘要是{length}位，这里有{count}位，请看是不是多输了。").format(
            length=LENGTH, count=found.digits
        )
    if len(found.groups) == 1:
        return _("请看第{group}组（8位一组）。").format(group=found.groups[0])
    return _("请从第{group}组看起（8位一组），可能多了或少了一位。").format(group=found.groups[0])
