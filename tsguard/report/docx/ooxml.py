"""WordprocessingML as text: one function for an element, one for text, and lengths.

Order within a parent is the caller's; Word refuses files whose properties stand in another order than the
schema's.
"""

from __future__ import annotations

import re
from itertools import pairwise
from xml.sax.saxutils import escape, quoteattr

MEASURE = 8844
"""156 mm in twentieths of a point, as GB/T 9704 has it."""
_NAMESPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
)
_UNFIT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def tag(name: str, /, *children: str, **attributes: str | int) -> str:
    """An element of the ``w`` namespace with attributes of that namespace.

    Args:
        name: Without its prefix.
        children: Elements, in the schema's order; text must have been through ``characters``.
        attributes: Without their prefix.
    """
    given = "".join(f" w:{key}={quoteattr(str(value))}" for key, value in attributes.items())
    content = "".join(children)
    return f"<w:{name}{given}>{content}</w:{name}>" if content else f"<w:{name}{given}/>"


def characters(text: str) -> str:
    """Text fit for XML; what XML has no place for falls away."""
    return escape(_UNFIT.sub("", text))


def part(root: str, *children: str) -> bytes:
    """A whole part of the file."""
    content = "".join(children)
    head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
    return f"{head}\n<w:{root} {_NAMESPACES}>{content}</w:{root}>".encode()


def twips(points: float) -> int:
    """Twentieths of a point."""
    return round(points * 20)


def shared_out(widths: tuple[float, ...]) -> tuple[int, ...]:
    """Widths in whole twentieths of a point that fill the measure, in the given proportions."""
    total, edges, at = sum(widths), [0], 0.0
    for width in widths:
        at += width
        edges.append(round(MEASURE * at / total))
    return tuple(right - left for left, right in pairwise(edges))
