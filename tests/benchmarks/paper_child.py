"""One report, or the same text through bare reportlab, in a process of its own."""

from __future__ import annotations

import json
import sys
import time
from datetime import date
from pathlib import Path


def ours(vault: str, target: str) -> dict[str, float]:
    """Export the vault's internal report; opening the vault does not count."""
    from support.vaults import PASSPHRASE, QUICK

    from tsguard.domain.disclosure import Level
    from tsguard.services.session import Session

    session = Session.open(Path(vault), PASSPHRASE, profiles=QUICK)
    snapshot = session.snapshot()
    session.close()
    start = time.perf_counter()
    from tsguard.services.export import export_report

    written = export_report(snapshot, Level.INTERNAL, Path(target), on=date(2026, 11, 23))
    return {"seconds": time.perf_counter() - start, "pages": written.pages}


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


if __name__ == "__main__":
    print(json.dumps({"ours": ours, "bare": bare}[sys.argv[1]](*sys.argv[2:])))
