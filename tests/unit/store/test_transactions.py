"""All or nothing, also when the disk is full, and what was acknowledged stays."""

from __future__ import annotations

import errno
import subprocess
import sys
import threading

import pytest
from support.windows import ON_WINDOWS, needs_fork

from tsguard.domain.answers import Answer
from tsguard.domain.scales import Verdict
from tsguard.errors import DiskFull, TSGuardError, UnknownRecord, VaultDamaged, VaultInUse, WriteFailed
from tsguard.store import driver


def state(vault):
    return vault.answers("a1"), vault.journal(), vault.journal_head, vault.info().journal_entries


def test_an_exception_undoes_everything(filled):
    def change(writer):
        writer.put_answer("a1", Answer(item="ORG-01", verdict=Verdict.NOT_MET))
        writer.put_answer("a1", Answer(item="ORG-02"))
        writer.put_setting("s", "v")
        assert writer.new_number("evidence", "e1") == 1
        raise ZeroDivisionError

    before = state(filled)
    with pytest.raises(ZeroDivisionError), filled.write() as writer:
        change(writer)
    assert state(filled) == before
    with filled.write() as writer:
        assert writer.new_number("evidence", "e1") == 1
    assert filled.verify_journal() == 4


def test_an_error_in_the_middle_undoes_what_went_before(filled):
    def change(writer):
        writer.put_setting("s", "v")
        writer.remove_answer("a1", "NO-01")

    head = filled.journal_head
    with pytest.raises(UnknownRecord), filled.write() as writer:
        change(writer)
    assert filled.setting("s") is None
    assert filled.journal_head == head


def test_several_changes_are_one(filled):
    with filled.write() as writer:
        for number in range(50):
            writer.put_answer("a1", Answer(item=f"ORG-{number:02}"))
    assert len(filled.answers("a1")) == 50
    assert filled.verify_journal() == 53


def test_a_writer_ends_with_its_transaction(filled):
    with filled.write() as writer:
        pass
    for call in (
        lambda: writer.put_setting("s", "v"),
        lambda: writer.remove_answer("a1", "ORG-01"),
        lambda: writer.new_number("evidence", "e1"),
        lambda: writer.put_assessment(filled.assessments("e1")[0]),
    ):
        with pytest.raises(RuntimeError):
            call()


def test_misuse_inside_a_transaction(filled, tmp_path):
    (tmp_path / "f").write_bytes(b"x")
    with filled.write() as writer:
        for call in (
            filled.close,
            lambda: filled.write().__enter__(),
            lambda: filled.store_file(tmp_path / "f", limit=9),
        ):
            with pytest.raises(RuntimeError):
                call()
        writer.put_setting("s", "v")
    assert filled.setting("s") == "v"


def test_reading_inside_a_transaction(filled):
    with filled.write() as writer:
        writer.put_setting("s", "v")
        assert filled.setting("s") == "v"


