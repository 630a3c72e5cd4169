"""What a form's fields must be, and what is worth a word though it can be stored.

A blocking problem means that the value can't be stored; any other is shown beside the field and, in
the end, by the export page, but loses nothing.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, fields, replace
from datetime import datetime
from enum import StrEnum
from typing import Any, TypeVar

from tsguard.domain.answers import Answer
from tsguard.domain.credit_code import is_valid, normalised
from tsguard.domain.dossier import LEVELS, Clearance, IssuedDocument
from tsguard.domain.enterprise import District, Enterprise
from tsguard.domain.evidence import Evidence
from tsguard.domain.rectification import Rectification
from tsguard.domain.secret_points import SecretPoint

LONGEST_NAME = 200
"""Characters of a name, title or address."""
LONGEST_TEXT = 4000
"""Characters of a note."""
LARGEST_COUNT = 10_000_000
"""Of people."""

_LONG_FIELDS = {"note", "problem", "cause", "measures", "resources", "extended"}
_LONGEST_OF = {
    **dict.fromkeys((*_LONG_FIELDS, "quote"), LONGEST_TEXT),
    **dict.fromkeys(("file_name", "scan_name"), 255),
}
"""Characters by field name; 255 is what file systems take."""
_SIZES = {"size", "scan_size"}
_DIGEST = re.compile(r"[0-9a-f]{64}")

T = TypeVar("T")


class Rule(StrEnum):
    """What a field may break."""

    REQUIRED = "required"
    TOO_LONG = "too-long"
    FAR_TOO_LONG = "far-too-long"
    OUT_OF_RANGE = "out-of-range"
    CREDIT_CODE = "credit-code"
    MORE_THAN_STAFF = "more-than-staff"
    DISTRICT_NAME = "district-name"
    UNICODE = "unicode"
    RANGE = "range"
    DIGEST = "digest"
    MOMENT = "moment"
    EDITION = "edition"


@dataclass(frozen=True, slots=True)
class FieldProblem:
    """One problem of one field.

    Attributes:
        field: The field's name in code.
        rule: What it breaks.
        blocking: Whether the value can't be stored.
    """

    field: str
    rule: Rule
    blocking: bool


def one_line(record: T) -> T:
    """The record with its one-line texts free of control and invisible characters; notes keep line breaks.

    A line break becomes a blank. Such characters come by pasting, can't be seen in a field, and would
    forge lines on a terminal.
    """
    changes = {}
    for each in fields(record):  # type: ignore[arg-type]
        value = getattr(record, each.name)
        if type(value) is str and not value.isprintable():
            clean = _typed if each.name in _LONG_FIELDS else _visible
            changes[each.name] = "".join(map(clean, value))
    return replace(record, **changes) if changes else record  # type: ignore[type-var]


def _typed(character: str) -> str:
    """A note's character: all but control characters that no key types."""
    return character if character in "\t\n" or unicodedata.category(character) != "Cc" else ""


def _visible(character: str) -> str:
    if character in "\t\r\n\v\f\u2028\u2029":
        return " "
    kept = character.isprintable() or unicodedata.category(character) in {"Zs", "Co", "Cn", "Cs"}
    return character if kept else ""


def tidied(enterprise: Enterprise) -> Enterprise:
    """A profile as it is stored: clean lines, no white space round the name, the code in capitals."""
    enterprise = one_line(enterprise)
    return replace(enterprise, name=enterprise.name.strip(), credit_code=normalised(enterprise.credit_code))


def enterprise_problems(enterprise: Enterprise) -> tuple[FieldProblem, ...]:
    """All problems of a profile."""
    return (*_limits(enterprise, required=("name",)), *_enterprise_remarks(enterprise))


def secret_point_problems(point: SecretPoint) -> tuple[FieldProblem, ...]:
    """All problems of a secret point's entry; what the rules say of it is ``rules.secret_points``."""
    return tuple(_limits(point, required=("name",)))


