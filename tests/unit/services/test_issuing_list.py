"""The list of a dossier whose files are whole only on the disk: made again there, or nothing is written."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pypdfium2
import pytest
from PIL import Image
from unit.report.conftest import make_snapshot

from tsguard.domain.disclosure import Level
from tsguard.domain.dossier import DocumentKind, Edition
from tsguard.domain.snapshot import Snapshot
from tsguard.errors import VaultDamaged
from tsguard.services import issuing
from tsguard.services.dossier import Order, make

ON = date(2026, 11, 23)
METHOD = Edition(DocumentKind.METHOD, Level.SUBMISSION)


def with_picture() -> tuple[Snapshot, Callable[[str], Iterator[bytes]]]:
    """A company one of whose pieces is a picture."""
    target = io.BytesIO()
    Image.new("RGB", (60, 40), "navy").save(target, "PNG")
    snapshot = make_snapshot()
    piece = replace(
        snapshot.evidence[0],
        file_name="a.png",
        media_type="image/png",
        size=len(target.getvalue()),
        sha256=hashlib.sha256(target.getvalue()).hexdigest(),
    )
    snapshot = replace(snapshot, evidence=(piece, *snapshot.evidence[1:]))
    return snapshot, lambda _piece: iter((target.getvalue(),))


def test_the_locked_copy_of_the_list_tells_what_the_list_tells(tmp_path: Path) -> None:
    snapshot, contents_of = with_picture()
    passphrase = "一段足够长的口令"
    order = Order(
        (Edition(DocumentKind.EXHIBITS, Level.SUBMISSION), METHOD),
        ON,
        with_evidence=True,
        passphrase=passphrase,
    )
    made = make(snapshot, order, contents=contents_of)
    assert made.relist is not None
    issued = issuing.write(made, tmp_path / "材料")
    exhibits = next(each for each in issued if each.kind is DocumentKind.EXHIBITS)
    lists = [
        path for path, each in zip(issuing.places(made, tmp_path / "材料"), issued, strict=True)
        if each.kind is DocumentKind.TRANSMITTAL
    ]  # fmt: skip
    assert len(lists) == 2
    for path, secret in zip(lists, (None, passphrase), strict=True):
        document = pypdfium2.PdfDocument(path, password=secret)
        text = "".join("".join(page.get_textpage().get_text_range().split()) for page in document)
        document.close()
        assert exhibits.sha256 in text, path.name


def test_a_hit_that_was_let_pass_stays_so_when_the_list_is_made_again(tmp_path: Path) -> None:
    snapshot, contents_of = with_picture()
    point = replace(snapshot.secret_points[0], name="材料移送清单")
    snapshot = replace(snapshot, secret_points=(point, *snapshot.secret_points[1:]))
    order = Order((Edition(DocumentKind.EXHIBITS, Level.SUBMISSION), METHOD), ON, with_evidence=True)
    made = make(snapshot, order, contents=contents_of)
    assert {hit.kind for hit in made.open_hits} >= {DocumentKind.TRANSMITTAL}
    passed = made.without({hit.key for hit in made.open_hits})
    assert len(issuing.write(passed, tmp_path / "材料")) == 3


def test_a_piece_that_is_damaged_meanwhile_leaves_no_file_of_the_set(tmp_path: Path) -> None:
    snapshot, contents_of = with_picture()
    damaged = False

    def read(piece: str) -> Iterator[bytes]:
        if damaged:
            raise VaultDamaged(tmp_path / "v.tsg", "evidence")
        return contents_of(piece)

    order = Order((METHOD, Edition(DocumentKind.EXHIBITS, Level.SUBMISSION)), ON, with_evidence=True)
    made = make(snapshot, order, contents=read)
    damaged = True
    with pytest.raises(VaultDamaged):
        issuing.write(made, tmp_path / "材料")
    assert list(tmp_path.iterdir()) == []
