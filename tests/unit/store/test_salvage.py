"""A campaign against a small vault: whatever is damaged, what comes over is true or is named."""

from __future__ import annotations

import itertools
import random

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.spoiling import Ground, ground, silent, spoil

from tsguard.domain.answers import Answer
from tsguard.domain.codec import to_json
from tsguard.domain.scales import Verdict
from tsguard.errors import Cancelled, TSGuardError, VaultDamaged, VaultExists, WrongPassphrase
from tsguard.store import damage, salvage, specimen
from tsguard.store.driver import PAGE_SIZE
from tsguard.store.journal import Journal, utc_now
from tsguard.store.raw_pages import RawPages, decoded
from tsguard.store.remains import Origin, Remains
from tsguard.store.salvage import Loss, Plan
from tsguard.store.vault import Vault

__all__ = ["ground"]  # a fixture


def _random(seed: int) -> random.Random:
    return random.Random(seed)  # noqa: S311 - which pages are damaged is no secret


def _judge(ground: Ground, plan: Plan) -> None:
    """Everything proven is true; everything that is not there is named."""
    lost = {(each.kind, each.key) for each in plan.lost}
    named = lost | set(plan.doubtful)
    told = {(each.kind, each.key): each for each in plan.records}
    for key, record in told.items():
        if record.origin is Origin.TABLE_ONLY and key not in lost:
            assert record.state == ground.truth.get(key), key
        if key in named or key[0] == "sequence":
            continue
        assert record.origin.proven, key
        assert record.state == ground.truth.get(key), key
    for key, state in ground.truth.items():
        assert key in told or key in named or key[0] in plan.incomplete or key[0] == "sequence", key
        if key[0] == "sequence" and ("enterprise", state["enterprise"]) in told and key in told:
            assert told[key].state["next"] >= state["next"]


def _judge_or_nothing(ground: Ground, remains: Remains) -> None:
    if any(remains.of_kind("enterprise")):
        _judge(ground, salvage.plan(remains, ground.stand_in))
    else:
        with pytest.raises(VaultDamaged, match="enterprise"):
            salvage.plan(remains, ground.stand_in)


def test_each_page_damaged_in_turn(ground):
    pages = ground.path.stat().st_size // PAGE_SIZE
    assert pages > 60
    lossless = 0
    for page in range(1, pages + 1):
        with (
            specimen.taken(spoil(ground.path, page)) as copy,
            damage.opened(copy, damage.key_for(copy, ground.key, {200: None}), silent) as (found, remains),
        ):
            assert found.bad_pages == (page,)
            assert not found.sound
            plan = salvage.plan(remains, ground.stand_in)
            _judge(ground, plan)
            lossless += not plan.loses
    # Pages of rows, indices and inner pages cost nothing; only those of the journal, of texts and files do.
    assert lossless >= pages // 4


def test_pairs_of_pages(ground):
    pages = ground.path.stat().st_size // PAGE_SIZE
    pairs = _random(4).sample(list(itertools.combinations(range(1, pages + 1), 2)), 120)
    for pair in pairs:
        with (
            specimen.taken(spoil(ground.path, *pair)) as copy,
            damage.opened(copy, ground.key, silent) as (found, remains),
        ):
            assert found.bad_page_count == 2
            _judge_or_nothing(ground, remains)


def test_pages_that_changed_places(ground):
    whole = ground.path.read_bytes()
    pages = len(whole) // PAGE_SIZE
    for seed in range(20):
        one, other = _random(seed).sample(range(2, pages + 1), 2)
        swapped = bytearray(whole)
        for here, there in ((one, other), (other, one)):
            swapped[(here - 1) * PAGE_SIZE : here * PAGE_SIZE] = whole[
                (there - 1) * PAGE_SIZE : there * PAGE_SIZE
            ]
        ground.path.write_bytes(swapped)
        with (
            specimen.taken(ground.path) as copy,
            damage.opened(copy, ground.key, silent) as (found, remains),
        ):
            assert found.bad_pages == tuple(sorted((one, other)))
            _judge_or_nothing(ground, remains)


