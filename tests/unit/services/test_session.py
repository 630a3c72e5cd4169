"""What a person can do with an open vault: on a real encrypted file."""

from dataclasses import replace
from datetime import date

import pytest
from support.vaults import NAME, TODAY, new_session, reopened

from tsguard.domain.answers import Answer
from tsguard.domain.disclosure import Level
from tsguard.domain.enterprise import Enterprise
from tsguard.domain.evidence import Evidence
from tsguard.domain.scales import Tier, Verdict
from tsguard.domain.secret_points import SecretPoint
from tsguard.errors import (
    EvidenceEmpty,
    EvidenceTooLarge,
    InvalidField,
    NotApplicableForbidden,
    NothingAssessed,
    PassphraseTooShort,
    UnknownItem,
    UnknownRecord,
    VaultClosed,
    VaultExists,
)
from tsguard.services import content
from tsguard.services.session import Session


@pytest.fixture
def session(tmp_path):
    opened = new_session(tmp_path / "含 空格 和中文𬭎", "XIC")
    yield opened
    opened.close()


def test_everything_is_there_after_reopening(session):
    session.save_enterprise(replace(session.enterprise, credit_code=" 91350100m000100y43", staff=120))
    session.put_answer(Answer("HRM-05", Verdict.PARTLY, note="缺4人", flagged=True))
    session.put_answer(
        Answer("PHY-07", Verdict.NOT_APPLICABLE, reason="没有人脸门禁", ask_again=date(2027, 11, 23))
    )
    paper = session.cabinet.add(Evidence(title="任命文件", items=("ORG-01",), paper_at="档案柜"))
    point = session.points.add(SecretPoint(name="玄武", tier=Tier.CORE, review_on=TODAY))
    session.remember_place("checklist:HRM-05")
    figures = session.sheet()

    again = reopened(session)

    assert again.enterprise.name == NAME
    assert again.enterprise.credit_code == "91350100M000100Y43"
    assert again.answer("HRM-05") == Answer("HRM-05", Verdict.PARTLY, note="缺4人", flagged=True)
    assert again.answer("PHY-07").excused
    assert (paper.id, [piece.title for piece in again.cabinet]) == ("E-01", ["任命文件"])
    assert (point.id, [each.name for each in again.points]) == ("SP-0001", ["玄武"])
    assert again.sheet() == figures
    assert again.place == "checklist:HRM-05"
    assert again.file.verify_journal() >= 7
    again.close()


def test_a_lock_forgets_and_every_later_call_is_refused(session):
    session.put_answer(Answer("HRM-05", Verdict.MET, note="别说"))
    session.close()
    assert session.closed
    assert session.enterprise == Enterprise()
    assert not session.answers
    assert not list(session.cabinet)
    with pytest.raises(NothingAssessed):
        session.put_answer(Answer("HRM-05", Verdict.MET))
    with pytest.raises(VaultClosed):
        session.file.info()
    session.close()


def test_a_company_needs_a_name_and_a_vault_a_passphrase(tmp_path):
    path = tmp_path / "a.tsg"
    with pytest.raises(InvalidField):
        Session.create(path, "langes Kennwort", Enterprise(name="  "))
    with pytest.raises(PassphraseTooShort):
        Session.create(path, "kurz", Enterprise(name="甲"))
    assert list(tmp_path.iterdir()) == []
    path.write_bytes(b"mine")
    with pytest.raises(VaultExists):
        Session.create(path, "langes Kennwort", Enterprise(name="甲"))
    assert path.read_bytes() == b"mine"


def test_nothing_is_assessed_before_modules_are_chosen(tmp_path):
    session = new_session(tmp_path, choose=False)
    for ask in (session.sheet, session.snapshot, lambda: session.checklist):
        with pytest.raises(NothingAssessed):
            ask()
    session.close()


def test_answers_that_can_not_be(session):
    with pytest.raises(UnknownItem):
        session.put_answer(Answer("HRM-99", Verdict.MET))
    with pytest.raises(NotApplicableForbidden):
        session.put_answer(Answer("HRM-05", Verdict.NOT_APPLICABLE, reason="想", ask_again=TODAY))
    with pytest.raises(InvalidField):
        session.put_answer(Answer("HRM-05", note="字" * 4001))
    assert not session.answers


def test_the_same_answer_again_writes_nothing_and_a_blank_one_takes_it_back(session):
    asked = session.unanswered
    session.put_answer(Answer("ORG-01", note="还没有判定"))
    assert session.unanswered == asked
    session.put_answer(Answer("ORG-01", Verdict.MET))
    assert session.unanswered == asked - 1 == session.sheet().asked - session.sheet().answered
    entries = session.file.info().journal_entries
    session.put_answer(Answer("ORG-01", Verdict.MET))
    assert session.file.info().journal_entries == entries
    before = session.put_answer(Answer("ORG-01"))
    assert before.verdict is Verdict.MET
    assert "ORG-01" not in session.answers
    assert session.unanswered == asked
    assert session.file.info().journal_entries == entries + 1


