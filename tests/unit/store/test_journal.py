"""Every change leaves an entry, entries can't be altered unseen, and records can't differ from them."""

from __future__ import annotations

import contextlib
import hashlib
import json
from datetime import datetime, timedelta, timezone

import pytest

from tsguard.domain.answers import Answer
from tsguard.domain.enterprise import Enterprise
from tsguard.domain.evidence import Evidence
from tsguard.domain.scales import Verdict
from tsguard.errors import VaultDamaged
from tsguard.store import driver
from tsguard.store.journal import timestamp


def test_an_entry(filled):
    entry = filled.journal()[-1]
    assert (entry.seq, entry.at, entry.who) == (3, "2026-11-23T04:05:06.789Z", "tester")
    assert (entry.action, entry.kind, entry.key) == ("answer.set", "answer", "a1/ORG-01")
    assert entry.before_hash is None
    assert json.loads(entry.after)["verdict"] == "met"
    assert entry.after_hash == hashlib.sha256(entry.after.encode()).hexdigest()
    assert entry.previous_hash == filled.journal()[-2].hash
    assert entry.hash == filled.journal_head


def test_the_hash_as_documented(filled):
    """Somebody else's program can check it: SHA-256 of JSON with sorted keys and no white space."""
    for entry in filled.journal():
        fields = {name: getattr(entry, name) for name in entry.__slots__ if name != "hash"}
        text = json.dumps(fields, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
        assert hashlib.sha256(text.encode()).hexdigest() == entry.hash


def test_before_after_and_removal(filled):
    with filled.write() as writer:
        writer.put_answer("a1", Answer(item="ORG-01", verdict=Verdict.PARTLY))
        writer.remove_answer("a1", "ORG-01")
    first, second, third = filled.journal(newest=3)
    assert second.before_hash == first.after_hash
    assert (third.action, third.before_hash) == ("answer.remove", second.after_hash)
    assert (third.after, third.after_hash) == (None, None)
    assert filled.verify_journal() == 5


def test_the_frozen_checklist_is_in_the_chain_by_its_hash(filled):
    entry = filled.journal()[1]
    assert len(json.loads(entry.after)["checklist_sha256"]) == 64
    assert len(entry.after) < 1000


def test_unchanged_is_not_journalled(filled, assessment):
    with filled.write() as writer:
        writer.put_evidence(Evidence(id="E-01", enterprise="e1", title="t", items=("B", "A"), redacted=True))
        writer.put_setting("s", "v")
    before = filled.journal()
    with filled.write() as writer:
        writer.put_enterprise(Enterprise(id="e1", name="珠海某某科技有限公司"))
        writer.put_assessment(assessment)
        writer.put_answer("a1", Answer(item="ORG-01", verdict=Verdict.MET))
        writer.put_evidence(Evidence(id="E-01", enterprise="e1", title="t", items=("B", "A"), redacted=True))
        writer.put_setting("s", "v")
    assert filled.journal() == before
    with filled.write() as writer:
        writer.put_evidence(Evidence(id="E-01", enterprise="e1", title="t", items=("A", "B"), redacted=True))
    assert len(filled.journal()) == len(before) + 1


def test_newest(filled):
    everything = filled.journal()
    assert filled.journal(newest=2) == everything[-2:]
    assert filled.journal(newest=0) == ()
    assert filled.journal(newest=99) == everything


def test_content_is_not_in_the_repr(filled):
    with filled.write() as writer:
        writer.put_answer("a1", Answer(item="ORG-02", note="very secret"))
    assert "very secret" not in repr(filled.journal())


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE journal SET who = 'nobody' WHERE seq = 1",
        "DELETE FROM journal WHERE seq = 3",
        "DELETE FROM journal",
        "REPLACE INTO journal SELECT * FROM journal WHERE seq = 1",
    ],
)
def test_append_only(filled, statement):
    with filled._access() as database, pytest.raises(driver.load().IntegrityError, match="append-only"):
        database.execute(statement)
    assert filled.verify_journal() == 3


