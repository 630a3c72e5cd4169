"""Full-width letters, digits and signs as the half-width ones that they are another shape of.

Nothing else is folded: ², ① and the digits of other scripts are no other shape of a digit, and who reads
them as one changes what was written.
"""

from __future__ import annotations

_FIRST, _LAST, _APART = 0xFF01, 0xFF5E, 0xFEE0
_HALF = {code: code - _APART for code in range(_FIRST, _LAST + 1)} | {0x3000: 0x20}


def half_width(text: str) -> str:
    """The text with U+FF01 to U+FF5E and the ideographic blank in half width; one character stays one."""
    return text.translate(_HALF)