def evidence_problems(evidence: Evidence) -> tuple[FieldProblem, ...]:
    """All problems of a piece of evidence."""
    required = ("title",) if evidence.sha256 else ("title", "paper_at")
    return tuple(_limits(evidence, required=required))


def answer_problems(answer: Answer) -> tuple[FieldProblem, ...]:
    """All problems of an answer's texts."""
    return tuple(_limits(answer, required=()))


def rectification_problems(task: Rectification) -> tuple[FieldProblem, ...]:
    """All problems of a rectification task; what the rules say of it is ``rules.rectification``."""
    return tuple(_limits(task, required=() if task.item.strip() else ("problem",)))


def issued_problems(issued: IssuedDocument) -> tuple[FieldProblem, ...]:
    """All problems of what was issued; no person types it but for the note."""
    required = ("assessment", "number", "file_name", "issued_at", "sha256", "journal_head")
    problems = [*_limits(issued, required), *_digests(issued, "sha256", "journal_head")]
    problems += _digests(issued, "scan_sha256", "scan_sm3")
    if issued.level not in LEVELS[issued.kind]:
        problems.append(FieldProblem("level", Rule.EDITION, blocking=True))
    if issued.dated is None:
        problems.append(FieldProblem("dated", Rule.REQUIRED, blocking=True))
    if issued.issued_at and not _is_moment(issued.issued_at):
        problems.append(FieldProblem("issued_at", Rule.MOMENT, blocking=True))
    return tuple(problems)


def clearance_problems(clearance: Clearance) -> tuple[FieldProblem, ...]:
    """All problems of a clearance; of it a person types the reason."""
    problems = [*_limits(clearance, ("key", "source", "reason")), *_digests(clearance, "key")]
    if clearance.cleared_on is None:
        problems.append(FieldProblem("cleared_on", Rule.REQUIRED, blocking=True))
    return tuple(problems)


def _digests(record: Any, *names: str) -> Iterable[FieldProblem]:
    for name in names:
        value = getattr(record, name)
        if value and not _DIGEST.fullmatch(value):
            yield FieldProblem(name, Rule.DIGEST, blocking=True)


def _is_moment(text: str) -> bool:
    try:
        return datetime.fromisoformat(text).tzinfo is not None
    except ValueError:
        return False


def _limits(record: Any, required: tuple[str, ...]) -> Iterable[FieldProblem]:
    for each in fields(record):
        value = getattr(record, each.name)
        if isinstance(value, bool):
            continue
        if isinstance(value, int) and not (
            0 <= value <= LARGEST_COUNT or (value > 0 and each.name in _SIZES)
        ):
            yield FieldProblem(each.name, Rule.OUT_OF_RANGE, blocking=True)
        if isinstance(value, str):
            if len(value) > _LONGEST_OF.get(each.name, LONGEST_NAME):
                yield FieldProblem(each.name, Rule.TOO_LONG, blocking=True)
            if any("\ud800" <= character <= "\udfff" for character in value):
                yield FieldProblem(each.name, Rule.UNICODE, blocking=True)
            if each.name in required and not value.strip():
                yield FieldProblem(each.name, Rule.REQUIRED, blocking=True)


def _enterprise_remarks(enterprise: Enterprise) -> Iterable[FieldProblem]:
    if enterprise.credit_code and not is_valid(enterprise.credit_code):
        yield FieldProblem("credit_code", Rule.CREDIT_CODE, blocking=False)
    if enterprise.district is District.OTHER and not enterprise.district_other.strip():
        yield FieldProblem("district_other", Rule.DISTRICT_NAME, blocking=False)
    if enterprise.staff is not None:
        for name in ("rd_staff", "secret_staff", "secrecy_staff"):
            count = getattr(enterprise, name)
            if count is not None and count > enterprise.staff:
                yield FieldProblem(name, Rule.MORE_THAN_STAFF, blocking=False)
