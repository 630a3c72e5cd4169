"""Vaults that earlier programs made open for ever, and every kind of record in them is as it was."""

from __future__ import annotations

import hashlib
import json
import re
import shutil
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from support import golden as made

from tsguard.domain.answers import Answer
from tsguard.domain.rectification import Rectification
from tsguard.domain.scales import Verdict
from tsguard.services.session import Session
from tsguard.store.vault import Vault

FOLDER = Path(__file__).parents[2] / "data" / "vaults"
GOLDEN = sorted(FOLDER.glob("version-*.tsg"))
JOURNAL = {
    "version-2": (26, "d9a1ae3aa01e83c0d8ab71d4fa706447e56b22b0240b2ac215f8933bc93cc105"),
    "version-3": (35, "3eca3cee5b22c1682b694d05897484225676dc09d425f649f49a1644e443ed5e"),
}
"""Entries and head of each, as they were when it was made."""
CHECKLIST = "d41d686779391fd7eae65cb6f336f1de7d4d333e52d1ea74bdae88be494d48c1"
PROGRAMME = "4b920814f795ed2cca185a133ea00c67bb46a60c6f60e77a61b3bb8957b8170a"


@pytest.fixture(scope="module", params=GOLDEN, ids=lambda path: path.stem)
def copied(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy, since opening an old vault may bring it up to date."""
    path: Path = request.param
    return Path(shutil.copy(path, tmp_path_factory.mktemp("golden") / path.name))


@pytest.fixture(scope="module")
def vault(copied: Path) -> Iterator[Vault]:
    opened = Vault.open(copied, made.PASSPHRASE, who="tester")
    yield opened
    opened.close()


def test_there_is_one_of_each_released_format() -> None:
    assert [path.stem for path in GOLDEN] == list(JOURNAL)


@pytest.mark.parametrize("path", GOLDEN, ids=lambda path: path.stem)
def test_the_file_is_the_one_that_was_made_then(path: Path) -> None:
    (stated,) = re.findall(
        rf"^\| `{path.name}` .*`(\w{{64}})` \|$", (FOLDER / "README.md").read_text(), re.MULTILINE
    )
    assert hashlib.sha256(path.read_bytes()).hexdigest() == stated


def test_every_kind_of_record_is_as_it_was(vault: Vault) -> None:
    assert vault.enterprises() == (made.COMPANY,)
    (assessment,) = vault.assessments("e1")
    assert (assessment.id, assessment.enterprise, assessment.title) == (made.ASSESSMENT, "e1", "2026年度自评")
    assert (assessment.baseline, assessment.started) == (date(2026, 10, 31), date(2026, 11, 23))
    assert assessment.modules == ("XIC",)
    assert [module.id for module in assessment.checklist.modules] == ["core", "XIC"]
    items = {item.id: item for item in assessment.checklist.items()}
    assert set(made.ANSWERS) <= set(items)
    assert (items["ORG-01"].text, items["ORG-01"].weight) == (made.ORG_01, 5)
    assert assessment.programme.id == "sample"
    assert vault.answers(made.ASSESSMENT) == made.ANSWERS
    assert vault.evidence("e1") == made.EVIDENCE
    assert vault.secret_points("e1") == made.POINTS
    assert sorted(vault.form_values(made.ASSESSMENT), key=lambda value: value.field) == sorted(
        made.FORM, key=lambda value: value.field
    )
    assert {name: vault.setting(name) for name in made.SETTINGS} == made.SETTINGS
    assert b"".join(vault.read_file(made.FILE_SHA256)) == made.FILE
    assert vault.info().created_at == "2026-11-23T02:30:00.137Z"


def test_the_kinds_of_version_3_are_as_they_were(copied: Path, vault: Vault) -> None:
    """An older vault has none of them, and room for them."""
    there = copied.stem != "version-2"
    assert vault.rectifications("e1") == (made.RECTIFICATIONS if there else ())
    assert vault.issued_documents("e1") == (made.ISSUED if there else ())
    assert vault.clearances("e1") == (made.CLEARANCES if there else ())
    if there:
        assert b"".join(vault.read_file(made.SCAN_SHA256)) == made.SCAN


def test_frozen_texts_are_word_for_word(vault: Vault) -> None:
    """By their hashes: reading an assessment compares each text with the hash that the record names."""
    (entry,) = [each for each in vault.journal() if each.kind == "assessment"]
    state = json.loads(entry.after or "")
    assert (state["checklist_sha256"], state["programme_sha256"]) == (CHECKLIST, PROGRAMME)
    assert len(vault.assessments("e1")) == 1


def test_the_journal_is_whole_and_goes_on(copied: Path, vault: Vault) -> None:
    entries, head = JOURNAL[copied.stem]
    assert vault.journal()[entries - 1].hash == head
    assert [(each.action, each.key) for each in vault.journal() if each.action.endswith(".remove")] == [
        ("answer.remove", "a1/ORG-03"),
        ("evidence.remove", "e1/E-03"),
    ]
    assert {each.who for each in vault.journal()[:entries]} == {"golden"}
    length = vault.verify_journal()
    assert length >= entries
    vault.verify_pages()


def test_it_can_be_worked_in(copied: Path, tmp_path: Path) -> None:
    path = Path(shutil.copy(FOLDER / copied.name, tmp_path / copied.name))
    session = Session.open(path, made.PASSPHRASE, today=lambda: date(2026, 12, 1))
    try:
        assert session.place == "checklist:HRM-05"
        assert session.sheet().answered == 5
        session.put_answer(Answer(item="ORG-05", verdict=Verdict.MET))
        removed = session.points.remove("SP-0002")
        assert session.points.add(replace(removed, id="")).id == "SP-0003"
        task = session.rectifications.add(Rectification(item="ORG-02", measures="补"))
        assert task.id == ("R-0001" if copied.stem == "version-2" else "R-0003")
        assert session.history.page(limit=1).lines[0].text == f"新建整改任务{task.id}（ORG-02）"
        session.file.verify_journal()
    finally:
        session.close()
