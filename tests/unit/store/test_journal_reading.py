"""Pages, predecessors and past states straight from the journal, on a real file."""

from __future__ import annotations

import random
from datetime import UTC, datetime, timedelta

import pytest

from tsguard.domain.answers import Answer
from tsguard.domain.dossier import Clearance, IssuedDocument
from tsguard.domain.rectification import Rectification
from tsguard.domain.scales import Verdict
from tsguard.domain.secret_points import SecretPoint
from tsguard.errors import VaultDamaged
from tsguard.store.journal_filter import JournalFilter
from tsguard.store.journal_reading import Tally
from tsguard.store.vault import Vault

ALL = JournalFilter()


@pytest.fixture
def busy(filled: Vault) -> Vault:
    """A few hundred changes of a few records, some of them removed and put back."""
    chance = random.Random(4)  # noqa: S311 - a test's dice
    there: set[str] = {"ORG-01"}
    for _step in range(60):
        with filled.write() as writer:
            for _turn in range(5):
                item = f"ORG-{chance.randint(1, 6):02}"
                if item in there and chance.random() < 0.3:
                    writer.remove_answer("a1", item)
                    there.discard(item)
                else:
                    writer.put_answer(
                        "a1", Answer(item, chance.choice(list(Verdict)), note=str(chance.random()))
                    )
                    there.add(item)
    return filled


@pytest.mark.parametrize("limit", [1, 7, 1000])
def test_pages_are_the_journal_backwards(busy: Vault, limit: int) -> None:
    seen, before = [], None
    while page := busy.read_journal(lambda reader, before=before: reader.page(ALL, before, limit)):
        seen += page
        before = page[-1].seq
    assert tuple(reversed(seen)) == busy.journal()


def test_the_entry_before_about_the_same_record(busy: Vault) -> None:
    entries = busy.journal()
    last: dict[tuple[str, str], int] = {}
    expected = {}
    for entry in entries:
        known = last.get((entry.kind, entry.key))
        if entry.before_hash is not None:
            expected[entry.seq] = known
        last[entry.kind, entry.key] = entry.seq
    found = busy.read_journal(lambda reader: reader.previous(entries))
    assert {seq: before.seq for seq, before in found.items()} == expected
    some = entries[::17]
    found = busy.read_journal(lambda reader: reader.previous(some))
    assert {seq: before.seq for seq, before in found.items()} == {
        entry.seq: expected[entry.seq] for entry in some if entry.seq in expected
    }


def test_more_records_than_one_statement_asks_for(filled: Vault) -> None:
    for verdict in (Verdict.MET, Verdict.PARTLY):
        with filled.write() as writer:
            for number in range(700):
                writer.put_answer("a1", Answer(f"X-{number}", verdict))
    newest = filled.journal(newest=700)
    found = filled.read_journal(lambda reader: reader.previous(newest))
    assert len(found) == 700
    assert all(before.key == entry.key for entry in newest for before in [found[entry.seq]])


def test_an_entry_that_does_not_follow(busy: Vault) -> None:
    entry = next(each for each in reversed(busy.journal()) if each.before_hash)
    with busy._access() as database:
        database.execute("DROP TRIGGER journal_keeps_its_words")
        database.execute("UPDATE journal SET before_hash = ? WHERE seq = ?", ("0" * 64, entry.seq))
    with pytest.raises(VaultDamaged) as caught:
        busy.read_journal(lambda reader: reader.previous(reader.page(ALL, None, 50)))
    assert caught.value.what == f"journal entry {entry.seq}"


def test_counting_goes_on_where_it_stopped(busy: Vault) -> None:
    wanted = JournalFilter(other_than=("answer",))
    whole = busy.read_journal(lambda reader: reader.tally(0, wanted))
    assert whole == Tally(len(busy.journal()), len(busy.journal()), 2, frozenset({"tester"}))
    assert busy.read_journal(lambda reader: reader.tally(whole.last, wanted)) == Tally(whole.last)
    with busy.write() as writer:
        writer.put_secret_point(SecretPoint(id="SP-0001", enterprise="e1", name="甲"))
        writer.put_answer("a1", Answer("ORG-99", Verdict.MET))
    new = busy.read_journal(lambda reader: reader.tally(whole.last, wanted))
    assert (new.last, new.entries, new.wanted) == (whole.last + 2, 2, 1)


def test_the_state_after_each_entry(busy: Vault) -> None:
    answers: dict[tuple[str, str], str | None] = {}
    for entry in busy.journal():
        if entry.kind == "answer":
            assessment, item = entry.key.split("/")
            answers[assessment, item] = entry.after
        if entry.seq % 23:
            continue
        past = busy.read_journal(lambda reader, seq=entry.seq: reader.past(seq))
        assert (past.seq, past.head) == (entry.seq, entry.hash)
        assert set(past.answers) == {key for key, after in answers.items() if after is not None}
    assert past.enterprises == busy.enterprises()
    newest = busy.read_journal(lambda reader: reader.past(len(busy.journal())))
    assert {item: answer for (_owner, item), answer in newest.answers.items()} == busy.answers("a1")
    assert newest.assessments == busy.assessments("e1")


def test_the_kinds_of_the_dossier_as_they_were(filled: Vault) -> None:
    states = []
    for number in (2, 10):
        with filled.write() as writer:
            writer.put_rectification(Rectification(id=f"R-{number}", enterprise="e1", measures=f"{number}"))
            writer.put_issued_document(
                IssuedDocument(id=f"D-{number}", enterprise="e1", assessment="a1", sha256="d" * 64)
            )
            writer.put_clearance(Clearance(id=f"C-{number}", enterprise="e1", key="c" * 64))
        states.append((len(filled.journal()), _dossier(filled)))
    with filled.write() as writer:
        writer.remove_rectification("e1", "R-2")
        writer.remove_issued_document("e1", "D-2")
        writer.remove_clearance("e1", "C-2")
    states.append((len(filled.journal()), _dossier(filled)))
    for seq, expected in states:
        past = filled.read_journal(lambda reader, seq=seq: reader.past(seq))
        assert (past.rectifications, past.issued_documents, past.clearances) == expected
    assert [task.id for task in states[1][1][0]] == ["R-2", "R-10"]


def _dossier(vault: Vault) -> tuple[tuple[object, ...], ...]:
    return vault.rectifications("e1"), vault.issued_documents("e1"), vault.clearances("e1")


def test_before_the_first_entry(busy: Vault) -> None:
    past = busy.read_journal(lambda reader: reader.past(0))
    assert (past.seq, past.head, past.enterprises, past.answers) == (0, "", (), {})


def test_the_last_entry_before_a_moment_is_so_by_its_number(filled: Vault) -> None:
    start = datetime(2030, 1, 1, tzinfo=UTC)
    hours = [0, 10, 2, 3, 12, 4]
    first = len(filled.journal()) + 1
    for number, hour in enumerate(hours):
        filled._journal._clock = lambda hour=hour: start + timedelta(hours=hour)
        with filled.write() as writer:
            writer.put_answer("a1", Answer(f"X-{number}", Verdict.MET))
    noon = "2030-01-01T09:00:00.000Z"
    assert filled.read_journal(lambda reader: reader.newest_before(noon)) == first + 5
    jumps = filled.read_journal(lambda reader: reader.set_back(noon, 9))
    assert [seq for _from, _to, seq in jumps] == [first + 2, first + 5]
    assert len(filled.read_journal(lambda reader: reader.set_back(noon, 1))) == 1
    assert filled.read_journal(lambda reader: reader.newest_before("1999")) == 0
