"""Evidence files in the vault."""

from __future__ import annotations

import hashlib
import os
import threading

import pytest
from cryptography.hazmat.primitives import hashes
from support.windows import PIPES, not_under_wine

from tsguard.domain.answers import Answer
from tsguard.domain.dossier import IssuedDocument
from tsguard.domain.evidence import Evidence
from tsguard.errors import (
    Cancelled,
    EvidenceEmpty,
    EvidenceTooLarge,
    UnknownRecord,
    Unreadable,
    VaultClosed,
    VaultDamaged,
)
from tsguard.store.files import CHUNK, altered

LIMIT = 64 * 1024 * 1024


def sm3(content: bytes) -> str:
    digest = hashes.Hash(hashes.SM3())
    digest.update(content)
    return digest.finalize().hex()


def counts(vault):
    with vault._access() as database:
        return database.count("files"), database.count("file_chunks")


def name(vault, sha256, number=1):
    with vault.write() as writer:
        writer.put_evidence(Evidence(id=f"E-{number:02}", enterprise="e1", title="t", sha256=sha256))


def seal(vault, sha256):
    with vault.write() as writer:
        writer.put_issued_document(
            IssuedDocument(id="D-0001", enterprise="e1", assessment="a1", sha256="d" * 64, scan_sha256=sha256)
        )


def test_a_scan_counts_as_used_and_is_swept_when_nothing_names_it(filled, reopen, tmp_path):
    contents = {"scan": b"sealed" * CHUNK, "both": b"both", "none": b"none"}
    stored = {}
    for word, content in contents.items():
        (tmp_path / word).write_bytes(content)
        stored[word] = filled.store_file(tmp_path / word, limit=LIMIT).sha256
    seal(filled, stored["scan"])
    filled.close()
    again = reopen(filled.path)
    assert counts(again)[0] == 1
    assert b"".join(again.read_file(stored["scan"])) == contents["scan"]
    again.store_file(tmp_path / "both", limit=LIMIT)
    seal(again, stored["both"])
    name(again, stored["both"])
    with again.write() as writer:
        writer.remove_evidence("e1", "E-01")
    again.close()
    third = reopen(filled.path)
    assert counts(third) == (1, 1)
    assert b"".join(third.read_file(stored["both"])) == contents["both"]
    with third.write() as writer:
        writer.remove_issued_document("e1", "D-0001")
    assert counts(third) == (1, 1)  # so that it can be put back
    third.close()
    last = reopen(filled.path)
    assert counts(last) == (0, 0)
    last.close()


