"""The file around the parts: page set-up, head and foot, settings, properties; no name, no clock, no machine.

python-docx packs the parts; none of its template comes along.
"""

from __future__ import annotations

import io
import zipfile
from datetime import date

from tsguard.i18n import _
from tsguard.report.document import Document
from tsguard.report.docx.fields import counted
from tsguard.report.docx.ooxml import MEASURE, characters, part, tag
from tsguard.report.docx.runs import paragraph, plain
from tsguard.report.docx.styles import fonts_part, styles_part

_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006"
_CORE_TYPE = "application/vnd.openxmlformats-package.core-properties+xml"
_CORE_RELATION = "http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties"
_APP_TYPE = "application/vnd.openxmlformats-officedocument.extended-properties+xml"
_OLDEST = (1980, 1, 1, 0, 0, 0)
"""The only moment in the zip, since it has to have one."""
_FIRST = ("[Content_Types].xml", "_rels/.rels")
_PAGE = {"w": 11906, "h": 16838}
_MARGINS = {
    "top": 2098,
    "right": 11906 - 1588 - MEASURE,
    "bottom": 1984,
    "left": 1588,
    "header": 1247,
    "footer": 1190,
    "gutter": 0,
}
"""Head 37 mm, left 28 mm, measure 156 mm, foot 35 mm (GB/T 9704)."""


def packed(document: Document, body: str, *, cover: bool) -> bytes:
    """The whole file.

    Args:
        document: For head, foot and properties.
        body: The paragraphs and tables.
        cover: Whether the first page has neither head nor foot.
    """
    from docx.opc.packuri import PackURI  # noqa: PLC0415 - start-up time
    from docx.opc.part import Part  # noqa: PLC0415
    from docx.package import Package  # noqa: PLC0415

    package = Package()
    main = Part(PackURI("/word/document.xml"), f"{_WORD}.document.main+xml", None, package)
    ids: dict[str, str] = {}
    for name, kind, blob in (
        ("styles", "styles", styles_part()),
        ("settings", "settings", _settings()),
        ("fontTable", "fontTable", fonts_part()),
        ("header1", "header", part("hdr", _head(document))),
        ("header2", "header", part("hdr", _head(document))),
        ("footer1", "footer", part("ftr", _foot(document, odd=True))),
        ("footer2", "footer", part("ftr", _foot(document, odd=False))),
    ):
        made = Part(PackURI(f"/word/{name}.xml"), f"{_WORD}.{kind}+xml", blob, package)
        ids[name] = main.relate_to(made, f"{_OFFICE}/relationships/{kind}")
    main._blob = part("document", tag("body", body, _section(ids, cover=cover)))  # noqa: SLF001 - set late
    core = Part(PackURI("/docProps/core.xml"), _CORE_TYPE, _core(document), package)
    about = Part(PackURI("/docProps/app.xml"), _APP_TYPE, _app(), package)
    package.relate_to(main, f"{_OFFICE}/relationships/officeDocument")
    package.relate_to(core, _CORE_RELATION)
    package.relate_to(about, f"{_OFFICE}/relationships/extended-properties")
    raw = io.BytesIO()
    package.save(raw)
    return _zipped(raw)


def _zipped(raw: io.BytesIO) -> bytes:
    """The same parts in a fixed order, without the clock or the system they were zipped on."""
    target = io.BytesIO()
    with (
        zipfile.ZipFile(raw) as source,
        zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as made,
    ):
        names = sorted(source.namelist(), key=lambda each: (each not in _FIRST, each))
        for name in names:
            info = zipfile.ZipInfo(name, _OLDEST)
            info.compress_type, info.create_system, info.external_attr = zipfile.ZIP_DEFLATED, 0, 0
            made.writestr(info, source.read(name))
    return target.getvalue()


def _section(ids: dict[str, str], *, cover: bool) -> str:
    references = "".join(
        f'<w:{kind}Reference w:type="{when}" r:id="{ids[name]}"/>'
        for kind, when, name in (
            ("header", "default", "header1"),
            ("header", "even", "header2"),
            ("footer", "default", "footer1"),
            ("footer", "even", "footer2"),
        )
    )
    return tag(
        "sectPr",
        references,
        tag("pgSz", **_PAGE),
        tag("pgMar", **_MARGINS),
        tag("cols", space=425),
        tag("titlePg") if cover else "",
        tag("docGrid", linePitch=312),
    )


def _head(document: Document) -> str:
    between = tag("r", tag("tab"))
    return paragraph("Header", f"{plain(document.title)}{between}{plain(document.company)}")


def _foot(document: Document, *, odd: bool) -> str:
    before, _number, rest = _("— 第{number}页，共{pages}页 —").partition("{number}")
    middle, _pages, after = rest.partition("{pages}")
    folio = f"{plain(before)}{counted('PAGE')}{plain(middle)}{counted('NUMPAGES')}{plain(after)}"
    words = plain(f"{document.footing.text}\u3000{document.number.text}")
    between = tag("r", tag("tab"))
    return paragraph("Footer", f"{words}{between}{folio}" if odd else f"{folio}{between}{words}")


def _settings() -> bytes:
    modern = tag(
        "compatSetting",
        name="compatibilityMode",
        uri="http://schemas.microsoft.com/office/word",
        val=15,
    )
    return part(
        "settings",
        tag("zoom", percent=100),
        tag("evenAndOddHeaders"),
        tag("characterSpacingControl", val="compressPunctuation"),
        tag("compat", tag("doNotExpandShiftReturn"), tag("useFELayout"), modern),
        tag("themeFontLang", val="en-US", eastAsia="zh-CN"),
        tag("decimalSymbol", val="."),
        tag("listSeparator", val=","),
    )


def _core(document: Document) -> bytes:
    moment = _moment(document.on)
    return (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
        "<cp:coreProperties "
        'xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" '
        'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        f"<dc:title>{characters(document.title.text)}</dc:title><dc:language>zh-CN</dc:language>"
        f'<dcterms:created xsi:type="dcterms:W3CDTF">{moment}</dcterms:created>'
        f'<dcterms:modified xsi:type="dcterms:W3CDTF">{moment}</dcterms:modified>'
        "</cp:coreProperties>"
    ).encode()


def _moment(on: date) -> str:
    return f"{on.isoformat()}T00:00:00Z"


def _app() -> bytes:
    return (
        b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
        b'<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties">'
        b"<Application>tsguard</Application></Properties>"
    )
