"""PDFs from anywhere: every fault has a word, every picture is bounded, every wait ends."""

from __future__ import annotations

import io
import time

import pikepdf
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tsguard.errors import Cancelled
from tsguard.report import preview
from tsguard.report.page_fault import PageFault
from tsguard.report.preview import LONGEST_SIDE, Drawn, draw, pixels, sound_pages

A4 = (595.0, 842.0)


def pdf(pages: int = 1, size: tuple[float, float] = A4, content: bytes = b"", **save: object) -> bytes:
    made = pikepdf.new()
    for _number in range(pages):
        made.add_blank_page().MediaBox = [0, 0, *size]
    if content:
        made.pages[0].Contents = made.make_stream(content)
    out = io.BytesIO()
    made.save(out, **save)
    return out.getvalue()


def encrypted() -> bytes:
    return pdf(encryption=pikepdf.Encryption(user="geheim", owner="chef"))


@pytest.mark.parametrize(
    ("data", "found"),
    [
        (pdf(1), 1),
        (pdf(12), 12),
        (encrypted(), PageFault.ENCRYPTED),
        (b"%PDF-1.7\nnothing else", PageFault.BROKEN),
        (b"", PageFault.BROKEN),
        (pdf(3)[:200], PageFault.BROKEN),
        (pdf(0), PageFault.BROKEN),
    ],
)
def test_how_many_pages_or_why_none(data: bytes, found: object) -> None:
    assert sound_pages(data) == found
    drawn = draw(data, 0, lambda _wide, _high: 0.1)
    if isinstance(found, PageFault):
        assert drawn is found
    else:
        assert isinstance(drawn, Drawn)


def test_a_page_has_its_size_and_colour() -> None:
    drawn = draw(pdf(content=b"1 0 0 rg 0 0 595 842 re f"), 0, lambda _wide, _high: 2.0)
    assert isinstance(drawn, Drawn)
    assert (drawn.wide, drawn.high, drawn.width, drawn.height) == (*A4, 1190, 1684)
    assert len(drawn.rgba) == 4 * drawn.width * drawn.height
    assert tuple(drawn.rgba[:3]) == (255, 0, 0)
    assert "rgba" not in repr(drawn)


def test_a_seal_on_the_page_is_seen() -> None:
    made = pikepdf.open(io.BytesIO(pdf()))
    look = made.make_stream(b"1 0 0 rg 0 0 100 100 re f")
    look.Type, look.Subtype = pikepdf.Name.XObject, pikepdf.Name.Form
    look.BBox = pikepdf.Array([0, 0, 100, 100])
    for kind in ("/Stamp", "/Widget"):
        seal = pikepdf.Dictionary(Type=pikepdf.Name.Annot, Subtype=pikepdf.Name(kind), F=4)
        seal.Rect = pikepdf.Array([0, 742, 100, 842])
        seal.AP = pikepdf.Dictionary(N=look)
        if kind == "/Widget":
            seal.FT, seal.T = pikepdf.Name.Sig, pikepdf.String("seal")
        seal = made.make_indirect(seal)
        made.pages[0].Annots = pikepdf.Array([seal])
        made.Root.AcroForm = pikepdf.Dictionary(Fields=pikepdf.Array([seal]))
        out = io.BytesIO()
        made.save(out)
        drawn = draw(out.getvalue(), 0, lambda _wide, _high: 1.0)
        assert isinstance(drawn, Drawn)
        at = 4 * (50 * drawn.width + 50)
        assert tuple(drawn.rgba[at : at + 3]) == (255, 0, 0), kind


@pytest.mark.parametrize("size", [(200.0, 14_400.0), (14_400.0, 14_400.0), (3.0, 1e9), (1.0, 1.0)])
@pytest.mark.parametrize("scale", [0.0001, 1.0, 50.0, 1e9])
def test_no_size_makes_a_picture_beyond_bounds(size: tuple[float, float], scale: float) -> None:
    drawn = draw(pdf(size=size), 0, lambda _wide, _high: scale, most=1_000_000)
    assert isinstance(drawn, Drawn)
    assert 1 <= drawn.width * drawn.height <= 1_100_000
    assert max(drawn.width, drawn.height) <= LONGEST_SIDE


@given(
    wide=st.floats(0.01, 1e9),
    high=st.floats(0.01, 1e9),
    scale=st.floats(1e-9, 1e9),
    most=st.integers(1, 10**8),
)
def test_pixels_are_bounded(wide: float, high: float, scale: float, most: int) -> None:
    across, down = pixels(wide, high, scale, most)
    assert 1 <= across <= LONGEST_SIDE
    assert 1 <= down <= LONGEST_SIDE
    assert across * down <= max(most * 1.5, LONGEST_SIDE) + across + down


def test_ten_thousand_pages_are_drawn_one_at_a_time() -> None:
    data = pdf(10_000)
    start = time.monotonic()
    assert sound_pages(data) == 10_000
    for page in (0, 5_000, 9_999):
        assert isinstance(draw(data, page, lambda _wide, _high: 0.1), Drawn)
    assert time.monotonic() - start < 20
    assert draw(data, 10_000, lambda _wide, _high: 0.1) is PageFault.BROKEN


def heavy() -> bytes:
    line = b"0 0 m 595 842 l 595 0 l 0 842 l h f*\n"
    return pdf(content=b"0.5 g\n" + line * 60_000)


def test_a_page_that_takes_too_long_is_given_up() -> None:
    start = time.monotonic()
    assert draw(heavy(), 0, lambda _wide, _high: 4.0, patience=0.3) is PageFault.TOO_SLOW
    assert time.monotonic() - start < 10


def test_a_page_can_be_stopped() -> None:
    asked = 0

    def cancelled() -> bool:
        nonlocal asked
        asked += 1
        return asked > 3

    with pytest.raises(Cancelled):
        draw(heavy(), 0, lambda _wide, _high: 4.0, cancelled=cancelled)


WHOLE = pdf(2, content=b"BT ET 0 0 10 10 re f")


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(at=st.integers(0, len(WHOLE) - 1), to=st.integers(0, 255), cut=st.integers(1, len(WHOLE)))
def test_no_damage_is_more_than_a_word(at: int, to: int, cut: int) -> None:
    data = bytearray(WHOLE)
    data[at] = to
    pages = sound_pages(bytes(data[:cut]))
    assert isinstance(pages, PageFault) or pages >= 1
    drawn = draw(bytes(data[:cut]), 0, lambda _wide, _high: 0.2, patience=5)
    assert isinstance(drawn, PageFault | Drawn)


def whole(_wide: float, _high: float) -> float:
    return 1.0


def test_nobody_waits_for_ever_for_a_reader_that_is_held(monkeypatch: pytest.MonkeyPatch) -> None:
    data = pdf()
    monkeypatch.setattr(preview, "_WAIT_S", 0.05)
    with preview._ONE_AT_A_TIME:
        assert sound_pages(data) is PageFault.TOO_SLOW
        assert draw(data, 0, whole) is PageFault.TOO_SLOW
        with pytest.raises(Cancelled):
            preview.count(data)
        with pytest.raises(Cancelled):
            preview.render(data, 0, 1.0)
    assert (sound_pages(data), preview.count(data)) == (1, 1)
    assert isinstance(draw(data, 0, whole), Drawn)
    assert preview.render(data, 0, 1.0)[:2] == (595, 842)