@pytest.mark.parametrize("seed", range(6))
def test_what_is_written_is_a_vault_that_holds_the_plan(ground, clock, profiles, passphrase, tmp_path, seed):
    pages = ground.path.stat().st_size // PAGE_SIZE
    bad = _random(seed).sample(range(1, pages + 1), 1 + seed)
    with (
        specimen.taken(spoil(ground.path, *bad)) as copy,
        damage.opened(copy, ground.key, silent) as (_found, remains),
    ):
        plan = salvage.plan(remains, ground.stand_in)
        target = tmp_path / f"新{seed}.tsg"
        facts = salvage.write(target, passphrase, remains, plan, who="tester", clock=clock, profiles=profiles)
    assert dict(facts.counts)["enterprise"] == 1
    vault = Vault.open(target, passphrase, who="t", profiles=profiles)
    first = vault.journal()[0]
    assert (first.action, first.key, first.after) == ("vault.salvage", plan.head, None)
    assert vault.verify_journal() == facts.journal_entries
    answers = vault.answers("a1") if any(each.kind == "assessment" for each in plan.records) else {}
    for record in plan.records:
        if record.kind == "answer":
            assert answers[record.state["item"]].note == record.state["note"]
    for piece in vault.evidence("e1"):
        if piece.sha256:
            assert len(b"".join(vault.read_file(piece.sha256))) == piece.size
        else:
            assert ("evidence", f"e1/{piece.id}") in {(each.kind, each.key) for each in plan.lost}
    for issued in vault.issued_documents("e1"):
        if issued.sealed:
            assert len(b"".join(vault.read_file(issued.scan_sha256))) == issued.scan_size
        elif issued.id == "D-0001":
            assert issued.scan_lost
            assert ("issued_document", "e1/D-0001") in {(each.kind, each.key) for each in plan.lost}
    told = {(each.kind, each.key): each.state for each in plan.records}
    for kind, values in (
        ("rectification", vault.rectifications("e1")),
        ("issued_document", vault.issued_documents("e1")),
        ("clearance", vault.clearances("e1")),
    ):
        assert [(kind, f"e1/{each.id}") for each in values] == sorted(key for key in told if key[0] == kind)
    with vault.write() as writer:
        assert writer.new_number("evidence", "e1") > 2
    vault.close()


def test_a_lost_text_that_somebody_still_has_comes_back_by_its_hash(ground):
    pages = ground.path.stat().st_size // PAGE_SIZE
    healed = 0
    for page in range(2, pages + 1):
        with (
            specimen.taken(spoil(ground.path, page)) as copy,
            damage.opened(copy, ground.key, silent) as (found, remains),
        ):
            if not found.frozen_lost:
                continue
            without = salvage.plan(remains, ground.stand_in)
            assert {each.loss for each in without.lost} <= {Loss.CHECKLIST, Loss.PROGRAMME}
            asked: list[tuple[str, ...]] = []

            def candidates(modules):
                asked.append(tuple(modules))  # noqa: B023 - used at once
                return ("{}", *ground.texts)

            plan = salvage.plan(remains, ground.stand_in, candidates)
            assert not plan.lost
            assert asked == [("XIC", "overseas")]
            healed += 1
    assert healed


