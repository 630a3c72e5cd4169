"""A page that unfolds into more than a reader can be given is found before the reader begins."""

from __future__ import annotations

import time
import zlib
from collections.abc import Iterable

import pytest

from tsguard.report.page_fault import PageFault
from tsguard.report.page_weight import MOST_BYTES, too_heavy
from tsguard.report.preview import draw, sound_pages

BOX = b"0 0 1 1 re f\n"


def pdf(objects: Iterable[bytes]) -> bytes:
    made, places = b"%PDF-1.7\n", []
    for number, each in enumerate(objects, 1):
        places.append(len(made))
        made += b"%d 0 obj\n%s\nendobj\n" % (number, each)
    start, count = len(made), len(places) + 1
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    end = b"trailer<</Root 1 0 R/Size %d>>\nstartxref\n%d\n%%%%EOF" % (count, start)
    return made + b"xref\n0 %d\n0000000000 65535 f \n" % count + table + end


def stream(content: bytes, entries: bytes = b"") -> bytes:
    return b"<<%s/Length %d>>stream\n%s\nendstream" % (entries, len(content), content)


def one_page(contents: bytes, *further: bytes, page: bytes = b"/Resources<</XObject<</X 5 0 R>>>>") -> bytes:
    return pdf(
        [
            b"<</Type/Catalog/Pages 2 0 R>>",
            b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 4 0 R%s>>" % page,
            contents,
            *further,
        ]
    )


def form(content: bytes, inner: int = 0, entries: bytes = b"") -> bytes:
    own = b"/Resources<</XObject<</X %d 0 R>>>>" % inner if inner else b""
    return stream(content, b"/Type/XObject/Subtype/Form/BBox[0 0 600 800]" + own + entries)


def nested(depth: int, call: bytes = b"/X Do ") -> bytes:
    forms = [form(call * 10, 6 + level) for level in range(depth - 1)]
    return one_page(stream(call * 10), *forms, form(BOX))


def deflated(content: bytes, entries: bytes = b"", *, cut: int = 0) -> bytes:
    packed = zlib.compress(content, 9)
    return stream(packed[: len(packed) - cut], b"/Filter/FlateDecode" + entries)


HEAVY = {
    "forms in forms": nested(9),
    "written otherwise": nested(9, b"/#58 Do "),
    "with a remark between": nested(9, b"/X%\nDo "),
    "unfolding": one_page(deflated(BOX * 4_000_000)),
    "unfolding, its end cut off": one_page(deflated(BOX * 4_000_000, cut=4)),
    "unfolding twice": one_page(
        stream(zlib.compress(zlib.compress(BOX * 4_000_000)), b"/Filter[/FlateDecode/FlateDecode]")
    ),
    "a form that calls itself": one_page(stream(b"/X Do"), form(b"/X Do " * 50, 5)),
    "forms that call each other": one_page(stream(b"/X Do"), form(b"/X Do " * 50, 6), form(b"/X Do", 5)),
    "the same part often": one_page(
        deflated(BOX * 100_000), page=b"/Resources<<>>/Contents[%s]" % (b"4 0 R " * 40)
    ).replace(b"/Contents 4 0 R", b"", 1),
    "a stamp": one_page(
        stream(b""), form(b"/X Do " * 10, 6), *(form(b"/X Do " * 10, 7 + n) for n in range(8)), form(BOX),
        page=b"/Annots[<</Type/Annot/Subtype/Stamp/Rect[0 0 9 9]/AP<</N 5 0 R>>>>]",
    ),
    "named in a packing with a fault at its end": one_page(
        deflated(b"/X Do " * 10, cut=3), *(form(b"/X Do " * 10, 6 + n) for n in range(9)), form(BOX)
    ),
}  # fmt: skip


@pytest.mark.parametrize("data", HEAVY.values(), ids=HEAVY.keys())
def test_a_page_that_unfolds_too_far_is_refused_at_once(data: bytes) -> None:
    assert sound_pages(data) == 1, "the reader takes it"
    began = time.monotonic()
    assert draw(data, 0, lambda _wide, _high: 1.0, patience=2.0) is PageFault.TOO_SLOW
    assert time.monotonic() - began < 3


LIGHT = {
    "nothing on it": one_page(stream(b"")),
    "no contents": one_page(stream(b"")).replace(b"/Contents 4 0 R", b"", 1),
    "one form often": one_page(stream(b"/X Do\n" * 20_000), form(BOX)),
    "forms in forms": nested(3),
    "two megabytes": one_page(deflated(BOX * 160_000)),
    "its end cut off": one_page(deflated(BOX * 100, cut=3)),
    "as text": one_page(stream(zlib.compress(BOX).hex().encode() + b">", b"/Filter[/AHx/Fl]")),
}


@pytest.mark.parametrize("data", LIGHT.values(), ids=LIGHT.keys())
def test_a_page_as_there_are_many_is_drawn(data: bytes) -> None:
    drawn = draw(data, 0, lambda _wide, _high: 0.1)
    assert not isinstance(drawn, PageFault)


@pytest.mark.parametrize("data", [b"", b"%PDF-1.7", b"no pdf", HEAVY["forms in forms"][:300]])
def test_what_can_not_be_read_is_the_readers_to_tell(data: bytes) -> None:
    assert not too_heavy(data, 0)


def test_a_page_that_is_not_there_weighs_nothing() -> None:
    assert not too_heavy(LIGHT["nothing on it"], 7)


def test_the_bound_is_exact() -> None:
    data = one_page(stream(BOX * 100))
    assert not too_heavy(data, 0, len(BOX) * 100)
    assert too_heavy(data, 0, len(BOX) * 100 - 1)
    assert MOST_BYTES > 10 * 2**20, "a drawing of a plant has several"
