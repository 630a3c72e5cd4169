"""Several documents in one file: unique places, one list of contents, the same words as on their own."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import fields, is_dataclass, replace
from pathlib import Path
from typing import Any

import pikepdf
import pypdfium2
import pytest
from unit.report.conftest import ON, make_document, squeeze
from unit.report.test_documents_application import row_texts
from unit.report.test_identity import facts

from tsguard.domain.disclosure import Level
from tsguard.domain.dossier import CHOSEN, LEVELS
from tsguard.domain.snapshot import Snapshot
from tsguard.report.binding import bind
from tsguard.report.blocks import (
    Chapter,
    Contents,
    Cover,
    DataTable,
    Heading,
    Row,
    Run,
)
from tsguard.report.document import DisclosureBreach, Document, values
from tsguard.report.pdf import write

KINDS = CHOSEN


def documents(snapshot: Snapshot, level: Level = Level.SUBMISSION) -> list[Document]:
    return [
        make_document(snapshot, level if level in LEVELS[kind] else Level.SUBMISSION, kind) for kind in KINDS
    ]


def nodes(node: Any) -> Iterator[Any]:
    """Every dataclass value below a node."""
    if isinstance(node, tuple):
        for each in node:
            yield from nodes(each)
    elif is_dataclass(node):
        yield node
        for each in fields(node):
            yield from nodes(getattr(node, each.name))


def anchors(document: Document) -> list[str]:
    return [
        each.anchor
        for each in nodes(document.blocks)
        if isinstance(each, Chapter | Heading | Row) and each.anchor
    ]


@pytest.fixture
def bound(snapshot: Snapshot) -> Document:
    return bind(documents(snapshot), snapshot, level=Level.SUBMISSION, on=ON)


def test_every_place_is_there_once(bound: Document) -> None:
    assert [each for each, count in Counter(anchors(bound)).items() if count > 1] == []


def test_a_link_leads_to_the_same_row_as_in_the_document_itself(snapshot: Snapshot, bound: Document) -> None:
    places = set(anchors(bound))
    for part, document in enumerate(documents(snapshot), 1):
        known = set(anchors(document))
        for run in (each for each in nodes(document.blocks) if isinstance(each, Run) and each.link in known):
            assert f"part-{part}-{run.link}" in places
    links = [each.link for each in nodes(bound.blocks) if isinstance(each, Run) and each.link]
    assert links
    assert all(link.startswith("part-") for link in links)


def test_there_is_one_cover_and_one_list_of_contents(bound: Document) -> None:
    assert sum(isinstance(block, Cover) for block in bound.blocks) == 1
    assert sum(isinstance(block, Contents) for block in bound.blocks) == 1


def test_each_part_has_a_head_and_its_chapters_count_from_one(snapshot: Snapshot, bound: Document) -> None:
    chapters = [block for block in bound.blocks if isinstance(block, Chapter)]
    assert [each.title.text.partition("　")[0] for each in chapters if each.depth == 0] == [
        "合订文件清单",
        *(f"第{number}部分" for number in "一二三四五六"),
    ]
    assert sum(each.title.text.startswith("一、") for each in chapters) == len(KINDS)
    own = [
        block.title.text
        for document in documents(snapshot)
        for block in document.blocks
        if isinstance(block, Chapter)
    ]
    assert [each.title.text for each in chapters if each.depth == 1] == own
    assert not any(block.listed for block in bound.blocks if isinstance(block, Heading))


def test_no_word_of_a_document_is_lost(snapshot: Snapshot, bound: Document) -> None:
    texts = Counter(value.text for _place, value in values(bound.blocks))
    for document in documents(snapshot):
        for block in document.blocks:
            if not isinstance(block, Cover | Contents):
                own = Counter(value.text for _place, value in values(block))
                assert not own - texts


def test_the_digest_in_the_list_is_the_one_that_the_part_prints(snapshot: Snapshot, bound: Document) -> None:
    table = next(block for block in bound.blocks if isinstance(block, DataTable))
    listed = [row_texts(row)[3] for row in table.rows]
    printed = [facts(document)["正文摘要"].partition("\n")[0] for document in documents(snapshot)]
    assert listed == printed


def test_an_internal_document_in_a_file_for_the_bureau_is_refused(snapshot: Snapshot) -> None:
    with pytest.raises(DisclosureBreach):
        bind(documents(snapshot, Level.INTERNAL), snapshot, level=Level.SUBMISSION, on=ON)
    bound = bind(documents(snapshot, Level.INTERNAL), snapshot, level=Level.INTERNAL, on=ON)
    assert "不得外传" in bound.footing.text


def test_the_same_attachment_stands_once(snapshot: Snapshot, bound: Document) -> None:
    alone = documents(snapshot)[0]
    twice = bind([alone, alone], snapshot, level=Level.SUBMISSION, on=ON)
    assert [each.name for each in twice.attachments] == ["assessment.json"]
    names = [each.name for each in bound.attachments]
    assert names[0] == "assessment.json"
    assert len(set(names)) == len(names) == len({each.data for each in bound.attachments})


def test_its_number_depends_on_what_is_bound(snapshot: Snapshot) -> None:
    every = documents(snapshot)
    numbers = {
        bind(every[:count], snapshot, level=Level.SUBMISSION, on=ON).number.text for count in (1, 2, 3)
    }
    assert len(numbers) == 3


def test_a_company_without_anything_is_bound_as_well(snapshot: Snapshot, tmp_path: Path) -> None:
    empty = replace(
        snapshot,
        enterprise=replace(snapshot.enterprise, name="珠" * 60),
        answers={},
        evidence=(),
        secret_points=(),
        journal_head="",
    )
    assert (
        write(bind(documents(empty), empty, level=Level.SUBMISSION, on=ON), tmp_path / "合订本.pdf").pages
        > 20
    )


def test_bookmarks_contents_and_page_numbers_go_through_the_whole_file(
    bound: Document, tmp_path: Path
) -> None:
    written = write(bound, tmp_path / "合订本.pdf")
    with pikepdf.open(written.path) as pdf, pdf.open_outline() as outline:
        titles = [root.title for root in outline.root]
        assert titles[1].startswith("第一部分")
        assert outline.root[1].children[0].title == "一、申报表"
        assert outline.root[1].children[0].children
    pdf = pypdfium2.PdfDocument(written.path)
    texts = [squeeze(page.get_textpage().get_text_range()) for page in pdf]
    pdf.close()
    for number, text in enumerate(texts[1:], 2):
        assert f"—第{number}页，共{len(texts)}页—" in text
        assert bound.number.text in text
    contents = texts[1] + texts[2]
    for head in ("第一部分", "第六部分", "核验信息", "五、审核意见"):
        assert head in contents
    assert "（一）企业概况" not in contents
