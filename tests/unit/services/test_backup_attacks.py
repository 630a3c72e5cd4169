"""Backups in an unlucky or hostile world: nothing raw escapes, nothing of anybody else's is touched."""

from __future__ import annotations

import errno
import multiprocessing
import os
import random
import signal
import stat
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from support.windows import needs_links

from tests.support.vaults import PASSPHRASE, QUICK, new_session
from tsguard.domain.secret_points import SecretPoint
from tsguard.errors import BackupFolderGone, Cancelled, StorageError, WriteFailed
from tsguard.services import backup_files, backups, restore
from tsguard.services.backup_files import Places
from tsguard.services.session import Session

START = datetime(2026, 11, 23, 10, 15, 30, tzinfo=UTC)
posix = pytest.mark.skipif(os.name == "nt", reason="pipes and links of POSIX")


@pytest.fixture
def session(tmp_path: Path) -> Iterator[Session]:
    session = new_session(tmp_path / "vault", choose=False)
    yield session
    session.close()


def folder_name(session: Session) -> str:
    return f"企业-{session.file.lineage}"


def _loop(place: Path) -> Path:
    place.symlink_to(place)
    return place


def _below_a_file(place: Path) -> Path:
    place.write_bytes(b"x")
    return place / "below"


GONE: dict[str, Callable[[Path], Path]] = {
    "name too long": lambda place: place.with_name("x" * 300),
    "path too long": lambda place: place.joinpath(*["y" * 200] * 30),
    "no path at all": lambda place: Path(f"{place}\0x"),
    "link to itself": _loop,
    "below a file": _below_a_file,
    "a device": lambda _place: Path(os.devnull),
}


@pytest.mark.parametrize(
    "way", [pytest.param(way, marks=needs_links) if way == "link to itself" else way for way in GONE]
)
def test_a_chosen_place_that_can_not_be_one_counts_as_gone(
    session: Session, tmp_path: Path, way: str
) -> None:
    places = Places(tmp_path / "local", GONE[way](tmp_path / "stick"))
    made = backups.back_up(session.file, places)
    assert [type(each) for each in made.failures] == [BackupFolderGone]
    assert backups.standing(session.file, places).chosen_gone
    assert len(backup_files.list_backups(places)) == 1