def test_a_row_that_was_put_back_is_found_and_the_journal_wins(ground, reopen):
    old = ground.path.read_bytes()
    vault = reopen(ground.path)
    with vault.write() as writer:
        writer.put_answer("a1", Answer("ORG-01", Verdict.NOT_MET))
    vault.close()
    new = bytearray(ground.path.read_bytes())
    journal_pages = set()
    with specimen.taken(ground.path) as copy, damage.opened(copy, ground.key, silent) as (_found, remains):
        journal_pages = set(remains.pages.trees["journal"].leaves)
        answers = remains.pages.trees["answers"].leaves
    changed = [
        page
        for page in answers
        if old[(page - 1) * 4096 : page * 4096] != new[(page - 1) * 4096 : page * 4096]
    ]
    assert changed
    assert not journal_pages & set(changed)
    for page in changed:
        new[(page - 1) * 4096 : page * 4096] = old[(page - 1) * 4096 : page * 4096]
    ground.path.write_bytes(new)
    with specimen.taken(ground.path) as copy, damage.opened(copy, ground.key, silent) as (found, remains):
        assert not found.bad_page_count
        assert [(each.kind, each.key, each.fault.value) for each in found.broken] == [
            ("answer", "a1/ORG-01", "altered")
        ]
        record = remains.records["answer", "a1/ORG-01"]
        assert record.origin is Origin.JOURNAL
        assert record.state["verdict"] == "not_met"


def test_a_file_cut_short(ground):
    whole = ground.path.read_bytes()
    for length in range(PAGE_SIZE, len(whole), 5 * PAGE_SIZE):
        for extra in (0, 100):
            ground.path.write_bytes(whole[: length + extra])
            with (
                specimen.taken(ground.path) as copy,
                damage.opened(copy, ground.key, silent) as (found, remains),
            ):
                assert found.cut
                _judge_or_nothing(ground, remains)


def test_the_wrong_key_opens_nothing(ground, profiles):
    with specimen.taken(ground.path) as copy, pytest.raises(WrongPassphrase):
        damage.key_for(copy, "wrong passphrase", profiles)


def test_nothing_is_overwritten_and_a_cancelled_salvage_leaves_nothing(
    ground, clock, profiles, passphrase, tmp_path
):
    def stop(_done: int, _total: int) -> None:
        raise Cancelled

    with specimen.taken(ground.path) as copy, damage.opened(copy, ground.key, silent) as (_f, remains):
        plan = salvage.plan(remains, ground.stand_in)
        more = {"who": "t", "clock": clock, "profiles": profiles}
        with pytest.raises(VaultExists):
            salvage.write(ground.path, passphrase, remains, plan, **more)
        target = tmp_path / "neu.tsg"
        with pytest.raises(Cancelled):
            salvage.write(target, passphrase, remains, plan, **more, progress=stop)
        assert not [each for each in tmp_path.iterdir() if "neu" in each.name]


def test_rubbish_gives_typed_errors_only(ground):
    rng = _random(9)
    whole = ground.path.read_bytes()
    for _round in range(40):
        data = bytearray(whole)
        start = rng.randrange(len(data))
        data[start : start + rng.randrange(1, 9000)] = rng.randbytes(rng.randrange(9000))
        ground.path.write_bytes(data)
        try:
            with (
                specimen.taken(ground.path) as copy,
                damage.opened(copy, damage.key_for(copy, ground.key, {200: None}), silent) as (_f, remains),
            ):
                _judge(ground, salvage.plan(remains, ground.stand_in))
        except TSGuardError:
            continue


def test_columns_are_those_of_the_tables(ground, reopen):
    """Statements are read by hand where a vault's own are lost: a new table must be among them."""
    vault = reopen(ground.path)
    with vault.file.access() as database:
        real = {
            name: tuple(row["name"] for row in database.rows(f"PRAGMA table_info({name})"))
            for name in database.tables()
            if not name.startswith("sqlite_")
        }
    vault.close()
    with specimen.taken(ground.path) as copy, damage.opened(copy, ground.key, silent) as (_f, remains):
        assert remains.pages.columns == real
    shipped = RawPages(lambda _offset, _length: b"", 0, bytes(32), frozenset(), ground.path)
    assert {name: shipped.columns[name] for name in shipped.columns} == {
        name: columns for name, columns in real.items() if name != "migrations"
    }


@given(st.binary(max_size=200), st.none() | st.integers(0, 5))
def test_a_row_of_rubbish_is_none(payload, most):
    found = decoded(payload, most)
    assert found is None or all(value is None or isinstance(value, str | int | bytes) for value in found)


