"""Files that are encrypted under the right key and yet are no vault of ours: refused by name, never a bug."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.support.vaults import PASSPHRASE, QUICK, new_session
from tsguard.errors import NotAVault, TSGuardError, VaultDamaged, VaultNewer
from tsguard.services import health, restore, restore_preview
from tsguard.services.backup_files import Places
from tsguard.services.session import Session
from tsguard.store import copying, driver, restoring
from tsguard.store.secret import RawKey

MARK = "绝不外传"

CHANGES = {
    "no-journal": ["DROP TABLE journal"],
    "no-texts": ["PRAGMA foreign_keys = OFF", "DROP TABLE frozen_texts"],
    "no-files": ["PRAGMA foreign_keys = OFF", "DROP TABLE files"],
    "other-column": ["ALTER TABLE journal RENAME COLUMN after TO nach"],
    "other-enterprise": ["ALTER TABLE enterprises RENAME COLUMN name TO title"],
    "older-by-its-word": ["PRAGMA user_version = 1"],
    "empty-by-its-word": ["PRAGMA user_version = 0"],
    "newer": ["PRAGMA user_version = 9"],
    "no-text": [f"UPDATE enterprises SET name = CAST(x'ff' || '{MARK}' AS TEXT)"],  # noqa: S608 - a constant
    "view": [
        "ALTER TABLE settings RENAME TO other",
        "CREATE VIEW settings AS SELECT name, unheard_of(value) AS value FROM other",
    ],
    "loose-types": [
        "CREATE TABLE loose AS SELECT * FROM journal",
        "DROP TABLE journal",
        "ALTER TABLE loose RENAME TO journal",
        "UPDATE journal SET after = 7, hash = 8",
    ],
}
FOREIGN = {
    "other-program": ["CREATE TABLE x (a)", "INSERT INTO x VALUES (1)"],
    "same-words": ["CREATE TABLE journal (a)", "INSERT INTO journal VALUES (1)"],
    "says-it-is-one": [
        "PRAGMA user_version = 2",
        "CREATE TABLE meta (name, value)",
        "INSERT INTO meta VALUES ('format', '1')",
    ],
}


@dataclass(frozen=True)
class Place:
    """A good copy of a vault, and what opens it."""

    folder: Path
    good: Path
    key: RawKey
    salt: bytes
    session: Session


@pytest.fixture
def place(tmp_path: Path) -> Iterator[Place]:
    session = new_session(tmp_path / "vault", choose=False)
    good = tmp_path / "good.tsg"
    session.file.copy_to(good)
    yield Place(tmp_path, good, session.file.raw_key(), session.file.salt, session)
    session.close()


def made(place: Place, name: str) -> Path:
    path = place.folder / f"{name}.tsg"
    if name in CHANGES:
        shutil.copyfile(place.good, path)
    else:
        path.touch()
    database = driver.connect(path, place.key.material, place.salt)
    for statement in CHANGES.get(name) or FOREIGN[name]:
        database.execute(statement)
    database.close()
    copying.discard_logs(path)
    return path


def ways(place: Place, path: Path) -> dict[str, Callable[[], object]]:
    """Everything that reads a file somebody gave us."""
    places = Places(place.folder / "local")
    key, new = place.key, place.folder / "new.tsg"
    return {
        "check": lambda: restoring.check(path, restoring.unlock(path, key, QUICK)),
        "copy": lambda: restoring.copy_closed(path, key, new),
        "preview": lambda: restore_preview.preview(path, key, place.session, places, profiles=QUICK),
        "restore": lambda: restore.restore_to(path, key, new, profiles=QUICK),
        "examine": lambda: health.examine(path, key, profiles=QUICK, places=places),
        "salvage": lambda: health.rescue(path, key, new, PASSPHRASE, profiles=QUICK),
        "open": lambda: Session.open(path, key, profiles=QUICK).close(),
    }


@pytest.mark.parametrize("name", [*CHANGES, *FOREIGN])
def test_only_errors_of_ours_leave_and_nothing_is_left_behind(place: Place, name: str) -> None:
    path = made(place, name)
    refused = []
    for way, act in ways(place, path).items():
        new = place.folder / "new.tsg"
        # Nothing is wrong with the reading of some; another error than ours ends the test.
        why: TSGuardError | None = None
        try:
            act()
        except TSGuardError as error:
            why = error
        if why is not None:
            assert isinstance(why, VaultDamaged | VaultNewer | NotAVault), way
            assert MARK not in f"{why} {why.__cause__}"
            assert not new.exists(), way
            refused.append(way)
        new.unlink(missing_ok=True)
        assert not [each.name for each in place.folder.iterdir() if each.name.startswith(".")], way
    assert "restore" in refused
    assert "preview" in refused


@pytest.mark.parametrize("name", [*CHANGES, *FOREIGN])
def test_one_in_the_vaults_place_is_put_aside_and_the_backup_takes_it(place: Place, name: str) -> None:
    path = made(place, name)
    before = path.read_bytes()
    places = Places(place.folder / "local")
    done = restore.restore_over(place.good, place.key, path, place.key, places, profiles=QUICK)
    assert done.saved is not None
    if name in CHANGES and done.saved.parent == path.parent:
        assert done.saved.read_bytes() == before
    Session.open(path, PASSPHRASE, profiles=QUICK).close()