@pytest.mark.parametrize("code", [errno.EIO, errno.ESTALE, errno.EHOSTDOWN, errno.ETIMEDOUT, errno.EACCES])
def test_a_network_drive_that_gives_any_error_counts_as_gone(
    session: Session, tmp_path: Path, code: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    drive = tmp_path / "drive"
    real = Path.stat

    def dead(self: Path, **how: bool) -> os.stat_result:
        if self.is_relative_to(drive):
            raise OSError(code, os.strerror(code))
        return real(self, **how)

    monkeypatch.setattr(Path, "stat", dead)
    made = backups.back_up(session.file, Places(tmp_path / "local", drive))
    assert [type(each) for each in made.failures] == [BackupFolderGone]


@posix
def test_nothing_is_written_through_a_link_in_the_place_of_the_folder(
    session: Session, tmp_path: Path
) -> None:
    stick, elsewhere = tmp_path / "stick", tmp_path / "elsewhere"
    stick.mkdir()
    elsewhere.mkdir()
    (stick / folder_name(session)).symlink_to(elsewhere)
    made = backups.back_up(session.file, Places(tmp_path / "local", stick))
    assert [type(each) for each in made.failures] == [WriteFailed]
    assert not list(elsewhere.iterdir())


@posix
@pytest.mark.parametrize("kind", ["pipe", "link"])
def test_the_ledger_is_not_written_through_what_lies_there(
    session: Session, tmp_path: Path, kind: str
) -> None:
    folder, victim = tmp_path / "local" / folder_name(session), tmp_path / "victim"
    folder.mkdir(parents=True)
    victim.write_bytes(b"mine")
    for name in (".state.json", ".state.tmp"):
        if kind == "pipe":
            os.mkfifo(folder / name)
        else:
            (folder / name).symlink_to(victim)
    places = Places(tmp_path / "local")
    backups.back_up(session.file, places)
    assert victim.read_bytes() == b"mine"
    ledger = folder / ".state.json"
    assert stat.S_ISREG(ledger.lstat().st_mode)
    assert not stat.S_IMODE(ledger.stat().st_mode) & 0o077
    assert not backups.standing(session.file, places).due


@posix
def test_five_thousand_foreign_files_pipes_and_devices_hold_nothing_up(
    session: Session, tmp_path: Path
) -> None:
    stick = tmp_path / "stick"
    folder = stick / folder_name(session)
    folder.mkdir(parents=True)
    for number in range(5000):
        (folder / f"企业 2026-01-01 {number:06d}.tsg").write_bytes(b"TSG\xc8" + os.urandom(12) + bytes(4080))
    os.mkfifo(folder / "企业 2026-02-01 101010.tsg")
    (folder / "企业 2026-02-01 101011.tsg").symlink_to("/dev/zero")
    before = set(folder.iterdir())
    begun = time.monotonic()
    made = backups.back_up(session.file, Places(tmp_path / "local", stick))
    assert time.monotonic() - begun < 20
    assert not made.failures
    # They are under other keys: none of them is ours to take away.
    assert before < set(folder.iterdir())


def test_what_was_made_counts_although_the_second_place_was_given_up(
    session: Session, tmp_path: Path
) -> None:
    stick = tmp_path / "stick"
    stick.mkdir()
    places = Places(tmp_path / "local", stick)

    def stop_at_the_second(done: int, total: int) -> None:
        if 2 * done > total:
            raise Cancelled

    with pytest.raises(Cancelled):
        backups.back_up(session.file, places, progress=stop_at_the_second)
    now = backups.standing(session.file, places)
    assert (now.changed, now.behind) == (False, True)
    with pytest.raises(Cancelled):
        backups.back_up(session.file, Places(tmp_path / "other", stick), cancelled=lambda: True)
    assert not list((tmp_path / "other").rglob("*.tsg"))


# --- clocks -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("seed", range(4))
def test_a_year_with_a_clock_that_jumps(session: Session, tmp_path: Path, seed: int) -> None:
    """After each backup the newest state is there, proven, and never fewer than two states are."""
    rng = random.Random(seed)  # noqa: S311 - when somebody works is no secret
    places = Places(tmp_path / "local")
    now, heads = START, set()
    for step in range(40):
        now += timedelta(hours=rng.choice([0, 1, 5, 24, 24, 24 * 9]), seconds=rng.choice([0, 0, 1]))
        if rng.random() < 0.15:
            now += timedelta(days=rng.choice([-365, 3652, -3652, 365]))
        session.points.add(SecretPoint(name=f"第{step}步"))
        head = session.file.journal_head
        made = backups.back_up(session.file, places, budget=rng.choice([1, 2**31]), clock=lambda at=now: at)
        heads.add(head)
        assert made.facts[0].journal_head == head
        assert made.facts[0].path.exists()
        there = backup_files.list_backups(places)
        assert len(there) >= min(2, len(heads))
        assert made.facts[0].path not in {each.path for each in made.dropped}
        assert {each.path for each in made.dropped}.isdisjoint(each.path for each in there)
        assert not backups.standing(session.file, places, lambda at=now: at).due
    newest = restore.verify(made.facts[0].path, PASSPHRASE, profiles=QUICK)
    assert newest.facts.journal_head == session.file.journal_head


@posix
def test_the_hour_that_comes_twice(session: Session, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TZ", "Europe/Berlin")
    time.tzset()
    try:
        places = Places(tmp_path / "local")
        first = datetime(2026, 10, 25, 0, 30, tzinfo=UTC)  # 2:30, and an hour later 2:30 again
        paths = []
        for moment in (first, first + timedelta(hours=1), first + timedelta(minutes=40), first):
            session.points.add(SecretPoint(name="x"))
            paths.append(backups.back_up(session.file, places, clock=lambda at=moment: at).facts[0].path)
            assert paths[-1].exists()
        assert len(set(paths)) == 4
        # Within that hour their order is that of the clock on the wall; the one just made always stays.
        assert sum(path.exists() for path in paths) >= 3
    finally:
        monkeypatch.undo()
        time.tzset()


# --- full disks and killed programs -----------------------------------------------------------------


def _limited(path: Path, local: Path, limit: int) -> None:
    import resource

    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    with closing(Session.open(path, PASSPHRASE, profiles=QUICK)) as session:
        resource.setrlimit(resource.RLIMIT_FSIZE, (limit, resource.RLIM_INFINITY))
        try:
            backups.back_up(session.file, Places(local))
        except StorageError:
            resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
            sys.exit(3)
    sys.exit(0)


def _killed(path: Path, local: Path, after: float) -> None:
    with closing(Session.open(path, PASSPHRASE, profiles=QUICK)) as session:
        signal.setitimer(signal.ITIMER_REAL, after)
        signal.signal(signal.SIGALRM, lambda _number, _frame: os.kill(os.getpid(), signal.SIGKILL))
        while True:
            session.points.add(SecretPoint(name="x"))
            backups.back_up(session.file, Places(local), budget=1)


def _apart(work: Callable[..., None], *given: object) -> int:
    process = multiprocessing.get_context("fork").Process(target=work, args=given)
    process.start()
    process.join(60)
    assert process.exitcode is not None
    return process.exitcode


@posix
@pytest.mark.parametrize("kib", [0, 1, 4, 40, 80, 100])
def test_on_a_disk_that_fills_up_older_ones_stay_and_nothing_half_made_does(
    session: Session, tmp_path: Path, kib: int
) -> None:
    places = Places(tmp_path / "local")
    old = backups.back_up(session.file, places, clock=lambda: START).facts[0].path
    session.points.add(SecretPoint(name="x"))
    session.close()
    assert _apart(_limited, session.path, places.local, kib * 1024) == 3
    there = [each.path for each in backup_files.list_backups(places)]
    assert there == [old]
    assert not [each for each in old.parent.iterdir() if ".tmp-" in each.name]
    restore.verify(old, PASSPHRASE, profiles=QUICK)


@posix
def test_killed_at_any_moment_there_are_always_two_good_ones(session: Session, tmp_path: Path) -> None:
    places = Places(tmp_path / "local")
    for minute in range(2):
        session.points.add(SecretPoint(name="x"))
        backups.back_up(session.file, places, clock=lambda at=minute: START - timedelta(minutes=at))
    session.close()
    rng = random.Random(7)  # noqa: S311
    for _round in range(12):
        assert _apart(_killed, session.path, places.local, 0.02 + rng.random() * 0.3) == -signal.SIGKILL
        there = backup_files.list_backups(places)
        good = [each for each in there if restore.verify(each.path, PASSPHRASE, profiles=QUICK)]
        assert len(good) == len(there) >= 2
    again = Session.open(session.path, PASSPHRASE, profiles=QUICK)
    made = backups.back_up(again.file, places)
    again.close()
    assert not [each for each in made.facts[0].path.parent.iterdir() if ".tmp-" in each.name]