def test_a_journal_that_says_nonsense_in_good_order_is_not_believed(ground, reopen):
    """Somebody who has the key can write what he likes: it must not bring the program down."""
    vault = reopen(ground.path)
    with vault.file.access() as database:
        journal = Journal(database, "mallory", utc_now)
        with database.transaction():
            for kind, key, after in (
                ("answer", "a1/ORG-01", {"assessment": "a1"}),
                ("answer", "a1/ORG-02", {"assessment": "a1", "item": "ORG-03"}),
                ("evidence", "e1/E-01", {"enterprise": "e1", "id": "E-01", "sha256": 5}),
                ("assessment", "a2", {"id": "a2", "enterprise": "e1"}),
                ("secret_point", "e1/S-01", {"enterprise": "e1", "id": "S-01", "name": {"x": 1}}),
                ("rectification", "e1/R-0001", {"enterprise": "e1", "id": "R-0001", "recheck": "maybe"}),
                ("rectification", "e9/R-0001", {"enterprise": "e9", "id": "R-0001"}),
                ("issued_document", "e1/D-0001", {"enterprise": "e1", "id": "D-0001", "scan_sha256": 5}),
                ("issued_document", "e1/D-0002", {"enterprise": "e1", "id": "D-0002", "assessment": "a9"}),
                ("clearance", "e1/C-0001", {"enterprise": "e1", "id": "C-0001", "key": "short"}),
                ("setting", "limit", {"name": "limit", "value": None}),
                ("sequence", "e1/evidence", {"enterprise": "e1", "kind": "evidence", "next": "x"}),
                ("no such kind", "x", [1, 2]),
            ):
                journal.append("x", kind, key, None, to_json(after))
    vault.close()
    with specimen.taken(ground.path) as copy, damage.opened(copy, ground.key, silent) as (found, remains):
        assert not found.sound
        plan = salvage.plan(remains, ground.stand_in)
    told = {(each.kind, each.key) for each in plan.records}
    assert ("answer", "a1/ORG-02") not in told
    assert ("assessment", "a2") not in told
    assert not {kind for kind, _key in told} & {"issued_document", "clearance"}
    assert [key for kind, key in told if kind == "rectification"] == ["e1/R-0002"]
    assert ("setting", "limit") not in told
    assert ("answer", "a1/ORG-04") in told


def test_a_scan_that_is_lost_leaves_its_entry(ground, clock, profiles, passphrase, tmp_path):
    """Whichever page of the scan is damaged; and no number is given twice afterwards."""
    with specimen.taken(ground.path) as copy, damage.opened(copy, ground.key, silent) as (_f, remains):
        scan = str(remains.records["issued_document", "e1/D-0001"].state["scan_sha256"])
        (file,) = [number for number, row in remains.listed.items() if row["sha256"] == scan]
        overflow = remains.chunks[file][0].overflow
    with (
        specimen.taken(spoil(ground.path, overflow)) as copy,
        damage.opened(copy, ground.key, silent) as (_found, remains),
    ):
        plan = salvage.plan(remains, ground.stand_in)
        assert [(each.kind, each.key, each.loss) for each in plan.lost] == [
            ("issued_document", "e1/D-0001", Loss.CONTENT)
        ]
        target = tmp_path / "新.tsg"
        salvage.write(target, passphrase, remains, plan, who="tester", clock=clock, profiles=profiles)
    vault = Vault.open(target, passphrase, who="t", profiles=profiles)
    issued = vault.issued_documents("e1")[0]
    assert (issued.sealed, issued.scan_lost, issued.scan_name, issued.scan_size) == (
        False,
        True,
        "盖章页.pdf",
        0,
    )
    with vault.write() as writer:
        assert [writer.new_number(kind, "e1") for kind in ("rectification", "issued_document")] == [3, 3]
    vault.close()
