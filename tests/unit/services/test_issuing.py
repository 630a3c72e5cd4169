"""A made dossier onto the disk: all of it or nothing, under names of its own, and into the register."""

from __future__ import annotations

import errno
import os
import signal
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from support.vaults import new_session
from support.windows import ON_WINDOWS, needs_links, needs_pipes, posix_names
from unit.report.conftest import make_snapshot

from tsguard.domain.disclosure import Level
from tsguard.domain.dossier import DocumentKind, Edition, Format
from tsguard.errors import Cancelled, InvalidField, NotReplaced, ReadOnly, StorageError
from tsguard.services import issuing
from tsguard.services.dossier import Made, MadeFile, Order, make
from tsguard.services.explain import explain

ON = date(2026, 11, 23)
METHOD = Edition(DocumentKind.METHOD, Level.SUBMISSION)
REPORT = Edition(DocumentKind.REPORT, Level.INTERNAL)


def made_of(*names: str, size: int = 10_000) -> Made:
    """Files as ``make`` gives them, with contents of no importance."""
    files = tuple(
        MadeFile(METHOD, Format.PDF, f"2026-{number}", name, 1, bytes([64 + number]) * size)
        for number, name in enumerate(names, 1)
    )
    return Made(files, ON, "a", "ab" * 32)


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


