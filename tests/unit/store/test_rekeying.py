"""A new passphrase by a complete new file: then the new one opens it; where anything fails, the old one."""

from __future__ import annotations

import contextlib
import errno
import os
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from support.windows import needs_links, posix_names, posix_replacing

from tsguard.domain.answers import Answer
from tsguard.domain.evidence import Evidence
from tsguard.domain.scales import Verdict
from tsguard.errors import (
    Cancelled,
    DiskFull,
    PassphraseTooShort,
    StorageError,
    TSGuardError,
    VaultClosed,
    VaultDamaged,
    VaultInUse,
    WriteFailed,
    WrongPassphrase,
)
from tsguard.store import building, copying, driver, rescue, restoring, unlocking
from tsguard.store.claim import Claim
from tsguard.store.driver import Database
from tsguard.store.kdf import KdfProfile
from tsguard.store.secret import RawKey
from tsguard.store.vault import Vault

NEW = "全新的口令 new one"


@pytest.fixture
def opened(closed: Path, reopen: Callable[[Path], Vault]) -> Iterator[Vault]:
    """200 answers in a folder of its own vault."""
    vault = reopen(closed)
    yield vault
    vault.close()


@pytest.fixture
def opens(profiles: dict[int, KdfProfile]) -> Callable[..., Vault]:
    return lambda path, secret: Vault.open(path, secret, who="t", profiles=profiles)


def whole(vault: Vault, answers: int = 200) -> None:
    """It is usable and has everything."""
    assert len(vault.answers("a1")) == answers
    vault.verify_pages()
    vault.verify_journal()
    with vault.write() as writer:
        writer.put_answer("a1", Answer("STILL", Verdict.MET))
    with vault.write() as writer:
        writer.remove_answer("a1", "STILL")


def names(folder: Path) -> list[str]:
    return sorted(each.name for each in folder.iterdir())


def test_old_refused_new_opens(opened, opens, passphrase, tmp_path):
    key, salt = opened.file.raw_key(), opened.file.header.salt
    was = opened.journal()
    identity = opened.file.key_id
    opened.file.change_passphrase(NEW)
    assert opened.file.header.salt != salt
    assert opened.file.key_id != identity
    assert opened.file.proves(NEW)
    assert not opened.file.proves(passphrase)
    assert not opened.file.proves(key)
    whole(opened)
    assert opened.journal()[: len(was)] == was
    assert opened.journal()[len(was)].action == "passphrase.change"
    opened.close()
    assert names(tmp_path) == ["closed.tsg"]
    for secret in (passphrase, key):
        with pytest.raises(WrongPassphrase):
            opens(opened.path, secret)
    vault = opens(opened.path, NEW)
    whole(vault)
    again = vault.file.raw_key()
    vault.close()
    vault = opens(opened.path, again)
    whole(vault)
    vault.close()


def test_back_and_forth(opened, opens, passphrase, tmp_path):
    first = restoring.first_entry_hash(opened.file)
    for number in range(6):
        opened.file.change_passphrase(NEW if number % 2 == 0 else passphrase)
        with opened.write() as writer:
            writer.put_answer("a1", Answer(f"N-{number}", Verdict.MET))
    whole(opened, 206)
    assert restoring.first_entry_hash(opened.file) == first
    opened.close()
    assert names(tmp_path) == ["closed.tsg"]
    vault = opens(opened.path, passphrase)
    whole(vault, 206)
    vault.close()


def test_the_newest_profile_is_used(closed, opens, passphrase, profiles):
    """The same way raises the cost of the key derivation."""
    both = {**profiles, 201: KdfProfile(memory=16, iterations=1, lanes=1)}
    vault = Vault.open(closed, passphrase, who="t", profiles=both)
    assert vault.file.header.profile == 200
    vault.file.change_passphrase(passphrase)
    assert vault.file.header.profile == 201
    vault.close()
    vault = Vault.open(closed, passphrase, who="t", profiles=both)
    whole(vault)
    vault.close()


def test_too_short(opened, passphrase):
    content = opened.path.read_bytes
    with pytest.raises(PassphraseTooShort):
        opened.file.change_passphrase("kurz")
    assert opened.file.proves(passphrase)
    assert content


