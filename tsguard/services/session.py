"""An open vault and the one assessment that is worked on: every change goes through here.

First the file, then memory: a method that raises has changed neither. Methods that change something
return what was there before, which is all that an undo needs.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Unpack

from tsguard.domain import validation
from tsguard.domain.answers import Answer, Assessment
from tsguard.domain.checklist import Checklist, Item
from tsguard.domain.enterprise import Enterprise
from tsguard.domain.programme import Programme
from tsguard.domain.secret_points import SecretPoint, SecretPointType
from tsguard.domain.snapshot import Snapshot
from tsguard.errors import NothingAssessed, ProgrammeDoesNotFit, VaultDamaged
from tsguard.rules.checks import CheckResult, run_checks
from tsguard.rules.secret_points import PointFinding, findings
from tsguard.scoring.results import ScoreSheet
from tsguard.scoring.sheet import score
from tsguard.services.account import account_name
from tsguard.services.answers import AnswerBook
from tsguard.services.cabinet import Cabinet
from tsguard.services.form import ApplicationForm
from tsguard.services.history import History
from tsguard.services.issued import ISSUED, IssuedRegister
from tsguard.services.registers import (
    CLEARANCES,
    RECTIFICATIONS,
    SECRET_POINTS,
    Register,
    refuse_blocking,
)
from tsguard.services.vault_file import VaultFile
from tsguard.store.kdf import PROFILES, KdfProfile
from tsguard.store.secret import Secret
from tsguard.store.vault import Opening, Vault

_PLACE_SETTING = "place"


def local_today() -> date:
    """Today where the person sits."""
    return datetime.now(UTC).astimezone().date()


class Session:
    """One open vault.

    Attributes:
        path: The vault's file.
        cabinet: The evidence.
        points: The secret-point register.
        rectifications: The rectification tasks.
        issued: What was issued, with the scans of sealed pages.
        clearances: The hits of the leak guard that were let pass.
        form: What was filled into the application form.
        file: The vault as a file.
        history: What was changed, and what there was on a past day.
    """

    def __init__(self, vault: Vault, today: Callable[[], date] = local_today) -> None:
        self.path = vault.path
        self.file = VaultFile(vault)
        self.history = History(vault)
        self._vault = vault
        self._today = today
        self._saved_at: datetime | None = None
        enterprises = vault.enterprises()
        if not enterprises:
            raise VaultDamaged(vault.path, "enterprise")
        self._enterprise = enterprises[0]
        assessments = vault.assessments(self._enterprise.id)
        self._assessment: Assessment | None = assessments[-1] if assessments else None
        if self._assessment and not self._assessment.programme.sound:
            raise VaultDamaged(vault.path, "programme")
        answers = vault.answers(self._assessment.id) if self._assessment else {}
        self._answers = AnswerBook(vault, answers, self._assessed, self._stored)
        self._answers.index(self._assessment)
        self._sheet: ScoreSheet | None = None
        company = self._enterprise.id
        self.cabinet = Cabinet(vault, company, vault.evidence(company), self._stored, self._answers.item_ids)
        self.points = Register(vault, company, SECRET_POINTS, vault.secret_points(company), self._stored)
        self.rectifications = Register(
            vault, company, RECTIFICATIONS, vault.rectifications(company), self._stored
        )
        documents = vault.issued_documents(company)
        self.issued = IssuedRegister(vault, company, ISSUED, documents, self._stored)
        self.clearances = Register(vault, company, CLEARANCES, vault.clearances(company), self._stored)
        values = vault.form_values(self._assessment.id) if self._assessment else ()
        self.form = ApplicationForm(vault, values, self._assessed, self._stored)

    # --- opening and closing --------------------------------------------------------------------

    @classmethod
    def create(
        cls,
        path: Path,
        passphrase: str,
        enterprise: Enterprise,
        *,
        today: Callable[[], date] = local_today,
        profiles: Mapping[int, KdfProfile] = PROFILES,
    ) -> Session:
        """Make a new vault for a company.

        Raises:
            InvalidField: The company has no name, or one that is too long.
            PassphraseTooShort: Fewer characters than a vault asks for.
            VaultExists: A file is there already.
            StorageError: The file system said no; nothing is left behind.
        """
        enterprise = validation.tidied(replace(enterprise, id=uuid.uuid4().hex))
        refuse_blocking(validation.enterprise_problems(enterprise))
        vault = Vault.create(
            path,
            passphrase,
            who=account_name(),
            profiles=profiles,
            first=lambda writer: writer.put_enterprise(enterprise),
        )
        return cls(vault, today)

    @classmethod
    def open(
        cls,
        path: Path,
        secret: Secret,
        *,
        today: Callable[[], date] = local_today,
        profiles: Mapping[int, KdfProfile] = PROFILES,
        **options: Unpack[Opening],
    ) -> Session:
        """Open a vault; the arguments are those of ``Vault.open``.

        Raises:
            VaultError: One of its kinds says why not.
            StorageError: The file system said no.
        """
        vault = Vault.open(path, secret, who=account_name(), profiles=profiles, **options)
        try:
            return cls(vault, today)
        except BaseException:
            vault.close()
            raise

    def close(self) -> None:
        """Lock: write out, close the file, forget every decrypted value held here.

        Raises:
            StorageError: Tidying up failed, say on a full disk. The vault is locked all the same, and
                nothing that was stored is lost.
        """
        try:
            self._vault.close()
        finally:
            self._enterprise = Enterprise()
            self._assessment = None
            self._sheet = None
            self._answers.forget()
            for register in (self.cabinet, self.points, self.rectifications, self.issued, self.clearances):
                register.forget()
            self.form.forget()

    @property
    def closed(self) -> bool:
        """Whether the vault is locked."""
        return self._vault.closed

    # --- what there is --------------------------------------------------------------------------

    @property
    def saved_at(self) -> datetime | None:
        """When the last change reached the file, in UTC; None before the first one."""
        return self._saved_at

    @property
    def today(self) -> date:
        """The day that reviews and expiry dates are counted from."""
        return self._today()

    @property
    def enterprise(self) -> Enterprise:
        """The company's profile."""
        return self._enterprise

    @property
    def assessment(self) -> Assessment | None:
        """The assessment at hand; None until modules were chosen."""
        return self._assessment

    @property
    def checklist(self) -> Checklist:
        """The frozen checklist.

        Raises:
            NothingAssessed: No modules were chosen yet.
        """
        return self._assessed().checklist

    @property
    def answers(self) -> Mapping[str, Answer]:
        """All answers by item id, including those of items the checklist no longer has."""
        return self._answers.all

    def item(self, item_id: str) -> Item:
        """An item of the checklist.

        Raises:
            UnknownItem: The checklist has none of that id.
        """
        return self._answers.item(item_id)

    @property
    def unanswered(self) -> int:
        """How many items of the checklist have no verdict; counted along, so asking costs nothing."""
        return self._answers.unanswered

    def answer(self, item_id: str) -> Answer:
        """The answer to an item; a blank one where there is none."""
        return self._answers.get(item_id)

    def secret_point_types(self) -> tuple[SecretPointType, ...]:
        """The usual kinds of secrets in the chosen sectors."""
        if self._assessment is None:
            return ()
        return tuple(
            kind for module in self._assessment.checklist.modules for kind in module.secret_point_types
        )

    # --- the profile and the assessment ---------------------------------------------------------

    def save_enterprise(self, enterprise: Enterprise) -> Enterprise:
        """Store the profile; the profile as it was.

        Raises:
            InvalidField: A field that can't be stored.
            StorageError: The file system said no.
        """
        enterprise = validation.tidied(
            replace(enterprise, id=self._enterprise.id, sample=self._enterprise.sample)
        )
        refuse_blocking(validation.enterprise_problems(enterprise))
        with self._vault.write() as writer:
            writer.put_enterprise(enterprise)
        before, self._enterprise = self._enterprise, enterprise
        self._stored()
        return before

    def choose(
        self,
        modules: tuple[str, ...],
        checklist: Checklist,
        programme: Programme,
        *,
        title: str = "",
        baseline: date | None = None,
    ) -> Assessment:
        """Begin the assessment, or set it on another choice of modules; no answer is lost.

        Args:
            modules: The chosen sector modules and add-ons.
            checklist: Frozen from them.
            programme: To be frozen with it.
            title: Of a new assessment; the year's by default.
            baseline: The day the answers speak of; today by default.

        Raises:
            ProgrammeDoesNotFit: It does not count exactly the checklist's core sections.
            StorageError: The file system said no.
        """
        today = self._today()
        old = self._assessment
        sections = checklist.core_sections()
        same = old and (old.programme, old.checklist.core_sections()) == (programme, sections)
        # What a vault had before this was checked may stay as it is.
        if not same and any(misfit := programme.misfit(sections)):
            raise ProgrammeDoesNotFit(*misfit)
        assessment = Assessment(
            id=old.id if old else uuid.uuid4().hex,
            enterprise=self._enterprise.id,
            title=title or (old.title if old else f"{today.year}年度自评"),
            baseline=baseline or (old.baseline if old else today),
            started=old.started if old else today,
            modules=modules,
            checklist=checklist,
            programme=programme,
        )
        with self._vault.write() as writer:
            writer.put_assessment(assessment)
        self._assessment = assessment
        self._answers.index(assessment)
        self._stored()
        return assessment

    # --- answers --------------------------------------------------------------------------------

    def put_answer(self, answer: Answer) -> Answer:
        """Store one answer as ``put_answers`` does; the answer as it was."""
        return self.put_answers((answer,))[0]

    def put_answers(self, answers: Iterable[Answer]) -> tuple[Answer, ...]:
        """Store answers of different items, all or none; as they were. Errors as for ``AnswerBook.put``."""
        return self._answers.put(answers)

    # --- registers ------------------------------------------------------------------------------

    def findings(self, point: SecretPoint) -> tuple[PointFinding, ...]:
        """What the rules say of a secret point, worst first."""
        return findings(point, self._today())

    # --- where the person was -------------------------------------------------------------------

    @property
    def place(self) -> str:
        """Where the person was when the vault was last closed, in the window's own words."""
        return self._vault.setting(_PLACE_SETTING) or ""

    def remember_place(self, place: str) -> None:
        """Remember where the person is."""
        if place != self.place:
            with self._vault.write() as writer:
                writer.put_setting(_PLACE_SETTING, place)

    # --- figures --------------------------------------------------------------------------------

    def checks(self) -> dict[str, CheckResult]:
        """What the registers show, by item id."""
        return run_checks(self.checklist, tuple(self.points), self._today())

    def sheet(self) -> ScoreSheet:
        """All figures, made anew after each change.

        Raises:
            NothingAssessed: No modules were chosen yet.
        """
        if self._sheet is None:
            assessment = self._assessed()
            proved = self.cabinet.proved_items(self._today())
            self._sheet = score(
                assessment.checklist, assessment.programme, self.answers, proved, self.checks()
            )
        return self._sheet

    def snapshot(self) -> Snapshot:
        """Everything an export needs, frozen now.

        Raises:
            NothingAssessed: No modules were chosen yet.
        """
        return Snapshot(
            enterprise=self._enterprise,
            assessment=self._assessed(),
            answers=self._answers.asked(),
            evidence=tuple(self.cabinet),
            secret_points=tuple(self.points),
            form=dict(self.form.values),
            rectifications=tuple(self.rectifications),
            journal_head=self._vault.journal_head,
            taken_at=datetime.now(UTC),
        )

    def _assessed(self) -> Assessment:
        if self._assessment is None:
            raise NothingAssessed
        return self._assessment

    def _stored(self) -> None:
        self._saved_at = datetime.now(UTC)
        self._sheet = None
