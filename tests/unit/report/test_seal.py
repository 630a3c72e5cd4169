"""The seal: public tools check it, nothing in the file can change unseen, and what is appended shows."""

from __future__ import annotations

import hashlib
import shutil
import subprocess
from pathlib import Path

import pikepdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from unit.report.conftest import make_document, make_snapshot

from tsguard.domain.disclosure import Level
from tsguard.report.pdf import render
from tsguard.report.seal import SealReading, SealState, read_seal, seal, sealed

BARE = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\nstartxref\n9\n%%EOF\n"


@pytest.fixture(scope="module")
def report() -> bytes:
    return render(make_document(make_snapshot(), Level.SUBMISSION)).data


def test_a_report_is_sealed_and_public_tools_agree(report: bytes, tmp_path: Path) -> None:
    found = read_seal(report)
    assert found == SealReading(SealState.WHOLE, found.stated, found.stated, len(report), 0)
    file = tmp_path / "报告.pdf"
    file.write_bytes(report)
    for place in ({"LC_ALL": "C"}, {"LC_ALL": "C.UTF-8"}) if shutil.which("sha256sum") else ():
        command = f"grep -av '^%tsguard-seal' '{file}' | sha256sum"
        told = subprocess.run(["sh", "-c", command], env=place, capture_output=True, check=True, text=True)  # noqa: S607
        assert told.stdout.split()[0] == found.stated


def test_readers_take_the_seal_for_a_comment(report: bytes, tmp_path: Path) -> None:
    file = tmp_path / "报告.pdf"
    file.write_bytes(report)
    with pikepdf.open(file) as pdf:
        assert pdf.check_pdf_syntax() == []
    if shutil.which("qpdf"):
        told = subprocess.run(["qpdf", "--check", str(file)], capture_output=True, check=False, text=True)  # noqa: S607
        assert told.returncode == 0, told.stdout


def test_the_same_file_has_the_same_seal() -> None:
    assert seal(BARE) == seal(BARE)
    stated = read_seal(seal(BARE)).stated
    assert stated == hashlib.sha256(BARE).hexdigest()


def test_an_end_without_a_newline_gets_one() -> None:
    made = seal(BARE.rstrip(b"\n"))
    assert made == seal(BARE)


@settings(max_examples=200, deadline=None)
@given(st.integers(0, 10**9), st.integers(1, 255))
def test_no_byte_changes_unseen(at: int, by: int) -> None:
    whole = bytearray(seal(BARE))
    whole[at % len(whole)] ^= by
    assert read_seal(bytes(whole)).state is not SealState.WHOLE


@settings(max_examples=100, deadline=None)
@given(st.integers(1, 10**9))
def test_a_cut_file_is_not_whole(cut: int) -> None:
    whole = seal(BARE)
    assert read_seal(whole[: -(cut % len(whole) or 1)]).state is not SealState.WHOLE


@pytest.mark.parametrize("added", [b"x", b"\n", b"2 0 obj\n<<>>\nendobj\nstartxref\n9\n%%EOF\n", seal(BARE)])
def test_what_is_appended_is_counted_and_the_sealed_part_stays_checkable(added: bytes) -> None:
    whole = seal(BARE)
    found = read_seal(whole + added)
    assert (found.state, found.appended, found.sealed) == (SealState.APPENDED, len(added), len(whole))
    assert (
        read_seal(b"%PDF-1.7\n" + (whole + added)[9:].replace(b"<<>>", b"<< >>", 1)).state
        is SealState.CHANGED
    )


@pytest.mark.parametrize(
    ("data", "state"),
    [
        (b"", SealState.NONE),
        (BARE, SealState.NONE),
        (b"%tsguard-seal-1 " + b"0" * 64 + b"\n", SealState.NONE),
        (b"\n%tsguard-seal", SealState.CHANGED),
        (b"\n%tsguard-seal-2 " + b"0" * 64 + b"\n%%EOF\n", SealState.CHANGED),
        (b"\n%tsguard-seal-1 " + b"0" * 64 + b"\n%%EOF\n", SealState.CHANGED),
    ],
)
def test_what_has_no_seal_or_another(data: bytes, state: SealState) -> None:
    assert read_seal(data).state is state


def test_a_seal_is_made_once_and_of_a_pdf_only() -> None:
    with pytest.raises(ValueError, match="already"):
        seal(seal(BARE))
    for wrong in (b"", b"no pdf", b"startxref"):
        with pytest.raises(ValueError, match="not the end"):
            seal(wrong)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.binary(max_size=3000), max_size=6), st.integers(1, 4000))
def test_pieces_make_the_same_file_as_the_whole(parts: list[bytes], size: int) -> None:
    data = b"%PDF-1.7\n" + b"".join(parts).replace(b"\n%tsguard-seal", b"") + BARE
    pieces = [data[at : at + size] for at in range(0, len(data), size)]
    assert b"".join(sealed(pieces)) == seal(data)
