"""Changes of the vault, each with its journal entry, inside one transaction.

The only module that writes records. It must not begin or end the transaction: ``Vault.write`` does.
"""

from __future__ import annotations

from tsguard.domain.answers import Answer, Assessment
from tsguard.domain.codec import to_json
from tsguard.domain.dossier import Clearance, IssuedDocument
from tsguard.domain.enterprise import Enterprise
from tsguard.domain.evidence import Evidence
from tsguard.domain.form import FormValue
from tsguard.domain.rectification import Rectification
from tsguard.domain.secret_points import SecretPoint
from tsguard.errors import UnknownRecord
from tsguard.store import records
from tsguard.store.driver import Database, Row
from tsguard.store.journal import Journal
from tsguard.store.table import Parent, Table


class Writer:
    """What can be changed while a transaction is under way.

    A ``put_…`` inserts or replaces; one that changes nothing leaves no journal entry. Every method may
    raise a ``StorageError``, upon which the whole transaction is to be given up.
    """

    def __init__(self, database: Database, journal: Journal) -> None:
        self._database = database
        self._journal = journal
        self._ended = False

    def put_enterprise(self, value: Enterprise) -> None:
        """Store an enterprise's profile.

        Raises:
            InvalidField: A field can't be stored.
        """
        self._put(records.ENTERPRISES, records.state_of(value))

    def put_assessment(self, value: Assessment) -> None:
        """Store an assessment with the checklist and programme it freezes.

        Raises:
            UnknownRecord: There is no such enterprise.
            InvalidField: A field can't be stored.
        """
        state, texts = records.assessment_state(value)
        for digest, text in texts.items():
            self._execute(
                "INSERT INTO frozen_texts (sha256, json) VALUES (?, ?) ON CONFLICT DO NOTHING", (digest, text)
            )
        self._put(records.ASSESSMENTS, state)

    def put_answer(self, assessment: str, value: Answer) -> None:
        """Store the answer of one item.

        Raises:
            UnknownRecord: There is no such assessment.
            InvalidField: A field can't be stored.
        """
        self._put(records.ANSWERS, records.answer_state(assessment, value))

    def remove_answer(self, assessment: str, item: str) -> None:
        """Remove the answer of one item.

        Raises:
            UnknownRecord: There is none.
        """
        self._remove(records.ANSWERS, (assessment, item))

    def put_evidence(self, value: Evidence) -> None:
        """Store a piece of evidence; its file was stored by ``Vault.store_file`` before.

        Raises:
            UnknownRecord: There is no such enterprise, or no such file.
            InvalidField: A field can't be stored.
        """
        self._put(records.EVIDENCE, records.evidence_state(value))

    def remove_evidence(self, enterprise: str, id: str) -> None:  # noqa: A002 - the field's name
        """Remove a piece of evidence; its file stays until the vault is closed, so this can be undone.

        Raises:
            UnknownRecord: There is none.
        """
        self._remove(records.EVIDENCE, (enterprise, id))

    def put_secret_point(self, value: SecretPoint) -> None:
        """Store a secret point.

        Raises:
            UnknownRecord: There is no such enterprise.
            InvalidField: A field can't be stored.
        """
        self._put(records.SECRET_POINTS, records.state_of(value))

    def remove_secret_point(self, enterprise: str, id: str) -> None:  # noqa: A002 - the field's name
        """Remove a secret point.

        Raises:
            UnknownRecord: There is none.
        """
        self._remove(records.SECRET_POINTS, (enterprise, id))

    def put_form_value(self, value: FormValue) -> None:
        """Store what was filled in for one field of an application form; it is not empty.

        Raises:
            UnknownRecord: There is no such assessment.
            InvalidField: A field can't be stored.
        """
        self._put(records.FORM_VALUES, records.state_of(value))

    def remove_form_value(self, assessment: str, field: str) -> None:
        """Take a value of an application form back.

        Raises:
            UnknownRecord: There is none.
        """
        self._remove(records.FORM_VALUES, (assessment, field))

    def put_rectification(self, value: Rectification) -> None:
        """Store a rectification task.

        Raises:
            UnknownRecord: There is no such enterprise.
            InvalidField: A field can't be stored.
        """
        self._put(records.RECTIFICATIONS, records.state_of(value))

    def remove_rectification(self, enterprise: str, id: str) -> None:  # noqa: A002 - the field's name
        """Remove a rectification task.

        Raises:
            UnknownRecord: There is none.
        """
        self._remove(records.RECTIFICATIONS, (enterprise, id))

    def put_issued_document(self, value: IssuedDocument) -> None:
        """Store what was issued; the scan of its sealed page was stored by ``Vault.store_file`` before.

        Raises:
            UnknownRecord: There is no such enterprise or assessment, or no such file.
            InvalidField: A field can't be stored.
        """
        self._put(records.ISSUED_DOCUMENTS, records.issued_state(value))

    def remove_issued_document(self, enterprise: str, id: str) -> None:  # noqa: A002 - the field's name
        """Remove what was issued; a scan stays until the vault is closed, so this can be undone.

        Raises:
            UnknownRecord: There is none.
        """
        self._remove(records.ISSUED_DOCUMENTS, (enterprise, id))

    def put_clearance(self, value: Clearance) -> None:
        """Store that a hit of the leak guard was let pass.

        Raises:
            UnknownRecord: There is no such enterprise.
            InvalidField: A field can't be stored.
        """
        self._put(records.CLEARANCES, records.state_of(value))

    def remove_clearance(self, enterprise: str, id: str) -> None:  # noqa: A002 - the field's name
        """Remove a clearance: the hit is one again.

        Raises:
            UnknownRecord: There is none.
        """
        self._remove(records.CLEARANCES, (enterprise, id))

    def put_setting(self, name: str, value: str) -> None:
        """Store a setting that belongs to the vault.

        Raises:
            InvalidField: The value can't be stored.
        """
        self._put(records.SETTINGS, records.checked({"name": name, "value": value}))

    def new_number(self, kind: str, enterprise: str) -> int:
        """The next number of a sequence, counted from 1; given once, even if its record is removed.

        A number given in a transaction that is rolled back was never given.

        Args:
            kind: What is numbered, such as ``evidence``.
            enterprise: Each enterprise has its own sequence.

        Raises:
            UnknownRecord: There is no such enterprise.
        """
        self._check_open()
        state = records.SEQUENCES.state(self._database, (enterprise, kind))
        number = 1 if state is None else int(state["next"])
        self._put(records.SEQUENCES, {"enterprise": enterprise, "kind": kind, "next": number + 1})
        return number

    def end(self) -> None:
        """Allow no further change: the transaction is over."""
        self._ended = True

    def _check_open(self) -> None:
        if self._ended:
            message = "this writer's transaction is over"
            raise RuntimeError(message)

    def _execute(self, sql: str, parameters: tuple[object, ...]) -> None:
        self._check_open()
        self._database.execute(sql, parameters)

    def _put(self, table: Table, state: Row) -> None:
        self._check_open()
        key = table.key_of(state)
        before = table.state(self._database, key)
        if before == state:
            return
        for parent in table.parents:
            named = state[parent.column]
            if named and (before is None or before[parent.column] != named):
                self._require(parent, named)
        table.put(self._database, state)
        self._journal.append(
            f"{table.kind}.set",
            table.kind,
            records.key_text(key),
            None if before is None else to_json(before),
            to_json(state),
        )

    def _require(self, parent: Parent, key: str) -> None:
        sql = f"SELECT 1 FROM {parent.table} WHERE {parent.key} = ?"  # noqa: S608 - names of records.py
        if self._database.value(sql, (key,)) is None:
            raise UnknownRecord(parent.kind, key)

    def _remove(self, table: Table, key: tuple[str, ...]) -> None:
        self._check_open()
        before = table.state(self._database, key)
        if before is None:
            raise UnknownRecord(table.kind, records.key_text(key))
        table.delete(self._database, key)
        self._journal.append(f"{table.kind}.remove", table.kind, records.key_text(key), to_json(before), None)
