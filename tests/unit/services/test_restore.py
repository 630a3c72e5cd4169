"""From a backup to a vault: the preview, into a new file, over the present one; nothing is ever lost."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.support.dossier import CLEARANCE, TASK, document
from tests.support.vaults import PASSPHRASE, QUICK, new_session
from tsguard.domain.answers import Answer
from tsguard.domain.evidence import Evidence
from tsguard.domain.scales import Verdict
from tsguard.domain.secret_points import SecretPoint
from tsguard.errors import (
    Cancelled,
    NotAVault,
    VaultDamaged,
    VaultExists,
    VaultInUse,
    WriteFailed,
    WrongPassphrase,
)
from tsguard.services import backup_files, backups, restore, restore_preview
from tsguard.services.backup_files import Places
from tsguard.services.backup_plan import Reason
from tsguard.services.backup_words import records_counted
from tsguard.services.history_words import HistoryKind
from tsguard.services.session import Session
from tsguard.store.open_file import OpenFile

NOW = datetime(2026, 11, 23, 10, 15, 30, tzinfo=UTC)
NEW = "新的-口令-staple"


@pytest.fixture
def places(tmp_path: Path) -> Places:
    return Places(tmp_path / "local")


@pytest.fixture
def session(tmp_path: Path) -> Iterator[Session]:
    session = new_session(tmp_path / "vault")
    yield session
    session.close()


def backed_up(session: Session, places: Places) -> Path:
    return backups.back_up(session.file, places, clock=lambda: NOW).facts[0].path


def opened(path: Path, passphrase: str = PASSPHRASE) -> Session:
    return Session.open(path, passphrase, profiles=QUICK)


def over(session: Session, backup: Path, places: Places, **options: object) -> restore.Restored:
    return restore.restore_over(
        backup,
        PASSPHRASE,
        session.path,
        PASSPHRASE,
        places,
        profiles=QUICK,
        clock=lambda: NOW,
        **options,  # type: ignore[arg-type]
    )


def items(session: Session) -> list[str]:
    return [item.id for item in session.checklist.items()]


def test_nothing_differs_from_a_fresh_backup(session: Session, places: Places) -> None:
    seen = restore_preview.preview(
        backed_up(session, places), session.file.raw_key(), session, places, profiles=QUICK
    )
    assert (seen.ahead, seen.behind, seen.differences) == (0, 0, ())
    assert seen.same_vault
    assert seen.enterprise == session.enterprise.name
    assert seen.entries == session.file.info().journal_entries
    assert seen.newest_at is not None


def test_the_preview_tells_what_differs(session: Session, places: Places) -> None:
    first, second, third = items(session)[:3]
    session.put_answers([Answer(first, Verdict.MET), Answer(second, Verdict.MET, note="有台账")])
    session.points.add(SecretPoint(name="旧秘点"))
    backup = backed_up(session, places)
    session.put_answers([Answer(first, Verdict.NOT_MET), Answer(third, Verdict.PARTLY)])
    session.put_answer(Answer(second, Verdict.MET))
    session.points.add(SecretPoint(name="新秘点"))
    session.cabinet.add(Evidence(title="保密制度", paper_at="档案柜"))
    session.save_enterprise(replace(session.enterprise, staff=12))
    seen = restore_preview.preview(backup, PASSPHRASE, session, places, profiles=QUICK)
    found = [(each.kind, each.subject, each.then, each.now) for each in seen.differences]
    assert (HistoryKind.ANSWER, first, "符合", "不符合") in found
    assert (HistoryKind.ANSWER, third, "", "部分符合") in found
    assert any(kind is HistoryKind.ANSWER and "有台账" in then for kind, _subject, then, _now in found)
    assert [each.only_now for each in seen.differences if each.kind is HistoryKind.POINT] == [True]
    assert [each.only_now for each in seen.differences if each.kind is HistoryKind.EVIDENCE] == [True]
    assert [each.now for each in seen.differences if each.kind is HistoryKind.PROFILE] == ["职工总数：12"]
    assert seen.behind == 0
    assert seen.ahead >= 6


def test_the_preview_knows_the_dossier(session: Session, places: Places) -> None:
    task = session.rectifications.add(TASK)
    session.issued.add(document(session))
    backup = backed_up(session, places)
    session.rectifications.put(replace(task, department="法务部"))
    session.issued.remove("D-0001")
    session.clearances.add(CLEARANCE)
    seen = restore_preview.preview(backup, PASSPHRASE, session, places, profiles=QUICK)
    assert [(each.kind, each.subject, each.only_then, each.only_now) for each in seen.differences] == [
        (HistoryKind.RECTIFICATION, "整改任务R-0001", False, False),
        (HistoryKind.ISSUED, "出具记录D-0001", True, False),
        (HistoryKind.CLEARANCE, "放行C-0001", False, True),
    ]
    assert (seen.differences[0].then, seen.differences[0].now) == ("责任部门：人力资源部", "责任部门：法务部")
    assert records_counted(seen.counts) == "作答0条，佐证0件，秘点0个，整改任务1项，出具记录1份"
    later = restore_preview.preview(backed_up(session, places), PASSPHRASE, session, places, profiles=QUICK)
    assert records_counted(later.counts) == "作答0条，佐证0件，秘点0个，整改任务1项，放行记录1条"


def test_a_look_leaves_nothing_and_touches_nothing(session: Session, places: Places) -> None:
    backup = backed_up(session, places)
    before = backup.read_bytes()
    restore_preview.preview(backup, PASSPHRASE, session, places, profiles=QUICK)
    assert backup.read_bytes() == before
    left = {path.name for path in places.local.rglob("*") if path.is_file()}
    assert left == {backup.name, ".state.json"}


def test_a_foreign_backup_is_told(session: Session, places: Places, tmp_path: Path) -> None:
    other = new_session(tmp_path / "other", choose=False, name="另一家")
    seen = restore_preview.preview(backed_up(other, places), PASSPHRASE, session, places, profiles=QUICK)
    other.close()
    assert not seen.same_vault
    assert seen.enterprise == "另一家"


def test_both_may_have_gone_on(session: Session, places: Places) -> None:
    backup = backed_up(session, places)
    copy = opened(backup)
    copy.points.add(SecretPoint(name="只在备份里"))
    copy.close()
    session.points.add(SecretPoint(name="只在这里"))
    session.points.add(SecretPoint(name="也只在这里"))
    seen = restore_preview.preview(backup, PASSPHRASE, session, places, profiles=QUICK)
    assert seen.same_vault
    assert seen.ahead > seen.behind > 0


def test_the_wrong_passphrase_opens_no_backup(session: Session, places: Places, tmp_path: Path) -> None:
    backup = backed_up(session, places)
    for act in (
        lambda: restore.verify(backup, NEW, profiles=QUICK),
        lambda: restore_preview.preview(backup, NEW, None, places, profiles=QUICK),
        lambda: restore.restore_to(backup, NEW, tmp_path / "new.tsg", profiles=QUICK),
        lambda: restore.restore_over(backup, NEW, session.path, None, places, profiles=QUICK),
    ):
        with pytest.raises(WrongPassphrase):
            act()
    assert not (tmp_path / "new.tsg").exists()


# --- into a new file --------------------------------------------------------------------------------


def test_a_new_file_holds_it_and_says_where_it_comes_from(
    session: Session, places: Places, tmp_path: Path
) -> None:
    session.points.add(SecretPoint(name="配方"))
    backup = backed_up(session, places)
    before = backup.read_bytes()
    done = restore.restore_to(backup, PASSPHRASE, tmp_path / "恢复.tsg", profiles=QUICK)
    assert backup.read_bytes() == before
    with_it = opened(done.path)
    assert [point.name for point in with_it.points] == ["配方"]
    assert with_it.file.verify_journal() == session.file.info().journal_entries + 1
    assert with_it.file.lineage == session.file.lineage
    newest = with_it._vault.journal(newest=1)[0]
    assert (newest.action, newest.previous_hash) == ("vault.restore", session.file.journal_head)
    with_it.close()


def test_nothing_is_overwritten(session: Session, places: Places, tmp_path: Path) -> None:
    backup = backed_up(session, places)
    target = tmp_path / "there.tsg"
    target.write_bytes(b"mine")
    with pytest.raises(VaultExists):
        restore.restore_to(backup, PASSPHRASE, target, profiles=QUICK)
    assert target.read_bytes() == b"mine"
    with pytest.raises(WriteFailed):
        restore.restore_to(backup, PASSPHRASE, backup, profiles=QUICK)


@pytest.mark.parametrize("place", [20, 2000, 5000, 9000, -300])
def test_a_damaged_backup_makes_no_vault(
    session: Session, places: Places, tmp_path: Path, place: int
) -> None:
    backup = backed_up(session, places)
    damaged = bytearray(backup.read_bytes())
    damaged[place] ^= 0xFF
    backup.write_bytes(damaged)
    with pytest.raises(VaultDamaged) as caught:
        restore.restore_to(backup, PASSPHRASE, tmp_path / "new.tsg", profiles=QUICK)
    assert caught.value.path == backup
    with pytest.raises(VaultDamaged):
        restore.verify(backup, PASSPHRASE, profiles=QUICK)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["local", "vault"]


def test_what_is_stopped_leaves_nothing(session: Session, places: Places, tmp_path: Path) -> None:
    backup = backed_up(session, places)
    with pytest.raises(Cancelled):
        restore.restore_to(backup, PASSPHRASE, tmp_path / "new.tsg", profiles=QUICK, cancelled=lambda: True)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["local", "vault"]


# --- over the present one ---------------------------------------------------------------------------


def test_the_present_vault_is_backed_up_first(session: Session, places: Places) -> None:
    session.points.add(SecretPoint(name="旧"))
    backup = backed_up(session, places)
    session.points.add(SecretPoint(name="新"))
    head = session.file.journal_head
    session.close()
    done = over(session, backup, places)
    now = opened(session.path)
    assert [point.name for point in now.points] == ["旧"]
    assert now._vault.journal(newest=1)[0].key == head
    now.close()
    assert done.saved is not None
    saved = opened(done.saved)
    assert [point.name for point in saved.points] == ["旧", "新"]
    assert saved.file.journal_head == head
    saved.close()
    reasons = {each.reason for each in backup_files.list_backups(places)}
    assert Reason.BEFORE_RESTORE in reasons
    assert sorted(path.name for path in session.path.parent.iterdir()) == ["企业.tsg"]


def test_there_and_back_again(session: Session, places: Places) -> None:
    backup = backed_up(session, places)
    session.points.add(SecretPoint(name="新"))
    session.close()
    saved = over(session, backup, places).saved
    assert saved is not None
    over(session, saved, places)
    now = opened(session.path)
    assert [point.name for point in now.points] == ["新"]
    now.file.verify_journal()
    now.close()


def test_an_open_vault_is_not_replaced(session: Session, places: Places) -> None:
    backup = backed_up(session, places)
    session.points.add(SecretPoint(name="新"))
    with pytest.raises(VaultInUse):
        over(session, backup, places)
    assert [point.name for point in session.points] == ["新"]


@pytest.mark.parametrize("steps", range(4))
def test_stopped_halfway_the_present_vault_is_as_it_was(session: Session, places: Places, steps: int) -> None:
    backup = backed_up(session, places)
    session.points.add(SecretPoint(name="新"))
    session.close()
    before = session.path.read_bytes()
    calls: list[int] = []

    def later() -> bool:
        calls.append(1)
        return len(calls) > steps

    with pytest.raises(Cancelled):
        over(session, backup, places, cancelled=later)
    assert session.path.read_bytes() == before
    assert [path.name for path in session.path.parent.iterdir()] == ["企业.tsg"]


def test_a_damaged_vault_is_put_aside_byte_for_byte(session: Session, places: Places) -> None:
    backup = backed_up(session, places)
    session.close()
    damaged = bytearray(session.path.read_bytes())
    damaged[3 * 4096 + 7] ^= 0xFF
    session.path.write_bytes(damaged)
    log = session.path.with_name("企业.tsg-wal")
    log.write_bytes(b"what waits")
    done = over(session, backup, places)
    assert done.saved is not None
    assert done.saved.name.startswith("企业（换下的 2026-11-23 ")
    assert done.saved.read_bytes() == damaged
    opened(session.path).close()
    assert not log.exists() or log.read_bytes() != b"what waits"


def test_what_is_no_vault_any_more_is_put_aside(session: Session, places: Places) -> None:
    backup = backed_up(session, places)
    session.close()
    session.path.write_bytes(b"ransom" * 1000)
    done = over(session, backup, places)
    assert done.saved is not None
    assert done.saved.read_bytes() == b"ransom" * 1000
    opened(session.path).close()


def test_a_lost_vault_comes_back_to_its_place(session: Session, places: Places) -> None:
    backup = backed_up(session, places)
    session.close()
    session.path.unlink()
    assert over(session, backup, places).saved is None
    opened(session.path).close()


def test_an_older_passphrase_brings_back_the_vault_of_then(session: Session, places: Places) -> None:
    backup = backed_up(session, places)
    session.file.change_passphrase(NEW)
    session.close()
    done = restore.restore_over(
        backup, PASSPHRASE, session.path, NEW, places, profiles=QUICK, clock=lambda: NOW
    )
    opened(session.path, PASSPHRASE).close()
    assert done.saved is not None
    opened(done.saved, NEW).close()


def test_a_folder_without_links_loses_nothing(
    session: Session, places: Places, monkeypatch: pytest.MonkeyPatch
) -> None:
    backup = backed_up(session, places)
    session.close()
    session.path.write_bytes(b"x" * 5000)

    def no_links(*_args: object, **_options: object) -> None:
        raise OSError(38, "no links here")

    monkeypatch.setattr("os.link", no_links)
    done = over(session, backup, places)
    assert done.saved is not None
    assert done.saved.read_bytes() == b"x" * 5000
    opened(session.path).close()


def test_a_backup_that_is_something_else_is_said(session: Session, places: Places, tmp_path: Path) -> None:
    (tmp_path / "x.tsg").write_bytes(b"PK" * 4096)
    with pytest.raises(NotAVault):
        restore.verify(tmp_path / "x.tsg", PASSPHRASE, profiles=QUICK)


def test_an_open_vault_can_be_replaced_and_is_locked_then(session: Session, places: Places) -> None:
    session.points.add(SecretPoint(name="旧"))
    backup = backed_up(session, places)
    session.points.add(SecretPoint(name="新"))
    head = session.file.journal_head
    done = restore.replace_open(
        backup, session.file.raw_key(), session, places, profiles=QUICK, clock=lambda: NOW
    )
    assert session.closed
    now = opened(session.path)
    assert [point.name for point in now.points] == ["旧"]
    assert now._vault.journal(newest=1)[0].key == head
    now.file.verify_journal()
    now.close()
    assert done.saved is not None
    saved = opened(done.saved)
    assert saved.file.journal_head == head
    saved.close()


def test_where_the_backup_is_damaged_the_open_vault_stays(session: Session, places: Places) -> None:
    backup = backed_up(session, places)
    damaged = bytearray(backup.read_bytes())
    damaged[-300] ^= 0xFF
    backup.write_bytes(damaged)
    with pytest.raises(VaultDamaged):
        restore.replace_open(backup, session.file.raw_key(), session, places, profiles=QUICK)
    session.points.add(SecretPoint(name="weiter"))
    session.file.verify_journal()


def test_what_is_written_while_a_copy_holds_it_up_is_kept(
    session: Session, places: Places, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    backup = backed_up(session, places)
    begun, go_on, waits = threading.Event(), threading.Event(), threading.Event()
    real = OpenFile._await_copies

    def told(_done: int, _total: int) -> None:
        begun.set()
        go_on.wait(30)

    def await_copies(self: OpenFile, own: int) -> None:
        waits.set()
        real(self, own)

    monkeypatch.setattr(OpenFile, "_await_copies", await_copies)
    with ThreadPoolExecutor(2) as both:
        copying = both.submit(session.file.copy_to, tmp_path / "copy.tsg", progress=told)
        assert begun.wait(30)
        replacing = both.submit(
            restore.replace_open, backup, session.file.raw_key(), session, places, profiles=QUICK
        )
        assert waits.wait(30)
        session.points.add(SecretPoint(name="新"))
        go_on.set()
        copying.result(30)
        saved = replacing.result(30).saved
    assert saved is not None
    kept = opened(saved)
    assert [point.name for point in kept.points] == ["新"]
    kept.close()
