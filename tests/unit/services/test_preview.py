"""A finished PDF as pictures: sizes, order, stopping in between, and nothing of it in a log."""

from __future__ import annotations

import io

import pypdfium2
import pytest

from tsguard.errors import Cancelled
from tsguard.services.preview import preview_of, render_page

SIZES = ((595, 842), (842, 595), (300, 300))


@pytest.fixture
def data() -> bytes:
    """Three empty pages of different sizes."""
    document, out = pypdfium2.PdfDocument.new(), io.BytesIO()
    for width, height in SIZES:
        document.new_page(width, height)
    document.save(out)
    return out.getvalue()


def test_pages_are_pictures_of_the_asked_size(data):
    preview = preview_of(data, scale=0.25)
    assert preview.pages == len(SIZES)
    for at, (width, height) in enumerate(SIZES):
        small, large = preview.thumbnails[at], render_page(preview, at, 1.0)
        assert abs(small.width - width / 4) <= 1
        assert (abs(large.width - width) <= 1, abs(large.height - height) <= 1) == (True, True)
        assert len(large.rgba) == large.width * large.height * 4
    assert "rgba" not in repr(preview)
    assert "data" not in repr(preview)


def test_it_stops_between_pages(data):
    asked = []

    def cancelled() -> bool:
        asked.append(1)
        return len(asked) == 2

    with pytest.raises(Cancelled):
        preview_of(data, scale=0.25, cancelled=cancelled)
    assert len(asked) == 2
