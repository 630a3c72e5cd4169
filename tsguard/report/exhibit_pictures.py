"""Pages of evidence as plain pictures: what is not seen on a page does not come along.

PDFs are drawn by the reader of ``preview``, pictures are decoded within limits; both become JPEG without any
metadata. Scripts, hidden text, layers, fonts, thumbnails, places and names of devices stay behind. It draws,
and knows nothing of vaults or documents.
"""

from __future__ import annotations

import io
import struct
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from PIL import Image, ImageChops, ImageDraw, ImageFont, ImageOps, UnidentifiedImageError

from tsguard.report.exhibit_pages import MOST_PAGES, BindFault, Bound, PageSize
from tsguard.report.fonts import Face, file_of
from tsguard.report.page_fault import PageFault
from tsguard.report.pdf_header import is_pdf
from tsguard.report.preview import draw, sound_sizes

RESOLUTION = 200
"""Pixels in an inch of the printed picture; an A4 page, which is printed smaller, keeps 150 of its own."""
QUALITY = 80
MOST_PIXELS = 80_000_000
"""Of a picture that is decoded: 240 MB for a moment."""
_ALL_PIXELS = 4_000_000_000
"""Of all pages of one picture."""
_FORMATS = ("PNG", "JPEG", "GIF", "BMP", "WEBP", "TIFF")
_STARTS = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"BM", b"RIFF", b"II*\0", b"MM\0*")
_POINTS = 72 / 96
"""Of a picture's pixel."""
_NOTICE = 36.0
"""Size of a notice's letters in pixels: 13 points."""
_SMALLEST = 6.0
_GREY = 8
"""Channels that differ less are grey."""
_TRIES = 2
_SPOILED = (
    OSError,
    struct.error,
    SyntaxError,
    ValueError,
    TypeError,
    LookupError,
    ArithmeticError,
    RuntimeError,
    AttributeError,
    UserWarning,
)
"""What decoders raise on files that lie about themselves is written down nowhere; warnings if told so."""
_FAULTS = {
    PageFault.ENCRYPTED: BindFault.ENCRYPTED,
    PageFault.BROKEN: BindFault.BROKEN,
    PageFault.TOO_LARGE: BindFault.TOO_LARGE,
    PageFault.TOO_SLOW: BindFault.TOO_SLOW,
}


@dataclass(frozen=True, slots=True)
class Jpeg:
    """A picture for a PDF.

    Attributes:
        width: In pixels.
        height: In pixels.
        grey: Whether it has one channel instead of three.
        data: The file.
    """

    width: int
    height: int
    grey: bool
    data: bytes = field(repr=False)


def look_at(data: bytes) -> Bound:
    """The pages of a file from anywhere, or why it has none that can be drawn."""
    if not data:
        return Bound(fault=BindFault.EMPTY)
    if is_pdf(data):
        return _look_at_pdf(data)
    sizes = []
    try:
        with _opened(data) as picture:
            frames = _frames(picture)
            if frames > MOST_PAGES:
                return Bound(fault=BindFault.TOO_MANY)
            pixels = 0
            for number in range(frames):
                _select(picture, number)
                pixels += picture.width * picture.height
                if pixels > _ALL_PIXELS:
                    return Bound(fault=BindFault.TOO_LARGE)
                picture.load()
                wide, high = ImageOps.exif_transpose(picture).size
                sizes.append(PageSize(wide * _POINTS, high * _POINTS))
    except _Unfit as error:
        return Bound(fault=error.fault)
    return Bound(tuple(sizes))


def photograph(
    data: bytes,
    page: int,
    across: float,
    *,
    cancelled: Callable[[], bool] = lambda: False,
) -> Jpeg | BindFault:
    """One page as a picture.

    Args:
        data: The file that ``look_at`` found sound.
        page: Counted from 0.
        across: The printed width in points.
        cancelled: Asked all the while.

    Returns:
        The picture, or why there is none.

    Raises:
        Cancelled: ``cancelled`` said so.
    """
    if is_pdf(data):
        return _photograph_pdf(data, page, across, cancelled)
    try:
        with _opened(data) as picture:
            _select(picture, page)
            picture.load()
            upright = ImageOps.exif_transpose(picture)
            wide, high = upright.size
            most = max(1, round(across * RESOLUTION / 72))
            flat = _flat(upright)
            if most < wide:
                flat = flat.resize((most, max(1, round(high * most / wide))), Image.Resampling.LANCZOS)
            return _packed(flat)
    except _Unfit as error:
        return error.fault


def notice(text: str, wide: float, high: float) -> Jpeg:
    """A picture that says why the page itself is not there.

    Args:
        text: One line.
        wide: Printed width in points.
        high: Printed height in points.
    """
    width, height = (max(1, round(each * RESOLUTION / 72)) for each in (wide, high))
    made = Image.new("L", (width, height), 255)
    whole = ImageFont.truetype(str(file_of(Face.SANS)), _NOTICE)
    size = min(_NOTICE, _NOTICE * 0.9 * width / whole.getlength(text), height / 2)
    if size >= _SMALLEST:
        face = whole.font_variant(size=size)
        ImageDraw.Draw(made).text((width / 2, height / 2), text, fill=64, font=face, anchor="mm")
    return _packed(made)


