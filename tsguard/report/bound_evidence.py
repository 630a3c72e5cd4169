"""The exhibits with their own pages behind each cover: one file, written piece by piece.

First every piece is looked at, so that its cover can say what follows or why nothing does; then the document
is set with empty places; then the pages are drawn one at a time straight into the file. Memory holds one
piece, one page and the document, however many pieces there are. It knows no vault: contents come from
callables.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import groupby
from pathlib import Path

import pikepdf

from tsguard.errors import Cancelled, UnknownRecord, VaultDamaged
from tsguard.i18n import _
from tsguard.report.blocks import Picture
from tsguard.report.document import Document
from tsguard.report.exhibit_pages import MOST_BYTES, BindFault, Bound, Exhibit
from tsguard.report.exhibit_pictures import Jpeg, look_at, notice, photograph
from tsguard.report.fonts import Fonts
from tsguard.report.pdf import render_unsealed
from tsguard.report.picture_update import updated
from tsguard.report.plain_file import PlainWriter, replace_plain
from tsguard.report.seal import sealed
from tsguard.report.typeset.pictures import printed

Progress = Callable[[int, int], None]


def _silent(_done: int, _all: int) -> None:
    """Nobody is told."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a page of a piece goes.

    Attributes:
        exhibit: The piece's id.
        page: Of the piece, counted from 0.
        number: The object in the file that its picture takes the place of.
        wide: Printed width in points.
        high: Printed height in points.
    """

    exhibit: str
    page: int
    number: int
    wide: float
    high: float


@dataclass(frozen=True, slots=True)
class BoundReport:
    """A report whose places for pictures are still empty; all its words are there.

    Attributes:
        data: A sound PDF without a seal, for the leak guard to read; it is not what is handed out.
        pages: How many pages it has.
        places: In the order of the pages.
    """

    data: bytes = field(repr=False)
    pages: int
    places: tuple[Place, ...]


@dataclass(frozen=True, slots=True)
class WrittenBound:
    """A bound file on disk.

    Attributes:
        path: Where it is.
        pages: How many pages it has.
        size: In bytes.
        sha256: 64 hexadecimal digits.
        failed: Id and page, counted from 1, of what could not be drawn after all; the page says so.
    """

    path: Path
    pages: int
    size: int
    sha256: str
    failed: tuple[tuple[str, int], ...]


def survey(
    exhibits: Iterable[Exhibit],
    *,
    progress: Progress = _silent,
    cancelled: Callable[[], bool] = lambda: False,
) -> dict[str, Bound]:
    """What can be bound in, by id; each piece is read once and forgotten.

    Args:
        exhibits: In any order.
        progress: Told the pieces done and all pieces.
        cancelled: Asked often.

    Raises:
        Cancelled: ``cancelled`` said so.
    """
    found: dict[str, Bound] = {}
    pieces = tuple(exhibits)
    for number, exhibit in enumerate(pieces, 1):
        found[exhibit.id] = _surveyed(exhibit, cancelled)
        progress(number, len(pieces))
    return found


def _surveyed(exhibit: Exhibit, cancelled: Callable[[], bool]) -> Bound:
    if exhibit.read is None:
        return Bound(fault=BindFault.PAPER)
    if exhibit.size > MOST_BYTES:
        return Bound(fault=BindFault.TOO_LARGE)
    try:
        return look_at(_content(exhibit, cancelled))
    except (UnknownRecord, VaultDamaged):
        return Bound(fault=BindFault.LOST)


def _content(exhibit: Exhibit, cancelled: Callable[[], bool]) -> bytes:
    parts = []
    for chunk in exhibit.read() if exhibit.read else ():
        if cancelled():
            raise Cancelled
        parts.append(chunk)
    return b"".join(parts)


def render_bound(
    document: Document,
    *,
    progress: Progress | None = None,
    cancelled: Callable[[], bool] = lambda: False,
    fonts: Fonts | None = None,
) -> BoundReport:
    """Set a report with empty places for the pictures; nothing of it touches the disk.

    Args:
        document: With a ``Picture`` for each page.
        progress: As for ``pdf.render``.
        cancelled: As for ``pdf.render``.
        fonts: As for ``pdf.render``.

    Raises:
        MissingGlyphs: Characters that no font has.
        Cancelled: ``cancelled`` said so.
    """
    made = render_unsealed(document, progress=progress, cancelled=cancelled, fonts=fonts)
    sizes = {each.key: printed(each.wide, each.high) for each in document.blocks if isinstance(each, Picture)}
    places = []
    with pikepdf.open(io.BytesIO(made.data)) as pdf:
        for each in made.pictures:
            exhibit, _slash, page = each.key.rpartition("/")
            place = pdf.pages[each.page].obj.Resources.XObject[f"/{each.name}"]
            places.append(Place(exhibit, int(page), place.objgen[0], *sizes[each.key]))
    return BoundReport(made.data, made.pages, tuple(places))


def write_bound(
    report: BoundReport,
    exhibits: Iterable[Exhibit],
    target: Path,
    *,
    progress: Progress = _silent,
    cancelled: Callable[[], bool] = lambda: False,
    writer: PlainWriter = replace_plain,
) -> WrittenBound:
    """Write a bound file with its pictures and seal; an older one is replaced once the new one is whole.

    A page that can't be drawn after all gets a picture that says so.

    Args:
        report: From ``render_bound``.
        exhibits: The pieces it was made for.
        target: The PDF file.
        progress: Told the pages done and all pages.
        cancelled: Asked often.
        writer: Takes the file; ``PlainSet.write`` where it belongs to a set.

    Raises:
        VaultDamaged: A piece is no longer what was looked at; nothing was written.
        Cancelled: ``cancelled`` said so; nothing was written.
        StorageError: As ``replace_plain``; nothing was written.
    """
    failed: list[tuple[str, int]] = []
    pictures = _pictures(report.places, {each.id: each for each in exhibits}, failed, progress, cancelled)
    file = writer(target, sealed(updated(report.data, pictures)), cancelled=cancelled)
    return WrittenBound(target, report.pages, file.size, file.sha256, tuple(failed))


def _pictures(
    places: tuple[Place, ...],
    exhibits: Mapping[str, Exhibit],
    failed: list[tuple[str, int]],
    progress: Progress,
    cancelled: Callable[[], bool],
) -> Iterator[tuple[int, Jpeg]]:
    """Pages drawn one after another; of the pieces one lies in memory."""
    done = 0
    for exhibit, group in groupby(places, key=lambda place: place.exhibit):
        data = _content(exhibits[exhibit], cancelled)
        for place in group:
            made = photograph(data, place.page, place.wide, cancelled=cancelled)
            if isinstance(made, BindFault):
                failed.append((exhibit, place.page + 1))
                text = _("佐证{id}第{number}页未能装订，请看原件").format(id=exhibit, number=place.page + 1)
                made = notice(text, place.wide, place.high)
            yield place.number, made
            done += 1
            progress(done, len(places))
