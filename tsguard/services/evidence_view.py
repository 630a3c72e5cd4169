"""A stored file as it is shown inside the program: recognised by its content, read into memory only.

Nothing here writes a file. Pictures are only recognised here; decoding them is the window's business.
"""

from __future__ import annotations

import codecs
from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import PurePath

from tsguard.domain.evidence import Evidence
from tsguard.errors import Cancelled
from tsguard.i18n import _
from tsguard.report.page_fault import PageFault
from tsguard.report.pdf_header import is_pdf
from tsguard.services.cabinet import FileSource
from tsguard.services.preview import PageImage
from tsguard.store.telling import Cancel, Progress, never, silent

__all__ = ["Fit", "Loaded", "Look", "PageFault", "PdfPage", "draw_pdf", "fault_sentence", "load", "scale_for"]

MOST_BYTES = 200 * 1024 * 1024
"""Of a file that is shown; it lies in memory while it is looked at."""
MOST_TEXT = 64 * 1024
"""Bytes of a text that are shown."""

_CONTROLS = frozenset(range(32)) - frozenset(b"\t\n\r\f\x1b")
_BOMS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_CSS = 96 / 72  # logical pixels in a point


class Look(StrEnum):
    """How a file is shown."""

    PDF = "pdf"
    PICTURE = "picture"
    TEXT = "text"
    NONE = "none"


class Fit(StrEnum):
    """By what a page's size on screen goes."""

    WHOLE = "whole"
    WIDTH = "width"
    FREE = "free"


_PICTURES = {
    "png": frozenset({".png"}),
    "jpeg": frozenset({".jpg", ".jpeg", ".jpe", ".jfif"}),
    "gif": frozenset({".gif"}),
    "bmp": frozenset({".bmp", ".dib"}),
    "webp": frozenset({".webp"}),
    "tiff": frozenset({".tif", ".tiff"}),
}
_OWN_SUFFIXES = {**_PICTURES, "pdf": frozenset({".pdf"})}
_STARTS: tuple[tuple[bytes, str], ...] = (
    (b"\x89PNG\r\n\x1a\n", "png"),
    (b"\xff\xd8\xff", "jpeg"),
    (b"GIF87a", "gif"),
    (b"GIF89a", "gif"),
    (b"II*\0", "tiff"),
    (b"MM\0*", "tiff"),
    (b"PK\x03\x04", "zip"),
    (b"PK\x05\x06", "zip"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "ole"),
    (b"Rar!\x1a\x07", "rar"),
    (b"7z\xbc\xaf\x27\x1c", "7z"),
    (b"MZ", "program"),
    (b"\x7fELF", "program"),
    (b"{\\rtf", "rtf"),
)
_SUFFIX_WORDS: tuple[tuple[frozenset[str], Callable[[], str]], ...] = (
    (frozenset({".doc", ".docx", ".docm", ".wps", ".odt", ".rtf"}), lambda: _("文字处理文档")),
    (frozenset({".xls", ".xlsx", ".xlsm", ".et", ".ods"}), lambda: _("电子表格")),
    (frozenset({".ppt", ".pptx", ".pptm", ".dps", ".odp"}), lambda: _("演示文稿")),
    (frozenset({".ofd"}), lambda: _("OFD版式文件")),
    (frozenset({".heic", ".heif", ".avif"}), lambda: _("HEIC图片")),
    (frozenset({".eml", ".msg"}), lambda: _("邮件")),
    (frozenset({".mp4", ".mov", ".avi", ".wmv", ".mkv"}), lambda: _("视频")),
    (frozenset({".mp3", ".wav", ".m4a", ".amr", ".aac"}), lambda: _("录音")),
    (frozenset({".dwg", ".dxf"}), lambda: _("图纸")),
)


@dataclass(frozen=True, slots=True)
class Loaded:
    """A stored file in memory, ready to be shown.

    Attributes:
        look: How it is shown; ``NONE`` where it is not.
        form: Its format by its content: ``pdf``, ``png``, ``jpeg``, ``gif``, ``bmp``, ``webp``, ``tiff``,
            ``text``, or another word, "" where it is not known.
        kind: Its kind for people, such as PNG图片.
        misnamed: Whether its name's ending promises another kind.
        fault: Why it is not shown although its kind could be; None otherwise.
        data: The content of a PDF or picture, else nothing.
        text: The beginning of a text.
        cut: Whether the text goes on.
        pages: Of a PDF; 1 for others.
    """

    look: Look
    form: str
    kind: str
    misnamed: bool = False
    fault: PageFault | None = None
    data: bytes = field(default=b"", repr=False)
    text: str = field(default="", repr=False)
    cut: bool = False
    pages: int = 1


@dataclass(frozen=True, slots=True)
class PdfPage:
    """A page of a PDF as a picture.

    Attributes:
        wide: Its width at 100 % in logical pixels.
        high: Its height likewise.
        image: The picture, in the resolution that was asked for.
    """

    wide: float
    high: float
    image: PageImage = field(repr=False)


def recognised(head: bytes, *, whole: bool = True) -> str:
    """The format of a file by its first bytes, whatever its name says; "" where it is not known.

    Args:
        head: Its beginning.
        whole: Whether that is all of it.
    """
    for start, form in _STARTS:
        if head.startswith(start):
            return form
    if head.startswith(b"RIFF") and head[8:12] == b"WEBP":
        return "webp"
    if head.startswith(b"BM") and len(head) >= 26 and head[6:10] == b"\0\0\0\0":
        return "bmp"
    if is_pdf(head):
        return "pdf"
    return "text" if _decoded(head[:MOST_TEXT], whole=whole and len(head) <= MOST_TEXT) is not None else ""