@pytest.mark.parametrize(
    "name",
    [
        "企业商业秘密.tsg",
        "𬭎㵘䶮𠮷.tsg",
        "长" * 82 + ".tsg",
        "-wal",
        pytest.param("a b'c\"d%20;?.tsg", marks=posix_names),
        "a b'c%20;.tsg",
    ],
    ids=len,
)
def test_any_name(tmp_path, make, opens, passphrase, name):
    folder = tmp_path / "夹 ' 㵘"
    folder.mkdir()
    vault = make(folder / name)
    vault.file.change_passphrase(NEW)
    vault.close()
    assert names(folder) == [name]
    opens(folder / name, NEW).close()
    assert names(folder) == [name]


@needs_links
def test_through_a_link(tmp_path, closed, opens, passphrase):
    """The file that the link names is exchanged, and the link stays one."""
    link = tmp_path / "elsewhere" / "链接.tsg"
    link.parent.mkdir()
    link.symlink_to(closed)
    vault = opens(link, passphrase)
    vault.file.change_passphrase(NEW)
    whole(vault)
    vault.close()
    assert link.is_symlink()
    assert names(link.parent) == ["链接.tsg"]
    assert names(tmp_path) == ["closed.tsg", "elsewhere"]
    opens(closed, NEW).close()


def test_where_there_are_no_links(opened, opens, monkeypatch):
    """As on a USB stick."""

    def refuse(*_args, **_kwargs):
        raise OSError(errno.EPERM, "no links here")

    monkeypatch.setattr(os, "link", refuse)
    opened.file.change_passphrase(NEW)
    facts = opened.file.copy_to(opened.path.with_name("copy.tsg"))
    assert facts.size == opened.path.with_name("copy.tsg").stat().st_size
    opened.close()
    for path in (opened.path, opened.path.with_name("copy.tsg")):
        opens(path, NEW).close()


def test_no_log_of_the_old_file_is_applied_to_the_new(opened, opens, tmp_path):
    for number in range(50):
        with opened.write() as writer:
            writer.put_answer("a1", Answer(f"N-{number}", Verdict.MET, note="n" * 1000))
    assert driver.log_of(opened.path).stat().st_size
    opened.file.change_passphrase(NEW)
    log = driver.log_of(opened.path)
    assert not log.exists() or not log.stat().st_size
    # Killed now: what lies there must open.
    (tmp_path / "k").mkdir()
    for path in (opened.path, log):
        if path.exists():
            (tmp_path / "k" / path.name).write_bytes(path.read_bytes())
    vault = opens(tmp_path / "k" / opened.path.name, NEW)
    whole(vault, 250)
    vault.close()


def test_a_log_that_stays_stops_it(opened, passphrase, monkeypatch):
    """It would be taken for one of the new file."""
    log = driver.log_of(opened.path)
    real = rescue.refuse_log

    def planted(claim):
        log.write_bytes(b"x")
        try:
            real(claim)
        finally:
            log.unlink()

    monkeypatch.setattr(rescue, "refuse_log", planted)
    with pytest.raises(WriteFailed):
        opened.file.change_passphrase(NEW)
    assert opened.file.proves(passphrase)
    whole(opened)


# --- whatever fails on the way ----------------------------------------------------------------------


STEPS: tuple[tuple[object, str], ...] = (
    (building.Draft, "__init__"),
    (copying, "write"),
    (Database, "copy_into"),
    (rescue, "note"),
    (copying, "prove"),
    (building, "sync"),
    (building.Draft, "unlock"),
    (rescue, "refuse_log"),
    (Claim, "follow"),
)


@pytest.mark.parametrize("after", [False, True], ids=["before", "after"])
@pytest.mark.parametrize("error", [DiskFull, WriteFailed, KeyboardInterrupt])
@pytest.mark.parametrize(("owner", "name"), STEPS, ids=[name for _owner, name in STEPS])
def test_a_step_fails(opened, opens, passphrase, tmp_path, monkeypatch, owner, name, error, after):
    """The old passphrase stays, the vault is usable, nothing is left behind."""
    if name == "follow" and after:
        pytest.skip("then it is done: see the next test")
    real = getattr(owner, name)
    spent = []

    def failing(*args, **kwargs):
        if spent:
            return real(*args, **kwargs)
        spent.append(1)
        if after:
            result = real(*args, **kwargs)
            if name == "__init__":
                args[0].__exit__()
            del result
        if error is KeyboardInterrupt:
            raise KeyboardInterrupt
        raise error(opened.path, *(["here"] if error is WriteFailed else []))

    monkeypatch.setattr(owner, name, failing)
    with pytest.raises(error):
        opened.file.change_passphrase(NEW)
    assert spent
    whole(opened)
    assert opened.file.proves(passphrase)
    assert sorted(set(names(tmp_path)) - {"closed.tsg-wal", ".closed.tsg.lock"}) == ["closed.tsg"]
    opened.file.change_passphrase(NEW)
    opened.close()
    assert names(tmp_path) == ["closed.tsg"]
    opens(opened.path, NEW).close()


