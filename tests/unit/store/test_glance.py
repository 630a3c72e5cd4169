"""A look at a file from outside."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from support.windows import LINKS, PIPES

from tests.support.vaults import new_session
from tsguard.store.glance import Glance, glance


@pytest.mark.parametrize(
    ("content", "known"),
    [
        (b"", False),
        (b"TSG\x01", False),
        (b"TSG\x00" + bytes(12), False),
        (b"PK\x03\x04" + bytes(12), False),
        (b"TSG\x01" + bytes(12), True),
        (b"TSG\xff" + bytes(9000), True),
    ],
)
def test_only_a_whole_header_names_a_key(tmp_path: Path, content: bytes, known: bool) -> None:
    path = tmp_path / "x"
    path.write_bytes(content)
    found = glance(path)
    assert found is not None
    assert found.size == len(content)
    assert bool(found.key_id) is known


def test_a_vault_at_rest_names_the_key_it_has(tmp_path: Path) -> None:
    session = new_session(tmp_path, choose=False)
    name = session.file.key_id
    assert glance(session.path) == Glance(session.path.stat().st_size, "")  # open here: not to be touched
    session.close()
    assert glance(session.path) == Glance(session.path.stat().st_size, name)


def test_what_is_no_file_is_none(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"TSG\x01" + bytes(12))
    if LINKS:
        (tmp_path / "link").symlink_to(tmp_path / "file")
    if PIPES:
        os.mkfifo(tmp_path / "pipe")
    for name in ("link", "pipe", "gone", "file/below", "\0"):
        assert glance(tmp_path / name) is None
    assert glance(tmp_path) is None
