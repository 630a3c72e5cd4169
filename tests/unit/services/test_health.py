"""An examination tells everything, changes nothing, and what it promises to recover is recovered."""

from __future__ import annotations

import dataclasses
import shutil
from datetime import date
from pathlib import Path

import pytest
from support.dossier import attach_scan, document
from support.vaults import PASSPHRASE, QUICK, new_session

from tsguard.domain.answers import Answer
from tsguard.domain.evidence import Evidence, proved_items
from tsguard.domain.scales import Verdict
from tsguard.errors import Cancelled, NotAVault, VaultDamaged, VaultInUse, WrongPassphrase
from tsguard.services import health_words as words
from tsguard.services.backup_files import Places, made_folder
from tsguard.services.cabinet import filed
from tsguard.services.content import choose_modules, shipped
from tsguard.services.health import Outcome, examine, examine_open, rescue
from tsguard.services.renewal import changes
from tsguard.services.seen import SeenStates
from tsguard.services.session import Session
from tsguard.services.surroundings import Leftover, beside, outside
from tsguard.store import damage, specimen
from tsguard.store.driver import PAGE_SIZE
from tsguard.store.salvage import Loss


@pytest.fixture
def place(tmp_path) -> Path:
    """A closed vault with answers, a piece of evidence and a place."""
    session = new_session(tmp_path / "v", "XIC")
    items = [item.id for item in session.checklist.items()][:40]
    session.put_answers(Answer(item, Verdict.MET, note=f"说明{item}" * 20) for item in items)
    source = tmp_path / "制度.pdf"
    source.write_bytes(b"%PDF" + b"x" * 30_000)
    stored = session.cabinet.store_file(source)
    session.cabinet.add(filed(Evidence(title="制度", items=(items[0],)), source, stored))
    session.close()
    return session.path


def _look(path: Path):
    return examine(path, PASSPHRASE, profiles=QUICK)


def _tables(path: Path) -> dict[str, list[int]]:
    key = Session.open(path, PASSPHRASE, profiles=QUICK)
    raw = key.file.raw_key()
    key.close()
    with specimen.taken(path) as copy, damage.opened(copy, raw, lambda _d, _t: None) as (_found, remains):
        return {name: tree.leaves for name, tree in remains.pages.trees.items()}


def _spoil(path: Path, *pages: int) -> None:
    with path.open("r+b") as file:
        for page in pages:
            file.seek((page - 1) * PAGE_SIZE + 900)
            file.write(b"\x55\xaa\x55\xaa")


def _text(found) -> str:
    return "\n".join(f"{line.title}：{line.text}" for line in words.lines(found))


def test_a_sound_vault(place):
    before = place.read_bytes(), place.stat().st_mtime_ns
    found = _look(place)
    assert found.outcome is Outcome.SOUND
    assert (place.read_bytes(), place.stat().st_mtime_ns) == before
    assert [each.name for each in place.parent.iterdir()] == [place.name]
    assert found.files == 1
    assert all(line.outcome is Outcome.SOUND for line in words.lines(found))
    assert "首尾相扣" in _text(found)
    assert words.advice(found).startswith("不需要做什么")


def test_rows_that_are_damaged_come_back_from_the_journal(place, tmp_path):
    _spoil(place, *_tables(place)["answers"])
    with pytest.raises(VaultDamaged):
        Session.open(place, PASSPHRASE, profiles=QUICK)
    found = _look(place)
    assert found.outcome is Outcome.RECOVERABLE
    assert found.from_journal == 40
    assert "作答" in _text(found)
    assert "40条可以从变更记录中找回" in _text(found)
    new = tmp_path / "新.tsg"
    done = rescue(place, PASSPHRASE, new, "another passphrase", profiles=QUICK)
    assert not done.lost
    session = Session.open(new, "another passphrase", profiles=QUICK)
    assert len(session.answers) == 40
    assert all(answer.note == f"说明{item}" * 20 for item, answer in session.answers.items())
    assert session.file.verify_journal() == done.facts.journal_entries
    (piece,) = session.cabinet
    assert len(b"".join(session.cabinet.read(piece.id))) == 30_004
    session.close()
    assert _look(place).damage == found.damage


def test_the_first_page_may_be_damaged(place, tmp_path):
    _spoil(place, 1)
    found = _look(place)
    assert found.damage.bad_pages == (1,)
    done = rescue(place, PASSPHRASE, tmp_path / "新.tsg", PASSPHRASE, profiles=QUICK)
    assert dict(done.facts.counts)["answer"] == 40


def test_the_first_bytes_come_from_a_backup(place, tmp_path):
    backup = tmp_path / "b.tsg"
    shutil.copyfile(place, backup)
    with place.open("r+b") as file:
        file.write(bytes(16))
    with pytest.raises(NotAVault):
        _look(place)
    assert not outside(place).vault
    found = examine(place, PASSPHRASE, header_from=backup, profiles=QUICK)
    assert found.outcome is Outcome.SOUND or not found.damage.bad_page_count
    done = rescue(place, PASSPHRASE, tmp_path / "n.tsg", PASSPHRASE, header_from=backup, profiles=QUICK)
    assert dict(done.facts.counts)["answer"] == 40


