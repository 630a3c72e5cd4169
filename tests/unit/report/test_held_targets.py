"""Files in clear whose place is held by another program, or has a name that Windows does not take."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from support.windows import let_go_after, windows_only

from tsguard.errors import FileHeld, NameRefused
from tsguard.report.plain_file import PlainSet, create_plain, make_folder, replace_plain


@pytest.fixture
def older(tmp_path: Path) -> Path:
    path = tmp_path / "报告 𬭎 㵘.pdf"
    path.write_bytes(b"older")
    return path


def names(folder: Path) -> list[str]:
    return sorted(each.name for each in folder.iterdir())


def test_a_scanner_is_waited_for(older: Path) -> None:
    with let_go_after(older, 0.4):
        replace_plain(older, [b"newer"])
    assert older.read_bytes() == b"newer"
    assert names(older.parent) == [older.name]


def test_a_scanner_is_waited_for_by_a_set(older: Path) -> None:
    with let_go_after(older, 0.4), PlainSet() as files:
        files.write(older.with_name("a.pdf"), [b"first"])
        files.write(older, [b"newer"])
        files.place()
    assert older.read_bytes() == b"newer"
    assert names(older.parent) == sorted(["a.pdf", older.name])


@windows_only
def test_what_a_viewer_shows_stays_and_nothing_is_left_beside_it(older: Path) -> None:
    start = time.monotonic()
    with older.open("rb"), pytest.raises(FileHeld) as caught:
        replace_plain(older, [b"newer"])
    assert 1.5 < time.monotonic() - start < 20
    assert caught.value.path == older
    assert older.read_bytes() == b"older"
    assert names(older.parent) == [older.name]


@windows_only
def test_of_a_set_none_has_its_place_then(older: Path) -> None:
    first = older.with_name("a.pdf")
    first.write_bytes(b"first, older")
    with older.open("rb"), PlainSet() as files:
        files.write(first, [b"first"])
        files.write(older, [b"newer"])
        with pytest.raises(FileHeld):
            files.place()
    assert (first.read_bytes(), older.read_bytes()) == (b"first, older", b"older")
    assert names(older.parent) == sorted([first.name, older.name])


@windows_only
@pytest.mark.parametrize("name", ["CON.pdf", "NUL", "a.pdf.", "a.pdf ", "ab:c.pdf", "a?.pdf", "lpt1.docx"])
def test_names_that_windows_takes_for_something_else(tmp_path: Path, name: str) -> None:
    target = tmp_path / name
    with pytest.raises(NameRefused):
        replace_plain(target, [b"x"])
    with pytest.raises(NameRefused):
        create_plain(target, b"x")
    with pytest.raises(NameRefused):
        make_folder(target)
    with PlainSet() as files, pytest.raises(NameRefused):
        files.write(target, [b"x"])
    assert names(tmp_path) == []
