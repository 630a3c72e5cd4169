"""The program's icons for Windows, made from the drawings beside them.

``python -m support.program_icons`` in ``tests`` writes them anew; a test compares what is kept with the
drawings.
Small sizes have a drawing of their own: lines as thin as a large one's would only be grey there.
"""

from __future__ import annotations

import io
import struct
from pathlib import Path

from PIL import Image
from PySide6.QtCore import QBuffer, QIODevice, QRectF, Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtSvg import QSvgRenderer

from tsguard.assets import resources

SIZES = (16, 20, 24, 32, 40, 48, 64, 256)
"""In pixels; what Windows asks for from 100 to 250 percent, and its largest."""
PICTURES = (16, 32, 48, 64, 128, 256)
"""Of the program's own sign as single pictures, which desktops of Linux take by size."""
_SMALL_BELOW = 32
_AS_PNG_FROM = 256


def folder() -> Path:
    """Where drawings and icons lie."""
    return resources() / "icons" / "program"


def drawing(name: str, size: int) -> Path:
    """The drawing of an icon that is meant for a size."""
    if name == "tsguard":
        return resources() / "icons" / "tsguard.svg"
    return folder() / (f"{name}_small.svg" if size < _SMALL_BELOW else f"{name}.svg")


def rendered(name: str, size: int) -> Image.Image:
    """An icon drawn at a size."""
    canvas = QImage(size, size, QImage.Format.Format_ARGB32)
    canvas.fill(Qt.GlobalColor.transparent)
    painter = QPainter(canvas)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    QSvgRenderer(str(drawing(name, size))).render(painter, QRectF(0, 0, size, size))
    painter.end()
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    canvas.save(buffer, "PNG")
    return Image.open(io.BytesIO(bytes(buffer.data().data()))).convert("RGBA")


def ico(name: str) -> bytes:
    """All sizes in one file: the largest packed, the others plain, as every reader of icons expects."""
    frames = []
    for size in SIZES:
        single = io.BytesIO()
        kind = "png" if size >= _AS_PNG_FROM else "bmp"
        rendered(name, size).save(single, "ICO", sizes=[(size, size)], bitmap_format=kind)
        content = single.getvalue()
        # Six bytes of header, then one entry of sixteen; its last four tell where the picture begins.
        (start,) = struct.unpack_from("<I", content, 18)
        frames.append((content[6:18], content[start:]))
    at = 6 + 16 * len(frames)
    entries, pictures = b"", b""
    for entry, picture in frames:
        entries += entry + struct.pack("<I", at + len(pictures))
        pictures += picture
    return struct.pack("<HHH", 0, 1, len(frames)) + entries + pictures


def png(name: str, size: int) -> bytes:
    """One picture."""
    out = io.BytesIO()
    rendered(name, size).save(out, "PNG", optimize=True)
    return out.getvalue()


def main() -> None:
    """Write all of them."""
    for name in ("tsguard", "vault"):
        (folder() / f"{name}.ico").write_bytes(ico(name))
    for size in PICTURES:
        (folder() / f"tsguard-{size}.png").write_bytes(png("tsguard", size))
        (folder() / f"vault-{size}.png").write_bytes(png("vault", size))


if __name__ == "__main__":
    main()
