"""The program's own reading of its fonts, against reportlab's of the same files."""

from __future__ import annotations

import shutil
import struct
from pathlib import Path

import pytest
from reportlab.pdfbase.ttfonts import TTFont

from tsguard.report.font_files import FontFile
from tsguard.report.fonts import Face, file_of


def agree(ours: FontFile, theirs: TTFont) -> None:
    """Everything that reportlab's writer asks a face for is the same."""
    mine, face = ours.face, theirs.face
    for name in ("name", "ascent", "descent", "capHeight", "bbox", "flags", "italicAngle", "stemV"):
        assert getattr(mine, name) == getattr(face, name), name
    assert mine.charToGlyph == face.charToGlyph
    assert mine.charWidths == face.charWidths
    assert mine.defaultWidth == face.defaultWidth
    assert list(mine.glyphPos) == face.glyphPos
    assert [mine.hmetrics[glyph] for glyph in range(mine.numGlyphs)] == face.hmetrics
    text = [ord(character) for character in " \xa0商业秘密𬭎㵘䶮𠮷Aé。"]
    assert mine.makeSubset(text) == face.makeSubset(text)


@pytest.mark.parametrize("face", Face)
def test_every_font_is_read_as_reportlab_reads_it(face: Face) -> None:
    file = file_of(face)
    agree(FontFile("ours", file), TTFont("theirs", str(file), shapable=False))


def test_a_font_with_another_kind_of_map_is_left_to_reportlab(tmp_path: Path) -> None:
    """The last map of the file, which is a list of stretches, becomes one that nobody asks for."""
    file = tmp_path / "另一种.ttf"
    shutil.copy(file_of(Face.RARE), file)
    data = bytearray(file.read_bytes())
    count = struct.unpack_from(">H", data, 4)[0]
    tables = (struct.unpack_from(">4sLLL", data, 12 + 16 * number) for number in range(count))
    cmap = next(offset for tag, _sum, offset, _length in tables if tag == b"cmap")
    maps = struct.unpack_from(">H", data, cmap + 2)[0]
    struct.pack_into(">H", data, cmap + 2, maps - 1)
    file.write_bytes(data)
    ours = FontFile("ours", file)
    agree(ours, TTFont("theirs", str(file), shapable=False))
    assert isinstance(ours.face.glyphPos, list)
