"""Line ends as they stand in finished documents, against reportlab's own on the same texts."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date

import pytest
from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus import Paragraph
from support import sizes
from support.set_lines import Setting, settings
from unit.report.test_linebreak import NOT_FIRST, NOT_LAST

from tsguard.domain.dossier import CHOSEN, LEVELS, Edition
from tsguard.domain.snapshot import Snapshot
from tsguard.report.fonts import Face, shipped_fonts
from tsguard.report.pdf import render
from tsguard.services.dossier import build_document

ON = date(2026, 11, 23)
EDITIONS = [Edition(kind, level) for kind in CHOSEN for level in LEVELS[kind]]
NUMERAL = "〇零一二三四五六七八九十百千"
WHOLE = re.compile(
    rf"第[{NUMERAL}0-9]+[条款项章](?:之[{NUMERAL}]+)?|〔\d{{4}}〕\d+号|§\d+(?:\.\d+)*(?:\(\d+\))*|——|……"
    r"|\d[\d,.]*(?:%|个月|个工作日|小时|分钟|万元|元|年|月|日|天|人|名|项|条|份|页|分|件|次|个)"
    r"|附件\d+|\d[\d,]*\.\d+|\d{1,3}(?:,\d{3})+"
)
TOKEN = re.compile(r"[!-~]+")
"""What stands between white space and Chinese."""


def faults(source: str, ends: Iterable[int], room: float) -> Iterator[str]:
    """What is wrong with each line end.

    Args:
        source: The text.
        ends: Where each line but the last ends in it.
        room: The line's width in em.
    """
    for end in ends:
        last, first = source[end - 1], source[end]
        about = f"{source[max(0, end - 12) : end]}|{source[end : end + 12]}"
        if first in NOT_FIRST and not last.isspace():
            yield f"first {about}"
        elif last in NOT_LAST:
            yield f"last {about}"
        elif any(each.start() < end < each.end() for each in WHOLE.finditer(source)):
            yield f"unit {about}"
        elif any(
            each.start() < end < each.end() and not _too_long(each.group(), room)
            for each in TOKEN.finditer(source)
        ):
            yield f"word {about}"


def _too_long(word: str, room: float) -> bool:
    return shipped_fonts().width(word, Face.SANS) > room


def by_reportlab(setting: Setting) -> list[int]:
    """Where reportlab's own Chinese line breaking ends the lines of the same text on the same measure."""
    face = shipped_fonts().names[Face.SERIF]
    style = ParagraphStyle("own", fontName=face, fontSize=setting.size, wordWrap="CJK")
    ends: list[int] = []
    at = 0
    for part in setting.source.split("\n"):
        paragraph = Paragraph(part.replace("&", "&amp;").replace("<", "&lt;"), style)
        paragraph.wrap(setting.width + 1, 10_000)
        lines = ["".join(each[1]) if isinstance(each, tuple) else str(each) for each in lines_of(paragraph)]
        for line in lines[:-1]:
            at = setting.source.find(line.strip(), at) + len(line.strip())
            while at < len(setting.source) and setting.source[at].isspace():
                at += 1
            ends.append(at)
        at = setting.source.find("\n", at) + 1 or len(setting.source)
    return [end for end in ends if 0 < end < len(setting.source)]


def lines_of(paragraph: Paragraph) -> list[object]:
    return list(paragraph.blPara.lines)


def of_company(snapshot: Snapshot, editions: Iterable[Edition]) -> Iterator[tuple[Edition, list[Setting]]]:
    """The texts of each document as they were set, but for those that a page's end takes apart."""
    for edition in editions:
        document = build_document(snapshot, edition, ON)
        found, lost = settings(document, render(document).data)
        assert len(lost) <= 0.02 * len(found), lost[:5]
        yield edition, found


def judged(found: Iterable[Setting]) -> tuple[int, list[str], int, list[str]]:
    """Our breaks and faults, and reportlab's, in texts that take more than one line here."""
    breaks, ours, their_breaks, theirs = 0, [], 0, []
    for each in found:
        if not each.ends:
            continue
        em = each.width / each.size
        breaks += len(each.ends)
        ours += faults(each.source, each.ends, em)
        ends = by_reportlab(each)
        their_breaks += len(ends)
        theirs += faults(each.source, ends, em)
    return breaks, ours, their_breaks, theirs


def kinds(found: Iterable[str]) -> Counter[str]:
    return Counter(each.split(" ", 1)[0] for each in found)


@pytest.fixture(scope="module")
def company(tmp_path_factory: pytest.TempPathFactory) -> Snapshot:
    return sizes.sample(tmp_path_factory.mktemp("示例"))


def test_no_line_of_the_samples_documents_ends_badly(company: Snapshot) -> None:
    """``-s`` shows the figures."""
    ours_in_all, bad, theirs_in_all, their_bad = 0, 0, 0, 0
    for edition, found in of_company(company, EDITIONS):
        breaks, ours, their_breaks, theirs = judged(found)
        print(
            f"{edition.kind} {edition.level}: {breaks} breaks {dict(kinds(ours))}, "
            f"reportlab {their_breaks} {dict(kinds(theirs))}"
        )
        assert not ours
        ours_in_all, bad = ours_in_all + breaks, bad + len(ours)
        theirs_in_all, their_bad = theirs_in_all + their_breaks, their_bad + len(theirs)
    print(f"{bad} in {ours_in_all}, reportlab {their_bad} in {theirs_in_all}")
    assert ours_in_all > 2000
    assert their_bad > 200