@pytest.mark.parametrize("what", ["connect", "prepare"])
def test_exchanged_and_not_opened_again(opened, opens, passphrase, monkeypatch, what):
    """The passphrase is the new one by then: nobody may be told that nothing has changed."""
    module = unlocking if what == "connect" else driver
    real = getattr(module, what)
    done = []

    def failing(*args, **kwargs):
        if not done and opened.path.read_bytes()[:16] != salt:
            done.append(1)
            raise WriteFailed(opened.path, "too many open files")
        return real(*args, **kwargs)

    salt = opened.path.read_bytes()[:16]
    monkeypatch.setattr(module, what, failing)
    with pytest.raises(VaultClosed):
        opened.file.change_passphrase(NEW)
    assert done
    assert opened.closed
    with pytest.raises(VaultClosed):
        opened.answers("a1")
    vault = opens(opened.path, NEW)
    whole(vault)
    vault.close()


def test_neither_exchanged_nor_opened_again(opened, opens, passphrase, monkeypatch):
    def no(*_args, **_kwargs):
        raise WriteFailed(opened.path, "no")

    with monkeypatch.context() as patched:
        patched.setattr(Claim, "follow", no)
        patched.setattr(unlocking, "connect", no)
        with pytest.raises(VaultClosed):
            opened.file.change_passphrase(NEW)
    assert opened.closed
    vault = opens(opened.path, passphrase)
    whole(vault)
    vault.close()


def test_the_move_is_refused_by_the_system(opened, opens, passphrase, tmp_path, monkeypatch):
    real = os.replace

    def refuse(*_args, **_kwargs):
        raise PermissionError(errno.EACCES, "held by a virus scanner")

    monkeypatch.setattr(os, "replace", refuse)
    with pytest.raises(StorageError):
        opened.file.change_passphrase(NEW)
    whole(opened)
    with pytest.raises(VaultInUse):
        opens(opened.path, passphrase)
    monkeypatch.setattr(os, "replace", real)
    opened.close()
    assert names(tmp_path) == ["closed.tsg"]
    opens(opened.path, passphrase).close()


@pytest.mark.parametrize("step", range(12))
def test_cancelled_at_each_step(opened, passphrase, tmp_path, step):
    """Until the new file is complete."""
    asked = []

    def cancelled() -> bool:
        asked.append(1)
        return len(asked) > step

    try:
        opened.file.change_passphrase(NEW, cancelled=cancelled)
    except Cancelled:
        assert opened.file.proves(passphrase)
        assert len(asked) == step + 1
    else:
        assert opened.file.proves(NEW)
        assert 1 < len(asked) <= step
    whole(opened)
    assert not list(tmp_path.glob(".*tmp*"))


def test_progress_rises_to_its_end(opened):
    told: list[tuple[int, int]] = []
    opened.file.change_passphrase(NEW, progress=lambda done, total: told.append((done, total)))
    assert len(told) > 1
    shares = [done / total for done, total in told]
    assert shares == sorted(shares)
    assert shares[-1] == 1
    assert all(0 <= share <= 1 for share in shares)


@pytest.mark.parametrize("step", range(3))
def test_progress_raises(opened, passphrase, tmp_path, step):
    told = []

    def progress(_done, _total):
        told.append(1)
        if len(told) > step:
            raise ZeroDivisionError

    try:
        opened.file.change_passphrase(NEW, progress=progress)
    except ZeroDivisionError:
        assert opened.file.proves(passphrase)
    else:
        assert len(told) <= step
    whole(opened)
    assert not list(tmp_path.glob(".*tmp*"))


