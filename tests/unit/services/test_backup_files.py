"""Where backups lie, what they are called, and a listing that nothing upsets."""

from __future__ import annotations

import os
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from support.windows import LINKS, ON_WINDOWS, PIPES, UNDER_WINE, posix_names

from tsguard.domain.windows_names import is_refused
from tsguard.errors import BackupFolderGone
from tsguard.services import backup_files
from tsguard.services.backup_files import Places
from tsguard.services.backup_plan import Reason
from tsguard.services.settings import Settings

LINEAGE = "0123456789ab"
WHEN = datetime(2026, 11, 23, 10, 15, 30, tzinfo=UTC)
HEADER = b"TSG\x01" + bytes(range(12))


def put(folder: Path, name: str, content: bytes = HEADER + bytes(4080)) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / name
    path.write_bytes(content)
    return path


def test_the_local_place_on_windows(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr("sys.platform", "win32")
    monkeypatch.setenv("LOCALAPPDATA", str(tmp_path))
    assert backup_files.backups_root() == tmp_path / "tsguard" / "backups"


@posix_names  # the folder is one of there
def test_the_local_place_is_the_persons_own(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr("sys.platform", "linux")
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    assert backup_files.backups_root() == tmp_path / "tsguard" / "backups"
    monkeypatch.setenv("XDG_DATA_HOME", "relative")
    assert backup_files.backups_root().is_absolute()


def test_the_local_place_is_not_chosen_twice(tmp_path: Path) -> None:
    file = tmp_path / "settings.json"
    local = tmp_path / "backups"
    assert backup_files.places_of(Settings(backup_folder=str(local)), file) == Places(local)
    chosen = Settings(backup_folder=str(tmp_path / "stick"))
    assert backup_files.places_of(chosen, file) == Places(local, tmp_path / "stick")


def test_a_vault_that_was_renamed_keeps_its_folder(tmp_path: Path) -> None:
    first = backup_files.made_folder(tmp_path, LINEAGE, "旧名", chosen=False)
    assert first == tmp_path / f"旧名-{LINEAGE}"
    assert backup_files.made_folder(tmp_path, LINEAGE, "新名", chosen=False) == first


def test_a_chosen_place_is_never_made(tmp_path: Path) -> None:
    gone = tmp_path / "stick"
    with pytest.raises(BackupFolderGone) as caught:
        backup_files.made_folder(gone, LINEAGE, "企业", chosen=True)
    assert caught.value.path == gone
    assert not gone.exists()


@pytest.mark.parametrize("reason", list(Reason))
@pytest.mark.parametrize("stem", ["企业", "a 2026-01-01 000000", "x 升级前", "𠮷𬭎", "2"])
def test_a_name_tells_what_it_was_given(tmp_path: Path, reason: Reason, stem: str) -> None:
    names = backup_files.free_names(tmp_path, stem, WHEN, reason)
    for path in (next(names), next(names)):
        put(tmp_path, path.name)
        found = backup_files.read_backup(path, LINEAGE)
        assert found is not None
        assert (found.stem, found.reason, found.when) == (stem, reason, WHEN)
        assert found.sound


def test_the_list_is_newest_first_over_both_places(tmp_path: Path) -> None:
    places = Places(tmp_path / "local", tmp_path / "stick")
    put(places.local / f"企业-{LINEAGE}", "企业 2026-11-21 080000.tsg")
    put(places.local / "另-ba9876543210", "另 2026-11-22 080000 升级前.tsg")
    put(tmp_path / "stick" / f"企业-{LINEAGE}", "企业 2026-11-23 080000.tsg")
    assert [(each.when.day, each.chosen) for each in backup_files.list_backups(places)] == [
        (23, True),
        (22, False),
        (21, False),
    ]
    assert [each.when.day for each in backup_files.list_backups(places, LINEAGE)] == [23, 21]


def test_what_is_no_backup_is_left_out(tmp_path: Path) -> None:
    folder = tmp_path / f"企业-{LINEAGE}"
    good = put(folder, "企业 2026-11-21 080000.tsg")
    for name in (
        "企业.tsg",
        ".企业 2026-11-21 080000.tsg.tmp-1a2b3c4d",
        "企业 2026-13-45 080000.tsg",
        "企业 2026-11-21 080000 别的.tsg",
        "企业 2026-11-21 080000.tsg.part",
        "企业 ２０２６-11-21 080000.tsg",
    ):
        put(folder, name)
    (folder / "目录 2026-11-21 080000.tsg").mkdir()
    if LINKS:
        (folder / "链接 2026-11-21 080000.tsg").symlink_to(good)
        (tmp_path / "链接-aaaaaaaaaaaa").symlink_to(folder)
    if PIPES:
        os.mkfifo(folder / "管道 2026-11-21 080000.tsg")
    put(tmp_path, f"文件-{LINEAGE}")
    assert [each.path for each in backup_files.list_backups(Places(tmp_path))] == [good]


@pytest.mark.parametrize(
    ("content", "sound"),
    [(b"", False), (HEADER, False), (b"PDF" + bytes(4093), False), (HEADER + bytes(4080), True)],
)
def test_a_cut_or_foreign_file_is_listed_and_not_sound(tmp_path: Path, content: bytes, sound: bool) -> None:
    put(tmp_path / f"企业-{LINEAGE}", "企业 2026-11-21 080000.tsg", content)
    (found,) = backup_files.list_backups(Places(tmp_path))
    assert found.sound is sound


def test_a_place_that_is_not_there_has_none(tmp_path: Path) -> None:
    assert backup_files.list_backups(Places(tmp_path / "gone", tmp_path / "gone too")) == ()
    assert backup_files.list_backups(Places(put(tmp_path, "file"))) == ()


def test_thousands_are_listed(tmp_path: Path) -> None:
    folder = tmp_path / f"企业-{LINEAGE}"
    folder.mkdir()
    most = 200 if UNDER_WINE else 3000  # each takes its time there
    for number in range(most):
        (folder / f"企业 2026-11-21 {number:06}.tsg").write_bytes(HEADER)
    count = sum(1 for number in range(most) if number % 100 < 60 and number // 100 % 100 < 60)
    assert len(backup_files.list_backups(Places(tmp_path))) == count


def test_only_what_was_listed_is_removed(tmp_path: Path) -> None:
    path = put(tmp_path / f"企业-{LINEAGE}", "企业 2026-11-21 080000.tsg")
    listed = backup_files.list_backups(Places(tmp_path))
    path.write_bytes(b"TSG\x01" + bytes(12 + 4080))
    assert backup_files.remove(listed) == listed
    assert path.exists()
    assert backup_files.remove(backup_files.list_backups(Places(tmp_path))) == ()
    assert not path.exists()


@given(
    st.text(st.characters(exclude_characters="/\0", codec="utf-8"), min_size=1, max_size=60),
    st.binary(max_size=40),
)
def test_no_name_and_no_content_upsets_it(
    tmp_path_factory: pytest.TempPathFactory, name: str, content: bytes
) -> None:
    assume(not (ON_WINDOWS and is_refused(name)))  # a colon or "\\" is no part of a name there
    folder = tmp_path_factory.mktemp("b") / f"企业-{LINEAGE}"
    folder.mkdir()
    try:
        (folder / f"{name} 2026-11-21 080000.tsg").write_bytes(content)
    except OSError:
        return  # a name that this file system does not take
    (found,) = backup_files.list_backups(Places(folder.parent))
    assert found.stem == name
    assert not found.sound
