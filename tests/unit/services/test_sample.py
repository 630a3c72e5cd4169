"""The sample company is complete, fictitious, and shows what the program can do."""

from datetime import date

import pytest
from support.vaults import PASSPHRASE, QUICK

from tsguard.domain.credit_code import is_valid
from tsguard.domain.scales import Verdict
from tsguard.domain.validation import enterprise_problems
from tsguard.services.sample import create_sample

BASELINE_DAY = date(2026, 10, 31)


@pytest.fixture(scope="module")
def sample(tmp_path_factory):
    session = create_sample(
        tmp_path_factory.mktemp("示例") / "示例.tsg", PASSPHRASE, profiles=QUICK, today=lambda: BASELINE_DAY
    )
    yield session
    session.close()


def test_it_is_marked_and_complete(sample):
    company = sample.enterprise
    assert company.sample
    assert "示例" in company.name
    assert is_valid(company.credit_code)
    assert not enterprise_problems(company)
    form = [field for group in sample.assessment.programme.form for field in group.fields]
    assert len(form) >= 20


def test_two_veto_problems_cap_a_good_score(sample):
    sheet = sample.sheet()
    problems = {veto.item: veto.verdict for veto in sheet.vetoes if veto.fails or veto.partly}
    assert problems == {"HRM-13": Verdict.NOT_MET, "CAR-01": Verdict.PARTLY}
    assert sheet.claimed.band.reached.id == "good"
    assert sheet.claimed.band.awarded.id == "basic"
    assert sheet.claimed.band.capped_by == ("HRM-13",)
    assert (sheet.claimed.tenths, sheet.sectors[0].claimed) == (815, 689)
    assert sheet.evidenced.tenths < sheet.claimed.tenths


def test_it_has_strengths_gaps_and_open_questions(sample):
    verdicts = {answer.verdict for answer in sample.answers.values()}
    assert verdicts == set(Verdict)
    assert all(
        answer.excused for answer in sample.answers.values() if answer.verdict is Verdict.NOT_APPLICABLE
    )
    assert sample.sheet().answered < sample.sheet().asked


def test_a_dozen_evidence_files_are_in_the_vault(sample):
    files = [piece for piece in sample.cabinet if not piece.is_paper]
    assert len(files) >= 12
    for piece in files:
        assert sum(len(chunk) for chunk in sample.cabinet.read(piece.id)) == piece.size


def test_its_tasks_stand_where_tasks_can_stand(sample):
    tasks = list(sample.rectifications)
    assert [task.id for task in tasks] == [f"R-{number:04}" for number in range(1, 9)]
    for task in tasks:
        assert sample.item(task.item)
        assert task.evidence in sample.cabinet or not task.evidence
        assert task.owner != task.checker
    assert {"HRM-13", "CAR-01"} <= {task.item for task in tasks}
    assert [task.item for task in tasks if task.closed] == ["PHY-03"]
    assert [task.item for task in tasks if task.overdue_days(BASELINE_DAY)] == ["ITS-15"]
    assert [task.item for task in tasks if task.done_on and not task.closed] == ["TRN-03"]


def test_its_tasks_tell_no_secret(sample):
    secrets = {each for point in sample.points for each in (point.name, point.kind, point.location) if each}
    for task in sample.rectifications:
        said = " ".join((task.problem, task.cause, task.measures, task.department, task.resources, task.note))
        assert not [each for each in secrets if each in said]
        # The owner and the checker stay in the company.
        assert task.owner not in said
        assert task.checker not in said


def test_its_register_shows_something_to_do(sample):
    rules = {finding.rule.value for point in sample.points for finding in sample.findings(point)}
    assert {"review-overdue", "location-missing"} <= rules
