"""What an open vault holds, as values. It must not change anything."""

from __future__ import annotations

from typing import TypeVar

from tsguard.domain.answers import Answer, Assessment
from tsguard.domain.dossier import Clearance, IssuedDocument
from tsguard.domain.enterprise import Enterprise
from tsguard.domain.evidence import Evidence
from tsguard.domain.form import FormValue
from tsguard.domain.rectification import Rectification
from tsguard.domain.secret_points import SecretPoint
from tsguard.store import records
from tsguard.store.files import Access
from tsguard.store.table import Table

T = TypeVar("T")

_BY_NUMBER = "length(id), id"
"""E-99 before E-100."""


class Contents:
    """The reading half of ``Vault``, which gives it the open file.

    Every method raises ``VaultClosed`` once the vault is closed, ``VaultDamaged`` where a record is none,
    and ``StorageError`` where the file can't be read.
    """

    _access: Access
    _reader: records.Reader

    def enterprises(self) -> tuple[Enterprise, ...]:
        """All enterprises, in the order they were added."""
        with self._access() as database:
            table = records.ENTERPRISES
            return tuple(self._reader.value(Enterprise, state, table) for state in table.states(database))

    def assessments(self, enterprise: str) -> tuple[Assessment, ...]:
        """An enterprise's assessments, oldest first."""
        with self._access() as database:
            states = records.ASSESSMENTS.states(
                database, "enterprise = ?", (enterprise,), order="started, rowid"
            )
            return tuple(map(self._reader.assessment, states))

    def answers(self, assessment: str) -> dict[str, Answer]:
        """An assessment's answers by item."""
        with self._access() as database:
            states = records.ANSWERS.states(database, "assessment = ?", (assessment,))
            return {state["item"]: self._reader.answer(state) for state in states}

    def evidence(self, enterprise: str) -> tuple[Evidence, ...]:
        """An enterprise's evidence, in order of its numbers."""
        return self._numbered(Evidence, records.EVIDENCE, enterprise)

    def secret_points(self, enterprise: str) -> tuple[SecretPoint, ...]:
        """An enterprise's secret points, in order of their numbers."""
        return self._numbered(SecretPoint, records.SECRET_POINTS, enterprise)

    def rectifications(self, enterprise: str) -> tuple[Rectification, ...]:
        """An enterprise's rectification tasks, in order of their numbers."""
        return self._numbered(Rectification, records.RECTIFICATIONS, enterprise)

    def issued_documents(self, enterprise: str) -> tuple[IssuedDocument, ...]:
        """What an enterprise has issued, in order of its numbers."""
        return self._numbered(IssuedDocument, records.ISSUED_DOCUMENTS, enterprise)

    def clearances(self, enterprise: str) -> tuple[Clearance, ...]:
        """The hits of the leak guard that were let pass, in order of their numbers."""
        return self._numbered(Clearance, records.CLEARANCES, enterprise)

    def form_values(self, assessment: str) -> tuple[FormValue, ...]:
        """What was filled into an assessment's application form."""
        with self._access() as database:
            table = records.FORM_VALUES
            states = table.states(database, "assessment = ?", (assessment,))
            return tuple(self._reader.value(FormValue, state, table) for state in states)

    def setting(self, name: str) -> str | None:
        """A setting that belongs to the vault, or None where it was never put."""
        with self._access() as database:
            state = records.SETTINGS.state(database, (name,))
            return None if state is None else str(state["value"])

    def _numbered(self, kind: type[T], table: Table, enterprise: str) -> tuple[T, ...]:
        with self._access() as database:
            states = table.states(database, "enterprise = ?", (enterprise,), order=_BY_NUMBER)
            return tuple(self._reader.value(kind, state, table) for state in states)
