"""The protected strings of a vault: what the leak guard looks for in everything that leaves it.

Each kind of record declares its own beside its fields (``domain.disclosure``); this module only reads the
declarations and cuts the values. How a string is spelt otherwise, and finding it, is the guard's business.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field, fields
from enum import StrEnum
from typing import Any

from tsguard.domain.answers import Answer, Assessment
from tsguard.domain.checklist import Checklist
from tsguard.domain.disclosure import Guard, guard_of
from tsguard.domain.dossier import Clearance, IssuedDocument
from tsguard.domain.enterprise import Enterprise
from tsguard.domain.evidence import Evidence
from tsguard.domain.form import FormValue
from tsguard.domain.person_names import is_role, names
from tsguard.domain.rectification import Rectification
from tsguard.domain.secret_points import SecretPoint
from tsguard.domain.snapshot import Snapshot

KINDS: dict[str, type] = {
    "enterprise": Enterprise,
    "secret_point": SecretPoint,
    "evidence": Evidence,
    "answer": Answer,
    "rectification": Rectification,
    "form_value": FormValue,
    "assessment": Assessment,
    "issued_document": IssuedDocument,
    "clearance": Clearance,
}
"""Every kind of record with fields that a vault stores, as the journal calls it."""

WITHOUT_FIELDS = {
    "setting": "what the window remembers; no document is made from it",
    "sequence": "the number to give next",
}
"""Kinds that the vault stores and that have no record of their own, with why they declare nothing."""

LEAST = 2
"""Characters of any string that is looked for; white space and hyphens do not count."""
LEAST_CLAUSE = 10
"""Characters of a clause; a shorter one is looked for together with the next."""
LEAST_PROSE = 4
"""Characters of a whole text in prose."""
LEAST_STEM = 4
"""Characters of a file's name without its ending."""
LEAST_NUMBER = 5
"""Digits of a pure number; shorter ones are years, counts and item numbers."""
LEAST_PART = 3
"""Han characters of a part of a secret's name that is looked for on its own."""

_CLAUSES = re.compile(r"(?<=[。！？；，!?;,\n])")
_MARKS = re.compile(r"[、，；：/,;:|\n()（）\[\]【】《》“”\"—]+")
_HAN = re.compile("[\u3400-\u9fff\U00020000-\U000323af]")
_ENDING = re.compile(r"\.[A-Za-z0-9]{1,5}$")
_OPENLY_NAMED = ("legal_representative", "lead", "contact_name")


class Unsought(StrEnum):
    """Why a protected string is not looked for."""

    SHORT = "short"
    NUMBER = "number"
    OFFICE = "office"
    NAMED = "named"
    PUBLISHED = "published"


@dataclass(frozen=True, slots=True)
class ProtectedString:
    """One string that must not leave.

    Attributes:
        text: As it stands in the vault.
        guard: How it is looked for.
        source: Kind, id and field of where it stands: ``secret_point/SP-0003/name``.
        unsought: Why it is not looked for; None where it is.
        listed_as: Of a ``TITLE``, the number that it is listed under; "" otherwise.
    """

    text: str = field(repr=False)
    guard: Guard
    source: str
    unsought: Unsought | None = None
    listed_as: str = ""


def records_of(snapshot: Snapshot) -> tuple[object, ...]:
    """The records of a snapshot, the company first, then those whose strings matter most."""
    return (
        snapshot.enterprise,
        *snapshot.secret_points,
        *snapshot.evidence,
        *snapshot.answers.values(),
        *snapshot.rectifications,
        *snapshot.form.values(),
        snapshot.assessment,
    )


def published_types(checklist: Checklist) -> frozenset[str]:
    """The usual kinds of secrets that the program's own modules name, put-aside modules' too.

    A module that did not come with the program may have been written by the company itself.
    """
    own = {kind.name for module in checklist.modules if module.shipped for kind in module.secret_point_types}
    return frozenset(own.union(*(published_types(each) for each in checklist.put_aside)))