@pytest.mark.parametrize("size", [1, CHUNK - 1, CHUNK, CHUNK + 1, 3 * CHUNK + 17])
def test_comes_back(filled, reopen, tmp_path, size):
    content = os.urandom(size)
    (tmp_path / "证据 一.bin").write_bytes(content)
    told = []
    stored = filled.store_file(tmp_path / "证据 一.bin", limit=size, progress=lambda *done: told.append(done))
    assert (stored.sha256, stored.sm3, stored.size) == (
        hashlib.sha256(content).hexdigest(),
        sm3(content),
        size,
    )
    assert told[-1] == (size, size)
    assert len(told) == -(-size // CHUNK)
    name(filled, stored.sha256)
    filled.close()
    again = reopen(filled.path)
    pieces = list(again.read_file(stored.sha256))
    assert b"".join(pieces) == content
    assert max(map(len, pieces)) <= CHUNK
    assert again.evidence("e1")[0].sha256 == stored.sha256
    again.close()


def test_sm3_is_the_standards():
    """GB/T 32905-2016, A.1."""
    assert sm3(b"abc") == "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0"


@not_under_wine
def test_too_large_is_refused_before_reading(vault, tmp_path, monkeypatch):
    path = tmp_path / "sparse"
    with path.open("wb") as file:
        file.truncate(300 * 1024 * 1024)
    monkeypatch.setattr("tsguard.store.files.store", lambda *_: pytest.fail("it was read"))
    with pytest.raises(EvidenceTooLarge) as caught:
        vault.store_file(path, limit=200 * 1024 * 1024)
    assert (caught.value.path, caught.value.size, caught.value.limit) == (path, 314572800, 209715200)


def test_growing_while_it_is_read(vault, tmp_path):
    path = tmp_path / "log"
    path.write_bytes(b"x" * CHUNK)

    def grow(*_):
        with path.open("ab") as file:
            file.write(b"x" * CHUNK)

    with pytest.raises(EvidenceTooLarge):
        vault.store_file(path, limit=3 * CHUNK, progress=grow)
    assert counts(vault) == (0, 0)


def test_cut_while_it_is_read(vault, tmp_path):
    """What was read is what is stored and hashed."""
    path = tmp_path / "f"
    path.write_bytes(b"x" * 2 * CHUNK)
    stored = vault.store_file(path, limit=LIMIT, progress=lambda *_: os.truncate(path, CHUNK))
    assert (stored.size, stored.sha256) == (CHUNK, hashlib.sha256(b"x" * CHUNK).hexdigest())


def test_what_is_no_file(vault, tmp_path):
    (tmp_path / "empty").touch()
    with pytest.raises(EvidenceEmpty):
        vault.store_file(tmp_path / "empty", limit=LIMIT)
    if PIPES:
        os.mkfifo(tmp_path / "pipe")
    for path in (tmp_path, tmp_path / "missing", tmp_path / "pipe", tmp_path / "nul\0", vault.path):
        with pytest.raises(Unreadable):
            vault.store_file(path, limit=LIMIT)
    assert counts(vault) == (0, 0)


def test_cancelled(vault, tmp_path):
    (tmp_path / "f").write_bytes(b"x" * 20 * CHUNK)
    asked = iter([False] * 12 + [True])
    with pytest.raises(Cancelled):
        vault.store_file(tmp_path / "f", limit=LIMIT, cancelled=lambda: next(asked))
    assert counts(vault) == (0, 0)


def test_an_error_of_the_progress_bar(vault, tmp_path):
    (tmp_path / "f").write_bytes(b"x")

    def fail(*_):
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        vault.store_file(tmp_path / "f", limit=LIMIT, progress=fail)
    assert counts(vault) == (0, 0)


def test_the_same_content_is_kept_once(filled, tmp_path):
    for each in ("a", "b"):
        (tmp_path / each).write_bytes(b"same" * CHUNK)
    first = filled.store_file(tmp_path / "a", limit=LIMIT)
    name(filled, first.sha256)
    assert filled.store_file(tmp_path / "b", limit=LIMIT) == first
    assert counts(filled) == (1, 4)
    assert b"".join(filled.read_file(first.sha256)) == b"same" * CHUNK


def test_answers_can_be_written_meanwhile(filled, tmp_path):
    (tmp_path / "f").write_bytes(os.urandom(24 * CHUNK))
    started, written = threading.Event(), []

    def answer():
        started.wait()
        for number in range(20):
            with filled.write() as writer:
                writer.put_answer("a1", Answer(item=f"ORG-{number:02}"))
            written.append(number)

    thread = threading.Thread(target=answer)
    thread.start()
    seen = []

    def progress(*_):
        started.set()
        seen.append(len(written))

    stored = filled.store_file(tmp_path / "f", limit=LIMIT, progress=progress)
    thread.join()
    assert len(written) == 20
    assert seen[-1] > 0
    assert stored.size == 24 * CHUNK
    filled.verify_journal()


def test_leftovers_go_at_opening(filled, reopen, tmp_path, monkeypatch):
    (tmp_path / "f").write_bytes(b"x" * 10 * CHUNK)
    with monkeypatch.context() as patch:
        # As after a kill: nothing tidies up.
        patch.setattr("tsguard.store.files._remove", lambda *_: None)
        patch.setattr("tsguard.store.files.purge", lambda *_: 0)
        with pytest.raises(Cancelled):
            filled.store_file(tmp_path / "f", limit=LIMIT, cancelled=iter([False] * 5 + [True]).__next__)
        assert counts(filled) == (1, 5)
        filled.close()
    again = reopen(filled.path)
    assert counts(again) == (0, 0)
    again.close()


def test_removed_evidence_keeps_its_file_until_closing(filled, reopen, tmp_path):
    (tmp_path / "f").write_bytes(b"x" * 9 * CHUNK)
    stored = filled.store_file(tmp_path / "f", limit=LIMIT)
    name(filled, stored.sha256)
    with filled.write() as writer:
        writer.remove_evidence("e1", "E-01")
    assert counts(filled) == (1, 9)
    name(filled, stored.sha256)
    filled.close()
    again = reopen(filled.path)
    assert counts(again) == (1, 9)
    with again.write() as writer:
        writer.remove_evidence("e1", "E-01")
    again.close()
    again = reopen(filled.path)
    assert counts(again) == (0, 0)
    with pytest.raises(UnknownRecord):
        again.read_file(stored.sha256)
    again.close()


def test_closed_while_storing(filled, reopen, tmp_path):
    (tmp_path / "f").write_bytes(b"x" * 3 * CHUNK)
    with pytest.raises(VaultClosed):
        filled.store_file(tmp_path / "f", limit=LIMIT, progress=lambda *_: filled.close())
    again = reopen(filled.path)
    assert counts(again) == (0, 0)
    again.close()


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE file_chunks SET content = zeroblob(1048576) WHERE number = 1",
        "DELETE FROM file_chunks WHERE number = 1",
        "DELETE FROM file_chunks",
    ],
)
def test_other_content_is_damage(vault, tmp_path, statement):
    (tmp_path / "f").write_bytes(os.urandom(2 * CHUNK + 5))
    stored = vault.store_file(tmp_path / "f", limit=LIMIT)
    with vault._access() as database:
        database.execute(statement)
    with pytest.raises(VaultDamaged):
        list(vault.read_file(stored.sha256))


def test_unknown_file_is_said_at_once(vault):
    with pytest.raises(UnknownRecord):
        vault.read_file("0" * 64)


@pytest.mark.parametrize("column", ["sm3 = hex(zeroblob(32))", "size = size + 1"])
def test_reading_checks_the_other_digest_and_the_size(vault, tmp_path, column):
    (tmp_path / "a").write_bytes(b"content")
    stored = vault.store_file(tmp_path / "a", limit=LIMIT)
    with vault._access() as database, database.transaction():
        database.execute(f"UPDATE files SET {column}")  # noqa: S608 - a constant of this test
    with pytest.raises(VaultDamaged) as caught:
        list(vault.read_file(stored.sha256))
    assert caught.value.what == altered(stored.sha256)
