"""Files by somebody who has the key: every page is authentic, and what stands on it is a trap."""

from __future__ import annotations

import json
import os
import random
import struct
import time

import pytest
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from support.spoiling import Ground, ground, silent
from support.windows import ON_WINDOWS

from tsguard.domain.codec import to_json
from tsguard.errors import TSGuardError
from tsguard.store import copying, damage, driver, salvage, specimen
from tsguard.store.driver import PAGE_SIZE
from tsguard.store.journal import Journal, entry_hash, utc_now
from tsguard.store.pages import PageCheck
from tsguard.store.remains import Remains
from tsguard.store.vault import Vault

__all__ = ["ground"]  # a fixture

_USABLE = PAGE_SIZE - 80
_IN_TIME_S = 20


def plain(data: bytes, key: bytes) -> list[bytearray]:
    """The pages decrypted; the first with zeros for its header."""
    pages = []
    for start in range(0, len(data), PAGE_SIZE):
        raw, skip = data[start : start + PAGE_SIZE], 0 if start else 16
        cipher = Cipher(algorithms.AES(key), modes.CBC(raw[_USABLE : _USABLE + 16])).decryptor()
        pages.append(bytearray(bytes(skip) + cipher.update(raw[skip:_USABLE]) + cipher.finalize()))
    return pages


def sealed(pages: list[bytearray], key: bytes, salt: bytes) -> bytes:
    """Pages as SQLCipher writes them."""
    begun, parts = PageCheck(key, salt)._begun, []
    for number, page in enumerate(pages, 1):
        vector, skip = os.urandom(16), 16 if number == 1 else 0
        cipher = Cipher(algorithms.AES(key), modes.CBC(vector)).encryptor()
        body = cipher.update(bytes(page[skip:_USABLE])) + cipher.finalize() + vector
        digest = begun.copy()
        digest.update(body + struct.pack("<I", number))
        parts.append((salt if number == 1 else b"") + body + digest.finalize())
    return b"".join(parts)


def salvaged(ground: Ground, clock, profiles, passphrase) -> salvage.Plan | None:
    """Examine and write a new vault; None where a foreseen error says why not."""
    target = ground.path.with_name("neu.tsg")
    target.unlink(missing_ok=True)
    try:
        with specimen.taken(ground.path) as copy, damage.opened(copy, ground.key, silent) as (_f, remains):
            plan = salvage.plan(remains, ground.stand_in)
            salvage.write(target, passphrase, remains, plan, who="t", clock=clock, profiles=profiles)
    except TSGuardError:
        return None
    vault = Vault.open(target, passphrase, who="t", profiles=profiles)
    vault.verify_journal()
    vault.close()
    return plan


def test_sealing_is_what_the_vault_does(ground):
    data = ground.path.read_bytes()
    pages = plain(data, ground.key.material)
    assert plain(sealed(pages, ground.key.material, data[:16]), ground.key.material) == pages


def _change(rng: random.Random, page: bytearray, number: int) -> None:
    start = 100 if number == 0 else 0
    at, other = (rng.randrange(start + 12, _USABLE - 60) for _ in range(2))
    points_to = struct.pack(">I", rng.choice([0, number + 1, 2**31, 2**32 - 1]))
    where, what = rng.choice(
        [
            (at, rng.randbytes(1)),
            (at, b"\xff" * 9),
            (start + 3, b"\xff\xff"),
            (16, rng.randbytes(len(page) - 16)),
            (at, points_to),
            (start, bytes([rng.choice([2, 5, 10, 13])])),
            (at, bytes(page[other : other + 60])),
        ]
    )
    page[where : where + len(what)] = what


@pytest.mark.parametrize("seed", range(5))
def test_mutated_pages(ground, clock, profiles, passphrase, seed):
    rng = random.Random(seed)  # noqa: S311 - which bytes are changed is no secret
    data = ground.path.read_bytes()
    pages = plain(data, ground.key.material)
    come_over = 0
    for _round in range(12):
        changed = [bytearray(page) for page in pages]
        for _each in range(rng.choice([1, 1, 3, 10])):
            number = rng.randrange(len(changed))
            _change(rng, changed[number], number)
        ground.path.write_bytes(sealed(changed, ground.key.material, data[:16]))
        come_over += salvaged(ground, clock, profiles, passphrase) is not None
    assert come_over


def _varint(number: int) -> bytes:
    parts = [number & 0x7F]
    while number := number >> 7:
        parts.append(number & 0x7F | 0x80)
    return bytes(reversed(parts))