@contextmanager
def files_no_larger(most: int) -> Iterator[None]:
    """A disk that takes no more than that for one file."""
    if ON_WINDOWS:
        pytest.skip("Windows has no such limit")
    import resource

    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    handler = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (most, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
        signal.signal(signal.SIGXFSZ, handler)


# --- names ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("company", ["珠" * 200, "𬭎" * 120, "Zhuhai " * 28, "A. " * 60])
def test_a_long_company_name_leaves_every_file_its_own_name(company: str) -> None:
    snapshot = make_snapshot()
    snapshot = replace(snapshot, enterprise=replace(snapshot.enterprise, name=company))
    kinds = (DocumentKind.METHOD, DocumentKind.RECTIFICATION, DocumentKind.EXHIBITS)
    order = Order(
        tuple(Edition(kind, Level.SUBMISSION) for kind in kinds),
        ON,
        docx=True,
        passphrase="一段足够长的口令",
    )
    made = make(snapshot, order)
    names = [each.name for each in made.files]
    assert len(set(names)) == len(names) == order.files
    assert all(len(name.encode()) <= 200 for name in names)
    assert sum("-加密" in name for name in names) == sum(each.locked for each in made.files) == 4
    assert sum("复核说明" in name for name in names) == 2
    assert len(issuing.places(made, Path("x"))) == len(made.files)


# --- all or nothing -------------------------------------------------------------------------------


def test_a_disk_that_fills_up_replaces_none_of_the_older_files(tmp_path: Path) -> None:
    for name in ("a.pdf", "c.pdf"):
        (tmp_path / name).write_bytes(b"older " + name.encode())
    before = contents(tmp_path)
    made = made_of("a.pdf", "b.pdf", "c.pdf")
    made = replace(made, files=(*made.files[:2], replace(made.files[2], data=b"c" * 50_000)))
    with files_no_larger(20_000), pytest.raises(StorageError) as caught:
        issuing.write(made, tmp_path)
    assert contents(tmp_path) == before
    assert len(str(explain(caught.value)).split("。")) >= 3


@pytest.mark.parametrize("at", range(8))
def test_cancelled_at_any_point_the_folder_is_as_it_was(tmp_path: Path, at: int) -> None:
    (tmp_path / "b.pdf").write_bytes(b"older")
    asked = 0

    def cancelled() -> bool:
        nonlocal asked
        asked += 1
        return asked > at

    made = made_of("a.pdf", "b.pdf", "c.pdf")
    try:
        issuing.write(made, tmp_path, cancelled=cancelled)
    except Cancelled:
        assert contents(tmp_path) == {"b.pdf": b"older"}
    else:
        assert at >= 3
        assert set(contents(tmp_path)) == {"a.pdf", "b.pdf", "c.pdf"}


def test_a_program_that_is_interrupted_leaves_nothing(tmp_path: Path) -> None:
    folder = tmp_path / "材料"
    told = 0

    def progress(_done: int, _all: int) -> None:
        nonlocal told
        told += 1
        if told == 3:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        issuing.write(made_of("a.pdf", "b.pdf", "c.pdf"), folder, progress=progress)
    assert not folder.exists()


def test_what_somebody_else_put_there_meanwhile_stays(tmp_path: Path) -> None:
    """Another program makes a file of one of the names while ours are written, and then ours fail."""
    told = 0

    def progress(_done: int, _all: int) -> None:
        nonlocal told
        told += 1
        if told == 2:
            (tmp_path / "c.pdf").write_bytes(b"another's")

    made = made_of("a.pdf", "b.pdf", "c.pdf")
    made = replace(made, files=(*made.files[:2], replace(made.files[2], data=b"c" * 50_000)))
    with files_no_larger(20_000), pytest.raises(StorageError):
        issuing.write(made, tmp_path, progress=progress)
    assert contents(tmp_path) == {"c.pdf": b"another's"}


def test_a_vault_at_one_of_the_places_keeps_every_file_from_being_written(tmp_path: Path) -> None:
    (tmp_path / "b.pdf").write_bytes(b"TSG\x01" + bytes(100))
    (tmp_path / "a.pdf").write_bytes(b"older")
    before = contents(tmp_path)
    with pytest.raises(NotReplaced):
        issuing.write(made_of("a.pdf", "b.pdf"), tmp_path)
    assert contents(tmp_path) == before


@pytest.mark.parametrize(
    "kind",
    [
        "file",
        "no parent",
        pytest.param("pipe", marks=needs_pipes),
        pytest.param("nowhere", marks=needs_links),
        pytest.param("loop", marks=needs_links),
    ],
)
def test_a_folder_that_is_none(tmp_path: Path, kind: str) -> None:
    target = tmp_path / "材料"
    if kind == "file":
        target.write_bytes(b"mine")
    elif kind == "pipe":
        os.mkfifo(target)
    elif kind == "nowhere":
        target.symlink_to(tmp_path / "gone")
    elif kind == "loop":
        target.symlink_to(target)
    else:
        target = target / "unter" / "wegs"
    with pytest.raises(StorageError) as caught:
        issuing.write(made_of("a.pdf", "b.pdf"), target)
    assert explain(caught.value).happened
    assert kind != "file" or target.read_bytes() == b"mine"


@pytest.mark.parametrize(
    "name",
    [
        pytest.param("报" * 100 + ".pdf", marks=posix_names),  # Windows counts characters
        "a" * 300 + ".pdf",
        "a\0b.pdf",
        "\udc80/x.pdf",
    ],
)
def test_a_place_that_no_file_system_has(tmp_path: Path, name: str) -> None:
    target = tmp_path / name
    assert issuing.taken(made_of("x.pdf"), target) == ()
    with pytest.raises(StorageError):
        issuing.write(made_of("x.pdf"), target)
    assert contents(tmp_path) == {}


def test_a_name_of_250_bytes(tmp_path: Path) -> None:
    target = tmp_path / ("报" * 82 + ".pdf")
    (issued,) = issuing.write(made_of("x.pdf"), target)
    assert ON_WINDOWS or target.stat().st_mode & 0o777 == 0o600
    assert issued.file_name == target.name


# --- the register ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "name",
    [
        pytest.param("报告\udcff.pdf", marks=posix_names),
        pytest.param("报\n告\x1b[31m", marks=posix_names),
        "长" * 84,
        "\u202e报告",
        "\u202e",
    ],
)
def test_whatever_was_written_can_be_recorded(tmp_path: Path, name: str) -> None:
    session = new_session(tmp_path, "XIC")
    assert session.assessment is not None
    made = replace(made_of("x.pdf"), assessment=session.assessment.id)
    issued = issuing.write(made, tmp_path / name)
    (entry,) = issuing.record(session, issued)
    assert (tmp_path / name).exists()
    assert entry.sha256 == issued[0].sha256
    session.close()