def test_many_threads(filled):
    failures = []

    def answer(thread):
        try:
            for number in range(40):
                with filled.write() as writer:
                    writer.put_answer("a1", Answer(item=f"T{thread}-{number}"))
                filled.answers("a1")
        except BaseException as error:  # noqa: BLE001 - reported below
            failures.append(error)

    threads = [threading.Thread(target=answer, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    assert len(filled.answers("a1")) == 161
    assert filled.verify_journal() == 163


@pytest.mark.parametrize("statement", ["COMMIT", "BEGIN IMMEDIATE", "INSERT INTO journal"])
def test_whatever_statement_fails(filled, monkeypatch, statement):
    before = filled.answers("a1"), filled.journal()
    execute = driver.Database.execute

    def fail(self, sql, parameters=()):
        if sql.startswith(statement):
            raise DiskFull(self.path)
        return execute(self, sql, parameters)

    monkeypatch.setattr(driver.Database, "execute", fail)
    with pytest.raises(DiskFull), filled.write() as writer:
        writer.put_answer("a1", Answer(item="ORG-02"))
    monkeypatch.undo()
    assert (filled.answers("a1"), filled.journal()) == before
    with filled.write() as writer:
        writer.put_answer("a1", Answer(item="ORG-02"))
    assert filled.verify_journal() == 4


@pytest.mark.parametrize(
    ("code", "kind"),
    [
        (13, DiskFull),
        (8, driver.ReadOnly),
        (3, driver.ReadOnly),
        (5, VaultInUse),
        (6, VaultInUse),
        (11, VaultDamaged),
        (26, VaultDamaged),
        (267, VaultDamaged),
        (10, WriteFailed),
        (778, WriteFailed),
        (14, driver.Unreadable),
    ],
)
def test_the_border(tmp_path, code, kind):
    error = driver.load().OperationalError("text of the driver")
    error.sqlite_errorcode = code
    with pytest.raises(kind) as caught, driver.guarded(tmp_path):
        raise error
    assert type(caught.value) is kind
    assert caught.value.path == tmp_path


def test_a_bug_stays_a_bug(tmp_path):
    with pytest.raises(driver.load().IntegrityError), driver.guarded(tmp_path):
        raise driver.load().IntegrityError("CHECK constraint failed")


@pytest.mark.parametrize(
    ("number", "kind"),
    [
        (errno.ENOSPC, DiskFull),
        (errno.EDQUOT, DiskFull),
        (errno.EROFS, driver.ReadOnly),
        (errno.EACCES, driver.ReadOnly),
        (errno.EIO, WriteFailed),
    ],
)
def test_the_border_to_the_operating_system(tmp_path, number, kind):
    with pytest.raises(kind), driver.guarded(tmp_path):
        raise OSError(number, "text")


@pytest.fixture
def small_disk(tmp_path):
    folder = tmp_path / "small"
    folder.mkdir()
    if ON_WINDOWS:
        pytest.skip("no mounts here")
    mounted = subprocess.run(
        ["/bin/mount", "-t", "tmpfs", "-o", "size=600k", "tmpfs", str(folder)],
        capture_output=True,
        check=False,
    )
    if mounted.returncode:
        pytest.skip("no mounts here")
    try:
        yield folder
    finally:
        subprocess.run(["/bin/umount", "-l", str(folder)], check=True)


def fill(vault, count=2000) -> tuple[list[str], TSGuardError | None]:
    """Answer until it fails: the acknowledged items and the error."""
    acknowledged: list[str] = []
    for number in range(count):
        try:
            with vault.write() as writer:
                writer.put_answer("a1", Answer(item=f"N-{number}", note="n" * 2000))
        except TSGuardError as error:
            return acknowledged, error
        acknowledged.append(f"N-{number}")
    return acknowledged, None


def test_disk_full(small_disk, make, reopen, assessment):
    """The vault stays readable and usable; with room again, it takes answers again."""
    from tsguard.domain.enterprise import Enterprise

    path = small_disk / "v.tsg"
    vault = make(path)
    with vault.write() as writer:
        writer.put_enterprise(Enterprise(id="e1"))
        writer.put_assessment(assessment)
    ballast = small_disk / "ballast"
    ballast.write_bytes(b"b" * 70_000)
    acknowledged, error = fill(vault)
    assert type(error) is DiskFull
    assert error.path == path
    assert len(acknowledged) > 5
    assert list(vault.answers("a1")) == acknowledged
    assert vault.verify_journal() == len(acknowledged) + 2
    _, again = fill(vault)
    assert type(again) is DiskFull
    ballast.unlink()
    with vault.write() as writer:
        writer.put_answer("a1", Answer(item="AFTER"))
    # No room to make one file of the two: closed all the same, and both are needed.
    with pytest.raises(DiskFull):
        vault.close()
    assert vault.closed
    subprocess.run(["/bin/mount", "-o", "remount,size=8m", str(small_disk)], check=True)
    vault = reopen(path)
    assert list(vault.answers("a1")) == [*acknowledged, "AFTER"]
    assert vault.verify_journal() == len(acknowledged) + 3
    vault.close()
    assert [each.name for each in small_disk.iterdir()] == ["v.tsg"]


def test_no_room_for_a_new_vault(small_disk, make):
    (small_disk / "ballast").write_bytes(b"b" * 560_000)
    with pytest.raises(DiskFull) as caught:
        make(small_disk / "v.tsg")
    assert caught.value.path == small_disk / "v.tsg"
    assert [each.name for each in small_disk.iterdir()] == ["ballast"]


def test_no_room_for_evidence(small_disk, make, tmp_path):
    (tmp_path / "f").write_bytes(b"x" * 3_000_000)
    vault = make(small_disk / "v.tsg")
    with pytest.raises(DiskFull):
        vault.store_file(tmp_path / "f", limit=10**9)
    assert vault.enterprises() == ()
    vault.close()
    assert [each.name for each in small_disk.iterdir()] == ["v.tsg"]


LIMITED = """
import resource, signal, sys
from pathlib import Path
from tsguard.domain.answers import Answer
from tsguard.errors import StorageError
from tsguard.store.kdf import KdfProfile
from tsguard.store.vault import Vault
vault = Vault.open(Path(sys.argv[1]), sys.argv[2], who="child", profiles={200: KdfProfile(8, 1, 1)})
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (300_000, 300_000))
count = 0
try:
    while True:
        with vault.write() as writer:
            writer.put_answer("a1", Answer(item=f"N-{count}", note="n" * 1500))
        count += 1
except StorageError as error:
    assert len(vault.answers("a1")) == 200 + count
    print(count, type(error).__name__)
"""


@needs_fork
def test_a_file_may_not_grow(closed, reopen, passphrase):
    """A limit of the system instead of a full disk, and the process ends without closing."""
    done = subprocess.run(
        [sys.executable, "-c", LIMITED, str(closed), passphrase],
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    count, kind = done.stdout.split()
    assert int(count) > 5
    assert kind in {"DiskFull", "WriteFailed"}
    vault = reopen(closed)
    assert len(vault.answers("a1")) == 200 + int(count)
    vault.verify_journal()
    vault.close()
