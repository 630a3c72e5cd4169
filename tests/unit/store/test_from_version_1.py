"""A vault of version 1 opens, keeps all it has, and takes the values of an application form."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest
from unit.store.conftest import make_old

from tsguard.domain.answers import Assessment
from tsguard.domain.codec import to_json
from tsguard.domain.form import FormValue
from tsguard.domain.scales import Verdict
from tsguard.errors import UnknownRecord, VaultDamaged
from tsguard.store.migrations import MIGRATIONS
from tsguard.store.vault import Vault


@pytest.fixture
def version_1(tmp_path: Path, assessment: Assessment) -> Path:
    return make_old(tmp_path / "old.tsg", 1, assessment)


def test_it_is_migrated_and_whole(version_1: Path, reopen: Callable[[Path], Vault]) -> None:
    vault = reopen(version_1)
    try:
        assert vault.info().format_version == len(MIGRATIONS)
        assert vault.answers("a1")["ORG-01"].verdict is Verdict.MET
        assert vault.form_values("a1") == ()
        assert vault.verify_journal() == 3
        with vault.write() as writer:
            writer.put_form_value(FormValue("a1", "revenue", "12.50"))
        assert vault.verify_journal() == 4
    finally:
        vault.close()
    again = reopen(version_1)
    try:
        assert again.form_values("a1") == (FormValue("a1", "revenue", "12.50"),)
    finally:
        again.close()


def test_a_programme_frozen_before_there_were_asked_fields_is_read(assessment: Assessment) -> None:
    """Keys that did not exist then have their defaults."""
    plain = msgspec.json.decode(to_json(assessment.programme))
    plain["form"] = [{"title": "企业", "fields": [{"field": "name", "label": "名称", "required": True}]}]
    for unit in plain["units"]:
        del unit["short"]
    programme = msgspec.convert(plain, type(assessment.programme))
    (field,) = programme.fields()
    assert (field.name, field.ask, field.choices) == ("name", "", ())
    assert programme.units[0].short == ""


class TestFormValues:
    def test_put_change_and_remove_are_in_the_journal(self, filled: Vault) -> None:
        with filled.write() as writer:
            writer.put_form_value(FormValue("a1", "revenue", "1.00"))
            writer.put_form_value(FormValue("a1", "revenue", "1.00"))
            writer.put_form_value(FormValue("a1", "revenue", "2.00"))
            writer.remove_form_value("a1", "revenue")
        assert [entry.action for entry in filled.journal(newest=3)] == [
            "form_value.set",
            "form_value.set",
            "form_value.remove",
        ]
        assert filled.form_values("a1") == ()
        filled.verify_journal()

    def test_an_unknown_assessment_is_refused(self, filled: Vault) -> None:
        with pytest.raises(UnknownRecord), filled.write() as writer:
            writer.put_form_value(FormValue("a2", "revenue", "1.00"))

    def test_taking_back_what_is_not_there(self, filled: Vault) -> None:
        with pytest.raises(UnknownRecord), filled.write() as writer:
            writer.remove_form_value("a1", "revenue")

    def test_a_value_changed_behind_the_journal_is_found(self, filled: Vault) -> None:
        with filled.write() as writer:
            writer.put_form_value(FormValue("a1", "revenue", "1.00"))
        with filled.file._database.transaction():
            filled.file._database.execute("UPDATE form_values SET value = '9.00'")
        with pytest.raises(VaultDamaged):
            filled.verify_journal()
