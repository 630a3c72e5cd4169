"""What a hostile or clumsy hand did once, so that it can't again: each was a defect found by attacking."""

import os
import subprocess
import sys
from dataclasses import replace
from datetime import date

import pytest
from support.exported import export_document
from support.vaults import PASSPHRASE, QUICK, new_session, reopened
from support.windows import LINKS, ON_WINDOWS
from unit.report.conftest import read_with_pdfium

from tsguard.domain.answers import Answer
from tsguard.domain.disclosure import Level
from tsguard.domain.dossier import DocumentKind, Edition
from tsguard.domain.enterprise import Enterprise
from tsguard.domain.evidence import Evidence
from tsguard.domain.scales import Verdict
from tsguard.domain.secret_points import SecretPoint
from tsguard.errors import (
    DiskFull,
    InvalidField,
    NameRefused,
    NotReplaced,
    ReadOnly,
    VaultDamaged,
    VaultMissing,
    WriteFailed,
)
from tsguard.services.cabinet import EVIDENCE_LIMIT
from tsguard.services.plain_copy import write_csv
from tsguard.services.session import Session
from tsguard.store.vault import Vault

DAY = date(2026, 11, 23)


def make(path, name):
    return Session.create(path, PASSPHRASE, Enterprise(name=name), profiles=QUICK)


def test_no_export_ever_takes_the_place_of_a_vault(tmp_path):
    session = new_session(tmp_path)
    session.put_answer(Answer("ORG-01", Verdict.MET))
    other = tmp_path / "别的库"
    make(tmp_path / "b.tsg", "乙").close()
    os.link(tmp_path / "b.tsg", other)
    link = tmp_path / "链接.pdf"
    if LINKS:
        link.symlink_to(session.path)
    links = (link,) if LINKS else ()
    for target in (session.path, session.path.with_name(session.path.name + "-wal"), other, *links, tmp_path):
        before = target.read_bytes() if target.is_file() and target != session.path else b""
        with pytest.raises(NotReplaced):
            export_document(session.snapshot(), Edition(DocumentKind.REPORT, Level.INTERNAL), target, on=DAY)
        with pytest.raises(NotReplaced):
            write_csv(target, [["甲"]])
        assert not before or target.read_bytes() == before
    again = reopened(session)
    assert again.answer("ORG-01").verdict is Verdict.MET
    again.close()
    assert not list(tmp_path.glob(".tsguard-*"))


def test_a_file_marked_read_only_is_not_replaced(tmp_path):
    session = new_session(tmp_path / "v")
    target = tmp_path / "报告.pdf"
    target.write_bytes(b"%PDF signed")
    target.chmod(0o444)
    with pytest.raises(ReadOnly):
        export_document(session.snapshot(), Edition(DocumentKind.REPORT, Level.SUBMISSION), target, on=DAY)
    assert target.read_bytes() == b"%PDF signed"
    session.close()


@pytest.mark.skipif(os.name == "nt", reason="POSIX permissions")
def test_a_report_is_its_owners_alone(tmp_path):
    session = new_session(tmp_path / "v")
    target = tmp_path / "x.pdf"
    export_document(session.snapshot(), Edition(DocumentKind.REPORT, Level.INTERNAL), target, on=DAY)
    assert target.stat().st_mode & 0o777 == 0o600
    session.close()


def test_a_failed_creation_leaves_no_vault_behind(tmp_path, monkeypatch):
    def fail(*_args):
        raise DiskFull(tmp_path)

    with pytest.raises(InvalidField):
        make(tmp_path / "a.tsg", "a\ud83d")
    # Windows' rules for names are known before anything is tried.
    no_name = NameRefused if ON_WINDOWS else (WriteFailed, VaultMissing)
    for name, refusal in (("b" * 251 + ".tsg", (WriteFailed, VaultMissing)), ("x\0y.tsg", no_name)):
        with pytest.raises(refusal):
            make(tmp_path / name, "乙")
    monkeypatch.setattr("tsguard.store.writer.Writer.put_enterprise", fail)
    with pytest.raises(DiskFull):
        make(tmp_path / "c.tsg", "丙")
    assert list(tmp_path.iterdir()) == []


def test_a_vault_without_a_company_is_damaged_not_half_usable(tmp_path):
    Vault.create(tmp_path / "a.tsg", PASSPHRASE, who="x", profiles=QUICK).close()
    with pytest.raises(VaultDamaged) as caught:
        Session.open(tmp_path / "a.tsg", PASSPHRASE, profiles=QUICK)
    assert caught.value.what == "enterprise"
    make(tmp_path / "b.tsg", "乙").close()