def test_all_of_a_set_is_recorded_or_nothing(tmp_path: Path) -> None:
    session = new_session(tmp_path, "XIC")
    assert session.assessment is not None
    made = replace(made_of("a.pdf", "b.pdf"), assessment=session.assessment.id)
    first, second = issuing.write(made, tmp_path / "材料")
    head = session.file.journal_head
    with pytest.raises(InvalidField):
        issuing.record(session, (first, replace(second, sha256="no digest")))
    assert len(session.issued) == 0
    assert session.file.journal_head == head
    session.close()


# --- places that are refused at the last moment ---------------------------------------------------


@pytest.mark.parametrize("links", [True, False], ids=["links", "no links"])
def test_a_place_that_is_refused_at_the_end_brings_the_older_files_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, links: bool
) -> None:
    """A folder appears where the last file of the set should go; a stick's file system has no hard links."""
    if not links:

        def refused(_source: Path, target: Path) -> None:
            raise PermissionError(errno.EPERM, os.strerror(errno.EPERM), str(target))

        monkeypatch.setattr(os, "link", refused)
    (tmp_path / "a.pdf").write_bytes(b"older")
    told = 0

    def progress(_done: int, _all: int) -> None:
        nonlocal told
        told += 1
        if told == 3:
            (tmp_path / "c.pdf").mkdir()

    with pytest.raises(NotReplaced):
        issuing.write(made_of("a.pdf", "b.pdf", "c.pdf"), tmp_path, progress=progress)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.pdf", "c.pdf"]
    assert (tmp_path / "a.pdf").read_bytes() == b"older"


@needs_links
def test_a_set_replaces_an_older_one_and_leaves_nothing_beside_it(tmp_path: Path) -> None:
    linked = tmp_path / "anderswo.pdf"
    linked.write_bytes(b"older")
    folder = tmp_path / "材料"
    folder.mkdir()
    (folder / "a.pdf").write_bytes(b"older")
    (folder / "b.pdf").symlink_to(linked)
    issuing.write(made_of("a.pdf", "b.pdf"), folder)
    assert contents(folder) == {"a.pdf": b"A" * 10_000, "b.pdf": b"B" * 10_000}
    assert linked.read_bytes() == b"B" * 10_000, "a link leads to its file"
    assert (folder / "b.pdf").is_symlink()
    assert ON_WINDOWS or {path.stat().st_mode & 0o777 for path in folder.iterdir()} == {0o600}


def test_two_exports_at_once_into_one_folder(tmp_path: Path) -> None:
    folder = tmp_path / "材料"
    names = [f"{number}.pdf" for number in range(20)]
    sets = [made_of(*names, size=size) for size in (10_000, 20_000)]
    with ThreadPoolExecutor(2) as at_once:
        done = list(at_once.map(lambda made: issuing.write(made, folder), sets))
    assert [len(each) for each in done] == [20, 20]
    found = contents(folder)
    assert sorted(found) == sorted(names), "nothing else is left"
    assert all(len(set(data)) == 1 and len(data) in {10_000, 20_000} for data in found.values())


@pytest.mark.parametrize("older", [True, False], ids=["older", "none"])
@pytest.mark.parametrize("links", [True, False], ids=["links", "no links"])
def test_an_older_file_that_is_open_elsewhere_keeps_the_whole_set_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, links: bool, older: bool
) -> None:
    """Windows does not replace a file that a reader shows."""
    for name in ("a.pdf", "b.pdf") if older else ("a.pdf",):
        (tmp_path / name).write_bytes(b"older " + name.encode())
    before = contents(tmp_path)
    replaced = Path.replace

    def refusing(part: Path, target: Path) -> Path:
        if target.name == "b.pdf" and part.stat().st_size == 10_000:
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(target))
        return replaced(part, target)

    def refused(_source: Path, target: Path) -> None:
        raise PermissionError(errno.EPERM, os.strerror(errno.EPERM), str(target))

    monkeypatch.setattr(Path, "replace", refusing)
    if not links:
        monkeypatch.setattr(os, "link", refused)
    with pytest.raises(ReadOnly):
        issuing.write(made_of("a.pdf", "b.pdf", "c.pdf"), tmp_path)
    assert contents(tmp_path) == before