def test_lost_frozen_texts_that_are_the_shipped_ones_are_no_loss(place, tmp_path):
    overflow = _tables(place)["frozen_texts"]
    _spoil(place, *overflow)
    found = _look(place)
    assert found.damage.frozen_lost
    assert found.outcome is Outcome.RECOVERABLE
    done = rescue(place, PASSPHRASE, tmp_path / "新.tsg", PASSPHRASE, profiles=QUICK)
    assert not done.lost
    session = Session.open(tmp_path / "新.tsg", PASSPHRASE, profiles=QUICK)
    assert session.sheet()
    assert session.unanswered == sum(1 for _item in session.checklist.items()) - 40
    session.close()


def test_lost_frozen_texts_of_somebodys_own_cost_the_checklist_and_no_answer(place, tmp_path, monkeypatch):
    # Without shipped content of that very wording, as after an update of the program.
    monkeypatch.setattr("tsguard.services.health._candidates", lambda _modules: ())
    _spoil(place, *_tables(place)["frozen_texts"])
    found = _look(place)
    assert found.outcome is Outcome.LOST
    assert {each.loss for each in found.lost} <= {Loss.CHECKLIST, Loss.PROGRAMME}
    assert "清单" in _text(found)
    done = rescue(place, PASSPHRASE, tmp_path / "新.tsg", PASSPHRASE, profiles=QUICK)
    session = Session.open(tmp_path / "新.tsg", PASSPHRASE, profiles=QUICK)
    assert len(session.answers) == 40
    assert changes(session, shipped()).modules
    choose_modules(session, session.assessment.modules, renew=True)
    assert session.unanswered == sum(1 for _item in session.checklist.items()) - 40
    assert done.lost
    session.close()


def test_lost_contents_are_named(place, tmp_path):
    pages = place.stat().st_size // PAGE_SIZE
    # The evidence was written last but for the settings: its pieces lie on overflow pages near the end.
    for page in range(pages, 1, -1):
        spoilt = tmp_path / "x.tsg"
        shutil.copyfile(place, spoilt)
        _spoil(spoilt, page)
        found = _look(spoilt)
        if dict(found.damage.bad_tables).get("file_chunks"):
            break
    assert found.outcome is Outcome.LOST
    assert [(each.kind, each.loss) for each in found.lost] == [("evidence", Loss.CONTENT)]
    assert "佐证E-01" in _text(found)
    rescue(spoilt, PASSPHRASE, tmp_path / "新.tsg", PASSPHRASE, profiles=QUICK)
    session = Session.open(tmp_path / "新.tsg", PASSPHRASE, profiles=QUICK)
    (piece,) = session.cabinet
    assert piece.is_paper
    assert piece.file_name == "制度.pdf"
    assert "丢失" in piece.paper_at
    # What is lost proves nothing; neither does saying something else about it.
    assert piece.items
    assert not session.cabinet.proved_items(session.today)
    lost = session.sheet().evidenced
    session.cabinet.put(dataclasses.replace(piece, paper_at="档案柜"))
    assert not session.cabinet.proved_items(session.today)
    # Added anew, as the words there ask for, it does.
    source = tmp_path / "制度.pdf"
    stored = session.cabinet.store_file(source)
    session.cabinet.add(filed(Evidence(title="制度", items=piece.items), source, stored))
    assert session.cabinet.proved_items(session.today) == set(piece.items)
    assert session.sheet().evidenced != lost
    session.close()


def test_a_lost_scan_is_named_by_what_was_issued(place, tmp_path):
    session = Session.open(place, PASSPHRASE, profiles=QUICK)
    source = tmp_path / "盖章页.pdf"
    source.write_bytes(b"sealed" * 20_000)
    session.issued.add(document(session))
    digest = attach_scan(session, "D-0001", source).scan_sha256
    key = session.file.raw_key()
    session.close()
    with specimen.taken(place) as copy, damage.opened(copy, key, lambda _d, _t: None) as (_found, remains):
        (file,) = [number for number, row in remains.listed.items() if row["sha256"] == digest]
        page = remains.chunks[file][0].overflow
    _spoil(place, page)
    found = _look(place)
    assert [(each.kind, each.loss) for each in found.lost] == [("issued_document", Loss.CONTENT)]
    assert "存入的文件：内容丢失：出具记录D-0001。" in _text(found)
    done = rescue(place, PASSPHRASE, tmp_path / "新.tsg", PASSPHRASE, profiles=QUICK)
    assert dict(done.facts.counts)["issued_document"] == 1
    session = Session.open(tmp_path / "新.tsg", PASSPHRASE, profiles=QUICK)
    issued = session.issued.get("D-0001")
    assert (issued.sealed, issued.scan_lost, issued.scan_name) == (False, True, "盖章页.pdf")
    assert attach_scan(session, "D-0001", source).scan_sha256 == digest
    session.close()