# --- PDF --------------------------------------------------------------------------------------------


def _look_at_pdf(data: bytes) -> Bound:
    sizes = sound_sizes(data, MOST_PAGES)
    if isinstance(sizes, PageFault):
        return Bound(fault=_FAULTS[sizes])
    if not sizes:
        return Bound(fault=BindFault.EMPTY)
    if len(sizes) > MOST_PAGES:
        return Bound(fault=BindFault.TOO_MANY)
    return Bound(tuple(PageSize(wide, high) for wide, high in sizes))


def _photograph_pdf(
    data: bytes,
    page: int,
    across: float,
    cancelled: Callable[[], bool],
) -> Jpeg | BindFault:
    def scale(wide: float, _high: float) -> float:
        return across / wide * RESOLUTION / 72

    drawn = draw(data, page, scale, cancelled=cancelled)
    for _again in range(_TRIES - 1):  # somebody may have been looking at another file for a while
        if drawn is PageFault.TOO_SLOW:
            drawn = draw(data, page, scale, cancelled=cancelled)
    if isinstance(drawn, PageFault):
        return _FAULTS[drawn]
    picture = Image.frombuffer("RGBX", (drawn.width, drawn.height), drawn.rgba, "raw", "RGBX", 0, 1)
    return _packed(picture.convert("RGB"))


# --- pictures ---------------------------------------------------------------------------------------


class _Unfit(Exception):
    """Why a picture can't be decoded."""

    def __init__(self, fault: BindFault) -> None:
        super().__init__(fault)
        self.fault = fault


@contextmanager
def _opened(data: bytes) -> Iterator[Image.Image]:
    """A picture from anywhere; whatever is wrong with it becomes ``_Unfit``."""
    try:
        with Image.open(io.BytesIO(data), formats=_FORMATS) as picture:
            yield picture
    except UnidentifiedImageError as error:
        known = data.startswith(_STARTS)
        raise _Unfit(BindFault.BROKEN if known else BindFault.OTHER_KIND) from error
    except (Image.DecompressionBombError, Image.DecompressionBombWarning, MemoryError) as error:
        raise _Unfit(BindFault.TOO_LARGE) from error
    except _SPOILED as error:
        raise _Unfit(BindFault.BROKEN) from error


def _frames(picture: Image.Image) -> int:
    """Pages: of TIFF all of them, of others the first."""
    return int(getattr(picture, "n_frames", 1)) if picture.format == "TIFF" else 1


def _select(picture: Image.Image, number: int) -> None:
    picture.seek(number)
    wide, high = picture.size
    if wide * high > MOST_PIXELS:
        raise _Unfit(BindFault.TOO_LARGE)
    if min(wide, high) < 1:
        raise _Unfit(BindFault.EMPTY)


def _flat(picture: Image.Image) -> Image.Image:
    """In grey or colour, on white where it lets something through."""
    if picture.mode.startswith("I;16") or picture.mode in {"I", "F"}:
        return _narrowed(picture)
    if picture.mode in {"RGBA", "LA", "PA", "RGBa", "La"} or "transparency" in picture.info:
        above = picture.convert("RGBA")
        below = Image.new("RGBA", above.size, (255, 255, 255, 255))
        return Image.alpha_composite(below, above).convert("RGB")
    return picture if picture.mode in {"L", "RGB"} else picture.convert("L" if picture.mode == "1" else "RGB")


def _narrowed(picture: Image.Image) -> Image.Image:
    """Eight bits of grey from more; of kinds without a fixed white, 65535 is it if 255 is passed anywhere."""
    plain = picture.convert("F")
    _darkest, brightest = plain.getextrema()
    wide = picture.mode.startswith("I;16") or float(brightest) > 255  # type: ignore[arg-type]
    factor = 255 / 65535 if wide else 1.0
    return plain.point(lambda value: value * factor).convert("L")


def _packed(picture: Image.Image) -> Jpeg:
    grey = picture.mode == "L" or _is_grey(picture)
    plain = picture if picture.mode == ("L" if grey else "RGB") else picture.convert("L" if grey else "RGB")
    target = io.BytesIO()
    bare = Image.frombytes(plain.mode, plain.size, plain.tobytes())  # nothing of the old file's notes
    bare.save(target, "JPEG", quality=QUALITY, optimize=True)
    return Jpeg(plain.width, plain.height, grey, target.getvalue())


def _is_grey(picture: Image.Image) -> bool:
    red, green, blue = picture.split()
    pairs = ((red, green), (green, blue))
    return all(ImageChops.difference(*pair).getextrema()[1] < _GREY for pair in pairs)  # type: ignore[operator]
