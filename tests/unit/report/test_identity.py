"""The last page: the digests on paper are those of the text and of the attached data."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from unit.report.conftest import ON, make_document, make_snapshot, squeeze
from unit.report.test_documents_application import row_texts

from tsguard.domain.disclosure import Level
from tsguard.domain.dossier import CHOSEN, LEVELS, DocumentKind, Edition
from tsguard.domain.snapshot import Snapshot
from tsguard.report.blocks import (
    Block,
    Chapter,
    DataTable,
    Paragraph,
    line,
)
from tsguard.report.document import Document
from tsguard.report.identity import IDENTITY_ANCHOR, identity_blocks, text_digest
from tsguard.report.marked import said
from tsguard.report.pdf import write

EDITIONS = [Edition(kind, level) for kind, levels in LEVELS.items() if kind in CHOSEN for level in levels]


def of(edition: Edition, snapshot: Snapshot) -> Document:
    return make_document(snapshot, edition.level, edition.kind)


def parts(document: Document) -> tuple[list[Block], list[Block]]:
    """What stands before the page, and the page."""
    (at,) = [
        number
        for number, block in enumerate(document.blocks)
        if isinstance(block, Chapter) and block.anchor == IDENTITY_ANCHOR
    ]
    return list(document.blocks[:at]), list(document.blocks[at:])


def facts(document: Document) -> dict[str, str]:
    (table,) = [block for block in parts(document)[1] if isinstance(block, DataTable)]
    return dict(row_texts(row) for row in table.rows)  # type: ignore[misc]


def test_a_digest_is_that_of_the_texts_joined_by_newlines() -> None:
    blocks = (Paragraph(line(said("甲"), said("乙"))), Chapter(said("丙𬭎"), "x"))
    assert text_digest(blocks) == hashlib.sha256("甲\n乙\n丙𬭎".encode()).hexdigest()
    assert text_digest(()) == hashlib.sha256(b"").hexdigest()


def test_an_anchor_or_the_setting_does_not_change_it() -> None:
    assert text_digest((Chapter(said("丙"), "x"),)) == text_digest((Paragraph(line(said("丙"))),))


@pytest.mark.parametrize("edition", EDITIONS, ids=lambda each: f"{each.kind}-{each.level}")
def test_every_document_ends_with_it(edition: Edition, snapshot: Snapshot) -> None:
    document = of(edition, snapshot)
    before, _page = parts(document)
    found = facts(document)
    assert found["文件编号"] == document.number.text
    assert found["文件"] == document.title.text
    assert found["日期"] == "2026年11月23日"
    assert found["版本"] == ("内部版" if edition.level is Level.INTERNAL else "报送版")
    assert found["正文摘要"].partition("\n")[0].replace(" ", "") == text_digest(before)
    assert found["变更记录末条摘要"].partition("\n")[0].replace(" ", "") == snapshot.journal_head
    (attached,) = document.attachments
    digest = hashlib.sha256(attached.data).hexdigest()
    assert found["附件摘要"].partition("\n")[0].replace(" ", "") == digest
    assert attached.name == "assessment.json"


@pytest.mark.parametrize("edition", EDITIONS, ids=lambda each: f"{each.kind}-{each.level}")
def test_numbers_of_documents_differ(edition: Edition, snapshot: Snapshot) -> None:
    others = {of(each, snapshot).number.text for each in EDITIONS if each != edition}
    assert of(edition, snapshot).number.text not in others


def test_a_changed_word_changes_the_digest_of_the_text_alone(snapshot: Snapshot) -> None:
    edition = Edition(DocumentKind.APPLICATION, Level.SUBMISSION)
    renamed = replace(snapshot, enterprise=replace(snapshot.enterprise, legal_representative="另一人"))
    first, second = facts(of(edition, snapshot)), facts(of(edition, renamed))
    assert first["正文摘要"] != second["正文摘要"]
    assert first["附件摘要"] == second["附件摘要"]


def test_without_journal_and_data_there_are_no_empty_rows() -> None:
    blocks = identity_blocks(
        (),
        number=said("号"),
        name=said("名"),
        level=Level.SUBMISSION,
        on=ON,
        journal_head="",
        data_sha256="",
        program_version="0.1.0",
    )
    (table,) = [block for block in blocks if isinstance(block, DataTable)]
    labels = [row_texts(row)[0] for row in table.rows]
    assert labels == ["文件", "文件编号", "日期", "版本", "正文摘要", "程序"]


def test_it_promises_no_more_than_it_can(snapshot: Snapshot, level: Level) -> None:
    text = "".join(make_document(snapshot, level).texts())
    assert "摘要不能说明是谁出具的" in text
    assert "出具人以盖章或电子签名为准" in text


def test_it_is_read_back_from_the_last_page(
    level: Level, read: Callable[[Path], str], tmp_path: Path
) -> None:
    document = make_document(make_snapshot(), level)
    text = squeeze(read(write(document, tmp_path / "报告.pdf").path))
    assert text_digest(parts(document)[0]) in text
    assert "tsguardverify文件.pdf" in text
