"""Copies in clear: names that are safe, kinds that may be opened, files that are whole or not there."""

from __future__ import annotations

import hashlib
from pathlib import Path, PurePath

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.vaults import new_session
from support.windows import ON_WINDOWS, needs_links

from tsguard.domain.evidence import Evidence
from tsguard.errors import Unreadable, VaultDamaged
from tsguard.services.cabinet import filed
from tsguard.services.evidence_copies import (
    OPENED_KINDS,
    free_path,
    may_open,
    opened_name,
    save_copies,
    saved_name,
    suffix_of,
)
from tsguard.services.session import Session

SHA = "a" * 64


def named(file_name: str, title: str = "保密协议") -> Evidence:
    return Evidence(id="E-07", title=title, file_name=file_name, sha256=SHA)


@pytest.mark.parametrize(
    "name",
    ["a.pdf", "b.DOCX", "c.xls", "d.jpg", "e.txt", "图纸.dwg", "邮件.msg", "录音.m4a", "版式.ofd"],
)
def test_documents_may_be_opened(name: str) -> None:
    assert may_open(named(name))


NEVER = (
    *("exe", "bat", "cmd", "COM", "scr", "js", "vbs", "lnk", "hta", "ps1", "msi", "jar", "url", "chm", "reg"),
    *("docm", "xlsm", "pptm", "xlam", "svg", "html", "htm", "zip", "rar", "iso", "dll", "wsf", "py", "sh"),
    *("desktop", "pdf.exe", "", "e\u202excod"),
)


@pytest.mark.parametrize("name", ["没有扩展名", ".pdf", *(f"报告.{suffix}" for suffix in NEVER)])
def test_what_could_run_is_never_opened(name: str) -> None:
    assert not may_open(named(name))


@pytest.mark.parametrize("name", ["a.exe ", "a.exe.", "a.exe. . ", "a.pdf:x.exe", "a.exe\u200b"])
def test_a_trick_in_the_name_does_not_help(name: str) -> None:
    assert not may_open(named(name))
    assert PurePath(opened_name(named(name))).suffix not in OPENED_KINDS


def test_paper_is_not_opened() -> None:
    assert not may_open(Evidence(id="E-01", title="x", paper_at="柜", file_name="a.pdf"))


@pytest.mark.parametrize(
    ("piece", "opened", "saved"),
    [
        (named("某客户-协议.PDF"), "某客户-协议.pdf", "E-07_保密协议.pdf"),
        (named("../../etc/passwd"), ".._.._etc_passwd".strip("."), "E-07_保密协议"),
        (named("CON.txt"), "_CON.txt", "E-07_保密协议.txt"),
        (named("a\u202egpj.exe"), "agpj.exe", "E-07_保密协议.exe"),
        (named("x.pdf", "𬭎㵘䶮𠮷/甲:乙"), "x.pdf", "E-07_𬭎㵘䶮𠮷_甲_乙.pdf"),
        (named("x.tar.gz", ""), "x.tar.gz", "E-07_.gz"),
    ],
)
def test_names(piece: Evidence, opened: str, saved: str) -> None:
    assert (opened_name(piece), saved_name(piece)) == (opened, saved)


@given(st.text(max_size=300), st.text(max_size=300))
def test_every_name_fits_every_file_system(file_name: str, title: str) -> None:
    for name in (opened_name(named(file_name, title)), saved_name(named(file_name, title))):
        assert len(name.encode()) <= 220
        assert not set(name) & set('\\/:*?"<>|\0')
        assert all(character.isprintable() for character in name)
        assert name == name.strip(" .")
        assert name
    suffix = suffix_of(named(file_name))
    assert opened_name(named(file_name)).endswith(suffix)


@needs_links
def test_a_place_that_is_taken_is_left_alone(tmp_path: Path) -> None:
    assert free_path(tmp_path, "a.b.pdf") == tmp_path / "a.b.pdf"
    (tmp_path / "a.b.pdf").touch()
    (tmp_path / "a.b (2).pdf").symlink_to(tmp_path / "nowhere")
    assert free_path(tmp_path, "a.b.pdf") == tmp_path / "a.b (3).pdf"


@pytest.fixture
def session(tmp_path: Path):
    made = new_session(tmp_path / "v", choose=False)
    for number, content in enumerate((b"eins" * 600_000, b"zwei", b"drei"), 1):
        path = tmp_path / f"{number}.pdf"
        path.write_bytes(content)
        made.cabinet.add(filed(Evidence(title=f"第{number}件"), path, made.cabinet.store_file(path)))
    made.cabinet.add(Evidence(title="纸质", paper_at="柜"))
    yield made
    if not made.closed:
        made.close()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "out"
    made.mkdir()
    return made


def test_all_are_saved_as_they_were_and_paper_is_left_out(session: Session, folder: Path) -> None:
    told: list[tuple[int, int]] = []
    pieces = tuple(session.cabinet)
    saved = save_copies(session.cabinet, pieces, folder, progress=lambda *done: told.append(done))
    assert [path.name for path in saved.written] == ["E-01_第1件.pdf", "E-02_第2件.pdf", "E-03_第3件.pdf"]
    for path, piece in zip(saved.written, pieces, strict=False):
        assert hashlib.sha256(path.read_bytes()).hexdigest() == piece.sha256
        assert ON_WINDOWS or path.stat().st_mode & 0o077 == 0
    assert told == sorted(told)
    assert told[-1][0] == told[-1][1] == sum(piece.size for piece in pieces)
    again = save_copies(session.cabinet, pieces, folder)
    assert again.written[0].name == "E-01_第1件 (2).pdf"


def test_damaged_content_is_named_and_the_others_are_saved(session: Session, folder: Path) -> None:
    with session._vault._access() as database, database.transaction():
        database.execute(
            "UPDATE file_chunks SET content = x'00' WHERE file = (SELECT id FROM files WHERE sha256 = ?)",
            (session.cabinet.get("E-02").sha256,),
        )
    saved = save_copies(session.cabinet, tuple(session.cabinet), folder)
    assert [path.name for path in saved.written] == ["E-01_第1件.pdf", "E-03_第3件.pdf"]
    ((evidence, error),) = saved.failed
    assert evidence == "E-02"
    assert isinstance(error, VaultDamaged)
    assert len(list(folder.iterdir())) == 2


def test_stopping_keeps_what_is_whole_and_nothing_else(session: Session, folder: Path) -> None:
    done = 0

    def progress(count: int, _total: int) -> None:
        nonlocal done
        done = count

    saved = save_copies(
        session.cabinet,
        tuple(session.cabinet)[::-1],
        folder,
        progress=progress,
        cancelled=lambda: done > 1_000_000,
    )
    assert saved.stopped
    assert [path.name for path in saved.written] == ["E-03_第3件.pdf", "E-02_第2件.pdf"]
    assert len(list(folder.iterdir())) == 2


def test_a_folder_that_is_none_is_refused(session: Session, tmp_path: Path) -> None:
    with pytest.raises(Unreadable):
        save_copies(session.cabinet, tuple(session.cabinet), tmp_path / "none")
