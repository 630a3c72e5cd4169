"""Folders for what may not outlive its use: private, wiped, and wiped after a crash too."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tsguard.gui.opening import Opener
from tsguard.gui.private_folder import OPENED, PrivateFolder, private_root, wipe_leftovers

CHILD = """
import sys, time
from pathlib import Path
from tsguard.gui.private_folder import OPENED, PrivateFolder
folder = PrivateFolder(Path(sys.argv[1]), OPENED)
file = folder.path / "secret.txt"
file.write_text("plain")
file.chmod(0o400)
print(folder.path, flush=True)
time.sleep(600)
"""


@pytest.mark.skipif(os.name == "nt", reason="modes are POSIX's")
def test_only_the_own_account_may_enter(tmp_path: Path) -> None:
    folder = PrivateFolder(tmp_path / "deep" / "root", OPENED)
    assert folder.path.stat().st_mode & 0o777 == 0o700
    assert folder.path.parent == tmp_path / "deep" / "root"
    assert PrivateFolder(tmp_path).path != PrivateFolder(tmp_path).path


def test_wiping_takes_everything_but_never_follows_a_link(tmp_path: Path) -> None:
    kept = tmp_path / "kept"
    kept.mkdir()
    (kept / "file").write_text("stays")
    folder = PrivateFolder(tmp_path / "root", OPENED)
    (folder.path / "a.pdf").write_text("plain")
    (folder.path / "a.pdf").chmod(0o400)
    (folder.path / "a_files" / "deeper").mkdir(parents=True)
    (folder.path / "a_files" / "deeper" / "b").write_text("plain")
    (folder.path / "link").symlink_to(kept)
    (folder.path / "file-link").symlink_to(kept / "file")
    assert folder.wipe()
    assert not folder.path.exists()
    assert (kept / "file").read_text() == "stays"
    assert folder.wipe()


def test_what_is_held_is_said_and_goes_later(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As on Windows, where a file that another program has open can't be removed."""
    folder = PrivateFolder(tmp_path, OPENED)
    held = folder.path / "a.docx"
    held.write_text("plain")
    (folder.path / "b.docx").write_text("plain")
    unlink = Path.unlink

    def refuse(path: Path, missing_ok: bool = False) -> None:
        if path == held:
            raise PermissionError(13, "in use", str(path))
        unlink(path, missing_ok)

    with monkeypatch.context() as patched:
        patched.setattr(Path, "unlink", refuse)
        assert not folder.wipe()
        assert [each.name for each in folder.path.iterdir()] == ["a.docx"]
    assert folder.wipe()


def test_a_killed_run_leaves_what_the_next_start_wipes(tmp_path: Path) -> None:
    child = subprocess.Popen([sys.executable, "-c", CHILD, str(tmp_path)], stdout=subprocess.PIPE, text=True)
    try:
        assert child.stdout is not None
        folder = Path(child.stdout.readline().strip())
        assert (folder / "secret.txt").exists()
        wipe_leftovers(tmp_path)
        assert (folder / "secret.txt").exists(), "its program is still there"
    finally:
        child.kill()
        child.wait()
        child.stdout.close()
    assert (folder / "secret.txt").exists()
    wipe_leftovers(tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_what_is_not_ours_stays(tmp_path: Path) -> None:
    (tmp_path / "other").mkdir()
    (tmp_path / "opened-file").write_text("a file of that name")
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "x").write_text("x")
    root = tmp_path / "root"
    root.mkdir()
    (root / "opened-link").symlink_to(outside)
    wipe_leftovers(root)
    wipe_leftovers(tmp_path)
    assert (outside / "x").exists()
    assert (tmp_path / "opened-file").exists()
    assert (tmp_path / "other").exists()


@pytest.mark.usefixtures("app")
def test_what_a_start_wipes_is_where_copies_are_kept() -> None:
    """The window wipes below the opener's root."""
    assert Opener().sample_root == private_root()
