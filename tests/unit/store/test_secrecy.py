"""Nothing of what is inside shows outside: not on disk, not in errors."""

from __future__ import annotations

import pytest

from tsguard.domain.answers import Answer
from tsguard.errors import TSGuardError, WrongPassphrase
from tsguard.store import driver, kdf
from tsguard.store.vault import Vault

MARKER = "绝不外泄的标记TSGMARKER七"


def test_no_plain_text_on_disk(filled, tmp_path):
    source = tmp_path / "in"
    source.mkdir()
    (source / "evidence").write_bytes(MARKER.encode() * 1000)
    with filled.write() as writer:
        writer.put_answer("a1", Answer(item="ORG-02", note=MARKER * 50))
        writer.put_setting(MARKER, MARKER)
    filled.store_file(source / "evidence", limit=10**9)
    forms = [
        part.encode(code)
        for code in ("utf-8", "utf-16-le", "utf-16-be", "gb18030")
        for part in (MARKER, "TSGMARKER")
    ]

    def scan():
        files = [path for path in tmp_path.iterdir() if path.is_file()]
        for path in files:
            content = path.read_bytes()
            assert not any(form in content for form in forms), path
            assert b"CREATE TABLE" not in content
            assert b"SQLite format" not in content
        return {path.name for path in files}

    assert scan() == {"vault.tsg", "vault.tsg-wal", ".vault.tsg.lock"}
    filled.close()
    assert scan() == {"vault.tsg"}


def chain(error):
    while error is not None:
        yield error
        error = error.__cause__ or error.__context__


def test_no_passphrase_or_key_in_errors(closed, tmp_path, profiles, passphrase):
    word = "wrong but secret passphrase"
    salt = closed.read_bytes()[:16]
    secrets = [word, passphrase]
    secrets += [kdf.derive(each, salt, profiles[200]).hex() for each in (word, passphrase)]
    caught = []
    with pytest.raises(WrongPassphrase) as error:
        Vault.open(closed, word, who="t", profiles=profiles)
    caught.append(error.value)
    whole = closed.read_bytes()
    for broken in (whole[:8192], whole[:5000], whole[:4096] + bytes(4096) + whole[8192:]):
        closed.write_bytes(broken)
        try:
            Vault.open(closed, passphrase, who="t", profiles=profiles).close()
        except TSGuardError as error:
            caught.append(error)
    with pytest.raises(TSGuardError) as error:
        Vault.create(closed, passphrase, who="t", profiles=profiles)
    caught.append(error.value)
    with pytest.raises(TSGuardError) as error:
        Vault.create(tmp_path / "no" / "v", passphrase, who="t", profiles=profiles)
    caught.append(error.value)
    with pytest.raises(TSGuardError) as error:
        driver.connect(tmp_path, bytes(32), bytes(16))
    caught.append(error.value)
    assert len(caught) >= 6
    for first in caught:
        for each in chain(first):
            words = f"{each!r} {each} {vars(each)}"
            assert not any(secret in words for secret in secrets)


def test_a_vault_shows_its_path_only(filled):
    assert repr(filled) == f"<Vault {str(filled.path)!r}>"
    key = filled.file.raw_key().material
    for value in (*vars(filled).values(), *vars(filled.file).values()):
        assert key.hex() not in repr(value)
        assert repr(key) not in repr(value)
