"""Pictures put into a finished PDF behind its end, one at a time, so that never two lie in memory.

The finished PDF has an empty picture in each place. What is appended is an incremental update (ISO 32000-1
§7.5.6): an object of the same number for each, and a cross-reference stream that leads on to the older one.
"""

from __future__ import annotations

import hashlib
import io
import re
import zlib
from collections.abc import Iterable, Iterator
from itertools import count, groupby

import pikepdf

from tsguard.report.exhibit_pictures import Jpeg

_LAST = re.compile(rb"startxref\s+(\d+)\s+%%EOF\s*\Z")
_OFFSET_BYTES = 5
"""A terabyte."""


def updated(base: bytes, pictures: Iterable[tuple[int, Jpeg]]) -> Iterator[bytes]:
    """The file piece by piece, with its pictures.

    Args:
        base: A finished PDF that ends in a cross-reference stream.
        pictures: The number of the object that each takes the place of, each once.

    Raises:
        ValueError: A bug of the caller: not a finished PDF.
    """
    found = _LAST.search(base)
    if not found:
        raise ValueError("not the end of a PDF")
    with pikepdf.open(io.BytesIO(base)) as pdf:
        trailer = pdf.trailer
        size = int(trailer.Size)
        root, info = trailer.Root.objgen[0], trailer.Info.objgen[0]
        first_id = bytes(trailer.ID[0])
    yield base
    at = len(base)
    offsets: dict[int, int] = {}
    digest = hashlib.sha256(base)
    for number, picture in pictures:
        digest.update(picture.data)
        offsets[number] = at
        made = _object(number, picture)
        at += len(made)
        yield made
    offsets[size] = at
    ids = f"<{first_id.hex()}> <{digest.hexdigest()[:32]}>"
    table = zlib.compress(
        b"".join(
            b"\1" + offset.to_bytes(_OFFSET_BYTES, "big") + b"\0"
            for _number, offset in sorted(offsets.items())
        ),
        9,
    )
    yield (
        (
            f"{size} 0 obj\n<</Type/XRef/Size {size + 1}/Root {root} 0 R/Info {info} 0 R/ID[{ids}]"
            f"/Prev {int(found[1])}/W[1 {_OFFSET_BYTES} 1]/Index[{_index(sorted(offsets))}]"
            f"/Filter/FlateDecode/Length {len(table)}>>\nstream\n"
        ).encode()
        + table
        + f"\nendstream\nendobj\nstartxref\n{at}\n%%EOF\n".encode()
    )


def _object(number: int, picture: Jpeg) -> bytes:
    space = "DeviceGray" if picture.grey else "DeviceRGB"
    head = (
        f"{number} 0 obj\n<</Type/XObject/Subtype/Image/Width {picture.width}/Height {picture.height}"
        f"/ColorSpace/{space}/BitsPerComponent 8/Filter/DCTDecode/Length {len(picture.data)}>>\nstream\n"
    )
    return head.encode() + picture.data + b"\nendstream\nendobj\n"


def _index(numbers: list[int]) -> str:
    """Runs of following numbers as "first count"."""
    steps = count()
    runs = [list(run) for _key, run in groupby(numbers, key=lambda number: number - next(steps))]
    return " ".join(f"{run[0]} {len(run)}" for run in runs)