def test_rows_that_share_their_pages_and_go_in_circles_are_read_in_time(ground, clock, profiles, passphrase):
    data = ground.path.read_bytes()
    key, salt = ground.key.material, data[:16]
    pages = plain(data, key)
    count = 600
    pages += [bytearray(_USABLE) for _ in range(count - len(pages))]
    # Every page at the end is a leaf full of rows as large as the file, which all go on in one circle.
    for number in range(count - 500, count):
        row = _varint(count * 4000) + _varint(7) + b"\x04\x01\x01\x17"
        row += bytes(600) + struct.pack(">I", number)  # wherever the beginning ends, it goes on there
        page = bytearray(struct.pack(">I", number + 1)) * (_USABLE // 4)
        cells = range(1400, _USABLE - 60, 4)
        page[:8] = struct.pack(">BHHHB", 13, 0, len(cells), 1400, 0)
        for place, cell in enumerate(cells):
            page[8 + 2 * place : 10 + 2 * place] = struct.pack(">H", cell)
            page[cell : cell + 4] = _varint(count * 4000) + b"\x07"
        pages[number - 1] = page
    # The schema is lost, so that every leaf is looked at.
    pages[0][100] = 10
    ground.path.write_bytes(sealed(pages, key, salt))
    begun = time.monotonic()
    salvaged(ground, clock, profiles, passphrase)
    assert time.monotonic() - begun < _IN_TIME_S


HOSTILE = (2**63, 2**70, -(2**63) - 1, 1e308, "\ud800", None, [], {}, [1], "x", "x" * 99, -1, True)


def test_states_that_no_table_takes_are_named_and_the_others_come_over(ground, clock, profiles, passphrase):
    """Fields of every kind of record, with values that are none: one by one the newest entry."""
    good = ground.path.read_bytes()
    kinds = {}
    for (kind, key), state in ground.truth.items():
        kinds.setdefault(kind, (key, state))
    for kind, (key, state) in kinds.items():
        broken = [json.dumps({**state, field: value}).encode() for field in state for value in HOSTILE]
        for after in broken[:: 29 if ON_WINDOWS else 1]:  # each is a file to write, which takes long there
            ground.path.write_bytes(good)
            database = driver.connect(ground.path, ground.key.material, good[:16])
            journal = Journal(database, "mallory", utc_now)
            with database.transaction():
                journal.append("x", kind, key, None, after)
            database.close()
            copying.discard_logs(ground.path)
            with specimen.taken(ground.path) as copy, damage.opened(copy, ground.key, silent) as (_f, left):
                try:
                    made = salvage.plan(left, ground.stand_in)
                except TSGuardError:
                    continue
                target = ground.path.with_name("neu.tsg")
                try:
                    salvage.write(target, passphrase, left, made, who="t", clock=clock, profiles=profiles)
                except TSGuardError as error:
                    pytest.fail(f"{kind} {after[:200]!r}: {error}")
                target.unlink()


def test_tables_of_another_shape_are_not_read_as_ours(ground, clock, profiles, passphrase):
    good = ground.path.read_bytes()
    for table in ("evidence_items", "files", "frozen_texts", "answers", "settings", "journal", "sequences"):
        ground.path.write_bytes(good)
        database = driver.connect(ground.path, ground.key.material, good[:16])
        database.execute("PRAGMA foreign_keys = OFF")
        database.execute(f"DROP TABLE {table}")
        database.execute(f"CREATE TABLE {table} (a TEXT, b INTEGER, c BLOB)")
        database.execute(f"INSERT INTO {table} VALUES ('a', 1, x'00')")  # noqa: S608
        database.close()
        copying.discard_logs(ground.path)
        assert salvaged(ground, clock, profiles, passphrase) is not None, table


def test_a_journal_with_one_column_more_is_not_ours(ground, clock, profiles, passphrase):
    database = driver.connect(ground.path, ground.key.material, ground.path.read_bytes()[:16])
    rows = database.rows("SELECT * FROM journal ORDER BY seq")
    columns = ", ".join(name if name == "seq" else f"{name} TEXT" for name in [*rows[0], "more"])
    database.execute("DROP TABLE journal")
    database.execute(f"CREATE TABLE journal ({columns.replace('seq', 'seq INTEGER PRIMARY KEY', 1)})")
    for row in rows:
        row["more"] = "x"
        row["hash"] = entry_hash(row)
        marks = ", ".join("?" * len(row))
        database.execute(f"INSERT INTO journal ({', '.join(row)}) VALUES ({marks})", tuple(row.values()))  # noqa: S608
    database.close()
    copying.discard_logs(ground.path)
    made = salvaged(ground, clock, profiles, passphrase)
    assert made is not None
    assert made.doubtful  # nothing is left that proves them
    assert to_json(made.head) == b'""'


def test_without_the_list_of_files_each_content_is_read_once(ground, monkeypatch):
    read: list[object] = []
    chunk = Remains.chunk

    def counted(self, cell):
        read.append(cell)
        return chunk(self, cell)

    monkeypatch.setattr(Remains, "chunk", counted)
    with specimen.taken(ground.path) as copy, damage.opened(copy, ground.key, silent) as (_f, remains):
        remains.listed.clear()
        for number in range(9):
            assert remains.file("0" * 63 + str(number)) is None
        assert len(read) == sum(len(each) for each in remains.chunks.values())
        made = salvage.plan(remains, ground.stand_in)
        assert len(made.files) == 3, "two pieces of evidence and a scan"