def _decoded(data: bytes, *, whole: bool) -> str | None:
    """A text in UTF-8, UTF-16 with its mark, or GB 18030; None where it is none."""
    for mark, name in _BOMS:
        if data.startswith(mark):
            return codecs.getincrementaldecoder(name)("replace").decode(data, whole)
    if _CONTROLS.intersection(data):
        return None
    for name in ("utf-8", "gb18030"):
        try:
            return codecs.getincrementaldecoder(name)().decode(data, whole)
        except UnicodeDecodeError:
            continue
    return None


def _harmless(text: str) -> str:
    """The text, with what could turn or hide a line made visible."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    return "".join(each if each.isprintable() or each in "\n\t\u3000" else "\N{MIDDLE DOT}" for each in lines)


def load(
    cabinet: FileSource,
    piece: Evidence,
    *,
    progress: Progress = silent,
    cancelled: Cancel = never,
) -> Loaded:
    """Read a stored file as far as it is needed to show it; of what is not shown only the beginning.

    Args:
        cabinet: Where it lies: the cabinet, or the register of issued documents for a scan.
        piece: Its record; of a scan, ``issued.scan_piece``.
        progress: Told the bytes read and the bytes there are.
        cancelled: Asked between pieces.

    Raises:
        UnknownRecord: It is paper, or gone.
        VaultDamaged: The content is not what was stored.
        Cancelled: The person stopped it.
    """
    chunks = cabinet.read(piece.id)
    parts = [next(chunks, b"")]
    head = parts[0]
    form = recognised(head, whole=len(head) >= piece.size)
    suffix = PurePath(piece.file_name).suffix.lower()
    kind = _kind(form, suffix)
    misnamed = form != "text" and _promised(suffix) not in {"", form}
    if form == "text":
        text = _decoded(head[:MOST_TEXT], whole=piece.size <= MOST_TEXT) or ""
        return Loaded(Look.TEXT, form, kind, misnamed, text=_harmless(text), cut=piece.size > MOST_TEXT)
    if form not in _OWN_SUFFIXES:
        return Loaded(Look.NONE, form, kind, misnamed)
    if piece.size > MOST_BYTES:
        return Loaded(Look.NONE, form, kind, misnamed, PageFault.TOO_LARGE)
    done = len(head)
    for chunk in chunks:
        progress(done, piece.size)
        if cancelled():
            raise Cancelled
        parts.append(chunk)
        done += len(chunk)
    data = b"".join(parts)
    if form != "pdf":
        return Loaded(Look.PICTURE, form, kind, misnamed, data=data)
    from tsguard.report.preview import sound_pages  # noqa: PLC0415 - start-up time

    pages = sound_pages(data)
    if isinstance(pages, PageFault):
        return Loaded(Look.NONE, form, kind, misnamed, pages)
    return Loaded(Look.PDF, form, kind, misnamed, data=data, pages=pages)


def _promised(suffix: str) -> str:
    """The format that a name's ending promises, of those that are shown; "" for others."""
    return next((form for form, suffixes in _OWN_SUFFIXES.items() if suffix in suffixes), "")


def _kind(form: str, suffix: str) -> str:
    if form in _PICTURES:
        return _("{form}图片").format(form=form.upper())
    words = {
        "pdf": _("PDF文件"),
        "text": _("文本"),
        "program": _("程序"),
        "rar": _("压缩包"),
        "7z": _("压缩包"),
        "rtf": _("文字处理文档"),
    }
    if form in words:
        return words[form]
    by_name = next((word() for suffixes, word in _SUFFIX_WORDS if suffix in suffixes), "")
    return by_name or (_("压缩包") if form == "zip" else _("不认识的格式"))


def scale_for(
    wide: float, high: float, fit: Fit, room: tuple[int, int], zoom: float, *, least: float = 0.05
) -> float:
    """How large a page is shown, 1.0 for its own size.

    Args:
        wide: Its width at 100 % in logical pixels.
        high: Its height likewise.
        fit: By what it goes.
        room: Width and height there is for it, in logical pixels.
        zoom: For ``Fit.FREE``.
        least: It is never shown smaller.
    """
    if fit is Fit.FREE:
        return max(least, zoom)
    across = room[0] / max(wide, 0.1)
    return max(least, min(across, room[1] / max(high, 0.1)) if fit is Fit.WHOLE else across)


def draw_pdf(
    data: bytes,
    index: int,
    scale: Callable[[float, float], float],
    *,
    cancelled: Cancel = never,
) -> PdfPage | PageFault:
    """One page of a PDF, drawn in memory.

    Args:
        data: The PDF.
        index: The page, counted from 0.
        scale: Gets the page's width and height at 100 % in logical pixels; gives the device pixels for each
            of them.
        cancelled: Asked all the while.

    Raises:
        Cancelled: The person stopped it.
    """
    from tsguard.report.preview import draw  # noqa: PLC0415 - start-up time

    def in_points(wide: float, high: float) -> float:
        return scale(wide * _CSS, high * _CSS) * _CSS

    drawn = draw(data, index, in_points, cancelled=cancelled)
    if isinstance(drawn, PageFault):
        return drawn
    return PdfPage(drawn.wide * _CSS, drawn.high * _CSS, PageImage(drawn.width, drawn.height, drawn.rgba))


def fault_sentence(fault: PageFault) -> str:
    """Why a file, or a page of it, is not shown inside the program; one sentence."""
    return {
        PageFault.ENCRYPTED: _("这个文件自己带有打开口令，这里看不了。"),
        PageFault.BROKEN: _("这个文件的内容不完整或格式有误，这里显示不出来。"),
        PageFault.TOO_LARGE: _("这个文件太大，不在程序里显示。"),
        PageFault.TOO_SLOW: _("这一页太复杂，画得太久，已经停下。"),
    }[fault]