def protected_strings(
    records: Iterable[object], *, published: Collection[str] = ()
) -> tuple[ProtectedString, ...]:
    """Every protected string of some records, in their order; what is not looked for says why.

    Args:
        records: Of the kinds in ``KINDS``, such as ``records_of`` gives; other objects are a bug.
        published: Kinds of secrets that a module names; as a secret point's kind they tell nothing.

    Raises:
        KeyError: A record of a kind that is not in ``KINDS``.
    """
    all_records = tuple(records)
    named = frozenset(
        bare(name)
        for each in all_records
        if isinstance(each, Enterprise)
        for role in _OPENLY_NAMED
        for name in names(getattr(each, role))
    )
    usual = frozenset(bare(each) for each in published)
    found: list[ProtectedString] = []
    for record in all_records:
        kind = _KIND_OF[type(record)]
        for name, guard, when in _GUARDED[kind]:
            if when and not getattr(record, when):
                continue
            source = f"{kind}/{_number(record)}/{name}"
            is_usual = isinstance(record, SecretPoint) and name == "kind"
            for text in cut(getattr(record, name), guard):
                why = _unsought(text, guard, named, usual if is_usual else frozenset())
                listed_as = _number(record) if guard is Guard.TITLE else ""
                found.append(ProtectedString(text, guard, source, why, listed_as))
    return tuple(found)


def cut(value: str, guard: Guard) -> Iterator[str]:
    """The strings of one value that are looked for each on its own; none for a blank one."""
    text = value.strip()
    if not text:
        return
    if guard is Guard.PEOPLE:
        yield from (each for each in names(text) if bare(each))
    elif guard is Guard.NAME:
        parts = (each.strip() for each in _MARKS.split(text))
        yield from dict.fromkeys((text, *(each for each in parts if len(_HAN.findall(each)) >= LEAST_PART)))
    elif guard is Guard.PROSE:
        yield from dict.fromkeys(_clauses(text))
    elif guard is Guard.FILE:
        yield text
        stem = _ENDING.sub("", text)
        if stem not in {text, ""}:
            yield stem
    else:
        yield text


def bare(text: str) -> str:
    """A text without white space and hyphens, in its usual width; for counting and comparing."""
    narrow = unicodedata.normalize("NFKC", text)
    return "".join(
        each
        for each in narrow
        if not each.isspace() and unicodedata.category(each) not in {"Cf", "Cc", "Pd", "Mn"}
    )


# --- small --------------------------------------------------------------------------------------------


_KIND_OF = {record: name for name, record in KINDS.items()}
_GUARDED = {
    kind: tuple(
        (each.name, rule.guard, rule.when)
        for each in fields(record)
        for rule in (guard_of(record, each.name),)
        if rule.guard is not None
    )
    for kind, record in KINDS.items()
}
"""Of each kind the fields that are looked for, how, and when."""


def _number(record: Any) -> str:
    """What tells a record apart from others of its kind."""
    if isinstance(record, Answer):
        return record.item
    return record.field if isinstance(record, FormValue) else str(record.id)


def _clauses(text: str) -> Iterator[str]:
    """Clauses; a short one together with what follows it, a short last one with what precedes it."""
    parts: list[str] = []
    held = ""
    for piece in _CLAUSES.split(text):
        held += piece
        if len(_worded(held)) >= LEAST_CLAUSE:
            parts.append(held)
            held = ""
    if _worded(held):
        parts[-1:] = [parts[-1] + held] if parts else [held]
    for part in parts:
        yield part.strip().strip("。！？；，!?;,").strip()


def _worded(text: str) -> str:
    """A text without its marks."""
    return "".join(each for each in bare(text) if not unicodedata.category(each).startswith("P"))


def _unsought(text: str, guard: Guard, named: frozenset[str], usual: frozenset[str]) -> Unsought | None:
    plain = bare(text)
    if guard is Guard.PEOPLE:
        if plain in named:
            return Unsought.NAMED
        if is_role(plain):
            return Unsought.OFFICE
    if plain in usual:
        return Unsought.PUBLISHED
    least = LEAST
    if guard is Guard.PROSE:
        least = LEAST_PROSE
    elif guard is Guard.FILE and not _ENDING.search(text):
        least = LEAST_STEM
    if len(plain) < least:
        return Unsought.SHORT
    if plain.isdecimal() and len(plain) < LEAST_NUMBER:
        return Unsought.NUMBER
    return None