def test_paper_proves_and_a_lost_file_does_not():
    day = date(2026, 11, 23)
    paper = Evidence(title="a", items=("HRM-05",), paper_at="档案柜")
    lost = Evidence(title="b", items=("HRM-06",), paper_at="丢失", file_name="x.pdf")
    file = Evidence(title="c", items=("HRM-07",), file_name="x.pdf", sha256="0" * 64)
    assert proved_items((paper, lost, file), day) == {"HRM-05", "HRM-07"}
    assert [each.content_lost for each in (paper, lost, file)] == [False, True, False]


def test_the_open_vault(place):
    session = Session.open(place, PASSPHRASE, profiles=QUICK)
    session.remember_place("results")
    found = examine_open(session)
    assert found.outcome is Outcome.SOUND
    assert found.damage.head == session.file.journal_head
    with pytest.raises(VaultInUse):
        _look(place)
    _spoil(place, *_tables_of_open(session)["secret_points"])
    session.remember_place("export")
    bad = examine_open(session)
    assert bad.outcome is Outcome.RECOVERABLE
    session.remember_place("points")
    session.close()


def _tables_of_open(session: Session) -> dict[str, list[int]]:
    key = session.file.raw_key()
    with session.file.examined() as copy, damage.opened(copy, key, lambda _d, _t: None) as (_found, remains):
        return {name: tree.leaves for name, tree in remains.pages.trees.items()}


def test_an_older_copy_is_noticed_though_nothing_in_it_is_wrong(place, tmp_path):
    seen = SeenStates(tmp_path / "settings.json")
    old = place.read_bytes()
    session = Session.open(place, PASSPHRASE, profiles=QUICK)
    session.remember_place("results")
    seen.note(session.file.lineage, session.file.journal_head, session.file.info().journal_entries)
    session.close()
    place.write_bytes(old)
    found = examine(place, PASSPHRASE, seen=seen, profiles=QUICK)
    assert found.outcome is Outcome.SOUND
    assert "少1条改动" in _text(found)
    assert "先弄清" in words.advice(found)


def test_the_newest_good_backup(place, tmp_path):
    found = _look(place)
    places = Places(tmp_path / "backups")
    folder = made_folder(places.local, found.damage.first_hash[:12], place.stem, chosen=False)
    good, bad = (folder / f"{place.stem} 2026-11-2{day} 090000.tsg" for day in (1, 2))
    shutil.copyfile(place, good)
    shutil.copyfile(place, bad)
    _spoil(bad, 3)
    again = examine(place, PASSPHRASE, places=places, profiles=QUICK)
    assert again.backups == 2
    assert again.backup is not None
    assert again.backup.path == good
    assert good.name in words.advice(again)


def test_without_the_passphrase_only_what_lies_open(place):
    with pytest.raises(WrongPassphrase):
        examine(place, "wrong passphrase", profiles=QUICK)
    seen = outside(place)
    assert (seen.vault, seen.whole, seen.profile) == (True, True, 200)
    place.write_bytes(place.read_bytes()[:-5])
    assert not outside(place).whole


def test_leftovers(place):
    for name, kind in (
        (f"{place.name}-wal.orphan", Leftover.ORPHAN),
        (f".{place.name}.tmp-0a1b2c3d", Leftover.DRAFT),
        (f"{place.stem}.v1.tsg", Leftover.OLD_FORMAT),
    ):
        (place.parent / name).write_bytes(b"x")
        assert kind in {each.kind for each in beside(place)}
    assert len(words.beside_lines(beside(place))) == 3
    assert place.name not in {each.name for each in beside(place)}


def test_cancelling_stops_and_leaves_nothing(place, tmp_path):
    with pytest.raises(Cancelled):
        examine(place, PASSPHRASE, cancelled=lambda: True, profiles=QUICK)
    new = tmp_path / "neu" / "x.tsg"
    new.parent.mkdir()
    with pytest.raises(Cancelled):
        rescue(place, PASSPHRASE, new, PASSPHRASE, cancelled=lambda: True, profiles=QUICK)
    assert not list(new.parent.iterdir())


def test_progress_rises_to_the_end(place):
    told: list[tuple[int, int]] = []
    examine(place, PASSPHRASE, progress=lambda *both: told.append(both), profiles=QUICK)
    shares = [done / total for done, total in told]
    assert shares == sorted(shares)
    assert shares[-1] == 1.0


def test_nothing_left_is_said(place):
    data = bytearray(place.read_bytes())
    for page in range(1, len(data) // PAGE_SIZE):
        data[page * PAGE_SIZE + 50] ^= 1
    place.write_bytes(data)
    found = _look(place)
    assert found.nothing_left
    assert found.outcome is Outcome.LOST
    assert "备份" in words.advice(found)
    assert _text(found)
