"""The one promise of a submission: nothing internal in it, whatever the person typed."""

import tempfile
from dataclasses import fields, replace
from datetime import date
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from unit.report.conftest import make_document, make_snapshot, read_with_pdfium, squeeze

from tsguard.domain.disclosure import Level, level_of
from tsguard.domain.scales import Verdict
from tsguard.domain.snapshot import Snapshot
from tsguard.report.pdf import write

OF_THE_VAULT = {"Enterprise.id", "Evidence.enterprise", "SecretPoint.enterprise"}
"""Internal, and of no use to a reader either."""
MARKERS = st.text(st.characters(min_codepoint=0x4E00, max_codepoint=0x9FA5), min_size=5, max_size=12)
DISTINCT = date(1987, 3, 19)


def plant(record: Any, marker: str, planted: dict[str, str]) -> Any:
    """The record with a marker in every internal text."""
    changes: dict[str, Any] = {}
    kind = type(record)
    for each in fields(kind):
        if level_of(kind, each.name) is not Level.INTERNAL:
            continue
        value = getattr(record, each.name)
        if isinstance(value, str):
            name = f"{kind.__name__}.{each.name}"
            changes[each.name] = planted[name] = f"{marker}{len(planted):03d}"
        elif each.name in {"formed_on", "review_on"}:
            changes[each.name] = DISTINCT
        elif each.name == "holders":
            changes[each.name] = 47110815
    return replace(record, **changes)


def planted_snapshot(marker: str) -> tuple[Snapshot, dict[str, str]]:
    planted: dict[str, str] = {}
    snapshot = make_snapshot()
    first, *others = snapshot.answers.values()
    answers = (plant(replace(first, verdict=Verdict.UNKNOWN), marker, planted), *others)
    return (
        replace(
            snapshot,
            enterprise=plant(snapshot.enterprise, marker, planted),
            answers={answer.item: answer for answer in answers},
            evidence=(plant(snapshot.evidence[0], marker, planted),),
            secret_points=(plant(snapshot.secret_points[0], marker, planted),),
        ),
        planted,
    )


def printed(snapshot: Snapshot, level: Level) -> str:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "报告.pdf"
        write(make_document(snapshot, level), path)
        return squeeze(read_with_pdfium(path))


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(MARKERS)
def test_no_internal_text_is_in_a_submission_and_each_is_in_the_internal_edition(marker: str) -> None:
    snapshot, planted = planted_snapshot(marker)
    submission, internal = printed(snapshot, Level.SUBMISSION), printed(snapshot, Level.INTERNAL)
    assert len(planted) >= 10
    for name, text in planted.items():
        assert text not in submission, name
        assert name in OF_THE_VAULT or text in internal, name
    for told in (DISTINCT.isoformat(), "1987年3月19日", "47110815"):
        assert told not in submission
        assert told in internal or told == "1987年3月19日"


@settings(max_examples=60, deadline=None)
@given(st.text(min_size=4, max_size=60))
def test_whatever_was_typed_no_internal_text_is_in_a_submissions_document(marker: str) -> None:
    marker = f"机密字样{marker}"
    snapshot, planted = planted_snapshot(marker)
    texts = "\n".join(make_document(snapshot, Level.SUBMISSION).texts())
    assert "机密字样" not in texts
    assert planted


def test_secret_points_are_counted_and_never_named(snapshot: Snapshot) -> None:
    text = printed(snapshot, Level.SUBMISSION)
    for point in snapshot.secret_points:
        assert point.id not in text
        assert point.name not in text
    assert "核心1项，重要1项，一般0项" in text
    assert "逾期未复核1项" in text
