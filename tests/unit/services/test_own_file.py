"""What lies beside the settings is whole, and its owner's alone."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tsguard.services.own_file import write_own
from tsguard.services.seen import SeenStates
from tsguard.services.settings import Settings, save_settings

posix = pytest.mark.skipif(os.name == "nt", reason="Windows has other rights")


@posix
def test_nobody_else_may_read_what_names_a_vault(tmp_path: Path) -> None:
    before = os.umask(0)
    try:
        settings = tmp_path / "tsguard" / "settings.json"
        save_settings(settings, Settings())
        SeenStates(settings).note("0" * 12, "a" * 64, 3)
    finally:
        os.umask(before)
    assert {
        each.name: each.stat().st_mode & 0o777 for each in (settings.parent, *settings.parent.iterdir())
    } == {
        "tsguard": 0o700,
        "settings.json": 0o600,
        "seen.json": 0o600,
    }


@posix
def test_a_file_that_others_could_read_is_its_owners_then(tmp_path: Path) -> None:
    file = tmp_path / "settings.json"
    file.write_bytes(b"{}")
    file.chmod(0o644)
    write_own(file, b"[]")
    assert file.read_bytes() == b"[]"
    assert file.stat().st_mode & 0o777 == 0o600


@posix
def test_a_link_under_the_old_draft_s_name_is_not_written_through(tmp_path: Path) -> None:
    victim, file = tmp_path / "victim", tmp_path / "settings.json"
    victim.write_bytes(b"precious")
    file.with_suffix(".tmp").symlink_to(victim)
    save_settings(file, Settings())
    assert victim.read_bytes() == b"precious"
    assert file.read_bytes().startswith(b"{")


def test_a_failure_leaves_the_older_file_and_no_draft(tmp_path: Path) -> None:
    folder = tmp_path / "settings.json"
    folder.mkdir()
    (folder / "inside").write_bytes(b"x")
    with pytest.raises(OSError):  # noqa: PT011 - which one is the system's to say
        write_own(folder, b"[]")
    assert [each.name for each in tmp_path.iterdir()] == ["settings.json"]
    assert (folder / "inside").exists()
