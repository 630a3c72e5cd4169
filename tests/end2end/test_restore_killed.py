"""Killed while a backup takes the vault's place: the one or the other is there, and neither state is lost."""

from __future__ import annotations

import multiprocessing
import os
import random
import shutil
import signal
from contextlib import closing
from pathlib import Path

import pytest

from tests.support.vaults import PASSPHRASE, QUICK, new_session
from tsguard.domain.secret_points import SecretPoint
from tsguard.services import backup_files, backups, restore
from tsguard.services.backup_files import Places
from tsguard.services.session import Session

pytestmark = pytest.mark.skipif(os.name == "nt", reason="fork and timers of POSIX")

_ROUNDS = 40
_OLD, _NEW = ["旧"], ["旧", "新"]
_LONGEST_S = 0.12


def _restored(backup: Path, vault: Path, secret: str | None, local: Path, after: float) -> None:
    signal.signal(signal.SIGALRM, lambda _number, _frame: os.kill(os.getpid(), signal.SIGKILL))
    signal.setitimer(signal.ITIMER_REAL, after)
    restore.restore_over(backup, PASSPHRASE, vault, secret, Places(local), profiles=QUICK)
    signal.setitimer(signal.ITIMER_REAL, 0)


def _names(path: Path) -> list[str]:
    with closing(Session.open(path, PASSPHRASE, profiles=QUICK)) as session:
        session.file.verify_journal()
        return [point.name for point in session.points]


def _made(folder: Path) -> tuple[Path, Path]:
    """A vault of the newer state, and a backup of it of the older."""
    session = new_session(folder / "vault", choose=False)
    session.points.add(SecretPoint(name="旧"))
    made = backups.back_up(session.file, Places(folder / "first")).facts[0].path
    session.points.add(SecretPoint(name="新"))
    session.close()
    return session.path, made


@pytest.mark.parametrize("damaged", [False, True])
def test_neither_state_is_ever_lost(tmp_path: Path, damaged: bool) -> None:
    vault, backup = _made(tmp_path)
    if damaged:
        content = bytearray(vault.read_bytes())
        content[5 * 4096 + 900] ^= 0x55
        vault.write_bytes(content)
    truth, good = vault.read_bytes(), backup.read_bytes()
    rng = random.Random(damaged)  # noqa: S311 - when it is killed is no secret
    outcomes = set()
    for number in range(_ROUNDS):
        work = tmp_path / f"round {number}"
        work.mkdir()
        here, local = work / "企业.tsg", work / "local"
        shutil.copyfile(vault, here)
        child = multiprocessing.get_context("fork").Process(
            target=_restored, args=(backup, here, PASSPHRASE, local, rng.random() * _LONGEST_S)
        )
        child.start()
        child.join(60)
        assert child.exitcode in {0, -signal.SIGKILL}
        outcomes.add(child.exitcode)
        assert backup.read_bytes() == good
        if damaged and here.read_bytes() == truth:
            continue
        names = _names(here)
        if names == _OLD and damaged:
            (aside,) = work.glob("企业*换下*.tsg")
            assert aside.read_bytes() == truth
        elif names == _OLD:
            kept = [each.path for each in backup_files.list_backups(Places(local))]
            assert _NEW in [_names(each) for each in kept]
        else:
            assert names == _NEW
        outcomes.add(names[-1])
        # The next opening, above, took away what was left half made.
        assert not [each.name for each in work.iterdir() if ".tmp-" in each.name]
    assert -signal.SIGKILL in outcomes
    assert "旧" in outcomes
