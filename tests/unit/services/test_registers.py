"""Several records of a register at once: one transaction, all or none, numbers in order."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from support.vaults import new_session, reopened

from tsguard.domain.rectification import Rectification
from tsguard.errors import DiskFull, InvalidField, UnknownRecord
from tsguard.services.registers import RECTIFICATIONS
from tsguard.services.session import Session
from tsguard.store.writer import Writer


@pytest.fixture
def session(tmp_path: Path) -> Iterator[Session]:
    made = new_session(tmp_path)
    yield made
    if not made.closed:
        made.close()


def task(problem: str) -> Rectification:
    return Rectification(problem=problem)


def problems(session: Session) -> list[tuple[str, str]]:
    return [(each.id, each.problem) for each in session.rectifications]


def test_they_are_numbered_in_their_order(session: Session) -> None:
    added = session.rectifications.add_all([task("甲\x07"), task("乙"), task("𬭎㵘䶮𠮷")])
    assert [each.id for each in added] == ["R-0001", "R-0002", "R-0003"]
    assert {each.enterprise for each in added} == {session.enterprise.id}
    kept = reopened(session)
    assert problems(kept) == [("R-0001", "甲"), ("R-0002", "乙"), ("R-0003", "𬭎㵘䶮𠮷")]
    kept.close()


def test_one_that_can_not_be_stored_keeps_all_out(session: Session) -> None:
    session.rectifications.add(task("先"))
    with pytest.raises(InvalidField):
        session.rectifications.add_all([task("甲"), task(" ")])
    first = session.rectifications.get("R-0001")
    with pytest.raises(InvalidField):
        session.rectifications.put_all([replace(first, problem="后"), replace(first, problem="")])
    with pytest.raises(UnknownRecord):
        session.rectifications.remove_all(["R-0001", "R-0007"])
    assert problems(session) == [("R-0001", "先")]
    assert session.rectifications.add(task("乙")).id == "R-0002", "no number was used up"


def test_a_write_that_fails_midway_leaves_nothing(session: Session) -> None:
    def breaks(writer: Writer, record: Rectification) -> None:
        if record.problem == "丙":
            raise DiskFull(session.path)
        RECTIFICATIONS.put(writer, record)

    register = session.rectifications
    register.kind = replace(RECTIFICATIONS, put=breaks)
    with pytest.raises(DiskFull):
        register.add_all(map(task, "甲乙丙丁"))
    register.kind = RECTIFICATIONS
    assert problems(session) == []
    first = register.add_all(map(task, "甲乙"))
    assert [each.id for each in first] == ["R-0001", "R-0002"], "no number was used up"
    register.kind = replace(RECTIFICATIONS, put=breaks)
    with pytest.raises(DiskFull):
        register.put_all([replace(first[0], problem="变"), replace(first[1], problem="丙")])
    assert tuple(register) == first
    kept = reopened(session)
    assert tuple(kept.rectifications) == first
    kept.close()


def test_none_is_no_change(session: Session) -> None:
    head = session.file.info().journal_entries
    assert session.rectifications.add_all([]) == ()
    session.rectifications.put_all([])
    assert session.rectifications.remove_all([]) == ()
    assert session.file.info().journal_entries == head


def test_removed_ones_come_back_in_their_places(session: Session) -> None:
    added = session.rectifications.add_all([task(str(number)) for number in range(5)])
    gone = session.rectifications.remove_all(["R-0004", "R-0002"])
    assert [each.id for each in gone] == ["R-0004", "R-0002"]
    assert len(session.rectifications) == 3
    session.rectifications.put_all(gone)
    assert tuple(session.rectifications) == added
    kept = reopened(session)
    assert tuple(kept.rectifications) == added
    assert kept.file.verify_journal() == kept.file.info().journal_entries
    kept.close()