def test_a_damaged_page_is_not_carried_along(closed, opens, passphrase, tmp_path):
    vault = opens(closed, passphrase)
    size = closed.stat().st_size
    vault.close()
    for page in range(2, size // 4096):
        content = bytearray(closed.read_bytes())
        at = page * 4096 + 2000
        content[at] ^= 1
        closed.write_bytes(content)
        try:
            vault = opens(closed, passphrase)
        except VaultDamaged:
            pass
        else:
            with pytest.raises(VaultDamaged):
                vault.file.change_passphrase(NEW)
            assert vault.closed or vault.file.proves(passphrase)
            with contextlib.suppress(VaultDamaged):
                vault.close()
        content[at] ^= 1
        closed.write_bytes(content)
    vault = opens(closed, passphrase)
    whole(vault)
    vault.close()
    assert names(tmp_path) == ["closed.tsg"]


@pytest.mark.parametrize("offset", [3, 16, 5000, -1])
def test_a_bit_flips_between_writing_and_proving(opened, passphrase, tmp_path, monkeypatch, offset):
    real = rescue.note

    def then_flip(draft: Path, *args, **kwargs) -> None:
        real(draft, *args, **kwargs)
        content = bytearray(draft.read_bytes())
        content[offset] ^= 4
        draft.write_bytes(content)

    monkeypatch.setattr(rescue, "note", then_flip)
    with pytest.raises(VaultDamaged):
        opened.file.change_passphrase(NEW)
    assert opened.file.proves(passphrase)
    whole(opened)
    assert not list(tmp_path.glob(".*tmp*"))


def test_an_older_draft_is_not_proven(opened, passphrase, monkeypatch):
    """Complete and authentic, but a record is not what the journal last said of it."""
    real = rescue.note

    def then_change(draft: Path, key: RawKey, salt, *args) -> None:
        real(draft, key, salt, *args)
        database = driver.connect(draft, key.material, salt.salt)
        database.execute("UPDATE answers SET note = 'other' WHERE item = 'ORG-07'")
        database.close()

    monkeypatch.setattr(rescue, "note", then_change)
    with pytest.raises(VaultDamaged) as caught:
        opened.file.change_passphrase(NEW)
    assert caught.value.what == "answer a1/ORG-07"
    assert opened.file.proves(passphrase)


# --- others meanwhile -------------------------------------------------------------------------------


def test_not_inside_a_transaction(opened):
    with pytest.raises(RuntimeError), opened.write():
        opened.file.change_passphrase(NEW)
    whole(opened)


class Others:
    """Threads that go on until they are stopped, and what they raised."""

    def __init__(self, *works: Callable[[int], None]) -> None:
        self._stop = threading.Event()
        self.raised: list[BaseException] = []
        self.rounds = [0] * len(works)
        self._threads = [
            threading.Thread(target=self._run, args=(number, work), daemon=True)
            for number, work in enumerate(works)
        ]

    def _run(self, number: int, work: Callable[[int], None]) -> None:
        while not self._stop.is_set():
            try:
                work(self.rounds[number])
            except BaseException as error:  # noqa: BLE001 - told to the test
                self.raised.append(error)
                return
            self.rounds[number] += 1

    def __enter__(self) -> Others:
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *_error: object) -> None:
        self._stop.set()
        for thread in self._threads:
            thread.join(60)
            assert not thread.is_alive()


def test_others_read_write_and_store_files(opened, opens, passphrase, tmp_path):
    """What they do before, meanwhile and after is all there."""
    folder = tmp_path / "in"
    folder.mkdir()
    stored: dict[str, str] = {}
    done: list[str] = []

    def write(number: int) -> None:
        with opened.write() as writer:
            writer.put_answer("a1", Answer(f"W-{number}", Verdict.MET))
        done.append(f"W-{number}")
        time.sleep(0.01)

    def read(_number: int) -> None:
        assert len(opened.answers("a1")) >= 200

    def store(number: int) -> None:
        path = folder / f"{number}"
        path.write_bytes(os.urandom(2_500_000))
        file = opened.store_file(path, limit=10**9)
        with opened.write() as writer:
            writer.put_evidence(
                Evidence(f"E-{number}", "e1", file_name="f", size=file.size, sha256=file.sha256, sm3=file.sm3)
            )
        stored[f"E-{number}"] = file.sha256
        path.unlink()
        time.sleep(0.1)

    with Others(write, read, store) as others:
        for number in range(4):
            opened.file.change_passphrase(NEW if number % 2 == 0 else passphrase)
    assert not others.raised
    assert min(others.rounds) > 1
    assert set(done) <= set(opened.answers("a1"))
    for sha256 in stored.values():
        assert sum(map(len, opened.read_file(sha256))) == 2_500_000
    opened.verify_journal()
    opened.close()
    vault = opens(opened.path, passphrase)
    assert {piece.id: piece.sha256 for piece in vault.evidence("e1")} == stored
    for sha256 in stored.values():
        assert sum(map(len, vault.read_file(sha256))) == 2_500_000
    vault.close()


