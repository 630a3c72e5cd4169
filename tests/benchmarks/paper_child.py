"""One report, a whole dossier, or a report's text through bare reportlab, in a process of its own."""

from __future__ import annotations

import json
import resource
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tsguard.domain.dossier import Edition
    from tsguard.domain.snapshot import Snapshot

_ON = date(2026, 11, 23)


def ours(vault: str, level: str, target: str) -> dict[str, float]:
    """Export one report."""
    from tsguard.domain.disclosure import Level
    from tsguard.domain.dossier import DocumentKind, Edition

    return _export(_snapshot(vault), [Edition(DocumentKind.REPORT, Level(level))], target)


def dossier(vault: str, folder: str) -> dict[str, float]:
    """Export every document for the bureau, with their list and DOCX."""
    return _export(_snapshot(vault), _editions("submission"), folder, docx=True)


def huge(level: str, folder: str) -> dict[str, float]:
    """Export every document of the largest company of the tests."""
    from support import sizes

    return _export(sizes.huge(), _editions(level), folder, again=False)


def exhibits(pieces: str, target: str) -> dict[str, float]:
    """Export the exhibits with the pages of so many pieces of evidence behind their covers."""
    from support import sizes

    from tsguard.domain.disclosure import Level
    from tsguard.domain.dossier import DocumentKind, Edition

    snapshot = sizes.huge(points=0, pieces=int(pieces), tasks=0, note=0)
    snapshot = replace(snapshot, evidence=tuple(replace(each, paper_at="") for each in snapshot.evidence))
    edition = Edition(DocumentKind.EXHIBITS, Level.SUBMISSION)
    return _export(snapshot, [edition], target, again=False, with_evidence=True, contents=sizes.contents)


def bare(text: str, target: str) -> dict[str, float]:
    """Set the lines of a text as paragraphs, with reportlab's own Chinese line breaking."""
    lines = Path(text).read_text(encoding="utf-8").splitlines()
    start = time.perf_counter()
    from xml.sax.saxutils import escape

    from reportlab.lib.styles import ParagraphStyle
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont
    from reportlab.platypus import Paragraph, SimpleDocTemplate

    from tsguard.assets import resources

    for name in ("NotoSansSC-Regular", "NotoSansSC-Bold", "NotoSerifSC-Regular", "NotoSerifSC-Black"):
        pdfmetrics.registerFont(TTFont(name, str(resources() / "fonts" / f"{name}.ttf")))
    style = ParagraphStyle("body", fontName="NotoSerifSC-Regular", fontSize=9, leading=14, wordWrap="CJK")
    document = SimpleDocTemplate(target, initialFontName="NotoSerifSC-Regular")
    document.build([Paragraph(escape(line), style) for line in lines if line.strip()])
    return {"seconds": time.perf_counter() - start, "pages": document.page}


def _snapshot(vault: str) -> Snapshot:
    """Opening the vault does not count."""
    from support.vaults import PASSPHRASE, QUICK

    from tsguard.services.session import Session

    session = Session.open(Path(vault), PASSPHRASE, profiles=QUICK)
    snapshot = session.snapshot()
    session.close()
    return snapshot


def _editions(level: str) -> list[Edition]:
    from tsguard.domain.disclosure import Level
    from tsguard.domain.dossier import CHOSEN, LEVELS, Edition

    return [Edition(kind, Level(level)) for kind in CHOSEN if Level(level) in LEVELS[kind]]


def _export(
    snapshot: Snapshot,
    editions: Sequence[Edition],
    target: str,
    *,
    again: bool = True,
    contents: Callable[[str], Any] | None = None,
    **order: bool,
) -> dict[str, float]:
    """Make, look through and write, with what that takes once everything is imported, and the guard of it."""
    start = time.perf_counter()
    from tsguard.services import issuing
    from tsguard.services.dossier import Order, make

    what = Order(tuple(editions), _ON, **order)
    made = make(snapshot, what, contents=contents)
    made = made.without({hit.key for hit in made.open_hits})
    issued = issuing.write(made, Path(target))
    facts: dict[str, float] = {
        "seconds": time.perf_counter() - start,
        "pages": sum(each.pages for each in issued),
        "files": len(issued),
        "bytes": sum(each.size for each in issued),
        "mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
    }
    if again:
        from tsguard.services.leak_guard import LeakGuard

        start = time.perf_counter()
        made = make(snapshot, what, contents=contents)
        facts["warm"] = time.perf_counter() - start
        start = time.perf_counter()
        guard = LeakGuard(snapshot)
        for each in made.files:
            guard.inspect(each.data, format=each.format, edition=each.edition, file_name=each.name)
        facts["guard"] = time.perf_counter() - start
    return facts


if __name__ == "__main__":
    work = {each.__name__: each for each in (ours, dossier, huge, exhibits, bare)}
    print(json.dumps(work[sys.argv[1]](*sys.argv[2:])))