def test_changing_modules_loses_no_answer(session):
    session.put_answer(Answer("XIC-01", Verdict.MET))
    session.put_answer(Answer("ORG-01", Verdict.MET))
    content.choose_modules(session, [])
    assert "XIC-01" in session.answers
    assert "XIC-01" not in session.snapshot().answers
    with pytest.raises(UnknownItem):
        session.put_answer(Answer("XIC-01", Verdict.PARTLY))
    content.choose_modules(session, ["XIC"])
    assert session.snapshot().answers["XIC-01"].verdict is Verdict.MET
    assert session.assessment.title == "2026年度自评"


def test_evidence_from_a_file(session, tmp_path):
    file = tmp_path / "抽查 10份.pdf"
    file.write_bytes(b"%PDF-1.4 " + b"x" * 3_000_000)
    steps = []
    stored = session.cabinet.store_file(file, lambda done, total: steps.append((done, total)))
    piece = session.cabinet.add(
        Evidence(
            title="协议抽查", items=("HRM-05",), file_name=file.name,
            size=stored.size, sha256=stored.sha256, sm3=stored.sm3,
        )
    )  # fmt: skip
    assert steps[-1] == (file.stat().st_size, file.stat().st_size)
    assert b"".join(session.cabinet.read(piece.id)) == file.read_bytes()
    assert session.cabinet.of("HRM-05") == (piece,)
    session.put_answer(Answer("HRM-05", Verdict.MET))
    assert session.sheet().item("HRM-05").evidenced == 2
    assert session.cabinet.remove(piece.id) == piece
    assert session.sheet().item("HRM-05").evidenced == 0
    assert session.cabinet.put(piece) is None, "undo puts it back under its number"
    assert b"".join(session.cabinet.read(piece.id)) == file.read_bytes()


def test_expired_evidence_proves_nothing(session):
    session.put_answer(Answer("ORG-01", Verdict.MET))
    piece = session.cabinet.add(Evidence(title="旧", items=("ORG-01",), paper_at="柜", expires=TODAY))
    assert session.sheet().item("ORG-01").evidenced == 2, "on its last day it still does"
    session.cabinet.put(replace(piece, expires=date(2026, 11, 22)))
    assert session.sheet().item("ORG-01").evidenced == 0


def test_a_file_of_300_mb_is_refused_with_the_limit_and_the_limit_can_be_set(session, tmp_path):
    file = tmp_path / "录像.mp4"
    with file.open("wb") as stream:
        stream.truncate(300 * 1024 * 1024)
    with pytest.raises(EvidenceTooLarge) as caught:
        session.cabinet.store_file(file)
    assert (caught.value.size, caught.value.limit) == (300 * 1024 * 1024, 100 * 1024 * 1024)
    session.cabinet.set_limit(500 * 1024 * 1024)
    assert session.cabinet.limit == 500 * 1024 * 1024


def test_evidence_that_can_not_be(session, tmp_path):
    empty = tmp_path / "空.txt"
    empty.touch()
    with pytest.raises(EvidenceEmpty):
        session.cabinet.store_file(empty)
    with pytest.raises(UnknownItem):
        session.cabinet.add(Evidence(title="甲", items=("ORG-99",), paper_at="柜"))
    with pytest.raises(InvalidField):
        session.cabinet.add(Evidence(title="", paper_at="柜"))
    with pytest.raises(UnknownRecord):
        session.cabinet.remove("E-77")
    paper = session.cabinet.add(Evidence(title="甲", paper_at="柜"))
    with pytest.raises(UnknownRecord):
        session.cabinet.read(paper.id)


def test_numbers_are_never_given_twice(session):
    first = session.points.add(SecretPoint(name="甲"))
    session.points.remove(first.id)
    assert session.points.add(SecretPoint(name="乙")).id == "SP-0002"
    session.points.put(first)
    assert [point.id for point in session.points] == ["SP-0001", "SP-0002"]


def test_a_register_feeds_its_check(session):
    session.put_answer(Answer("IDC-10", Verdict.MET))
    assert "IDC-10" not in session.checks()
    session.points.add(SecretPoint(name="甲", review_on=date(2026, 1, 1)))
    assert session.checks()["IDC-10"].at_most is Verdict.NOT_MET
    assert session.sheet().item("IDC-10").contradicted


def test_a_snapshot_does_not_change_with_the_session(session):
    session.put_answer(Answer("ORG-01", Verdict.MET))
    snapshot = session.snapshot()
    session.put_answer(Answer("ORG-01", Verdict.NOT_MET))
    assert snapshot.answers["ORG-01"].verdict is Verdict.MET
    assert snapshot.journal_head != session.snapshot().journal_head
    assert Level.SUBMISSION.may_show(Level.SUBMISSION)
