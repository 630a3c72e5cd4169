"""Making, opening and closing a vault."""

from __future__ import annotations

import contextlib
import os
import subprocess
import sys
from pathlib import Path

import pytest
from support.windows import LINKS, ON_WINDOWS, needs_links, posix_names

from tsguard.domain.enterprise import Enterprise
from tsguard.errors import (
    NotAVault,
    PassphraseTooShort,
    ReadOnly,
    Unreadable,
    VaultClosed,
    VaultDamaged,
    VaultExists,
    VaultInUse,
    VaultNewer,
    WriteFailed,
    WrongPassphrase,
)
from tsguard.store import driver
from tsguard.store.kdf import derive
from tsguard.store.migrations import FORMAT, MIGRATIONS
from tsguard.store.vault import Vault

OPEN_ELSEWHERE = """
import sys
from pathlib import Path
from tsguard.store.kdf import KdfProfile
from tsguard.store.vault import Vault
try:
    Vault.open(Path(sys.argv[1]), sys.argv[2], who="other", profiles={200: KdfProfile(8, 1, 1)}).close()
except Exception as error:
    print(type(error).__name__)
else:
    print("opened")
"""


def elsewhere(path: Path, passphrase: str) -> str:
    """What another process says when it opens the vault."""
    done = subprocess.run(
        [sys.executable, "-c", OPEN_ELSEWHERE, str(path), passphrase],
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    assert done.stderr == ""
    return done.stdout.strip()


def raw(path: Path, passphrase: str, profiles) -> driver.Database:
    """The database inside a closed vault."""
    salt = path.read_bytes()[:16]
    return driver.connect(path, derive(passphrase, salt, profiles[salt[3]]), salt)


def test_a_new_vault(tmp_path, make, reopen):
    path = tmp_path / "new.tsg"
    vault = make(path)
    assert vault.path == path
    assert not vault.closed
    assert vault.journal_head == "0" * 64
    info = vault.info()
    assert (info.format_version, info.kdf_profile, info.journal_entries) == (len(MIGRATIONS), 200, 0)
    assert info.created_at == "2026-11-23T04:05:06.789Z"
    vault.close()
    assert path.read_bytes()[:4] == b"TSG\xc8"
    assert ON_WINDOWS or path.stat().st_mode & 0o777 == 0o600
    assert [each.name for each in tmp_path.iterdir()] == ["new.tsg"]
    again = reopen(path)
    assert again.info().created_at == info.created_at
    again.close()


@pytest.mark.parametrize(
    "name",
    [
        "with space.tsg",
        "企业 名称（二）.tsg",
        "𬭎㵘䶮𠮷.tsg",
        pytest.param("file:x?mode=memory", marks=posix_names),
        pytest.param(":memory:", marks=posix_names),
        pytest.param("a%20#'\"$(x).tsg", marks=posix_names),
        "a%20#'$(x).tsg",
        "é" * 120,
    ],
)
def test_any_name(tmp_path, make, reopen, name, monkeypatch):
    monkeypatch.chdir(tmp_path)
    make(Path(name)).close()
    assert os.listdir(tmp_path) == [name]  # noqa: PTH208 - the bare names
    vault = reopen(Path(name))
    with vault.write() as writer:
        writer.put_setting("k", "v")
    vault.close()
    vault = reopen(Path(name))
    assert vault.setting("k") == "v"
    vault.close()


def test_never_overwrites(tmp_path, make):
    path = tmp_path / "there"
    path.write_bytes(b"mine")
    with pytest.raises(VaultExists):
        make(path)
    assert path.read_bytes() == b"mine"
    if not LINKS:
        return
    link = tmp_path / "dangling"
    link.symlink_to(tmp_path / "nowhere")
    with pytest.raises(VaultExists):
        make(link)


@pytest.mark.parametrize("links", [True, False], ids=["links", "a USB stick has no links"])
def test_never_overwrites_what_came_meanwhile(tmp_path, make, monkeypatch, links):
    path = tmp_path / "there"
    sync = os.fsync

    def meanwhile(handle):
        path.write_bytes(b"mine")
        sync(handle)

    monkeypatch.setattr(os, "fsync", meanwhile)
    if not links:
        monkeypatch.setattr(os, "link", refuse_links)
    with pytest.raises(VaultExists):
        make(path)
    assert path.read_bytes() == b"mine"
    assert [each.name for each in tmp_path.iterdir()] == ["there"]


def refuse_links(*_):
    raise PermissionError(1, "Operation not permitted")


def test_without_links(tmp_path, make, monkeypatch):
    monkeypatch.setattr(os, "link", refuse_links)
    make(tmp_path / "v.tsg").close()
    assert [each.name for each in tmp_path.iterdir()] == ["v.tsg"]


def test_failed_creation_leaves_nothing(tmp_path, make, monkeypatch):
    def fail(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", fail)
    with pytest.raises(Exception, match="path") as caught:
        make(tmp_path / "v.tsg")
    assert type(caught.value).__name__ == "DiskFull"
    assert list(tmp_path.iterdir()) == []


def test_missing_folder(tmp_path, make):
    with pytest.raises(WriteFailed):
        make(tmp_path / "no" / "v.tsg")


def test_short_passphrase(tmp_path, profiles):
    with pytest.raises(PassphraseTooShort):
        Vault.create(tmp_path / "v.tsg", "1234567", who="t", profiles=profiles)
    assert list(tmp_path.iterdir()) == []


def test_wrong_passphrase(closed, profiles, reopen, capfd):
    before = closed.read_bytes()
    for word in ("", "x", "correct horse 商业秘宻", "y" * 10000):
        with pytest.raises(WrongPassphrase):
            Vault.open(closed, word, who="t", profiles=profiles)
    assert closed.read_bytes() == before
    reopen(closed).close()
    assert capfd.readouterr() == ("", "")


def test_passphrase_in_another_spelling(tmp_path, profiles):
    path = tmp_path / "v.tsg"
    Vault.create(path, "e\u0301ｐａｓｓ　word", who="t", profiles=profiles).close()
    Vault.open(path, "épass word", who="t", profiles=profiles).close()


def test_in_use(vault, reopen, passphrase):
    with pytest.raises(VaultInUse):
        reopen(vault.path)
    # The refusal must not have dropped the lock of the vault that is open.
    assert elsewhere(vault.path, passphrase) == "VaultInUse"
    assert elsewhere(vault.path, "wrong passphrase") == "VaultInUse"


def test_in_use_under_another_name(vault, reopen, tmp_path):
    (tmp_path / "hard").hardlink_to(vault.path)
    with pytest.raises(VaultInUse):
        reopen(tmp_path / "hard")


@needs_links
def test_in_use_under_a_link(vault, reopen, tmp_path):
    (tmp_path / "link").symlink_to(vault.path)
    with pytest.raises(VaultInUse):
        reopen(tmp_path / "link")


def test_in_use_even_when_something_here_read_the_file(vault, passphrase):
    """Closing any handle drops the process's POSIX locks, SQLite's among them; the flock stays."""
    vault.path.read_bytes()
    assert elsewhere(vault.path, passphrase) == "VaultInUse"


def test_free_again_after_closing(closed, reopen, passphrase):
    assert elsewhere(closed, passphrase) == "opened"
    vault = reopen(closed)
    vault.close()
    assert elsewhere(closed, passphrase) == "opened"


def test_free_again_after_a_refusal(closed, reopen, profiles):
    with pytest.raises(WrongPassphrase):
        Vault.open(closed, "wrong passphrase", who="t", profiles=profiles)
    reopen(closed).close()


@needs_links
def test_through_a_link(closed, reopen, tmp_path):
    folder = tmp_path / "elsewhere"
    folder.mkdir()
    (folder / "v.tsg").symlink_to(closed)
    vault = reopen(folder / "v.tsg")
    with vault.write() as writer:
        writer.put_setting("k", "v")
    assert [each.name for each in folder.iterdir()] == ["v.tsg"]
    vault.close()


def test_closed(vault):
    vault.close()
    vault.close()
    assert vault.closed
    assert "closed" in repr(vault)
    for call in (
        vault.enterprises,
        vault.info,
        vault.journal,
        vault.verify_journal,
        lambda: vault.journal_head,
        lambda: vault.answers("a"),
        lambda: vault.setting("s"),
        lambda: vault.read_file("0"),
        lambda: vault.store_file(Path("x"), limit=1),
        lambda: vault.write().__enter__(),
    ):
        with pytest.raises(VaultClosed):
            call()


def test_sound_pages(closed, reopen):
    vault = reopen(closed)
    vault.verify_pages()
    with vault.write() as writer:
        writer.put_setting("k", "v")
    vault.verify_pages()
    vault.close()


def test_every_damaged_page_is_found(closed, reopen):
    """Whatever page is hit: reading ends in VaultDamaged or in all the data, and the check finds it."""
    whole = closed.read_bytes()
    for page in range(1, len(whole) // 4096):
        broken = bytearray(whole)
        broken[page * 4096 + 7] ^= 0x40
        closed.write_bytes(broken)
        try:
            vault = reopen(closed)
        except VaultDamaged:
            continue
        try:
            assert len(vault.answers("a1")) == 200
            vault.verify_journal()
        except VaultDamaged:
            pass
        else:
            with pytest.raises(VaultDamaged):
                vault.verify_pages()
        finally:
            with contextlib.suppress(VaultDamaged):
                vault.close()
            assert vault.closed


def test_pages_cut_off(closed, reopen):
    whole = closed.read_bytes()
    for pages in (1, 2, len(whole) // 4096 - 1):
        closed.write_bytes(whole[: pages * 4096])
        with pytest.raises(VaultDamaged):
            reopen(closed)
        assert closed.read_bytes() == whole[: pages * 4096]


@pytest.mark.parametrize("how", ["tables", "format"])
def test_newer_is_left_untouched(closed, reopen, passphrase, profiles, how):
    database = raw(closed, passphrase, profiles)
    database.execute(
        "PRAGMA user_version = 9" if how == "tables" else "UPDATE meta SET value = '9' WHERE name = 'format'"
    )
    driver.checkpoint(database)
    database.close()
    before = closed.read_bytes(), closed.stat().st_mtime_ns
    with pytest.raises(VaultNewer) as caught:
        reopen(closed)
    assert (caught.value.found, caught.value.known) == (9, len(MIGRATIONS) if how == "tables" else FORMAT)
    assert (closed.read_bytes(), closed.stat().st_mtime_ns) == before
    assert [each.name for each in closed.parent.iterdir()] == [closed.name]


@pytest.mark.parametrize(
    "statement",
    ["DROP TABLE meta", "DELETE FROM meta", "UPDATE meta SET value = 'one' WHERE name = 'format'"],
)
def test_no_vault_inside(closed, reopen, passphrase, profiles, statement):
    database = raw(closed, passphrase, profiles)
    database.execute(statement)
    database.close()
    with pytest.raises(VaultDamaged):
        reopen(closed)


@pytest.fixture
def read_only_folder(tmp_path, closed):
    """A read-only mount with a vault on it: permissions don't bind root."""
    folder = tmp_path / "medium"
    folder.mkdir()
    if ON_WINDOWS:
        pytest.skip("no mounts here")
    mounted = subprocess.run(
        ["/bin/mount", "-t", "tmpfs", "-o", "size=4m", "tmpfs", str(folder)], capture_output=True, check=False
    )
    if mounted.returncode:
        pytest.skip("no mounts here")
    try:
        (folder / "v.tsg").write_bytes(closed.read_bytes())
        subprocess.run(["/bin/mount", "-o", "remount,ro", str(folder)], check=True)
        yield folder
    finally:
        subprocess.run(["/bin/umount", "-l", str(folder)], check=True)


def test_read_only_medium(read_only_folder, reopen, make):
    with pytest.raises(ReadOnly) as caught:
        reopen(read_only_folder / "v.tsg")
    assert caught.value.path == read_only_folder / "v.tsg"
    with pytest.raises(ReadOnly):
        make(read_only_folder / "new.tsg")


def test_read_only_for_the_driver(read_only_folder, passphrase, profiles):
    """Where the system's answer about permissions is wrong, as on Windows, the driver finds it."""
    with pytest.raises((ReadOnly, Unreadable)):
        raw(read_only_folder / "v.tsg", passphrase, profiles)


def test_read_only_file(closed, reopen, monkeypatch):
    monkeypatch.setattr(os, "access", lambda path, _: path != closed)
    with pytest.raises(ReadOnly):
        reopen(closed)


def test_importing_is_cheap():
    """The unlock page comes before the libraries that only an open vault needs."""
    code = (
        "import sys, tsguard.store.vault\n"
        "print([m for m in ('sqlcipher3', 'sqlite_utils', 'cryptography') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_sqlite_utils_sees_sqlcipher():
    driver_module = driver.load()
    from sqlite_utils.utils import sqlite3 as seen

    assert seen is driver_module


def test_pragmas(vault):
    with vault._access() as database:
        values = {
            name: database.value(f"PRAGMA {name}")
            for name in (
                "journal_mode",
                "synchronous",
                "foreign_keys",
                "secure_delete",
                "temp_store",
                "locking_mode",
                "cipher_compatibility",
                "cipher_page_size",
                "cipher_hmac_algorithm",
            )
        }
    assert values == {
        "journal_mode": "wal",
        "synchronous": 2,
        "foreign_keys": 1,
        "secure_delete": 1,
        "temp_store": 2,
        "locking_mode": "exclusive",
        "cipher_compatibility": None,
        "cipher_page_size": "4096",
        "cipher_hmac_algorithm": "HMAC_SHA512",
    }


def test_a_passphrase_of_somebody_elses_database(tmp_path, reopen):
    """A plain SQLite file is told apart before any passphrase is tried."""
    import sqlite3

    connection = sqlite3.connect(tmp_path / "plain.db")
    connection.execute("CREATE TABLE t (a)")
    connection.commit()
    connection.close()
    with pytest.raises(NotAVault):
        reopen(tmp_path / "plain.db")


def test_killed_with_changes_in_the_log(tmp_path, make, reopen, profiles, passphrase):
    """A log that waits beside the vault survives a wrong passphrase."""
    path = tmp_path / "v.tsg"
    make(path).close()
    code = (
        "import os, sys\nfrom pathlib import Path\nfrom tsguard.store.kdf import KdfProfile\n"
        "from tsguard.store.vault import Vault\nfrom tsguard.domain.enterprise import Enterprise\n"
        "v = Vault.open(Path(sys.argv[1]), sys.argv[2], who='x', profiles={200: KdfProfile(8, 1, 1)})\n"
        "w = v.write()\nwith w as writer: writer.put_enterprise(Enterprise(id='e1', name='n'))\n"
        "os._exit(9)\n"
    )
    subprocess.run([sys.executable, "-c", code, str(path), passphrase], check=False, timeout=60)
    assert path.with_name("v.tsg-wal").stat().st_size > 0
    for _ in range(3):
        with pytest.raises(WrongPassphrase):
            Vault.open(path, "wrong passphrase", who="t", profiles=profiles)
    vault = reopen(path)
    assert vault.enterprises() == (Enterprise(id="e1", name="n"),)
    assert vault.verify_journal() == 1
    vault.close()
    assert [each.name for each in tmp_path.iterdir()] == ["v.tsg"]
