"""Where the program's own things lie: in the profile, or beside a portable program and nowhere else."""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path

import pytest
from support.windows import ON_WINDOWS, posix_rights

from tsguard.services.backup_files import backups_root
from tsguard.services.settings import (
    PORTABLE_FOLDER,
    Place,
    Settings,
    can_keep,
    keys_folder,
    load_settings,
    own_folder,
    packs_folder,
    place_of,
    save_settings,
    settings_file,
    stay_in,
    this_place,
)

HOME = Path("/home/li")
LOCAL = {"LOCALAPPDATA": str(HOME / "AppData" / "Local")}
CONFIG = {"XDG_CONFIG_HOME": "/cfg"}
WINDOWS_PLACE = HOME / "AppData" / "Local" / "tsguard"
LINUX_PLACE = HOME / ".config" / "tsguard"
MAC_PLACE = HOME / "Library" / "Preferences" / "tsguard"


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    """A folder on a stick with a program and the marker."""
    folder = tmp_path / "审计 U盘 𬭎" / "tsguard"
    folder.mkdir(parents=True)
    (folder / "portable").touch()
    return folder


@pytest.fixture
def portable(stick: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """As the frozen program on the stick sees itself."""
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    monkeypatch.setattr(sys, "executable", str(stick / "tsguard.exe"))
    return stick


@pytest.mark.parametrize(
    ("platform", "frozen", "environment", "folder"),
    [
        ("win32", False, LOCAL, WINDOWS_PLACE),
        ("win32", True, LOCAL, WINDOWS_PLACE),
        ("win32", True, {}, WINDOWS_PLACE),
        ("win32", True, {"LOCALAPPDATA": ""}, WINDOWS_PLACE),
        ("linux", False, {}, LINUX_PLACE),
        ("linux", True, {}, LINUX_PLACE),
        ("linux", True, CONFIG, Path("/cfg/tsguard")),
        ("linux", True, {"XDG_CONFIG_HOME": "relative"}, LINUX_PLACE),
        ("darwin", True, {}, MAC_PLACE),
    ],
)
def test_without_the_marker_in_the_profile(
    tmp_path: Path, platform: str, frozen: bool, environment: dict[str, str], folder: Path
) -> None:
    found = place_of(
        frozen=frozen,
        executable=tmp_path / "tsguard.exe",
        environment=environment,
        platform=platform,
        home=HOME,
    )
    assert found == Place(folder / "settings.json")


@pytest.mark.parametrize("platform", ["win32", "linux", "darwin"])
def test_with_the_marker_beside_the_program(stick: Path, platform: str) -> None:
    found = place_of(
        frozen=True, executable=stick / "tsguard", environment=LOCAL | CONFIG, platform=platform, home=HOME
    )
    assert found == Place(stick / PORTABLE_FOLDER / "settings.json", portable=True)


def test_a_program_that_was_not_frozen_is_never_portable(stick: Path) -> None:
    """A marker beside somebody's Python means nothing."""
    found = place_of(frozen=False, executable=stick / "python", environment={}, platform="linux", home=HOME)
    assert not found.portable


def test_a_folder_of_that_name_is_no_marker(tmp_path: Path) -> None:
    (tmp_path / "portable").mkdir()
    found = place_of(frozen=True, executable=tmp_path / "tsguard", environment={}, home=HOME)
    assert not found.portable


def test_everything_of_a_portable_program_lies_in_its_folder(portable: Path) -> None:
    folder = portable / PORTABLE_FOLDER
    assert this_place() == Place(folder / "settings.json", portable=True)
    assert settings_file() == folder / "settings.json"
    for each in (own_folder(), keys_folder(), packs_folder(), backups_root(), backups_root(settings_file())):
        assert each.parent == folder


def test_only_the_profile_s_backups_lie_elsewhere(tmp_path: Path) -> None:
    assert not this_place().portable
    assert backups_root(tmp_path / "settings.json") == tmp_path / "backups"
    assert backups_root() == backups_root(settings_file())
    # Windows has one folder of a person's for both; the others keep settings and data apart.
    assert (backups_root() == settings_file().parent / "backups") is ON_WINDOWS


def test_a_place_that_takes_files_is_found_and_left_as_it_was(stick: Path) -> None:
    place = Place(stick / PORTABLE_FOLDER / "settings.json", portable=True)
    assert can_keep(place)
    assert list(place.folder.iterdir()) == []
    save_settings(place.file, Settings(appearance="dark"))
    assert load_settings(place.file).appearance == "dark"


@posix_rights
@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may write everywhere")
def test_a_locked_folder_keeps_nothing(stick: Path) -> None:
    stick.chmod(0o500)
    assert not can_keep(Place(stick / PORTABLE_FOLDER / "settings.json", portable=True))


def test_where_no_folder_can_be_made_nothing_is_kept(stick: Path) -> None:
    (stick / PORTABLE_FOLDER).touch()
    place = Place(stick / PORTABLE_FOLDER / "settings.json", portable=True)
    assert not can_keep(place)
    save_settings(place.file, Settings(appearance="dark"))
    assert load_settings(place.file) == Settings()


class TestTemporaryFiles:
    @pytest.fixture(autouse=True)
    def restored(self, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
        """The process's temporary folder, put back behind each test."""
        monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
        for name in ("TMPDIR", "TEMP", "TMP"):
            monkeypatch.setenv(name, str(tmp_path))

    def test_lie_in_a_portable_program_s_folder(self, portable: Path) -> None:
        stay_in(this_place())
        temp = str(portable / PORTABLE_FOLDER / "temp")
        assert {tempfile.gettempdir(), *map(os.environ.get, ("TMPDIR", "TEMP", "TMP"))} == {temp}
        with tempfile.NamedTemporaryFile() as file:
            assert Path(file.name).is_relative_to(portable)

    def test_stay_where_they_are_for_an_installed_program(self, tmp_path: Path) -> None:
        stay_in(Place(tmp_path / "profile" / "settings.json"))
        assert tempfile.gettempdir() == str(tmp_path)
        assert not (tmp_path / "profile").exists()

    def test_stay_where_they_are_where_nothing_can_be_kept(self, portable: Path, tmp_path: Path) -> None:
        (portable / PORTABLE_FOLDER).touch()
        stay_in(this_place())
        assert tempfile.gettempdir() == os.environ["TEMP"] == str(tmp_path)
