"""Making backups of a real vault: when they are due, that they open, that older ones go only then."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.support.vaults import PASSPHRASE, QUICK, new_session
from tsguard.domain.secret_points import SecretPoint
from tsguard.errors import BackupFolderGone, Cancelled, PassphraseTooShort, StorageError, VaultDamaged
from tsguard.services import backup_files, backups, restore
from tsguard.services.backup_files import Places
from tsguard.services.backup_plan import Reason
from tsguard.services.session import Session
from tsguard.store import migrations
from tsguard.store.secret import RawKey

NEW = "新的-口令-staple"
START = datetime(2026, 11, 23, 10, 15, 30, tzinfo=UTC)


class Hands:
    """A clock that is set by hand."""

    def __init__(self) -> None:
        self.now = START

    def __call__(self) -> datetime:
        return self.now

    def on(self, **by: float) -> None:
        self.now += timedelta(**by)


@pytest.fixture
def clock() -> Hands:
    return Hands()


@pytest.fixture
def places(tmp_path: Path) -> Places:
    return Places(tmp_path / "local")


@pytest.fixture
def session(tmp_path: Path) -> Iterator[Session]:
    session = new_session(tmp_path / "vault", choose=False)
    yield session
    session.close()


def change(session: Session, name: str = "配方") -> None:
    session.points.add(SecretPoint(name=name))


def test_a_backup_opens_with_the_passphrase_and_holds_everything(
    session: Session, places: Places, clock: Hands
) -> None:
    change(session)
    made = backups.back_up(session.file, places, clock=clock)
    (facts,) = made.facts
    assert dict(facts.counts)["secret_point"] == 1
    assert facts.path.parent == places.local / f"企业-{session.file.lineage}"
    assert facts.path.name == f"企业 {START.astimezone():%Y-%m-%d %H%M%S} 手动.tsg"
    with_it = restore.verify(facts.path, PASSPHRASE, profiles=QUICK)
    assert with_it.facts.journal_head == session.file.journal_head
    copy = Session.open(facts.path, PASSPHRASE, profiles=QUICK)
    assert [point.name for point in copy.points] == ["配方"]
    assert copy.file.lineage == session.file.lineage
    copy.close()


def test_it_is_due_only_after_a_change(session: Session, places: Places, clock: Hands) -> None:
    assert backups.standing(session.file, places, clock).due
    backups.back_up(session.file, places, clock=clock)
    assert not backups.standing(session.file, places, clock).due
    change(session)
    assert backups.standing(session.file, places, clock).due


def test_a_session_without_a_change_makes_none_at_its_end(
    session: Session, places: Places, clock: Hands
) -> None:
    backups.back_up(session.file, places, clock=clock)
    parting = backups.before_close(session.file, places, clock=clock)
    assert parting is not None
    session.close()
    assert parting.run() is None
    assert len(backup_files.list_backups(places)) == 1


def test_without_its_ledger_a_backup_is_due(session: Session, places: Places, clock: Hands) -> None:
    made = backups.back_up(session.file, places, clock=clock)
    for content in (b"", b"[]", b"\xff", b'{"local_head": 7}', b"[" * 9000):
        (made.facts[0].path.parent / ".state.json").write_bytes(content)
        assert backups.standing(session.file, places, clock).due


def test_the_chosen_folder_gets_each_one_too(session: Session, tmp_path: Path, clock: Hands) -> None:
    stick = tmp_path / "stick"
    stick.mkdir()
    places = Places(tmp_path / "local", stick)
    made = backups.back_up(session.file, places, clock=clock)
    assert [facts.path.is_relative_to(stick) for facts in made.facts] == [False, True]
    assert not backups.standing(session.file, places, clock).due


def test_where_the_chosen_folder_is_gone_the_local_one_is_made(
    session: Session, tmp_path: Path, clock: Hands
) -> None:
    places = Places(tmp_path / "local", tmp_path / "stick")
    made = backups.back_up(session.file, places, clock=clock)
    assert len(made.facts) == 1
    assert [type(error) for error in made.failures] == [BackupFolderGone]
    now = backups.standing(session.file, places, clock)
    assert (now.changed, now.behind, now.chosen_gone, now.due) == (False, True, True, False)
    (tmp_path / "stick").mkdir()
    assert backups.standing(session.file, places, clock).due


def test_reminding_begins_after_a_week_without_the_chosen_folder(
    session: Session, tmp_path: Path, clock: Hands
) -> None:
    places = Places(tmp_path / "local", tmp_path / "stick")
    assert not backups.standing(session.file, places, clock).remind
    backups.back_up(session.file, places, clock=clock)
    clock.on(days=6.9)
    change(session)
    backups.back_up(session.file, places, clock=clock)
    assert not backups.standing(session.file, places, clock).remind
    clock.on(days=0.2)
    assert backups.standing(session.file, places, clock).remind
    assert not backups.standing(session.file, Places(tmp_path / "local"), clock).remind
    (tmp_path / "stick").mkdir()
    backups.back_up(session.file, places, clock=clock)
    assert not backups.standing(session.file, places, clock).remind


def test_older_ones_go_only_once_a_new_one_is_proven(session: Session, places: Places, clock: Hands) -> None:
    for _number in range(5):
        change(session)
        backups.back_up(session.file, places, Reason.AUTOMATIC, clock=clock)
        clock.on(hours=1)
    there = backup_files.list_backups(places, session.file.lineage)
    assert len(there) == 3
    with pytest.raises(Cancelled):
        backups.back_up(session.file, places, Reason.AUTOMATIC, clock=clock, cancelled=lambda: True)
    assert backup_files.list_backups(places, session.file.lineage) == there


def test_two_in_one_second_stand_side_by_side(session: Session, places: Places, clock: Hands) -> None:
    first = backups.back_up(session.file, places, clock=clock).facts[0].path
    second = backups.back_up(session.file, places, clock=clock).facts[0].path
    assert first.exists()
    assert second.name == f"{first.stem} 2.tsg"


def test_after_a_new_passphrase_the_older_ones_stay(session: Session, places: Places, clock: Hands) -> None:
    for _number in range(3):
        backups.back_up(session.file, places, Reason.AUTOMATIC, clock=clock)
        clock.on(hours=1)
    session.file.change_passphrase(NEW)
    for _number in range(4):
        backups.back_up(session.file, places, Reason.AUTOMATIC, clock=clock)
        clock.on(hours=1)
    there = backup_files.list_backups(places, session.file.lineage)
    ours = [each for each in there if each.key_id == session.file.key_id]
    assert (len(ours), len(there)) == (3, 6)


def test_no_room_is_said_and_leaves_nothing(session: Session, tmp_path: Path, clock: Hands) -> None:
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(StorageError):
        backups.back_up(session.file, Places(tmp_path / "file"), clock=clock)


def test_the_local_place_may_fail_where_the_chosen_one_does_not(
    session: Session, tmp_path: Path, clock: Hands
) -> None:
    (tmp_path / "file").write_bytes(b"")
    (tmp_path / "stick").mkdir()
    made = backups.back_up(session.file, Places(tmp_path / "file", tmp_path / "stick"), clock=clock)
    assert len(made.facts) == len(made.failures) == 1


# --- at the end of a session ------------------------------------------------------------------------


def test_the_closed_vault_is_backed_up(session: Session, places: Places, clock: Hands) -> None:
    change(session)
    head = session.file.journal_head
    parting = backups.before_close(session.file, places, clock=clock)
    assert parting is not None
    session.close()
    made = parting.run()
    assert made is not None
    assert made.facts[0].journal_head == head
    again = Session.open(session.path, PASSPHRASE, profiles=QUICK)
    assert not backups.standing(again.file, places, clock).changed
    again.close()


def test_the_key_that_waits_shows_nowhere(session: Session, places: Places) -> None:
    parting = backups.before_close(session.file, places)
    material = session.file.raw_key().material
    assert material.hex() not in repr(parting)
    assert repr(material) not in repr(parting)


def test_who_stops_the_last_backup_is_told_the_next_time(
    session: Session, places: Places, clock: Hands
) -> None:
    change(session)
    parting = backups.before_close(session.file, places, clock=clock)
    assert parting is not None
    session.close()
    with pytest.raises(Cancelled):
        parting.run(cancelled=lambda: True)
    again = Session.open(session.path, PASSPHRASE, profiles=QUICK)
    assert backups.standing(again.file, places, clock).skipped
    backups.back_up(again.file, places, clock=clock)
    assert not backups.standing(again.file, places, clock).skipped
    again.close()


def test_a_damaged_vault_makes_no_backup(session: Session, places: Places, clock: Hands) -> None:
    change(session)
    parting = backups.before_close(session.file, places, clock=clock)
    assert parting is not None
    session.close()
    with session.path.open("r+b") as file:
        file.seek(2 * 4096 + 100)
        file.write(b"\xff\xfe\xfd")
    with pytest.raises(VaultDamaged):
        parting.run()
    assert not list(places.local.rglob("*.tsg*"))


# --- before a migration -----------------------------------------------------------------------------


def test_before_a_migration_one_is_made(
    session: Session, places: Places, clock: Hands, monkeypatch: pytest.MonkeyPatch
) -> None:
    change(session)
    session.close()
    more = (
        *migrations.MIGRATIONS,
        migrations.Migration(len(migrations.MIGRATIONS) + 1, "more", lambda _db: None),
    )
    monkeypatch.setattr(migrations, "MIGRATIONS", more)
    monkeypatch.setattr(migrations.migrate, "__defaults__", (more,))
    monkeypatch.setattr(migrations.check_version, "__defaults__", (more,))
    again = Session.open(
        session.path,
        PASSPHRASE,
        profiles=QUICK,
        before_migration=backups.before_migration(places, clock=clock),
    )
    (found,) = backup_files.list_backups(places, again.file.lineage)
    again.close()
    assert found.reason is Reason.BEFORE_UPGRADE
    assert restore.verify(found.path, PASSPHRASE, profiles=QUICK).facts.format_version == len(more) - 1


def test_where_the_local_place_fails_it_lies_beside_the_vault(
    session: Session, tmp_path: Path, clock: Hands
) -> None:
    (tmp_path / "file").write_bytes(b"")
    backups.before_migration(Places(tmp_path / "file"), clock=clock)(session._vault.file, 7)
    assert (session.path.parent / "企业.v7.tsg").exists()


def test_a_backup_names_its_key(session: Session, places: Places, clock: Hands) -> None:
    backups.back_up(session.file, places, clock=clock)
    (found,) = backup_files.list_backups(places, session.file.lineage)
    assert found.key_id == session.file.key_id
    assert isinstance(session.file.raw_key(), RawKey)


# --- round a new passphrase -------------------------------------------------------------------------


def test_a_new_passphrase_has_a_backup_on_either_side(session: Session, places: Places, clock: Hands) -> None:
    old = session.file.key_id
    made = backups.change_passphrase(session.file, NEW, places, clock=clock)
    assert made is not None
    there = backup_files.list_backups(places, session.file.lineage)
    assert {(each.reason, each.key_id) for each in there} == {
        (Reason.BEFORE_PASSPHRASE, old),
        (Reason.AFTER_PASSPHRASE, session.file.key_id),
    }
    restore.verify(made.facts[0].path, NEW, profiles=QUICK)


def test_a_passphrase_that_is_too_short_makes_no_backup(
    session: Session, places: Places, clock: Hands
) -> None:
    with pytest.raises(PassphraseTooShort):
        backups.change_passphrase(session.file, "kurz", places, clock=clock)
    assert not backup_files.list_backups(places)


def test_without_a_backup_before_the_passphrase_stays(session: Session, tmp_path: Path, clock: Hands) -> None:
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(StorageError):
        backups.change_passphrase(session.file, NEW, Places(tmp_path / "file"), clock=clock)
    assert session.file.proves(PASSPHRASE)