@pytest.mark.parametrize("part", [1, 2, 3])
def test_written_between_two_steps(opened, opens, part):
    """Wherever an answer comes in, at the last step of the copying too, it is in the new file."""
    told = []

    def write(done: int, total: int) -> None:
        if not told and done > (part - 1) * total / 3:
            told.append(done / total)
            put = threading.Thread(target=answer, args=(opened, "LATE-01"))
            put.start()
            put.join(30)

    opened.file.change_passphrase(NEW, progress=write)
    assert told
    opened.close()
    again = opens(opened.path, NEW)
    assert "LATE-01" in again.answers("a1")
    again.verify_journal()
    again.close()


def answer(vault: Vault, item: str) -> None:
    with vault.write() as writer:
        writer.put_answer("a1", Answer(item, Verdict.MET))


def test_others_copy_it(opened, opens, passphrase, tmp_path):
    """A copy that is under way ends with the key it began with, and the change waits for it."""
    folder = tmp_path / "copies"
    folder.mkdir()
    large = tmp_path / "large"
    large.write_bytes(os.urandom(6_000_000))
    file = opened.store_file(large, limit=10**9)
    with opened.write() as writer:
        writer.put_evidence(
            Evidence("E-1", "e1", file_name="f", size=file.size, sha256=file.sha256, sm3=file.sm3)
        )

    def copy(number: int) -> None:
        opened.file.copy_to(folder / f"{number}.tsg", progress=lambda _done, _total: time.sleep(0.001))

    def write(number: int) -> None:
        with opened.write() as writer:
            writer.put_answer("a1", Answer("W", Verdict.MET, note=str(number)))
        time.sleep(0.02)

    def change_too(_number: int) -> None:
        opened.file.change_passphrase(passphrase)
        time.sleep(0.02)

    with Others(copy, write, change_too) as others:
        for number in range(2):
            opened.file.change_passphrase(NEW if number % 2 == 0 else passphrase)
    assert not others.raised
    assert min(others.rounds) > 0
    for path in folder.iterdir():
        for secret in (passphrase, NEW):
            try:
                vault = opens(path, secret)
            except WrongPassphrase:
                continue
            assert 200 <= len(vault.answers("a1")) <= 201
            vault.close()
            break
        else:
            pytest.fail(f"{path.name} opens with neither")


def test_closing_stops_it(opened, opens, passphrase, tmp_path):
    """Locking does not wait until gigabytes are written."""
    begun, go_on, raised = threading.Event(), threading.Event(), []

    def progress(_done: int, _total: int) -> None:
        begun.set()
        go_on.wait(30)

    def change() -> None:
        try:
            opened.file.change_passphrase(NEW, progress=progress)
        except TSGuardError as error:
            raised.append(error)

    changing = threading.Thread(target=change)
    changing.start()
    assert begun.wait(30)
    closing = threading.Thread(target=opened.close)
    closing.start()
    closing.join(0.2)
    go_on.set()
    for thread in (changing, closing):
        thread.join(30)
        assert not thread.is_alive()
    assert [type(each) for each in raised] == [Cancelled]
    assert opened.closed
    assert names(tmp_path) == ["closed.tsg"]
    opens(opened.path, passphrase).close()


@posix_replacing  # so there it is let go for a moment
def test_held_the_whole_time(opened, opens, passphrase, tmp_path):
    """Nobody else opens the file between the old one and the new one."""
    program = (
        "import sys; from pathlib import Path; from tsguard.errors import VaultInUse\n"
        "from tsguard.store.kdf import KdfProfile; from tsguard.store.vault import Vault\n"
        "got = 0\n"
        "print('ready', flush=True)\n"
        "while got < 400:\n"
        "    got += 1\n"
        "    for word in sys.argv[2:]:\n"
        "        try: Vault.open(Path(sys.argv[1]), word, who='x', profiles={200: KdfProfile(8, 1, 1)})\n"
        "        except VaultInUse: continue\n"
        "        print('OPENED'); sys.exit(3)\n"
    )
    other = subprocess.Popen(
        [sys.executable, "-c", program, str(opened.path), passphrase, NEW], stdout=subprocess.PIPE, text=True
    )
    assert other.stdout is not None
    assert other.stdout.readline() == "ready\n"
    count = 0
    while other.poll() is None:
        opened.file.change_passphrase(NEW if count % 2 == 0 else passphrase)
        count += 1
    rest = other.stdout.read()
    other.stdout.close()
    assert (other.returncode, rest) == (0, "")
    assert count > 1
    whole(opened)
