"""The digest on a printed report: read as typed, found in the journal, told in words; a slip is placed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.vaults import new_session

from tsguard.domain.answers import Answer
from tsguard.domain.scales import Verdict
from tsguard.domain.secret_points import SecretPoint
from tsguard.errors import VaultClosed
from tsguard.report.words import grouped
from tsguard.services.history_digest import (
    LENGTH,
    Candidate,
    DigestOutcome,
    finding_words,
    judged,
    place_words,
    read_digits,
    search_digits,
)
from tsguard.services.history_lines import HistoryQuery
from tsguard.services.session import Session

DIGEST = "0123456789abcdef" * 4
ENTRY = Candidate(7, DIGEST)


@pytest.fixture
def session(tmp_path: Path) -> Iterator[Session]:
    made = new_session(tmp_path, "XIC")
    made.put_answer(Answer("HRM-05", Verdict.MET))
    yield made
    if not made.closed:
        made.close()


# --- as typed ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "digits"),
    [
        ("01234567", "01234567"),
        (" 0123 4567\n89AB\tCDEF ", "0123456789abcdef"),
        ("\uff10\uff11\uff12\uff13\u3000\uff21\uff42", "0123ab"),
        ("o1I l", "0111"),
        ("9487a7a4…", "9487a7a4"),
        ("", ""),
        ("第17条", None),
        ("0123-4567", None),
    ],
)
def test_read_digits(typed: str, digits: str | None) -> None:
    assert read_digits(typed) == digits


@pytest.mark.parametrize(
    ("text", "digits"),
    [
        ("0123456", ""),
        ("01234567", "01234567"),
        ("0123 4567 89AB", "0123456789ab"),
        ("9487a7a4…", "9487a7a4"),
        ("HRM-05", ""),
        ("deadbeef喵", ""),
        ("a" * 65, ""),
    ],
)
def test_search_digits(text: str, digits: str) -> None:
    assert search_digits(text) == digits


@given(st.text("0123456789abcdef", min_size=64, max_size=64))
def test_what_a_report_prints_is_read_back(digest: str) -> None:
    assert read_digits(grouped(digest)) == digest
    assert search_digits(grouped(digest).upper()) == digest


# --- judged -----------------------------------------------------------------------------------------


def changed(at: int) -> str:
    return f"{DIGEST[:at]}{'f' if DIGEST[at] != 'f' else 'e'}{DIGEST[at + 1 :]}"


@given(st.integers(0, LENGTH - 1))
def test_one_wrong_digit_is_placed(at: int) -> None:
    found = judged(changed(at), (), (ENTRY,))
    assert (found.outcome, found.number, found.groups) == (DigestOutcome.SLIP, 7, (at // 8 + 1,))
    assert f"第{at // 8 + 1}组（" in finding_words(found).advice


@pytest.mark.parametrize(
    ("digits", "exact", "near", "outcome"),
    [
        (None, (), (), DigestOutcome.NO_DIGITS),
        ("", (), (), DigestOutcome.TOO_SHORT),
        (DIGEST[:7], (), (), DigestOutcome.TOO_SHORT),
        (DIGEST[:8], (ENTRY,), (), DigestOutcome.FOUND),
        (DIGEST, (ENTRY,), (), DigestOutcome.FOUND),
        (DIGEST[:8], (ENTRY, Candidate(9, DIGEST)), (), DigestOutcome.SEVERAL),
        (DIGEST + "0", (), (ENTRY,), DigestOutcome.SLIP),
        (DIGEST[:20] + DIGEST[21:], (), (ENTRY,), DigestOutcome.SLIP),
        ("f" * 64, (), (), DigestOutcome.UNKNOWN),
        (changed(40), (), (ENTRY, Candidate(9, DIGEST)), DigestOutcome.UNKNOWN),
    ],
)
def test_judged(
    digits: str | None,
    exact: tuple[Candidate, ...],
    near: tuple[Candidate, ...],
    outcome: DigestOutcome,
) -> None:
    assert judged(digits, exact, near).outcome is outcome


def test_where_an_entry_stands() -> None:
    at = datetime(2026, 11, 23, 9, 5, 1)
    assert place_words(17, at, 0) == "这是第17条，写于2026-11-23 09:05:01；此后没有再改动。"
    assert place_words(17, at, 1200) == "这是第17条，写于2026-11-23 09:05:01；此后又有1,200次变更。"


# --- in a vault -------------------------------------------------------------------------------------


def test_a_report_made_now_and_then_worked_on(session: Session) -> None:
    head, length = session.snapshot().journal_head, session.file.journal_length
    found = session.history.find_digest(grouped(head))
    assert (found.outcome, found.number, found.later) == (DigestOutcome.FOUND, length, 0)
    assert "64位全部相符" in str(finding_words(found))
    session.put_answer(Answer("ORG-01", Verdict.MET))
    session.points.add(SecretPoint(name="玄武"))  # with a number given out, which is no change of anybody's
    found = session.history.find_digest(grouped(head))
    assert (found.number, found.later) == (length, 2)
    assert found.at == session.history.line(length).at
    assert f"这是第{length}条" in str(finding_words(found))
    assert "此后又有2次变更" in str(finding_words(found))


def test_each_entry_is_found_by_its_first_digits(session: Session) -> None:
    for number in range(1, session.file.journal_length + 1):
        found = session.history.find_digest(session.file.entry_hash(number)[:16])
        assert (found.outcome, found.number) == (DigestOutcome.FOUND, number)
        assert "开头16位" in str(finding_words(found))


@pytest.mark.parametrize("at", [0, 7, 8, 30, 55, 56, 63])
def test_a_slip_is_told_from_another_vault(session: Session, at: int) -> None:
    head = session.file.journal_head
    wrong = f"{head[:at]}{'0' if head[at] != '0' else '1'}{head[at + 1 :]}"
    found = session.history.find_digest(wrong)
    assert (found.outcome, found.groups) == (DigestOutcome.SLIP, (at // 8 + 1,))
    assert not found.found


def test_an_older_copy_does_not_know_it(session: Session, tmp_path: Path) -> None:
    older = session.file.copy_to(tmp_path / "从前.tsg").path
    session.put_answer(Answer("ORG-01", Verdict.MET))
    head = session.file.journal_head
    session.close()
    old = Session.open(older, "回形针-correct-horse", profiles=session.file.profiles)
    found = old.history.find_digest(head)
    old.close()
    assert found.outcome is DigestOutcome.UNKNOWN
    words = str(finding_words(found))
    for reason in ("另一个保险库", "比报告旧", "抄错"):
        assert reason in words


def test_the_search_finds_the_entry_too(session: Session) -> None:
    length = session.file.journal_length
    digest = session.file.entry_hash(length)
    session.put_answer(Answer("ORG-01", Verdict.MET, note=f"抄自{digest[:8]}"))

    def numbers(text: str) -> list[int]:
        return [line.number for line in session.history.all(HistoryQuery(text=text))]

    assert numbers(grouped(digest)) == [length]
    assert numbers(digest[:8].upper()) == [length + 1, length], "what was written is found as before"
    assert numbers(digest[:7]) == [length + 1]
    assert numbers(digest[1:10]) == []


def test_the_search_finds_what_the_list_leaves_out(session: Session) -> None:
    """A report may end at a note of the program's own, such as a number given out."""
    session.points.add(SecretPoint(name="玄武"))
    listed = {number for line in session.history.all() for number in line.numbers}
    left_out = next(n for n in range(session.file.journal_length, 0, -1) if n not in listed)
    query = HistoryQuery(text=session.file.entry_hash(left_out))
    (line,) = session.history.all(query)
    assert line.number == left_out
    assert line.text
    assert session.history.count(query) == 1


def test_locked(session: Session) -> None:
    history = session.history
    session.close()
    with pytest.raises(VaultClosed):
        history.find_digest(DIGEST)