TAMPERING = {
    "who": ("UPDATE journal SET who = 'nobody' WHERE seq = 2", "journal entry 2"),
    "when": ("UPDATE journal SET at = '2020-01-01T00:00:00.000Z' WHERE seq = 1", "journal entry 1"),
    "state": ("UPDATE journal SET after = '{}' WHERE seq = 3", "journal entry 3"),
    "first gone": ("DELETE FROM journal WHERE seq = 1", "journal entry 1"),
    "middle gone": ("DELETE FROM journal WHERE seq = 2", "journal entry 2"),
    "swapped": (
        "UPDATE journal SET seq = CASE seq WHEN 1 THEN 12 WHEN 2 THEN 11 ELSE seq + 10 END",
        "journal entry 1",
    ),
    "record changed": ("UPDATE answers SET verdict = 'not_met'", "answer a1/ORG-01"),
    "record gone": ("DELETE FROM answers", "answer a1/ORG-01"),
    "record slipped in": (
        "INSERT INTO answers SELECT assessment, 'X', verdict, note, reason, ask_again, '', 0 FROM answers",
        "answer a1/X",
    ),
    "frozen text changed": ("UPDATE frozen_texts SET json = '[]'", "frozen text"),
}


@pytest.mark.parametrize(("statement", "what"), TAMPERING.values(), ids=TAMPERING)
def test_tampering_is_found(filled, reopen, statement, what):
    with filled._access() as database:
        database.execute("DROP TRIGGER journal_keeps_its_words")
        database.execute("DROP TRIGGER journal_keeps_its_entries")
        database.execute(statement)
    filled.close()
    again = reopen(filled.path)
    with pytest.raises(VaultDamaged) as caught:
        again.verify_journal()
    assert caught.value.what == what
    again.close()


def test_newest_entry_gone_with_its_record_is_seen_by_the_head_only(filled, reopen):
    """A whole older state is sound in itself; that is why each report carries the head."""
    head = filled.journal_head
    with filled._access() as database:
        database.execute("DROP TRIGGER journal_keeps_its_entries")
        database.execute("DELETE FROM answers")
        database.execute("DELETE FROM journal WHERE seq = 3")
    filled.close()
    again = reopen(filled.path)
    assert again.verify_journal() == 2
    assert again.journal_head != head
    again.close()


def test_pages_put_back_from_an_older_copy(closed, reopen, tmp_path):
    """SQLCipher's own check passes them; whatever single page is put back, nothing is lost unseen."""
    older = closed.read_bytes()
    vault = reopen(closed)
    with vault.write() as writer:
        for number in range(200):
            writer.put_answer("a1", Answer(item=f"ORG-{number:02}", verdict=Verdict.NOT_MET, note="m" * 300))
    expected = vault.answers("a1")
    vault.close()
    newer = closed.read_bytes()
    rolled_back = 0
    for page in range(1, len(older) // 4096):
        there = slice(page * 4096, (page + 1) * 4096)
        if older[there] == newer[there]:
            continue
        closed.write_bytes(newer[: there.start] + older[there] + newer[there.stop :])
        try:
            vault = reopen(closed)
        except VaultDamaged:
            rolled_back += 1
            continue
        try:
            vault.verify_journal()
            assert vault.answers("a1") == expected
        except VaultDamaged:
            rolled_back += 1
        finally:
            with contextlib.suppress(VaultDamaged):
                vault.close()
    assert rolled_back > 0


def test_timestamp_is_utc():
    there = timezone(timedelta(hours=8))
    assert timestamp(lambda: datetime(2026, 11, 23, 12, 0, 0, 999999, there)) == "2026-11-23T04:00:00.999Z"
    assert timestamp(lambda: datetime(2026, 11, 23, 12, 0, 0, 0, there)) == "2026-11-23T04:00:00.000Z"