def test_a_programme_that_can_not_score_is_damage(tmp_path):
    session = new_session(tmp_path)
    assessment = session.assessment
    for broken in ({"bands": ()}, {"bands": assessment.programme.bands[:1]}, {"not_met_cap": "none"}):
        session.choose((), assessment.checklist, replace(assessment.programme, **broken))
        session.close()
        with pytest.raises(VaultDamaged):
            Session.open(session.path, PASSPHRASE, profiles=QUICK)
        session.path.unlink()
        session = new_session(tmp_path)
    session.close()


def test_an_absurd_limit_in_a_vault_is_the_default(tmp_path):
    session = new_session(tmp_path)
    session.cabinet.set_limit(int("9" * 30))
    assert session.cabinet.limit == EVIDENCE_LIMIT
    session.close()


def test_a_lock_that_can_not_tidy_up_forgets_all_the_same(tmp_path, monkeypatch):
    session = new_session(tmp_path)
    session.put_answer(Answer("ORG-01", Verdict.MET, note="别说"))

    def full(_database):
        raise DiskFull(session.path)

    with monkeypatch.context() as patch:
        patch.setattr("tsguard.store.driver.checkpoint", full)
        with pytest.raises(DiskFull):
            session.close()
    assert session.closed
    assert not session.answers
    assert session.enterprise == Enterprise()
    again = Session.open(session.path, PASSPHRASE, profiles=QUICK)
    assert again.answer("ORG-01").note == "别说"
    again.close()


def test_an_account_name_of_any_bytes(tmp_path, monkeypatch):
    monkeypatch.setenv("LOGNAME", "u\udcff")
    session = make(tmp_path / "a.tsg", "甲")
    assert session.file.verify_journal() == 1
    session.close()


def test_pasted_control_characters_leave_no_trace_in_one_line_fields(tmp_path):
    session = make(tmp_path / "a.tsg", "甲\x1b[31m\n企业：假\u200b")
    assert session.enterprise.name == "甲[31m 企业：假"
    point = session.points.add(SecretPoint(name="玄\x00武\u202e"))
    assert point.name == "玄武"
    with pytest.raises(InvalidField):
        session.points.add(SecretPoint(name="\u200b\u2060"))
    session.save_enterprise(replace(session.enterprise, note="第一行\n第二行"))
    assert session.enterprise.note == "第一行\n第二行"
    session.save_enterprise(replace(session.enterprise, note="第\x00一\x1b行\r\n第二行"))
    assert session.enterprise.note == "第一行\n第二行"
    session.close()


def test_long_file_names_are_taken_as_file_systems_do(tmp_path):
    session = new_session(tmp_path)
    session.cabinet.add(Evidence(title="甲", paper_at="柜", file_name="长" * 255))
    with pytest.raises(InvalidField):
        session.cabinet.add(Evidence(title="甲", paper_at="柜", file_name="长" * 256))
    session.close()


def test_a_reason_left_from_another_verdict_stays_off_the_paper(tmp_path):
    session = new_session(tmp_path)
    left = {"reason": "留下的理由客户甲", "ask_again": DAY, "ask_whom": "张三"}
    session.put_answer(Answer("ORG-01", Verdict.MET, **left))
    for level in Level:
        target = tmp_path / f"{level}.pdf"
        export_document(session.snapshot(), Edition(DocumentKind.REPORT, level), target, on=DAY)
        text = read_with_pdfium(target)
        assert "留下的理由" not in text
        assert "张三" not in text
    session.close()


def test_the_method_says_how_an_unexplained_exclusion_counts(tmp_path):
    session = new_session(tmp_path)
    session.put_answer(Answer("ORG-06", Verdict.NOT_APPLICABLE))
    target = tmp_path / "x.pdf"
    export_document(session.snapshot(), Edition(DocumentKind.METHOD, Level.SUBMISSION), target, on=DAY)
    text = "".join(read_with_pdfium(target).split())
    assert "缺理由或日期的，以及规定必须适用的，按不符合计" in text
    assert "不适用（按0计）" in text
    session.close()


def test_nothing_of_a_vault_is_imported_by_the_start(tmp_path):
    code = "import sys, tsguard.gui.settings_store; sys.exit('msgspec' in sys.modules)"
    pytest.importorskip("PySide6")
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
