"""An open vault is never opened a second time in this process: closing it again would drop SQLite's lock."""

import os
from datetime import date
from pathlib import Path

import pytest
from support.exported import export_document
from support.vaults import new_session
from support.windows import ON_WINDOWS

from tsguard.domain.disclosure import Level
from tsguard.domain.dossier import DocumentKind, Edition
from tsguard.errors import NotReplaced, Unreadable
from tsguard.services import recovery
from tsguard.services.plain_copy import write_chunks, write_csv


def held_locks():
    """The POSIX locks of this process, as the kernel lists them."""
    lines = Path("/proc/locks").read_text(encoding="ascii").splitlines()
    return sorted(line.split()[1:] for line in lines if f" {os.getpid()} " in line)


@pytest.mark.skipif(ON_WINDOWS or not Path("/proc/locks").exists(), reason="locks are listed on Linux only")
@pytest.mark.parametrize("link", [os.link, os.symlink])
def test_it_is_neither_evidence_nor_the_place_of_a_plain_file(tmp_path, link):
    session = new_session(tmp_path)
    other = tmp_path / "别名.pdf"
    link(session.path, other)
    locks = held_locks()
    with pytest.raises(Unreadable):
        session.cabinet.store_file(other)
    with pytest.raises(NotReplaced):
        export_document(
            session.snapshot(), Edition(DocumentKind.REPORT, Level.SUBMISSION), other, on=date(2026, 11, 23)
        )
    for write in (write_csv, write_chunks):
        with pytest.raises(NotReplaced):
            write(other, ())
    with pytest.raises(NotReplaced):
        recovery.write_sheet(session, other, on=date(2026, 11, 23))
    assert recovery.key_number(other) == ""
    assert held_locks() == locks
    session.close()
