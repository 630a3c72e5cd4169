"""What reads files from outside: whatever stands in them, a typed error or a sound value, in bounded time."""

from __future__ import annotations

import json
import time
import tracemalloc
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from support.vaults import PASSPHRASE, QUICK, new_session

from tsguard.domain import recovery_code
from tsguard.errors import NotAVault, RecoveryCodeWrong, TSGuardError, VaultDamaged, VaultNewer
from tsguard.services.backup_files import Places, list_backups, read_backup
from tsguard.services.seen import SeenStates
from tsguard.services.session import Session
from tsguard.services.settings import LOCK_AFTER_CHOICES, Settings, load_settings, save_settings
from tsguard.store import header, owner
from tsguard.store.glance import glance

MOST_SECONDS = 2.0
MOST_BYTES = 64 * 1024 * 1024

anything = st.binary(max_size=2000)
plain = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=12), inner, max_size=4),
    max_leaves=12,
)
fuzzed = settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


@contextmanager
def bounded() -> Iterator[None]:
    start = time.monotonic()
    yield
    assert time.monotonic() - start < MOST_SECONDS


@dataclass
class Mutation:
    """Changes of some bytes of a file that was sound."""

    changes: list[tuple[int, int]]
    cut: int

    def of(self, content: bytes) -> bytes:
        made = bytearray(content)
        for at, value in self.changes:
            if made:
                made[at % len(made)] = value
        return bytes(made[: len(made) - self.cut % (len(made) + 1)] if self.cut else made)


mutations = st.builds(
    Mutation,
    st.lists(st.tuples(st.integers(0, 10**6), st.integers(0, 255)), max_size=8),
    st.just(0) | st.integers(0, 10**6),
)


@fuzzed
@given(anything | st.binary(max_size=40).map(lambda rest: b"TSG" + rest))
def test_header(start: bytes) -> None:
    try:
        found = header.parse(Path("v"), start, {1}, 1)
    except (NotAVault, VaultDamaged, VaultNewer):
        return
    assert found.salt == start[:16]
    assert found.profile == 1


@fuzzed
@given(anything | plain.map(lambda value: json.dumps(value).encode()))
def test_settings(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "s.json").write_bytes(content)
    with bounded():
        assert load_settings(tmp_path / "s.json").lock_after_minutes in LOCK_AFTER_CHOICES


@fuzzed
@given(mutations)
def test_settings_of_ours_mutated(tmp_path: Path, mutation: Mutation) -> None:
    file = tmp_path / "s.json"
    save_settings(file, Settings(folds=("a", "b"), window="AAAA").opened(tmp_path / "企业.tsg"))
    file.write_bytes(mutation.of(file.read_bytes()))
    found = load_settings(file)
    save_settings(tmp_path / "again.json", found)
    assert found.lock_after_minutes in LOCK_AFTER_CHOICES


@pytest.mark.parametrize("key", list(Settings.__dataclass_fields__))
@fuzzed
@given(value=plain)
def test_each_setting_of_any_kind(tmp_path: Path, key: str, value: object) -> None:
    (tmp_path / "s.json").write_text(json.dumps({key: value}), encoding="utf-8")
    found = load_settings(tmp_path / "s.json")
    assert type(getattr(found, key)) is type(getattr(Settings(), key))


@fuzzed
@given(anything | plain.map(lambda value: json.dumps(value).encode()))
def test_owner(tmp_path: Path, content: bytes) -> None:
    owner.place_of(tmp_path / "v").write_bytes(content)
    with bounded():
        found = owner.read(tmp_path / "v")
    assert found is None or isinstance(found.process, int)


@fuzzed
@given(st.text(max_size=400) | st.text(recovery_code.ALPHABET + " -－１ｏ", max_size=120))
def test_recovery_code(text: str) -> None:
    with bounded():
        try:
            key = recovery_code.decode(text)
        except RecoveryCodeWrong as error:
            wrong = error.groups
        else:
            assert recovery_code.decode(" ".join(recovery_code.encode(key))) == key
            wrong = ()
    assert set(wrong) <= set(range(1, recovery_code.GROUPS + 1))


def test_a_huge_recovery_code_takes_no_time() -> None:
    for text in ("A" * 200_000, "\u0301" * 100_000, " A" * 100_000, "\ufdfa" * 20_000):
        with bounded(), pytest.raises(RecoveryCodeWrong):
            recovery_code.decode(text)


@fuzzed
@given(anything | plain.map(lambda value: json.dumps(value).encode()))
def test_seen_states(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "seen.json"
    file.write_bytes(content)
    with bounded():
        states = SeenStates(file)
        states.compare("0" * 12, "0" * 64, 3, lambda _number: "")
        states.note("0" * 12, "0" * 64, 3)


@fuzzed
@given(anything, st.text(max_size=30).filter(lambda name: "/" not in name and "\0" not in name))
def test_backup_listing(tmp_path: Path, content: bytes, name: str) -> None:
    folder = tmp_path / "企业-0123456789ab"
    folder.mkdir(exist_ok=True)
    for called in (f"企业 2026-11-23 101530 {name}.tsg", f"{name}.tsg", ".state.json"):
        try:
            (folder / called).write_bytes(content)
        except (OSError, UnicodeEncodeError):
            continue
        read_backup(folder / called, "0123456789ab")
    with bounded():
        list_backups(Places(tmp_path))
    for each in folder.iterdir():
        glance(each)
        each.unlink()


@pytest.fixture(scope="module")
def vault(tmp_path_factory: pytest.TempPathFactory) -> tuple[bytes, Path]:
    session = new_session(tmp_path_factory.mktemp("fuzz"))
    session.close()
    return session.path.read_bytes(), session.path


@pytest.mark.slow
@fuzzed
@given(mutation=mutations)
def test_vault_mutated(vault: tuple[bytes, Path], mutation: Mutation) -> None:
    content, path = vault
    path.write_bytes(mutation.of(content))
    with bounded():
        try:
            session = Session.open(path, PASSPHRASE, profiles=QUICK)
        except TSGuardError:
            return
        try:
            session.file.verify_journal()
        except TSGuardError:
            pass
        finally:
            _closed(session.close)


def _closed(close: Callable[[], None]) -> None:
    try:
        close()
    except TSGuardError:
        return


def test_no_file_asks_for_much_memory(vault: tuple[bytes, Path]) -> None:
    """The costs of the key derivation are a closed list, and sizes are asked before reading."""
    content, path = vault
    tracemalloc.start()
    try:
        for profile in range(256):
            if profile not in QUICK and profile != 1:
                path.write_bytes(content[:3] + bytes([profile]) + content[4:])
                with pytest.raises(TSGuardError):
                    Session.open(path, PASSPHRASE, profiles=QUICK)
        assert tracemalloc.get_traced_memory()[1] < MOST_BYTES
    finally:
        tracemalloc.stop()
