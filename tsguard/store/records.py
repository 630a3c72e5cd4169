"""How each kind of record lies in its table, and back.

A record's *state* is a dict of plain data: what the journal hashes, and what lies in the columns. This
module must not open transactions or write the journal.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields
from datetime import date
from typing import Any, TypeVar

from tsguard.domain.answers import Answer, Assessment
from tsguard.domain.checklist import Checklist
from tsguard.domain.codec import from_json, from_plain, to_json, to_plain
from tsguard.domain.dossier import Clearance, IssuedDocument
from tsguard.domain.enterprise import Enterprise
from tsguard.domain.evidence import Evidence
from tsguard.domain.form import FormValue
from tsguard.domain.programme import Programme
from tsguard.domain.rectification import Rectification
from tsguard.domain.secret_points import SecretPoint
from tsguard.errors import InvalidField, VaultDamaged
from tsguard.store.driver import Database, Row
from tsguard.store.journal import sha256
from tsguard.store.table import EvidenceTable, FileColumns, Parent, Table

T = TypeVar("T")


def _fields(value: type) -> tuple[str, ...]:
    return tuple(each.name for each in fields(value))


_ENTERPRISE = Parent("enterprise", "enterprise", "enterprises")
_ASSESSMENT = Parent("assessment", "assessment", "assessments")

ENTERPRISES = Table("enterprise", "enterprises", ("id",), _fields(Enterprise))
ASSESSMENTS = Table(
    "assessment",
    "assessments",
    ("id",),
    (
        "id",
        "enterprise",
        "title",
        "baseline",
        "started",
        "modules",
        "checklist_sha256",
        "programme_sha256",
    ),
    (_ENTERPRISE,),
)
ANSWERS = Table(
    "answer",
    "answers",
    ("assessment", "item"),
    ("assessment", *_fields(Answer)),
    (_ASSESSMENT,),
)
EVIDENCE = EvidenceTable(
    "evidence",
    "evidence",
    ("enterprise", "id"),
    tuple(name for name in _fields(Evidence) if name != "items"),
    (_ENTERPRISE,),
    file=FileColumns("sha256", "sm3", "size", "file_name"),
)
SECRET_POINTS = Table(
    "secret_point", "secret_points", ("enterprise", "id"), _fields(SecretPoint), (_ENTERPRISE,)
)
FORM_VALUES = Table(
    "form_value",
    "form_values",
    ("assessment", "field"),
    _fields(FormValue),
    (_ASSESSMENT,),
    since=2,
)
RECTIFICATIONS = Table(
    "rectification",
    "rectifications",
    ("enterprise", "id"),
    _fields(Rectification),
    (_ENTERPRISE,),
    since=3,
)
ISSUED_DOCUMENTS = Table(
    "issued_document",
    "issued_documents",
    ("enterprise", "id"),
    _fields(IssuedDocument),
    (_ENTERPRISE, _ASSESSMENT),
    file=FileColumns("scan_sha256", "scan_sm3", "scan_size", "scan_name"),
    since=3,
)
CLEARANCES = Table(
    "clearance", "clearances", ("enterprise", "id"), _fields(Clearance), (_ENTERPRISE,), since=3
)
SETTINGS = Table("setting", "settings", ("name",), ("name", "value"))
SEQUENCES = Table(
    "sequence", "sequences", ("enterprise", "kind"), ("enterprise", "kind", "next"), (_ENTERPRISE,)
)
TABLES = (
    ENTERPRISES,
    ASSESSMENTS,
    ANSWERS,
    EVIDENCE,
    SECRET_POINTS,
    FORM_VALUES,
    RECTIFICATIONS,
    ISSUED_DOCUMENTS,
    CLEARANCES,
    SETTINGS,
    SEQUENCES,
)
"""What a record names stands before it, but for files."""
WITH_FILES = tuple(table for table in TABLES if table.file is not None)
"""Those whose records may name a stored file; a file that none of them names is removed."""


def key_text(key: Sequence[str]) -> str:
    """A key as the journal writes it."""
    return "/".join(key)


def checked(state: Row) -> Row:
    """The state, with booleans as 0 and 1, if a database can hold it.

    Raises:
        InvalidField: A text with half a surrogate pair (rule ``unicode``), or a number beyond 64 bits
            (rule ``range``).
    """
    plain: Row = {}
    for name, value in state.items():
        plain[name] = int(value) if isinstance(value, bool) else value
        for part in value if isinstance(value, list) else (value,):
            if isinstance(part, str):
                try:
                    part.encode()
                except UnicodeEncodeError:
                    # The cause would carry the text.
                    raise InvalidField(name, "unicode") from None
            elif isinstance(part, int) and not -(2**63) <= part < 2**63:
                raise InvalidField(name, "range")
    return plain


def state_of(value: Enterprise | SecretPoint | FormValue | Rectification | Clearance) -> Row:
    """The state of a record whose columns are its fields."""
    return checked(to_plain(value))


def answer_state(assessment: str, value: Answer) -> Row:
    """The state of an answer."""
    return checked({"assessment": assessment, **to_plain(value)})


def evidence_state(value: Evidence) -> Row:
    """The state of a piece of evidence; paper names no file."""
    plain = to_plain(value)
    return checked(EVIDENCE.stored({**plain, "items": list(plain["items"])}))


def issued_state(value: IssuedDocument) -> Row:
    """The state of a document that was issued; without a scan it names no file."""
    return checked(ISSUED_DOCUMENTS.stored(to_plain(value)))


def assessment_state(value: Assessment) -> tuple[Row, dict[str, str]]:
    """The state of an assessment, which names its frozen texts by their hash.

    Returns:
        The state, and the frozen texts as canonical JSON by SHA-256.

    Raises:
        InvalidField: Of ``checked``.
    """
    try:
        texts = {
            name: to_json(frozen)
            for name, frozen in (("checklist", value.checklist), ("programme", value.programme))
        }
        modules = to_json(value.modules).decode()
    except UnicodeEncodeError:
        raise InvalidField("checklist", "unicode") from None
    hashes = {name: sha256(text) for name, text in texts.items()}
    state = checked(
        {
            "id": value.id,
            "enterprise": value.enterprise,
            "title": value.title,
            "baseline": value.baseline.isoformat(),
            "started": value.started.isoformat(),
            "modules": modules,
            "checklist_sha256": hashes["checklist"],
            "programme_sha256": hashes["programme"],
        }
    )
    return state, {hashes[name]: text.decode() for name, text in texts.items()}


def frozen_text(database: Database, digest: str) -> str:
    """The frozen text of that SHA-256.

    Raises:
        VaultDamaged: It is missing or another one.
    """
    text = database.value("SELECT json FROM frozen_texts WHERE sha256 = ?", (digest,))
    if text is None or sha256(text.encode()) != digest:
        raise VaultDamaged(database.path, "frozen text")
    return str(text)


class Reader:
    """Makes values of states, and finds those that are none.

    Frozen texts are decoded once and shared: an auditor's thousand assessments have few checklists.
    """

    def __init__(self, database: Database) -> None:
        self._database = database
        self._frozen: dict[tuple[type, str], Any] = {}

    def value(self, kind: type[T], state: Row, table: Table) -> T:
        """The value of a state.

        Raises:
            VaultDamaged: The state is none of that kind.
        """
        try:
            return from_plain(kind, table.plain(state))
        except ValueError:
            # The cause would carry the content.
            raise VaultDamaged(self._database.path, table.kind) from None

    def answer(self, state: Row) -> Answer:
        """The answer of a state.

        Raises:
            VaultDamaged: It is none.
        """
        return self.value(Answer, {name: state[name] for name in ANSWERS.columns[1:]}, ANSWERS)

    def assessment(self, state: Row) -> Assessment:
        """The assessment of a state, with its frozen texts.

        Raises:
            VaultDamaged: It is none, or a frozen text is not the one it names.
        """
        checklist = self._text(Checklist, state["checklist_sha256"])
        programme = self._text(Programme, state["programme_sha256"])
        try:
            return Assessment(
                id=state["id"],
                enterprise=state["enterprise"],
                title=state["title"],
                baseline=date.fromisoformat(state["baseline"]),
                started=date.fromisoformat(state["started"]),
                modules=from_json(tuple[str, ...], state["modules"]),
                checklist=checklist,
                programme=programme,
            )
        except ValueError:
            raise VaultDamaged(self._database.path, ASSESSMENTS.kind) from None

    def _text(self, kind: type[T], digest: str) -> T:
        found: T | None = self._frozen.get((kind, digest))
        if found is None:
            text = frozen_text(self._database, digest)
            try:
                found = from_json(kind, text)
            except ValueError:
                raise VaultDamaged(self._database.path, "frozen text") from None
            self._frozen[kind, digest] = found
        return found
